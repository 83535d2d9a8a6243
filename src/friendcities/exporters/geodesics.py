"""The shortest lines between places, on the earth as WGS 84 has it.

On a globe that is a ball the shortest line is a great circle; on the ellipsoid it is the geodesic, which GeographicLib
works out to a few nanometres (C. F. F. Karney, "Algorithms for geodesics", Journal of Geodesy 87, 2013).
"""

from math import ceil
from typing import TYPE_CHECKING, Any, Final

from friendcities.extras import extra
from friendcities.model import Coordinates

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Piece", "kilometres_between", "line_between"]

Piece = list[tuple[float, float]]
"""Points of a line, each as longitude and latitude in degrees, as GeoJSON has them."""

_STEP: Final = 200_000
"""How far apart points of a line are at most, in metres. What is drawn straight between two of them is less than 1 km
off, but near the poles."""
_DIGITS: Final = 6
"""To how many digits degrees are told: 0.1 m."""
_HALVINGS: Final = 60
"""How often a stretch is halved to find where it meets a meridian: then no two numbers lie between its ends."""


def kilometres_between(one: Coordinates, other: Coordinates, name: str = "geo") -> float:
    """The length of the shortest line between two places, in kilometres.

    Args:
        one: One place.
        other: The other.
        name: The extra to name where GeographicLib is missing.

    Raises:
        MissingExtraError: If GeographicLib is not installed.

    Example:
        >>> import friendcities as fc
        >>> shanghai, dunedin = fc.city("Shanghai").coordinates, fc.city("Dunedin").coordinates
        >>> round(kilometres_between(shanghai, dunedin))
        9865
    """
    solved = _geodesic(name).Inverse(one.latitude, one.longitude, other.latitude, other.longitude)
    metres: float = solved["s12"]
    return metres / 1000


def line_between(one: Coordinates, other: Coordinates) -> list[Piece]:
    """The shortest line between two places, cut where it crosses the antimeridian (RFC 7946, section 3.1.9).

    Raises:
        MissingExtraError: If GeographicLib is not installed.

    Example:
        >>> fiji = Coordinates(latitude=-17.0, longitude=179.0, point="city")
        >>> samoa = Coordinates(latitude=-14.0, longitude=-171.0, point="city")
        >>> [(piece[0][0], piece[-1][0]) for piece in line_between(fiji, samoa)]
        [(179.0, 180.0), (-180.0, -171.0)]
    """
    geodesic = _geodesic("geo")
    line = geodesic.InverseLine(one.latitude, one.longitude, other.latitude, other.longitude)

    def at(metres: float) -> tuple[float, float]:
        """The point so far along; its longitude goes on counting where the line goes round the earth."""
        point = line.Position(metres, geodesic.LATITUDE | geodesic.LONGITUDE | geodesic.LONG_UNROLL)
        return point["lon2"], point["lat2"]

    steps = max(1, ceil(line.s13 / _STEP))
    way = [line.s13 * step / steps for step in range(steps + 1)]
    pieces: list[Piece] = [[]]
    turn, before = 0.0, 0.0
    for metres in way:
        longitude, latitude = at(metres)
        while abs(longitude - turn) > 180:  # noqa: PLR2004 - half a turn
            side = 180.0 if longitude > turn else -180.0
            crossing = round(_where(at, before, metres, turn + side), _DIGITS)
            pieces[-1].append((side, crossing))
            pieces.append([(-side, crossing)])
            turn += 2 * side
        pieces[-1].append((round(longitude - turn, _DIGITS), round(latitude, _DIGITS)))
        before = metres
    pieces[0][0] = _exactly(one, pieces[0][0])
    pieces[-1][-1] = _exactly(other, pieces[-1][-1])
    return [piece for piece in pieces if len(pieces) == 1 or len(set(piece)) > 1]


def _where(at: "Callable[[float], tuple[float, float]]", start: float, end: float, meridian: float) -> float:
    """The latitude at which a stretch of a line meets a meridian that lies between its ends."""
    east = at(end)[0] > meridian
    for _ in range(_HALVINGS):
        middle = (start + end) / 2
        if (at(middle)[0] > meridian) is east:
            end = middle
        else:
            start = middle
    return at(start)[1]


def _exactly(place: Coordinates, point: tuple[float, float]) -> tuple[float, float]:
    """The end of a line, as precise as it is on record; on the antimeridian, on the side of the line."""
    longitude, _ = point
    close = abs(longitude - place.longitude) < 1
    return (float(place.longitude) if close else longitude, float(place.latitude))


def _geodesic(name: str) -> Any:
    with extra(name, "a distance or a line on the earth"):
        from geographiclib.geodesic import Geodesic  # noqa: PLC0415 - an extra
    return Geodesic.WGS84
