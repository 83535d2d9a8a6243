"""GeoJSON (RFC 7946): each line is an edge with its properties, and its first and last point as the two ends."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from friendcities.model.record import short

_PAIR: Final = 2
"""The fewest points of a line, and the fewest numbers of a point."""
_MOST_DIGITS: Final = 400


def read_geojson(text: str) -> Iterator[tuple[int, Mapping[str, Any], str | None]]:
    """Read the features, in order: each with its number, its cells by column, and its error if it is no line."""
    # constants such as NaN, and numbers that are too long, stay text
    for number, feature in enumerate(_features(json.loads(text, parse_constant=str, parse_int=_read_int)), start=1):
        fields = feature if isinstance(feature, dict) else {}
        properties, geometry = fields.get("properties") or {}, fields.get("geometry")
        if not isinstance(properties, dict):
            yield number, {}, f"its properties are no object: {short(properties)}"
            continue
        cells = {key: _cell(value) for key, value in properties.items()}
        points = _line_points(geometry)
        if len(points) < _PAIR:
            error = f"it is no line of two points or more: {short(geometry if fields else feature)}"
            yield number, cells, error
            continue
        for end, point in (("first", points[0]), ("second", points[-1])):
            # an invalid point is put into both columns, so that the report shows it
            is_point = isinstance(point, list) and len(point) >= _PAIR
            longitude, latitude = map(_cell, point[:_PAIR]) if is_point else [json.dumps(point)] * 2
            cells |= {f"{end}.latitude": latitude, f"{end}.longitude": longitude}
        yield number, cells, None


def _read_int(digits: str) -> int | str:
    """A whole number; text where it has thousands of digits, which Python refuses to read."""
    return int(digits) if len(digits) < _MOST_DIGITS else digits


def _features(document: Any) -> list[Any]:
    match document:
        case {"type": "Feature"}:
            return [document]
        case {"type": "FeatureCollection", "features": list(features)}:
            return features
        case _:
            message = "it has no features"
            raise ValueError(message)


def _line_points(geometry: Any) -> list[Any]:
    """The points of a line, or of the lines of one feature; none where it is no line."""
    match geometry:
        case {"type": "LineString", "coordinates": list(points)}:
            return points
        case {"type": "MultiLineString", "coordinates": list(parts)}:
            return [point for part in parts if isinstance(part, list) for point in part]
        case _:
            return []


def _cell(value: Any) -> Any:
    """A value; as JSON text where it is a truth value, a list or an object."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, bool | dict | list) else value
