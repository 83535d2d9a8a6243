"""What is derived from the history of a partnership, in two versions of it."""

from collections.abc import Callable, Iterator

from friendcities.diff.fields import backers, value_change
from friendcities.diff.results import FieldChange
from friendcities.model import Partnership, SourceId, State, Step
from friendcities.model.history import NOTHING, PUTS_IN_FORCE, advance

__all__ = ["fact_changes", "told_by"]


def fact_changes(old: Partnership, new: Partnership) -> tuple[FieldChange, ...]:
    """What differs in how a partnership stands: status, kind, established, ended, disputed, reliability; in this order.

    Each comes with the sources that support it in the step that decides it.
    """
    return tuple(_all(old, new))


def told_by(tie: Partnership) -> tuple[SourceId, ...]:
    """The sources that date a partnership's coming into force; without a date, those that tell how it stands."""
    if tie.established is not None:
        return backers(None, _puts_in_force(tie), "date")
    return backers(None, _decides_status(tie), "action")


def _all(old: Partnership, new: Partnership) -> Iterator[FieldChange]:
    for name, before, after, sources in (
        ("status", old.state.status, new.state.status, _word(old, new, _decides_status, "action")),
        ("kind", old.state.kind, new.state.kind, _word(old, new, _decides_kind, "kind")),
        ("established", old.established, new.established, _word(old, new, _puts_in_force, "date")),
        ("ended", old.ended, new.ended, _word(old, new, _decides_status, "date")),
        ("disputed", old.disputed, new.disputed, _dissent(new)),
        ("reliability", old.reliability, new.reliability, ()),
    ):
        if before != after:
            yield value_change(before, after, (name,), (name,), sources)


def _word(
    old: Partnership, new: Partnership, deciding: Callable[[Partnership], Step | None], name: str
) -> tuple[SourceId, ...]:
    return backers(deciding(old), deciding(new), name)


def _puts_in_force(tie: Partnership) -> Step | None:
    return next((step for step in tie.steps if step.action in PUTS_IN_FORCE), None)


def _decides_status(tie: Partnership) -> Step | None:
    return _last_to_change(tie, lambda state: state.status)


def _decides_kind(tie: Partnership) -> Step | None:
    return _last_to_change(tie, lambda state: state.kind)


def _last_to_change(tie: Partnership, of: Callable[[State], object]) -> Step | None:
    state, decided = NOTHING, None
    for step in tie.steps:
        before, state = state, advance(state, step)
        if of(state) != of(before):
            decided = step
    return decided


def _dissent(tie: Partnership) -> tuple[SourceId, ...]:
    """The sources that contradict a step."""
    return tuple(
        dict.fromkeys(
            item.source
            for step in tie.steps
            for item in step.evidence
            if any(step.contradicts(name, said) for name, said in item.claims.items())
        )
    )
