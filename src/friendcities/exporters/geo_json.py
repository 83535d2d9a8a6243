"""Cities as points and partnerships as lines: GeoJSON (RFC 7946)."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from friendcities.datasets.partnership_questions import Dataset
from friendcities.exporters.geodesics import line_between
from friendcities.exporters.tables import Exportable, Table, checked_records, tables_of
from friendcities.model import City, Coordinates, DateLike

__all__ = ["as_geo_json", "line_geometry", "point_geometry", "points_of"]


def as_geo_json(data: Dataset, records: Iterable[Exportable] | None = None, *, on: DateLike | None = None) -> bytes:
    """Cities and partnerships as GeoJSON, one feature a line.

    What has no coordinates is a feature without a place. A line is the shortest one on the earth, with a point every
    200 km or closer, and is cut where it crosses the antimeridian.

    Example:
        >>> import friendcities as fc
        >>> told = json.loads(as_geo_json(fc.dataset(), fc.partners_of("Dunedin")))
        >>> told["features"][0]["geometry"]
        {'type': 'Point', 'coordinates': [121.45806, 31.22222]}
    """
    chosen = checked_records(data, records)
    tables, points = tables_of(data, chosen, on=on), points_of(data, chosen)
    features = [
        {"type": "Feature", "id": told["id"], "geometry": point_geometry(points.get(told["id"])), "properties": told}
        for told in _told(tables["cities"])
    ]
    features += [
        {
            "type": "Feature",
            "id": told["id"],
            "geometry": line_geometry(points.get(told["city_1"]), points.get(told["city_2"])),
            "properties": told,
        }
        for told in _told(tables["partnerships"])
    ]
    lines = ",\n".join(json.dumps(each, ensure_ascii=False, allow_nan=False) for each in features)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'.encode()


def points_of(data: Dataset, records: Iterable[Exportable]) -> dict[str, Coordinates]:
    """Where the cities of a dataset, and those among some records, are: by id, as far as it is on record."""
    cities = (*data.cities(), *(each for each in records if isinstance(each, City)))
    return {city.id: city.coordinates for city in cities if city.coordinates is not None}


def point_geometry(point: Coordinates | None) -> dict[str, Any] | None:
    """A place, as GeoJSON has it; ``None`` where it is not on record."""
    return None if point is None else {"type": "Point", "coordinates": [point.longitude, point.latitude]}


def line_geometry(one: Coordinates | None, other: Coordinates | None) -> dict[str, Any] | None:
    """The line between two places, as GeoJSON has it; ``None`` where one of them is not on record."""
    if one is None or other is None:
        return None
    pieces = line_between(one, other)
    if len(pieces) == 1:
        return {"type": "LineString", "coordinates": pieces[0]}
    return {"type": "MultiLineString", "coordinates": pieces}


def _told(table: Table) -> Iterable[dict[str, Any]]:
    """The rows of a table, each as the properties of a feature."""
    for row in table.rows:
        cells = (cell.isoformat() if isinstance(cell, date) else cell for cell in row)
        yield dict(zip(table.shape.names, cells, strict=True))
