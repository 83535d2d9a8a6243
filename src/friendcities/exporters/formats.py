"""The formats in which a dataset can be exported to a file or a folder."""

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Final

from attrs import frozen

from friendcities.exporters import csv_files, data_frames, data_package, geojson, graphs, json_ld, json_lines, sqlite
from friendcities.exporters.tables import build_tables
from friendcities.model import DateLike

if TYPE_CHECKING:
    from friendcities.datasets.dataset import Dataset

__all__ = ["FORMATS", "ExportOptions", "Format", "OutputKind"]


@frozen
class ExportOptions:
    """What to export."""

    data: "Dataset"
    on: DateLike | None
    """The date at whose end partnerships are shown; ``None``: after the last recorded step."""
    table: str
    """The table, for formats of one table."""
    licence: str | None
    """The licence, for formats that name one."""


class OutputKind(Enum):
    """What a format produces."""

    TEXT = "text"
    """A file that can be printed."""
    BINARY = "binary"
    FOLDER = "folder"


@frozen
class Format:
    """An export format."""

    name: str
    summary: str
    output: OutputKind
    export: Callable[[ExportOptions], bytes | dict[str, bytes]]
    """Makes the content of its file, or of the files of its folder, by path."""
    one_table: bool = False
    """Whether it has only one table."""


def _csv(options: ExportOptions) -> bytes:
    tables = build_tables(options.data, on=options.on, names=[options.table])
    return csv_files.as_csv(tables[options.table])


def _parquet(options: ExportOptions) -> bytes:
    tables = build_tables(options.data, on=options.on, names=[options.table])
    return data_frames.as_parquet(tables[options.table])


_FORMATS: Final = (
    Format("csv", "one table, safe in a spreadsheet", OutputKind.TEXT, _csv, one_table=True),
    Format(
        "json-lines",
        "one record a line, nothing lost",
        OutputKind.TEXT,
        lambda options: json_lines.as_json_lines(options.data),
    ),
    Format(
        "geojson",
        "cities as points, partnerships as lines",
        OutputKind.TEXT,
        lambda options: geojson.as_geojson(options.data, on=options.on),
    ),
    Format("graphml", "a graph", OutputKind.TEXT, lambda options: graphs.as_graphml(options.data, on=options.on)),
    Format("gexf", "a graph, for Gephi", OutputKind.TEXT, lambda options: graphs.as_gexf(options.data, on=options.on)),
    Format("json-ld", "linked data", OutputKind.TEXT, lambda options: json_ld.as_json_ld(options.data, on=options.on)),
    Format("sqlite", "a database", OutputKind.BINARY, lambda options: sqlite.as_sqlite(options.data, on=options.on)),
    Format("parquet", "one table, for data frames and databases", OutputKind.BINARY, _parquet, one_table=True),
    Format(
        "parquet-folder",
        "all tables, in partitions by country, for DuckDB and Spark",
        OutputKind.FOLDER,
        lambda options: data_frames.partitioned_files(options.data, on=options.on),
    ),
    Format(
        "data-package",
        "all tables as CSV, with what they mean (Frictionless)",
        OutputKind.FOLDER,
        lambda options: data_package.package_files(options.data, licence=options.licence, on=options.on),
    ),
)
FORMATS: Final = {each.name: each for each in _FORMATS}
"""The formats, by name."""
