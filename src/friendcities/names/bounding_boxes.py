"""Bounding boxes of countries and subdivisions, and the populated cells of countries."""

import math
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any, Final

Box = tuple[float, float, float, float]
"""South, west, north and east, in degrees. A box with west > east crosses the 180th meridian."""

_CELLS_PER_DEGREE: Final = 2
_CELLS_AROUND: Final = 360 * _CELLS_PER_DEGREE
"""The number of cells in a row around the Earth."""


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


def cell_of(latitude: float, longitude: float) -> int:
    """Return the number of the cell that contains a point. A cell extends over half a degree in each direction.

    Example:
        >>> cell_of(-90, -180), cell_of(-89.9, 179.9), cell_of(-89.5, -180)
        (0, 719, 720)
    """
    row, column = (math.floor(degrees * _CELLS_PER_DEGREE) for degrees in (latitude + 90, longitude + 180))
    return row * _CELLS_AROUND + column % _CELLS_AROUND


def countries_instead(codes: Sequence[str], latitude: float, longitude: float) -> list[str]:
    """Return the countries with places in the cell of a point, if a country and its territories have no places near.

    The country is the first code. For countries with few places, the result is empty.

    Near are the cell and the eight cells around it, which is at least 55 km to the north and south.

    Example:
        >>> countries_instead(["RU"], 50.45, 30.52), countries_instead(["RU"], 55.75, 37.62)
        (['UA'], [])
    """
    cell = cell_of(latitude, longitude)
    row, column = divmod(cell, _CELLS_AROUND)
    near = {
        (row + up) * _CELLS_AROUND + (column + right) % _CELLS_AROUND for up, right in product((-1, 0, 1), repeat=2)
    }
    cells = _populated_cells()
    if codes[0] not in cells or not all(near.isdisjoint(cells.get(code, ())) for code in codes):
        return []
    return [code for code, populated in cells.items() if cell in populated]


@cache
def _populated_cells() -> Mapping[str, frozenset[int]]:
    """``tools/populated_cells.py`` makes the file."""
    return {code: frozenset(cells) for code, cells in _read_file("populated_cells.json").items()}


def _read_boxes(name: str) -> dict[str, Box]:
    return {code: tuple(edges) for code, edges in _read_file(name).items()}


def _read_file(name: str) -> dict[str, Any]:
    import json  # noqa: PLC0415 - only a check or a map needs it

    from importlib_resources import files  # noqa: PLC0415 - only a check or a map needs it

    content: dict[str, Any] = json.loads(files("friendcities.names").joinpath(name).read_bytes())
    return content


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
