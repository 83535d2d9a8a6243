"""Excel workbooks, row by row, with the values last computed; no formula or macro is run."""

import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, BinaryIO, Final

from friendcities.errors import InvalidQueryError
from friendcities.extras import extra

_LITERALS: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
"""Parts of a number format that are literal text, a colour or a language."""
_MOST_BYTES: Final = 1 << 27
"""The largest workbook that is read, in bytes once unpacked."""
_MOST_CELLS: Final = 20_000_000
"""How many cells of a sheet are read, counting empty cells before the last of a row."""


def read_workbook(file: BinaryIO, sheet: str | None) -> Iterator[tuple[int, Sequence[Any], str | None]]:
    """Read the rows of a sheet, or of the first: each with its number, its cells, and its error if any.

    Rows are read one by one, so that a single cell far from the others costs no memory.
    """
    with extra("tables", "reading a workbook"):
        import openpyxl  # noqa: PLC0415 - an extra
    rows = _open_sheet(openpyxl, file, sheet).iter_rows()
    cells = number = 0
    while True:
        number += 1
        try:
            row = next(rows, None)
        except Exception as error:  # noqa: BLE001 - openpyxl raises any exception on a broken file
            yield number, (), f"from here on the sheet is broken: {error}"
            return
        if row is None:
            return
        cells += 1 + len(row)
        if cells > _MOST_CELLS:
            yield number, (), f"from here on the sheet is not read: it has more than {_MOST_CELLS:,} cells"
            return
        yield number, [_displayed_value(cell) for cell in row], None


def _displayed_value(cell: Any) -> Any:
    """The value of a cell; a date only as precise as its format, since Excel stores "May 1989" as a day."""
    value = cell.value
    if not isinstance(value, date):
        return value
    parts = _LITERALS.sub("", cell.number_format).lower()
    if "d" in parts or "y" not in parts:
        return value
    return f"{value.year:04}-{value.month:02}" if "m" in parts else f"{value.year:04}"


def _open_sheet(openpyxl: Any, file: BinaryIO, name: str | None) -> Any:
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST_BYTES:
                message = f"unpacked it has more than {_MOST_BYTES:,} bytes"
                raise ValueError(message)  # noqa: TRY301 - reported like any other broken workbook
        with warnings.catch_warnings(action="ignore"):  # about styles and validation, which are not read
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheets = {sheet.title: sheet for sheet in book.worksheets}
    except Exception as error:  # noqa: BLE001 - openpyxl raises any exception on a broken file
        message = f"this is no workbook that can be read: {error}"
        raise ValueError(message) from None
    wanted = next(iter(sheets), "") if name is None else name
    if wanted not in sheets:
        message = f"it has no sheet {wanted!r}; it has {', '.join(map(repr, sheets)) or 'none'}"
        raise InvalidQueryError(message, wanted, tuple(sheets))
    sheet = sheets[wanted]
    sheet.reset_dimensions()  # the size that a sheet declares can be wrong
    return sheet
