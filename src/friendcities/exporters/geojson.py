"""Exports cities as points and partnerships as lines in GeoJSON (RFC 7946)."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from friendcities.exporters.geodesics import line_between
from friendcities.exporters.tables import Answer, Exportable, build_checked_tables, check_records
from friendcities.exporters.tables.columns import plain_rows
from friendcities.model import City, Coordinates, DateLike

if TYPE_CHECKING:
    from friendcities.datasets.dataset import Dataset


def as_geojson(data: "Dataset", records: Answer = None, *, on: DateLike | None = None) -> bytes:
    """Return cities and partnerships as GeoJSON, with one feature in each line of text.

    A city or partnership without coordinates becomes a feature without a geometry. Lines are geodesics with a point at
    least every 200 km. Lines are cut at the antimeridian.

    Example:
        >>> import friendcities as fc
        >>> collection = json.loads(as_geojson(fc.dataset(), fc.partners_of("Dunedin")))
        >>> collection["features"][0]["geometry"]
        {'type': 'Point', 'coordinates': [121.45806, 31.22222]}
    """
    chosen = check_records(data, records)
    tables = build_checked_tables(data, chosen, on=on, names=("cities", "partnerships"))
    points = city_points(data, chosen)
    cities, partnerships = plain_rows(tables["cities"]), plain_rows(tables["partnerships"])
    features = [(row, point_geometry(points.get(row["id"]))) for row in cities]
    features += [(row, line_geometry(points.get(row["city_1"]), points.get(row["city_2"]))) for row in partnerships]
    lines = []
    for row, geometry in features:
        feature = {"type": "Feature", "id": row["id"], "geometry": geometry, "properties": row}
        lines.append(json.dumps(feature, ensure_ascii=False, allow_nan=False))
    return ('{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n").encode()


def city_points(data: "Dataset", records: Iterable[Exportable]) -> dict[str, Coordinates]:
    """Return the known coordinates of cities, by city id."""
    cities = (*data.cities(), *(record for record in records if isinstance(record, City)))
    return {city.id: city.coordinates for city in cities if city.coordinates is not None}


def point_geometry(point: Coordinates | None) -> dict[str, Any] | None:
    """Return a point as a GeoJSON geometry; ``None`` if the point is unknown."""
    return None if point is None else {"type": "Point", "coordinates": [point.longitude, point.latitude]}


def line_geometry(start: Coordinates | None, end: Coordinates | None) -> dict[str, Any] | None:
    """Return the line between two points as a GeoJSON geometry; ``None`` if a point is unknown."""
    if start is None or end is None:
        return None
    pieces = line_between(start, end)
    if len(pieces) == 1:
        return {"type": "LineString", "coordinates": pieces[0]}
    return {"type": "MultiLineString", "coordinates": pieces}
