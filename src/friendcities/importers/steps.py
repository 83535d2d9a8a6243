"""The claims of rows for one pair as the steps of a history: which claims share a step, and what happened in it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from attrs import define

from friendcities.importers.claims import CLOSENESS, Claim
from friendcities.model import FrozenMap, PartialDate, PartnershipKind, Status, StepAction
from friendcities.model.history import in_order

_NO_KIND: Final = PartnershipKind.UNSPECIFIED
_ISO_LENGTHS: Final = (len("1994"), len("1994-10"), len("1994-10-21"))
_IN_FORCE: Final = frozenset({StepAction.LISTED, StepAction.ESTABLISHED})
_START_GROUPS: Final = (frozenset({StepAction.UNCONFIRMED}), frozenset({StepAction.PROPOSED}), _IN_FORCE)
"""The actions of a claim's start; claims share a step only within one of these."""
INTERPRETED: Final = frozenset({StepAction.UPGRADED, StepAction.RENEWED, StepAction.RESUMED})
"""The actions that no claim states, and that follow from several."""


@define
class ClaimedStep:
    """A step, and its claims, the one with the most precise date first."""

    action: StepAction
    date: PartialDate | None
    kind: PartnershipKind
    claims: list[Claim]

    @property
    def is_end(self) -> bool:
        """Whether the partnership was suspended or ended in it."""
        return self.action in {StepAction.SUSPENDED, StepAction.ENDED}

    def evidence_of(self, claim: Claim) -> tuple[tuple[str, ...], FrozenMap[str, object]]:
        """The fields of the step that a claim supports, and the values it claims for others."""
        supports, claimed = [], dict[str, Any]()
        date = claim.end if self.is_end else claim.date
        if date == self.date:
            supports += ["action"] if date is None else ["date", "action"]
        elif date is not None or self.is_end or self.action not in {StepAction.ESTABLISHED, *INTERPRETED}:
            supports.append("action")
            claimed |= {} if date is None else {"date": date}
        else:
            claimed["action"] = StepAction.LISTED
        if not self.is_end and claim.kind not in {self.kind, _NO_KIND}:
            claimed["kind"] = claim.kind
        elif not self.is_end and claim.kind is not _NO_KIND:
            supports.append("kind")
        return tuple(supports), FrozenMap(claimed)

    def add_claim(self, claim: Claim) -> None:
        """Add a claim, and its kind if the step has none."""
        self.kind = claim.kind if self.kind is _NO_KIND else self.kind
        self.claims.append(claim)


def build_steps(claims: Iterable[Claim]) -> list[ClaimedStep]:
    """The steps that the claims for one pair state, in the order of a history.

    Claims share a start if they state the same status, their kinds agree, and the date of the one includes that of the
    other: a year and a day of it. A later start is an upgrade if its kind is closer than the one before, else a
    renewal; after an end it is a resumption. A claim without a date belongs to the last step of its kind, or the last
    of all, that does not lie after its own end.

    An end comes where its date is, before a start of another claim at the same time, else after the step of its own
    claim. Where a claim leaves open whether the partnership is in force, claims without a status do not show that it
    is; a claim that states it does.

    Example:
        >>> year, day = (Claim(PartialDate.parse(text), PartnershipKind.SISTER_CITY) for text in ("1994", "1994-10-21"))
        >>> [(str(step.date), len(step.claims)) for step in build_steps([year, day])]
        [('1994-10-21', 2)]
    """
    every = sorted(claims, key=lambda claim: claim.order)
    if len(every) == 1 and every[0].end_action is None:  # as for most pairs
        return [ClaimedStep(every[0].start_action, every[0].date, every[0].kind, every)]
    statuses = {claim.status for claim in every}
    in_doubt = Status.UNCONFIRMED in statuses and Status.ACTIVE not in statuses

    def start_action(claim: Claim) -> StepAction:
        return StepAction.UNCONFIRMED if in_doubt and claim.status is None else claim.start_action

    groups = [[claim for claim in every if start_action(claim) in actions] for actions in _START_GROUPS]
    starts = [start for group in groups for start in _build_starts(group, start_action)]
    starts.sort(key=lambda step: _order(step.date))
    steps = _insert_ends(starts, [claim for claim in every if claim.end_action is not None])
    _set_actions(steps)
    return steps


def _order(date: PartialDate | None) -> tuple[int, int, int]:
    return (0, 0, 0) if date is None else date.order


