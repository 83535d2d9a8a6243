"""Files and frames of other people: what is read of each shape, and what is said of each that is broken."""

import csv
import io
import json
import re
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import networkx as nx
import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
from attrs import evolve
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH
from pyarrow import parquet

import friendcities as fc
from friendcities.extras import install_command
from friendcities.importers import (
    ImportResult,
    Profile,
    Reason,
    read_frame,
    read_table,
    suggest_profile,
)
from friendcities.importers.file_layout import FileLayout
from friendcities.importers.formats import binary_tables
from friendcities.importers.formats.tables import cell_text, open_file
from friendcities.importers.profile import CityColumns
from friendcities.importers.suggest import format_suggestion
from tests.tables import COLUMNS, PAIRS, in_csv

ROW = ("Vík", "Iceland", "", "", "Lyon", "France", "45.76", "4.84")
COLUMNAR = pa.table({name: [cell] for name, cell in zip(COLUMNS, ROW, strict=True)})
GRAPH = Profile.parse(
    """
    [source]
    publisher = "A lexicon"
    title = "A graph"
    as_of = "2026"
    [cities]
    level = "town"
    [first]
    name = "first"
    country = "first.country"
    [second]
    name = "second"
    country = "second.country"
    [steps]
    date = "since"
    """
)
MAP = Profile.parse(
    """
    [source]
    publisher = "A lexicon"
    as_of = "2026"
    [cities]
    level = "town"
    [first]
    name = "a"
    country_is = "IS"
    latitude = "first.latitude"
    longitude = "first.longitude"
    [second]
    name = "b"
    country_is = "FR"
    latitude = "second.latitude"
    longitude = "second.longitude"
    """
)


def read(path: Path, profile: str | Profile = "pairs") -> ImportResult:
    """What is read of a file."""
    return read_table(path, profile=profile, publisher="A lexicon", as_of="2026", accessed="2026-11-25")


def write(path: Path, content: str | bytes) -> Path:
    """A file with this in it."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def workbook(rows: list[tuple[Any, ...]]) -> bytes:
    """A workbook whose second sheet has the rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.create_sheet("Second").append(row) if "Second" not in book.sheetnames else book["Second"].append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


