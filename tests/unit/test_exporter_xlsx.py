"""Workbooks for spreadsheets."""

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import friendcities as fc
from friendcities import Dataset
from friendcities.cli import main
from friendcities.exporters.tables import TABLE_SCHEMAS, build_tables
from friendcities.exporters.xlsx import as_xlsx
from tests.worlds import a_city, a_source, a_step, a_tie, changed, told


def sheets(content: bytes) -> dict[str, Any]:
    """The sheets of a workbook by name."""
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: sheet for sheet in workbook.worksheets}


def cells(sheet: Any, row: int = 2) -> dict[str, Any]:
    """The cells of a row by the headings of the columns."""
    return dict(zip([cell.value for cell in sheet[1]], sheet[row], strict=True))


def partners(*steps: fc.Step, name: str = "Far") -> dict[str, Any]:
    """The cells of the only partner of a city."""
    source = changed(a_source("list", "2020"), publisher=name, address="https://example.org/list?a=1")
    data = Dataset([a_city("is-home"), a_city("nz-far", name), source, a_tie("is-home", "nz-far", *steps)])
    views = data.partnerships_of("is-home", status="any")
    return cells(sheets(as_xlsx([views._table_for_readers()]))["partners"])


def test_a_workbook_has_a_sheet_for_each_table(tmp_path: Path) -> None:
    """The same cells as in the tables, from the shell and from Python; the heading stays in sight."""
    fc.dataset().to_xlsx(tmp_path / "a.xlsx")
    assert 0 == main(["export", "--status", "any", "-o", str(tmp_path / "b.xlsx")])
    found, tables = sheets((tmp_path / "a.xlsx").read_bytes()), build_tables(fc.dataset())

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert list(TABLE_SCHEMAS) == list(found)
    for name, sheet in found.items():
        assert tables[name].schema.names == tuple(cell.value for cell in sheet[1])
        assert len(tables[name].rows) == sheet.max_row - 1
        assert "A2" == sheet.freeze_panes


def test_one_table_is_one_sheet(tmp_path: Path) -> None:
    """A named table, or the partners of a city."""
    assert 0 == main(["export", "--table", "names", "-o", str(tmp_path / "a.xlsx")])
    assert 0 == main(["export", "Shanghai", "-o", str(tmp_path / "b.xlsx")])
    fc.partnerships_of("Shanghai").to_xlsx(tmp_path / "c.xlsx")

    assert ["names"] == list(sheets((tmp_path / "a.xlsx").read_bytes()))
    assert ["partners"] == list(sheets((tmp_path / "b.xlsx").read_bytes()))
    assert (tmp_path / "b.xlsx").read_bytes() == (tmp_path / "c.xlsx").read_bytes()


def test_a_day_is_a_date_and_another_date_is_text() -> None:
    """A year stays a year; a date before October 1905 is text, because an import takes its number for a year."""
    signed = partners(a_step("1994-10-21"), a_step("2001", kind="friendly_exchange"))
    old = partners(a_step("1905-09-29"))

    assert (datetime(1994, 10, 21), "yyyy-mm-dd") == (signed["established"].value, signed["established"].number_format)  # noqa: DTZ001 - a cell has no zone
    assert "2001" == signed["status_since"].value
    assert None is signed["ended"].value
    assert "1905-09-29" == old["established"].value


def test_days_of_tables_are_dates() -> None:
    """The first and the last possible day."""
    data = Dataset([a_city("is-home"), a_city("nz-far"), a_tie("is-home", "nz-far", a_step("1994"))])
    row = cells(sheets(as_xlsx(build_tables(data).values()))["partnerships"])

    assert ("1994", datetime(1994, 1, 1)) == (row["since"].value, row["since_first"].value)  # noqa: DTZ001 - as above


def test_a_web_address_is_a_link() -> None:
    """And nothing else is one."""
    row = partners(a_step("1994", told("list", "date", "action")))

    assert "https://example.org/list?a=1" == row["link"].hyperlink.target
    assert None is row["sources"].hyperlink


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("https://example.org")', "+1", "-1", "@x", "#N/A", "1994-10-21"])
def test_a_text_is_no_formula(text: str) -> None:
    """A text is written as it is, as text."""
    row = partners(a_step("1994", told("list", "date", "action")), name=text)

    assert [(text, "s")] * 2 == [(row[name].value, row[name].data_type) for name in ("partner", "sources")]


def test_characters_that_a_workbook_cannot_have_are_replaced() -> None:
    """U+FFFE and U+FFFF are not in XML; a cell has at most 32,767 characters."""
    assert "A\ufffdB\ufffd" == partners(a_step("1994"), name="A\ufffeB\uffff")["partner"].value
