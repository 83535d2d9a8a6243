"""The formats that a file or a folder can be exported in: each is one entry, and one module."""

from collections.abc import Callable
from enum import Enum
from typing import Final

from attrs import frozen

from friendcities.datasets.partnership_questions import Dataset
from friendcities.exporters import (
    arrow_tables,
    csv_files,
    data_package,
    geo_json,
    graphs,
    json_ld,
    json_lines,
    sqlite_files,
)
from friendcities.exporters.tables import tables_of
from friendcities.model import DateLike

__all__ = ["FORMATS", "Format", "Sort", "Wish"]


@frozen
class Wish:
    """What a file is to hold."""

    data: Dataset
    """All that is exported."""
    on: DateLike | None
    """The date at whose end partnerships are shown; ``None``: after the last step on record."""
    table: str
    """The one table of formats that have one."""
    licence: str | None
    """The licence that a format with room for one is to name."""


class Sort(Enum):
    """What an export is."""

    TEXT = "text"
    """A file that can be printed."""
    BINARY = "binary"
    """A file that cannot."""
    FOLDER = "folder"


@frozen
class Format:
    """A format."""

    name: str
    words: str
    """What it is, and for whom."""
    sort: Sort
    make: Callable[[Wish], bytes | dict[str, bytes]]
    """Makes its file; or the files of its folder, by name."""
    one_table: bool = False
    """Whether it has room for one table."""


def _csv(wish: Wish) -> bytes:
    return csv_files.as_csv(tables_of(wish.data, on=wish.on)[wish.table])


def _parquet(wish: Wish) -> bytes:
    return arrow_tables.as_parquet(tables_of(wish.data, on=wish.on)[wish.table])


_FORMATS: Final = (
    Format("csv", "one table, safe in a spreadsheet", Sort.TEXT, _csv, one_table=True),
    Format(
        "json-lines", "one record a line, nothing lost", Sort.TEXT, lambda wish: json_lines.as_json_lines(wish.data)
    ),
    Format(
        "geojson",
        "cities as points, partnerships as lines",
        Sort.TEXT,
        lambda wish: geo_json.as_geo_json(wish.data, on=wish.on),
    ),
    Format("graphml", "a graph", Sort.TEXT, lambda wish: graphs.as_graphml(wish.data, on=wish.on)),
    Format("gexf", "a graph, for Gephi", Sort.TEXT, lambda wish: graphs.as_gexf(wish.data, on=wish.on)),
    Format("json-ld", "linked data", Sort.TEXT, lambda wish: json_ld.as_json_ld(wish.data, on=wish.on)),
    Format("sqlite", "a database", Sort.BINARY, lambda wish: sqlite_files.as_sqlite(wish.data, on=wish.on)),
    Format("parquet", "one table, for data frames and databases", Sort.BINARY, _parquet, one_table=True),
    Format(
        "parquet-folder",
        "all tables, in partitions by country, for DuckDB and Spark",
        Sort.FOLDER,
        lambda wish: arrow_tables.partitioned_files(wish.data, on=wish.on),
    ),
    Format(
        "data-package",
        "all tables as CSV, with what they mean (Frictionless)",
        Sort.FOLDER,
        lambda wish: data_package.package_files(wish.data, licence=wish.licence, on=wish.on),
    ),
)
FORMATS: Final = {each.name: each for each in _FORMATS}
"""The formats, by name."""
