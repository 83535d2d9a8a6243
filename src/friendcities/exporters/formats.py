"""The export formats for files and folders."""

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Final

from attrs import frozen

from friendcities.exporters import csv_files, data_frames, data_package, geojson, graphs, json_ld, json_lines, sqlite
from friendcities.exporters.tables import Table, build_tables
from friendcities.model import DateLike

if TYPE_CHECKING:
    from friendcities.datasets.dataset import Dataset


@frozen
class ExportOptions:
    """The dataset to export, with options."""

    data: "Dataset"
    on: DateLike | None
    """The date of the states of partnerships; ``None``: after the last recorded step."""
    table: str
    licence: str | None


class OutputKind(Enum):
    """The kind of output of a format. Text can be printed."""

    TEXT = "text"
    BINARY = "binary"
    FOLDER = "folder"


Content = bytes | dict[str, bytes]
"""The content of a file, or of the files of a folder, by path."""


@frozen
class Format:
    """An export format."""

    name: str
    summary: str
    output: OutputKind
    export: Callable[[ExportOptions], Content]
    one_table: bool = False


def _for_table(export: Callable[[Table], bytes]) -> Callable[[ExportOptions], bytes]:
    """The export of one table."""
    return lambda options: export(build_tables(options.data, on=options.on, names=[options.table])[options.table])


def _for_dataset(export: Callable[..., Content]) -> Callable[[ExportOptions], Content]:
    """The export of a whole dataset at a date."""
    return lambda options: export(options.data, on=options.on)


_TEXT, _BINARY, _FOLDER = OutputKind
_FORMATS: Final = (
    Format("csv", "one table, safe in a spreadsheet", _TEXT, _for_table(csv_files.as_csv), one_table=True),
    Format("json-lines", "one record a line, nothing lost", _TEXT, lambda each: json_lines.as_json_lines(each.data)),
    Format("geojson", "cities as points, partnerships as lines", _TEXT, _for_dataset(geojson.as_geojson)),
    Format("graphml", "a graph", _TEXT, _for_dataset(graphs.as_graphml)),
    Format("gexf", "a graph, for Gephi", _TEXT, _for_dataset(graphs.as_gexf)),
    Format("json-ld", "linked data", _TEXT, _for_dataset(json_ld.as_json_ld)),
    Format("sqlite", "a database", _BINARY, _for_dataset(sqlite.as_sqlite)),
    Format("parquet", "one table, for data frames", _BINARY, _for_table(data_frames.as_parquet), one_table=True),
    Format(
        "parquet-folder",
        "all tables, in partitions by country, for DuckDB and Spark",
        _FOLDER,
        _for_dataset(data_frames.partitioned_files),
    ),
    Format(
        "data-package",
        "all tables as CSV, with a description of every column (Frictionless)",
        _FOLDER,
        lambda each: data_package.package_files(each.data, licence=each.licence, on=each.on),
    ),
)
FORMATS: Final = {each.name: each for each in _FORMATS}
