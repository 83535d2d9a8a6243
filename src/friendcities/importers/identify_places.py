"""Groups the city names of a file into places, and reports similar places."""

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from operator import itemgetter
from typing import Final, NamedTuple, TypeVar

from attrs import evolve, field, frozen

from friendcities.importers.import_report import Reason, Remark
from friendcities.model import CityId
from friendcities.model.grammar import is_city_id
from friendcities.model.record import short
from friendcities.names.countries import smallest_subdivisions, subdivisions_conflict
from friendcities.names.normalize import fold, make_slug

Point = tuple[float, float]
"""Latitude and longitude, in degrees."""
_Position = tuple[float, float, float]
_Identity = tuple[Point | None, str | None]
"""The point and the Wikidata id of a mention."""
_MOST_CHARACTERS: Final = 80
_DIGEST_DIGITS: Final = 12

T = TypeVar("T", str, Point)


class CityMention(NamedTuple):
    """The name of a city in a row, with the country, the point and the Wikidata id."""

    name: str
    country: str
    """ISO 3166-1 alpha-2."""
    point: Point | None
    wikidata: str | None
    refused: Point | None = None
    """A point outside the country. The point is not recorded, but can contradict the point of another mention."""
    subdivision: str | None = None
    """ISO 3166-2."""
    unknown_subdivision: str = ""
    """The text of a subdivision that cannot be read."""


@frozen(eq=False)
class Place:
    """A place that one or more rows mention."""

    id: CityId
    name: str
    """The most frequent spelling. If several are equally frequent, the first in alphabetical order."""
    country: str
    point: Point | None
    """The most frequent point."""
    wikidata: str | None
    spellings: tuple[str, ...] = field(default=())
    """The other spellings, in alphabetical order."""
    subdivision: str | None = None
    unconfirmed: tuple[str, ...] = ()
    """The spellings with other accents than the name that no point or Wikidata id confirms."""


class Places:
    """The places of a file. The argument contains the number of rows for each mention.

    Mentions with the same name and country are the same place, unless their Wikidata ids differ. If a Wikidata id is
    missing, the points must be within 50 km. Places in different subdivisions are distinct. If there are such places, a
    mention without a subdivision needs a point within 50 km of exactly one of them, or far from all of them.
    """

    def __init__(self, mentions: Mapping[CityMention, int]) -> None:
        by_name: dict[tuple[str, str], dict[CityMention, int]] = defaultdict(dict)
        for mention, count in mentions.items():
            by_name[mention.country, fold(mention.name)][mention] = count
        places: list[Place] = []
        self._numbers: dict[CityMention, int] = {}
        for named in _split_by_subdivision(each for _, each in sorted(by_name.items(), key=itemgetter(0))):
            numbers = _number_places(named)
            refused = {mention.refused for mention in named if mention.refused is not None}
            grouped: dict[int, dict[CityMention, int]] = defaultdict(dict)
            for mention, count in named.items():
                number = _find_number(mention, numbers, refused)
                if number is not None:
                    grouped[number][mention] = count
            for number in sorted(grouped):
                self._numbers |= dict.fromkeys(grouped[number], len(places))
                places.append(_merge_mentions(grouped[number]))
        self._places = _make_ids_unique(places)

    def find_place(self, mention: CityMention) -> Place | None:
        """Return the place of a mention; ``None`` if the mention is ambiguous."""
        number = self._numbers.get(mention)
        return None if number is None else self._places[number]


def _split_by_subdivision(groups: Iterable[dict[CityMention, int]]) -> Iterator[dict[CityMention, int]]:
    """Group mentions with one name in one country by subdivision. Ambiguous mentions are left out."""
    for named in groups:
        parts = smallest_subdivisions({mention.subdivision for mention in named if mention.subdivision is not None})
        unknown = {mention.unknown_subdivision for mention in named} - {""}
        if len(parts) + len(unknown) <= 1:
            yield named
            continue
        find_part = _PartFinder(named, parts)
        split: defaultdict[str, dict[CityMention, int]] = defaultdict(dict)
        for mention, count in named.items():
            part = find_part(mention)
            if part is not None:
                split[part][mention] = count
        yield from (split[part] for part in sorted(split))


