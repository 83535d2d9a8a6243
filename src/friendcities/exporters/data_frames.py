"""Converts tables to data frames, Arrow tables and Parquet files."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from friendcities.exporters.geojson import city_points, line_geometry, point_geometry
from friendcities.exporters.tables import (
    Answer,
    CellType,
    Row,
    Table,
    TableSchema,
    build_checked_tables,
    build_tables,
    check_records,
)
from friendcities.extras import extra
from friendcities.model import DateLike

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from friendcities.datasets.dataset import Dataset

_TYPES: Final = {
    CellType.TEXT: ("string", "String", "string"),
    CellType.INTEGER: ("Int64", "Int64", "int64"),
    CellType.NUMBER: ("float64", "Float64", "float64"),
    CellType.DECIMAL: ("string", "String", "string"),
    CellType.BOOLEAN: ("bool", "Boolean", "bool_"),
    CellType.DATE: ("datetime64[s]", "Date", "date32"),
}
"""The types of pandas, polars and Arrow, by name."""
_PARTITION_COLUMN: Final = "country"
"""The column with the names of the partitions. A table without this column is one partition."""
_NULL_PARTITION: Final = "__HIVE_DEFAULT_PARTITION__"
"""Hive's name for the partition without a value. An empty table has only this partition."""
_EPOCH: Final = date(1970, 1, 1).toordinal()
_NOT_A_TIME: Final = -(2**63)  # NumPy's number for an unknown day; numbers are converted much faster than days


def to_pandas(data: "Dataset", records: Answer = None, *, on: DateLike | None = None) -> "dict[str, pd.DataFrame]":
    """Return all tables as pandas data frames; see :meth:`friendcities.Dataset.to_pandas`."""
    return {name: as_pandas(table) for name, table in build_tables(data, records, on=on).items()}


def to_polars(data: "Dataset", records: Answer = None, *, on: DateLike | None = None) -> "dict[str, pl.DataFrame]":
    """Return all tables as polars data frames; see :meth:`friendcities.Dataset.to_polars`."""
    return {name: as_polars(table) for name, table in build_tables(data, records, on=on).items()}


def to_geopandas(
    data: "Dataset", records: Answer = None, *, on: DateLike | None = None
) -> "dict[str, gpd.GeoDataFrame]":
    """Return cities as points and partnerships as lines; see :meth:`friendcities.Dataset.to_geopandas`."""
    with extra("geo", "a data frame of geopandas"):
        import geopandas as gpd  # noqa: PLC0415 - an extra
        from shapely.geometry import shape  # noqa: PLC0415
    chosen = check_records(data, records)
    tables = build_checked_tables(data, chosen, on=on, names=("cities", "partnerships"))
    frames = {name: as_pandas(table) for name, table in tables.items()}
    points = city_points(data, chosen)
    ends = zip(frames["partnerships"]["city_1"], frames["partnerships"]["city_2"], strict=True)
    geometries = {
        "cities": (point_geometry(points.get(city)) for city in frames["cities"]["id"]),
        "partnerships": (line_geometry(points.get(first), points.get(second)) for first, second in ends),
    }
    shapes: dict[str, Any] = {
        name: [each and shape(each) for each in in_table] for name, in_table in geometries.items()
    }
    return {name: gpd.GeoDataFrame(frame, geometry=shapes[name], crs="EPSG:4326") for name, frame in frames.items()}


def to_arrow(data: "Dataset", records: Answer = None, *, on: DateLike | None = None) -> "dict[str, pa.Table]":
    """Return all tables as Arrow tables; see :meth:`friendcities.Dataset.to_arrow`."""
    return {name: _as_arrow(table) for name, table in build_tables(data, records, on=on).items()}


def parquet_files(data: "Dataset", records: Answer = None, *, on: DateLike | None = None) -> dict[str, bytes]:
    """Return the Parquet files of a dataset or of query results, one for each table."""
    return {f"{name}.parquet": as_parquet(table) for name, table in build_tables(data, records, on=on).items()}


def partitioned_files(data: "Dataset", records: Answer = None, *, on: DateLike | None = None) -> dict[str, bytes]:
    """Return the Parquet files of a dataset or of query results, one for each partition."""
    tables = build_tables(data, records, on=on).values()
    return {f"{folder}/part-0.parquet": as_parquet(part) for table in tables for folder, part in _partitions(table)}


def as_parquet(table: Table) -> bytes:
    """Return a table as the bytes of a Parquet file. The bytes depend only on the rows and the version of pyarrow."""
    arrow = _as_arrow(table)
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.parquet as pq  # noqa: PLC0415

    stream = pa.BufferOutputStream()
    pq.write_table(arrow, stream)
    written: bytes = stream.getvalue().to_pybytes()
    return written


def as_polars(table: Table) -> "pl.DataFrame":
    """Convert a table to a polars data frame. The schema sets the dtype of each column."""
    with extra("polars", "a data frame of polars"):
        import polars as pl  # noqa: PLC0415 - an extra
    schema = {column.name: getattr(pl, _TYPES[column.type][1]) for column in table.schema.columns}
    return pl.DataFrame(list(table.rows), schema=schema, orient="row")


def as_pandas(table: Table) -> "pd.DataFrame":
    """Convert a table to a pandas data frame. The schema sets the dtype of each column."""
    with extra("pandas", "a data frame of pandas"):
        import numpy as np  # noqa: PLC0415 - an extra
        import pandas as pd  # noqa: PLC0415
    columns = {}
    for index, column in enumerate(table.schema.columns):
        cells: Any = [row[index] for row in table.rows]
        if column.type is CellType.DATE:
            days = [_NOT_A_TIME if cell is None else cell.toordinal() - _EPOCH for cell in cells]
            cells = np.array(days, dtype="datetime64[D]")
        columns[column.name] = pd.Series(cells, dtype=_TYPES[column.type][0])
    return pd.DataFrame(columns)


def _as_arrow(table: Table) -> "pa.Table":
    """Convert a table to an Arrow table. The descriptions of the table and the columns become metadata."""
    with extra("arrow", "a table for Arrow"):
        import pyarrow as pa  # noqa: PLC0415 - an extra
    fields = [
        pa.field(column.name, getattr(pa, _TYPES[column.type][2])(), metadata={"description": column.meaning})
        for column in table.schema.columns
    ]
    arrays = [pa.array([row[index] for row in table.rows], field.type) for index, field in enumerate(fields)]
    return pa.table(arrays, schema=pa.schema(fields, metadata={"description": table.schema.meaning}))


def _partitions(table: Table) -> Iterable[tuple[str, Table]]:
    """Return the partitions of a table by folder. The name of a folder replaces the column of the country."""
    schema = table.schema
    if _PARTITION_COLUMN not in schema.names:
        return [(schema.name, table)]
    index = schema.column_index(_PARTITION_COLUMN)
    rest = TableSchema(schema.name, schema.meaning, schema.key, schema.columns[:index] + schema.columns[index + 1 :])
    rows: dict[object, list[Row]] = {} if table.rows else {_NULL_PARTITION: []}
    for row in table.rows:
        rows.setdefault(row[index], []).append(row[:index] + row[index + 1 :])
    folder = f"{schema.name}/{_PARTITION_COLUMN}"
    return [(f"{folder}={value}", Table(rest, tuple(rows[value]))) for value in sorted(rows, key=str)]
