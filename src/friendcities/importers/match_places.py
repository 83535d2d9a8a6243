"""Which of the cities that rows name are one place, and what id each place has."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final

from attrs import field, frozen

from friendcities.importers.ends import Named
from friendcities.importers.nearness import Near, Point, centred
from friendcities.model import CityId
from friendcities.model.grammar import is_city_id
from friendcities.names.normalize import fold

__all__ = ["Place", "Places"]

_LONGEST: Final = 80
_FEW_DIGITS: Final = 12


@frozen
class Place:
    """A place that rows name."""

    id: CityId
    name: str
    """The spelling that most rows have; of several, the first in the order of letters."""
    country: str
    point: Point | None
    """The point that most rows have."""
    wikidata: str | None
    spellings: tuple[str, ...] = field(default=())
    """The other spellings, in the order of letters."""


class Places:
    """The places of a file. Which there are, and their ids, does not depend on the order of the rows.

    Two rows name one place if the names fold to one spelling, the countries are the same, and so are the Wikidata ids,
    where both have one: two ids are two places. Where not both have an id, the points, where both have one, lie within
    50 km of each other.

    Args:
        named: Every city that a row names, once for each row.
    """

    def __init__(self, named: Iterable[Named]) -> None:
        called: dict[tuple[str, str], list[Named]] = defaultdict(list)
        for each in named:
            called[each.country, fold(each.name)].append(each)
        self._index: dict[tuple[str, str, Point | None, str | None], int] = {}
        groups: list[_Group] = []
        for key in sorted(called):
            numbers = _told_apart(called[key])
            grouped: dict[int, list[Named]] = defaultdict(list)
            for each in called[key]:
                told = each.point, each.wikidata
                if told in numbers:
                    grouped[numbers[told]].append(each)
                    self._index[*key, *told] = len(groups) + numbers[told]
            groups += [_Group(grouped[number]) for number in sorted(grouped)]
        self._places = _identified(groups)

    def of(self, named: Named) -> Place | None:
        """The place that a row names; ``None`` where several have the name and the row does not say which."""
        index = self._index.get((named.country, fold(named.name), named.point, named.wikidata))
        return None if index is None else self._places[index]


def _told_apart(named: Iterable[Named]) -> dict[tuple[Point | None, str | None], int]:
    """The places of one name in one country: for a point and a Wikidata id, the number of the place, from 0 on.

    First those with an id are places, then points that lie near none of them. What may be several is left out.
    """
    told = Counter((each.point, each.wikidata) for each in named)
    if len(told) == 1:  # as for most names
        return dict.fromkeys(told, 0)
    ids = {id_: number for number, id_ in enumerate(sorted({id_ for _, id_ in told if id_ is not None}))}
    found: dict[tuple[Point | None, str | None], int]
    found = {(point, id_): ids[id_] for point, id_ in told if id_ is not None}
    loose = {point: often for (point, id_), often in told.items() if id_ is None and point is not None}
    of_ids, placed = _where_ids_lie(told, ids)
    elsewhere = {}
    for point, often in loose.items():
        near = set(islice(_numbers(of_ids, point), 2))
        if len(near) == 1:
            found[point, None] = near.pop()
        elif not near:
            elsewhere[point] = often
    centre_of = centred(elsewhere)
    centres = {centre: number for number, centre in enumerate(dict.fromkeys(centre_of.values()))}
    # Where a place with an id is not known to lie anywhere, points elsewhere may be its own.
    first = 0 if len(ids) == len(centres) == 1 and not placed else len(ids)
    if first == 0 or placed == len(ids):
        found |= {(point, None): first + centres[centre] for point, centre in centre_of.items()}
    if first + len(centres) <= 1 and (None, None) in told:
        found[None, None] = 0
    return found


def _where_ids_lie(told: Iterable[tuple[Point | None, str | None]], ids: Mapping[str, int]) -> tuple[Near, int]:
    """The points that are given with ids, of several near each other one, and how many ids have any."""
    points: dict[str, dict[Point, int]] = defaultdict(dict)
    for point, id_ in told:
        if id_ is not None and point is not None:
            points[id_][point] = 1
    near = Near()
    for id_, its in points.items():
        for centre in set(centred(its).values()):
            near.add(centre, ids[id_])
    return near, len(points)


def _numbers(near: Near, point: Point) -> Iterator[int]:
    """The numbers around a point, each once."""
    seen = set()
    for _, number in near.around(point):
        if number not in seen:
            seen.add(number)
            yield number


class _Group:
    """What rows say of one place."""

    def __init__(self, named: list[Named]) -> None:
        spellings = Counter(each.name for each in named)
        self.name, *self.others = sorted(spellings, key=lambda name: (-spellings[name], name))
        self.country = named[0].country
        points = Counter(each.point for each in named if each.point is not None)
        self.point = min(points, key=lambda point: (-points[point], point), default=None)
        ids = Counter(each.wikidata for each in named if each.wikidata is not None)
        self.wikidata = min(ids, key=lambda id_: (-ids[id_], id_), default=None)
        self.base = f"{self.country.lower()}-{_slug(self.name)}"
        self.digest = _digest(f"{fold(self.name)} {self.country} {self.wikidata} {self.point}")


def _identified(groups: list[_Group]) -> list[Place]:
    """The places, each with an id that no other has, whatever their order."""
    plain = Counter(group.base for group in groups)
    told = [group.base if plain[group.base] == 1 else f"{group.base}-{_where(group)}" for group in groups]
    shared = Counter(told)
    ids = [id_ if shared[id_] == 1 else f"{group.base}-{group.digest}" for id_, group in zip(told, groups, strict=True)]
    return [
        Place(CityId(id_), group.name, group.country, group.point, group.wikidata, tuple(sorted(group.others)))
        for id_, group in zip(ids, groups, strict=True)
    ]


def _where(group: _Group) -> str:
    """What tells a place from another of its name: its Wikidata id, where it is, or how it is spelt."""
    if group.wikidata is not None and len(group.wikidata) <= _FEW_DIGITS:
        return group.wikidata.lower()
    if group.point is None:
        return group.digest
    latitude, longitude = group.point
    north, east = f"{abs(latitude):.2f}".replace(".", "d"), f"{abs(longitude):.2f}".replace(".", "d")
    return f"{'ns'[latitude < 0]}{north}{'ew'[longitude < 0]}{east}"


def _slug(name: str) -> str:
    words = "".join(letter if letter.isascii() else " " for letter in fold(name)).split()
    made = "-".join(words)[:_LONGEST].strip("-")
    return made if made and is_city_id(f"xx-{made}") else _digest(fold(name))


def _digest(text: str) -> str:
    """A few letters that stand for a text which has none of ours."""
    return "x" + hashlib.sha256(text.encode()).hexdigest()[:_FEW_DIGITS]
