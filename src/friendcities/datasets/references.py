"""Finds references between records, and checks that the referenced records exist."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from friendcities.codec.record_builder import build_trusted
from friendcities.codec.writer import to_plain
from friendcities.datasets.redirects import NO_REDIRECTS, Redirects, with_article
from friendcities.datasets.timeline import TimelineEntry
from friendcities.errors import Problem
from friendcities.field_path import FieldPath
from friendcities.model import RECORD_TYPES, AnyRecord, City, Partnership
from friendcities.model.field_spec import FieldFinder, field_specs

RULE = "unknown-reference"

Reference = tuple[str, type[AnyRecord], str]
"""A reference: the path of the field, the type of the referenced record, and the id of this record."""
Records = Mapping[type[AnyRecord], Mapping[str, AnyRecord]]
_Known = Mapping[type[AnyRecord], Collection[str]]

_NO_IDS: Final[_Known] = dict.fromkeys(RECORD_TYPES.values(), ())
_TARGETS: Final = {field_specs(cls)[0].id_type: cls for cls in RECORD_TYPES.values()}
"""The type of record for each id type, such as ``City`` for ``CityId``."""
_IDS: Final = FieldFinder(lambda spec: spec.id_type is not None and spec.name != "id")


def references(record: AnyRecord) -> list[Reference]:
    """Return the references of a record, in the order of its fields.

    Example:
        >>> references(fc.city("Pudong New Area"))[0]
        ('part_of', <class 'friendcities.model.city.City'>, 'cn-shanghai')
    """
    return [(str(path), cls, id_) for path, cls, id_ in _unknown_ids(record, _NO_IDS)]


def _unknown_ids(record: AnyRecord, known: _Known) -> list[tuple[FieldPath, type[AnyRecord], str]]:
    cities = record.cities if isinstance(record, Partnership) else ()
    own = [(FieldPath(("id",)), City, id_) for id_ in cities if id_ not in known[City]]
    found = _IDS.find(record, lambda spec, id_: id_ not in known[_TARGETS[spec.id_type]])
    return [*own, *((path, _TARGETS[spec.id_type], id_) for path, spec, id_ in found)]


def broken_references(
    collection: Records, path_of: Callable[[AnyRecord], str], redirects: Redirects = NO_REDIRECTS
) -> list[Problem]:
    """Return a problem for each reference to a missing record, and for each city that is a part of itself."""
    problems = list(unknown_references(collection, path_of, redirects, collection))
    cities: Mapping[str, Any] = collection[City]
    for city, way in part_of_cycles(cities):
        what = f"the city is a part of itself: {' → '.join(way)}"
        expected = "a city that is not a part of this city"
        problems.append(Problem(rule="part-of", path=path_of(city), field="part_of", message=what, expected=expected))
    return problems


def unknown_references(
    collection: Records,
    path_of: Callable[[AnyRecord], str],
    redirects: Redirects,
    known: _Known,
) -> Iterator[Problem]:
    """Yield a problem with a suggestion for each reference to an unknown id.

    ``path_of`` returns the place of a record. ``known`` contains the ids of all records, by type.
    """
    suggested: dict[tuple[type[AnyRecord], str], str] = {}
    for records in collection.values():
        for record in records.values():
            for path, cls, id_ in _unknown_ids(record, known):
                if (cls, id_) not in suggested:
                    few = len(suggested) < _MOST_SUGGESTED
                    suggested[cls, id_] = _hint_for(cls, id_, known[cls] if few else (), redirects)
                what = f"there is no {cls.__name__.lower()} {id_!r}"
                expected = f"the id of {with_article(cls)} on record"
                hint, place = suggested[cls, id_], path_of(record)
                yield Problem(rule=RULE, path=place, field=str(path), message=what, expected=expected, hint=hint)


_MOST_SUGGESTED = 20
"""The maximum number of unknown ids with a suggestion. A search among many ids is slow."""


def _hint_for(cls: type[AnyRecord], id_: str, known: Iterable[str], redirects: Redirects) -> str:
    if id_ in redirects.get(cls, {}):
        return f"the record has a new id: write {redirects[cls][id_]!r}"
    from difflib import get_close_matches  # noqa: PLC0415 - only an unknown name needs it

    near = get_close_matches(id_, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"add the {cls.__name__.lower()}, or fix the id"


def part_of_cycles(cities: Mapping[str, City]) -> Iterator[tuple[City, list[str]]]:
    """Yield each city that is a part of itself, with the ids of the cities in the cycle."""
    settled: set[str] = set()
    for city in cities.values():
        way: dict[str, None] = {}
        id_: str | None = city.id
        while id_ is not None and id_ in cities and id_ not in settled and id_ not in way:
            way[id_] = None
            id_ = cities[id_].part_of
        if id_ is not None and id_ in way:
            ids = list(way)
            ring = ids[ids.index(id_) :]
            for place, each in enumerate(ring):
                yield cities[each], [*ring[place:], *ring[:place], each]
        settled.update(way)


NewIds = Redirects


def replace_ids(record: AnyRecord, to: NewIds) -> AnyRecord:
    """Return a copy of a record with new ids."""
    cls = type(record)
    stale = [(field, to[target][id_]) for field, target, id_ in references(record) if id_ in to[target]]
    if not stale and record.id not in to[cls]:
        return record
    plain: Any = to_plain(record)
    for field, id_ in stale:
        if field != "id":  # the id of a partnership consists of the ids of its cities
            plain = FieldPath.parse(field).replace(plain, id_)
    made: AnyRecord = build_trusted(cls, to[cls].get(record.id, record.id), plain)
    return made


Exportable = AnyRecord | TimelineEntry
"""A result of a query: a record or an entry of a timeline."""


def with_referenced_records(answer: Iterable[Exportable], look_up: Callable[[type[Any], str], Any]) -> list[AnyRecord]:
    """Add all referenced records to some records. Each record is returned once.

    A timeline entry is replaced by its partnership. ``look_up`` finds a record by type and id.
    """
    records = [each.partnership if isinstance(each, TimelineEntry) else each for each in answer]
    found: dict[tuple[type[AnyRecord], str], AnyRecord] = {(type(each), each.id): each for each in records}
    wanted = list(found.values())
    for record in wanted:
        for _, cls, id_ in references(record):
            if (cls, id_) not in found:
                found[cls, id_] = look_up(cls, id_)
                wanted.append(found[cls, id_])
    return list(found.values())
