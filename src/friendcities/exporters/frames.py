"""Tables as data frames of pandas and of polars."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from friendcities.datasets.partnership_questions import Dataset
from friendcities.exporters.tables import CellType, Exportable, Table, tables_of
from friendcities.extras import extra
from friendcities.model import DateLike

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

__all__ = ["as_pandas", "as_polars", "to_pandas", "to_polars"]


def to_pandas(
    data: Dataset, records: Iterable[Exportable] | None = None, *, on: DateLike | None = None
) -> "dict[str, pd.DataFrame]":
    """Every table as a data frame of pandas; see :meth:`friendcities.Dataset.to_pandas`."""
    return {name: as_pandas(table) for name, table in tables_of(data, records, on=on).items()}


def to_polars(
    data: Dataset, records: Iterable[Exportable] | None = None, *, on: DateLike | None = None
) -> "dict[str, pl.DataFrame]":
    """Every table as a data frame of polars; see :meth:`friendcities.Dataset.to_polars`."""
    return {name: as_polars(table) for name, table in tables_of(data, records, on=on).items()}


def as_pandas(table: Table) -> "pd.DataFrame":
    """A table as a data frame of pandas; its types do not depend on what is in it."""
    with extra("pandas", "a data frame of pandas"):
        import numpy as np  # noqa: PLC0415 - an extra
        import pandas as pd  # noqa: PLC0415
    types = {
        CellType.TEXT: "string",
        CellType.INTEGER: "Int64",
        CellType.NUMBER: "float64",
        CellType.DECIMAL: "string",
        CellType.BOOLEAN: "bool",
    }
    columns = {}
    for place, column in enumerate(table.shape.columns):
        cells = [row[place] for row in table.rows]
        if column.type is CellType.DATE:
            columns[column.name] = pd.Series(np.array(cells, dtype="datetime64[s]"))
        else:
            columns[column.name] = pd.Series(cells, dtype=types[column.type])
    return pd.DataFrame(columns)


def as_polars(table: Table) -> "pl.DataFrame":
    """A table as a data frame of polars; its types do not depend on what is in it."""
    with extra("polars", "a data frame of polars"):
        import polars as pl  # noqa: PLC0415 - an extra
    types = {
        CellType.TEXT: pl.String,
        CellType.INTEGER: pl.Int64,
        CellType.NUMBER: pl.Float64,
        CellType.DECIMAL: pl.String,
        CellType.BOOLEAN: pl.Boolean,
        CellType.DATE: pl.Date,
    }
    schema = {column.name: types[column.type] for column in table.shape.columns}
    return pl.DataFrame(list(table.rows), schema=schema, orient="row")
