"""What rows say of one partnership, as the steps of a history: which tell of one step, and what happened in it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final

from attrs import evolve, frozen

from friendcities.importers.claims import CLOSER, Claim
from friendcities.model import FrozenMap, Occurrence, PartialDate, PartnershipKind, Step
from friendcities.model.history import in_order

__all__ = ["Told", "steps_told"]

_ANY: Final = PartnershipKind.UNSPECIFIED
_IN_FORCE: Final = frozenset({Occurrence.LISTED, Occurrence.ESTABLISHED})
_BEGINNINGS: Final = (frozenset({Occurrence.CLAIMED}), frozenset({Occurrence.PROPOSED}), _IN_FORCE)
"""What rows can say happened first; those that say the same can tell of one step."""
_OVER: Final = frozenset({Occurrence.SUSPENDED, Occurrence.ENDED})


@frozen
class Told:
    """A step, and what is claimed of it: first by who knows its date most closely."""

    what: Occurrence
    date: PartialDate | None
    kind: PartnershipKind
    claims: tuple[Claim, ...]

    @property
    def is_end(self) -> bool:
        """Whether it tells that the partnership was suspended or ended."""
        return self.what in _OVER

    def said_by(self, claim: Claim) -> tuple[tuple[str, ...], FrozenMap[str, object]]:
        """The fields of the step that a claim supports, and what it says instead of the others."""
        supports, says = [], dict[str, Any]()
        date = claim.end if self.is_end else claim.date
        if date == self.date:
            supports += ["what"] if date is None else ["date", "what"]
        elif date is not None or self.is_end or claim.begins not in _IN_FORCE:
            supports.append("what")
            says["date"] = date
        else:
            says |= {"date": None, "what": Occurrence.LISTED}
        if self.is_end:
            return tuple(supports), FrozenMap(says)
        if claim.kind is not self.kind:
            says["kind"] = claim.kind
        elif claim.kind is not _ANY:
            supports.append("kind")
        return tuple(supports), FrozenMap(says)


def steps_told(claims: Iterable[Claim]) -> Iterator[Told]:
    """The steps that the claims of one pair tell of, in the order of a history.

    Claims tell of one beginning if they say the same of how it stands, their kinds agree, and the date of the one lies
    within that of the other: a year and a day of it. A beginning later than the first is an upgrade if its kind is
    closer than the one before, else a renewal; after an end it is a resumption. A date says more than none: a claim
    without one tells of the last step of its kind, or the last of all. An end stands where its date is, else behind
    the step of who tells of it.

    Args:
        claims: The claims, in any order.

    Example:
        >>> year, day = (Claim(PartialDate.parse(text), PartnershipKind.SISTER_CITY) for text in ("1994", "1994-10-21"))
        >>> [(str(step.date), len(step.claims)) for step in steps_told([year, day])]
        [('1994-10-21', 2)]
    """
    every = sorted(claims, key=lambda claim: claim.order)
    begun = [step for some in _BEGINNINGS for step in _begun([claim for claim in every if claim.begins in some])]
    return _named(_with_ends(sorted(begun, key=lambda step: _order(step.date)), every))


def _order(date: PartialDate | None) -> tuple[int, int, int]:
    return (0, 0, 0) if date is None else date.order


def _begun(claims: list[Claim]) -> list[Told]:
    """The beginnings that claims of one sort tell of; each claim belongs to one."""
    dated = [claim for claim in claims if claim.date is not None]
    undated = [claim for claim in claims if claim.date is None]
    steps = _grouped(dated) or _grouped(undated)
    for claim in undated if dated else ():
        alike = [number for number, step in enumerate(steps) if step.kind is claim.kind]
        number = alike[-1] if alike else len(steps) - 1
        steps[number] = evolve(steps[number], claims=(*steps[number].claims, claim))
    return steps


def _grouped(claims: list[Claim]) -> list[Told]:
    """The steps of claims that all have a date, or all have none; the closest dates and the named kinds come first."""
    steps: list[Told] = []
    known: defaultdict[tuple[PartialDate | None, PartnershipKind], list[int]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: (-len(str(claim.date)), claim.kind is _ANY)):
        kinds = (claim.kind, *(CLOSER if claim.kind is _ANY else (_ANY,)))
        places = (at for kind in kinds for at in known[claim.date, kind] if steps[at].kind is kind)
        number = next(places, len(steps))
        if number == len(steps):
            steps.append(Told(claim.begins, claim.date, claim.kind, (claim,)))
        else:
            step = steps[number]
            kind = claim.kind if step.kind is _ANY else step.kind
            steps[number] = evolve(step, kind=kind, claims=(*step.claims, claim))
        for date in _said_less_closely(steps[number].date):
            known[date, steps[number].kind].append(number)
    return sorted(steps, key=lambda step: (_order(step.date), CLOSER.index(step.kind)))


def _said_less_closely(date: PartialDate | None) -> Iterator[PartialDate | None]:
    """A date, and its month and its year."""
    yield date
    if date is not None and date.day is not None:
        yield PartialDate(date.year, date.month)
    if date is not None and date.month is not None:
        yield PartialDate(date.year)


def _with_ends(steps: list[Told], claims: Iterable[Claim]) -> list[Told]:
    """The steps, and among them the ends that claims tell of."""
    over = [claim for claim in claims if claim.stops is not None]
    ends: list[Told] = []
    for claim in sorted(over, key=lambda claim: (-len(str(claim.end or "")), _order(claim.end))):
        what = claim.stops or Occurrence.ENDED
        for number, end in enumerate(ends):
            if end.what is what and (claim.end is None or (end.date is not None and claim.end.includes(end.date))):
                ends[number] = evolve(end, claims=(*end.claims, claim))
                break
        else:
            ends.append(Told(what, claim.end, _ANY, (claim,)))
    for end in sorted(ends, key=lambda end: _order(end.date)):
        steps = _with_end(steps, end)
    return steps


def _with_end(steps: list[Told], end: Told) -> list[Told]:
    """The steps with an end among them; one whose date no place has is kept without it."""
    at = max(number for number, step in enumerate(steps, start=1) if not set(end.claims).isdisjoint(step.claims))
    for number, step in enumerate(steps if end.date is not None else (), start=1):
        at = number if number > at and step.date is not None and step.date.order <= _order(end.date) else at
    made = [*steps[:at], end, *steps[at:]]
    if in_order([Step(date=step.date, what=step.what) for step in made]):
        return made
    return [*steps[:at], evolve(end, date=None), *steps[at:]]


def _named(steps: Iterable[Told]) -> Iterator[Told]:
    """The steps, each with what happened in it as those before it have it."""
    kind = _ANY
    begun = over = False
    for step in steps:
        what = step.what
        if what in _IN_FORCE:
            closer = kind is not _ANY and CLOSER.index(step.kind) > CLOSER.index(kind)
            if over:
                what = Occurrence.RESUMED
            elif begun and step.date is not None:
                what = Occurrence.UPGRADED if closer else Occurrence.RENEWED
            kind = kind if step.kind is _ANY else step.kind
            begun, over = True, False
        over = over or step.is_end
        yield evolve(step, what=what)
