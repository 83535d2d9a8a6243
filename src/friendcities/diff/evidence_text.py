"""Changes in evidence in sentences: who confirms, disputes, falls silent."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from friendcities.diff.results import Action, FieldChange, Path, RecordChange
from friendcities.diff.words import listed
from friendcities.model import AnyRecord, Evidence, Source, Sourced, SourceId
from friendcities.model.words import cut, field_in_words, in_words

__all__ = ["about_evidence", "on_the_word_of", "publishers", "testimonies"]


def about_evidence(field: FieldChange) -> Path | None:
    """The way to the piece of evidence that a change is about (to the list of them, where that is in another order)."""
    if "evidence" not in field.path:
        return None
    return field.path[: field.path.index("evidence") + 2]


def on_the_word_of(ids: tuple[SourceId, ...], sources: Mapping[SourceId, Source]) -> str:
    """The end of a sentence that says who says so."""
    return f", on the word of {publishers(ids, sources)}" if ids else ""


def publishers(ids: tuple[SourceId, ...], sources: Mapping[SourceId, Source]) -> str:
    """Who published the sources, each once; of many only the first two."""
    return listed(list(dict.fromkeys(_name(id_, sources) for id_ in ids)))


def testimonies(
    change: RecordChange, sources: Mapping[SourceId, Source], *, named_already: Collection[SourceId]
) -> Iterator[tuple[Path, str]]:
    """What to say of the evidence of a record, with the way to what it is evidence for.

    Of a source on whose word something else is told, that it supports it is not told again.
    """
    grouped: defaultdict[tuple[Path, bool], list[FieldChange]] = defaultdict(list)
    for field in change.fields:
        path = about_evidence(field)
        if path is not None:
            # A piece that was removed and one that was added may have stood in one place.
            grouped[path, field.path == path and field.action is Action.REMOVED].append(field)
    for (path, _), fields in grouped.items():
        *owner, _, _ = path if isinstance(path[-1], int) else (*path, 0)
        words = _told(fields, tuple(owner), change, sources, named_already)
        if words:
            yield tuple(owner), words


def _told(
    fields: list[FieldChange],
    owner: Path,
    change: RecordChange,
    sources: Mapping[SourceId, Source],
    named_already: Collection[SourceId],
) -> str:
    first = fields[0]
    if not first.sources:
        return "order of evidence changed"
    who = _name(first.sources[0], sources)
    known = first.sources[0] in named_already
    if isinstance(first.before, Evidence):
        return f"{who} removed as a source"
    if isinstance(first.after, Evidence):
        return _arrived(first.after, who, _at(change.after, owner), known=known)
    told = list(_turns(fields, owner, change, known=known))
    return f"{who} {', '.join(told)}" if told else ""


def _arrived(item: Evidence, who: str, owner: Sourced, *, known: bool) -> str:
    said = [_says(name, value, owner) for name, value in item.claims.items()]
    if known and not said:
        return ""
    words = f"{who} added as a source"
    if item.supports:
        words += f" for {_row([field_in_words(name) for name in item.supports])}{', but ' if said else ''}"
    else:
        words += ": "
    return words + _row(said)


def _turns(fields: list[FieldChange], owner: Path, change: RecordChange, *, known: bool) -> Iterator[str]:
    """What a source that was cited before says differently now."""
    depth = len(owner) + 2
    before, after = _at(change.before, fields[0].old_path[: len(owner)]), _at(change.after, owner)
    now_supported = {field.after for field in fields if _is(field, depth, "supports", Action.ADDED)}
    now_said = {field.path[-1] for field in fields if _is(field, depth, "claims", Action.ADDED)}
    for field in fields:
        if field.action is Action.REORDERED:
            yield f"{field.path[depth]} the same, in another order"
        elif _is(field, depth, "supports", Action.ADDED):
            if not known:
                yield f"now supports {field_in_words(str(field.after))}"
        elif _is(field, depth, "supports", Action.REMOVED):
            if field.before not in now_said:
                yield f"no longer supports {field_in_words(str(field.before))}"
        elif _is(field, depth, "claims", Action.REMOVED):
            if field.path[-1] not in now_supported:
                yield _says(str(field.path[-1]), field.before, before, again=False)
        elif field.path[depth] == "claims":
            yield _says(str(field.path[-1]), field.after, after)
        else:
            yield _cited(field)


def _is(field: FieldChange, depth: int, what: str, action: Action) -> bool:
    return field.path[depth] == what and field.action is action


def _cited(field: FieldChange) -> str:
    """Where a source is cited, and what is noted on that."""
    name = field.path[-1]
    if field.action is Action.CHANGED:
        verb = "is cited at" if name == "locator" else f"has another {name}:"
        return f"{verb} {in_words(field.before)} → {in_words(field.after)}"
    return f"has a {name} {field.action}: {in_words(field.before if field.after is None else field.after)}"


def _says(name: str, value: object, owner: Sourced, *, again: bool = True) -> str:
    """What a source says of a field, or says no longer, and whether that contradicts what is on record."""
    never = "" if again else "no longer "
    if value is None:
        return f"{never}denies that it happened" if name == "action" else f"is {never}silent on {field_in_words(name)}"
    if owner.contradicts(name, value):
        return f"{never}disputes {field_in_words(name)} ({in_words(value)})"
    return f"{never}gives {field_in_words(name)} as {in_words(value)}"


def _at(record: AnyRecord | None, path: Path) -> Sourced:
    value: Any = record
    for part in path:
        value = value[part] if isinstance(part, int) else getattr(value, part)
    owner: Sourced = value
    return owner


def _name(id_: SourceId, sources: Mapping[SourceId, Source]) -> str:
    return cut(sources[id_].publisher)


def _row(items: list[str]) -> str:
    *most, last = items or [""]
    return f"{', '.join(most)} and {last}" if most else last
