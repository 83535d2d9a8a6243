"""Two versions of a record, field by field."""

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from friendcities.diff.matching import in_same_order, pair
from friendcities.diff.results import Action, FieldChange, Path
from friendcities.model import AnyRecord, Evidence, FrozenMap, Record, Sourced, SourceId

__all__ = ["backers", "behind", "field_changes", "value_change"]


def field_changes(old: AnyRecord, new: AnyRecord) -> tuple[FieldChange, ...]:
    """What differs in the fields of two records of one type, their ids aside; nothing only if they are equal.

    Lists are compared thing by thing: a step, an office, a participant or a piece of evidence that is in both versions
    by its own fields, any other value as a whole.
    """
    return tuple(_of_record(old, new, (), ()))


def value_change(
    before: object, after: object, old_path: Path, path: Path, sources: tuple[SourceId, ...] = ()
) -> FieldChange:
    """The change of a value that is one whole; from ``None`` it is an addition, to ``None`` a removal."""
    action = Action.ADDED if before is None else Action.REMOVED if after is None else Action.CHANGED
    backed = () if after is None else sources
    return FieldChange(path=path, old_path=old_path, action=action, before=before, after=after, sources=backed)


def backers(old: object, new: object, name: str) -> tuple[SourceId, ...]:
    """The sources that support what a field says now, those that did not support it before first."""
    now = _supporters(new, name)
    before = set(_supporters(old, name))
    return (*(each for each in now if each not in before), *(each for each in now if each in before))


def behind(value: object) -> tuple[SourceId, ...]:
    """The sources that tell of something as a whole: those that support any of it."""
    if isinstance(value, Evidence):
        return (value.source,)
    if isinstance(value, Sourced):
        return tuple(dict.fromkeys(item.source for item in value.evidence if item.supports))
    return ()


def _supporters(owner: object, name: str) -> tuple[SourceId, ...]:
    if not isinstance(owner, Sourced):
        return ()
    return tuple(dict.fromkeys(item.source for item in owner.evidence if name in item.supports))


def _of_record(old: Record, new: Record, old_path: Path, path: Path) -> Iterator[FieldChange]:
    for attribute in attrs.fields(type(new)):
        name = attribute.name
        if name.startswith("_") or (name == "id" and not path):
            continue
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            found = _of_value(before, after, (*old_path, name), (*path, name), backers(old, new, name))
            if isinstance(new, Evidence):  # whatever changes in it, it is about its source
                found = (attrs.evolve(each, sources=(new.source,)) for each in found)
            yield from found


def _of_value(
    before: Any, after: Any, old_path: Path, path: Path, sources: tuple[SourceId, ...]
) -> Iterator[FieldChange]:
    if isinstance(after, tuple) and isinstance(before, tuple):
        yield from _of_list(before, after, old_path, path, sources)
    elif isinstance(after, FrozenMap) and isinstance(before, FrozenMap):
        yield from _of_mapping(before, after, old_path, path, sources)
    else:
        yield value_change(before, after, old_path, path, sources)


def _of_list(
    before: tuple[Any, ...], after: tuple[Any, ...], old_path: Path, path: Path, sources: tuple[SourceId, ...]
) -> Iterator[FieldChange]:
    pairs = pair(before, after)
    for one, other in pairs:
        if other is None:
            yield _removed(before, one or 0, old_path, path)
        elif one is None:
            told = behind(after[other]) or sources
            yield value_change(None, after[other], (*old_path, other), (*path, other), told)
        elif before[one] != after[other]:
            was, now = (*old_path, one), (*path, other)
            if isinstance(after[other], Sourced | Evidence):
                yield from _of_record(before[one], after[other], was, now)
            else:
                yield value_change(before[one], after[other], was, now, sources)
    if not in_same_order(pairs):
        yield FieldChange(path=path, old_path=old_path, action=Action.REORDERED, before=before, after=after)


def _of_mapping(
    before: Mapping[str, Any], after: Mapping[str, Any], old_path: Path, path: Path, sources: tuple[SourceId, ...]
) -> Iterator[FieldChange]:
    for key in sorted({*before, *after}):
        was, now = (*old_path, key), (*path, key)
        if key not in after:  # a value may be None, so what happened is told by the keys
            yield FieldChange(path=now, old_path=was, action=Action.REMOVED, before=before[key])
        elif key not in before:
            yield FieldChange(path=now, old_path=was, action=Action.ADDED, after=after[key], sources=sources)
        elif before[key] != after[key]:
            yield FieldChange(
                path=now, old_path=was, action=Action.CHANGED, before=before[key], after=after[key], sources=sources
            )


def _removed(before: tuple[Any, ...], place: int, old_path: Path, path: Path) -> FieldChange:
    return FieldChange(
        path=(*path, place),
        old_path=(*old_path, place),
        action=Action.REMOVED,
        before=before[place],
        sources=behind(before[place]) if isinstance(before[place], Evidence) else (),
    )
