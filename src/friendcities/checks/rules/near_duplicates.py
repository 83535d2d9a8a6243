"""The rule ``near-duplicate``: one city under two similar names."""

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from attrs import frozen

from friendcities.checks.record_tree import RecordTree
from friendcities.checks.rule import Scope, rule
from friendcities.checks.rules.cities import are_compatible, are_namesakes, are_nested
from friendcities.errors import Problem
from friendcities.model import City, Coordinates, Level, NameKind
from friendcities.names import fold

_MAX_DISTANCE: Final = 15
"""Kilometres within which two cities with similar names may be one."""
_MIN_LETTERS: Final = 5
"""Length from which a name with one different letter is taken as a misspelling and not as another name."""
_MIN_LETTERS_WITHOUT_PLACE: Final = 8
"""That length if a city has no coordinates."""
_MAX_COMPARED: Final = 20
"""A city is compared with at most so many others of similar name, those next in latitude, to bound the time."""
_CONFUSED_LEVELS: Final = {Level.TOWN: Level.MUNICIPALITY}
"""Levels that sources confuse; cities of any other two levels often share a name."""
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
"""Transcribed words for a type of place, by country; elsewhere they may belong to the name."""
_NUMBERS: Final = re.compile(r"\d+|\b(?:[^\W\d]|[ivx]+)\b")
"""Numbers and single letters, which distinguish districts with one name."""
_KILOMETRES_PER_DEGREE: Final = 111.2


@frozen(eq=False)
class _ComparedName:
    """A name of a city without the words that sources add or leave out."""

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
        """Its letters, and its letters without one, never the first: names that differ in one letter share a key."""
        yield self.letters
        if len(self.letters) >= _MIN_LETTERS:
            yield from dict.fromkeys(self.letters[:at] + self.letters[at + 1 :] for at in range(1, len(self.letters)))


@rule(Scope.DATASET, excusable=True)
def near_duplicate(tree: RecordTree) -> Iterator[Problem]:
    """No city is on record twice under nearly one name.

    Sources spell one city in several ways, so that it may be entered twice: names that differ in one letter, in spaces,
    or in a word like 'city' or '-shi', within 15 kilometres of each other, or where a place is not on record and
    nothing else distinguishes the two. If they are one, join them, keep the other name in 'names', and leave the id
    that goes in 'redirects.json'. If not, their coordinates or ids in other registers show it, or an exception says so.
    """
    found: dict[str, Problem] = {}
    for one, other in _find_pairs(tree):
        distance = _distance(one.city.coordinates, other.city.coordinates)
        for name, twin in ((one, other), (other, one)):
            if tree.owns(name.city) and name.city.id not in found:
                found[name.city.id] = _make_problem(name, twin, distance, tree.path_of(name.city))
    return iter(found.values())


def _make_problem(name: _ComparedName, twin: _ComparedName, distance: float | None, path: str) -> Problem:
    relation = "also a name of" if name.text == twin.text else f"nearly {twin.text!r}, a name of"
    where = "and one of the two has no coordinates" if distance is None else f"{distance:.0f} km away"
    otherwise = "give both their coordinates" if distance is None else "make an exception"
    return Problem(
        path=path,
        field=name.field,
        message=f"{name.text!r} is {relation} {str(twin.city.id)!r}, {where}",
        expected="one record for one city",
        hint=f"join the two if they are one; if not, {otherwise}",
    )


def _find_pairs(tree: RecordTree) -> Iterator[tuple[_ComparedName, _ComparedName]]:
    """Pairs of cities that may be one, by a name of each."""
    comparable: dict[tuple[object, ...], list[_ComparedName]] = defaultdict(list)
    for city in tree.cities.values():
        level = _CONFUSED_LEVELS.get(city.level, city.level)
        for name in _compared_names(city):
            comparable[city.country, level, name.numbers].append(name)
    for names in comparable.values():
        buckets: dict[str, list[_ComparedName]] = defaultdict(list)
        for name in names:
            for key in name.keys():  # noqa: SIM118 - it is no mapping
                buckets[key].append(name)
        pairs = (pair for bucket in buckets.values() if len(bucket) > 1 for pair in _pair_neighbours(bucket))
        for one, other in dict.fromkeys(pairs):
            if _may_be_one_city(one, other, tree):
                yield one, other


def _compared_names(city: City) -> Iterator[_ComparedName]:
    """The different names of a city, without those of its predecessors."""
    texts = {"name": city.name}
    texts |= {f"names[{i}].text": each.text for i, each in enumerate(city.names) if each.kind != NameKind.PREDECESSOR}
    seen = set()
    for field, text in texts.items():
        name = _ComparedName.from_text(city, field, text)
        if (name.letters, name.numbers) not in seen:
            seen.add((name.letters, name.numbers))
            yield name


def _pair_neighbours(bucket: list[_ComparedName]) -> Iterator[tuple[_ComparedName, _ComparedName]]:
    """Pair each name with those next to it from south to north; cities without coordinates come last."""
    ordered = sorted(bucket, key=lambda name: (_latitude(name.city), name.city.id, name.field))
    for index, one in enumerate(ordered):
        for other in ordered[index + 1 : index + 1 + _MAX_COMPARED]:
            yield one, other


def _latitude(city: City) -> float:
    return math.inf if city.coordinates is None else city.coordinates.latitude


def _may_be_one_city(one: _ComparedName, other: _ComparedName, tree: RecordTree) -> bool:
    a, b = one.city, other.city
    if a is b or not _differ_by_one_slip(one.letters, other.letters):
        return False
    distance = _distance(a.coordinates, b.coordinates)
    if distance is None and not _agree_without_place(one, other):
        return False
    if distance is not None and distance > _MAX_DISTANCE:
        return False
    return not (are_namesakes(a, b) or are_nested(a, b, tree.cities))


def _agree_without_place(one: _ComparedName, other: _ComparedName) -> bool:
    """Whether identifiers and subdivisions suggest one city; needed without coordinates, as many names are similar."""
    a, b = one.city, other.city
    if any(b.identifiers.get(scheme, id_) != id_ for scheme, id_ in a.identifiers.items()):
        return False
    if one.letters == other.letters:
        return are_compatible(a.subdivision, b.subdivision)
    is_long = len(one.letters) >= _MIN_LETTERS_WITHOUT_PLACE
    return a.subdivision is not None and a.subdivision == b.subdivision and is_long


def _differ_by_one_slip(one: str, other: str) -> bool:
    """Whether two words are equal or differ by one letter: missing, replaced, or swapped with the next."""
    short, long = sorted((one, other), key=len)
    if one != other and len(short) < _MIN_LETTERS:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at + 1 : at + 2] + short[at : at + 1] == long[at : at + 2]
    return short[at + 1 :] == long[at + 1 :] or (swapped and short[at + 2 :] == long[at + 2 :])


def _distance(one: Coordinates | None, other: Coordinates | None) -> float | None:
    """The kilometres between two points, precise for near ones; ``None`` if one is unknown."""
    if one is None or other is None:
        return None
    north = (one.latitude - other.latitude) * _KILOMETRES_PER_DEGREE
    turn = abs(one.longitude - other.longitude)
    east = min(turn, 360 - turn) * _KILOMETRES_PER_DEGREE * math.cos(math.radians(one.latitude))
    return math.hypot(north, east)
