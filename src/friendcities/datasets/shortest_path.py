"""Finds the shortest path from one city to another along partnerships."""

from collections import defaultdict, deque
from collections.abc import Iterable

from friendcities.errors import NoPathError
from friendcities.model import City, CityId, Partnership


def find_path(partnerships: Iterable[Partnership], start: City, end: City) -> list[CityId]:
    """Return the ids of the cities on the shortest path. Raise NoPathError if there is no path.

    Among equally short paths, the first in alphabetical order of ids is returned.
    """
    partners: defaultdict[CityId, set[CityId]] = defaultdict(set)
    number = 0
    for number, partnership in enumerate(partnerships, 1):  # noqa: B007 - the error contains the number
        first, second = partnership.cities
        partners[first].add(second)
        partners[second].add(first)
    distances = {end.id: 0}
    reached = deque([end.id])
    while reached and start.id not in distances:
        city = reached.popleft()
        for partner in partners[city] - distances.keys():
            distances[partner] = distances[city] + 1
            reached.append(partner)
    if start.id not in distances:
        message = f"no path from {start.name} to {end.name} among the {number} selected partnerships"
        hint = "select more partnerships, for example with status='any'"
        command = "select more partnerships, for example with --status any"
        raise NoPathError(message, (start.id, end.id), (), hint, command)
    path = [start.id]
    while path[-1] != end.id:
        nearer = distances[path[-1]] - 1
        path.append(min(partner for partner in partners[path[-1]] if distances.get(partner) == nearer))
    return path
