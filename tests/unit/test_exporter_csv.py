"""Tables as CSV: safe in spreadsheets, exact to read back, and strictly read."""

import csv
import re
from pathlib import Path

import pytest

import friendcities as fc
from friendcities import DataError, Dataset
from friendcities.exporters.csv_files import as_csv, as_excel_csv, mark_formulas, read_csv, unmark_formulas
from friendcities.exporters.tables import TABLE_SCHEMAS, Table, build_tables
from friendcities.importers import read_table, suggest_profile
from tests.frozen import FROZEN
from tests.worlds import a_city

HOSTILE = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    '"=1+1"',
    "'=1+1",
    "' =1+1",
    "＝1+1",
    "﹦1+1",
    "\u200b=1+1",
    "\ufeff@x",
    "seen;=1+1",
    "seen; 'twice';=1+1",
    "'s-Hertogenbosch",
    "''",
    'a "quoted" name',
    "comma, and more",
    "上海",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_can_be_run(text: str, tmp_path: Path) -> None:
    """A name that a spreadsheet could run as a formula is marked in the file and read back unchanged."""
    table = build_tables(Dataset([a_city("is-a", text)]))["cities"]
    path = tmp_path / "cities.csv"
    path.write_bytes(as_csv(table))

    with path.open(encoding="utf-8", newline="") as file:
        [_, cells] = csv.reader(file)
    assert not any(re.match(r"[\s\"\u200b\ufeff]*[=+\-@＝＋－＠﹦]", cell) for cell in re.split("[;\t\r\n]", cells[1]))
    assert table == read_csv(path, "cities")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\u00a0=1", "'\u00a0=1"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        ("\n=1", "'\n'=1"),
        ("\tx", "'\tx"),
        (" \r\n @x", " \r'\n' @x"),
        (" '=1", "' '=1"),
        ("a\n=1\n'b", "a\n'=1\n''b"),
        ("\0=1", "'\0=1"),
    ],
)
def test_control_characters_hide_no_formula(text: str, expected: str) -> None:
    """Formulas after spaces, tabs and line breaks are marked."""
    assert expected == mark_formulas(text)
    assert text == unmark_formulas(mark_formulas(text))


def test_no_spreadsheet_finds_a_formula_where_it_divides_lines_elsewhere() -> None:
    """Split at semicolons, as some spreadsheets do, no cell is a formula."""
    written = as_csv(build_tables(Dataset([a_city("is-a", "a;=1; +1")]))["cities"]).decode()
    _, second, third = written.splitlines()[1].split(";")

    assert "'=1" == second
    assert third.startswith("' +1")


def test_a_semicolon_divides_no_cell_in_quotes() -> None:
    """A cell with semicolons or outer spaces is quoted, so that programs keep it whole."""
    table = Table(TABLE_SCHEMAS["authors"], (("a", 1, "b;c"), ("a", 2, " d")))

    assert b'source,position,name\r\na,1,"b;c"\r\na,2," d"\r\n' == as_csv(table)


@pytest.mark.parametrize("text", ["Dunedin", "1994-10-21", "上海", "a=b", "x'y", "http://example.org/?a=-1"])
def test_other_text_is_left_as_it_is(text: str) -> None:
    """Texts that cannot be formulas are not marked."""
    assert text == mark_formulas(text) == unmark_formulas(text)