class TestTables:
    """CSV and TSV, workbooks, Parquet, and frames."""

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("a.csv", in_csv(ROW).encode()),
            ("a.txt", in_csv(ROW).encode("utf-8-sig")),
            ("a.csv", in_csv(ROW).replace("\n", "\r\n").encode()),
            ("a.csv", in_csv(tuple(f'"{cell}"' for cell in ROW)).encode()),
            ("a.tsv", in_csv(ROW).replace(",", "\t").encode()),
            ("a.csv", (in_csv((*ROW, *["x"] * 992), columns=(*COLUMNS, *(f"c{n}" for n in range(992))))).encode()),
            ("a.csv", (in_csv(ROW) + ",,,,,,,\n\n").encode()),
        ],
    )
    def test_separated_values(self, tmp_path: Path, name: str, content: bytes) -> None:
        """Whatever its first mark, the ends of its lines, its quotes and other columns; blank rows are none."""
        found = read(write(tmp_path / name, content))

        assert ["fr-lyon--is-vik"] == [tie.id for tie in found.dataset.partnerships()]
        assert (1, [2]) == (found.report.total, [row.number for row in found.report.rows])

    def test_the_file_is_the_source(self, tmp_path: Path) -> None:
        """Its id, title and dates are those of the file, and the profile says what kind of source it is."""
        [source] = read(write(tmp_path / "My Lïst.csv", in_csv(ROW))).dataset.sources()

        assert ("my-list-csv-2026", "My Lïst.csv", "encyclopaedia") == (source.id, source.title, source.kind)
        assert ("2026", "2026-11-25") == (str(source.as_of), str(source.accessed))

    def test_a_title_without_our_letters_gives_an_id_all_the_same(self, tmp_path: Path) -> None:
        """A source has an id by our grammar, whatever its title."""
        path = write(tmp_path / "a.csv", in_csv(ROW))

        found = read_table(path, profile="pairs", publisher="x", as_of="2026", title="列表")
        assert ["file-2026"] == [source.id for source in found.dataset.sources()]

    def test_what_the_source_is_must_be_said(self, tmp_path: Path) -> None:
        """Without a publisher or a date there is no source, and the error says which is missing."""
        path = write(tmp_path / "a.csv", in_csv(ROW))

        with pytest.raises(
            fc.InvalidQueryError, match="the source has no publisher and as_of; pass publisher and as_of"
        ):
            read_table(path, profile="pairs")

    def test_a_missing_column_is_named_with_those_there_are(self, tmp_path: Path) -> None:
        """The profile and the file have to fit."""
        path = write(tmp_path / "a.csv", "city1,Country\n")

        with pytest.raises(
            fc.InvalidQueryError, match=r"has no column 'country1', .* its columns: 'city1', 'Country'\. If"
        ):
            read(path)

    @pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
    def test_what_stands_above_the_heading_is_no_row(self, tmp_path: Path, name: str) -> None:
        """The profile says which row has the names of the columns; rows have the numbers that a spreadsheet shows."""
        above = [("Partners of our towns", "", "", "", "", "", "", ""), ("", *["here"] * 3, "", *["there"] * 3)]
        rows = [*above, COLUMNS, ROW]
        path = write(tmp_path / name, workbook(rows) if name == "a.xlsx" else in_csv(*rows[1:], columns=rows[0]))
        sheet = "Second" if name == "a.xlsx" else None

        found = read(path, evolve(PAIRS, heading=3, sheet=sheet))
        assert [(4, ["fr-lyon--is-vik"])] == [(row.number, [str(row.partnership)]) for row in found.report.rows]
        with pytest.raises(fc.InvalidQueryError, match=r"If another row has the column names, set heading in \[file\]"):
            read(path, evolve(PAIRS, sheet=sheet))
        with pytest.raises(fc.InvalidQueryError, match="its columns: none"):
            read(path, evolve(PAIRS, heading=5, sheet=sheet))

    def test_a_title_says_nothing_of_how_long_rows_are(self, tmp_path: Path) -> None:
        """A cell of several lines is one where the row has as many cells as the heading."""
        path = write(tmp_path / "a.csv", "Our partners\n" + in_csv(('"Vík"', *ROW[1:7], '"4.84\n"')))

        assert 1 == read(path, evolve(PAIRS, heading=2)).report.imported

    def test_blank_cells_are_filled_down_where_that_is_said(self, tmp_path: Path) -> None:
        """As of merged cells the first has the text; only the columns named are filled, and from no other row."""
        rows = [("", *ROW[1:]), ROW, ("", "", "", "", "Cork", "Ireland", "", ""), ("", "", "", "", "Bar", "", "", "")]
        path = write(tmp_path / "a.csv", in_csv(*rows))

        found = read(path, evolve(PAIRS, fill_down=("city1", "country1")))
        assert [None, "fr-lyon--is-vik", "ie-cork--is-vik", None] == [row.partnership for row in found.report.rows]
        assert ("city1", "") == found.report.rows[2].cells[0]
        assert ["city1: 'Vík', as above", "country1: 'Iceland', as above"] == [
            e.detail for e in found.report.rows[2].remarks
        ]
        assert [None, "fr-lyon--is-vik", None, None] == [row.partnership for row in read(path).report.rows]
        with pytest.raises(fc.InvalidQueryError, match=r"invalid fill_down of .file.: 'town'"):
            evolve(PAIRS, fill_down=("town",))

    @pytest.mark.parametrize("between", ["Former:,,,,,,,", "Höfn,Iceland,,,Ulm,Germany,,,too many", '"Höfn', ",,,,,,,"])
    def test_what_could_belong_to_another_row_is_not_filled_down(self, tmp_path: Path, between: str) -> None:
        """Behind a heading among the rows, one that cannot be read, and a blank one, nobody knows what is meant."""
        path = write(tmp_path / "a.csv", in_csv(ROW) + f"{between}\n,,,,Cork,Ireland,,\n{in_csv(ROW, columns=ROW)}")

        report = read(path, evolve(PAIRS, fill_down=("city1", "country1"))).report
        assert ["imported", "rejected", "rejected"] == [row.outcome.value for row in report.rows[:3]]
        assert Reason.BLANK_CITY in {remark.reason for remark in report.rows[2].remarks}

    def test_words_for_nothing_are_blank(self, tmp_path: Path) -> None:
        """Those that the profile names, whatever their case; the report has the cell as it was found."""
        path = write(tmp_path / "a.csv", in_csv((*ROW[:2], "N/A", "-", *ROW[4:])))

        [row] = read(path, evolve(PAIRS, blank=("n/a", "-"))).report.rows
        assert ((), ("lat1", "N/A")) == (row.remarks, row.cells[2])
        assert [Reason.COORDINATES_UNREADABLE] == [remark.reason for remark in read(path).report.rows[0].remarks]

    def test_two_columns_of_one_name_are_told_apart_by_their_place(self, tmp_path: Path) -> None:
        """Which of the two is meant, nobody can tell; the profile names it by its place."""
        path = write(tmp_path / "a.csv", "town,land,partner,land\nWels,Austria,Tábor,Czechia\n")
        by_name, by_place = (
            Profile(
                first=CityColumns("town", country="#2"),
                second=CityColumns("partner", country=country),
                level=fc.Level.TOWN,
            )
            for country in ("land", "#4")
        )

        with pytest.raises(fc.InvalidQueryError, match="has 2 columns 'land'; write #2 or #4 in the profile"):
            read(path, by_name)
        assert ["at-wels--cz-tabor"] == [tie.id for tie in read(path, by_place).dataset.partnerships()]
        with pytest.raises(fc.InvalidQueryError, match="has no column '#5'"):
            read(path, evolve(by_place, date="#5"))

    def test_columns_that_are_not_looked_at_are_named(self, tmp_path: Path) -> None:
        """The report tells of them, so that nothing is dropped in silence; columns without a name by their place."""
        path = write(
            tmp_path / "a.csv", in_csv((*ROW, "ended 2010", "x"), columns=(*COLUMNS[:6], "", *COLUMNS[6:], "note"))
        )
        profile = evolve(
            PAIRS, first=CityColumns("city1", country="country1"), second=CityColumns("city2", country="country2")
        )

        report = read(path, profile).report
        assert ("lat1", "lng1", "#7", "lat2", "lng2", "note") == report.unused_columns
        assert "columns that the profile does not name: 'lat1', 'lng1', '#7'" in report.as_text()
        assert list(report.unused_columns) == json.loads(report.as_json())["unused_columns"]

    def test_another_delimiter_is_hinted_at(self, tmp_path: Path) -> None:
        """Where the heading is one column that would be several."""
        path = write(tmp_path / "a.csv", in_csv(ROW).replace(",", ";"))

        with pytest.raises(fc.InvalidQueryError, match="There is only one column: set delimiter in"):
            read(path)

    @pytest.mark.parametrize(
        ("shown", "format_"),
        [("1989", "YYYY"), ("1989-05", "[$-407]MMM\\ YYYY"), ("1989-05-01", "DD.MM.YYYY")],
    )
    def test_a_date_of_a_workbook_is_as_close_as_it_is_shown(self, tmp_path: Path, shown: str, format_: str) -> None:
        """Of a month that somebody types, Excel makes its first day, and shows the month."""
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in ((*COLUMNS, "since"), (*ROW, date(1989, 5, 1))):
            sheet.append(row)
        sheet.cell(2, 9).number_format = format_
        book.save(tmp_path / "a.xlsx")

        [tie] = read(tmp_path / "a.xlsx", evolve(PAIRS, date="since")).dataset.partnerships()
        assert shown == str(tie.established)

    @pytest.mark.parametrize(
        ("epoch", "number", "since"),
        [
            *((epoch, number, None) for epoch in (WINDOWS_EPOCH, MAC_EPOCH) for number in (1995, 59, -5, 2099.5)),
            (WINDOWS_EPOCH, 2100, "1905-09-30"),
            (MAC_EPOCH, 2100, "1909-10-01"),
        ],
    )
    def test_a_year_formatted_as_a_date_is_no_date(
        self, tmp_path: Path, epoch: datetime, number: float, since: str | None
    ) -> None:
        """Excel shows the year 1995 as 17 June 1905; this date is not imported, and a city is not named after it."""
        book = openpyxl.Workbook()
        book.epoch = epoch
        sheet = book.active
        assert sheet is not None
        for row in ((*COLUMNS, "since"), (*ROW, number), (number, *ROW[1:], 1995)):
            sheet.append(row)
        for cell in (sheet.cell(2, 9), sheet.cell(3, 1)):
            cell.number_format = "DD.MM.YYYY"
        book.save(tmp_path / "a.xlsx")

        found = read(tmp_path / "a.xlsx", evolve(PAIRS, date="since"))
        [tie] = found.dataset.partnerships()
        shown = f"invalid date 'a number formatted as a date: {number:g}'; expected a date like '1994' or '1994-10-21'"
        reported = [remark.detail.startswith(shown) for remark in found.report.rows[0].remarks]
        assert (since is None) is (True in reported)
        assert since == (None if tie.established is None else str(tie.established))

    def test_days_that_python_has_not_are_text(self, tmp_path: Path) -> None:
        """They are no dates, and one of them costs no other row."""
        since = pa.array([0, 4_000_000], pa.int32()).cast(pa.date32())
        columns = {name: [cell, cell] for name, cell in zip(COLUMNS, ROW, strict=True)}
        parquet.write_table(pa.table({**columns, "since": since}), tmp_path / "a.parquet")

        report = read(tmp_path / "a.parquet", evolve(PAIRS, date="since")).report
        assert [[], [Reason.DATE_UNREADABLE]] == [
            [each.reason for each in row.remarks if each.reason is Reason.DATE_UNREADABLE] for row in report.rows
        ]

    def test_a_heading_is_only_said_of_tables_that_have_one(self, tmp_path: Path) -> None:
        """Parquet, frames and graphs have the names of their columns apart."""
        parquet.write_table(COLUMNAR, tmp_path / "a.parquet")
        write(tmp_path / "a.edgelist", "Vík\tLyon\n")
        profile = evolve(PAIRS, heading=2)

        for name, what in (("a.parquet", "Parquet"), ("a.edgelist", "a graph, a map or an edge list")):
            with pytest.raises(fc.InvalidQueryError, match=f"invalid heading of .file.: {what} has column names"):
                read(tmp_path / name, profile)
        with pytest.raises(fc.InvalidQueryError, match="a data frame has column names"):
            read_frame(COLUMNAR, profile=profile, title="x", publisher="x", as_of="2026")

    def test_what_is_missing_in_a_frame_is_a_blank_cell(self) -> None:
        """Whatever stands for nothing: NaN, NaT, NA and None; a name that is bytes is read as UTF-8."""
        columns: dict[str, Any] = {name: [cell, cell] for name, cell in zip(COLUMNS, ROW, strict=True)}
        columns |= {
            "until": pd.Series(["2010-05-29", None], dtype="datetime64[ns]"),
            "since": pd.array([1986, pd.NA], dtype="Int64"),
        }
        columns |= {"city1": pd.array([ROW[0], ROW[0]], dtype="string"), "city2": [b"Lyon", b"Lyon"]}
        columns["lat1"] = pd.array([pd.NA, pd.NA], dtype="string")
        profile = evolve(PAIRS, date="since", end="until")

        found = read_frame(pd.DataFrame(columns), profile=profile, title="x", publisher="x", as_of="2026")
        [tie] = found.dataset.partnerships()
        assert ["established 1986", "ended 2010-05-29"] == [f"{step.action} {step.date}" for step in tie.steps]
        assert {Reason.REPEATED, Reason.CONTRADICTORY} == set(found.report.reasons)

    @pytest.mark.parametrize("value", [10**5000, b"\xff", Decimal("sNaN")], ids=["digits", "bytes", "no number"])
    def test_a_value_without_a_text_costs_its_row(self, value: Any) -> None:
        """And no other; what is not even equal to itself is missing."""
        columns: dict[str, Any] = {name: [cell, cell] for name, cell in zip(COLUMNS, ROW, strict=True)}
        columns["city1"] = pd.Series([value, "Vík"], dtype=object)

        found = read_frame(pd.DataFrame(columns), profile="pairs", title="x", publisher="x", as_of="2026")
        assert ["rejected", "imported"] == [row.outcome.value for row in found.report.rows]

    def test_a_frame_with_two_columns_of_one_name(self) -> None:
        """It is refused as narwhals refuses it, in our words."""
        with pytest.raises(fc.InvalidQueryError, match=r"cannot read the data frame: .*unique"):
            read_frame(pd.DataFrame([[1, 2]], columns=["a", "a"]), profile=GRAPH)

    @pytest.mark.parametrize("path", [None, 5, "", "a\0b.csv"])
    def test_what_is_no_path(self, path: Any) -> None:
        """It is refused, and so is what names no profile."""
        with pytest.raises(fc.InvalidQueryError, match=r"invalid path .*; expected the path of a file"):
            read_table(path, profile="pairs")
        with pytest.raises(fc.InvalidQueryError, match="invalid profile"):
            Profile.load(None)  # type: ignore[arg-type]

    def test_a_file_whose_name_is_no_title(self, tmp_path: Path) -> None:
        """The source needs one that can be shown."""
        path = write(tmp_path / "a\n.csv", in_csv(ROW))

        with pytest.raises(fc.InvalidQueryError, match=r"invalid title .*; expected printable text; pass title="):
            read(path)
        assert 1 == read_table(path, profile="pairs", publisher="x", as_of="2026", title="x").report.imported

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (
                in_csv(ROW).encode("latin-1"),
                "byte .* is not valid utf-8; .*set encoding in .file. of the profile, such as 'latin-1'",
            ),
            (b"", "the file has no rows"),
            (b"\n", "has no column .*; its columns: none"),
            (b"\xff\xfe\x00", "is not utf-8"),
            *(
                (in_csv(ROW).encode(encoding), f'is not utf-8-sig but {encoding} text; .*set encoding = "{encoding}"')
                for encoding in ("utf-32", "utf-32-le", "utf-16-be")
            ),
            ("都市,国\n".encode("iso2022_jp"), 'is not utf-8-sig but iso2022_jp text; .*set encoding = "iso2022_jp"'),
            (b"x" * 3_000_000, "the heading cannot be read: the line has more than 131,072 characters: 'x"),
            (b'"city1,country1\n', "the heading cannot be read: unexpected end of data: '\"city1,country1'"),
        ],
    )
    def test_what_is_no_table(self, tmp_path: Path, content: bytes, words: str) -> None:
        """The error names the file, what is wrong, and what to do."""
        with pytest.raises(fc.FriendcitiesError, match=words):
            read(write(tmp_path / "a.csv", content))

    def test_a_nul_byte(self, tmp_path: Path) -> None:
        """A NUL byte in ASCII text makes its row unreadable, or the file if the row is the heading."""
        rows = in_csv(ROW, ("V\0ik", *ROW[1:]), ROW)
        path = write(tmp_path / "a.csv", rows.encode())
        report = read(path).report

        [row] = report.rows_with(Reason.UNREADABLE_ROW)
        assert (3, 2) == (row.number, len(report.rows) - report.rejected)
        assert row.remarks[0].detail.startswith(r"the row cannot be read: it contains a NUL byte: 'V\x00ik,")
        assert "encoding" not in suggest_profile(path)
        with pytest.raises(fc.DataError, match="the heading cannot be read: it contains a NUL byte"):
            read(write(tmp_path / "a.csv", rows.replace("city1", "city1\0").encode()))

    def test_the_encoding_can_be_said(self, tmp_path: Path) -> None:
        """A profile can name it, and one that there is not is refused."""
        text = '[file]\nencoding = "{}"\n[cities]\nlevel = "town"\n[first]\nname = "city1"\ncountry = "country1"\n'
        text += '[second]\nname = "city2"\ncountry = "country2"\n'
        path = write(tmp_path / "a.csv", in_csv(ROW).encode("latin-1"))

        assert 1 == read(path, Profile.parse(text.format("latin-1"))).report.imported
        with pytest.raises(fc.InvalidQueryError, match=r"the profile: invalid encoding of \[file\]: 'klingon'"):
            evolve(Profile.parse(text.format("latin-1")), encoding="klingon")

    def test_no_such_file(self, tmp_path: Path) -> None:
        """A path that leads nowhere is said to."""
        with pytest.raises(fc.DataError, match=r"none.csv: readable: No such file or directory"):
            read(tmp_path / "none.csv")

    def test_rows_that_cannot_be_read_do_not_stop_the_others(self, tmp_path: Path) -> None:
        """A cell or a line that is too long is an error of its row, whatever bound others set to cells."""
        long_cell = in_csv((*ROW[:-1], "9" * 200_000))
        long_line = "y" * 2_500_000 + "\n"
        short = ("Vík", "Iceland")
        content = long_cell + long_line + in_csv(ROW, short).partition("\n")[2]
        path = write(tmp_path / "a.csv", content)

        report = read(path).report
        assert [2, 3] == [row.number for row in report.rows_with(Reason.UNREADABLE_ROW)]
        assert (4, 1, 3) == (report.total, report.imported, report.rejected)
        before = csv.field_size_limit(1 << 30)
        try:
            assert report == read(path).report
        finally:
            csv.field_size_limit(before)

    @pytest.mark.parametrize(
        ("broken", "words"),
        [
            ('"Vík,Iceland,,,Bar,France,,', "',' expected after '\"': '\"Vík,Iceland,,,Bar,France,,'"),
            ('"Vík,Iceland,,,Bar,"France",,', "',' expected after '\"': '\"Vík,Iceland,,,Bar,\"France\",,'"),
            (
                "Vík,Iceland,,,Bar,France,,,1,2",
                "the row has 10 cells, but the heading has 8: 'Vík, Iceland, , , Bar, France, ",
            ),
        ],
    )
    def test_a_broken_row_takes_none_with_it(self, tmp_path: Path, broken: str, words: str) -> None:
        """A quotation mark too many, or a cell too many, costs the row where it stands; the rows behind it are read."""
        whole = ["Vík,Iceland,,,Lyon,France,,", 'Vík,Iceland,,,"Nice",France,,', "Vík,Iceland,,,Brest,France,,,"]
        found = read(write(tmp_path / "a.csv", "\n".join([",".join(COLUMNS), broken, *whole])))

        assert ["Brest", "Lyon", "Nice"] == sorted(city.name for city in found.dataset.cities() if city.country == "FR")
        [row] = found.report.rows_with(Reason.UNREADABLE_ROW)
        assert 2 == row.number
        assert words in row.remarks[0].detail

    def test_a_quotation_mark_costs_a_row_of_a_long_file_too(self, tmp_path: Path) -> None:
        """Whether another quotation mark follows far away, or none, or only lines that are too long."""
        rows = [f"Vík,Iceland,,,Town {letter},France,," for letter in "abcdefghij" * 30]
        opened = '"Vík,Iceland,,,Bar,France,,'
        for behind in ([*rows, opened, *rows], [*rows, "y" * 200_000, *rows]):
            report = read(write(tmp_path / "a.csv", "\n".join([",".join(COLUMNS), opened, *behind]))).report

            assert (602, 2) == (report.total, report.rejected)
            assert [2, 303] == [row.number for row in report.rows_with(Reason.UNREADABLE_ROW)]

    def test_lines_that_a_quotation_mark_joins_are_no_row_without_its_cells(self, tmp_path: Path) -> None:
        """Two lines, each with a quotation mark too many, are not one row of fewer cells."""
        content = in_csv(('"Vík', *ROW[1:]), ("Vík", "Iceland", "", "", 'Nice"', "France", "", ""))
        report = read(write(tmp_path / "a.csv", content)).report

        assert [2] == [row.number for row in report.rows_with(Reason.UNREADABLE_ROW)]
        assert "a quotation mark is not closed at the end of the row: " in report.rows[0].remarks[0].detail
        assert 'Nice"' == dict(report.rows[1].cells)["city2"]

    def test_a_cell_may_have_several_lines(self, tmp_path: Path) -> None:
        """Where the row has all its cells, it is one, and the next one has the next number."""
        content = in_csv(('"Vík"', "Iceland", '"a\nb"', "", '"Ly""on"', "France", "", ""), ("x", *ROW[1:]))

        report = read(write(tmp_path / "a.csv", content)).report
        assert [2, 3] == [row.number for row in report.rows]
        assert 'Ly"on' == dict(report.rows[0].cells)["city2"]

    def test_blank_rows_are_counted_where_others_follow(self, tmp_path: Path) -> None:
        """Each under its number; of a long run those after the first thousand are told as one, and the end is none."""
        many = "\n" * 1500
        content = f"{in_csv(ROW)},,,,,,,\n\nVík,Iceland,,,Nice,France,,\n{many}Vík,Iceland,,,Brest,France,,\n,,\n\n"

        report = read(write(tmp_path / "a.csv", content)).report
        blank = report.rows_with(Reason.BLANK_ROW)
        assert [3, 4, *range(6, 1007)] == [row.number for row in blank]
        assert (3, len(blank)) == (report.imported, report.rejected)
        assert "all cells are blank from here to row 1505" in blank[-1].remarks[0].detail
        assert 1506 == report.rows[-1].number

    def test_a_workbook(self, tmp_path: Path) -> None:
        """The sheet that is named, or the first with cells; formulas are what they came to, and numbers are whole."""
        rows = [("a", "b", "year"), ("Vík", "Lyon", 1994), ("Vík", "=1+1", None)]
        path = write(tmp_path / "a.xlsx", workbook(rows))
        text = (
            '[cities]\nlevel = "town"\n[first]\nname = "a"\ncountry_is = "IS"\n'
            '[second]\nname = "b"\ncountry_is = "FR"\n[steps]\ndate = "year"\n'
        )

        found = read(path, Profile.parse(f'{text}[file]\nsheet = "Second"\n'))
        assert [("established", "1994")] == [
            (s.action, str(s.date)) for t in found.dataset.partnerships() for s in t.steps
        ]
        assert [Reason.BLANK_CITY] == [remark.reason for remark in found.report.rows[1].remarks]
        assert found.dataset == read(path, Profile.parse(text)).dataset
        with pytest.raises(
            fc.InvalidQueryError, match="the workbook has no sheet 'Third'; its sheets: 'Sheet', 'Second'"
        ):
            read(path, Profile.parse(f'{text}[file]\nsheet = "Third"\n'))

    def test_a_cell_far_out_costs_no_memory(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The last cell that a sheet can have is one cell; and what is more than we look at is said."""
        book = openpyxl.Workbook()
        for row in (COLUMNS, ROW):
            book.worksheets[0].append(row)
        book.worksheets[0]["XFD5000"] = "far"
        book.save(tmp_path / "a.xlsx")

        report = read(tmp_path / "a.xlsx").report
        assert (1, 5000) == (report.imported, report.rows[-1].number)
        assert "the row has 16384 cells, but the heading has 8" in report.rows[-1].remarks[0].detail
        monkeypatch.setattr(binary_tables, "WORKBOOK_CELLS", 20)
        report = read(tmp_path / "a.xlsx").report
        assert [2, 3, 4, 5] == [row.number for row in report.rows]
        assert "the sheet has more than 20 cells" in report.rows[-1].remarks[0].detail

    def test_a_workbook_that_breaks_off(self, tmp_path: Path) -> None:
        """What could be read of a sheet is read, and the row at which it broke is reported."""
        whole = workbook([COLUMNS, ROW])
        with zipfile.ZipFile(io.BytesIO(whole)) as packed, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as broken:
            for name in packed.namelist():
                text = packed.read(name)
                broken.writestr(name, text.replace(b"</sheetData>", b"<row><c") if "sheet2" in name else text)
        profile = attrs.evolve(PAIRS, sheet="Second")

        report = read(tmp_path / "a.xlsx", profile).report
        assert (1, [3]) == (report.imported, [row.number for row in report.rows_with(Reason.UNREADABLE_ROW)])

    @pytest.mark.parametrize("name", ["a.xls", "a.ods", "a.xlsb"])
    def test_workbooks_of_other_kinds(self, tmp_path: Path, name: str) -> None:
        """They are refused, with what to do."""
        with pytest.raises(fc.DataError, match=r"files cannot be imported; .*; save the table as \.csv or \.xlsx"):
            read(write(tmp_path / name, b"PK"))

    def test_parquet(self, tmp_path: Path) -> None:
        """Row by row, in batches."""
        parquet.write_table(
            pa.table({name: [cell] for name, cell in zip(COLUMNS, ROW, strict=True)}), tmp_path / "a.parquet"
        )

        assert 1 == read(tmp_path / "a.parquet").report.imported

    def test_parquet_that_breaks_off(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What could be read is read, and the row at which it broke is reported."""
        parquet.write_table(
            pa.table({name: [cell] for name, cell in zip(COLUMNS, ROW, strict=True)}), tmp_path / "a.parquet"
        )
        whole = parquet.ParquetFile.iter_batches

        def breaking(file: Any, **options: Any) -> Iterator[Any]:
            yield from whole(file, **options)
            message = "no more"
            raise pa.ArrowInvalid(message)

        monkeypatch.setattr(parquet.ParquetFile, "iter_batches", breaking)
        report = read(tmp_path / "a.parquet").report
        assert (1, [3]) == (report.imported, [row.number for row in report.rows_with(Reason.UNREADABLE_ROW)])

    @pytest.mark.parametrize("name", ["a.xlsx", "a.ods", "a.parquet", "a.graphml", "a.gexf", "a.geojson"])
    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"PAR1", b"<graphml", b"<a/>", b"{", b"[]", b"\x00" * 100])
    def test_what_is_not_what_its_name_says(self, tmp_path: Path, name: str, content: bytes) -> None:
        """Empty, truncated or another thing: one error, with the file's name."""
        with pytest.raises(fc.FriendcitiesError, match=name):
            read(write(tmp_path / name, content), GRAPH)

    def test_a_workbook_of_zeros_is_not_unpacked_without_end(self, tmp_path: Path) -> None:
        """What is packed in a workbook and is none of its parts is not looked at."""
        with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("bomb", b"\0" * 140_000_000)

        with pytest.raises(fc.DataError, match="not a readable workbook: the workbook has more than 134"):
            read(tmp_path / "a.xlsx")

    def test_parquet_of_too_many_rows(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A row that is empty costs nothing in a file, so there is a bound to them."""
        monkeypatch.setattr(binary_tables, "PARQUET_ROWS", 0)
        parquet.write_table(COLUMNAR, tmp_path / "a.parquet")

        with pytest.raises(fc.DataError, match="the file has more than 0 rows"):
            read(tmp_path / "a.parquet")

    def test_a_frame(self) -> None:
        """Of PyArrow here, and so of any that narwhals knows; numbers, days and what is missing as text."""
        frame = pa.table(
            {
                "a": ["Vík"] * 5,
                "b": ["Lyon"] * 5,
                "year": pa.array(["1994", None, "1995-02-03", "1996", "1997-01"]),
            }
        )
        profile = Profile.parse(
            '[source]\npublisher = "Me"\nas_of = "2026"\n[cities]\nlevel = "town"\n'
            '[first]\nname = "a"\ncountry_is = "IS"\n[second]\nname = "b"\ncountry_is = "FR"\n[steps]\ndate = "year"\n'
        )

        [tie] = read_frame(frame, profile=profile, title="A frame").dataset.partnerships()
        assert ["1994", "1995-02-03", "1996", "1997-01"] == [str(step.date) for step in tie.steps]
        with pytest.raises(fc.InvalidQueryError, match="pass title="):
            read_frame(frame, profile=profile)
        with pytest.raises(fc.InvalidQueryError, match="invalid data frame of type list"):
            read_frame([], profile=profile, title="A frame")
        with pytest.raises(fc.InvalidQueryError, match="the data frame has no column 'city1'"):
            read_frame(frame, profile="pairs", title="A frame", publisher="Me", as_of="2026")

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("x", "x"),
            (None, ""),
            (float("nan"), ""),
            (1994.0, "1994"),
            (Decimal("1994.0"), "1994"),
            (45.76, "45.76"),
            (1994, "1994"),
            (datetime(1994, 10, 21, tzinfo=UTC), "1994-10-21"),
            (datetime(1994, 10, 21, 12, tzinfo=UTC), "1994-10-21 12:00:00+00:00"),
            (date(1994, 10, 21), "1994-10-21"),
            (float("inf"), "inf"),
        ],
    )
    def test_cells_as_text(self, value: object, expected: str) -> None:
        """What a person would have typed."""
        assert expected == cell_text(value)


class TestGraphs:
    """GraphML, GEXF, edge lists and GeoJSON."""

    @pytest.mark.parametrize(("name", "writer"), [("a.graphml", nx.write_graphml), ("a.gexf", nx.write_gexf)])
    def test_graphs(self, tmp_path: Path, name: str, writer: Callable[..., None]) -> None:
        """An edge is a row, with what its two nodes and it have."""
        graph: nx.Graph[str] = nx.Graph()
        graph.add_node("Vík", country="IS")
        graph.add_node("Lyon", country="FR")
        graph.add_edge("Vík", "Lyon", since="1994")
        writer(graph, tmp_path / name)

        found = read_table(tmp_path / name, profile=GRAPH)
        assert [("established", "1994")] == [
            (s.action, str(s.date)) for t in found.dataset.partnerships() for s in t.steps
        ]
        assert {"first", "second", "first.country", "second.country", "since"} <= set(
            suggested_columns(tmp_path / name)
        )

    def test_an_edge_list(self, tmp_path: Path) -> None:
        """Two names a line, with a tab between them."""
        profile = Profile.parse(
            '[cities]\nlevel = "town"\n[first]\nname = "first"\ncountry_is = "IS"\n'
            '[second]\nname = "second"\ncountry_is = "FR"\n'
        )

        found = read(write(tmp_path / "a.edgelist", "Vík\tLyon\nVík\tSt Malo\n"), profile)
        assert ["fr-lyon--is-vik", "fr-st-malo--is-vik"] == [tie.id for tie in found.dataset.partnerships()]

    def test_a_map(self, tmp_path: Path) -> None:
        """A feature is a row; a line is taken with its first and last point, and what is no line is not taken."""
        lines = [[[-19.0, 63.4], [4.84, 45.76]], [[4.0, 45.0]]]
        features = [
            {"properties": {"a": "Vík", "b": "Lyon"}, "geometry": {"type": "LineString", "coordinates": lines[0]}},
            {"properties": {"a": "Vík", "b": "Bar"}, "geometry": {"type": "MultiLineString", "coordinates": lines}},
            {"properties": None, "geometry": {"type": "LineString", "coordinates": [[1, 2]]}},
            {"properties": {"a": "x"}, "geometry": {"type": "Point", "coordinates": [1, 2]}},
            {"properties": {"a": "x"}, "geometry": None},
        ]
        path = write(tmp_path / "a.geojson", json.dumps({"type": "FeatureCollection", "features": features}))

        found = read(path, MAP)
        assert (5, 2) == (found.report.total, found.report.imported)
        [vik] = [city for city in found.dataset.cities() if city.name == "Vík"]
        assert fc.Coordinates(latitude=63.4, longitude=-19.0, point="as stated in the file") == vik.coordinates

    def test_no_edge_has_the_column(self, tmp_path: Path) -> None:
        """The profile and the graph have to fit."""
        path = write(tmp_path / "a.edgelist", "Vík\tLyon\n")

        with pytest.raises(
            fc.InvalidQueryError, match=r"has no column 'first\.country'.*; its columns: 'first', 'second'"
        ):
            read(path, GRAPH)

    @pytest.mark.parametrize("name", ["a.graphml", "a.gexf"])
    def test_entities_are_refused(self, tmp_path: Path, name: str) -> None:
        """A document that would grow without end, or fetch another, is refused before anything of it is read."""
        bomb = '<!DOCTYPE x [<!ENTITY a "a"><!ENTITY b "&a;&a;">]><graphml>&b;</graphml>'
        outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><graphml>&a;</graphml>'

        for content in (bomb, outside):
            with pytest.raises(fc.DataError, match="XML entities are not supported"):
                read(write(tmp_path / name, content), GRAPH)

    def test_a_graph_that_is_too_large_is_not_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Graphs are read whole, so there is a limit."""
        monkeypatch.setattr("friendcities.importers.formats.tables.GRAPH_BYTES", 10)

        with pytest.raises(fc.DataError, match="the file has more than 10 bytes"):
            read(write(tmp_path / "a.edgelist", "x" * 11), GRAPH)

    def test_no_such_graph(self, tmp_path: Path) -> None:
        """A path that leads nowhere is said to."""
        with pytest.raises(fc.DataError, match="No such file"):
            read(tmp_path / "none.gexf", GRAPH)
        (tmp_path / "folder.geojson").mkdir()
        with pytest.raises(fc.DataError, match="Is a directory"):
            read(tmp_path / "folder.geojson", MAP)


@contextmanager
def lacking(monkeypatch: pytest.MonkeyPatch, *names: str) -> Iterator[None]:
    """An installation without some packages."""
    with monkeypatch.context() as patched:
        for name in {*names, *(each for each in sys.modules if each.partition(".")[0] in names)}:
            patched.setitem(sys.modules, name, None)
        yield


@pytest.mark.parametrize(
    ("package", "name", "extra"),
    [
        ("openpyxl", "a.xlsx", "tables"),
        ("pyarrow", "a.parquet", "tables"),
        ("defusedxml", "a.gexf", "graph"),
        ("defusedxml", "a.graphml", "graph"),
    ],
)
def test_a_missing_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str, name: str, extra: str
) -> None:
    """The error has the command that installs it."""
    path = write(tmp_path / name, "x")

    with (
        lacking(monkeypatch, package),
        pytest.raises(fc.MissingExtraError, match=re.escape(install_command(extra))),
    ):
        read(path, GRAPH)


