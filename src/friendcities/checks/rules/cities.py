"""Rules on cities: their points, identifiers and names."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Final, TypeVar

from attrs import frozen

from friendcities.checks.record_tree import RecordTree
from friendcities.checks.rule import Scope, rule
from friendcities.errors import Problem
from friendcities.model import AnyRecord, City, Coordinates, Level, NameKind
from friendcities.names import fold
from friendcities.names.bounding_boxes import Box, boxes, is_inside, subdivision_boxes

K = TypeVar("K")
_MOST_LISTED: Final = 3
_DECIMALS: Final = 4
"""The number of decimals that are compared. The fourth decimal is about ten metres."""


def are_nested(one: City, other: City, cities: Mapping[str, City]) -> bool:
    """Whether one of the two cities is a direct or indirect part of the other."""
    return is_part_of(other, one.id, cities) or is_part_of(one, other.id, cities)


def is_part_of(part: City, whole: str, cities: Mapping[str, City]) -> bool:
    """Whether a city is a direct or indirect part of another city."""
    seen: set[str] = set()
    above: City | None = part
    while above is not None and above.part_of is not None and above.part_of not in seen:
        if above.part_of == whole:
            return True
        seen.add(above.part_of)
        above = cities.get(above.part_of)
    return False


def _are_compatible(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def format_ids(cities: Iterable[City]) -> str:
    """List the ids of the first few cities."""
    ids = [repr(str(city.id)) for city in islice(cities, _MOST_LISTED + 1)]
    return ", ".join(ids[:_MOST_LISTED]) + " and others" * (len(ids) > _MOST_LISTED)


def _group_duplicates(keyed: Iterable[tuple[K, City]]) -> Iterator[tuple[K, list[City]]]:
    groups: dict[K, list[City]] = defaultdict(list)
    for key, city in keyed:
        groups[key].append(city)
    return ((key, group) for key, group in groups.items() if len(group) > 1)


@rule(Scope.RECORD, excusable=True)
def outside_country(city: AnyRecord, _: RecordTree) -> Iterator[Problem]:
    """The coordinates of a city must be inside its country.

    Coordinates outside the country are usually wrong. For example, latitude and longitude are swapped. The rule uses a
    bounding box of all places of the country in GeoNames. A territory with its own code, such as Martinique ('MQ'), is
    treated as a country. If a place really is outside, add an exception.
    """
    if not isinstance(city, City) or city.coordinates is None or city.country not in boxes():
        return
    box, latitude, longitude = boxes()[city.country], city.coordinates.latitude, city.coordinates.longitude
    if not is_inside(box, latitude, longitude):
        south, west, north, east = box
        across = "" if west <= east else ", across the 180th meridian"
        message = f"the point {latitude}, {longitude} is outside {city.country_name}"
        expected = f"a latitude from {south} to {north}, and a longitude from {west} to {east}{across}"
        hint = _guess_slip(box, latitude, longitude)
        yield Problem(field="coordinates", message=message, expected=expected, hint=hint)


def _guess_slip(box: Box, latitude: float, longitude: float) -> str:
    slips = {
        "swapped values": (longitude, latitude),
        "a wrong sign of the latitude": (-latitude, longitude),
        "a wrong sign of the longitude": (latitude, -longitude),
        "two wrong signs": (-latitude, -longitude),
        "swapped values and a wrong sign of the latitude": (-longitude, latitude),
        "swapped values and a wrong sign of the longitude": (longitude, -latitude),
    }
    for slip, (north, east) in slips.items():
        if abs(north) <= 90 and is_inside(box, north, east):  # noqa: PLR2004 - the poles
            return f"probably {slip}: write latitude {north}, longitude {east}"
    return "correct the coordinates or the country"


@rule(Scope.RECORD, excusable=True)
def outside_subdivision(city: AnyRecord, _: RecordTree) -> Iterator[Problem]:
    """The coordinates of a city must be inside its subdivision.

    A point far outside the subdivision usually belongs to another place of the same name. The code of the subdivision
    may also be wrong. The rule applies to about a third of the subdivisions. The rule uses a bounding box of the places
    in GeoNames, with a margin of one degree. The rule outside-country reports points outside the country.
    """
    if not isinstance(city, City) or city.coordinates is None or city.subdivision is None:
        return
    box = subdivision_boxes().get(city.subdivision)
    if box is None:
        return
    latitude, longitude = city.coordinates.latitude, city.coordinates.longitude
    is_in_country = city.country not in boxes() or is_inside(boxes()[city.country], latitude, longitude)
    if is_in_country and not is_inside(box, latitude, longitude):
        south, west, north, east = box
        yield Problem(
            field="coordinates",
            message=f"the point {latitude}, {longitude} is outside {city.subdivision}",
            expected=f"a latitude from {south} to {north}, and a longitude from {west} to {east}",
            hint="correct the coordinates or the subdivision",
        )


@rule(Scope.DATASET, excusable=True)
def shared_coordinates(tree: RecordTree) -> Iterator[Problem]:
    """Two cities must not have the same coordinates.

    Equal coordinates are usually copied, or the two records describe the same city. The rule compares four decimals. A
    district may have the coordinates of the city that contains the district.
    """
    keyed = ((_round(city.coordinates), city) for city in tree.cities.values() if city.coordinates is not None)
    for _, group in _group_duplicates(keyed):
        for city in filter(tree.owns, group):
            unrelated = (each for each in group if each is not city and not are_nested(city, each, tree.cities))
            others = [*islice(unrelated, _MOST_LISTED + 1)]
            if others:
                path, message = tree.path_of(city), f"the city has the same coordinates as {format_ids(others)}"
                hint = "correct the copied coordinates, combine the records, or set 'part_of' of one city"
                yield Problem(
                    path=path, field="coordinates", message=message, expected="different coordinates", hint=hint
                )


def _round(coordinates: Coordinates) -> tuple[float, float]:
    longitude = coordinates.longitude % 360  # the 180th meridian is both 180 and -180
    return round(coordinates.latitude, _DECIMALS), round(longitude, _DECIMALS) % 360


_CLOSE: Final = 0.7
"""The minimum distance, in kilometres, between the points of two districts."""


@rule(Scope.DATASET, excusable=True)
def close_districts(tree: RecordTree) -> Iterator[Problem]:
    """The points of two districts of a city must be at least 700 metres apart.

    If two points are closer, one point is probably on the border or in the wrong district. Compare the points
    with a map.
    """
    siblings: dict[str, list[City]] = defaultdict(list)
    for city in tree.cities.values():
        if city.level is Level.DISTRICT and city.part_of is not None and city.coordinates is not None:
            siblings[city.part_of].append(city)
    for districts in siblings.values():
        for city in filter(tree.owns, districts):
            near = ((other, _distance(city, other)) for other in districts if other is not city)
            for other, distance in near:
                if distance is not None and 0 < distance < _CLOSE:
                    message = f"the point is {distance * 1000:.0f} metres from the point of {str(other.id)!r}"
                    expected, hint = "a point inside the district", "compare both points with a map, and correct one"
                    yield Problem(
                        path=tree.path_of(city), field="coordinates", message=message, expected=expected, hint=hint
                    )


@rule(Scope.DATASET, excusable=True)
def shared_identifier(tree: RecordTree) -> Iterator[Problem]:
    """A Wikidata or GeoNames identifier must belong to only one city.

    If two cities share an identifier, one identifier is wrong, or the two records describe the same city. Some
    identifiers mean a city together with its state or district. Keep such an identifier in only one record, or add an
    exception.
    """
    keyed = ((identifier, city) for city in tree.cities.values() for identifier in city.identifiers.items())
    for (scheme, id_), group in _group_duplicates(keyed):
        for city in filter(tree.owns, group):
            path, field = tree.path_of(city), f"identifiers.{scheme}"
            message = f"{id_!r} is also the identifier of {format_ids(other for other in group if other is not city)}"
            hint = "delete the identifier from the wrong city, or combine the records"
            expected = "an identifier of this city only"
            yield Problem(path=path, field=field, message=message, expected=expected, hint=hint)


@rule(Scope.DATASET, excusable=True)
def shared_name(tree: RecordTree) -> Iterator[Problem]:
    """Cities with the same name must differ in another field.

    Two cities with the same name, country and level need different subdivisions, or different values of 'part_of'. A
    city must list each name once. Case and accents are ignored. If nothing distinguishes two cities, one city may have
    been entered twice. Use a name like 'Springfield, Illinois' and an id like 'us-il-springfield', or combine the
    records.
    """
    for city, others in _find_namesakes(tree.cities):
        if tree.owns(city):
            message = f"{city.name!r} is also the name of {format_ids(others)}; nothing distinguishes these cities"
            expected = "another name, subdivision or 'part_of'"
            hint = "combine the records, or add the subdivision to the id and the name of each city"
            yield Problem(path=tree.path_of(city), field="name", message=message, expected=expected, hint=hint)
    for city in tree.records[City].values():
        seen: dict[tuple[str, str, str], int] = {}
        for index, name in enumerate(city.names):
            first = seen.setdefault((name.text, name.language, name.kind), index)
            if first != index:
                path, field = tree.path_of(city), f"names[{index}]"
                message = f"{name.text!r} is already listed as names[{first}]"
                expected, hint = "each name once for each language and kind", "delete one of the two"
                yield Problem(path=path, field=field, message=message, expected=expected, hint=hint)


def _find_namesakes(cities: Mapping[str, City]) -> Iterator[tuple[City, list[City]]]:
    """Yield each city with a shared name, and some of the other cities."""
    for _, group in _group_duplicates(((city.country, city.level, fold(city.name)), city) for city in cities.values()):
        by_subdivision: dict[str | None, list[City]] = defaultdict(list)
        for city in group:
            by_subdivision[city.subdivision].append(city)
        for city in group:
            near = chain(by_subdivision[city.subdivision], by_subdivision[None]) if city.subdivision else group
            namesakes = (each for each in near if _are_compatible(city.part_of, each.part_of) and each is not city)
            others = [*islice((each for each in namesakes if not are_nested(city, each, cities)), _MOST_LISTED + 1)]
            if others:
                yield city, others


_MAX_DISTANCE: Final = 15
"""The maximum distance, in kilometres, between two records of one city."""
_MIN_LETTERS: Final = 5
"""The minimum length of names to compare by spelling. Shorter names that differ in one letter are distinct."""
_MIN_LETTERS_WITHOUT_PLACE: Final = 8
"""The minimum length of names to compare by spelling if a city has no coordinates."""
_MAX_COMPARED: Final = 20
"""The maximum number of similar names with which a name is compared."""
_CONFUSED_LEVELS: Final = {Level.TOWN: Level.MUNICIPALITY}
"""Levels of government that sources confuse. Two cities of other levels may have the same name."""
_TYPE_BEFORE: Final = re.compile(
    "^(?:(?:borough|city|county|district|municipality|town|village) of|(?:ciudad|commune|municipio|ville) de|stadt) "
)
_TYPE_AFTER: Final = re.compile(" (?:borough|city|county|district|municipality|town|township|village)$")
_TYPE_AFTER_IN: Final = {
    "CN": re.compile(" (?:qu|shi|xian)$"),
    "JP": re.compile(" (?:cho|gun|ku|machi|mura|shi|son)$"),
    "KR": re.compile(" (?:gu|gun|si)$"),
    "TW": re.compile(" (?:qu|shi|xian)$"),
}
"""Transcribed words for types of places, by country. In other countries, these words may belong to a name."""
_NUMBERS: Final = re.compile(r"\d+|\b(?:[^\W\d]|[ivx]+)\b")
"""Matches numbers and single letters, such as in "District 5" and "District B"."""


@frozen(eq=False)
class _ComparedName:
    """A name of a city without optional words such as "city"."""

    city: City
    field: str
    text: str
    letters: str
    numbers: tuple[str, ...]

    @classmethod
    def from_text(cls, city: City, field: str, text: str) -> "_ComparedName":
        core = _TYPE_AFTER.sub("", _TYPE_BEFORE.sub("", fold(text)))
        if city.country in _TYPE_AFTER_IN:
            core = _TYPE_AFTER_IN[city.country].sub("", core)
        return cls(city, field, text, _NUMBERS.sub("", core).replace(" ", ""), tuple(_NUMBERS.findall(core)))

    def keys(self) -> Iterator[str]:
        """Yield keys. Similar names have a common key."""
        yield f"={self.letters}"
        if len(self.letters) >= _MIN_LETTERS:
            shorter = (self.letters[:index] + self.letters[index + 1 :] for index in range(1, len(self.letters)))
            yield from dict.fromkeys((self.letters, *shorter))


@rule(Scope.DATASET, excusable=True)
def near_duplicate(tree: RecordTree) -> Iterator[Problem]:
    """A city must not be entered twice under similar names.

    The rule reports two cities within 15 kilometres with similar names. For example, similar names differ in one
    letter, in spaces, or in the word 'city'. Cities without coordinates are reported if nothing else distinguishes the
    cities. If the two records describe one city, combine the records. Add the second name to 'names', and the removed
    id to 'redirects.json'. If the two cities are distinct, add coordinates, identifiers or an exception.
    """
    found: dict[str, Problem] = {}
    for one, other in _find_pairs(tree):
        distance = _distance(one.city, other.city)
        for name, twin in ((one, other), (other, one)):
            if tree.owns(name.city) and name.city.id not in found:
                found[name.city.id] = _make_problem(name, twin, distance, tree.path_of(name.city))
    return iter(found.values())


def _make_problem(name: _ComparedName, twin: _ComparedName, distance: float | None, path: str) -> Problem:
    relation = "also a name of" if name.text == twin.text else f"similar to {twin.text!r}, a name of"
    where = "and one of the two cities has no coordinates" if distance is None else f"{distance:.0f} km away"
    otherwise = "add the coordinates of both cities" if distance is None else "add an exception"
    message = f"{name.text!r} is {relation} {str(twin.city.id)!r}, {where}"
    hint = f"combine the records of the same city; otherwise, {otherwise}"
    return Problem(
        path=path, field=name.field, message=message, expected="no second record of the same city", hint=hint
    )


def _find_pairs(tree: RecordTree) -> Iterator[tuple[_ComparedName, _ComparedName]]:
    comparable: dict[tuple[object, ...], list[_ComparedName]] = defaultdict(list)
    for city in tree.cities.values():
        level = _CONFUSED_LEVELS.get(city.level, city.level)
        for name in _compared_names(city):
            comparable[city.country, level, name.numbers].append(name)
    for names in comparable.values():
        buckets: dict[str, list[_ComparedName]] = defaultdict(list)
        for name in names:
            for key in name.keys():  # noqa: SIM118 - a name is not a mapping
                buckets[key].append(name)
        pairs = (pair for bucket in buckets.values() if len(bucket) > 1 for pair in _pair_by_latitude(bucket))
        yield from (pair for pair in dict.fromkeys(pairs) if _may_be_one_city(*pair, tree))


def _compared_names(city: City) -> Iterator[_ComparedName]:
    texts = {"name": city.name}
    texts |= {f"names[{i}].text": each.text for i, each in enumerate(city.names) if each.kind != NameKind.PREDECESSOR}
    seen = set()
    for field, text in texts.items():
        name = _ComparedName.from_text(city, field, text)
        if (name.letters, name.numbers) not in seen:
            seen.add((name.letters, name.numbers))
            yield name


def _pair_by_latitude(bucket: list[_ComparedName]) -> Iterator[tuple[_ComparedName, _ComparedName]]:
    """Yield pairs of each name and the next names from south to north. Cities without coordinates come last."""

    def sort_key(name: _ComparedName) -> tuple[float, str, str]:
        point = name.city.coordinates
        return math.inf if point is None else point.latitude, name.city.id, name.field

    ordered = sorted(bucket, key=sort_key)
    for index, one in enumerate(ordered):
        yield from ((one, other) for other in ordered[index + 1 : index + 1 + _MAX_COMPARED])


def _may_be_one_city(one: _ComparedName, other: _ComparedName, tree: RecordTree) -> bool:
    a, b = one.city, other.city
    if a is b or not _differ_by_one_slip(one.letters, other.letters):
        return False
    distance = _distance(a, b)
    is_near = _agree_without_place(one, other) if distance is None else distance <= _MAX_DISTANCE
    are_namesakes = fold(a.name) == fold(b.name) and a.level is b.level and _are_compatible(a.part_of, b.part_of)
    is_reported = are_namesakes and _are_compatible(
        a.subdivision, b.subdivision
    )  # the rule shared-name reports these cities
    return is_near and not is_reported and not are_nested(a, b, tree.cities)


def _agree_without_place(one: _ComparedName, other: _ComparedName) -> bool:
    """Whether the identifiers and subdivisions of two cities without coordinates suggest the same city."""
    a, b = one.city, other.city
    if any(b.identifiers.get(scheme, id_) != id_ for scheme, id_ in a.identifiers.items()):
        return False
    if one.letters == other.letters:
        return _are_compatible(a.subdivision, b.subdivision)
    is_long = len(one.letters) >= _MIN_LETTERS_WITHOUT_PLACE
    return a.subdivision is not None and a.subdivision == b.subdivision and is_long


def _differ_by_one_slip(one: str, other: str) -> bool:
    """Whether two words are equal, or differ by one slip: one missing, wrong or swapped letter."""
    slips = [index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other) or len(slips) <= 1:
        return True
    return slips[-1] - slips[0] == 1 and sorted(one) == sorted(other)


def _distance(one: City, other: City) -> float | None:
    points = one.coordinates, other.coordinates
    return None if points[0] is None or points[1] is None else points[0].kilometres_to(points[1])
