"""Which of the cities that rows name are one place, and what id each place has."""

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from attrs import field, frozen

from friendcities.importers.ends import Named, Point
from friendcities.model import CityId
from friendcities.model.grammar import is_city_id
from friendcities.names.folding import fold

__all__ = ["Place", "Places"]

_ONE_PLACE_KM: Final = 50.0
"""How far apart two points may lie that are given for one name in one country, and be those of one place."""
_EARTH_KM: Final = 6371.0
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

    Two rows name one place if the names fold to one spelling, the countries are the same, and the points, where both
    have one, lie within 50 km of each other (or the Wikidata ids are the same).

    Args:
        named: Every city that a row names, once for each row.
    """

    def __init__(self, named: Iterable[Named]) -> None:
        called: dict[tuple[str, str], list[Named]] = defaultdict(list)
        for each in named:
            called[each.country, fold(each.name)].append(each)
        self._centres: dict[tuple[str, str], list[Point]] = {}
        grouped: list[list[Named]] = []
        self._index: dict[tuple[str, str, Point | None], int] = {}
        for key in sorted(called):
            points = Counter(each.point for each in called[key] if each.point is not None)
            centres = self._centres[key] = _centres(points)
            first = len(grouped)
            grouped.extend([] for _ in range(max(1, len(centres))))
            for point in points:
                self._index[(*key, point)] = first + _nearest(point, centres)
            if len(centres) <= 1:
                self._index[(*key, None)] = first
            for each in called[key]:
                place = self._index.get((*key, each.point))
                if place is not None:
                    grouped[place].append(each)
        self._places = _identified([_Group(group) for group in grouped if group], grouped)

    def of(self, named: Named) -> Place | None:
        """The place that a row names; ``None`` where several have the name and the row does not say which."""
        index = self._index.get((named.country, fold(named.name), named.point))
        return None if index is None else self._places[index]


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


def _identified(groups: list[_Group], grouped: list[list[Named]]) -> dict[int, Place]:
    """The places by the number of their group, each with an id that no other has."""
    sharing: dict[str, list[_Group]] = defaultdict(list)
    for group in groups:
        sharing[group.base].append(group)
    ids: dict[int, str] = {}
    for base, some in sharing.items():
        if len(some) == 1:
            ids[id(some[0])] = base
            continue
        for group in some:
            ids[id(group)] = f"{base}-{_where(group)}"
    numbers = [number for number, group in enumerate(grouped) if group]
    return {
        number: Place(
            CityId(ids[id(group)]), group.name, group.country, group.point, group.wikidata, tuple(sorted(group.others))
        )
        for number, group in zip(numbers, groups, strict=True)
    }


def _where(group: _Group) -> str:
    """What tells a place from another of its name: where it is, or how it is spelt."""
    if group.point is None:
        return _digest(f"{group.name} {group.country}")
    latitude, longitude = group.point
    north, east = f"{abs(latitude):.2f}".replace(".", "d"), f"{abs(longitude):.2f}".replace(".", "d")
    return f"{'ns'[latitude < 0]}{north}{'ew'[longitude < 0]}{east}"


def _slug(name: str) -> str:
    words = "".join(letter if letter.isascii() else " " for letter in fold(name)).split()
    made = "-".join(words)[:_LONGEST].strip("-")
    return made if made and is_city_id(f"xx-{made}") else _digest(name)


def _digest(text: str) -> str:
    """A few letters that stand for a text which has none of ours."""
    return "x" + hashlib.sha256(fold(text).encode()).hexdigest()[:_FEW_DIGITS]


def _centres(points: Mapping[Point, int]) -> list[Point]:
    """The points about which all others lie near, the most frequent first."""
    centres: list[Point] = []
    for point in sorted(points, key=lambda point: (-points[point], point)):
        if all(_km(point, centre) > _ONE_PLACE_KM for centre in centres):
            centres.append(point)
    return centres


def _nearest(point: Point, centres: list[Point]) -> int:
    return min(range(len(centres)), key=lambda number: (_km(point, centres[number]), number))


def _km(one: Point, other: Point) -> float:
    """The length of the great circle between two points, by the haversine formula (Sinnott 1984)."""
    south, north = math.radians(one[0]), math.radians(other[0])
    half = math.sin((north - south) / 2) ** 2
    half += math.cos(south) * math.cos(north) * math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))
