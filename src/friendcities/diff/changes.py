"""The changes between two versions of the data."""

from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum, unique
from typing import Any, NamedTuple

from attrs import frozen

from friendcities.codec.writer import to_plain
from friendcities.field_path import FieldPath
from friendcities.merge.merge_report import record_noun
from friendcities.model import RECORD_TYPES, AnyRecord, FrozenMap, Partnership, Source, SourceId
from friendcities.model.record import value_to_plain

TYPES_IN_ORDER: tuple[type[AnyRecord], ...] = tuple(
    sorted(RECORD_TYPES.values(), key=lambda cls: cls is not Partnership)
)
"""The types of record in the order of a comparison: partnerships first."""


class Support(NamedTuple):
    """The sources that support a field in the new version."""

    sources: tuple[SourceId, ...] = ()
    """All sources. New sources come first."""
    unchanged: tuple[SourceId, ...] = ()
    """The sources that supported the field in the old version with the same evidence."""


NO_SUPPORT = Support()


@unique
class Action(StrEnum):
    """Whether a record or a value was added, removed, moved or changed."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    """The record has a new id. Other changes of the record are listed, too."""
    CHANGED = "changed"
    REORDERED = "reordered"
    """The items that are in the old and the new list are in another order."""


@frozen(kw_only=True)
class FieldChange:
    """A change of one recorded or derived value."""

    path: FieldPath
    """The path in the new version. A removed list item has its old index."""
    old_path: FieldPath
    """The path in the old version. An added list item has its new index."""
    action: Action
    """What happened to the value."""
    before: object = None
    """The old value; ``None`` for an added value."""
    after: object = None
    """The new value; ``None`` for a removed value."""
    sources: tuple[SourceId, ...] = ()
    """The sources of the new value; new sources come first. If evidence changed, the source of this evidence."""
    unchanged_sources: tuple[SourceId, ...] = ()
    """The sources that support the new value with the same evidence as the old value."""

    @property
    def field(self) -> str:
        """The path as text, such as ``steps[0].date``."""
        return str(self.path)

    def to_dict(self) -> dict[str, Any]:
        """Return the change as plain JSON values. Every key is always present."""
        return {
            "field": self.field,
            "old_field": str(self.old_path),
            "change": self.action.value,
            "before": value_to_plain(self.before),
            "after": value_to_plain(self.after),
            "sources": list(self.sources),
            "unchanged_sources": list(self.unchanged_sources),
        }


@frozen(kw_only=True)
class RecordChange:
    """A record that differs between two versions."""

    record_type: type[AnyRecord]
    """The type of record."""
    id: str
    """The id in the new version. A removed record has its old id."""
    old_id: str
    """The id in the old version. An added record has its new id."""
    label: str
    """The name of the record for readers, such as "Milan–Shanghai"."""
    action: Action
    """What happened to the record."""
    before: AnyRecord | None = None
    """The old record; ``None`` for an added record."""
    after: AnyRecord | None = None
    """The new record; ``None`` for a removed record."""
    sources: tuple[SourceId, ...] = ()
    """The sources of an added record."""
    facts: tuple[FieldChange, ...] = ()
    """Changes of derived values: status, kind, established, ended, disputed and reliability of a partnership."""
    fields: tuple[FieldChange, ...] = ()
    """Changes of recorded values; empty if only derived values differ."""

    def to_dict(self) -> dict[str, Any]:
        """Return the change as plain JSON values. ``before`` and ``after`` are ``None`` for a changed record."""
        in_both = self.before is not None and self.after is not None
        before, after = (None if in_both or each is None else to_plain(each) for each in (self.before, self.after))
        return {
            "type": record_noun(self.record_type, 2),
            "id": self.id,
            "old_id": self.old_id,
            "label": self.label,
            "change": self.action.value,
            "before": before,
            "after": after,
            "sources": list(self.sources),
            "facts": [fact.to_dict() for fact in self.facts],
            "fields": [field.to_dict() for field in self.fields],
        }


@frozen(kw_only=True)
class RedirectChange:
    """A redirect that differs between two versions."""

    record_type: type[AnyRecord]
    """The type of record."""
    id: str
    """The former id."""
    before: str | None
    """The old target; ``None`` for an added redirect."""
    after: str | None
    """The new target; ``None`` for a removed redirect."""

    @property
    def action(self) -> Action:
        """Whether the redirect was added, removed or changed."""
        return Action.ADDED if self.before is None else Action.REMOVED if self.after is None else Action.CHANGED

    def to_dict(self) -> dict[str, Any]:
        """Return the change as plain JSON values."""
        return {
            "type": record_noun(self.record_type, 2),
            "id": self.id,
            "before": self.before,
            "after": self.after,
        }


@frozen
class Changes:
    """The changes between two versions of the data, sorted by type and label. Partnerships come first."""

    records: tuple[RecordChange, ...] = ()
    """The records that differ."""
    redirects: tuple[RedirectChange, ...] = ()
    """The redirects that differ, including the redirects of moved records."""
    sources: Mapping[SourceId, Source] = FrozenMap()
    """The sources in the changes, by id."""

    @property
    def redirects_alone(self) -> tuple[RedirectChange, ...]:
        """The changed redirects, except those of moved records."""
        moves = {(each.record_type, each.old_id, each.id) for each in self.records if each.action is Action.MOVED}
        return tuple(
            each
            for each in self.redirects
            if (each.record_type, each.id, each.after) not in moves
            and (each.record_type, each.before, each.id) not in moves
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the changes as plain JSON values, like ``friendcities diff --format json``.

        The keys are ``summary``, ``counts``, ``changes``, ``redirects`` and ``sources``.

        Example:
            >>> Changes().to_dict()["summary"]
            'The data is the same.'
        """
        counts: dict[str, dict[str, int]] = {}
        for (cls, action), number in count_changes(self).items():
            counts.setdefault(record_noun(cls, 2), {})[action.value] = number
        return {
            "summary": summarize(self),
            "counts": counts,
            "changes": [change.to_dict() for change in self.records],
            "redirects": [redirect.to_dict() for redirect in self.redirects],
            "sources": {id_: {"publisher": each.publisher, "title": each.title} for id_, each in self.sources.items()},
        }

    def __repr__(self) -> str:
        return f"<Changes: {summarize(self)}>"

    def _repr_html_(self) -> str:
        from friendcities.notebook.tables import cell_table  # noqa: PLC0415 - only a notebook needs it

        rows = [(record_noun(each.record_type, 1), each.label, each.action, each.id) for each in self.records]
        return cell_table(summarize(self), ("Type", "Record", "Change", "Id"), rows)

    def __iter__(self) -> Iterator[RecordChange]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)

    def __bool__(self) -> bool:
        return bool(self.records or self.redirects)


