"""Tables as CSV: RFC 4180, UTF-8, safe to open in a spreadsheet, and exact to read back.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula and runs it. A text that could be
one is therefore marked with an apostrophe in front. Where the comma is the decimal sign, spreadsheets divide a line at
semicolons, whatever is quoted, and so what stands behind a semicolon, a tab or a line break is marked as if it were a
cell of its own. What begins with an apostrophe is marked too, so that the mark can always be told from the text.
Numbers, dates and truth values are never marked. :func:`read_csv` takes the marks away.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from friendcities.datasets.partnership_questions import Dataset
from friendcities.errors import DataError, Problem
from friendcities.exporters.files import checked_path
from friendcities.exporters.tables import (
    SHAPES,
    Cell,
    CellType,
    Column,
    Exportable,
    Row,
    Table,
    checked_table,
    tables_of,
)
from friendcities.model import DateLike
from friendcities.model.record import short

__all__ = ["MARKS", "as_csv", "csv_files", "marked", "read_csv", "unmarked"]

V = TypeVar("V")

_MARK: Final = "'"
_DANGEROUS: Final = re.compile(
    r"""[\s\x00-\x1f\x7f\u00ad\u200b-\u200f\u2060-\u2064\ufeff"']*[=+\-@＝＋－＠﹦﹢﹣﹫]|[\t\r\n']"""
)
"""How a text begins that a spreadsheet could run, be it behind blanks, quotes or unseen signs; or that looks marked."""
_CELL: Final = re.compile(r"(?<=[;\t\r\n])")
"""Where a spreadsheet may begin a new cell within a text."""
_QUOTED: Final = re.compile(r'[,;"\t\r\n]|^\s|\s$')
"""What makes a cell need quotes: also what is no comma, but may be taken for one."""
MARKS: Final = (
    "In CSV, a text that a spreadsheet could take for a formula, at its beginning or behind a semicolon, a tab or a "
    "line break in it, has an apostrophe in front there; so has one that begins with an apostrophe."
)
"""What a reader of our CSV has to know, who does not use :func:`read_csv`."""


def marked(text: str) -> str:
    """A text as it stands in a cell.

    Example:
        >>> marked("=1+1"), marked("'s-Hertogenbosch"), marked("Dunedin"), marked("Dunedin;=1+1")
        ("'=1+1", "''s-Hertogenbosch", 'Dunedin', "Dunedin;'=1+1")
    """
    return "".join(_MARK + piece if _DANGEROUS.match(piece) else piece for piece in _CELL.split(text))


def unmarked(text: str) -> str:
    """The text of a cell, without the marks.

    Example:
        >>> unmarked("'=1+1"), unmarked("''s-Hertogenbosch"), unmarked("Dunedin"), unmarked("Dunedin;'=1+1")
        ('=1+1', "'s-Hertogenbosch", 'Dunedin', 'Dunedin;=1+1')
    """
    return "".join(piece.removeprefix(_MARK) for piece in _CELL.split(text))


def as_csv(table: Table) -> bytes:
    r"""A table as CSV: a heading, then a line a row, each ended by CR LF; what is not known is left empty.

    Example:
        >>> import friendcities as fc
        >>> as_csv(tables_of(fc.dataset(), [fc.source("shine-2023-12-02")])["authors"])
        b'source,position,name\r\nshine-2023-12-02,1,Yang Meiping\r\n'
    """
    ways = [_WAYS[column.type] for column in table.shape.columns]
    lines = [",".join(table.shape.names)]
    lines += [
        ",".join("" if cell is None else _quoted(way(cell)) for way, cell in zip(ways, row, strict=True))
        for row in table.rows
    ]
    return "".join(f"{line}\r\n" for line in lines).encode()


def csv_files(
    data: Dataset, records: Iterable[Exportable] | None = None, *, on: DateLike | None = None
) -> dict[str, bytes]:
    """The CSV files of a dataset, or of an answer, by name; tables without a row have one too."""
    return {f"{name}.csv": as_csv(table) for name, table in tables_of(data, records, on=on).items()}


def read_csv(path: str | Path, table: str) -> Table:
    """Read back a table that was written as CSV: the same cells, of the same types.

    Args:
        path: The file.
        table: Which table it is: ``"cities"``, ``"partnerships"`` …

    Raises:
        InvalidQueryError: If there is no such table.
        DataError: If the file cannot be read, or is not that table: every cell that cannot be, with its line.
    """
    shape = SHAPES[checked_table(table)]
    path = checked_path(path)
    try:
        lines = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), strict=True))
    except (OSError, ValueError, csv.Error) as error:
        what = f"it cannot be read: {getattr(error, 'strerror', None) or error}"
        raise DataError([Problem(path=str(path), message=what, expected="a table as CSV, in UTF-8")]) from None
    problems: list[Problem] = []
    rows: list[Row] = []
    if not lines or tuple(lines[0]) != shape.names:
        expected = f"the heading of the table: {','.join(shape.names)}"
        raise DataError([Problem(path=str(path), line=1, message="these are other columns", expected=expected)])
    for number, cells in enumerate(lines[1:], 2):
        if len(cells) != len(shape.columns):
            what = f"there are {len(cells)} cells"
            problems.append(Problem(path=str(path), line=number, message=what, expected=str(len(shape.columns))))
            continue
        row: list[Cell] = []
        for column, cell in zip(shape.columns, cells, strict=True):
            try:
                row.append(_cell(column, cell))
            except ValueError:
                what, expected = f"{short(cell)} cannot stand here", f"of type {column.type}"
                problems.append(
                    Problem(path=str(path), line=number, field=column.name, message=what, expected=expected)
                )
        rows.append(tuple(row))
    if problems:
        raise DataError(problems)
    return Table(shape, tuple(rows))


def _quoted(text: str) -> str:
    """A cell, in quotes where it needs them; the writer of the csv module puts none around a semicolon or a blank."""
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _cell(column: Column, text: str) -> Cell:
    return _READERS[column.type](text) if text else None


def _integer(text: str) -> int:
    return _same(int(text), str, text)


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text)


def _decimal(text: str) -> str:
    from friendcities.codec.scalars import DECIMAL  # noqa: PLC0415 - cattrs takes long to import, and writing does without

    if not DECIMAL.fullmatch(text):
        raise ValueError(text)
    return text


def _boolean(text: str) -> bool:
    if text not in _BOOLEANS:
        raise ValueError(text)
    return _BOOLEANS[text]


def _date(text: str) -> date:
    return _same(date.fromisoformat(text), date.isoformat, text)


def _same(value: V, way: Callable[[V], str], text: str) -> V:
    """A value, if it is written as it was read: Python reads more than one way to write a number or a day."""
    if way(value) != text:
        raise ValueError(text)
    return value


_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")
_BOOLEANS: Final = {"true": True, "false": False}
_WAYS: Final[dict[CellType, Callable[..., str]]] = {
    CellType.TEXT: marked,
    CellType.INTEGER: str,
    CellType.NUMBER: repr,
    CellType.DECIMAL: str,
    CellType.BOOLEAN: lambda value: "true" if value else "false",
    CellType.DATE: date.isoformat,
}
_READERS: Final[dict[CellType, Callable[[str], Cell]]] = {
    CellType.TEXT: unmarked,
    CellType.INTEGER: _integer,
    CellType.NUMBER: _number,
    CellType.DECIMAL: _decimal,
    CellType.BOOLEAN: _boolean,
    CellType.DATE: _date,
}