class _PartFinder:
    """Finds the subdivision of a mention if cities of one name are in several subdivisions."""

    def __init__(self, mentions: Iterable[CityMention], parts: Sequence[str]) -> None:
        self._parts = parts
        self._part_of = {each.wikidata: each.subdivision for each in mentions if each.subdivision in parts}
        self._index = PointIndex()
        self._located = set()
        for each in mentions:
            if each.subdivision in parts and each.point is not None:
                self._index.add(each.point, parts.index(each.subdivision))
                self._located.add(each.subdivision)

    def __call__(self, mention: CityMention) -> str | None:
        """Return the subdivision, a larger or empty one for another place, or ``None`` if the mention is ambiguous."""
        part = mention.subdivision
        if part in self._parts:
            return part
        if mention.wikidata is not None:
            return self._part_of.get(mention.wikidata, part or "")
        inside = [each for each in self._parts if part is None or not subdivisions_conflict(part, each)]
        if part is not None and len(inside) == 1:
            return inside[0]
        if mention.point is None:
            return None
        near = {self._parts[number] for _, number in self._index.find_near(mention.point)}.intersection(inside)
        if near:
            return near.pop() if len(near) == 1 else None
        return (part or "") if self._located.issuperset(inside) else None


def _number_places(mentions: Mapping[CityMention, int]) -> dict[_Identity, int]:
    """Number the places with one name in one country. Ambiguous mentions have no number."""
    counts: Counter[_Identity] = Counter()
    for mention, count in mentions.items():
        counts[mention.point, mention.wikidata] += count
    if len(counts) == 1:  # most names are clear
        return dict.fromkeys(counts, 0)
    ids = {id_: number for number, id_ in enumerate(sorted({id_ for _, id_ in counts if id_ is not None}))}
    numbers: dict[_Identity, int] = {(point, id_): ids[id_] for point, id_ in counts if id_ is not None}
    index, located = _index_ids(counts, ids)
    elsewhere = {}
    for (point, id_), count in counts.items():
        if id_ is None and point is not None:
            # two of any six points near one point are near each other, and have different ids
            near = {number for _, number in islice(index.find_near(point), 6)}
            if len(near) == 1:
                numbers[point, None] = near.pop()
            elif not near:
                elsewhere[point] = count
    centre_of = _assign_centres(elsewhere)
    centres = {centre: number for number, centre in enumerate(dict.fromkeys(centre_of.values()))}
    # if the only id has no point, the only other point may belong to this id
    first = 0 if len(ids) == len(centres) == 1 and not located else len(ids)
    if first == 0 or located == len(ids):
        numbers |= {(point, None): first + centres[centre] for point, centre in centre_of.items()}
    if first + len(centres) <= 1 and (None, None) in counts:
        numbers[None, None] = 0
    return numbers


def _find_number(mention: CityMention, numbers: Mapping[_Identity, int], refused: Iterable[Point]) -> int | None:
    if mention.refused is None or mention.wikidata is not None:
        return numbers.get((mention.point, mention.wikidata))
    located = {number: point for (point, _), number in numbers.items() if point is not None}
    if not located:
        is_one = all(distance_km(point, mention.refused) <= 2 * _RADIUS_KM for point in refused)
        return numbers.get((None, None)) if is_one else None
    near = {number for number, point in located.items() if distance_km(point, mention.refused) <= 2 * _RADIUS_KM}
    return near.pop() if len(near) == 1 else None


def _index_ids(identities: Iterable[_Identity], ids: Mapping[str, int]) -> tuple["PointIndex", int]:
    points: dict[str, dict[Point, int]] = defaultdict(dict)
    for point, id_ in identities:
        if id_ is not None and point is not None:
            points[id_][point] = 1
    index = PointIndex()
    for id_, counts in points.items():
        for centre in set(_assign_centres(counts).values()):
            index.add(centre, ids[id_])
    return index, len(points)


