"""Changes in the values that are derived from the history of a partnership."""

from collections.abc import Callable

from friendcities.diff.changes import FieldChange, value_change
from friendcities.field_path import FieldPath
from friendcities.merge.merge_records import supporting_sources
from friendcities.model import Partnership, Sourced, SourceId, State, Step
from friendcities.model.history import NOTHING, PUTS_IN_FORCE, advance


def fact_changes(old: Partnership, new: Partnership) -> tuple[FieldChange, ...]:
    """The changes of status, kind, established, ended, disputed and reliability, in this order.

    Each has the sources that support the value in the step that decides it.
    """

    def sources(find_step: Callable[[Partnership], Step | None], name: str) -> tuple[SourceId, ...]:
        return order_sources(find_step(old), find_step(new), name)

    facts = (
        ("status", old.state.status, new.state.status, sources(_status_step, "action")),
        ("kind", old.state.kind, new.state.kind, sources(_kind_step, "kind")),
        ("established", old.established, new.established, sources(_established_step, "date")),
        ("ended", old.ended, new.ended, sources(_status_step, "date")),
        ("disputed", old.disputed, new.disputed, _contradicting_sources(new)),
        ("reliability", old.reliability, new.reliability, ()),
    )
    return tuple(
        value_change(before, after, FieldPath((name,)), FieldPath((name,)), ids)
        for name, before, after, ids in facts
        if before != after
    )


def established_sources(partnership: Partnership) -> tuple[SourceId, ...]:
    """The sources for the date of establishment; without a date, those for the status."""
    if partnership.established is not None:
        return order_sources(None, _established_step(partnership), "date")
    return order_sources(None, _status_step(partnership), "action")


def order_sources(old: object, new: object, name: str) -> tuple[SourceId, ...]:
    """The sources that support a field in the new version, those that did not support it before first."""
    if not isinstance(new, Sourced):
        return ()
    before = supporting_sources(old, name) if isinstance(old, Sourced) else ()
    return tuple(sorted(supporting_sources(new, name), key=lambda id_: id_ in before))


def _established_step(partnership: Partnership) -> Step | None:
    return next((step for step in partnership.steps if step.action in PUTS_IN_FORCE), None)


def _status_step(partnership: Partnership) -> Step | None:
    return _last_step_to_change(partnership, lambda state: state.status)


def _kind_step(partnership: Partnership) -> Step | None:
    return _last_step_to_change(partnership, lambda state: state.kind)


def _last_step_to_change(partnership: Partnership, value_of: Callable[[State], object]) -> Step | None:
    state, last = NOTHING, None
    for step in partnership.steps:
        before, state = state, advance(state, step)
        if value_of(state) != value_of(before):
            last = step
    return last


def _contradicting_sources(partnership: Partnership) -> tuple[SourceId, ...]:
    return tuple(
        dict.fromkeys(item.source for step in partnership.steps for item in step.evidence if step.contradicted_by(item))
    )
