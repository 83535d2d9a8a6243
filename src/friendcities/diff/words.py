"""What sentences say of several things, and of two points."""

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
    kilometres = one.kilometres_to(other)
    return f"{kilometres:,.0f} km" if kilometres >= _FAR else f"{kilometres * 1000:,.0f} m"


_FAR = 10.0
"""The kilometres from which on nobody counts metres."""
