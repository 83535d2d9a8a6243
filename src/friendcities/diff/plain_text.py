"""Changes in sentences."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain

from attrs import evolve

from friendcities.diff.counting import summary
from friendcities.diff.evidence_text import about_evidence, on_the_word_of, publishers, testimonies
from friendcities.diff.results import Action, Changes, FieldChange, RecordChange
from friendcities.diff.words import distance, listed
from friendcities.model import (
    AnyRecord,
    City,
    Cooperation,
    Coordinates,
    Event,
    Office,
    Official,
    Partnership,
    Source,
    SourceId,
    Statistic,
    Step,
)
from friendcities.model.words import cut, in_words, span

__all__ = ["as_line", "as_text", "named", "redirections", "statements"]

_MOST_TOLD = 3
_NOUNS = {
    "authors": "author",
    "cities": "city",
    "counts": "count",
    "names": "name",
    "offices": "office",
    "organisers": "organiser",
    "participants": "participant",
    "parties": "party",
    "signatories": "signatory",
    "speaks_for": "city it speaks for",
    "steps": "step",
}
"""What one item of a list is called."""


def as_text(changes: Changes) -> str:
    """Changes as plain sentences: one line a record, and in the last line how many there are.

    What follows from another change that is told is not told twice. Long texts are cut.

    Example:
        >>> import friendcities as fc
        >>> from friendcities.diff import as_text, compare
        >>> old = fc.Dataset([*fc.cities(), *fc.sources()])
        >>> rest = [city for city in fc.cities() if city.id != "us-los-angeles"]
        >>> new = fc.Dataset([*rest, *fc.sources()])
        >>> print(as_text(compare(old, new)), end="")
        City Los Angeles: removed
        1 city removed
    """
    lines = [f"{_sort(change)}{cut(name)}: {'; '.join(told)}" for change, name, told in _told(changes)]
    return "\n".join([*lines, *redirections(changes), summary(changes)]) + "\n"


def as_line(changes: Changes) -> str:
    """Changes in one line, for the subject of a message: what changed first in up to three partnerships, and counts.

    Example:
        >>> import friendcities as fc
        >>> from friendcities.diff import as_line, compare
        >>> old = fc.Dataset([*fc.cities(), *fc.sources()])
        >>> rest = [city for city in fc.cities() if city.id != "us-los-angeles"]
        >>> new = fc.Dataset([*rest, *fc.sources()])
        >>> as_line(compare(old, new))
        '1 city removed'
    """
    first = [each for each in changes if each.record_type is Partnership and each.action is Action.CHANGED]
    if len(first) > _MOST_TOLD:
        first = []
    rest = evolve(changes, records=tuple(each for each in changes if each not in first))
    told = [
        f"{cut(name)}: {words[0]}{', and more' if len(words) > 1 else ''}"
        for change, name, words in _told(changes)
        if change in first
    ]
    return "; ".join([*told, summary(rest)] if rest or not told else told)


def named(changes: Changes) -> Iterator[tuple[RecordChange, str]]:
    """Each change with the name of its record, which has the id in it where the label alone does not tell which."""
    labels = Counter((change.record_type, change.label) for change in changes)
    for change in changes:
        alone = labels[change.record_type, change.label] == 1
        yield change, change.label if alone else f"{change.label} ({change.id})"


def redirections(changes: Changes) -> list[str]:
    """What to say of redirects that do not tell of a record that moved, one sentence each."""
    return [
        f"{each.record_type.__name__} id {each.id}: "
        + (f"leads to {each.after}" if each.after is not None else f"no longer leads to {each.before}")
        for each in changes.redirects_alone
    ]


def statements(change: RecordChange, sources: Mapping[SourceId, Source]) -> list[str]:
    """What to say of a record, one statement each."""
    if change.action is Action.ADDED and change.after is not None:
        details = _details(change.after)
        words = f"added ({details})" if details else "added"
        return [words + on_the_word_of(change.sources, sources)]
    if change.action is Action.REMOVED:
        return ["removed"]
    moved = [f"moved from {change.old_id} to {change.id}"] if change.action is Action.MOVED else []
    facts = [_fact(fact, sources) for fact in change.facts]
    told = [field for field in change.fields if about_evidence(field) is None and not _follows(field, change.facts)]
    fields = [_part(field, change) + _field(field) + on_the_word_of(field.sources, sources) for field in told]
    named_already = set(chain.from_iterable(each.sources for each in (*change.facts, *told)))
    evidence = [
        _in_part(path, change) + words for path, words in testimonies(change, sources, named_already=named_already)
    ]
    return [*moved, *facts, *fields, *evidence]


def _told(changes: Changes) -> Iterator[tuple[RecordChange, str, list[str]]]:
    for change, name in named(changes):
        yield change, name, statements(change, changes.sources)


def _details(record: AnyRecord) -> str:  # noqa: PLR0911 - one way out for each type of record
    """What to know of a record that was added, besides its label."""
    match record:
        case Partnership():
            since = "" if record.established is None else f", established {record.established}"
            ended = "" if record.ended is None else f", ended {record.ended}"
            status, kind = in_words(record.state.status), record.state.kind
            return f"{status} {'partnership' if kind == 'unspecified' else in_words(kind)}{since}{ended}"
        case City():
            return f"{in_words(record.level)}, {record.country}"
        case Official():
            return listed([in_words(office) for office in record.offices])
        case Statistic():
            bound = "" if record.qualifier == "exactly" else f"{in_words(record.qualifier)} "
            return f"{bound}{in_words(record.value)} {in_words(record.unit)}"
        case Event():
            return span(record.period)
        case Cooperation():
            return in_words(record.stage)
        case Source():
            return f"{cut(record.publisher)}, {record.published or record.as_of}"
        case _:  # a memorandum's label says it all
            return ""


def _fact(fact: FieldChange, sources: Mapping[SourceId, Source]) -> str:
    [name] = fact.path
    if name == "disputed":
        return f"now disputed by {publishers(fact.sources, sources)}" if fact.after else "no longer disputed"
    if fact.action is Action.REMOVED:
        return f"{name} {in_words(fact.before)} withdrawn"
    arrow = "" if fact.action is Action.ADDED else f"{in_words(fact.before)} → "
    return f"{name} {arrow}{in_words(fact.after)}{on_the_word_of(fact.sources, sources)}"


def _follows(field: FieldChange, facts: tuple[FieldChange, ...]) -> bool:
    """Whether a change in the steps is told by a fact that follows from it."""
    turned = {(fact.path[0], fact.before, fact.after) for fact in facts}
    match field.path:
        case ("steps", _, "date"):
            return any((name, field.before, field.after) in turned for name in ("established", "ended"))
        case ("steps", _, "kind"):
            return ("kind", field.before, field.after) in turned
        case ("steps", _) if isinstance(field.after, Step) and field.after.date is not None:
            return any((name, None, field.after.date) in turned for name in ("established", "ended"))
        case ("steps", _) if isinstance(field.before, Step) and field.before.date is not None:
            return any((name, field.before.date, None) in turned for name in ("established", "ended"))
    return False


def _field(field: FieldChange) -> str:
    *way, last = field.path
    if field.action is Action.REORDERED:
        return f"order of {_words(last)} changed"
    name = str(way[-1]) if isinstance(last, int) else str(last)
    noun = _NOUNS[name] if isinstance(last, int) else _words(name)
    if way and way[-1] == "identifiers":
        noun = f"identifier {last}"
    if field.action is Action.CHANGED:
        far = ""
        if isinstance(field.before, Coordinates) and isinstance(field.after, Coordinates):
            far = f" moved {distance(field.before, field.after)}:"
        return f"{noun}{far} {in_words(field.before)} → {in_words(field.after)}"
    return f"{noun} {field.action}: {in_words(field.before if field.after is None else field.after)}"


def _part(field: FieldChange, change: RecordChange) -> str:
    """In which part of a record something differs, where it is in one."""
    return _in_part(field.path[:-1], change)


def _in_part(path: tuple[str | int, ...], change: RecordChange) -> str:
    if len(path) < len(("steps", 0)):
        return ""
    name, place = path[:2]
    parts = getattr(change.after, str(name))
    match parts[place]:
        case Step() as step:
            return f"in {in_words(step.action)} {step.date or 'undated'}, " if len(parts) > 1 else ""
        case Office() as office:
            return f"as {cut(office.title)}, "
        case participant:
            return f"for {participant.city}, "


def _sort(change: RecordChange) -> str:
    """What sort of record it is, which goes without saying for a partnership."""
    return "" if change.record_type is Partnership else f"{change.record_type.__name__} "


def _words(name: str | int) -> str:
    return str(name).replace("_", " ")
