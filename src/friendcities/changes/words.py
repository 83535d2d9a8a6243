"""What sentences say of several things, and of two points."""

import math

from friendcities.model import Coordinates

__all__ = ["distance", "listed"]


def listed(items: list[str]) -> str:
    """Things in a row, as a sentence has them; of many only the first two.

    Example:
        >>> listed(["a", "b"]), listed(["a", "b", "c", "d"])
        ('a and b', 'a, b and 2 more')
    """
    if len(items) > _MOST_NAMED:
        return f"{', '.join(items[:_MOST_NAMED])} and {len(items) - _MOST_NAMED} more"
    return " and ".join(items)


_MOST_NAMED = 2


def distance(one: Coordinates, other: Coordinates) -> str:
    """How far two points lie apart, along the surface of the earth.

    Example:
        >>> distance(Coordinates(latitude=0.0, longitude=0.0, point="a"),
        ...          Coordinates(latitude=0.0, longitude=1.0, point="b"))
        '111 km'
    """
    south, north = math.radians(one.latitude), math.radians(other.latitude)
    east = math.radians(other.longitude - one.longitude)
    half = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin(east / 2) ** 2
    metres = 2 * _EARTH * math.asin(math.sqrt(min(1.0, half)))
    return f"{metres / 1000:,.0f} km" if metres >= _FAR else f"{metres:,.0f} m"


_EARTH = 6_371_000.0
"""Its mean radius, in metres."""
_FAR = 10_000.0
