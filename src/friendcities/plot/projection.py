"""Great circles, the Equal Earth projection, and the outlines of land."""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final

from matplotlib.path import Path

from friendcities.assets import asset

__all__ = ["Point", "great_circle", "land", "outline", "project", "project_copies", "wrap_longitude"]

Point = tuple[float, float]
"""A longitude and a latitude, in degrees; or a projected point, to the right and upwards."""

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
"""The coefficients of the projection: Šavrič, Patterson and Jenny, "The Equal Earth map projection", 2019."""
_STEP: Final = math.radians(2)
"""The largest distance between points of a great circle."""
_EDGE: Final = range(-90, 91, 2)
_AROUND: Final = 360.0
_HALF: Final = 180.0


def project(point: Point) -> Point:
    """Project a longitude and a latitude, with the Equal Earth projection of a sphere of radius 1.

    Example:
        >>> [round(each, 2) for each in project((180, 0))]
        [2.71, 0.0]
    """
    longitude, latitude = (math.radians(each) for each in point)
    bent = math.asin(math.sqrt(3) / 2 * math.sin(latitude))
    squared = bent * bent
    sixth = squared**3
    slope = _A1 + 3 * _A2 * squared + sixth * (7 * _A3 + 9 * _A4 * squared)
    x = 2 * math.sqrt(3) * longitude * math.cos(bent) / (3 * slope)
    return x, bent * (_A1 + _A2 * squared + sixth * (_A3 + _A4 * squared))


def great_circle(one: Point, other: Point) -> list[Point]:
    """The shortest line from one point to the other; its longitudes go beyond 180 degrees where it crosses that.

    Example:
        >>> [round(longitude) for longitude, _ in great_circle((170, 0), (-176, 0))]
        [170, 172, 174, 176, 178, 180, 182, 184]
    """
    start, end = _unit_vector(one), _unit_vector(other)
    angle = math.acos(max(-1.0, min(1.0, sum(a * b for a, b in zip(start, end, strict=True)))))
    steps = max(1, math.ceil(round(angle / _STEP, 6)))
    if math.sin(angle) < 1e-9:  # noqa: PLR2004 - the same point, or its antipode, to which every line is the shortest
        return [one, (one[0] + (_HALF if angle > 1 else 0.0), other[1])]
    found: list[Point] = []
    for step in range(steps + 1):
        back, forth = (math.sin(angle * part) / math.sin(angle) for part in (1 - step / steps, step / steps))
        x, y, z = (back * first + forth * last for first, last in zip(start, end, strict=True))
        longitude, latitude = math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))
        if found:
            longitude = wrap_longitude(longitude - found[-1][0]) + found[-1][0]
        found.append((longitude, latitude))
    return found


def _unit_vector(point: Point) -> tuple[float, float, float]:
    longitude, latitude = (math.radians(each) for each in point)
    return (
        math.cos(latitude) * math.cos(longitude),
        math.cos(latitude) * math.sin(longitude),
        math.sin(latitude),
    )


def wrap_longitude(longitude: float) -> float:
    """A longitude, or a difference of two, between -180 and 180 degrees.

    Example:
        >>> wrap_longitude(190), wrap_longitude(-180)
        (-170.0, -180.0)
    """
    return (longitude + _HALF) % _AROUND - _HALF


def project_copies(points: Sequence[Point], middle: float) -> Iterator[list[Point]]:
    """The projected copies of a line of which a part lies on a map with a meridian in its middle.

    A line that crosses an edge of the map continues at the other edge; the map's outline clips each copy.

    Args:
        points: The points of the line, their longitudes without jumps.
        middle: The longitude of the meridian.
    """
    west, east = min(point[0] for point in points), max(point[0] for point in points)
    for turn in range(-2, 3):
        moved = turn * _AROUND - middle
        if west + moved < _HALF and east + moved > -_HALF:
            yield [project((longitude + moved, latitude)) for longitude, latitude in points]


def outline() -> Path:
    """The edge of the map."""
    edge = [project((-_HALF, latitude)) for latitude in _EDGE]
    return Path([*edge, *((-x, y) for x, y in reversed(edge))], closed=True)


def land(middle: float) -> Path:
    """The outlines of land on a map with a meridian in its middle; some go beyond the edge."""
    return Path.make_compound_path(
        *(Path([*line, line[0]], closed=True) for ring in _rings() for line in project_copies(ring, middle))
    )


@cache
def _rings() -> tuple[tuple[Point, ...], ...]:
    """The rings of all land, from the TopoJSON that comes with the package; their longitudes have no jumps."""
    world: Any = json.loads(asset("land.json"))
    scale, shift = world["transform"]["scale"], world["transform"]["translate"]
    arcs = [_arc_points(arc, scale, shift) for arc in world["arcs"]]
    (shape,) = world["objects"]["land"]["geometries"]
    return tuple(tuple(_without_jumps(_join_arcs(arcs, ring))) for polygon in shape["arcs"] for ring in polygon)


def _arc_points(arc: Iterable[Sequence[int]], scale: Sequence[float], shift: Sequence[float]) -> list[Point]:
    """The points of an arc of TopoJSON, which stores differences."""
    x = y = 0
    found = []
    for right, up in arc:
        x, y = x + right, y + up
        found.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
    return found


def _join_arcs(arcs: Sequence[list[Point]], ring: Iterable[int]) -> list[Point]:
    """The points of a ring of TopoJSON: arcs end to end, one with a negative index backwards."""
    found: list[Point] = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        found += arc[1:] if found else arc
    return found


def _without_jumps(ring: Sequence[Point]) -> list[Point]:
    """A ring without jumps at 180 degrees; one around a pole is closed along it."""
    found = [ring[0]]
    for longitude, latitude in ring[1:]:
        before = found[-1][0]
        found.append((before + wrap_longitude(longitude - before), latitude))
    if abs(found[-1][0] - found[0][0]) > _HALF:
        pole = math.copysign(_HALF / 2, ring[0][1])
        found += [(found[-1][0], pole), (found[0][0], pole)]
    return found
