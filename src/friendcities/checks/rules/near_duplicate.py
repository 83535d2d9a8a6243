"""The rule ``near-duplicate``."""

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from attrs import frozen

from friendcities.checks.cities import agree, are_namesakes, are_nested
from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope
from friendcities.errors import Problem
from friendcities.model import City, Coordinates, Level, NameKind
from friendcities.names import fold

__all__ = ["RULE"]

_NEAR: Final = 15
"""Kilometres within which two cities of nearly one name may be one."""
_SHORTEST: Final = 5
"""How many letters a name must have for a slip of the pen in it to be told from another name."""
_LONG: Final = 8
"""How many it must have where only the name and the subdivision speak for it."""
_MOST_COMPARED: Final = 20
"""With how many of those that nearly have its name a city is compared, the nearest by latitude: a bound for all."""
_CONFUSED: Final = {Level.TOWN: Level.MUNICIPALITY}
"""Levels that one source has for another's; of any other two levels, one often bears the name of the other."""
_OF: Final = re.compile(
    "^(?:(?:borough|city|county|district|municipality|town|village) of|(?:ciudad|commune|municipio|ville) de|stadt) "
)
_WHAT: Final = re.compile(" (?:borough|city|county|district|municipality|town|township|village)$")
_WHAT_IN: Final = {
    "CN": re.compile(" (?:qu|shi|xian)$"),
    "JP": re.compile(" (?:cho|gun|ku|machi|mura|shi|son)$"),
    "KR": re.compile(" (?:gu|gun|si)$"),
    "TW": re.compile(" (?:qu|shi|xian)$"),
}
"""Words for what a place is, in Latin letters, behind its name; elsewhere they may belong to the name."""
_MARKS: Final = re.compile(r"\d+|\b(?:[^\W\d]|[ivx]+)\b")
"""What tells quarters apart that are named alike: numbers, single letters."""
_KILOMETRES: Final = 111.2
"""The length of a degree of latitude."""
_BEYOND: Final = 91.0


@frozen(eq=False)
class _Name:
    """A name of a city, cut down to what names of one city have in common."""

    city: City
    field: str
    text: str
    letters: str
    marks: tuple[str, ...]

    @classmethod
    def of(cls, city: City, field: str, text: str) -> "_Name":
        cut = _WHAT.sub("", _OF.sub("", fold(text)))
        if city.country in _WHAT_IN:
            cut = _WHAT_IN[city.country].sub("", cut)
        return cls(city, field, text, _MARKS.sub("", cut).replace(" ", ""), tuple(_MARKS.findall(cut)))

    @property
    def shortened(self) -> Iterator[str]:
        """Its letters, and what is left without one but the first: two names that differ in one letter share such."""
        letters = self.letters
        yield letters
        if len(letters) >= _SHORTEST:
            yield from dict.fromkeys(letters[:at] + letters[at + 1 :] for at in range(1, len(letters)))


def _find(register: Register) -> Iterator[Problem]:
    found: dict[str, Problem] = {}
    for one, other in _pairs(register):
        distance = _distance(one.city.coordinates, other.city.coordinates)
        for name, twin in ((one, other), (other, one)):
            if register.owns(name.city) and name.city.id not in found:
                found[name.city.id] = _problem(name, twin, distance, register.path_of(name.city))
    return iter(found.values())


def _problem(name: _Name, twin: _Name, distance: float | None, path: str) -> Problem:
    said = "also a name of" if name.text == twin.text else f"nearly {twin.text!r}, a name of"
    where = "and one of the two has no coordinates" if distance is None else f"{distance:.0f} km away"
    otherwise = "give both their coordinates" if distance is None else "make an exception"
    return Problem(
        path=path,
        field=name.field,
        message=f"{name.text!r} is {said} {str(twin.city.id)!r}, {where}",
        expected="one record for one city",
        hint=f"join the two if they are one; if not, {otherwise}",
    )


