"""Tables for Arrow, and as Parquet: a file a table, or in partitions that DuckDB and Spark read."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from friendcities.datasets.partnership_questions import Dataset
from friendcities.exporters.tables import CellType, Exportable, Row, Shape, Table, tables_of
from friendcities.extras import extra
from friendcities.model import DateLike

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["as_arrow", "as_parquet", "parquet_files", "partitioned_files", "to_arrow"]

_PARTITIONED_BY: Final = "country"
"""The column whose value names a partition; tables that lack it are one partition."""
_NOWHERE: Final = "__HIVE_DEFAULT_PARTITION__"
"""What Hive calls the partition of no value: a table without rows has it alone, and so its columns can be read."""


def to_arrow(
    data: Dataset, records: Iterable[Exportable] | None = None, *, on: DateLike | None = None
) -> "dict[str, pa.Table]":
    """Every table for Arrow; see :meth:`friendcities.Dataset.to_arrow`."""
    return {name: as_arrow(table) for name, table in tables_of(data, records, on=on).items()}


def parquet_files(
    data: Dataset, records: Iterable[Exportable] | None = None, *, on: DateLike | None = None
) -> dict[str, bytes]:
    """The Parquet files of a dataset, or of an answer, one a table."""
    return {f"{name}.parquet": as_parquet(table) for name, table in tables_of(data, records, on=on).items()}


def partitioned_files(
    data: Dataset, records: Iterable[Exportable] | None = None, *, on: DateLike | None = None
) -> dict[str, bytes]:
    """The Parquet files of a dataset, or of an answer, one a partition."""
    parts = [part for table in tables_of(data, records, on=on).values() for part in _partitions(table)]
    return {f"{place}/part-0.parquet": as_parquet(part) for place, part in parts}


def as_arrow(table: Table) -> "pa.Table":
    """A table for Arrow; what it and its columns mean is in their metadata."""
    with extra("arrow", "a table for Arrow"):
        import pyarrow as pa  # noqa: PLC0415 - an extra
    types = {
        CellType.TEXT: pa.string(),
        CellType.INTEGER: pa.int64(),
        CellType.NUMBER: pa.float64(),
        CellType.DECIMAL: pa.string(),
        CellType.BOOLEAN: pa.bool_(),
        CellType.DATE: pa.date32(),
    }
    fields = [
        pa.field(column.name, types[column.type], metadata={"description": column.meaning})
        for column in table.shape.columns
    ]
    columns = [[row[place] for row in table.rows] for place in range(len(fields))]
    arrays = [pa.array(cells, field.type) for cells, field in zip(columns, fields, strict=True)]
    return pa.table(arrays, schema=pa.schema(fields, metadata={"description": table.shape.meaning}))


def as_parquet(table: Table) -> bytes:
    """A table as Parquet; the same bytes for the same rows, by one version of pyarrow."""
    made = as_arrow(table)
    with extra("arrow", "a Parquet file"):
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415
    stream = pa.BufferOutputStream()
    pq.write_table(made, stream)
    written: bytes = stream.getvalue().to_pybytes()
    return written


def _partitions(table: Table) -> Iterable[tuple[str, Table]]:
    """The partitions of a table, each with its folder; the value that names it stands in no file, as Hive has it."""
    shape = table.shape
    if _PARTITIONED_BY not in shape.names:
        return [(shape.name, table)]
    place = shape.place_of(_PARTITIONED_BY)
    rest = Shape(shape.name, shape.meaning, shape.key, shape.columns[:place] + shape.columns[place + 1 :])
    rows: dict[object, list[Row]] = {} if table.rows else {_NOWHERE: []}
    for row in table.rows:
        rows.setdefault(row[place], []).append(row[:place] + row[place + 1 :])
    return [
        (f"{shape.name}/{_PARTITIONED_BY}={value}", Table(rest, tuple(each)))
        for value, each in sorted(rows.items(), key=lambda entry: str(entry[0]))
    ]
