"""Computes the state of a partnership from its steps."""

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
    """The fields of a step that determine the state."""

    @property
    def action(self) -> StepAction: ...

    @property
    def kind(self) -> PartnershipKind: ...

    @property
    def date(self) -> PartialDate | None: ...


@frozen
class State:
    """The state of a partnership on a date.

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
"""The actions that always make a partnership active, whatever its earlier state."""

_OPEN = frozenset({None, Status.PROPOSED, Status.UNCONFIRMED})
_RULES: dict[StepAction, tuple[Status, frozenset[Status | None] | None]] = {
    **dict.fromkeys(PUTS_IN_FORCE, (Status.ACTIVE, None)),
    StepAction.SUSPENDED: (Status.SUSPENDED, None),
    StepAction.ENDED: (Status.ENDED, None),
    StepAction.LISTED: (Status.ACTIVE, _OPEN),
    StepAction.PROPOSED: (Status.PROPOSED, frozenset({None, Status.UNCONFIRMED})),
    StepAction.UNCONFIRMED: (Status.UNCONFIRMED, frozenset({None})),
}
"""For each action, the new status, and the earlier statuses that the action changes (``None``: all statuses)."""


def advance(state: State, step: StepLike) -> State:
    """Return the state after one more step.

    ``listed`` and ``proposed`` do not change an active, suspended or ended partnership. ``unconfirmed`` changes only
    the state before the first step. The kind ``unspecified`` never replaces another kind.

    Example:
        >>> from friendcities import PartialDate, Step
        >>> advance(NOTHING, Step(date=PartialDate(1994), action=StepAction.ESTABLISHED)).status
        <Status.ACTIVE: 'active'>
    """
    status, affected = _RULES[step.action]
    if affected is not None and state.status not in affected:
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
    """Return the step that led to the last state, and later steps that confirm this state.

    For example, ``renewed`` and ``listed`` confirm an active partnership.

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
    """Return the date of the first step in force.

    If no step is in force, return the date of the first listing or of the first dated step.
    """
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
    """Return the index of the first step in the wrong order, or ``None``."""
    if len(steps) == 1:  # most histories have one step; this line saves time
        return None
    latest_start = date.min
    for index, step in enumerate(steps):
        if step.date is not None:
            if step.date.latest < latest_start:
                return index
            latest_start = max(latest_start, step.date.earliest)
    return None


def states_by_day(
    steps: "Sequence[Step]", effective_date: "Callable[[Step], PartialDate | None]"
) -> tuple[tuple[int, State], ...]:
    """Return the states of a history, each with the ordinal of its first day.

    A step takes effect on the *last* day of its date. For example, a step of 1994 takes effect on 31 December 1994.

    Args:
        steps: The steps, in their order.
        effective_date: Returns the date of a step; ``None`` if the step never takes effect.
    """
    dated = [(day.latest.toordinal(), step) for step in steps if (day := effective_date(step)) is not None]
    days = sorted({day for day, _ in dated})
    return tuple((day, fold(step for counted, step in dated if counted <= day)) for day in days)
