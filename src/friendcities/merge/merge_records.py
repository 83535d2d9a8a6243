"""Merges two matching records.

The values of our record stay. Different values of the other record become claims.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple, TypeVar, cast

import attrs

from friendcities.errors import InvalidRecordError
from friendcities.merge.merge_report import RecordLog, Relation
from friendcities.model import (
    City,
    Coordinates,
    Evidence,
    FrozenMap,
    Name,
    NameKind,
    Office,
    PartialDate,
    Participant,
    Source,
    Sourced,
    SourceId,
)
from friendcities.model.evidence import evidenced_fields, is_empty

R = TypeVar("R")
S = TypeVar("S", bound=Sourced)

_PARTS: Final = {"offices", "participants"}
"""The fields with items that have their own evidence."""
_COARSEST: Final = ("unspecified", "listed")
"""The coarsest values of vocabularies. Every other value is more precise."""


class _MergedField(NamedTuple):
    value: Any
    different: Any = None


def merge_record(ours: S, theirs: S, log: RecordLog, *, keep_empty: Collection[str] = ()) -> S:
    """Merge a record of the other dataset into our record. Our values stay.

    Different values become claims in the evidence of the other record. Names, identifiers and evidence are added. A
    field that is empty in our record gets the value of the other record, unless ``keep_empty`` or a claim names the
    field.
    """
    claimed = {name for item in ours.evidence for name in item.claims}
    try:
        merged, fields = _merge_fields(ours, theirs, {*keep_empty, *claimed})
    except InvalidRecordError:  # the values exclude each other, such as a country and a subdivision of another country
        merged, fields = _merge_fields(ours, theirs, evidenced_fields(type(ours)))
    for name, field in fields.items():
        before, sources = getattr(ours, name), supporting_sources(theirs, name)
        if field.value != before:
            log.add_value(name, _new_items(before, field.value), sources)
        relation = None if field.different is None else find_relation(merged, name, field.different)
        if relation is not None and isinstance(field.different, FrozenMap):
            for key, value in field.different.items():
                log.part(name).add_disagreement(key, field.value[key], value, relation, sources)
        elif relation is not None:
            log.add_disagreement(name, field.value, field.different, relation, sources)
    evidence = new_evidence(ours.evidence, _restate_as_claims(merged, theirs, fields), log)
    parts = {name: _merge_parts(getattr(ours, name), getattr(theirs, name), name, log) for name in _PARTS & {*fields}}
    items = (*ours.evidence, *evidence)
    items = sort_evidence(items) if ours.evidence and evidence else items
    return merge_note(evolve(merged, evidence=items, **parts), theirs, log)


def merge_city(ours: City, theirs: City, log: RecordLog, cities: Mapping[str, City]) -> City:
    """Merge another city into our city. ``cities`` has all merged cities.

    A city never becomes a part of itself.
    """
    wholes: set[str] = {ours.id}
    whole: str | None = theirs.part_of
    while whole is not None and whole in cities and whole not in wholes:
        wholes.add(whole)
        whole = cities[whole].part_of
    return merge_record(ours, theirs, log, keep_empty=("part_of",) if whole in wholes else ())


def merge_source(ours: Source, theirs: Source, log: RecordLog) -> Source:
    """Merge another source into our source. Empty fields get the values of the other source."""
    changes: dict[str, Any] = {}
    for name in [each.name for each in attrs.fields(Source) if each.name not in {"id", "note"}]:
        mine, their = getattr(ours, name), getattr(theirs, name)
        if mine == their or is_empty(their):
            continue
        if is_empty(mine):
            changes[name] = their
            log.add_value(name, their)
        elif not isinstance(mine, PartialDate) or name == "accessed":
            log.add_disagreement(name, mine, their, Relation.OTHER)
        elif not their.includes(mine):
            log.add_disagreement(name, mine, their, Relation.FINER if mine.includes(their) else Relation.CONTRARY)
    return merge_note(evolve(ours, **changes), theirs, log)


def merge_note(ours: R, theirs: R, log: RecordLog) -> R:
    """Return our record. If our record has no note, add the note of the other record."""
    mine, their = (cast("Any", each).note for each in (ours, theirs))
    if mine is None and their is not None:
        log.add_value("note", their)
        return evolve(ours, note=their)
    if their not in {mine, None}:
        log.add_disagreement("note", mine, their, Relation.OTHER)
    return ours


def evolve(record: R, **changes: Any) -> R:
    """Return a copy of a record with some fields changed."""
    return cast("R", attrs.evolve(cast("Any", record), **changes))


def new_evidence(known: Sequence[Evidence], items: Iterable[Evidence], log: RecordLog) -> list[Evidence]:
    """Return the evidence that adds something to the known evidence."""
    added: list[Evidence] = []
    for item in items:
        if not any(_includes_evidence(each, item) for each in (*known, *added)):
            added.append(item)
            log.add_value("evidence", item, (item.source,))
    return added


def sort_evidence(items: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Sort evidence, so that the order of merges does not matter."""
    return tuple(sorted(items, key=lambda item: (item.source, item.locator, repr(item))))


