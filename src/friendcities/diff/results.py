"""What a comparison finds: the records that differ, and in each what differs."""

from collections.abc import Iterator, Mapping
from enum import StrEnum, unique

from attrs import frozen

from friendcities.model import AnyRecord, FrozenMap, Source, SourceId

__all__ = ["Action", "Changes", "FieldChange", "Path", "RecordChange", "RedirectChange", "path_text"]

Path = tuple[str | int, ...]
"""The way to a value in a record: names of fields, keys of mappings, places in lists from 0."""


@unique
class Action(StrEnum):
    """What happened to a record, or to a value in one."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    """A record has another id; what else changed in it stands beside."""
    CHANGED = "changed"
    REORDERED = "reordered"
    """What a list holds in both versions stands in another order in it."""


@frozen(kw_only=True)
class FieldChange:
    """One value of a record that differs, or something derived from its values that does."""

    path: Path
    """The way to it in the new version; of what was removed from a list, the last part is its place in the old one."""
    old_path: Path
    """The way to it in the old version; of what was added to a list, the last part is its place in the new one."""
    action: Action
    """What happened to it."""
    before: object = None
    """What it was; ``None`` where it was not."""
    after: object = None
    """What it is; ``None`` where it is no more."""
    sources: tuple[SourceId, ...] = ()
    """On whose word: the sources whose evidence supports what is there now, those that are new to it first.

    Of a change in evidence, the source that it is about."""

    @property
    def field(self) -> str:
        """The way to it as text: ``steps[0].date``."""
        return path_text(self.path)


@frozen(kw_only=True)
class RecordChange:
    """One record that differs between two versions."""

    record_type: type[AnyRecord]
    """The type of record."""
    id: str
    """Its id in the new version; in the old one where it was removed."""
    old_id: str
    """Its id in the old version; in the new one where it was added. The two differ where it was moved."""
    label: str
    """What people call it: "Milan–Shanghai", "Milan"."""
    action: Action
    """What happened to it."""
    before: AnyRecord | None = None
    """The record as it was; ``None`` where it was not."""
    after: AnyRecord | None = None
    """The record as it is; ``None`` where it is no more."""
    sources: tuple[SourceId, ...] = ()
    """Of a record that was added: on whose word."""
    facts: tuple[FieldChange, ...] = ()
    """What differs in what is derived: status, kind, established, ended, disputed and reliability of a partnership."""
    fields: tuple[FieldChange, ...] = ()
    """What differs in what is recorded, each difference once. Nothing here: only what is derived differs."""


@frozen(kw_only=True)
class RedirectChange:
    """Where an id leads that is no record's own, where that differs."""

    record_type: type[AnyRecord]
    """The type of record."""
    id: str
    """The id."""
    before: str | None
    """The id that it led to; ``None``: to none."""
    after: str | None
    """The id that it leads to; ``None``: to none."""

    @property
    def action(self) -> Action:
        """What happened to it."""
        return Action.ADDED if self.before is None else Action.REMOVED if self.after is None else Action.CHANGED


@frozen
class Changes:
    """What changed between two versions of the data: partnerships first, then the other types; in each by label."""

    records: tuple[RecordChange, ...] = ()
    """The records that differ."""
    redirects: tuple[RedirectChange, ...] = ()
    """The redirects that differ, also those of records that are told as moved."""
    sources: Mapping[SourceId, Source] = FrozenMap()
    """The sources that the changes name, by id."""

    @property
    def redirects_alone(self) -> tuple[RedirectChange, ...]:
        """The redirects that differ and do not tell of a record that moved."""
        moves = {(each.record_type, each.old_id, each.id) for each in self.records if each.action is Action.MOVED}
        return tuple(
            each
            for each in self.redirects
            if (each.record_type, each.id, each.after) not in moves
            and (each.record_type, each.before, each.id) not in moves
        )

    def __iter__(self) -> Iterator[RecordChange]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)

    def __bool__(self) -> bool:
        return bool(self.records or self.redirects)


def path_text(path: Path) -> str:
    """A path as text.

    Example:
        >>> path_text(("steps", 0, "date"))
        'steps[0].date'
    """
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")
