"""What rows say of one partnership, as the steps of a history: which tell of one step, and what happened in it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final

from attrs import evolve, frozen

from friendcities.model import FrozenMap, Occurrence, PartialDate, PartnershipKind

__all__ = ["Claim", "Told", "steps_told"]

_CLOSER: Final = (
    PartnershipKind.UNSPECIFIED,
    PartnershipKind.CONTACT,
    PartnershipKind.PROJECT_PARTNERSHIP,
    PartnershipKind.FRIENDLY_EXCHANGE,
    PartnershipKind.FRIENDSHIP_CITY,
    PartnershipKind.SISTER_CITY,
)
"""The kinds, the closer the later."""
_ANY: Final = PartnershipKind.UNSPECIFIED


@frozen
class Claim:
    """What a row says of a partnership."""

    date: PartialDate | None
    kind: PartnershipKind

    @property
    def order(self) -> tuple[tuple[int, int, int], int]:
        """Its place in a history."""
        return ((0, 0, 0) if self.date is None else self.date.order, _CLOSER.index(self.kind))


@frozen
class Told:
    """A step, and what is claimed of it: first by who knows its date most closely."""

    what: Occurrence
    date: PartialDate | None
    kind: PartnershipKind
    claims: tuple[Claim, ...]

    def said_by(self, claim: Claim) -> tuple[tuple[str, ...], FrozenMap[str, object]]:
        """The fields of the step that a claim supports, and what it says instead of the others."""
        supports, says = [], dict[str, Any]()
        if claim.date == self.date:
            supports += ["what"] if claim.date is None else ["date", "what"]
        elif claim.date is not None:
            supports.append("what")
            says["date"] = claim.date
        else:
            says |= {"date": None, "what": Occurrence.LISTED}
        if claim.kind is not self.kind:
            says["kind"] = claim.kind
        elif claim.kind is not _ANY:
            supports.append("kind")
        return tuple(supports), FrozenMap(says)


def steps_told(claims: Iterable[Claim]) -> Iterator[Told]:
    """The steps that the claims of one pair tell of, in the order of a history; each claim belongs to one.

    Claims tell of one step if their kinds agree and the date of the one lies within that of the other: a year and a day
    of it. A step later than the first is an upgrade if its kind is closer than the one before, else a renewal. A date
    says more than none: a claim without one tells of the last step of its kind, or the last of all.

    Args:
        claims: The claims, in any order.

    Example:
        >>> year, day = (Claim(PartialDate.parse(text), PartnershipKind.SISTER_CITY) for text in ("1994", "1994-10-21"))
        >>> [(str(step.date), len(step.claims)) for step in steps_told([year, day])]
        [('1994-10-21', 2)]
    """
    in_order = sorted(claims, key=lambda claim: claim.order)
    dated = [claim for claim in in_order if claim.date is not None]
    undated = [claim for claim in in_order if claim.date is None]
    steps = _grouped(dated) or _grouped(undated)
    for claim in undated if dated else ():
        alike = [number for number, step in enumerate(steps) if step.kind is claim.kind]
        number = alike[-1] if alike else len(steps) - 1
        steps[number] = evolve(steps[number], claims=(*steps[number].claims, claim))
    kind = _ANY
    for number, step in enumerate(steps):
        what = step.what
        if dated and number > 0:
            closer = kind is not _ANY and _CLOSER.index(step.kind) > _CLOSER.index(kind)
            what = Occurrence.UPGRADED if closer else Occurrence.RENEWED
        kind = kind if step.kind is _ANY else step.kind
        yield evolve(step, what=what)


def _grouped(claims: list[Claim]) -> list[Told]:
    """The steps of claims that all have a date, or all have none; the closest dates and the named kinds come first."""
    steps: list[Told] = []
    known: defaultdict[tuple[PartialDate | None, PartnershipKind], list[int]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: (-len(str(claim.date)), claim.kind is _ANY)):
        kinds = (claim.kind, *(_CLOSER if claim.kind is _ANY else (_ANY,)))
        places = (at for kind in kinds for at in known[claim.date, kind] if steps[at].kind is kind)
        number = next(places, len(steps))
        if number == len(steps):
            what = Occurrence.LISTED if claim.date is None else Occurrence.ESTABLISHED
            steps.append(Told(what, claim.date, claim.kind, (claim,)))
        else:
            step = steps[number]
            kind = claim.kind if step.kind is _ANY else step.kind
            steps[number] = evolve(step, kind=kind, claims=(*step.claims, claim))
        for date in _said_less_closely(steps[number].date):
            known[date, steps[number].kind].append(number)
    return sorted(steps, key=lambda step: Claim(step.date, step.kind).order)


def _said_less_closely(date: PartialDate | None) -> Iterator[PartialDate | None]:
    """A date, and its month and its year."""
    yield date
    if date is not None and date.day is not None:
        yield PartialDate(date.year, date.month)
    if date is not None and date.month is not None:
        yield PartialDate(date.year)
