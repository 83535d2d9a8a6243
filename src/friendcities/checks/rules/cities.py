"""Rules on cities: ``outside-country``, ``shared-coordinates``, ``shared-identifier``, ``shared-name``."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final, TypeVar

from friendcities.checks.record_tree import RecordTree
from friendcities.checks.rule import Scope, rule
from friendcities.errors import Problem
from friendcities.model import AnyRecord, City, Coordinates
from friendcities.names import fold
from friendcities.names.bounding_boxes import Box, boxes, is_inside

K = TypeVar("K")
_ANY: Final = "*"
_MOST_LISTED: Final = 3
_DECIMALS: Final = 4
"""Coordinates that agree to so many decimals, some ten metres, are the same point."""


def are_nested(one: City, other: City, cities: Mapping[str, City]) -> bool:
    """Whether one of two cities is a direct or indirect part of the other.

    Example:
        >>> import friendcities as fc
        >>> cities = {city.id: city for city in fc.cities()}
        >>> are_nested(cities["cn-shanghai"], cities["cn-shanghai-pudong"], cities)
        True
    """
    return _is_part_of(other, one.id, cities) or _is_part_of(one, other.id, cities)


def _is_part_of(part: City, whole: str, cities: Mapping[str, City]) -> bool:
    seen = set()
    above = part.part_of
    while above is not None and above not in seen:
        if above == whole:
            return True
        seen.add(above)
        above = cities[above].part_of if above in cities else None
    return False


def are_compatible(one: str | None, other: str | None) -> bool:
    """Whether two values are equal or one is missing."""
    return one is None or other is None or one == other


def are_namesakes(one: City, other: City) -> bool:
    """Whether two cities of one country agree in name, level, subdivision and ``part_of`` as far as known."""
    is_same = one.level is other.level and fold(one.name) == fold(other.name)
    return is_same and are_compatible(one.subdivision, other.subdivision) and are_compatible(one.part_of, other.part_of)


def format_ids(cities: Iterable[City]) -> str:
    """List the ids of the first few cities.

    Example:
        >>> import friendcities as fc
        >>> format_ids([fc.city("Dunedin"), fc.city("Shanghai")])
        "'nz-dunedin' and 'cn-shanghai'"
    """
    first, *more = [repr(str(city.id)) for city in islice(cities, _MOST_LISTED + 1)]
    if not more:
        return first
    last = more[-1] if len(more) < _MOST_LISTED else "others"
    return f"{', '.join([first, *more[:-1]])} and {last}"


def _group_duplicates(keyed: Iterable[tuple[K, City]]) -> Iterator[tuple[K, list[City]]]:
    """Group cities by key, and keep the groups of several cities."""
    groups: dict[K, list[City]] = defaultdict(list)
    for key, city in keyed:
        groups[key].append(city)
    return ((key, group) for key, group in groups.items() if len(group) > 1)


@rule(Scope.RECORD, excusable=True)
def outside_country(city: AnyRecord, _: RecordTree) -> Iterator[Problem]:
    """A city lies in its country.

    Coordinates outside the box that holds all places of the city's country are mistyped: latitude and longitude
    swapped, a sign lost, a digit wrong. The boxes are those of GeoNames' places, and wide. A territory with a code of
    its own, like Martinique ('MQ'), is another country here. Where a place does lie outside, make an exception.
    """
    if not isinstance(city, City) or city.coordinates is None or city.country not in boxes():
        return
    box, latitude, longitude = boxes()[city.country], city.coordinates.latitude, city.coordinates.longitude
    if not is_inside(box, latitude, longitude):
        south, west, north, east = box
        across = "" if west <= east else ", across the 180th meridian"
        yield Problem(
            field="coordinates",
            message=f"latitude {latitude}, longitude {longitude} lies outside {city.country_name}",
            expected=f"a latitude from {south} to {north}, and a longitude from {west} to {east}{across}",
            hint=_guess_slip(box, latitude, longitude),
        )


def _guess_slip(box: Box, latitude: float, longitude: float) -> str:
    """Name the slip that would explain the point, if there is one."""
    slips = {
        "the two are swapped": (longitude, latitude),
        "the sign of the latitude is wrong": (-latitude, longitude),
        "the sign of the longitude is wrong": (latitude, -longitude),
        "both signs are wrong": (-latitude, -longitude),
        "the two are swapped, and the sign of the latitude is wrong": (-longitude, latitude),
        "the two are swapped, and the sign of the longitude is wrong": (longitude, -latitude),
    }
    for slip, (north, east) in slips.items():
        if abs(north) <= 90 and is_inside(box, north, east):  # noqa: PLR2004 - the poles
            return f"{slip}, it seems: write latitude {north}, longitude {east}"
    return "correct the coordinates or the country"


@rule(Scope.DATASET, excusable=True)
def shared_coordinates(tree: RecordTree) -> Iterator[Problem]:
    """Two cities do not lie at one point.

    Coordinates that agree to four decimals were copied from one city to another, or the two are one city. A district
    may share the point of the city that it is a part of.
    """
    keyed = ((_round(city.coordinates), city) for city in tree.cities.values() if city.coordinates is not None)
    for _, group in _group_duplicates(keyed):
        for city in filter(tree.owns, group):
            unrelated = (each for each in group if each is not city and not are_nested(city, each, tree.cities))
            others = [*islice(unrelated, _MOST_LISTED + 1)]
            if others:
                yield Problem(
                    path=tree.path_of(city),
                    field="coordinates",
                    message=f"this is the very point of {format_ids(others)}, too",
                    expected="a point of its own",
                    hint="correct the one that was copied, join the two if they are one, or say which is a part of "
                    "which",
                )


def _round(coordinates: Coordinates) -> tuple[float, float]:
    longitude = coordinates.longitude % 360  # the 180th meridian is both 180 and -180
    return round(coordinates.latitude, _DECIMALS), round(longitude, _DECIMALS) % 360


@rule(Scope.DATASET, excusable=True)
def shared_identifier(tree: RecordTree) -> Iterator[Problem]:
    """An id in another register is that of one city.

    By their ids in other registers, Wikidata or GeoNames, cities are distinguished and found again. An id at two cities
    was copied to the wrong one, or the two are one. Where the other register does not distinguish a city from its state
    or its district, leave the id with the one that it is about, or make an exception.
    """
    keyed = ((identifier, city) for city in tree.cities.values() for identifier in city.identifiers.items())
    for (scheme, id_), group in _group_duplicates(keyed):
        for city in filter(tree.owns, group):
            others = (other for other in group if other is not city)
            yield Problem(
                path=tree.path_of(city),
                field=f"identifiers.{scheme}",
                message=f"{id_!r} stands with {format_ids(others)}, too",
                expected="an id that no other city has",
                hint="leave it with the city that it is the id of, or join the two if they are one",
            )


@rule(Scope.DATASET, excusable=True)
def shared_name(tree: RecordTree) -> Iterator[Problem]:
    """Cities of one name can be distinguished, and a city lists a name once.

    Two cities of one country, one level and one English name, case and accents aside, are distinguished by their
    subdivisions or by the cities that they are parts of. If both are in one subdivision, or one names none, they may be
    one city entered twice, and a reader cannot know which is meant. Write 'Springfield, Illinois' and
    'us-il-springfield', or join the two.
    """
    for city, others in _find_namesakes(tree.cities):
        if tree.owns(city):
            yield Problem(
                path=tree.path_of(city),
                field="name",
                message=f"{city.name!r} is the name of {format_ids(others)}, too, "
                "which nothing distinguishes from this city",
                expected="cities of one country that can be distinguished",
                hint="join them if they are one; else give each its subdivision, in its id and its name, too",
            )
    for city in tree.records[City].values():
        seen: dict[tuple[str, str, str], int] = {}
        for index, name in enumerate(city.names):
            first = seen.setdefault((name.text, name.language, name.kind), index)
            if first != index:
                yield Problem(
                    path=tree.path_of(city),
                    field=f"names[{index}]",
                    message=f"{name.text!r} is listed already, as names[{first}]",
                    expected="each name once in a language and a kind",
                    hint="delete one of the two",
                )


def _find_namesakes(cities: Mapping[str, City]) -> Iterator[tuple[City, list[City]]]:
    """Find the cities that have namesakes of which they are no part, each with the first few of those.

    Each name is indexed by subdivision and ``part_of``, known and unknown, so that many cities of one name stay fast.
    """
    for _, group in _group_duplicates(((city.country, city.level, fold(city.name)), city) for city in cities.values()):
        by_place: dict[tuple[str | None, str | None], list[City]] = defaultdict(list)
        for city in group:
            for subdivision in (city.subdivision, _ANY):
                for whole in (city.part_of, _ANY):
                    by_place[subdivision, whole].append(city)
        for city in group:
            namesakes: Iterator[City] = (
                other
                for subdivision in ((_ANY,) if city.subdivision is None else (city.subdivision, None))
                for whole in ((_ANY,) if city.part_of is None else (city.part_of, None))
                for other in by_place.get((subdivision, whole), ())
                if other is not city and not are_nested(city, other, cities)
            )
            others = [*islice(namesakes, _MOST_LISTED + 1)]
            if others:
                yield city, others
