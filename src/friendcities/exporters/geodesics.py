"""Computes the shortest lines between places on the earth (geodesics of the WGS 84 ellipsoid).

GeographicLib is accurate to a few nanometres (Karney 2013, Journal of Geodesy 87).
"""

from bisect import bisect_left
from collections.abc import Callable
from math import ceil
from typing import Any, Final

from friendcities.extras import extra
from friendcities.model import Coordinates

LinePiece = list[tuple[float, float]]
"""Points of a line, each as longitude and latitude in degrees, as in GeoJSON."""

_STEP_METRES: Final = 200_000
"""The maximum distance between two points. Straight lines between points then deviate by less than 1 km outside
the poles.
"""
_DIGITS: Final = 6  # 0.1 m
_FRACTIONS: Final = range(2**52)
"""The number of parts of an interval in the search for a crossing. Floating-point numbers distinguish the parts."""


def kilometres_between(start: Coordinates, end: Coordinates, extra_name: str = "geo") -> float:
    """Return the length of the shortest line between two places, in kilometres.

    Raises MissingExtraError for the extra ``extra_name`` if GeographicLib is not installed.

    Example:
        >>> import friendcities as fc
        >>> shanghai, dunedin = fc.city("Shanghai").coordinates, fc.city("Dunedin").coordinates
        >>> round(kilometres_between(shanghai, dunedin))
        9865
    """
    solution = _geodesic(extra_name).Inverse(start.latitude, start.longitude, end.latitude, end.longitude)
    metres: float = solution["s12"]
    return metres / 1000


def line_between(start: Coordinates, end: Coordinates) -> list[LinePiece]:
    """Return the shortest line between two places. The line is cut at the antimeridian (RFC 7946, section 3.1.9).

    Example:
        >>> fiji = Coordinates(latitude=-17.0, longitude=179.0, point="city")
        >>> samoa = Coordinates(latitude=-14.0, longitude=-171.0, point="city")
        >>> [(piece[0][0], piece[-1][0]) for piece in line_between(fiji, samoa)]
        [(179.0, 180.0), (-180.0, -171.0)]
    """
    geodesic = _geodesic("geo")
    line = geodesic.InverseLine(start.latitude, start.longitude, end.latitude, end.longitude)

    def point_at(metres: float) -> tuple[float, float]:
        """Return the point of the line at a distance from the start. The longitude may exceed 180 degrees."""
        point = line.Position(metres, geodesic.LATITUDE | geodesic.LONGITUDE | geodesic.LONG_UNROLL)
        return point["lon2"], point["lat2"]

    steps = max(1, ceil(line.s13 / _STEP_METRES))
    pieces: list[LinePiece] = [[]]
    turn, before = 0.0, 0.0
    for metres in (line.s13 * step / steps for step in range(steps + 1)):
        longitude, latitude = point_at(metres)
        while abs(longitude - turn) > 180:  # noqa: PLR2004 - half a turn
            side = 180.0 if longitude > turn else -180.0
            crossing = round(_crossing_latitude(point_at, before, metres, turn + side), _DIGITS)
            pieces[-1].append((side, crossing))
            pieces.append([(-side, crossing)])
            turn += 2 * side
        pieces[-1].append((round(longitude - turn, _DIGITS), round(latitude, _DIGITS)))
        before = metres
    pieces[0][0] = _exact_end(start, pieces[0][0])
    pieces[-1][-1] = _exact_end(end, pieces[-1][-1])
    return [piece for piece in pieces if len(pieces) == 1 or len(set(piece)) > 1]


def _crossing_latitude(
    point_at: Callable[[float], tuple[float, float]], start: float, end: float, meridian: float
) -> float:
    """Return the latitude at which a line crosses a meridian."""
    is_east = point_at(end)[0] > meridian

    def at(fraction: int) -> tuple[float, float]:
        return point_at(start + (end - start) * fraction / len(_FRACTIONS))

    return at(bisect_left(_FRACTIONS, True, key=lambda fraction: (at(fraction)[0] > meridian) is is_east))[1]  # noqa: FBT003


def _exact_end(place: Coordinates, point: tuple[float, float]) -> tuple[float, float]:
    """Return the recorded coordinates of an end of a line. A longitude of 180 degrees gets the sign of the line."""
    close = abs(point[0] - place.longitude) < 1
    return (float(place.longitude) if close else point[0], float(place.latitude))


def _geodesic(extra_name: str) -> Any:
    with extra(extra_name, "a distance or a line on the earth"):
        from geographiclib.geodesic import Geodesic  # noqa: PLC0415 - an extra
    return Geodesic.WGS84
