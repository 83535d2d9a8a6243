"""Files that are no plain table: without a heading, with comments, with ids for names, of other formats, of sheets."""

import io
import json
import os
from pathlib import Path
from typing import BinaryIO

import openpyxl
import pyarrow as pa
import pytest
from attrs import evolve
from pyarrow import parquet

import friendcities as fc
from friendcities.datasets.folder import open_regular_file
from friendcities.importers import Profile, Reason, read_table, suggest_profile
from friendcities.importers.formats import tables
from tests.systems import needs_posix
from tests.tables import COLUMNS, PAIRS, in_csv
from tests.unit.test_import_limits import pack

ROW = ("Vík", "Iceland", "", "", "Lyon", "France", "", "")
NUMBERED = Profile.parse(
    '[source]\npublisher = "Me"\nas_of = "2026"\n[cities]\nlevel = "town"\n'
    '[first]\nname = "#1"\ncountry_is = "IS"\n[second]\nname = "#2"\ncountry_is = "FR"\n'
    '[file]\nheading = 0\ncomment = "%"\n'
)


def ties(path: Path, profile: Profile) -> list[str]:
    """The partnerships that are read of a file."""
    found = read_table(path, profile=profile, publisher="x", as_of="2026")
    return [str(tie.id) for tie in found.dataset.partnerships()]


def write(path: Path, content: str | bytes) -> Path:
    """A file with this in it."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_file_without_a_heading(tmp_path: Path) -> None:
    """Its first row is a row like the others, and its columns have numbers."""
    path = write(tmp_path / "a.csv", "Vík,Lyon,x\nVík,Bar,y\n")

    found = read_table(path, profile=NUMBERED)
    assert [(1, "fr-lyon--is-vik"), (2, "fr-bar--is-vik")] == [(r.number, r.partnership) for r in found.report.rows]
    assert ("#3",) == found.report.unused_columns
    with pytest.raises(fc.InvalidQueryError, match=r"set heading in .file. of the profile; use 0 if no row has them"):
        read_table(path, profile=evolve(NUMBERED, heading=1, first=PAIRS.first))


def test_a_workbook_without_a_heading(tmp_path: Path) -> None:
    """The same of a sheet."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Vík", "Lyon"])
    book.save(tmp_path / "a.xlsx")

    assert ["fr-lyon--is-vik"] == ties(tmp_path / "a.xlsx", NUMBERED)


def test_nothing_without_a_heading(tmp_path: Path) -> None:
    """An empty file has no rows."""
    with pytest.raises(fc.DataError, match="the file has no rows"):
        ties(write(tmp_path / "a.csv", ""), NUMBERED)


@pytest.mark.parametrize("name", ["a.csv", "a.edgelist"])
def test_comments_are_no_rows(tmp_path: Path, name: str) -> None:
    """Lines that begin with the text of a comment are counted and not read."""
    profile = evolve(NUMBERED, delimiter=" ", heading=1 if name == "a.edgelist" else 0)
    path = write(tmp_path / name, "% sym unweighted\nVík Lyon\n% end\nVík Bar\n")

    found = read_table(path, profile=profile)
    assert [2, 4] == [row.number for row in found.report.rows if row.partnership]
    assert 2 == found.report.total


