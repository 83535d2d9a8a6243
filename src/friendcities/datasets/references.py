"""Which records a record names, read off the types of its fields; and whether they are there."""

import types
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final, Union, get_args, get_origin

import attrs

from friendcities.datasets.redirects import NO_REDIRECTS, Redirects, one_of
from friendcities.errors import Problem
from friendcities.model import RECORD_TYPES, AnyRecord, City, Evidence, FrozenMap, Partnership, Record
from friendcities.model.record import bare

__all__ = ["RULE", "broken_references", "dangling", "references", "round_trips"]

RULE = "unknown-reference"

Reference = tuple[str, type[AnyRecord], str]
"""The way to a field, the type of the record that it names, and the id."""
_Way = tuple[Any, str | int]
"""A way that is written out only if it is told: the rest of it, with which it begins, and the last field or index."""
_Found = tuple[_Way, type[AnyRecord], str]
Records = Mapping[type[AnyRecord], Mapping[str, AnyRecord]]
_Known = Mapping[type[AnyRecord], Collection[str]]
Walk = Callable[[Any, _Way, _Known, list[_Found]], None]
"""Adds what a value names, and is not known, to a list, with the way to it."""


def references(record: AnyRecord) -> list[Reference]:
    """What a record names, in the order of its fields: the field, the type of record, its id.

    Example:
        >>> import friendcities as fc
        >>> references(fc.city("Pudong New Area"))[0]
        ('part_of', <class 'friendcities.model.city.City'>, 'cn-shanghai')
    """
    return [(_written(way), cls, id_) for way, cls, id_ in _found(record, _NOTHING)]


def _found(record: AnyRecord, known: _Known) -> list[_Found]:
    """What a record names, but for what is known: in a register that is right, that is all, and no way is told."""
    found: list[_Found] = []
    if isinstance(record, Partnership):
        found += [(_ID, City, id_) for id_ in record.cities if id_ not in known[City]]
    walk = _walk_record(type(record), None)
    if walk is not None:
        walk(record, _START, known, found)
    return found


_NOTHING: Final[_Known] = dict.fromkeys(RECORD_TYPES.values(), ())
_START: Final[_Way] = (None, "")
_ID: Final[_Way] = (_START, "id")


def _written(way: _Way) -> str:
    """A way as it is told: ``steps[0].evidence[1].source``."""
    before, last = way
    if before is None:
        return ""
    begin = _written(before)
    if isinstance(last, int):
        return f"{begin}[{last}]"
    return f"{begin}.{last}" if begin else last


def broken_references(
    collection: Records, path_of: Callable[[AnyRecord], str], redirects: Redirects = NO_REDIRECTS
) -> list[Problem]:
    """Every reference that leads nowhere, and every city that is a part of itself, however far round."""
    problems = list(dangling(collection, path_of, redirects, collection))
    cities: Mapping[str, Any] = collection[City]
    for city, way in round_trips(cities):
        what = f"the city is a part of itself: {' → '.join(way)}"
        expected = "parts that end at a whole"
        problems.append(Problem(rule="part-of", path=path_of(city), field="part_of", message=what, expected=expected))
    return problems


def dangling(
    collection: Records,
    path_of: Callable[[AnyRecord], str],
    redirects: Redirects,
    known: _Known,
) -> Iterator[Problem]:
    """Every reference to an id that is not known, with what it may have meant.

    Args:
        collection: The records.
        path_of: Names the place of a record.
        redirects: The ids that moved.
        known: The ids that are known, by type: at least those of the records. One that comes near is suggested.
    """
    suggested: dict[tuple[type[AnyRecord], str], str] = {}
    for records in collection.values():
        for record in records.values():
            for way, cls, id_ in _found(record, known):
                if (cls, id_) not in suggested:
                    few = len(suggested) < _MOST_SUGGESTED
                    suggested[cls, id_] = _mend(cls, id_, known[cls] if few else (), redirects)
                what = f"there is no {cls.__name__.lower()} {id_!r}"
                expected = f"the id of {one_of(cls)} on record"
                mend, place = suggested[cls, id_], path_of(record)
                yield Problem(rule=RULE, path=place, field=_written(way), message=what, expected=expected, hint=mend)


_MOST_SUGGESTED = 20
"""For how many ids one is suggested: to find what comes near takes long where there are many, and no one reads on."""


def _mend(cls: type[AnyRecord], id_: str, known: Iterable[str], redirects: Redirects) -> str:
    if id_ in redirects.get(cls, {}):
        return f"it moved: write {redirects[cls][id_]!r}"
    from difflib import get_close_matches  # noqa: PLC0415 - only a miss needs it

    near = get_close_matches(id_, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"add the {cls.__name__.lower()}, or mend the id"


def round_trips(cities: Mapping[str, City]) -> Iterator[tuple[City, list[str]]]:
    """Each city that is a part of itself, with the way round."""
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


@cache
def _targets() -> dict[Any, type[AnyRecord]]:
    return {attrs.fields_dict(cls)["id"].type: cls for cls in RECORD_TYPES.values()}


_WALKS: dict[tuple[type, type | None], Walk | None] = {}


def _walk_record(cls: type[Record], owner: type[Record] | None) -> Walk | None:
    if (cls, owner) not in _WALKS:
        _WALKS[cls, owner] = _make_walk(cls, owner)
    return _WALKS[cls, owner]


def _make_walk(cls: type[Record], owner: type[Record] | None) -> Walk | None:
    walks = {a.name: _walk(a.type, cls) for a in attrs.fields(cls) if a.name != "id" and not a.name.startswith("_")}
    if cls is Evidence and owner is not None:
        walks["claims"] = _walk_claims(owner)
    plan = [(name, walk) for name, walk in walks.items() if walk is not None]

    def walk_record(record: Any, way: _Way, known: _Known, found: list[_Found]) -> None:
        for name, walk in plan:
            value = getattr(record, name)
            if value:
                walk(value, (way, name), known, found)

    return walk_record if plan else None


def _walk_claims(owner: type[Record]) -> Walk | None:
    walks = {a.name: _walk(a.type, owner) for a in attrs.fields(owner) if a.name != "evidence"}

    def walk_claims(says: Mapping[str, Any], way: _Way, known: _Known, found: list[_Found]) -> None:
        for name, said in says.items():
            walk = walks[name]
            if walk is not None and said:
                walk(said, (way, name), known, found)

    return walk_claims if any(walks.values()) else None


def _walk(hint: Any, owner: type[Record]) -> Walk | None:
    hint = bare(hint)
    target = _targets().get(hint)
    if target is not None:
        return _walk_id(target)
    origin = get_origin(hint)
    if origin in {types.UnionType, Union}:
        return _walk(next(arm for arm in get_args(hint) if arm is not types.NoneType), owner)
    if origin is tuple:
        each = _walk(get_args(hint)[0], owner)
        return None if each is None else _walk_items(each)
    if origin is not FrozenMap and isinstance(hint, type) and issubclass(hint, Record):
        return _walk_record(hint, owner if hint is Evidence else None)
    return None


def _walk_id(target: type[AnyRecord]) -> Walk:
    def walk_id(id_: str, way: _Way, known: _Known, found: list[_Found]) -> None:
        if id_ not in known[target]:
            found.append((way, target, id_))

    return walk_id


def _walk_items(each: Walk) -> Walk:
    def walk_items(items: Iterable[Any], way: _Way, known: _Known, found: list[_Found]) -> None:
        for index, item in enumerate(items):
            each(item, (way, index), known, found)

    return walk_items
