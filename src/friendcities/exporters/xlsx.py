"""Exports tables as a workbook for Excel and other spreadsheets."""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from friendcities.exporters.tables import CellType, Column, Table
from friendcities.exporters.tables.columns import Cell
from friendcities.extras import extra

_FIRST_DATE: Final = date(1905, 9, 30)
"""The first date of a date cell. The importers treat the number of an earlier date as a year in a cell for dates."""
_FIRST_TIME: Final = datetime(1980, 1, 1)  # noqa: DTZ001 - the earliest time in a ZIP archive, without a time zone
_LINK: Final = re.compile(r"https?://\S{1,2000}")  # Excel does not support longer links
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WIDTHS: Final = {CellType.TEXT: 24.0, CellType.DATE: 12.0}
_MAX_LENGTH: Final = 32_767
"""The maximum number of characters in a cell of Excel."""
_SAVED: Final = re.compile(rb"(?<=W3CDTF\">)[^<]+")
"""The times of creation and saving in a workbook."""


def as_xlsx(tables: Iterable[Table]) -> bytes:
    """Make a workbook with a sheet for each table. The bytes depend only on ``tables`` and the version of openpyxl.

    Complete dates from October 1905 on become date cells; other dates become text. Web addresses become links. No text
    becomes a formula.

    Example:
        >>> import friendcities as fc
        >>> from friendcities.exporters.tables import build_tables
        >>> as_xlsx(build_tables(fc.dataset(), [fc.source("shine-2023-12-02")]).values())[:2]
        b'PK'
    """
    with extra("tables", "a workbook"):
        import openpyxl  # noqa: PLC0415 - an extra
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
        from openpyxl.styles import Font  # noqa: PLC0415
        from openpyxl.utils import get_column_letter  # noqa: PLC0415
    workbook = openpyxl.Workbook(write_only=True)
    bold = Font(bold=True)
    for table in tables:
        sheet: Any = workbook.create_sheet(table.schema.name)
        sheet.freeze_panes = "A2"
        for number, column in enumerate(table.schema.columns, 1):
            sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(column.type, 10.0)
        heading = [WriteOnlyCell(sheet, name) for name in table.schema.names]
        for cell in heading:
            cell.font = bold
        sheet.append(heading)
        for row in table.rows:
            cells = []
            for column, value in zip(table.schema.columns, row, strict=True):
                cell = WriteOnlyCell(sheet, _as_value(column, value))
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # also for a text such as =1+1
                    if _LINK.fullmatch(cell.value):
                        cell.hyperlink = cell.value
                        cell.style = "Hyperlink"
                cells.append(cell)
            sheet.append(cells)
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.schema.columns))}{len(table.rows) + 1}"
    written = io.BytesIO()
    workbook.save(written)
    return _without_times(written)


def _as_value(column: Column, value: Cell) -> Any:
    """Convert a cell for Excel. A date before October 1905 becomes text. Invalid characters are replaced."""
    if isinstance(value, str):
        if column.is_partial_date and len(value) == len("2000-01-01"):
            value = date.fromisoformat(value)
        else:
            return _NOT_IN_XML.sub("\ufffd", value)[:_MAX_LENGTH]
    return value.isoformat() if isinstance(value, date) and value < _FIRST_DATE else value


def _without_times(written: io.BytesIO) -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(written) as before, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "docProps/core.xml":
                content = _SAVED.sub(f"{_FIRST_TIME.isoformat()}Z".encode(), content)
            after.writestr(zipfile.ZipInfo(name, _FIRST_TIME.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return result.getvalue()
