"""Computes great circles, the Equal Earth projection, and the outlines of land."""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final

import numpy as np
from matplotlib.path import Path

from friendcities.web_assets import asset

Point = tuple[float, float]
"""A longitude and a latitude in degrees, or the x and the y of a projected point."""

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
"""The coefficients of the projection: Šavrič, Patterson and Jenny, "The Equal Earth map projection", 2019."""
_STEP: Final = math.radians(2)
"""The maximum distance between points of a great circle."""
_AROUND, _HALF = 360.0, 180.0


def project(point: Point) -> Point:
    """Project a longitude and a latitude with the Equal Earth projection.

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
    """Return the shortest line between two points. Longitudes exceed 180 if the line crosses the antimeridian.

    Example:
        >>> [round(longitude) for longitude, _ in great_circle((170, 0), (-176, 0))]
        [170, 172, 174, 176, 178, 180, 182, 184]
    """
    start, end = _unit_vector(one), _unit_vector(other)
    angle = math.acos(max(-1.0, min(1.0, float(start @ end))))
    if math.sin(angle) < 1e-9:  # noqa: PLR2004 - the same point or its antipode
        return [one, (one[0] + (_HALF if angle > 1 else 0.0), other[1])]
    parts = np.linspace(0, 1, 1 + max(1, math.ceil(round(angle / _STEP, 6))))
    x, y, z = np.outer(start, np.sin(angle * (1 - parts))) + np.outer(end, np.sin(angle * parts))
    longitudes, latitudes = np.unwrap(np.arctan2(y, x)), np.arctan2(z, np.hypot(x, y))
    return list(zip(np.degrees(longitudes).tolist(), np.degrees(latitudes).tolist(), strict=True))


def _unit_vector(point: Point) -> Any:
    longitude, latitude = map(math.radians, point)
    across = math.cos(latitude)
    return np.array([across * math.cos(longitude), across * math.sin(longitude), math.sin(latitude)])


def wrap_longitude(longitude: float) -> float:
    """Normalize a longitude, or a difference of longitudes, to -180 to 180 degrees.

    Example:
        >>> wrap_longitude(190), wrap_longitude(-180)
        (-170.0, -180.0)
    """
    return (longitude + _HALF) % _AROUND - _HALF


def project_copies(points: Sequence[Point], middle: float) -> Iterator[list[Point]]:
    """Yield the visible copies of a line on a map. The central meridian of the map is ``middle``.

    A line that crosses an edge of the map continues at the opposite edge. The caller clips each copy at the outline of
    the map. The longitudes of ``points`` must be continuous, without jumps of 360 degrees.
    """
    (west, _), (east, _) = min(points), max(points)
    for turn in range(-2, 3):
        moved = turn * _AROUND - middle
        if west + moved <= _HALF and east + moved > -_HALF:
            yield [project((longitude + moved, latitude)) for longitude, latitude in points]


def outline() -> Path:
    """Return the outline of the map."""
    edge = [project((-_HALF, latitude)) for latitude in range(-90, 91, 2)]
    return Path([*edge, *((-x, y) for x, y in reversed(edge))], closed=True)


def land(middle: float) -> Path:
    """Return the outlines of land for the central meridian ``middle``. Some outlines extend beyond the edge."""
    return Path.make_compound_path(
        *(Path([*line, line[0]], closed=True) for ring in _rings() for line in project_copies(ring, middle))
    )


@cache
def _rings() -> tuple[tuple[Point, ...], ...]:
    """Return the outlines of all land. The longitudes of an outline are continuous."""
    world: Any = json.loads(asset("land.json"))
    scale, shift = world["transform"]["scale"], world["transform"]["translate"]
    arcs = [np.cumsum(arc, axis=0) * scale + shift for arc in world["arcs"]]  # the file contains differences
    (shape,) = world["objects"]["land"]["geometries"]
    return tuple(tuple(_join_arcs(arcs, ring)) for polygon in shape["arcs"] for ring in polygon)


def _join_arcs(arcs: Sequence[Any], ring: Iterable[int]) -> list[Point]:
    """Join the arcs of a TopoJSON ring. An arc with a negative index is reversed.

    The longitudes of the ring are continuous across 180 degrees. A ring around a pole is closed along the pole.
    """
    first, *others = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in ring]
    longitudes, latitudes = np.concatenate([first, *(arc[1:] for arc in others)]).T
    found: list[Point] = list(zip(np.unwrap(longitudes, period=_AROUND).tolist(), latitudes.tolist(), strict=True))
    if abs(found[-1][0] - found[0][0]) > _HALF:
        pole = math.copysign(_HALF / 2, found[0][1])
        found += [(found[-1][0], pole), (found[0][0], pole)]
    return found
