"""Reads Excel workbooks and Parquet files row by row."""

import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, BinaryIO, Final

from attrs import define

from friendcities.errors import InvalidQueryError
from friendcities.extras import extra
from friendcities.importers.formats.workbook_parts import check_parts
from friendcities.limits import (
    PARQUET_CELLS,
    PARQUET_COLUMNS,
    PARQUET_ROWS,
    UNPACKED_BYTES,
    WORKBOOK_CELLS,
    WORKBOOK_ROWS,
)

RawRows = Iterator[tuple[int, Sequence[Any], str | None]]
"""The rows of a table. A row is its number, its cells, and an error if the row cannot be read."""
_LITERALS: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
"""Parts of a number format that contain no date codes: literal text, colours and languages."""
_FIRST_DATE: Final = 2100
"""The number that Excel stores for the first accepted date, in 1905. A smaller number is probably a year."""
_BATCH: Final = 128
"""The number of Parquet rows that are unpacked together."""
_TEXT: Final = "BYTE_ARRAY"
"""The type of texts in Parquet."""


def read_workbook(file: BinaryIO, sheet: str | None) -> tuple[RawRows, tuple[str, ...]]:
    """Read the rows of a sheet, and list the other sheets.

    The default sheet is the first visible sheet with cells. Formulas and macros are not run.
    """
    with extra("tables", "reading a workbook"):
        import openpyxl  # noqa: PLC0415 - an extra
    sheets = _open_sheets(openpyxl, file)
    for each in sheets.values():
        each.reset_dimensions()  # a sheet can declare a wrong size
    visible = [title for title, each in sheets.items() if each.sheet_state == "visible"] or list(sheets)[:1]
    size = _Size()
    filled = (title for title in visible if _has_cells(sheets[title], size))
    wanted = sheet if sheet is not None else next(filled, None) or next(iter(visible), "")
    if wanted not in sheets:
        message = f"the workbook has no sheet {wanted!r}; its sheets: {', '.join(map(repr, sheets)) or 'none'}"
        raise InvalidQueryError(message, wanted, tuple(sheets))
    empty = visible[: visible.index(wanted)] if sheet is None else []
    states = {title: "hidden" for title, each in sheets.items() if each.sheet_state != "visible"}
    states |= dict.fromkeys(empty, f"empty; {wanted!r} is read instead")
    others = [f"{title} ({states[title]})" if title in states else title for title in sheets if title != wanted]
    return _sheet_rows(sheets[wanted].iter_rows(), _Size()), tuple(others)


@define
class _Size:
    """The number of rows and cells that were read from one or several sheets."""

    rows: int = 0
    cells: int = 0

    def exceeded(self) -> str | None:
        if self.rows > WORKBOOK_ROWS:
            return f"{WORKBOOK_ROWS:,} rows"
        return f"{WORKBOOK_CELLS:,} cells" if self.cells > WORKBOOK_CELLS else None


def _has_cells(sheet: Any, size: _Size) -> bool:
    rows = _sheet_rows(sheet.iter_rows(), size)
    return any(error or any(str(cell).strip() for cell in row if cell is not None) for _, row, error in rows)


def _sheet_rows(rows: Iterator[Sequence[Any]], size: _Size) -> RawRows:
    number = 0
    while True:
        number += 1
        try:
            row = next(rows, None)
        except Exception as error:  # noqa: BLE001 - openpyxl raises any exception on a broken file
            yield number, (), f"the rest of the sheet is broken: {error}"
            return
        if row is None:
            return
        size.rows += 1
        size.cells += 1 + len(row)
        if (exceeded := size.exceeded()) is not None:
            yield number, (), f"the rest of the sheet is not read; the sheet has more than {exceeded}"
            return
        yield number, [_displayed_value(cell) for cell in row], None


def _displayed_value(cell: Any) -> Any:
    """A date gets the precision of its format: "May 1989" is a month.

    A number such as 1994 in a date cell becomes an invalid text, because Excel shows a day in 1905.
    """
    value = cell.value
    if not isinstance(value, date):
        return value
    from openpyxl.utils import datetime as excel_dates  # noqa: PLC0415 - an extra

    to_number: Any = excel_dates.to_excel  # a function without types
    number = to_number(value, cell.parent.parent.epoch)
    if number < _FIRST_DATE:
        return f"a number formatted as a date: {number:g}"
    parts = _LITERALS.sub("", cell.number_format).lower()
    if "d" in parts or "y" not in parts:
        return value
    return f"{value.year:04}-{value.month:02}" if "m" in parts else f"{value.year:04}"


def _open_sheets(openpyxl: Any, file: BinaryIO) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(file) as packed:
            check_parts(packed)
        with warnings.catch_warnings(action="ignore"):  # warnings about styles and validation
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        return {sheet.title: sheet for sheet in book.worksheets}
    except Exception as error:  # noqa: BLE001 - openpyxl raises any exception on a broken file
        message = f"not a readable workbook: {error}"
        raise ValueError(message) from None


def read_parquet(file: BinaryIO) -> tuple[list[str], RawRows]:
    """Read the column names and the rows of a Parquet file; the first row has the number 2."""
    with extra("tables", "reading Parquet"):
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415
    try:
        metadata = parquet.read_metadata(file)
        _check_size(metadata)
        # a text that is stored once is unpacked only once
        texts = [place for place in range(metadata.num_columns) if _has_shared_texts(metadata, place)]
        names = [metadata.schema.column(place).path for place in texts]
        opened = parquet.ParquetFile(file, metadata=metadata, read_dictionary=names)
    except (pa.ArrowException, OSError) as error:
        message = f"not readable Parquet: {error}"
        raise ValueError(message) from None
    return [str(name) for name in opened.schema_arrow.names], _parquet_rows(opened, pa.ArrowException)


def _has_shared_texts(metadata: Any, place: int) -> bool:
    groups = [metadata.row_group(number).column(place) for number in range(metadata.num_row_groups)]
    is_text = metadata.schema.column(place).physical_type == _TEXT
    return is_text and not any("DELTA" in encoding for group in groups for encoding in group.encodings)


def _check_size(metadata: Any) -> None:
    groups = map(metadata.row_group, range(metadata.num_row_groups))
    for number, most, what in (
        (metadata.num_rows, PARQUET_ROWS, "rows"),
        (metadata.num_columns, PARQUET_COLUMNS, "columns"),
        (metadata.num_rows * metadata.num_columns, PARQUET_CELLS, "cells"),
        (sum(group.total_byte_size for group in groups), UNPACKED_BYTES, "bytes once unpacked"),
    ):
        if number > most:
            message = f"the file has more than {most:,} {what}"
            raise ValueError(message)


def _parquet_rows(opened: Any, arrow_error: type[Exception]) -> RawRows:
    number = 1
    try:
        for batch in opened.iter_batches(batch_size=_BATCH):
            for row in zip(*map(_column_values, batch.columns), strict=True):
                number += 1
                yield number, row, None
    except (arrow_error, OSError) as error:
        yield number + 1, (), f"the rest of the file is broken: {error}"


def _column_values(column: Any) -> list[Any]:
    """Dates outside Python's range become text. Equal texts share one object."""
    if hasattr(column, "dictionary"):
        texts = column.dictionary.to_pylist()
        return [None if index is None else texts[index] for index in column.indices.to_pylist()]
    try:
        values: list[Any] = column.to_pylist()
    except (ValueError, OverflowError):
        values = column.cast("string").to_pylist()
    return values
