"""Formats changes as sentences."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import evolve

from friendcities.diff.changes import Action, Changes, FieldChange, RecordChange, summarize
from friendcities.field_path import FieldPath
from friendcities.model import (
    AnyRecord,
    City,
    Cooperation,
    Coordinates,
    Coverage,
    Event,
    Evidence,
    Memorandum,
    Office,
    Official,
    Partnership,
    Source,
    Sourced,
    SourceId,
    Statistic,
    Step,
)
from friendcities.model.format_values import DENIAL, field_label, format_qualifier, format_value, shorten

_Sources = Mapping[SourceId, Source]

EVIDENCE_UNCHANGED: Final = "value changed, evidence unchanged"
"""The warning about a source that supports the new value with the same evidence as the old value."""
_MAX_IN_LINE = 3
_MAX_LISTED = 2
_METRES_BELOW = 10.0
"""The distance, in kilometres, below which distances are shown in metres."""


def as_text(changes: Changes) -> str:
    """Return changes as text: one line for each changed record, and a summary.

    Long texts are cut. Changes that result from other changes are omitted.

    Example:
        >>> import friendcities as fc
        >>> from friendcities.diff import as_text, compare
        >>> old = fc.Dataset([*fc.cities(), *fc.sources()])
        >>> new = fc.Dataset(record for record in old if record.id != "us-los-angeles")
        >>> print(as_text(compare(old, new)), end="")
        City Los Angeles: removed
        1 city removed
    """
    lines = []
    for change, label in _unique_labels(changes):
        noun = "" if change.record_type is Partnership else f"{change.record_type.__name__} "
        lines.append(f"{noun}{shorten(label)}: {'; '.join(describe_record(change, changes.sources))}")
    return "\n".join([*lines, *describe_redirects(changes), summarize(changes)]) + "\n"


def as_line(changes: Changes) -> str:
    """Return one line about changes, for the subject of a commit.

    If at most three partnerships changed, the line describes each one. All other changes are only counted.


    Example:
        >>> import friendcities as fc
        >>> from friendcities.diff import as_line, compare
        >>> old = fc.Dataset([*fc.cities(), *fc.sources()])
        >>> new = fc.Dataset(record for record in old if record.id != "us-los-angeles")
        >>> as_line(compare(old, new))
        '1 city removed'
    """
    shown = [each for each in changes if each.record_type is Partnership and each.action is Action.CHANGED]
    if len(shown) > _MAX_IN_LINE:
        shown = []
    rest = evolve(changes, records=tuple(each for each in changes if each not in shown))
    parts = []
    for change, label in _unique_labels(changes):
        if change in shown:
            first, *others = describe_record(change, changes.sources)
            parts.append(f"{shorten(label)}: {first}{', and more' if others else ''}")
    return "; ".join([*parts, summarize(rest)] if rest or not parts else parts)


def describe_redirects(changes: Changes) -> list[str]:
    """Return a sentence for each changed redirect, except redirects of moved records."""
    return [
        f"{each.record_type.__name__} id {each.id}: "
        + (f"leads to {each.after}" if each.after is not None else f"no longer leads to {each.before}")
        for each in changes.redirects_alone
    ]


def describe_record(change: RecordChange, sources: _Sources) -> list[str]:
    """Return the sentences about a changed record."""
    if change.action is Action.ADDED and change.after is not None:
        details = _DESCRIBE[change.record_type](change.after)
        return [("added" + (f" ({details})" if details else "")) + _according_to(change.sources, sources)]
    if change.action is Action.REMOVED:
        return ["removed"]
    moved = [f"moved from {change.old_id} to {change.id}"] if change.action is Action.MOVED else []
    facts = [_describe_fact(fact, sources) for fact in change.facts]
    fields = [each for each in change.fields if "evidence" not in each.path and not _is_stated(each, change.facts)]
    statements = [
        _describe_part(each.path[:-1], change) + _describe_field(each) + _describe_support(each, sources)
        for each in fields
    ]
    named = {id_ for each in (*change.facts, *fields) for id_ in each.sources}
    return [*moved, *facts, *statements, *_describe_evidence(change, sources, named)]


def _unique_labels(changes: Changes) -> Iterator[tuple[RecordChange, str]]:
    counts = Counter((change.record_type, change.label) for change in changes)
    for change in changes:
        is_unique = counts[change.record_type, change.label] == 1
        yield change, change.label if is_unique else f"{change.label} ({change.id})"


def _describe_state(partnership: Partnership) -> str:
    status, kind = format_value(partnership.state.status), partnership.state.kind
    dates = [
        f", {name} {date}" for name in ("established", "ended") if (date := getattr(partnership, name)) is not None
    ]
    return f"{status} {'partnership' if kind == 'unspecified' else format_value(kind)}{''.join(dates)}"


_DESCRIBE: Final[Mapping[type[AnyRecord], Callable[[Any], str]]] = {
    Partnership: _describe_state,
    City: lambda city: f"{format_value(city.level)}, {city.country}",
    Official: lambda official: join_words([format_value(office) for office in official.offices]),
    Statistic: lambda each: f"{format_qualifier(each.qualifier)}{format_value(each.value)} {format_value(each.unit)}",
    Event: lambda event: format_value(event.period),
    Cooperation: lambda cooperation: format_value(cooperation.stage),
    Coverage: format_value,
    Source: lambda source: f"{shorten(source.publisher)}, {source.date_text}",
    Memorandum: lambda _: "",  # its label is complete
}
"""For each type of record, the function that describes an added record. The label of the record is shown separately."""


def _describe_fact(fact: FieldChange, sources: _Sources) -> str:
    [name] = fact.path
    if name == "disputed":
        return f"now disputed by {_list_publishers(fact.sources, sources)}" if fact.after else "no longer disputed"
    if fact.action is Action.REMOVED:
        return f"{name} {format_value(fact.before)} withdrawn"
    arrow = "" if fact.action is Action.ADDED else f"{format_value(fact.before)} → "
    return f"{name} {arrow}{format_value(fact.after)}{_describe_support(fact, sources)}"


def _is_stated(field: FieldChange, facts: Sequence[FieldChange]) -> bool:
    values = {(fact.path[0], fact.before, fact.after) for fact in facts}
    match field.path:
        case ("steps", _, "kind"):
            return ("kind", field.before, field.after) in values
        case ("steps", _, "date"):
            before, after = field.before, field.after
        case ("steps", _) if isinstance(field.after, Step):
            before, after = None, field.after.date
        case ("steps", _) if isinstance(field.before, Step):
            before, after = field.before.date, None
        case _:
            return False
    return any((name, before, after) in values for name in ("established", "ended"))


def _describe_field(field: FieldChange) -> str:
    *parents, last = field.path
    noun = _singular(str(parents[-1])) if isinstance(last, int) else str(last).replace("_", " ")
    if field.action is Action.REORDERED:
        return f"order of {noun} changed"
    if parents and parents[-1] == "identifiers":
        noun = f"identifier {last}"
    if field.action is Action.CHANGED:
        if isinstance(field.before, Coordinates) and isinstance(field.after, Coordinates):
            noun += f" moved {format_distance(field.before, field.after)}:"
        return f"{noun} {format_value(field.before)} → {format_value(field.after)}"
    return f"{noun} {field.action}: {format_value(field.before if field.after is None else field.after)}"


def _singular(name: str) -> str:
    if name == "speaks_for":
        return "city of the publisher"
    return f"{name.removesuffix('ies')}y" if name.endswith("ies") else name.removesuffix("s")


def _describe_part(path: Sequence[str | int], change: RecordChange) -> str:
    if len(path) < len(("steps", 0)):
        return ""
    parts = getattr(change.after, str(path[0]))
    match parts[path[1]]:
        case Step() as step:
            return f"in {format_value(step.action)} {step.date or 'undated'}, " if len(parts) > 1 else ""
        case Office() as office:
            return f"as {shorten(office.title)}, "
        case participant:
            return f"for {participant.city}, "


def _describe_evidence(change: RecordChange, sources: _Sources, named: Collection[SourceId]) -> Iterator[str]:
    groups: defaultdict[tuple[FieldPath, bool], list[FieldChange]] = defaultdict(list)
    for field in change.fields:
        if "evidence" in field.path:
            item_path = FieldPath(field.path[: field.path.index("evidence") + 2])
            # a removed item and an added item may have the same index
            groups[item_path, field.path == item_path and field.action is Action.REMOVED].append(field)
    for (item_path, _), fields in groups.items():
        path = FieldPath(item_path[: item_path.index("evidence")])
        statement = _describe_evidence_item(fields, path, change, sources, named)
        if statement:
            yield _describe_part(path, change) + statement


def _describe_evidence_item(
    fields: Sequence[FieldChange], path: FieldPath, change: RecordChange, sources: _Sources, named: Collection[SourceId]
) -> str:
    first = fields[0]
    if not first.sources:
        return "order of evidence changed"
    publisher, is_named = shorten(sources[first.sources[0]].publisher), first.sources[0] in named
    if isinstance(first.before, Evidence):
        return f"{publisher} removed as a source"
    if isinstance(first.after, Evidence):
        owner, item = _get_value(change.after, path), first.after
        stated = [_describe_claim(name, value, owner) for name, value in item.claims.items()]
        claims = join_words([DENIAL] if item.denies else stated, None)
        supports = join_words([field_label(name) for name in item.supports], None)
        if is_named and not claims:
            return ""
        what = f" for {supports}{', but ' if claims else ''}" if supports else ": "
        return f"{publisher} added as a source{what}{claims}"
    statements = list(_describe_evidence_changes(fields, path, change, is_named=is_named))
    return f"{publisher} {', '.join(statements)}" if statements else ""


def _describe_evidence_changes(
    fields: Sequence[FieldChange], path: FieldPath, change: RecordChange, *, is_named: bool
) -> Iterator[str]:
    depth = len(path) + 2
    before, after = _get_value(change.before, fields[0].old_path[: len(path)]), _get_value(change.after, path)
    added = [(each.path[depth], each) for each in fields if each.action is Action.ADDED]
    now_supported = {each.after for name, each in added if name == "supports"}
    now_claimed = {each.path[-1] for name, each in added if name == "claims"}
    for field in fields:
        match field.path[depth], field.action:
            case "supports", Action.ADDED:
                is_repeated = is_named
            case "supports", Action.REMOVED:
                is_repeated = field.before in now_claimed
            case "claims", Action.REMOVED:
                is_repeated = field.path[-1] in now_supported
            case _:
                is_repeated = False
        if not is_repeated:
            yield _describe_evidence_change(field, str(field.path[depth]), before, after)


def _describe_evidence_change(  # noqa: PLR0911 - one sentence for each kind of change
    field: FieldChange, part: str, before: Sourced, after: Sourced
) -> str:
    name = str(field.path[-1])
    match part, field.action:
        case _, Action.REORDERED:
            return f"has the same {part} in another order"
        case "supports", action:
            adverb, supported = ("now", field.after) if action is Action.ADDED else ("no longer", field.before)
            return f"{adverb} supports {field_label(str(supported))}"
        case "claims", Action.REMOVED:
            return _describe_claim(name, field.before, before, withdrawn=True)
        case "claims", _:
            return _describe_claim(name, field.after, after)
        case "denies", _:
            return f"{'now' if field.after else 'no longer'} {DENIAL}"
        case _, Action.CHANGED:
            verb = "is cited at" if name == "locator" else f"has another {name}:"
            return f"{verb} {format_value(field.before)} → {format_value(field.after)}"
        case _:
            return f"has a {name} {field.action}: {format_value(field.before if field.after is None else field.after)}"


def _describe_claim(name: str, value: object, owner: Sourced, *, withdrawn: bool = False) -> str:
    adverb = "no longer " if withdrawn else ""
    if owner.contradicts(name, value):
        return f"{adverb}disputes {field_label(name)} ({format_value(value)})"
    return f"{adverb}gives {field_label(name)} as {format_value(value)}"


def _get_value(record: AnyRecord | None, path: Sequence[str | int]) -> Any:
    value: Any = record
    for part in path:
        value = value[part] if isinstance(part, int) else getattr(value, part)
    return value


def _according_to(ids: Sequence[SourceId], sources: _Sources) -> str:
    return f", according to {_list_publishers(ids, sources)}" if ids else ""


def _describe_support(change: FieldChange, sources: _Sources) -> str:
    unchanged = change.unchanged_sources
    warning = f", warning: {EVIDENCE_UNCHANGED} ({_list_publishers(unchanged, sources)})" if unchanged else ""
    return _according_to([id_ for id_ in change.sources if id_ not in unchanged], sources) + warning


def _list_publishers(ids: Sequence[SourceId], sources: _Sources) -> str:
    return join_words(list(dict.fromkeys(shorten(sources[id_].publisher) for id_ in ids)))


def join_words(items: Sequence[str], longest: int | None = _MAX_LISTED) -> str:
    """Join items for a sentence, such as ``a, b and 2 more``. By default, two items are named."""
    if longest is not None and len(items) > longest:
        items = [*items[:longest], f"{len(items) - longest} more"]
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def format_distance(one: Coordinates, other: Coordinates) -> str:
    """Return the distance between two points as text, such as ``111 km`` or ``250 m``."""
    kilometres = one.kilometres_to(other)
    return f"{kilometres:,.0f} km" if kilometres >= _METRES_BELOW else f"{kilometres * 1000:,.0f} m"