def test_numbers_are_not_marked() -> None:
    """Negative numbers are not marked."""
    assert b",-45.87416,170.50361," in as_csv(build_tables(fc.dataset(), [fc.city("Dunedin")])["cities"])


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the CSV files of the dataset."""
    folder = tmp_path_factory.mktemp("csv") / "all"
    fc.dataset().to_csv(folder)
    return folder


@pytest.mark.parametrize("name", TABLE_SCHEMAS)
def test_every_table_is_read_back_as_it_was(name: str, written: Path) -> None:
    """A written table is read back with the same cells and types; lines end as RFC 4180 requires."""
    path = written / f"{name}.csv"

    assert build_tables(fc.dataset())[name] == read_csv(path, name)
    assert path.read_bytes().endswith(b"\r\n")
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")


def test_an_answer_is_written_at_a_date(tmp_path: Path) -> None:
    """The tables of an answer, with states at a date."""
    fc.dataset().to_csv(tmp_path / "all", [fc.partnership_between("Shanghai", "Rhône-Alpes")], on="1990")

    table = read_csv(tmp_path / "all" / "partnerships.csv", "partnerships")
    assert ["friendly_exchange"] == [row[table.schema.column_index("kind")] for row in table.rows]


HEADING = ",".join(TABLE_SCHEMAS["offices"].names)
STATISTICS = ",".join(TABLE_SCHEMAS["statistics"].names)


@pytest.mark.parametrize(
    ("column", "text", "kind"),
    [
        ("position", "1.0", "integer"),
        ("position", "１", "integer"),
        ("position", "1_0", "integer"),
        ("attested_first", "1994", "date"),
        ("attested_first", "19941021", "date"),
        ("attested_first", "1994-13-01", "date"),
    ],
)
def test_a_cell_of_another_type_is_refused(column: str, text: str, kind: str, tmp_path: Path) -> None:
    """A notation that is never written is an error with line and column, even if Python can read it."""
    cells = dict.fromkeys(TABLE_SCHEMAS["offices"].names, "") | {column: text}
    path = tmp_path / "offices.csv"
    path.write_text(f"{HEADING}\r\n{','.join(cells.values())}\r\n", "utf-8")

    with pytest.raises(DataError) as caught:
        read_csv(path, "offices")

    assert f"{path}:2: {column}: invalid value '{text}'; expected a value of type {kind}" == str(caught.value)


@pytest.mark.parametrize(
    ("table", "column", "text"),
    [
        ("statistics", "value", "1e3"),
        ("statistics", "value_number", "nan"),
        ("statistics", "value_number", " 1"),
        ("cities", "disputed", "True"),
    ],
)
def test_numbers_and_truth_have_one_way_to_be_written(table: str, column: str, text: str, tmp_path: Path) -> None:
    """NaN, spaces and other words for true are rejected."""
    cells = dict.fromkeys(TABLE_SCHEMAS[table].names, "") | {column: text}
    path = tmp_path / "table.csv"
    path.write_text(f"{','.join(cells)}\r\n{','.join(cells.values())}\r\n", "utf-8")

    with pytest.raises(DataError, match=f"{column}: invalid value '{text}'"):
        read_csv(path, table)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (b"", "unexpected columns"),
        (b"id,name\r\n", "unexpected columns"),
        (b"\xff\xfe", "the file cannot be read"),
        (b'source,position,name\r\nx,1,"a', "the file cannot be read: unexpected end of data"),
        (
            b"source,position,name\r\nx,1\r\nx,y,z,w\r\n",
            r":2: the line has 2 cells; expected 3\n.*:3: the line has 4 cells",
        ),
    ],
)
def test_what_is_no_such_table_is_refused(text: bytes, what: str, tmp_path: Path) -> None:
    """Other columns, other encodings, broken quotes and short rows are reported with their lines."""
    path = tmp_path / "authors.csv"
    path.write_bytes(text)

    with pytest.raises(DataError, match=what):
        read_csv(path, "authors")


def test_a_mark_of_the_encoding_is_passed_over(tmp_path: Path) -> None:
    """A byte-order mark, which spreadsheets write, is accepted."""
    path = tmp_path / "authors.csv"
    path.write_bytes(b"\xef\xbb\xbfsource,position,name\r\na,1,b\r\n")

    assert (("a", 1, "b"),) == read_csv(path, "authors").rows


def test_a_file_that_is_not_there_is_an_error_of_ours(tmp_path: Path) -> None:
    """An unreadable file is reported."""
    with pytest.raises(DataError, match="the file cannot be read: No such file"):
        read_csv(tmp_path / "none.csv", "authors")


def test_excel_finds_the_encoding(tmp_path: Path) -> None:
    """The file for Excel begins with a byte-order mark; the rest is the same, and the table can be read back."""
    table = build_tables(fc.dataset())["names"]
    path = tmp_path / "names.csv"
    path.write_bytes(as_excel_csv(table))

    assert b"\xef\xbb\xbf" + as_csv(table) == as_excel_csv(table)
    assert table == read_csv(path, "names")


@pytest.mark.parametrize("table", ["partnerships", "partners"])
def test_exported_partnerships_are_imported_with_the_suggested_profile(tmp_path: Path, table: str) -> None:
    """Every row is imported or repeats another, and cities, status, kind and establishment are the same."""
    FROZEN.to_csv(tmp_path / "tables")
    file, profile = tmp_path / "tables" / f"{table}.csv", tmp_path / "profile.toml"
    profile.write_text(suggest_profile(file), encoding="utf-8")

    result = read_table(file, profile=profile, publisher="Gazette", as_of="2030")

    assert 0 == result.report.rejected
    assert summaries(FROZEN) == summaries(result.dataset)


def summaries(data: Dataset) -> set[tuple[object, ...]]:
    """What the rows of partnerships state."""
    return {
        (*sorted(data.city(city).name for city in each.cities), each.state.status, each.state.kind, each.established)
        for each in data.partnerships()
    }
