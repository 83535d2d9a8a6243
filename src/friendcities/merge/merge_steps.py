"""Two histories of one partnership made one: which steps are the same, and where the others belong."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from friendcities.errors import UnknownRecordError
from friendcities.merge.merge_records import absorbed, contradicted, evolved, with_note
from friendcities.merge.merge_report import Relation
from friendcities.merge.notes import RecordNotes
from friendcities.model import PartialDate, Partnership, PartnershipKind, Status, Step, StepAction
from friendcities.model.history import PUTS_IN_FORCE, in_order

__all__ = ["joined_history", "same_steps"]

_ONCE: Final = {StepAction.ESTABLISHED, StepAction.ENDED}
"""What happens once: where two dates are given for it, one of the two is wrong."""


class _Place:
    """A place in the history that is being made, and the step that stands there."""

    def __init__(self, step: Step) -> None:
        self.step = step


def joined_history(ours: Partnership, theirs: Partnership, notes: RecordNotes) -> Partnership:
    """Our partnership with what theirs says of the same two cities.

    Evidence goes to the step that it tells of, and says there what differs. What is another step is added where its
    date belongs; but an end that sources of ours know nothing of, which describe a later state, contradicts what is in
    force, and is said there.

    Args:
        ours: The partnership that stays.
        theirs: The other one, naming others by the ids they have in ours.
        notes: Collects what is done.
    """
    history = [_Place(step) for step in ours.steps]
    known = list(history)
    places = {at: known[same] for at, same in same_steps(ours.steps, theirs.steps).items()}
    new = []
    for at, step in enumerate(theirs.steps):
        if at not in places:
            earlier = [places[each] for each in sorted(places) if each < at]
            later = [places[each] for each in sorted(places) if each > at]
            places[at] = _Place(step)
            history.insert(_where(history, step, earlier, later), places[at])
            new.append(places[at])
    denied = _denied(history, new, ours, theirs)
    history = [place for place in history if place not in denied]
    for at, step in enumerate(theirs.steps):
        place = places[at]
        if place not in new:
            index = history.index(place)
            steps = [each.step for each in history]
            steps[index] = step
            keep = () if in_order(steps) else ("date",)
            place.step = absorbed(place.step, step, notes.within(f"steps[{index}]"), keep=keep)
    for place in new:
        if place not in denied:
            sources = tuple(dict.fromkeys(item.source for item in place.step.evidence))
            notes.add(f"steps[{history.index(place)}]", place.step, sources)
    for place in denied:
        index = max(at for at, each in enumerate(history) if each.step.action in _IN_FORCE)
        history[index].step = contradicted(history[index].step, place.step, notes.within(f"steps[{index}]"))
    made = with_note(evolved(ours, steps=tuple(place.step for place in history)), theirs, notes)
    mine, their = ours.state.status, theirs.state.status
    if their is not mine:
        notes.differ("status", mine, their, Relation.CONTRARY, tuple(sorted(theirs.cites)))
    return made


def _denied(history: Sequence[_Place], new: Sequence[_Place], ours: Partnership, theirs: Partnership) -> list[_Place]:
    """The ends of theirs that would end what ours shows to have been in force later on."""
    attested = _attested(ours)
    if ours.state.status is not Status.ACTIVE or attested is None:
        return []
    last = max((at for at, place in enumerate(history) if place.step.action in _IN_FORCE), default=-1)
    ends = [place for place in history[last + 1 :] if place in new and place.step.action in _ENDS]
    return [place for place in ends if (day := _known_on(place.step, theirs)) is None or day <= attested.latest]


def _attested(partnership: Partnership) -> PartialDate | None:
    """The latest date whose state sources describe in which a partnership is in force; ``None``: none is at hand."""
    try:
        return partnership.last_attested
    except UnknownRecordError:
        return None


def _known_on(step: Step, partnership: Partnership) -> date | None:
    """The last day on which a step can have happened, or that its sources describe; ``None``: not known."""
    if step.date is not None:
        return step.date.latest
    try:
        return max((partnership.source(item.source).as_of.latest for item in step.evidence), default=None)
    except UnknownRecordError:
        return None


def same_steps(ours: Sequence[Step], theirs: Sequence[Step]) -> dict[int, int]:
    """Which steps of theirs are steps of ours: from the place of the one to that of the other.

    The surest signs come first: what and when; what puts a partnership in force at one time; what happens but once,
    whatever its date; what happens at a date that one of the two does not know. A step of ours is one of theirs at
    most, but a listing tells of what is in force already, and goes to that.

    Example:
        >>> from friendcities import PartialDate
        >>> begun = Step(date=PartialDate(1979), action=StepAction.ESTABLISHED)
        >>> same_steps([begun], [Step(action=StepAction.LISTED), Step(date=PartialDate(1990), action=StepAction.ENDED)])
        {0: 0}
    """
    found: dict[int, int] = {}
    free = dict(enumerate(ours))
    for sign in _SIGNS:
        for at, step in enumerate(theirs):
            if at not in found:
                place = next((place for place, mine in free.items() if sign(mine, step)), None)
                if place is not None:
                    found[at] = place
                    del free[place]
    for at, step in enumerate(theirs):
        if at not in found and step.action is StepAction.LISTED:
            place = _listed(ours, step.kind)
            if place is not None:
                found[at] = place
    return found


def _listed(ours: Sequence[Step], kind: PartnershipKind) -> int | None:
    """The step of ours that a listing tells of: the last that put the partnership in force, as that kind if need be."""
    in_force = [at for at, step in enumerate(ours) if step.action in PUTS_IN_FORCE]
    alike = [at for at in in_force if ours[at].kind is kind]
    listed = [at for at, step in enumerate(ours) if step.action is StepAction.LISTED]
    claimed = [at for at, step in enumerate(ours) if step.action is StepAction.UNCONFIRMED]
    return next((places[-1] for places in (alike, in_force, listed, claimed) if places), None)


def _dates_meet(one: Step, other: Step) -> bool:
    return one.date is not None and other.date is not None and one.date.overlaps(other.date)


def _kinds_agree(one: Step, other: Step) -> bool:
    return one.kind is other.kind or PartnershipKind.UNSPECIFIED in {one.kind, other.kind}


def _both_in_force(one: Step, other: Step) -> bool:
    return one.action in PUTS_IN_FORCE and other.action in PUTS_IN_FORCE


_SIGNS: Final[tuple[Callable[[Step, Step], bool], ...]] = (
    lambda one, other: one == other,
    lambda one, other: (one.action, one.date, one.kind) == (other.action, other.date, other.kind),
    lambda one, other: one.action is other.action and _dates_meet(one, other) and _kinds_agree(one, other),
    lambda one, other: one.action is other.action and _dates_meet(one, other),
    lambda one, other: _both_in_force(one, other) and _dates_meet(one, other) and _kinds_agree(one, other),
    lambda one, other: one.action is other.action and one.action in _ONCE and _kinds_agree(one, other),
    lambda one, other: one.action is other.action and one.action in _ONCE,
    lambda one, other: one.action is other.action and None in {one.date, other.date},
)
"""What shows that two steps are one, the surest sign first."""


def _where(history: Sequence[_Place], step: Step, earlier: Sequence[_Place], later: Sequence[_Place]) -> int:
    """Where a new step belongs: by its date, and as it stands to the other steps of its own history.

    Args:
        history: What there is so far.
        step: The new step.
        earlier: The places of those before it in its own history.
        later: The places of those behind it, as far as they have one.
    """
    first = history.index(earlier[-1]) + 1 if earlier else 0
    last = history.index(later[0]) if later else len(history)
    steps = [place.step for place in history]
    if step.date is None:
        return first if earlier or step.action in _FIRST else last if later else _before_the_end(steps, step)
    fitting = [at for at in range(len(steps) + 1) if in_order([*steps[:at], step, *steps[at:]])]
    within = [at for at in fitting if first <= at <= last] or fitting
    behind = [at for at in within if at > 0 and steps[at - 1].date is not None]
    return behind[-1] if behind else within[0]


def _before_the_end(steps: Sequence[Step], step: Step) -> int:
    """The place of a step that nothing places: last, but nothing that is in force comes behind what ended it."""
    ends = [at for at, each in enumerate(steps) if each.action in _ENDS]
    return ends[0] if ends and step.action in _BEFORE_ENDS else len(steps)


_FIRST: Final = {StepAction.PROPOSED, StepAction.ESTABLISHED}
"""With what a history begins."""
_ENDS: Final = {StepAction.SUSPENDED, StepAction.ENDED}
_IN_FORCE: Final = PUTS_IN_FORCE | {StepAction.LISTED}
_BEFORE_ENDS: Final = {StepAction.LISTED, StepAction.UPGRADED, StepAction.RENEWED}
"""What shows that a partnership is in force, but not that it came into force again."""
