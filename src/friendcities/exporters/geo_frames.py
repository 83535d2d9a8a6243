"""Cities and partnerships as data frames of geopandas."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from friendcities.datasets.partnership_questions import Dataset
from friendcities.exporters.frames import as_pandas
from friendcities.exporters.geo_json import line_geometry, point_geometry, points_of
from friendcities.exporters.tables import Exportable, checked_records, tables_of
from friendcities.extras import extra
from friendcities.model import DateLike

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["to_geopandas"]

_WGS_84 = "EPSG:4326"


def to_geopandas(
    data: Dataset, records: Iterable[Exportable] | None = None, *, on: DateLike | None = None
) -> "dict[str, gpd.GeoDataFrame]":
    """Cities as points and partnerships as lines; see :meth:`friendcities.Dataset.to_geopandas`."""
    with extra("geo", "a data frame of geopandas"):
        import geopandas as gpd  # noqa: PLC0415 - an extra
        from shapely.geometry import shape  # noqa: PLC0415
    chosen = checked_records(data, records)
    tables, places = tables_of(data, chosen, on=on), points_of(data, chosen)
    cities, ties = as_pandas(tables["cities"]), as_pandas(tables["partnerships"])
    points = [point_geometry(places.get(id_)) for id_ in cities["id"]]
    lines = [
        line_geometry(places.get(one), places.get(other))
        for one, other in zip(ties["city_1"], ties["city_2"], strict=True)
    ]
    frames = {"cities": (cities, points), "partnerships": (ties, lines)}
    made = {}
    for name, (frame, geometries) in frames.items():
        shapes: list[Any] = [None if each is None else shape(each) for each in geometries]
        made[name] = gpd.GeoDataFrame(frame, geometry=shapes, crs=_WGS_84)
    return made
