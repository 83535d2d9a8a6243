"""Maps in GeoJSON (RFC 7946): its lines are rows, with their properties, and their first and last point as two ends."""

import json
from collections.abc import Iterator
from typing import Any, Final

from friendcities.importers.cells import Found
from friendcities.importers.formats.cell_text import as_text
from friendcities.model.record import short

__all__ = ["map_rows"]

_LEAST: Final = 2
"""How many points a line has at least, and a point numbers."""
_MANY_DIGITS: Final = 400


def map_rows(text: str) -> Iterator[Found]:
    """The features of a map, in order; one that is no line is a row that could not be read.

    Raises:
        ValueError: If it is no JSON, or no GeoJSON.
        RecursionError: If it is nested too deep.
    """
    # what is no number to JSON, or too long a one, stays as it stands
    for number, feature in enumerate(_features(json.loads(text, parse_constant=str, parse_int=_whole)), start=1):
        told = feature if isinstance(feature, dict) else {}
        properties, geometry = told.get("properties") or {}, told.get("geometry")
        if not isinstance(properties, dict):
            yield Found(number, {}, f"its properties are no object: {short(properties)}")
            continue
        cells = {key: _told(value) for key, value in properties.items()}
        points = _points(geometry if isinstance(geometry, dict) else {})
        if len(points) < _LEAST:
            yield Found(number, cells, f"it is no line of two points or more: {short(geometry if told else feature)}")
            continue
        for end, point in (("first", points[0]), ("second", points[-1])):
            # a point that is none stands in both columns, so that it is reported as one
            whole = isinstance(point, list) and len(point) >= _LEAST
            longitude, latitude = map(_told, point[:_LEAST]) if whole else [json.dumps(point)] * 2
            cells |= {f"{end}.latitude": latitude, f"{end}.longitude": longitude}
        yield Found(number, cells)


def _whole(digits: str) -> int | str:
    """A whole number; one of thousands of digits, which Python refuses to read, stays as it stands."""
    return int(digits) if len(digits) < _MANY_DIGITS else digits


def _features(told: Any) -> list[Any]:
    kind = told.get("type") if isinstance(told, dict) else None
    if kind == "Feature":
        return [told]
    if kind == "FeatureCollection" and isinstance(told.get("features"), list):
        found: list[Any] = told["features"]
        return found
    message = "it has no features"
    raise ValueError(message)


def _points(geometry: dict[str, Any]) -> list[Any]:
    """The points of a line, or of the lines of one feature; none where it is no line."""
    points = geometry.get("coordinates")
    if not isinstance(points, list):
        return []
    match geometry.get("type"):
        case "LineString":
            return points
        case "MultiLineString":
            return [point for part in points if isinstance(part, list) for point in part]
        case _:
            return []


def _told(value: Any) -> str:
    """A value as text, as JSON has it where it is none."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, bool | dict | list) else as_text(value)