def _merge_mentions(mentions: Mapping[CityMention, int]) -> Place:
    name, *others = _sort_by_frequency([(mention.name, count) for mention, count in mentions.items()])
    points = _sort_by_frequency([(mention.point, count) for mention, count in mentions.items()])
    ids = _sort_by_frequency([(mention.wikidata, count) for mention, count in mentions.items()])
    country = next(iter(mentions)).country
    slug = make_slug(name, _MOST_CHARACTERS)
    id_ = CityId(f"{country.lower()}-{slug if is_city_id(f'xx-{slug}') else _digest(fold(name))}")
    parts = {mention.subdivision for mention in mentions if mention.subdivision is not None}
    part = next(iter(smallest_subdivisions(parts)), None)
    spellings = tuple(sorted(others))
    unconfirmed = tuple(_find_unconfirmed(name, spellings, mentions)) if spellings else ()
    return Place(id_, name, country, next(iter(points), None), next(iter(ids), None), spellings, part, unconfirmed)


def _find_unconfirmed(name: str, others: Iterable[str], mentions: Iterable[CityMention]) -> Iterator[str]:
    confirmed = {each.name for each in mentions if each.point is not None or each.wikidata is not None}
    for other in others:
        if _letters(other) != _letters(name) and not confirmed.issuperset((name, other)):
            yield other


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _sort_by_frequency(values: Collection[tuple[T | None, int]]) -> list[T]:
    if len(values) == 1:  # most places have one value
        return [value for value, _ in values if value is not None]
    counts = Counter[T]()
    for value, count in values:
        if value is not None:
            counts[value] += count
    return sorted(counts, key=lambda value: (-counts[value], value))


def _make_ids_unique(places: Sequence[Place]) -> list[Place]:
    ids: list[str] = [place.id for place in places]
    for distinguish in (_distinguishing_suffix, _place_digest):
        pairs, counts = list(zip(ids, places, strict=True)), Counter(ids)
        ids = [id_ if counts[id_] == 1 else f"{place.id}-{distinguish(place)}" for id_, place in pairs]
    return [evolve(place, id=CityId(id_)) for id_, place in zip(ids, places, strict=True)]


def _distinguishing_suffix(place: Place) -> str:
    if place.wikidata is not None and len(place.wikidata) <= _DIGEST_DIGITS:
        return place.wikidata.lower()
    if place.subdivision is not None:
        return place.subdivision[3:].lower()
    if place.point is None:
        return _place_digest(place)
    latitude, longitude = place.point
    north, east = f"{abs(latitude):.2f}".replace(".", "d"), f"{abs(longitude):.2f}".replace(".", "d")
    return f"{'ns'[latitude < 0]}{north}{'ew'[longitude < 0]}{east}"


def _place_digest(place: Place) -> str:
    return _digest(f"{fold(place.name)} {place.country} {place.wikidata} {place.point} {place.subdivision}")


def _digest(text: str) -> str:
    return "x" + hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_DIGITS]


# Points


_EARTH_KM: Final = 6371.0
_RADIUS_KM: Final = 25
_NEAR_KM: Final = 2 * _EARTH_KM * math.sin(_RADIUS_KM / _EARTH_KM)
"""The maximum straight-line distance between two points of one place. The limit is 50 km along the surface."""
_NEIGHBOURS: Final = tuple(product((-1, 0, 1), repeat=3))


def distance_km(one: Point, other: Point) -> float:
    """The great-circle distance between two points.

    Example:
        >>> round(distance_km((48.94, 2.35), (-20.88, 55.45)))
        9371
    """
    chord = math.dist(_to_position(one), _to_position(other))
    return 2 * _EARTH_KM * math.asin(min(1.0, chord / (2 * _EARTH_KM)))


