"""How cities stand to one another: which is a part of which, which share a name, how they are listed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final, TypeVar

from friendcities.model import City
from friendcities.names import fold

__all__ = ["agree", "are_namesakes", "are_nested", "listed", "namesakes", "shared"]

K = TypeVar("K")
ANY: Final = "*"
_MOST_LISTED: Final = 3


def are_nested(one: City, other: City, cities: Mapping[str, City]) -> bool:
    """Whether one of two cities is a part of the other, however far up.

    Example:
        >>> import friendcities as fc
        >>> cities = {city.id: city for city in fc.cities()}
        >>> are_nested(cities["cn-shanghai"], cities["cn-shanghai-pudong"], cities)
        True
    """
    return _is_above(one.id, other, cities) or _is_above(other.id, one, cities)


def _is_above(whole: str, part: City, cities: Mapping[str, City]) -> bool:
    seen = set()
    above = part.part_of
    while above is not None and above not in seen:
        if above == whole:
            return True
        seen.add(above)
        above = cities[above].part_of if above in cities else None
    return False


def shared(keyed: Iterable[tuple[K, City]]) -> Iterator[tuple[K, list[City]]]:
    """What more than one city has, with those that have it.

    Args:
        keyed: What each city has.
    """
    groups: dict[K, list[City]] = defaultdict(list)
    for key, city in keyed:
        groups[key].append(city)
    return ((key, group) for key, group in groups.items() if len(group) > 1)


def listed(cities: Iterable[City]) -> str:
    """Some cities by their ids, the first few.

    Example:
        >>> import friendcities as fc
        >>> listed([fc.city("Dunedin"), fc.city("Shanghai")])
        "'nz-dunedin' and 'cn-shanghai'"
    """
    first, *more = [repr(str(city.id)) for city in islice(cities, _MOST_LISTED + 1)]
    if not more:
        return first
    last = more[-1] if len(more) < _MOST_LISTED else "others"
    return f"{', '.join([first, *more[:-1]])} and {last}"


def agree(one: str | None, other: str | None) -> bool:
    """Whether two fields do not tell two cities apart: they are equal, or one is empty."""
    return one is None or other is None or one == other


def are_namesakes(one: City, other: City) -> bool:
    """Whether nothing tells two cities of one country and one English name apart; see :func:`namesakes`."""
    same = one.level is other.level and fold(one.name) == fold(other.name)
    return same and agree(one.subdivision, other.subdivision) and agree(one.part_of, other.part_of)


def namesakes(cities: Mapping[str, City]) -> Iterator[tuple[City, list[City]]]:
    """Each city whose English name another has that nothing tells apart from it, with a few of those.

    Two cities of one country are told apart by their level, by their subdivision, and by what they are a part of; the
    latter two, where both have one.
    """
    for _, group in shared(((city.country, city.level, fold(city.name)), city) for city in cities.values()):
        yield from _alike(group, cities)


def _alike(group: list[City], cities: Mapping[str, City]) -> Iterator[tuple[City, list[City]]]:
    """Of cities of one name, those that nothing tells apart; each is looked up by its places, known and unknown."""
    by_place: dict[tuple[str | None, str | None], list[City]] = defaultdict(list)
    for city in group:
        for subdivision in (city.subdivision, ANY):
            for whole in (city.part_of, ANY):
                by_place[subdivision, whole].append(city)
    for city in group:
        found: Iterator[City] = (
            other
            for subdivision in ((ANY,) if city.subdivision is None else (city.subdivision, None))
            for whole in ((ANY,) if city.part_of is None else (city.part_of, None))
            for other in by_place.get((subdivision, whole), ())
            if other is not city and not are_nested(city, other, cities)
        )
        others = list(islice(found, _MOST_LISTED + 1))
        if others:
            yield city, others