class TestNamesOfNodes:
    """Lists of edges between numbers, with the names in another file, as KONECT publishes networks."""

    @pytest.mark.parametrize(
        ("edges", "names"),
        [
            ("% sym unweighted\n1 2\n2 3\n", "% city\nVík\nLyon\nHöfn\n"),
            ("% sym\n7 0\n0 9\n", "0\tLyon\n7\tVík\n9\tHöfn\n"),
        ],
    )
    def test_numbers_are_replaced(self, tmp_path: Path, edges: str, names: str) -> None:
        """By the name on the line of that number, or beside that id."""
        write(tmp_path / "ent.twins.city.name", names)
        path = write(tmp_path / "out.twins", edges)

        profile = evolve(NUMBERED, delimiter=" ", names="ent.twins.city.name")
        assert ["fr-hofn--is-lyon", "fr-lyon--is-vik"] == ties(path, profile)

    def test_a_number_without_a_name(self, tmp_path: Path) -> None:
        """The row is rejected; the others are read."""
        write(tmp_path / "names", "Vík\nLyon\n")
        path = write(tmp_path / "a.csv", "1,2\n1,3\n1,2,3,4\n")

        report = read_table(path, profile=evolve(NUMBERED, names="names")).report
        assert [2, 3] == [row.number for row in report.rows_with(Reason.UNREADABLE_ROW)]
        assert report.rows[1].remarks[0].detail.endswith("names has no name for '3'")

    @pytest.mark.parametrize(
        ("content", "words"), [(None, "No such file"), (b"\xff", "the file is not utf-8-sig text")]
    )
    def test_names_that_cannot_be_read(self, tmp_path: Path, content: bytes | None, words: str) -> None:
        """The error names the file."""
        if content is not None:
            write(tmp_path / "names", content)
        path = write(tmp_path / "a.csv", "1,2\n")

        with pytest.raises(fc.DataError, match=f"names: .*{words}"):
            ties(path, evolve(NUMBERED, names="names"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-8-sig"])
@pytest.mark.parametrize("name", ["a.csv", "a.edgelist"])
def test_a_byte_order_mark_is_no_part_of_a_name(tmp_path: Path, encoding: str, name: str) -> None:
    """Whatever encoding the profile names."""
    profile = evolve(NUMBERED, delimiter=";", encoding=encoding, heading=1 if name == "a.edgelist" else 0)
    columns = {"first": "first", "second": "second"} if name == "a.edgelist" else {"first": "#1", "second": "#2"}
    profile = evolve(
        profile,
        first=evolve(profile.first, name=columns["first"]),
        second=evolve(profile.second, name=columns["second"]),
    )
    path = write(tmp_path / name, "\ufeffVík;Lyon\n".encode(encoding.removesuffix("-sig")))

    assert ["fr-lyon--is-vik"] == ties(path, profile)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.json", "[]", r"\.json files cannot be imported.*--profile wikidata"),
        ("a.db", b"SQLite format 3\0", "export the table as .csv"),
        ("a.pkl", b"\x80\x04", r"call read_frame\(\)"),
        ("a.xml", "<a/>", "rename a graph to .graphml or .gexf"),
        ("a.zip", b"PK", "unpack the archive"),
        ("a.html", "<p>", "save the table as .csv or .xlsx"),
        ("a.csv", "<?xml version='1.0'?>", "the content is that of a .xml file"),
        ("a.txt", json.dumps([{"a": 1}]), "the content is that of a .json file"),
        ("a.csv", b"SQLite format 3\0", "the content is that of a .db file; .*export"),
        ("a", b"PK\x03\x04", "the content is that of a .zip file"),
        ("a.kml", "<kml/>", "export a map as .geojson"),
        ("a.gml", "graph [ ]", "export a map as .geojson, and a graph as .graphml"),
        ("a.geojsonl", "{}", "export a map as .geojson"),
        ("a.png", b"\x89PNG\r\n", "type the table into a .csv or .xlsx file"),
        ("a.yaml", "a: 1", "save the table as .csv or .xlsx"),
        ("a.toml", "a = 1", "pass a profile with --profile"),
        ("a.docx", b"PK\x03\x04", "save the table as .csv or .xlsx"),
        ("a.pdf", b"%PDF", "save the table as .csv or .xlsx"),
        ("a.csv", b"%PDF-1.7", "the content is that of a .pdf file"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "the content is that of a .png file"),
        ("a.txt", " \n<kml>", "the content is that of a .kml file"),
        ("a.txt", '\ufeff{ "a": 1 }', "the content is that of a .json file"),
        ("a.csv", "<svg/>", "the content is that of a .xml file"),
        ("a.dat", bytes(range(256)) * 4, "the content is not utf-8-sig text; .*set encoding .*; or save the table"),
        ("a.bin", b"\1\2\3\4\5\6\7" * 9, "the content is not utf-8-sig text"),
    ],
)
def test_other_formats_are_rejected_with_what_to_do(
    tmp_path: Path, name: str, content: str | bytes, words: str
) -> None:
    """By the ending of the name or by the first bytes, with a profile and without one."""
    path = write(tmp_path / name, content)

    with pytest.raises(fc.DataError, match=words):
        ties(path, PAIRS)
    with pytest.raises(fc.DataError, match=words):
        suggest_profile(path)


@needs_posix
def test_a_fifo_is_refused(tmp_path: Path) -> None:
    """It could wait for ever."""
    os.mkfifo(tmp_path / "a.csv")

    with pytest.raises(fc.DataError, match="neither a file nor a folder"):
        ties(tmp_path / "a.csv", PAIRS)
    with pytest.raises(fc.DataError, match="neither a file nor a folder"):
        suggest_profile(tmp_path / "a.csv")


