"""The export formats for files and folders."""

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Final

from attrs import frozen

from friendcities.exporters import (
    csv_files,
    data_frames,
    data_package,
    geojson,
    graphs,
    json_ld,
    json_lines,
    sqlite,
    xlsx,
)
from friendcities.exporters.tables import TABLE_SCHEMAS, Table, build_tables
from friendcities.model import DateLike

if TYPE_CHECKING:
    from friendcities.datasets.dataset import Dataset


class OutputKind(Enum):
    """The kind of output of a format. Only text can be printed."""

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
    """Exports a dataset, one table or several tables."""
    endings: tuple[str, ...] = ()
    """The file extensions of the format, in lower case."""
    options: tuple[str, ...] = ("on",)
    one_table: bool = False
    several_tables: bool = False

    def export(
        self,
        data: "Dataset",
        on: DateLike | None = None,
        table: str | Table | None = None,
        licence: str | None = None,
    ) -> Content:
        """Export a dataset. ``on`` sets the date for the state of partnerships. ``None`` means after the last step.

        ``table`` selects one table. The default for a format with one table is ``partnerships``.
        """
        if self.one_table or self.several_tables:
            if not isinstance(table, Table):
                names = [table] if table else ["partnerships"] if self.one_table else TABLE_SCHEMAS
                tables = [*build_tables(data, on=on, names=names).values()]
            else:
                tables = [table]
            return self.function(tables if self.several_tables else tables[0])
        options = {"on": on, "licence": licence}
        return self.function(data, **{name: options[name] for name in self.options})


_TEXT, _BINARY, _FOLDER = OutputKind
_FORMATS: Final = (
    Format("csv", "a table", _TEXT, csv_files.as_csv, (".csv",), one_table=True),
    Format("csv-excel", "a table for Excel", _TEXT, csv_files.as_excel_csv, one_table=True),
    Format(
        "xlsx",
        "a workbook for Excel",
        _BINARY,
        xlsx.as_xlsx,
        (".xlsx",),
        several_tables=True,
    ),
    Format(
        "json-lines", "records as JSON, one on each line", _TEXT, json_lines.as_json_lines, (".jsonl", ".ndjson"), ()
    ),
    Format("geojson", "a map", _TEXT, geojson.as_geojson, (".geojson",)),
    Format("graphml", "a graph", _TEXT, graphs.as_graphml, (".graphml",)),
    Format("gexf", "a graph for Gephi", _TEXT, graphs.as_gexf, (".gexf",)),
    Format("json-ld", "linked data", _TEXT, json_ld.as_json_ld, (".jsonld",)),
    Format("sqlite", "a database", _BINARY, sqlite.as_sqlite, (".db", ".sqlite", ".sqlite3")),
    Format(
        "parquet",
        "a table for data frames",
        _BINARY,
        data_frames.as_parquet,
        (".parquet",),
        one_table=True,
    ),
    Format("parquet-folder", "Parquet files, by country", _FOLDER, data_frames.partitioned_files),
    Format(
        "data-package",
        "CSV files with a description (Frictionless)",
        _FOLDER,
        data_package.package_files,
        options=("on", "licence"),
    ),
)
FORMATS: Final = {each.name: each for each in _FORMATS}
ENDINGS: Final = {ending: each for each in _FORMATS for ending in each.endings}
"""The formats by file extension."""
