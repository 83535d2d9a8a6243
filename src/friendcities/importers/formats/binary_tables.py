"""Reads tables from binary files row by row: Excel workbooks with their stored values, and Parquet."""

import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, BinaryIO, Final

from friendcities.errors import InvalidQueryError
from friendcities.extras import extra

RawRows = Iterator[tuple[int, Sequence[Any], str | None]]
"""The rows of a table: each with its number, its cells, and why it could not be read, if so."""
_LITERALS: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
"""Parts of a number format that are literal text, a colour or a language."""
_MOST_BYTES: Final = 1 << 27
"""The largest workbook that is read, in bytes once unpacked."""
_MOST_CELLS: Final = 20_000_000
"""How many cells of a sheet are read, counting empty cells before the last of a row."""
_MOST_ROWS: Final = 10_000_000
"""The most rows of Parquet that are read: an empty row takes no space in a file."""
_BATCH: Final = 4096


def read_workbook(file: BinaryIO, sheet: str | None) -> tuple[RawRows, tuple[str, ...]]:
    """Read the rows of a sheet, and name the other sheets. The default is the first visible sheet that is not empty.

    Nothing is run. Rows are read one by one to save memory.
    """
    with extra("tables", "reading a workbook"):
        import openpyxl  # noqa: PLC0415 - an extra
    sheets = _open_sheets(openpyxl, file)
    for each in sheets.values():
        each.reset_dimensions()  # the size that a sheet declares can be wrong
    visible = [title for title, each in sheets.items() if each.sheet_state == "visible"] or list(sheets)[:1]
    filled = (title for title in visible if _has_cells(sheets[title]))
    wanted = sheet if sheet is not None else next(filled, None) or next(iter(visible), "")
    if wanted not in sheets:
        message = f"the workbook has no sheet {wanted!r}; it has {', '.join(map(repr, sheets)) or 'none'}"
        raise InvalidQueryError(message, wanted, tuple(sheets))
    empty = visible[: visible.index(wanted)] if sheet is None else []
    states = {title: "hidden" for title, each in sheets.items() if each.sheet_state != "visible"}
    states |= dict.fromkeys(empty, f"empty; {wanted!r} is read")
    others = [f"{title} ({states[title]})" if title in states else title for title in sheets if title != wanted]
    return _sheet_rows(sheets[wanted].iter_rows()), tuple(others)


def _has_cells(sheet: Any) -> bool:
    """Whether a sheet contains a non-blank cell, or cannot be read."""
    rows = _sheet_rows(sheet.iter_rows())
    return any(error or any(str(cell).strip() for cell in row if cell is not None) for _, row, error in rows)


def _sheet_rows(rows: Iterator[Sequence[Any]]) -> RawRows:
    cells = number = 0
    while True:
        number += 1
        try:
            row = next(rows, None)
        except Exception as error:  # noqa: BLE001 - openpyxl raises any exception on a broken file
            yield number, (), f"the sheet is broken from here on: {error}"
            return
        if row is None:
            return
        cells += 1 + len(row)
        if cells > _MOST_CELLS:
            yield number, (), f"the sheet is not read from here on: it has more than {_MOST_CELLS:,} cells"
            return
        yield number, [_displayed_value(cell) for cell in row], None


def _displayed_value(cell: Any) -> Any:
    """The value of a cell. A date has the precision of its format, because Excel stores "May 1989" as a day."""
    value = cell.value
    if not isinstance(value, date):
        return value
    parts = _LITERALS.sub("", cell.number_format).lower()
    if "d" in parts or "y" not in parts:
        return value
    return f"{value.year:04}-{value.month:02}" if "m" in parts else f"{value.year:04}"


def _open_sheets(openpyxl: Any, file: BinaryIO) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST_BYTES:
                message = f"unpacked it has more than {_MOST_BYTES:,} bytes"
                raise ValueError(message)  # noqa: TRY301 - reported like any other broken workbook
        with warnings.catch_warnings(action="ignore"):  # about styles and validation, which are not read
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        return {sheet.title: sheet for sheet in book.worksheets}
    except Exception as error:  # noqa: BLE001 - openpyxl raises any exception on a broken file
        message = f"it is not a readable workbook: {error}"
        raise ValueError(message) from None


def read_parquet(file: BinaryIO) -> tuple[list[str], RawRows]:
    """Read the column names and the rows of a Parquet file; the first row has the number 2."""
    with extra("tables", "reading Parquet"):
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415
    try:
        opened = parquet.ParquetFile(file)
    except (pa.ArrowException, OSError) as error:
        message = f"it is not readable Parquet: {error}"
        raise ValueError(message) from None
    if opened.metadata.num_rows > _MOST_ROWS:
        message = f"it has more than {_MOST_ROWS:,} rows"
        raise ValueError(message)
    return [str(name) for name in opened.schema_arrow.names], _parquet_rows(opened, pa.ArrowException)


def _parquet_rows(opened: Any, arrow_error: type[Exception]) -> RawRows:
    number = 1
    try:
        for batch in opened.iter_batches(batch_size=_BATCH):
            for row in zip(*map(_column_values, batch.columns), strict=True):
                number += 1
                yield number, row, None
    except (arrow_error, OSError) as error:
        yield number + 1, (), f"the file is broken from here on: {error}"


def _column_values(column: Any) -> list[Any]:
    """The values of a column; dates outside Python's range become text."""
    try:
        values: list[Any] = column.to_pylist()
    except (ValueError, OverflowError):
        values = column.cast("string").to_pylist()
    return values
