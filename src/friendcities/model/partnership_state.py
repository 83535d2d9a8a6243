"""Pure functions that compute the state of a partnership from its steps."""

from datetime import date
from typing import TYPE_CHECKING, Protocol

from attrs import frozen

from friendcities.model.dates import PartialDate
from friendcities.model.record import value_to_plain
from friendcities.model.vocabulary import PartnershipKind, Status, StepAction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from friendcities.model.partnership import Step


class StepLike(Protocol):
    """A step, or a claimed step of an import or a merge."""

    @property
    def action(self) -> StepAction: ...

    @property
    def kind(self) -> PartnershipKind: ...

    @property
    def date(self) -> PartialDate | None: ...


@frozen
class State:
    """The state of a partnership at one time.

    Example:
        >>> import friendcities as fc
        >>> fc.partnership_between("Dunedin", "Shanghai").state.kind
        <PartnershipKind.SISTER_CITY: 'sister_city'>
    """

    status: Status | None
    """The status; ``None`` if no step has happened yet."""
    kind: PartnershipKind
    """The kind of partnership."""
    since: PartialDate | None
    """The date since which the partnership has this status and kind; ``None`` if unknown."""

    def to_dict(self) -> dict[str, str | None]:
        """Return the state as plain JSON values.

        Example:
            >>> import friendcities as fc
            >>> fc.partnership_between("Dunedin", "Shanghai").state.to_dict()
            {'status': 'active', 'kind': 'sister_city', 'since': '1994-10-21'}
        """
        return {name: value_to_plain(getattr(self, name)) for name in ("status", "kind", "since")}


NOTHING = State(status=None, kind=PartnershipKind.UNSPECIFIED, since=None)
"""The state before the first step."""

PUTS_IN_FORCE = frozenset({StepAction.ESTABLISHED, StepAction.UPGRADED, StepAction.RENEWED, StepAction.RESUMED})
"""The actions that make a partnership active, whatever its state was."""

_OPEN = frozenset({None, Status.PROPOSED, Status.UNCONFIRMED})
_RULES: dict[StepAction, tuple[Status, frozenset[Status | None] | None]] = {
    **dict.fromkeys(PUTS_IN_FORCE, (Status.ACTIVE, None)),
    StepAction.SUSPENDED: (Status.SUSPENDED, None),
    StepAction.ENDED: (Status.ENDED, None),
    StepAction.LISTED: (Status.ACTIVE, _OPEN),
    StepAction.PROPOSED: (Status.PROPOSED, frozenset({None, Status.UNCONFIRMED})),
    StepAction.UNCONFIRMED: (Status.UNCONFIRMED, frozenset({None})),
}
"""The status after each action, and the states in which the action counts (``None``: all)."""


def advance(state: State, step: StepLike) -> State:
    """Return the state after one more step; the state is unchanged if the step has no effect.

    A listing has no effect once a start is dated. A proposal has no effect on a partnership in force. An unconfirmed
    step has an effect only as the first step. ``unspecified`` never overwrites a kind.

    Example:
        >>> from friendcities import PartialDate, Step
        >>> advance(NOTHING, Step(date=PartialDate(1994), action=StepAction.ESTABLISHED)).status
        <Status.ACTIVE: 'active'>
    """
    status, counts_from = _RULES[step.action]
    if counts_from is not None and state.status not in counts_from:
        return state
    kind = state.kind if step.kind is PartnershipKind.UNSPECIFIED else step.kind
    if (status, kind) == (state.status, state.kind):
        return state
    return State(status, kind, step.date)


def fold(steps: "Iterable[StepLike]") -> State:
    """Return the state after a sequence of steps.

    Example:
        >>> fold([]) == NOTHING
        True
    """
    state = NOTHING
    for step in steps:
        state = advance(state, step)
    return state


def confirming_steps(steps: "Sequence[Step]") -> "tuple[Step, ...]":
    """Return the step that makes the final state, and the later steps that confirm the state.

    A later step confirms the state if it leads to the same status. For example, a renewal or a listing confirms an
    active partnership.

    Example:
        >>> from friendcities import PartialDate, Step
        >>> begun = Step(date=PartialDate(1994), action=StepAction.ESTABLISHED)
        >>> [step.action.value for step in confirming_steps([begun, Step(action=StepAction.LISTED)])]
        ['established', 'listed']
    """
    state, deciding = NOTHING, 0
    for index, step in enumerate(steps):
        before, state = state, advance(state, step)
        deciding = index if state is not before else deciding
    return tuple(step for step in steps[deciding:] if _RULES[step.action][0] is state.status)


def in_force_from(steps: "Sequence[StepLike]") -> PartialDate | None:
    """Return the date on which a partnership came into force or was first listed, else its earliest date."""
    for in_force in (PUTS_IN_FORCE, {StepAction.LISTED}):
        for step in steps:
            if step.action in in_force:
                return step.date
    return next((step.date for step in steps if step.date is not None), None)


def in_order(steps: "Sequence[StepLike]") -> bool:
    """Whether the dated steps are in chronological order.

    Example:
        >>> from friendcities import PartialDate, Step
        >>> in_order([Step(date=PartialDate(1994), action=StepAction.ESTABLISHED),
        ...           Step(date=PartialDate(1990), action=StepAction.ENDED)])
        False
    """
    return out_of_order(steps) is None


def out_of_order(steps: "Sequence[StepLike]") -> int | None:
    """Return the index of the first step that is not in chronological order; ``None`` if there is none."""
    if len(steps) == 1:  # most histories; this saves time when a large dataset is loaded
        return None
    latest_start = date.min
    for index, step in enumerate(steps):
        if step.date is not None:
            if step.date.latest < latest_start:
                return index
            latest_start = max(latest_start, step.date.earliest)
    return None


def states_by_day(
    steps: "Sequence[Step]", counts_on: "Callable[[Step], PartialDate | None]"
) -> tuple[tuple[int, State], ...]:
    """Return the states of a history, each with its first day (a proleptic Gregorian ordinal).

    A step takes effect on the *last* day of its date: a step that is dated 1994 takes effect at the end of 1994.

    Args:
        steps: The steps, in their order.
        counts_on: Returns the date on which a step takes effect, or ``None`` if it never does.
    """
    dated = [(day.latest.toordinal(), step) for step in steps if (day := counts_on(step)) is not None]
    days = sorted({day for day, _ in dated})
    return tuple((day, fold(step for counted, step in dated if counted <= day)) for day in days)
