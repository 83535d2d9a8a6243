"""What rows say of one partnership, as the steps of a history: which tell of one step, and what happened in it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from attrs import evolve, frozen

from friendcities.importers.claims import CLOSER, Claim
from friendcities.model import FrozenMap, PartialDate, PartnershipKind, Status, Step, StepAction
from friendcities.model.history import in_order

__all__ = ["Told", "steps_told"]

_ANY: Final = PartnershipKind.UNSPECIFIED
_IN_FORCE: Final = frozenset({StepAction.LISTED, StepAction.ESTABLISHED})
_BEGINNINGS: Final = (frozenset({StepAction.UNCONFIRMED}), frozenset({StepAction.PROPOSED}), _IN_FORCE)
"""What rows can say happened first; those that say the same can tell of one step."""
_OVER: Final = frozenset({StepAction.SUSPENDED, StepAction.ENDED})


@frozen
class Told:
    """A step, and what is claimed of it: first by who knows its date most closely."""

    what: StepAction
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
            supports += ["action"] if date is None else ["date", "action"]
        elif date is not None or self.is_end or self.what not in _MORE_THAN_LISTED:
            supports.append("action")
            says["date"] = date
        else:
            says |= {"date": None, "action": StepAction.LISTED}
        if self.is_end:
            return tuple(supports), FrozenMap(says)
        if claim.kind is not self.kind:
            says["kind"] = claim.kind
        elif claim.kind is not _ANY:
            supports.append("kind")
        return tuple(supports), FrozenMap(says)


_MORE_THAN_LISTED: Final = frozenset(
    {StepAction.ESTABLISHED, StepAction.UPGRADED, StepAction.RENEWED, StepAction.RESUMED}
)
"""What a row without a date does not say."""


def steps_told(claims: Iterable[Claim]) -> Iterator[Told]:
    """The steps that the claims of one pair tell of, in the order of a history.

    Claims tell of one beginning if they say the same of how it stands, their kinds agree, and the date of the one lies
    within that of the other: a year and a day of it. A beginning later than the first is an upgrade if its kind is
    closer than the one before, else a renewal; after an end it is a resumption. A date says more than none: a claim
    without one tells of the last step of its kind, or the last of all, that does not lie behind its own end.

    An end stands where its date is, before what begins at the same time on another's word, else behind the step of who
    tells of it. Where a claim leaves open whether the partnership is in force, those that say nothing of that do not
    show that it is; one that says so does.

    Args:
        claims: The claims, in any order.

    Example:
        >>> year, day = (Claim(PartialDate.parse(text), PartnershipKind.SISTER_CITY) for text in ("1994", "1994-10-21"))
        >>> [(str(step.date), len(step.claims)) for step in steps_told([year, day])]
        [('1994-10-21', 2)]
    """
    every = sorted(claims, key=lambda claim: claim.order)
    stated = {claim.status for claim in every}
    in_doubt = Status.UNCONFIRMED in stated and Status.ACTIVE not in stated

    def begins(claim: Claim) -> StepAction:
        return StepAction.UNCONFIRMED if in_doubt and claim.status is None else claim.begins

    begun = [
        step for some in _BEGINNINGS for step in _begun([claim for claim in every if begins(claim) in some], begins)
    ]
    begun.sort(key=lambda step: _order(step.date))
    return _named(_with_ends(begun, [claim for claim in every if claim.stops is not None]))


def _order(date: PartialDate | None) -> tuple[int, int, int]:
    return (0, 0, 0) if date is None else date.order


def _begun(claims: list[Claim], begins: Callable[[Claim], StepAction]) -> list[Told]:
    """The beginnings that claims of one sort tell of; each claim belongs to one."""
    steps = _grouped([claim for claim in claims if claim.date is not None], begins)
    apart = []
    for claim in (claim for claim in claims if claim.date is None):
        number = _told_of(steps, claim)
        if number is None:
            apart.append(claim)
        else:
            step = steps[number]
            kind = claim.kind if step.kind is _ANY else step.kind
            steps[number] = evolve(step, kind=kind, claims=(*step.claims, claim))
    return [*_grouped(apart, begins), *steps]


def _told_of(steps: Sequence[Told], claim: Claim) -> int | None:
    """Which of some dated steps a claim without a date tells of; ``None``: all of them lie behind its end."""
    before = [
        number
        for number, step in enumerate(steps)
        if claim.end is None or step.date is None or step.date.earliest <= claim.end.latest
    ]
    alike = [number for number in before if steps[number].kind is claim.kind]
    open_ = [number for number in before if steps[number].kind is _ANY]
    return next((numbers[-1] for numbers in (alike, open_, before) if numbers), None)


def _grouped(claims: list[Claim], begins: Callable[[Claim], StepAction]) -> list[Told]:
    """The steps of claims that all have a date, or all have none; the closest dates and the named kinds come first."""
    steps: list[Told] = []
    known: defaultdict[tuple[PartialDate | None, PartnershipKind], list[int]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: (-len(str(claim.date)), claim.kind is _ANY)):
        kinds = (claim.kind, *(CLOSER if claim.kind is _ANY else (_ANY,)))
        places = (at for kind in kinds for at in known[claim.date, kind] if steps[at].kind is kind)
        number = next(places, len(steps))
        if number == len(steps):
            steps.append(Told(begins(claim), claim.date, claim.kind, (claim,)))
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


def _with_ends(steps: list[Told], claims: list[Claim]) -> list[Told]:
    """The steps, and among them the ends that claims tell of."""
    behind: defaultdict[int, list[Told]] = defaultdict(list)
    for end in _ends(steps, claims):
        behind[_place_of(end, steps)].append(end)
    made = []
    for number, step in enumerate(steps):
        made += [step, *sorted(behind[number], key=_among_ends)]
    for number, step in enumerate(made):
        if step.is_end and not in_order([Step(date=each.date, action=each.what) for each in made[: number + 1]]):
            made[number] = evolve(step, date=None)
    return made


def _ends(steps: Sequence[Told], claims: list[Claim]) -> list[Told]:
    """The ends that claims tell of: those of one beginning tell of one end, unless they date it otherwise."""
    begun = {claim: number for number, step in enumerate(steps) for claim in step.claims}
    ends: list[Told] = []
    for claim in sorted(claims, key=lambda claim: (-len(str(claim.end or "")), claim.order)):
        for number, end in enumerate(ends):
            shared = begun[claim] in {begun[other] for other in end.claims}
            if end.what is not claim.stops or not (shared or claim.end == end.date):
                continue
            if claim.end is None or (end.date is not None and claim.end.includes(end.date)):
                ends[number] = evolve(end, claims=(*end.claims, claim))
                break
        else:
            ends.append(Told(claim.stops or StepAction.ENDED, claim.end, _ANY, (claim,)))
    return ends


def _place_of(end: Told, steps: Sequence[Told]) -> int:
    """The step that an end stands behind: the last of who tells of it, or a later one that was over before it."""
    at = max(number for number, step in enumerate(steps) if not set(end.claims).isdisjoint(step.claims))
    for number, step in enumerate(steps):
        if end.date is not None and step.date is not None and step.date.latest < end.date.earliest:
            at = max(at, number)
    return at


def _among_ends(end: Told) -> tuple[int, tuple[int, int, int]]:
    """The place of an end among others behind one step: an undated suspension first, an undated end last."""
    if end.date is not None:
        return 1, end.date.order
    return (2 if end.what is StepAction.ENDED else 0), (0, 0, 0)


def _named(steps: Iterable[Told]) -> Iterator[Told]:
    """The steps, each with what happened in it as those before it have it."""
    kind = _ANY
    begun = over = False
    for step in steps:
        what = step.what
        if what in _IN_FORCE:
            closer = kind is not _ANY and CLOSER.index(step.kind) > CLOSER.index(kind)
            if over:
                what = StepAction.RESUMED
            elif begun and step.date is not None:
                what = StepAction.UPGRADED if closer else StepAction.RENEWED
            kind = kind if step.kind is _ANY else step.kind
            begun, over = True, False
        over = over or step.is_end
        yield evolve(step, what=what)
