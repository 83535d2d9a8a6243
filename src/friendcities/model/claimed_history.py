"""Builds the ordered steps of a partnership from the claims of sources."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from attrs import Factory, define, frozen

from friendcities.model.dates import PartialDate
from friendcities.model.partnership_state import in_order
from friendcities.model.record import FrozenMap
from friendcities.model.vocabulary import PartnershipKind, Status, StepAction

CLOSENESS: Final = (
    PartnershipKind.UNSPECIFIED,
    PartnershipKind.CONTACT,
    PartnershipKind.PROJECT_PARTNERSHIP,
    PartnershipKind.FRIENDLY_EXCHANGE,
    PartnershipKind.FRIENDSHIP_CITY,
    PartnershipKind.SISTER_CITY,
)
"""The kinds of partnership, from the loosest to the closest."""
_STATUSES: Final = (None, *Status)
START_ACTIONS: Final = {Status.UNCONFIRMED: StepAction.UNCONFIRMED, Status.PROPOSED: StepAction.PROPOSED}
END_ACTIONS: Final = {Status.SUSPENDED: StepAction.SUSPENDED, Status.ENDED: StepAction.ENDED}
_NO_KIND: Final = PartnershipKind.UNSPECIFIED
_ISO_LENGTHS: Final = (len("1994"), len("1994-10"), len("1994-10-21"))
_IN_FORCE: Final = frozenset({StepAction.LISTED, StepAction.ESTABLISHED})
_START_GROUPS: Final = (frozenset({StepAction.UNCONFIRMED}), frozenset({StepAction.PROPOSED}), _IN_FORCE)
"""Groups of start actions. Claims with start actions of different groups never share a step."""
INTERPRETED: Final = frozenset({StepAction.UPGRADED, StepAction.RENEWED, StepAction.RESUMED})
"""The actions that are derived from several claims. No single claim has such an action."""


@frozen
class Claim:
    """The statement of one source about a partnership, such as one row of a list."""

    date: PartialDate | None
    """The date on which the partnership began or was proposed."""
    kind: PartnershipKind
    status: Status | None = None
    """The status of the partnership. If the claim has no status, the partnership is treated as in force."""
    end: PartialDate | None = None
    """The date on which the partnership was suspended or ended."""
    source: str = ""
    """The id of the source; empty if all claims have the same source."""
    locator: str = ""
    """The place in the source."""
    as_of: dt.date | None = None
    """The last day of the date that the source describes."""
    rank: int = 0
    """The rank of the source by reliability; 0 is the most reliable rank."""
    note: str | None = None
    """A note on the date and the kind."""
    end_note: str | None = None
    """A note on the end."""

    @property
    def start_action(self) -> StepAction:
        """The first action: ``established``, ``listed``, ``proposed`` or ``unconfirmed``."""
        in_force = StepAction.LISTED if self.date is None else StepAction.ESTABLISHED
        return in_force if self.status is None else START_ACTIONS.get(self.status, in_force)

    @property
    def end_action(self) -> StepAction | None:
        """The last action: ``suspended``, ``ended`` or ``None``."""
        return None if self.status is None else END_ACTIONS.get(self.status)

    @property
    def is_in_force(self) -> bool:
        """Whether the partnership is in force according to the claim."""
        return self.start_action in _IN_FORCE and self.end_action is None

    @property
    def order(self) -> tuple[Any, ...]:
        """The sort key."""
        start, end = _order(self.date), _order(self.end)
        return start, CLOSENESS.index(self.kind), _STATUSES.index(self.status), end, self.source, self.locator


@define
class ClaimedStep:
    """A step that is built from claims. The claim with the most precise date comes first."""

    action: StepAction
    date: PartialDate | None
    kind: PartnershipKind
    claims: list[Claim]
    objections: list[Claim] = Factory(list)
    """Claims that contradict the step. For example, a later listing contradicts an end."""

    @property
    def is_end(self) -> bool:
        """Whether the step suspends or ends the partnership."""
        return self.action in {StepAction.SUSPENDED, StepAction.ENDED}

    def is_doubted_by(self, claim: Claim) -> bool:
        """Whether only the claim is ``unconfirmed``, not the step."""
        return claim.status is Status.UNCONFIRMED and self.action is not StepAction.UNCONFIRMED

    def evidence_of(self, claim: Claim) -> tuple[tuple[str, ...], FrozenMap[str, object]]:
        """Return ``supports`` and ``claims`` for the evidence of a claim."""
        supports, claimed = list[str](), dict[str, Any]()
        date = claim.end if self.is_end else claim.date
        if self.is_doubted_by(claim):
            claimed["action"] = StepAction.UNCONFIRMED
            if date is not None and date == self.date:
                supports.append("date")
            elif date is not None:
                claimed["date"] = date
        elif date == self.date:
            supports = ["action"] if date is None else ["date", "action"]
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

    def evidence_of_objection(self, claim: Claim) -> tuple[tuple[str, ...], FrozenMap[str, object]]:
        """Return ``supports`` and ``claims`` for the evidence of a contrary claim."""
        if self.is_end:
            return (), FrozenMap({"action": StepAction.LISTED})
        action = {"action": claim.end_action}
        if claim.end is None or claim.end == self.date:
            return () if claim.end is None else ("date",), FrozenMap(action)
        return (), FrozenMap({**action, "date": claim.end})

    def add_claim(self, claim: Claim) -> None:
        """Add a claim. A step without a kind gets the kind of the claim."""
        self.kind = claim.kind if self.kind is _NO_KIND else self.kind
        self.claims.append(claim)


def build_steps(claims: Iterable[Claim]) -> list[ClaimedStep]:
    """Build the steps of one partnership from all its claims.

    Claims share a start if their kinds and dates agree. The dates 1994 and 1994-10 agree. Claims of different sources
    with the same date share a start, whatever their kinds. An undated claim joins the last start before its end,
    preferably a start of the same kind.

    A later start becomes ``resumed`` after an end, ``upgraded`` for a closer kind, and otherwise ``renewed``.

    An end comes before another claim's start on the same date. An undated end follows its own start.

    An unconfirmed claim makes no step if another claim is active or ended. If no claim is active or ended, one
    unconfirmed claim makes all claims without a status unconfirmed.

    Example:
        >>> year, day = (Claim(PartialDate.parse(text), PartnershipKind.SISTER_CITY) for text in ("1994", "1994-10-21"))
        >>> [(str(step.date), len(step.claims)) for step in build_steps([year, day])]
        [('1994-10-21', 2)]
    """
    every = sorted(claims, key=lambda claim: claim.order)
    if len(every) == 1 and every[0].end_action is None:  # most partnerships have one claim
        return [ClaimedStep(every[0].start_action, every[0].date, every[0].kind, every)]
    statuses = {claim.status for claim in every}
    is_certain = not statuses.isdisjoint({Status.ACTIVE, *END_ACTIONS})
    in_doubt = Status.UNCONFIRMED in statuses and not is_certain

    def start_action(claim: Claim) -> StepAction:
        return StepAction.UNCONFIRMED if in_doubt and claim.status is None else claim.start_action

    overruled, later = _find_contrary_ends(every)
    cuts = [claim.end.latest for claim in every if claim.end is not None and claim not in overruled]
    groups = [[claim for claim in every if start_action(claim) in actions] for actions in _START_GROUPS]
    doubts = groups.pop(0) if is_certain else []
    is_dated = any(claim.date is not None for claim in groups[-1])
    listed = [claim for claim in later if claim.date is None and overruled and is_dated]
    groups[-1] = [claim for claim in groups[-1] if claim not in listed]
    starts = [start for group in groups for start in _build_starts(group, start_action, cuts)]
    starts.sort(key=lambda step: _order(step.date))
    starts += _join_kinds(_group_claims(listed, start_action))
    for claim in doubts:
        _step_for_doubt(claim, starts).add_claim(claim)
    steps = _insert_ends(starts, [claim for claim in every if claim.end_action is not None and claim not in overruled])
    _set_actions(steps)
    if overruled:
        next(step for step in reversed(steps) if step.action in _IN_FORCE | INTERPRETED).objections += overruled
    elif steps[-1].is_end:
        steps[-1].objections += [claim for claim in later if _is_contrary(claim, steps[-1])]
    return steps


def _find_contrary_ends(claims: Sequence[Claim]) -> tuple[list[Claim], list[Claim]]:
    """Return the ends that newer sources contradict, and the contradicting claims."""
    ending = {claim.source for claim in claims if claim.end_action is not None}
    in_force = [claim for claim in claims if claim.is_in_force and claim.source not in ending]
    in_force = [claim for claim in in_force if claim.as_of is not None]
    ends = [claim for claim in claims if claim.end_action is not None and not _is_restarted(claim, claims)]
    known = max((day for claim in ends for day in _days_of_end(claim)), default=dt.date.min)
    newer = [claim for claim in in_force if ends and claim.as_of is not None and claim.as_of > known]
    return (ends, newer) if newer else ([], in_force)


def _is_contrary(claim: Claim, end: ClaimedStep) -> bool:
    """Whether a claim lists the partnership as in force after an end, or on the date of the sources of the end."""
    day = claim.as_of or dt.date.min
    if end.date is not None:
        return day > end.date.latest
    return day >= max((each.as_of for each in end.claims if each.as_of is not None), default=dt.date.min)


def _days_of_end(claim: Claim) -> list[dt.date]:
    return [day for day in (claim.as_of, None if claim.end is None else claim.end.latest) if day is not None]


def _is_restarted(ended: Claim, claims: Iterable[Claim]) -> bool:
    day = ended.as_of if ended.end is None else ended.end.latest
    begun = dt.date.min if ended.date is None else ended.date.latest
    starts = [(claim, claim.date.earliest) for claim in claims if claim.date and claim.start_action in _IN_FORCE]
    return any(
        (day is not None and start > day) or (ended.end is None and claim.source == ended.source and start > begun)
        for claim, start in starts
    )


def _order(day: PartialDate | None) -> tuple[int, int, int]:
    return (0, 0, 0) if day is None else day.order


def _build_starts(
    claims: list[Claim], start_action: Callable[[Claim], StepAction], ends: Sequence[dt.date]
) -> list[ClaimedStep]:
    steps = _join_kinds(_group_claims([claim for claim in claims if claim.date is not None], start_action))
    steps = _join_first_starts(steps, ends)
    undated = []
    for claim in (claim for claim in claims if claim.date is None):
        step = _step_for_undated(claim, steps)
        if step is None:
            undated.append(claim)
        else:
            step.add_claim(claim)
    return [*_join_kinds(_group_claims(undated, start_action)), *steps]


def _join_kinds(steps: Sequence[ClaimedStep]) -> list[ClaimedStep]:
    """Join starts of one date and of different kinds if no source states both kinds.

    The joined start keeps the kind of the most reliable source.
    """
    joined: list[ClaimedStep] = []
    for step in sorted(steps, key=lambda step: -len(str(step.date))):
        sources = {claim.source for claim in step.claims}
        same = (
            each
            for each in joined
            if (each.date is step.date is None or _one_includes_other(each.date, step.date))
            and sources.isdisjoint(claim.source for claim in each.claims)
        )
        target = next(same, None)
        if target is None:
            joined.append(step)
        else:
            target.claims += step.claims
            target.kind = min((claim for claim in target.claims if claim.kind is not _NO_KIND), key=_authority).kind
    return sorted(joined, key=lambda step: (_order(step.date), CLOSENESS.index(step.kind)))


def _authority(claim: Claim) -> tuple[Any, ...]:
    return claim.rank, -(claim.as_of or dt.date.min).toordinal(), -CLOSENESS.index(claim.kind)


def _join_first_starts(steps: Sequence[ClaimedStep], ends: Sequence[dt.date]) -> list[ClaimedStep]:
    """Join the first starts of all sources, even if their dates differ."""
    after = [
        (step, max((end for end in ends if step.date and end < step.date.earliest), default=dt.date.min))
        for step in steps
    ]
    first: dict[tuple[str, dt.date], ClaimedStep] = {}
    for step, end in after:
        for claim in step.claims:
            first.setdefault((claim.source, end), step)
    joined: defaultdict[dt.date, list[ClaimedStep]] = defaultdict(list)
    others = []
    for step, end in sorted(after, key=lambda pair: _preference(pair[0])):
        if any(first[claim.source, end] is not step for claim in step.claims):
            others.append(step)
            continue
        same = (each for each in joined[end] if each.kind is step.kind or _NO_KIND in {each.kind, step.kind})
        target = next(same, None)
        if target is None:
            joined[end].append(step)
        else:
            for claim in step.claims:
                target.add_claim(claim)
    steps = [*others, *(step for group in joined.values() for step in group)]
    return sorted(steps, key=lambda step: (_order(step.date), CLOSENESS.index(step.kind)))


def _preference(step: ClaimedStep) -> tuple[Any, ...]:
    rank = min(claim.rank for claim in step.claims)
    return rank, -len(str(step.date)), _order(step.date), CLOSENESS.index(step.kind)


def _step_for_undated(claim: Claim, steps: Sequence[ClaimedStep]) -> ClaimedStep | None:
    end = claim.end
    before = [step for step in steps if end is None or step.date is None or step.date.earliest <= end.latest]
    return max(reversed(before), key=lambda step: (step.kind is claim.kind, step.kind is _NO_KIND), default=None)


def _step_for_doubt(claim: Claim, starts: Sequence[ClaimedStep]) -> ClaimedStep:
    in_force = [step for step in reversed(starts) if step.action in _IN_FORCE]
    return max(in_force, key=lambda step: (_one_includes_other(claim.date, step.date), step.kind is claim.kind))


def _one_includes_other(one: PartialDate | None, other: PartialDate | None) -> bool:
    return one is not None and other is not None and (one.includes(other) or other.includes(one))


def _group_claims(claims: list[Claim], start_action: Callable[[Claim], StepAction]) -> list[ClaimedStep]:
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
    start_of = {claim: number for number, step in enumerate(starts) for claim in step.claims}
    ends: list[ClaimedStep] = []
    for claim in sorted(claims, key=lambda claim: (claim.rank, -len(str(claim.end or "")), claim.order)):
        new = ClaimedStep(END_ACTIONS[claim.status or Status.ENDED], claim.end, _NO_KIND, [claim])
        for end in ends:
            is_same = claim.end == end.date or start_of[claim] in {start_of[other] for other in end.claims}
            includes = claim.end is None or (end.date is not None and claim.end.includes(end.date))
            is_other_source = claim.source not in {other.source for other in end.claims}
            has_same_start = _start_before(new, starts) == _start_before(end, starts)
            if end.action is new.action and has_same_start and (is_other_source or (is_same and includes)):
                end.claims.append(claim)
                break
        else:
            ends.append(new)
    return ends


def _start_before(end: ClaimedStep, starts: Sequence[ClaimedStep]) -> int:
    """An undated end follows the starts that its source can know, up to the next start of this source."""
    last = max(
        number
        for number, step in enumerate(starts)
        if not set(end.claims).isdisjoint(step.claims)
        or (end.date is not None and step.date is not None and step.date.latest < end.date.earliest)
    )
    known = max((claim.as_of for claim in end.claims if claim.as_of is not None), default=dt.date.min)
    sources = {claim.source for claim in end.claims}
    for step in starts[last + 1 :] if end.date is None else ():
        is_own = not sources.isdisjoint(claim.source for claim in step.claims)
        if is_own or step.date is None or step.date.latest > known:
            break
        last += 1
    return last


def _end_order(end: ClaimedStep) -> tuple[int, tuple[int, int, int]]:
    undated = 2 if end.action is StepAction.ENDED else 0
    return (undated if end.date is None else 1), _order(end.date)


def _set_actions(steps: Iterable[ClaimedStep]) -> None:
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