def test_a_missing_extra_for_frames_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error has the command that installs it."""
    with (
        lacking(monkeypatch, "narwhals"),
        pytest.raises(fc.MissingExtraError, match=re.escape(install_command("tables"))),
    ):
        read_frame(None, profile=GRAPH)


def suggested_columns(path: Path) -> list[str]:
    """The columns that a suggestion looks at."""
    assert "[first]" in suggest_profile(path)
    with open_file(path, GRAPH) as opened:
        return opened.heading


def test_a_suggestion_is_for_a_person(tmp_path: Path) -> None:
    """It guesses from the names of the columns, says that it is a guess, and leaves a gap where it has none."""
    path = write(tmp_path / "a.csv", in_csv(ROW))

    suggestion = suggest_profile(path)
    assert suggestion.startswith("# A proposal")
    assert '"city1" "country1" "lat1"' in suggestion.splitlines()[1]
    assert Profile.parse(suggestion).columns == COLUMNS
    assert ['name = "?"', 'country_is = "?"'] * 2 == re.findall(
        'name = "[?]"|country_is = "[?]"', format_suggestion(FileLayout(('od"d\n', "year", "year2", "lat")))
    )


@pytest.mark.parametrize(
    ("said", "name", "content"),
    [
        ({}, "a.csv", in_csv(ROW).encode()),
        ({}, "a.csv", in_csv(ROW).encode("utf-8-sig")),
        ({}, "a.tsv", in_csv(ROW).replace(",", "\t").encode()),
        ({"delimiter": ";"}, "a.csv", in_csv(ROW).replace(",", ";").encode()),
        ({"delimiter": "\t"}, "a.txt", in_csv(ROW).replace(",", "\t").encode()),
        (
            {"delimiter": "|"},
            "a.csv",
            in_csv(("Vík, Ísland", *ROW[1:]), ROW).replace("k, Í", "k; Í").replace(",", "|").encode(),
        ),
        ({"encoding": "cp1252"}, "a.csv", in_csv(ROW).encode("latin-1")),
        ({"encoding": "cp1252"}, "a.csv", in_csv(*[("Vik", *ROW[1:])] * 5000, ROW).encode("latin-1")),
        ({"encoding": "latin-1"}, "a.csv", in_csv(ROW, ("V\x81k", *ROW[1:])).encode("latin-1")),
        ({"encoding": "utf-16", "delimiter": ";"}, "a.csv", in_csv(ROW).replace(",", ";").encode("utf-16")),
        ({"heading": 3}, "a.csv", f"Our partners\n,,,,,,,\n{in_csv(ROW)}".encode()),
        ({"heading": 3}, "a.csv", f'Our partners\n"broken\n{in_csv(ROW)}'.encode()),
        ({"heading": 2, "delimiter": ";"}, "a.csv", f"Partners, as of 2026\n{in_csv(ROW).replace(',', ';')}".encode()),
    ],
)
def test_a_suggestion_says_how_the_file_is_written(
    tmp_path: Path, said: dict[str, str | int], name: str, content: bytes
) -> None:
    """What is not as in others of its ending: encoding, delimiter, heading. With what it says, the file can be read."""
    path = write(tmp_path / name, content)

    suggestion = suggest_profile(path)
    assert said == tomllib.loads(suggestion).get("file", {})
    assert read_table(path, profile=Profile.parse(suggestion), publisher="x", as_of="2026").report.imported


BELOW = "the file has no rows below the column names 'city', 'partner'"
EMPTY_FILES = [
    ("a.csv", b"", "the file has no rows"),
    ("a.csv", b"\xef\xbb\xbf", "the file has no rows"),
    ("a.csv", b"\n\n \n", "the file has no rows"),
    ("a.csv", b"city,partner\n", BELOW),
    ("a.csv", b"city,partner\n,\n,\n", BELOW),
    ("a.csv", b'city,partner\n"Vik,Lyon\n', "no row can be read: .* below the column names 'city', 'partner'"),
    ("a.edgelist", b"", "the file has no rows"),
    ("a.geojson", b'{"type": "FeatureCollection", "features": []}', "the file has no rows"),
    ("a.graphml", b"<graphml><graph/></graphml>", "the file has no rows below the column names 'first', 'second'"),
]


@pytest.mark.parametrize(("name", "content", "words"), EMPTY_FILES)
def test_a_suggestion_for_an_empty_file(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    """A file without rows is reported."""
    with pytest.raises(fc.DataError, match=words):
        suggest_profile(write(tmp_path / name, content))


@pytest.mark.parametrize(("rows", "words"), [([()], "the file has no rows"), ([("city", "partner"), ("", " ")], BELOW)])
def test_a_suggestion_for_an_empty_workbook(tmp_path: Path, rows: list[tuple[str, ...]], words: str) -> None:
    """A workbook and a Parquet file without rows are reported, too."""
    with pytest.raises(fc.DataError, match=words):
        suggest_profile(write(tmp_path / "a.xlsx", workbook(rows)))
    columns = {name: pa.array([], pa.string()) for name in rows[0]}
    with pytest.raises(fc.DataError, match=words):
        suggest_profile(write(tmp_path / "a.parquet", parquet_bytes(pa.table(columns))))


def test_a_single_row_without_a_heading(tmp_path: Path) -> None:
    """A row of data is no heading, so the file is not empty."""
    assert "heading = 0" in suggest_profile(write(tmp_path / "a.csv", "Vik,Lyon,France,1990\n"))


def parquet_bytes(table: pa.Table) -> bytes:
    """A file of Parquet."""
    made = io.BytesIO()
    parquet.write_table(table, made)
    return made.getvalue()


def test_a_suggestion_for_a_file_that_is_not_there(tmp_path: Path) -> None:
    """It says so."""
    with pytest.raises(fc.DataError, match="No such file"):
        suggest_profile(tmp_path / "a.csv")


def test_a_suggestion_names_what_words_are_to_be_told() -> None:
    """Columns of dates, ends, kinds and statuses, and no more names than a person reads."""
    columns = ["town", "partner", "since", "until", "form", "status", *(f"column number {n}" for n in range(200))]
    suggestion = format_suggestion(FileLayout(tuple(columns)))

    made = tomllib.loads(suggestion)
    assert {"date": "since", "end": "until", "kind": "form", "kinds": {}, "status": "status", "statuses": {}} == made[
        "steps"
    ]
    assert max(map(len, suggestion.splitlines())) <= 120
    assert " and 106 more" in suggestion


def test_a_row_with_the_names_of_the_columns_is_rejected(tmp_path: Path) -> None:
    """As in tables that were printed page by page."""
    found = read(write(tmp_path / "a.csv", in_csv(ROW, COLUMNS, ROW)))

    assert ["imported", "rejected", "merged"] == [row.outcome.value for row in found.report.rows]
    detail = "the row cannot be read: it repeats the names of the columns"
    assert [(Reason.UNREADABLE_ROW, detail)] == [(each.reason, each.detail) for each in found.report.rows[1].remarks]