def save_table(path: Path) -> None:
    """Save one partnership in the format of the extension."""
    if path.suffix == ".csv":
        path.write_text(in_csv(ROW), encoding="utf-8")
    elif path.suffix == ".xlsx":
        pack(path)
    else:
        parquet.write_table(pa.table({name: [cell] for name, cell in zip(COLUMNS, ROW, strict=True)}), path)


@needs_posix
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.parquet"])
def test_a_file_is_opened_once(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe that replaces the file after the check is not read."""
    path = tmp_path / name
    save_table(path)

    def open_and_replace(opened: Path) -> BinaryIO:
        file = open_regular_file(opened)
        opened.unlink()
        os.mkfifo(opened)
        return file

    monkeypatch.setattr(tables, "open_regular_file", open_and_replace)
    assert ["fr-lyon--is-vik"] == ties(path, PAIRS)


class TestSheets:
    """Workbooks with more than one sheet."""

    @staticmethod
    def workbook(states: dict[str, str]) -> bytes:
        """A workbook with sheets in these states; each has a row."""
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for title, state in states.items():
            sheet = book.create_sheet(title)
            sheet.sheet_state = state
            sheet.append(COLUMNS)
            sheet.append([*ROW[:4], title, *ROW[5:]])
        made = io.BytesIO()
        book.save(made)
        return made.getvalue()

    def test_other_sheets_are_named(self, tmp_path: Path) -> None:
        """In every form of the report."""
        path = write(tmp_path / "a.xlsx", self.workbook({"Ulm": "visible", "Bar": "hidden", "Nice": "veryHidden"}))

        report = read_table(path, profile=PAIRS, publisher="x", as_of="2026").report
        assert ("Bar (hidden)", "Nice (hidden)") == report.unread_sheets
        assert "sheets that were not read: 'Bar (hidden)', 'Nice (hidden)'" in report.as_text()
        assert ["Bar (hidden)", "Nice (hidden)"] == json.loads(report.as_json())["unread_sheets"]

    def test_a_hidden_sheet_is_read_only_by_name(self, tmp_path: Path) -> None:
        """Without a name the first sheet that a person sees is read."""
        path = write(tmp_path / "a.xlsx", self.workbook({"Bar": "hidden", "Ulm": "visible"}))

        assert ["fr-ulm--is-vik"] == ties(path, PAIRS)
        assert ["fr-bar--is-vik"] == ties(path, evolve(PAIRS, sheet="Bar"))


def test_empty_sheets_are_passed_over(tmp_path: Path) -> None:
    """The first sheet with cells that is not hidden is read; the others are named, the empty ones with that sheet."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Cover"
    book.create_sheet("Blank").append([None, " "])
    for title, city in (("Secret", "Bar"), ("List", "Ulm"), ("Notes", "Nice")):
        for row in (COLUMNS, [*ROW[:4], city, *ROW[5:]]):
            (book[title] if title in book.sheetnames else book.create_sheet(title)).append(row)
    book["Secret"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")

    found = read_table(tmp_path / "a.xlsx", profile=PAIRS, publisher="x", as_of="2026")
    assert ["fr-ulm--is-vik"] == [tie.id for tie in found.dataset.partnerships()]
    assert (
        "Cover (empty; 'List' is read instead)",
        "Blank (empty; 'List' is read instead)",
        "Secret (hidden)",
        "Notes",
    ) == found.report.unread_sheets


def test_an_empty_workbook(tmp_path: Path) -> None:
    """Without any cell, the first sheet is read, and has no rows."""
    openpyxl.Workbook().save(tmp_path / "a.xlsx")

    with pytest.raises(fc.DataError, match="the file has no rows"):
        ties(tmp_path / "a.xlsx", PAIRS)


def test_lines_end_in_three_ways(tmp_path: Path) -> None:
    """An edge list of Windows has no mark at the end of its names."""
    profile = evolve(
        NUMBERED, heading=1, first=evolve(NUMBERED.first, name="first"), second=evolve(NUMBERED.second, name="second")
    )

    assert ["fr-lyon--is-vik"] == ties(write(tmp_path / "a.edgelist", "Vík\tLyon\r\n"), profile)
