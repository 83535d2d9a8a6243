"""Points that lie near each other, found in a time that grows as their number does."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Final

__all__ = ["Near", "Point", "centred"]

Point = tuple[float, float]
"""Latitude and longitude, in degrees."""

_NEAR_KM: Final = 50.0
"""How far apart two points may lie that are given for one name in one country, and be those of one place."""
_EARTH_KM: Final = 6371.0
_STEPS: Final = tuple(product((-1, 0, 1), repeat=3))


class Near:
    """Numbered points, to be found from others that lie within 50 km.

    Space is cut into cubes of 50 km, so what lies near a point is in its cube or in one of the 26 around it.
    """

    def __init__(self) -> None:
        self._cubes: defaultdict[tuple[int, ...], list[tuple[Point, int]]] = defaultdict(list)

    def add(self, point: Point, number: int) -> None:
        """Add a point."""
        self._cubes[_cube(point)].append((point, number))

    def around(self, point: Point) -> Iterator[tuple[float, int]]:
        """The distance in kilometres and the number of each point that lies near, in no order.

        Example:
            >>> near = Near()
            >>> near.add((45.76, 4.84), 7)
            >>> [number for _, number in near.around((45.7, 4.8))], list(near.around((48.9, 2.4)))
            ([7], [])
        """
        cube = _cube(point)
        for step in _STEPS if self._cubes else ():
            for other, number in self._cubes.get(tuple(map(sum, zip(cube, step, strict=True))), ()):
                far = _kilometres(point, other)
                if far <= _NEAR_KM:
                    yield far, number


def centred(points: Mapping[Point, int]) -> dict[Point, Point]:
    """The centre that each of some points is nearest to.

    The centres are points of which no two lie near each other; all others lie near one. The more frequent come first.

    Args:
        points: The points, and how often each is given.

    Example:
        >>> centred({(45.76, 4.84): 2, (45.7, 4.8): 1, (48.9, 2.4): 1})
        {(45.76, 4.84): (45.76, 4.84), (45.7, 4.8): (45.76, 4.84), (48.9, 2.4): (48.9, 2.4)}
    """
    near = Near()
    centres: list[Point] = []
    for point in sorted(points, key=lambda point: (-points[point], point)):
        if next(near.around(point), None) is None:
            near.add(point, len(centres))
            centres.append(point)
    return {point: centres[min(near.around(point))[1]] for point in points}


def _cube(point: Point) -> tuple[int, ...]:
    north, east = map(math.radians, point)
    where = math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)
    return tuple(math.floor(each * _EARTH_KM / _NEAR_KM) for each in where)


def _kilometres(one: Point, other: Point) -> float:
    """The length of the great circle between two points, by the haversine formula (Sinnott 1984)."""
    south, north = math.radians(one[0]), math.radians(other[0])
    half = math.sin((north - south) / 2) ** 2
    half += math.cos(south) * math.cos(north) * math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))
