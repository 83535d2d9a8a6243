"""Writes tables as CSV (RFC 4180, UTF-8), and reads such files.

A spreadsheet runs a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula. Such a text gets an apostrophe at
the beginning, such as ``'=1+1``. A text that begins with an apostrophe gets a second apostrophe.

Some spreadsheets split cells at semicolons, tabs or line breaks. A formula after such a character also gets an
apostrophe. :func:`read_csv` removes the apostrophes.
"""

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from friendcities.codec.record_builder import DECIMAL
from friendcities.errors import DataError, Problem
from friendcities.exporters.output_files import check_path
from friendcities.exporters.tables import TABLE_SCHEMAS, Answer, CellType, Row, Table, build_tables, check_table_name
from friendcities.exporters.tables.columns import Cell
from friendcities.model import DateLike
from friendcities.model.record import short

if TYPE_CHECKING:
    from friendcities.datasets.dataset import Dataset

_MARK: Final = "'"
_FORMULA_START: Final = re.compile(
    r"""[\s\x00-\x1f\x7f\u00ad\u200b-\u200f\u2060-\u2064\ufeff"']*[=+\-@＝＋－＠﹦﹢﹣﹫]|[\t\r\n']"""
)
"""The start of a text that needs an apostrophe. Spreadsheets ignore spaces, quotes and invisible characters there."""
_CELL_START: Final = re.compile(r"(?<=[;\t\r\n])")  # where a spreadsheet may start a new cell within a text
_NEEDS_QUOTES: Final = re.compile(r'[,;"\t\r\n]|^\s|\s$')  # a program may split cells at semicolons or tabs
_SAFE_TEXT: Final = re.compile(r"\w(?:[\w .:/()#?=&%+-]*[\w./)])?")
"""A text that needs neither an apostrophe nor quotes. One match is faster than several searches."""
MARKING_RULE: Final = (
    "In CSV, an apostrophe marks a text that a spreadsheet could run as a formula, or that begins with an "
    "apostrophe. The mark is at the beginning of the cell, and after each semicolon, tab or line break."
)
"""An explanation for users who do not read the files with :func:`read_csv`."""


def mark_formulas(text: str) -> str:
    """Add apostrophes to a text that a spreadsheet could run as a formula.

    Example:
        >>> mark_formulas("=1+1"), mark_formulas("'s-Hertogenbosch"), mark_formulas("Dunedin;=1+1")
        ("'=1+1", "''s-Hertogenbosch", "Dunedin;'=1+1")
    """
    pieces = _CELL_START.split(text)
    return "".join(_MARK + piece if _FORMULA_START.match(piece) else piece for piece in pieces)


def unmark_formulas(text: str) -> str:
    """Remove the apostrophes that :func:`mark_formulas` adds."""
    return "".join(piece.removeprefix(_MARK) for piece in _CELL_START.split(text))


def as_csv(table: Table) -> bytes:
    r"""Return a table as CSV: a heading, and a line for each row. Lines end with CR LF. Unknown values are empty cells.

    Example:
        >>> import friendcities as fc
        >>> as_csv(build_tables(fc.dataset(), [fc.source("shine-2023-12-02")])["authors"])
        b'source,position,name\r\nshine-2023-12-02,1,Yang Meiping\r\n'
    """
    formatters = [_FORMATTERS[column.type] for column in table.schema.columns]
    lines = [",".join(table.schema.names)]
    for row in table.rows:
        cells = ["" if cell is None else write(cell) for write, cell in zip(formatters, row, strict=True)]
        lines.append(",".join(cells))
    return "".join(f"{line}\r\n" for line in lines).encode()


def as_excel_csv(table: Table) -> bytes:
    """Return a table as CSV with a byte-order mark. Excel then detects UTF-8."""
    return BOM_UTF8 + as_csv(table)


def csv_files(data: "Dataset", records: Answer = None, *, on: DateLike | None = None) -> dict[str, bytes]:
    """Return the CSV files of a dataset or of query results, by file name. Empty tables are included."""
    return {f"{name}.csv": as_csv(table) for name, table in build_tables(data, records, on=on).items()}


def read_csv(path: str | Path, table: str) -> Table:
    """Read a table that was exported as CSV. The cells have the same types and values as before the export.

    Raises:
        InvalidQueryError: If the table name is unknown.
        DataError: If the file cannot be read or does not contain the table. The error lists every invalid cell.
    """
    schema = TABLE_SCHEMAS[check_table_name(table)]
    path = check_path(path)
    try:
        lines = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), strict=True))
    except (OSError, ValueError, csv.Error) as error:
        message = f"the file cannot be read: {getattr(error, 'strerror', None) or error}"
        raise DataError([Problem(path=str(path), message=message, expected="a CSV table in UTF-8")]) from None
    if not lines or tuple(lines[0]) != schema.names:
        expected = f"the heading of the table: {','.join(schema.names)}"
        raise DataError([Problem(path=str(path), line=1, message="unexpected columns", expected=expected)])
    problems: list[Problem] = []
    rows: list[Row] = []
    for number, texts in enumerate(lines[1:], 2):
        if len(texts) != len(schema.columns):
            message, expected = f"the line has {len(texts)} cells", str(len(schema.columns))
            problems.append(Problem(path=str(path), line=number, message=message, expected=expected))
            continue
        row: list[Cell] = []
        for column, text in zip(schema.columns, texts, strict=True):
            try:
                row.append(_parse_cell(column.type, text) if text else None)
            except ValueError:
                message, expected = f"invalid value {short(text)}", f"a value of type {column.type}"
                problem = Problem(path=str(path), line=number, field=column.name, message=message, expected=expected)
                problems.append(problem)
        rows.append(tuple(row))
    if problems:
        raise DataError(problems)
    return Table(schema, tuple(rows))


@lru_cache(maxsize=2**16)
def _format_text(text: str) -> str:
    """Return a text as a CSV cell, with apostrophes against formulas and with quotes."""
    if _SAFE_TEXT.fullmatch(text):
        return text
    marked = mark_formulas(text)
    return '"' + marked.replace('"', '""') + '"' if _NEEDS_QUOTES.search(marked) else marked


_FORMATTERS: Final[dict[CellType, Callable[..., str]]] = {
    CellType.TEXT: _format_text,
    CellType.INTEGER: str,
    CellType.NUMBER: repr,
    CellType.DECIMAL: str,
    CellType.BOOLEAN: lambda value: "true" if value else "false",
    CellType.DATE: date.isoformat,
}
_PARSERS: Final[Mapping[CellType, tuple[re.Pattern[str], Callable[[str], Cell]]]] = {
    type_: (re.compile(pattern), parse)
    for type_, pattern, parse in (
        (CellType.TEXT, r"(?s:.*)", unmark_formulas),
        (CellType.INTEGER, r"0|-?[1-9][0-9]*", int),
        (CellType.NUMBER, r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?", float),
        (CellType.DECIMAL, DECIMAL, str),
        (CellType.BOOLEAN, "true|false", "true".__eq__),
        (CellType.DATE, r"[0-9]{4}-[0-9]{2}-[0-9]{2}", date.fromisoformat),
    )
}
"""The only accepted notation of each type. Python itself reads several notations of numbers and days."""


def _parse_cell(type_: CellType, text: str) -> Cell:
    pattern, parse = _PARSERS[type_]
    if not pattern.fullmatch(text):
        raise ValueError(text)
    return parse(text)
