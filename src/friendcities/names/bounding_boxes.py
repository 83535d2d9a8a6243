"""Bounding boxes of countries and subdivisions."""

from collections.abc import Mapping
from functools import cache

Box = tuple[float, float, float, float]
"""South, west, north and east, in degrees. A box with west > east crosses the 180th meridian."""


@cache
def boxes() -> Mapping[str, Box]:
    """Return the bounding box of each country, by code. ``tools/country_boxes.py`` makes the file."""
    return _read_boxes("bounding_boxes.json")


@cache
def subdivision_boxes() -> Mapping[str, Box]:
    """Return the bounding boxes of subdivisions, by code. Some subdivisions are missing.

    ``tools/subdivision_boxes.py`` makes the file.
    """
    return _read_boxes("subdivision_boxes.json")


def _read_boxes(name: str) -> dict[str, Box]:
    import json  # noqa: PLC0415 - only a check or a map needs it

    from importlib_resources import files  # noqa: PLC0415 - only a check or a map needs it

    found = json.loads(files("friendcities.names").joinpath(name).read_bytes())
    return {code: tuple(edges) for code, edges in found.items()}


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


def middle_of(box: Box) -> tuple[float, float]:
    """Return the latitude and longitude of the middle of a box.

    Example:
        >>> middle_of((-20, 170, -10, -170))
        (-15.0, 180.0)
    """
    south, west, north, east = box
    across = east if west <= east else east + 360
    longitude = (west + across) / 2
    return (south + north) / 2, longitude if longitude <= 180 else longitude - 360  # noqa: PLR2004 - the meridian