def _build_starts(claims: list[Claim], start_action: Callable[[Claim], StepAction]) -> list[ClaimedStep]:
    """The starts that claims of one sort state; each claim belongs to one."""
    steps = _group_claims([claim for claim in claims if claim.date is not None], start_action)
    undated = []
    for claim in (claim for claim in claims if claim.date is None):
        step = _step_for_undated(claim, steps)
        if step is None:
            undated.append(claim)
        else:
            step.add_claim(claim)
    return [*_group_claims(undated, start_action), *steps]


def _step_for_undated(claim: Claim, steps: Sequence[ClaimedStep]) -> ClaimedStep | None:
    """The last step of the kind of a claim without a date, or else without a kind, or else of all, before its end."""
    end = claim.end
    before = [step for step in steps if end is None or step.date is None or step.date.earliest <= end.latest]
    return max(reversed(before), key=lambda step: (step.kind is claim.kind, step.kind is _NO_KIND), default=None)


def _group_claims(claims: list[Claim], start_action: Callable[[Claim], StepAction]) -> list[ClaimedStep]:
    """The steps of claims that all have a date, or all have none; precise dates and named kinds come first."""
    steps: list[ClaimedStep] = []
    known: defaultdict[tuple[str, PartnershipKind], list[ClaimedStep]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: (-len(str(claim.date)), claim.kind is _NO_KIND)):
        kinds = (claim.kind, *(CLOSENESS if claim.kind is _NO_KIND else (_NO_KIND,)))
        step = next((step for kind in kinds for step in known[str(claim.date), kind] if step.kind is kind), None)
        if step is None:
            step = ClaimedStep(start_action(claim), claim.date, claim.kind, [])
            steps.append(step)
        step.add_claim(claim)
        for date in {str(step.date)[:length] for length in _ISO_LENGTHS}:
            known[date, step.kind].append(step)
    return sorted(steps, key=lambda step: (_order(step.date), CLOSENESS.index(step.kind)))


def _insert_ends(starts: list[ClaimedStep], claims: list[Claim]) -> list[ClaimedStep]:
    """The starts, and among them the ends that claims state."""
    after: defaultdict[int, list[ClaimedStep]] = defaultdict(list)
    for end in _build_ends(starts, claims):
        after[_start_before(end, starts)].append(end)
    steps = []
    for number, start in enumerate(starts):
        steps += [start, *sorted(after[number], key=_end_order)]
    for number, step in enumerate(steps):
        if step.is_end and not in_order(steps[: number + 1]):
            step.date = None
    return steps


def _build_ends(starts: Sequence[ClaimedStep], claims: list[Claim]) -> list[ClaimedStep]:
    """The ends that claims state: claims with one start share one end, unless their dates differ."""
    start_of = {claim: number for number, step in enumerate(starts) for claim in step.claims}
    ends: list[ClaimedStep] = []
    for claim in sorted(claims, key=lambda claim: (-len(str(claim.end or "")), claim.order)):
        for end in ends:
            is_same = claim.end == end.date or start_of[claim] in {start_of[other] for other in end.claims}
            includes = claim.end is None or (end.date is not None and claim.end.includes(end.date))
            if end.action is claim.end_action and is_same and includes:
                end.claims.append(claim)
                break
        else:
            ends.append(ClaimedStep(claim.end_action or StepAction.ENDED, claim.end, _NO_KIND, [claim]))
    return ends


def _start_before(end: ClaimedStep, starts: Sequence[ClaimedStep]) -> int:
    """The start that an end comes after: the last of its claims, or a later one that lies before it."""
    return max(
        number
        for number, step in enumerate(starts)
        if not set(end.claims).isdisjoint(step.claims)
        or (end.date is not None and step.date is not None and step.date.latest < end.date.earliest)
    )


def _end_order(end: ClaimedStep) -> tuple[int, tuple[int, int, int]]:
    """The place of an end among others after one start: an undated suspension first, an undated end last."""
    undated = 2 if end.action is StepAction.ENDED else 0
    return (undated if end.date is None else 1), _order(end.date)


def _set_actions(steps: Iterable[ClaimedStep]) -> None:
    """Give each start the action that follows from the steps before it."""
    kind = _NO_KIND
    started = ended = False
    for step in steps:
        if step.action in _IN_FORCE:
            is_closer = kind is not _NO_KIND and CLOSENESS.index(step.kind) > CLOSENESS.index(kind)
            if ended:
                step.action = StepAction.RESUMED
            elif started and step.date is not None:
                step.action = StepAction.UPGRADED if is_closer else StepAction.RENEWED
            kind = kind if step.kind is _NO_KIND else step.kind
            started, ended = True, False
        ended = ended or step.is_end