def value_change(
    before: object, after: object, old_path: FieldPath, path: FieldPath, support: Support = NO_SUPPORT
) -> FieldChange:
    """Return the change of a value. An added value has no ``before``, and a removed value has no ``after``."""
    action = Action.ADDED if before is None else Action.REMOVED if after is None else Action.CHANGED
    return FieldChange(
        path=path,
        old_path=old_path,
        action=action,
        before=before,
        after=after,
        sources=() if after is None else support.sources,
        unchanged_sources=support.unchanged if action is Action.CHANGED else (),
    )


def count_changes(changes: Changes) -> dict[tuple[type[AnyRecord], Action], int]:
    """Count the records of each type by action. Zeros are left out."""
    counts = Counter((change.record_type, change.action) for change in changes)
    return {(cls, action): counts[cls, action] for cls in TYPES_IN_ORDER for action in Action if counts[cls, action]}


def summarize(changes: Changes) -> str:
    """Return the numbers of changes in words.

    Example:
        >>> summarize(Changes())
        'The data is the same.'
    """
    parts = [f"{n} {record_noun(cls, n)} {action}" for (cls, action), n in count_changes(changes).items()]
    redirects = Counter(each.action for each in changes.redirects_alone)
    parts += [f"{n} redirect{'' if n == 1 else 's'} {action}" for action in Action if (n := redirects[action])]
    return ", ".join(parts) or "The data is the same."
