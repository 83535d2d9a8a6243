"""Boxes in which the places of a country lie, and whether a point lies in one."""

from collections.abc import Mapping
from functools import cache

__all__ = ["Box", "boxes", "is_inside"]

Box = tuple[float, float, float, float]
"""South, west, north and east, in degrees; where west is more than east, it crosses the 180th meridian."""


@cache
def boxes() -> Mapping[str, Box]:
    """For each country, by its code, a box in which its places lie; it is made by ``tools/country_boxes.py``."""
    import json  # noqa: PLC0415 - only a check of places needs it

    from importlib_resources import files  # noqa: PLC0415 - only a check of places needs it

    found = json.loads(files("friendcities.names").joinpath("country_boxes.json").read_bytes())
    return {country: tuple(edges) for country, edges in found.items()}


def is_inside(box: Box, latitude: float, longitude: float) -> bool:
    """Whether a point lies in a box.

    Example:
        >>> is_inside(boxes()["NZ"], -43.95, -176.56)  # the Chatham Islands, beyond the 180th meridian
        True
    """
    south, west, north, east = box
    if not south <= latitude <= north:
        return False
    return west <= longitude <= east if west <= east else longitude >= west or longitude <= east
