"""The export formats for files and folders."""

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Final

from attrs import frozen

from friendcities.exporters import csv_files, data_frames, data_package, geojson, graphs, json_ld, json_lines, sqlite
from friendcities.exporters.tables import build_tables
from friendcities.model import DateLike

if TYPE_CHECKING:
    from friendcities.datasets.dataset import Dataset


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
    function: Callable[..., Content]
    """Exports one table, or a dataset with options."""
    options: tuple[str, ...] = ("on",)
    one_table: bool = False

    def export(
        self, data: "Dataset", on: DateLike | None = None, table: str = "partnerships", licence: str | None = None
    ) -> Content:
        """Export a dataset with the states of partnerships at a date; ``None``: after the last recorded step."""
        if self.one_table:
            return self.function(build_tables(data, on=on, names=[table])[table])
        options = {"on": on, "licence": licence}
        return self.function(data, **{name: options[name] for name in self.options})


_TEXT, _BINARY, _FOLDER = OutputKind
_FORMATS: Final = (
    Format("csv", "one table, safe in a spreadsheet", _TEXT, csv_files.as_csv, one_table=True),
    Format("csv-excel", "one table, which Excel opens with all letters", _TEXT, csv_files.as_excel_csv, one_table=True),
    Format("json-lines", "one record a line, nothing lost", _TEXT, json_lines.as_json_lines, ()),
    Format("geojson", "cities as points, partnerships as lines", _TEXT, geojson.as_geojson),
    Format("graphml", "a graph", _TEXT, graphs.as_graphml),
    Format("gexf", "a graph, for Gephi", _TEXT, graphs.as_gexf),
    Format("json-ld", "linked data", _TEXT, json_ld.as_json_ld),
    Format("sqlite", "a database", _BINARY, sqlite.as_sqlite),
    Format("parquet", "one table, for data frames and databases", _BINARY, data_frames.as_parquet, one_table=True),
    Format("parquet-folder", "all tables, partitioned by country", _FOLDER, data_frames.partitioned_files),
    Format(
        "data-package",
        "all tables as CSV, with a description of every column (Frictionless)",
        _FOLDER,
        data_package.package_files,
        ("on", "licence"),
    ),
)
FORMATS: Final = {each.name: each for each in _FORMATS}
