"""The report on every row: totals, reasons, and its three forms."""

import csv
import io
import json
import re

import pytest

from friendcities.importers import Outcome, Reason, Remark, Report, Row
from friendcities.names.countries import ALIASES, comparison_key, country_names, read_country
from tests.tables import COLUMNS, built

REPORT = built(
    ("Vík", "Iceland", "", "", "Lyon", "France", "", ""),
    ("Lyon", "France", "", "", "Vík", "Iceland", "", ""),
    ("=1+1", "Iceland", "", "", "1994", "", "", ""),
).report


def test_totals_add_up() -> None:
    """Every row has one outcome."""
    assert (3, 1, 1, 1) == (REPORT.total, REPORT.imported, REPORT.merged, REPORT.rejected)
    assert {
        Reason.REPEATED: 1,
        Reason.INVALID_NAME: 1,
        Reason.YEAR_FOR_CITY: 1,
        Reason.BLANK_COUNTRY: 1,
    } == REPORT.reasons


def test_as_text() -> None:
    """The totals, then each reason with its rows, of many only the first."""
    lines = REPORT.as_text().splitlines()
    none = REPORT.as_text(0).splitlines()

    assert "3 rows: 1 imported, 1 merged, 1 rejected" == lines[0] == none[0]
    assert "  row 3 (merged): row 2 states the same partnership" in lines
    assert none[1:3] == ["blank country: 1 row", "  and 1 more"]


def test_as_json() -> None:
    """Everything, with the text as found."""
    told = json.loads(REPORT.as_json())

    assert (3, 1, 1, 1) == tuple(told[key] for key in ("total", "imported", "merged", "rejected"))
    assert list(COLUMNS) == list(told["rows"][0]["cells"])
    assert "fr-lyon--is-vik" == told["rows"][1]["partnership"]


def test_as_csv_without_formulas() -> None:
    """A line a row; a cell that a spreadsheet would work out is text."""
    cell = Row(2, Outcome.REJECTED, (), (Remark(Reason.MARKUP, "=1+1"), Remark(Reason.MARKUP, "x")))
    rows = list(csv.reader(io.StringIO(Report((cell,)).as_csv())))

    assert [["2", "rejected", "markup markup", "'=1+1; x", "", ""]] == rows[1:]
    assert 4 == len(list(csv.reader(io.StringIO(REPORT.as_csv()))))


@pytest.mark.parametrize("text", ["a;=1+1;b", "a; =1+1", "a\t@SUM(1)", "a\n-1+1", '=1+1";x', "\u200b=1+1"])
def test_as_csv_without_formulas_after_separators(text: str) -> None:
    """Some spreadsheets split cells at semicolons, tabs and line breaks: no part of a cell begins like a formula."""
    row = Row(2, Outcome.REJECTED, ((text, text),), (Remark(Reason.MARKUP, text),))
    [_, cells] = csv.reader(io.StringIO(Report((row,)).as_csv()))

    assert [] == [part for cell in cells for part in re.split(r"[;\t\n]", cell) if re.match(r"[\s\u200b]*[=+@-]", part)]


@pytest.mark.parametrize(("text", "code"), ALIASES.items())
def test_aliases_are_needed(text: str, code: str) -> None:
    """Each spelling is read, and is none that the usual names have."""
    assert (code, False) == (read_country(text).code, read_country(text).standard)
    assert comparison_key(text) not in country_names()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Republic of Ireland", "IE"),
        ("England, United Kingdom", "GB"),
        ("Réunion, France", "RE"),
        ("Åland Islands, Finland", "AX"),
        ("Brandenburg, Germany", "DE"),
        ("Georgia, United States", "US"),
        ("Nowhere, Atlantis", None),
        ("Atlantis", None),
        (",", None),
        ("a," * 3000, None),
    ],
)
def test_spellings(text: str, code: str | None) -> None:
    """A part behind a comma is the country, but for what has a code of its own."""
    assert code == read_country(text).code


def test_the_point_tells_which_is_meant() -> None:
    """A name of several countries is told by the coordinates, where they lie in one alone."""
    assert ("GE", "US") == read_country("Georgia").candidates
    assert ("GE", "US") == read_country("Georgia", (0.0, 0.0)).candidates
    assert ["GE", "US"] == [read_country("Georgia", point).code for point in ((41.7, 44.8), (34.2, -85.2))]