def supporting_sources(owner: Sourced, name: str) -> tuple[SourceId, ...]:
    """Return the sources that support a field, without repeats."""
    return tuple(dict.fromkeys(item.source for item in owner.evidence if name in item.supports))


def find_relation(owner: Sourced, name: str, value: object) -> Relation | None:
    """Return the relation of a claimed value to the recorded value; ``None`` for a coarser value."""
    if owner.contradicts(name, value):
        return Relation.CONTRARY
    recorded = getattr(owner, name)
    if isinstance(value, Coordinates):  # maps have different points for a place
        return None
    if isinstance(recorded, PartialDate) and isinstance(value, PartialDate):
        return None if value.includes(recorded) else Relation.FINER
    return None if value in _COARSEST else Relation.OTHER


def _merge_fields(ours: S, theirs: S, kept: Collection[str]) -> tuple[S, dict[str, _MergedField]]:
    fields = {name: _merge_field(ours, theirs, name, fill=name not in kept) for name in evidenced_fields(type(ours))}
    return evolve(ours, **{name: field.value for name, field in fields.items() if name not in _PARTS}), fields


def _merge_field(ours: Sourced, theirs: Sourced, name: str, *, fill: bool) -> _MergedField:
    mine, their = getattr(ours, name), getattr(theirs, name)
    if isinstance(ours, City) and isinstance(theirs, City) and name in {"name", "names"}:
        return _MergedField(mine if name == "name" else (*ours.names, *_new_names(ours, theirs)))
    if name in _PARTS or mine == their or is_empty(their):
        return _MergedField(mine)
    if name == "identifiers":
        different = {scheme: id_ for scheme, id_ in their.items() if mine.get(scheme, id_) != id_}
        both = mine if their.keys() <= mine.keys() else FrozenMap(dict(sorted({**their, **mine}.items())))
        return _MergedField(both, FrozenMap(different) or None)
    return _MergedField(their) if fill and is_empty(mine) else _MergedField(mine, their)


def _new_names(ours: City, theirs: City) -> Iterator[Name]:
    """An English name that is also a name in another language may not be English."""
    names = {(name.text, name.language): name for name in theirs.names}
    if not any(name.text == theirs.name and name.language.partition("-")[0] != "en" for name in theirs.names):
        names[theirs.name, "en"] = Name(text=theirs.name, language="en", kind=NameKind.ALIAS)
    known = {(ours.name, "en"), *((name.text, name.language) for name in ours.names)}
    return (name for key, name in names.items() if key not in known)


def _restate_as_claims(merged: Sourced, theirs: Sourced, fields: Mapping[str, _MergedField]) -> Iterator[Evidence]:
    """Values that the merged record lacks become claims."""
    for item in theirs.evidence:
        supports: dict[str, object] = {}
        claims: dict[str, object] = {}
        for name in item.supports:
            if fields[name].different is not None:
                claims[name] = fields[name].different
            else:
                supports[_supported_name_field(name, merged, theirs)] = None
        for name, value in item.claims.items():
            is_contrary = name in _PARTS or value != getattr(merged, name)
            (claims if is_contrary else supports)[name] = value
        yield evolve(item, supports=tuple(name for name in supports if name not in claims), claims=FrozenMap(claims))


def _supported_name_field(name: str, merged: Sourced, theirs: Sourced) -> str:
    """The recorded name may now be an alias."""
    if isinstance(merged, City) and isinstance(theirs, City):
        if name == "name" and merged.name != theirs.name:
            return "names"
        if name == "names" and not merged.names:
            return "name"
    return name


def _includes_evidence(known: Evidence, item: Evidence) -> bool:
    if (known.source, known.locator) != (item.source, item.locator) or item.note not in {None, known.note}:
        return False
    if item.denies:
        return known.denies
    return set(item.supports) <= set(known.supports) and item.claims.items() <= known.claims.items()


def _new_items(before: Any, after: Any) -> object:
    if isinstance(after, tuple):
        return tuple(item for item in after if item not in before)
    if isinstance(after, FrozenMap):
        return FrozenMap({key: value for key, value in after.items() if key not in before})
    return cast("object", after)


def _merge_parts(ours: Sequence[Any], theirs: Sequence[Any], name: str, log: RecordLog) -> tuple[Any, ...]:
    """Our offices or participants come first, then new ones."""
    merged = list(ours)
    unmatched = dict(enumerate(ours))
    for part in theirs:
        index = next((index for index, mine in unmatched.items() if _part_key(mine) == _part_key(part)), None)
        if index is None:
            merged.append(part)
            log.add_value(name, part, tuple(dict.fromkeys(item.source for item in part.evidence)))
        else:
            merged[index] = merge_record(unmatched.pop(index), part, log.part(name, index))
    if name == "offices" and len(merged) > len(ours):
        merged.sort(key=_first_day)
    return tuple(merged)


def _part_key(part: Office | Participant) -> tuple[str | None, ...]:
    return (part.title, part.body, part.city) if isinstance(part, Office) else (part.city,)


def _first_day(office: Office) -> date:
    dates = (day.earliest for day in (office.start, office.attested, office.end) if day is not None)
    return next(dates, date.max)
