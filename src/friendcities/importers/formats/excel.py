"""Workbooks of Excel, row by row, with the values that were last computed; nothing in them is run."""

import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, BinaryIO, Final

from friendcities.errors import InvalidQueryError, MissingExtraError

__all__ = ["workbook_rows"]

_INSTALL: Final = "workbooks are read by openpyxl: pip install 'friendcities[tables]'"
_NOT_SHOWN: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
"""Parts of the format of a number that stand for themselves, or for a colour or a language."""
_MOST_BYTES: Final = 1 << 27
"""How large a workbook may be once it is unpacked, in bytes."""
_MOST_CELLS: Final = 20_000_000
"""How many cells of a sheet are looked at, the empty ones before the last of a row too."""


def workbook_rows(file: BinaryIO, sheet: str | None) -> Iterator[tuple[int, Sequence[Any] | str]]:
    """The rows of a sheet, the heading too: each with its number, and its cells or why it has none.

    Rows are read one by one, so that a lone cell far out costs no memory.

    Args:
        file: The workbook.
        sheet: The name of the sheet; ``None``: the first.

    Raises:
        MissingExtraError: If openpyxl is not installed.
        InvalidQueryError: If it has no such sheet.
        ValueError: If it is no workbook, or too large a one.
    """
    try:
        import openpyxl  # noqa: PLC0415 - an extra
    except ImportError:
        raise MissingExtraError(_INSTALL) from None
    rows = _sheet(openpyxl, file, sheet).iter_rows()
    number = cells = 0
    while True:
        number += 1
        try:
            row = next(rows, None)
        except Exception as error:  # noqa: BLE001 - as for the whole workbook, below
            yield number, f"from here on the sheet is broken: {error}"
            return
        if row is None:
            return
        cells += 1 + len(row)
        if cells > _MOST_CELLS:
            yield number, f"from here on the sheet is not read: it has more than {_MOST_CELLS:,} cells"
            return
        yield number, [_shown(cell) for cell in row]


def _shown(cell: Any) -> Any:
    """The value of a cell; a date only as far as the cell shows it, since Excel makes a day of "May 1989"."""
    value = cell.value
    if not isinstance(value, date):
        return value
    parts = _NOT_SHOWN.sub("", cell.number_format).lower()
    if "d" in parts or "y" not in parts:
        return value
    return f"{value.year:04}-{value.month:02}" if "m" in parts else f"{value.year:04}"


def _sheet(openpyxl: Any, file: BinaryIO, name: str | None) -> Any:
    try:
        _refuse_a_large_one(file)
        with warnings.catch_warnings(action="ignore"):  # of styles and checks, which are not read
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheets = {sheet.title: sheet for sheet in book.worksheets}
    except Exception as error:  # noqa: BLE001 - of what is no workbook openpyxl says whatever it stumbles over
        message = f"this is no workbook that can be read: {error}"
        raise ValueError(message) from None
    wanted = next(iter(sheets), "") if name is None else name
    if wanted not in sheets:
        message = f"it has no sheet {wanted!r}; it has {', '.join(map(repr, sheets)) or 'none'}"
        raise InvalidQueryError(message, wanted, tuple(sheets))
    sheet = sheets[wanted]
    sheet.reset_dimensions()  # how large a sheet says it is need not be true
    return sheet


def _refuse_a_large_one(file: BinaryIO) -> None:
    with zipfile.ZipFile(file) as packed:
        unpacked = sum(part.file_size for part in packed.infolist())
    if unpacked > _MOST_BYTES:
        message = f"unpacked it has more than {_MOST_BYTES:,} bytes"
        raise ValueError(message)