def _pairs(register: Register) -> Iterator[tuple[_Name, _Name]]:
    """Each two cities that may be one, by a name of each."""
    comparable: dict[tuple[object, ...], list[_Name]] = defaultdict(list)
    for city in register.cities.values():
        level = _CONFUSED.get(city.level, city.level)
        for name in _names(city):
            comparable[city.country, level, name.marks].append(name)
    for names in comparable.values():
        buckets: dict[str, list[_Name]] = defaultdict(list)
        for name in names:
            for letters in name.shortened:
                buckets[letters].append(name)
        pairs = (pair for bucket in buckets.values() if len(bucket) > 1 for pair in _neighbours(bucket))
        for one, other in dict.fromkeys(pairs):
            if _may_be_one(one, other, register):
                yield one, other


def _names(city: City) -> Iterator[_Name]:
    """The names of a city that are its own, each once; those of places that it absorbed are theirs."""
    names = {"name": city.name}
    names |= {f"names[{i}].text": each.text for i, each in enumerate(city.names) if each.kind != NameKind.PREDECESSOR}
    seen = set()
    for field, text in names.items():
        name = _Name.of(city, field, text)
        if (name.letters, name.marks) not in seen:
            seen.add((name.letters, name.marks))
            yield name


def _neighbours(bucket: list[_Name]) -> Iterator[tuple[_Name, _Name]]:
    """Each name with those that follow it from south to north, as far as the bound goes."""
    in_order = sorted(bucket, key=lambda name: (_latitude(name.city), name.city.id, name.field))
    for at, one in enumerate(in_order):
        for other in in_order[at + 1 : at + 1 + _MOST_COMPARED]:
            yield one, other


def _latitude(city: City) -> float:
    return _BEYOND if city.coordinates is None else city.coordinates.latitude


def _may_be_one(one: _Name, other: _Name, register: Register) -> bool:
    a, b = one.city, other.city
    if a is b or not _close(one.letters, other.letters):
        return False
    distance = _distance(a.coordinates, b.coordinates)
    if distance is None and not _agree_without_place(one, other):
        return False
    if distance is not None and distance > _NEAR:
        return False
    return not (are_namesakes(a, b) or are_nested(a, b, register.cities))


def _agree_without_place(one: _Name, other: _Name) -> bool:
    """Whether all else speaks for one city where a place is not known, for many towns nearly share a name."""
    a, b = one.city, other.city
    if any(b.identifiers.get(scheme, id_) != id_ for scheme, id_ in a.identifiers.items()):
        return False
    if one.letters == other.letters:
        return agree(a.subdivision, b.subdivision)
    return a.subdivision is not None and a.subdivision == b.subdivision and len(one.letters) >= _LONG


def _close(one: str, other: str) -> bool:
    """Whether two words differ in no more than a letter that is missing, is another, or has changed places."""
    short, long = sorted((one, other), key=len)
    if one != other and len(short) < _SHORTEST:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    turned = short[at + 1 : at + 2] + short[at : at + 1] == long[at : at + 2]
    return short[at + 1 :] == long[at + 1 :] or (turned and short[at + 2 :] == long[at + 2 :])


def _distance(one: Coordinates | None, other: Coordinates | None) -> float | None:
    """The kilometres between two points that are not far apart; of others, many."""
    if one is None or other is None:
        return None
    north = (one.latitude - other.latitude) * _KILOMETRES
    turn = abs(one.longitude - other.longitude)
    east = min(turn, 360 - turn) * _KILOMETRES * math.cos(math.radians(one.latitude))
    return math.hypot(north, east)


RULE = Rule(
    name="near-duplicate",
    scope=Scope.DATASET,
    summary="no city is on record twice under nearly one name",
    description=(
        "Sources spell one city in several ways, so that it may be entered twice: names that differ in one letter, in "
        "spaces, or in a word like 'city' or '-shi', within 15 kilometres of each other, or where a place is not on "
        "record and nothing else tells the two apart. If they are one, join them, keep the other name in 'names', and "
        "leave the id that goes in 'redirects.json'. If not, their coordinates or ids in other registers show it, or "
        "an exception says so."
    ),
    find=_find,
    excusable=True,
)