class PointIndex:
    """Finds all points within 50 km of a point. Each point has a number.

    Example:
        >>> index = PointIndex()
        >>> index.add((45.76, 4.84), 7)
        >>> [number for _, number in index.find_near((45.7, 4.8))], list(index.find_near((48.9, 2.4)))
        ([7], [])
    """

    def __init__(self) -> None:
        self._cubes: defaultdict[tuple[int, ...], list[tuple[_Position, int]]] = defaultdict(list)

    def add(self, point: Point, number: int) -> None:
        """Add a point."""
        position = _to_position(point)
        self._cubes[_cube(position)].append((position, number))

    def find_near(self, point: Point) -> Iterator[tuple[float, int]]:
        """Yield the distance in kilometres and the number of each point within 50 km."""
        position = _to_position(point)
        cube = _cube(position)
        for step in _NEIGHBOURS if self._cubes else ():
            for other, number in self._cubes.get(tuple(map(sum, zip(cube, step, strict=True))), ()):
                distance = math.dist(position, other)
                if distance <= _NEAR_KM:
                    yield distance, number


def _assign_centres(points: Mapping[Point, int]) -> dict[Point, Point]:
    """Frequent points become centres first."""
    index = PointIndex()
    centres: list[Point] = []
    for point in _sort_by_frequency(points.items()):
        if next(index.find_near(point), None) is None:
            index.add(point, len(centres))
            centres.append(point)
    return {point: centres[min(index.find_near(point))[1]] for point in points}


def _to_position(point: Point) -> _Position:
    north, east = map(math.radians, point)
    across = _EARTH_KM * math.cos(north)
    return across * math.cos(east), across * math.sin(east), _EARTH_KM * math.sin(north)


def _cube(position: _Position) -> tuple[int, ...]:
    return tuple(math.floor(each / _NEAR_KM) for each in position)


# Remarks


_MOST_NAMED: Final = 3
_UMLAUTS: Final = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))
"""Two-letter spellings of ä, ö, ü and å, each with the letter without an accent."""


def remarks_on_places(rows_of: Mapping[Place, Sequence[int]]) -> defaultdict[int, list[Remark]]:
    """Return remarks on places with the same point or similar names, by the first row of each place."""
    by_point: dict[Point, list[Place]] = defaultdict(list)
    by_name: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in rows_of:
        if place.point is not None:
            by_point[place.point].append(place)
        name = fold(place.name)
        for written, letter in _UMLAUTS:
            name = name.replace(written, letter)
        by_name[place.country, name].append(place)
    remarks: defaultdict[int, list[Remark]] = defaultdict(list)
    for place, others in (each for places in by_point.values() for each in _with_others(places)):
        detail = f"{short(place.name)} has the same point as {others}"
        remarks[rows_of[place][0]].append(Remark(Reason.COORDINATES_SHARED, detail))
    for place in [place for place in rows_of if place.unconfirmed]:
        *most, last = map(short, sorted([place.name, *place.unconfirmed]))
        spellings = f"{', '.join(most)} and {last}"
        several = "if they are several places, give each row coordinates or a Wikidata id"
        detail = f"{spellings} differ in accents and are imported as one place; {several}"
        remarks[rows_of[place][0]].append(Remark(Reason.NAMES_ALIKE, detail))
    for place, others in (each for places in by_name.values() for each in _with_others(_similar_places(places))):
        detail = f"{short(place.name)} and {others} may be one place; if so, use one spelling"
        remarks[rows_of[place][0]].append(Remark(Reason.NAMES_ALIKE, detail))
    return remarks


def _similar_places(places: Sequence[Place]) -> list[Place]:
    if len({fold(place.name) for place in places}) == 1:  # most names are clear
        return []
    return [place for place in places if any(_may_be_one(place, other) for other in places)]


def _may_be_one(one: Place, other: Place) -> bool:
    if fold(one.name) == fold(other.name) or (one.wikidata is not None and other.wikidata is not None):
        return False
    if one.point is None or other.point is None:
        return True
    return math.dist(_to_position(one.point), _to_position(other.point)) <= _NEAR_KM


def _with_others(places: Sequence[Place]) -> Iterator[tuple[Place, str]]:
    shown = sorted(places, key=lambda place: place.name)[: _MOST_NAMED + 1]
    for place in places if len(places) > 1 else ():
        others = [short(other.name) for other in shown if other is not place][:_MOST_NAMED]
        more = len(places) - 1 - len(others)
        yield place, ", ".join(others) + (f" and {more:,} more" if more else "")
