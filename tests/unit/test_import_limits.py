"""Small files that unpack to more than fits into memory, or that take minutes to read: refused within a second."""

import io
import re
import time
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

import friendcities as fc
from friendcities.importers import read_table, suggest_profile
from friendcities.importers.formats import binary_tables, tables, workbook_parts
from friendcities.importers.profile import Profile
from friendcities.limits import PROFILE_BYTES
from tests.tables import COLUMNS, PAIRS

ROW = ("Vík", "Iceland", "", "", "Lyon", "France", "", "")
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles", "/xl/sharedStrings.xml": "sharedStrings"}
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def row_of(cells: tuple[str, ...]) -> str:
    """A row of a sheet."""
    return "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells) + "</row>"


TOP = row_of(COLUMNS) + row_of(ROW)


def pack(path: Path, *, rows: str = "", more: str = "", styles: str = "", strings: str = "", sheets: int = 1) -> Path:
    """Write a workbook whose sheets are one part."""
    types = "".join(f'<Override PartName="{name}" ContentType="{TYPE}.{type_}+xml"/>' for name, type_ in PARTS.items())
    names = "".join(f'<sheet name="S{each}" sheetId="{each}" r:id="r1"/>' for each in range(1, sheets + 1))
    targets = {"worksheet": "worksheets/sheet1.xml", "styles": "styles.xml", "sharedStrings": "sharedStrings.xml"}
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{RELATIONS}/{type_}" Target="{target}"/>'
        for number, (type_, target) in enumerate(targets.items(), start=1)
    )
    data = f"<sheetData>{rows or TOP}</sheetData>"
    content = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{types}</Types>',
        "xl/workbook.xml": f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{RELATIONS}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{SPREADSHEET}">{styles}</styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{SPREADSHEET}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SPREADSHEET}">{data}{more}</worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in content.items():
            packed.writestr(name, text)
    return path


def read(path: Path) -> Any:
    """Read a table of pairs."""
    return read_table(path, profile=PAIRS, publisher="A lexicon", as_of="2026")


class TestWorkbooks:
    """Workbooks."""

    def test_a_usual_workbook(self, tmp_path: Path) -> None:
        """The workbooks of these tests are read but for what is added to them."""
        assert 1 == read(pack(tmp_path / "a.xlsx")).report.imported

    @pytest.mark.parametrize(
        ("content", "what"),
        [
            ({"rows": f"{TOP}<row>{'<c/>' * 15_000_000}</row>"}, "131,072 elements in one row"),
            ({"rows": f"{TOP}<row>{('<c/>' * 1000 + '<!--<row>-->') * 200}</row>"}, "131,072 elements in one row"),
            ({"rows": f"{TOP}<row>{('<c/>' * 1000 + '<row/>') * 200}</row>"}, "131,072 elements in one row"),
            ({"rows": f"{TOP}<row><c><is>{'<r/>' * 200_000}</is></c></row>"}, "131,072 elements in one row"),
            ({"rows": TOP + "<a>" * 1_000_000}, "100 nested elements"),
            ({"rows": f"{TOP}<row><c><is><t>{'a' * 9_000_000}</t></is></c></row>"}, "1,048,576 bytes in one text"),
            (
                {"rows": TOP + "<row " + " ".join(f"a{n}=''" for n in range(300_000)) + "/>"},
                "1,048,576 bytes in one text",
            ),
            ({"styles": f"<fonts>{'<font/>' * 2_000_000}</fonts>"}, "100,000 elements outside rows"),
            ({"styles": f"<cellXfs>{'<xf/>' * 500_000}</cellXfs>"}, "100,000 elements outside rows"),
            ({"more": f"<mergeCells>{'<mergeCell/>' * 300_000}</mergeCells>"}, "100,000 elements outside rows"),
            ({"strings": f"<si>{'<r/>' * 200_000}</si>"}, "131,072 elements in one row"),
            ({"sheets": 50_000}, "1,000 sheets"),
            ({"rows": "<row/>" * 500_000, "sheets": 900}, "100,000,000 elements in all sheets"),
        ],
    )
    def test_too_many_elements(self, content: dict[str, Any], what: str, tmp_path: Path) -> None:
        """The parts of a workbook are counted before it is read."""
        path = pack(tmp_path / "a.xlsx", **content)
        start = time.process_time()
        with pytest.raises(fc.DataError, match=f"not a readable workbook: the workbook has more than {what}"):
            read(path)
        assert time.process_time() - start < 10

    @pytest.mark.parametrize("content", [{"rows": "<row/>" * 100_000}, {"strings": "<si/>" * 100_000}])
    def test_too_many_items(self, content: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Rows and shared texts are limited too, though they are read one by one."""
        monkeypatch.setattr(workbook_parts, "PART_ELEMENTS", 50_000)
        with pytest.raises(fc.DataError, match="the workbook has more than 50,000 elements in one part"):
            read(pack(tmp_path / "a.xlsx", **content))

    def test_a_document_type_is_refused(self, tmp_path: Path) -> None:
        """Entities can grow."""
        path = pack(tmp_path / "a.xlsx")
        with zipfile.ZipFile(path, "a") as packed:
            packed.writestr("x.xml", '<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>')
        with pytest.raises(fc.DataError, match="an XML document type is declared"):
            read(path)

    def test_too_many_parts(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Every part is opened."""
        monkeypatch.setattr(workbook_parts, "WORKBOOK_PARTS", 5)
        with pytest.raises(fc.DataError, match="the workbook has more than 5 parts"):
            read(pack(tmp_path / "a.xlsx"))

    def test_a_part_whose_size_is_false(self, tmp_path: Path) -> None:
        """A part is not longer than the list of parts states."""
        content = pack(tmp_path / "a.xlsx", styles="<a/>" * 50_000).read_bytes()
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = packed.getinfo("xl/styles.xml").file_size
        (tmp_path / "a.xlsx").write_bytes(content.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little")))
        with pytest.raises(fc.DataError, match="not a readable workbook"):
            read(tmp_path / "a.xlsx")

    def test_a_row_far_down(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Rows that a sheet leaves out are empty."""
        monkeypatch.setattr(binary_tables, "WORKBOOK_ROWS", 5000)
        report = read(pack(tmp_path / "a.xlsx", rows=f'{TOP}<row r="2000000000"/>')).report
        assert 1 == report.imported
        assert "has more than 5,000 rows" in report.rows[-1].remarks[0].detail


class TestParquet:
    """Parquet."""

    @pytest.mark.parametrize("encoding", ["PLAIN", "RLE_DICTIONARY", "DELTA_BYTE_ARRAY"])
    @pytest.mark.parametrize("length", [65_536, 1_000_000])
    def test_repeated_texts(self, encoding: str, length: int, tmp_path: Path) -> None:
        """A text that is repeated takes no more memory than one."""
        start = pa.total_allocated_bytes()
        ends = [
            pa.DictionaryArray.from_arrays([0] * 4096, ["a" * length if number == 0 else "x"]) for number in range(8)
        ]
        table = pa.table(dict(zip(COLUMNS, ends, strict=True)))
        options: dict[str, Any] = {"compression": "zstd"}
        if encoding != "RLE_DICTIONARY":
            table = table.slice(0, 100).cast(pa.schema([(name, pa.string()) for name in COLUMNS]))
            options |= {"use_dictionary": False, "column_encoding": dict.fromkeys(COLUMNS, encoding)}
        parquet.write_table(table, tmp_path / "a.parquet", **options)
        del table, ends
        report = read(tmp_path / "a.parquet").report
        assert 0 == report.imported
        assert pa.total_allocated_bytes() - start < 1 << 28

    def test_the_size_that_is_stated(self, tmp_path: Path) -> None:
        """Data that is much larger once unpacked is refused."""
        table = pa.table({name: ["a" * 3_000_000] * 6 for name in COLUMNS})
        parquet.write_table(table, tmp_path / "a.parquet", use_dictionary=False, compression="zstd")
        with pytest.raises(fc.DataError, match="the file has more than 134,217,728 bytes once unpacked"):
            read(tmp_path / "a.parquet")

    def test_columns(self, tmp_path: Path) -> None:
        """So are thousands of columns."""
        parquet.write_table(pa.table({f"c{number}": ["x"] for number in range(10_001)}), tmp_path / "a.parquet")
        with pytest.raises(fc.DataError, match="the file has more than 10,000 columns"):
            read(tmp_path / "a.parquet")

    def test_too_many_cells(self, tmp_path: Path) -> None:
        """Equal cells of many columns take almost no space."""
        table = pa.table({f"c{number}": ["x"] * 1000 for number in range(3001)})
        parquet.write_table(table, tmp_path / "a.parquet")
        with pytest.raises(fc.DataError, match="the file has more than 3,000,000 cells"):
            read(tmp_path / "a.parquet")

    def test_binary_texts(self, tmp_path: Path) -> None:
        """Texts are read as before: as bytes, repeated or missing."""
        columns = {
            name: pa.array([cell.encode() or None] * 2, pa.binary()) for name, cell in zip(COLUMNS, ROW, strict=True)
        }
        parquet.write_table(pa.table(columns), tmp_path / "a.parquet")
        report = read(tmp_path / "a.parquet").report
        assert (1, 1) == (report.imported, report.merged)


@pytest.mark.parametrize("row", ["a" * 200_000, '"' + "a\n" * 1000 + '"', '"' + "a" * 200_000 + '"'])
def test_long_rows_of_text(row: str, tmp_path: Path) -> None:
    """A row of text has a limit, and the rows after it are read."""
    (tmp_path / "a.csv").write_text("\n".join([",".join(COLUMNS), row, ",".join(ROW)]), encoding="utf-8")
    report = read(tmp_path / "a.csv").report
    assert 1 == report.imported
    assert report.rejected >= 1


def test_a_large_profile(tmp_path: Path) -> None:
    """A profile is small."""
    (tmp_path / "a.toml").write_text("#" * (PROFILE_BYTES + 1), encoding="utf-8")
    with pytest.raises(fc.InvalidQueryError, match="more than 1,048,576 bytes"):
        Profile.load(tmp_path / "a.toml")


def test_a_table_of_long_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The texts of a table have a limit together."""
    monkeypatch.setattr(tables, "TABLE_CHARACTERS", 50)
    (tmp_path / "a.csv").write_text("\n".join(map(",".join, [COLUMNS, *[ROW] * 5])), encoding="utf-8")
    report = read(tmp_path / "a.csv").report
    assert [2, 3, 4] == [row.number for row in report.rows]
    assert "the cells have more than 50 characters" in report.rows[-1].remarks[0].detail


@pytest.mark.parametrize("column", range(len(COLUMNS)))
def test_long_cells(tmp_path: Path, column: int) -> None:
    """A row with a long cell is rejected at once. Sorting its combining marks would take ten seconds."""
    cells = [*ROW[:column], "a" + "\u0301\u0323" * 50_000, *ROW[column + 1 :]]
    (tmp_path / "a.csv").write_text("\n".join(map(",".join, [COLUMNS, cells, ROW])), encoding="utf-8")
    report = read(tmp_path / "a.csv").report
    assert [(2, "rejected"), (3, "imported")] == [(row.number, row.outcome) for row in report.rows]
    assert "a cell has more than 5,000 characters" in report.rows[0].remarks[0].detail


def test_long_cells_in_a_proposal(tmp_path: Path) -> None:
    """Only the first characters of a cell are examined."""
    row = ",".join(["a" + "\u0301\u0323" * 15_000] * 4)
    (tmp_path / "a.csv").write_text("\n".join(["town,country,partner,since", *[row] * 100]), encoding="utf-8")
    assert 'name = "town"' in suggest_profile(tmp_path / "a.csv")


def test_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest of the rows is not read, and the report states this."""
    monkeypatch.setattr(tables, "TABLE_ROWS", 2)
    (tmp_path / "a.csv").write_text("\n".join(map(",".join, [COLUMNS, *[ROW] * 5])), encoding="utf-8")
    report = read(tmp_path / "a.csv").report
    assert [(2, "imported"), (3, "merged"), (4, "rejected")] == [(row.number, row.outcome) for row in report.rows]
    assert "the table has more than 2 rows" in report.rows[-1].remarks[0].detail


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.geojson", '{"type": "FeatureCollection", "features": [' + "{}," * 2_000_000 + "{}]}", "marks {, [ and ,"),
        ("a.geojson", '{"type": "FeatureCollection", "features": [' + "1," * 4_000_000 + "1]}", "marks {, [ and ,"),
        ("a.graphml", "<graphml><graph>" + "<a/>" * 3_000_000 + "</graph></graphml>", "marks < and ="),
        ("a.gexf", "<gexf><graph " + " ".join(f'a{n}=""' for n in range(3_000_000)) + "/></gexf>", "marks < and ="),
        ("a.edgelist", "a\tb\n" * 2_000_000, "cells and lines"),
        ("a.edgelist", "\t" * 4_000_000, "cells and lines"),
    ],
)
def test_too_many_marks(name: str, content: str, what: str, tmp_path: Path) -> None:
    """A graph or a map of many small parts is refused before it is parsed."""
    (tmp_path / name).write_text(content, encoding="utf-8")
    start = time.process_time()
    with pytest.raises(fc.DataError, match=f"the file has more than 3,000,000 {re.escape(what)}"):
        read(tmp_path / name)
    assert time.process_time() - start < 5


def test_a_graph_of_many_attributes(tmp_path: Path) -> None:
    """Only the attributes that are asked for are looked up."""
    keys = "".join(
        f'<key id="{owner}{number}" for="{owner}" attr.name="k{number}"><default>x</default></key>'
        for owner in ("node", "edge")
        for number in range(5000)
    )
    edges = '<edge source="a" target="b"/>' * 8000
    (tmp_path / "a.graphml").write_text(f"<graphml>{keys}<graph>{edges}</graph></graphml>", encoding="utf-8")
    ends = "".join(f'[{end}]\nname = "{end}"\ncountry_is = "NZ"\n' for end in ("first", "second"))
    (tmp_path / "a.toml").write_text(f'{ends}[cities]\nlevel = "town"\n', encoding="utf-8")
    start = time.process_time()
    report = read_table(tmp_path / "a.graphml", profile=tmp_path / "a.toml", publisher="A lexicon", as_of="2026").report
    assert (1, 7999) == (report.imported, report.merged)
    assert time.process_time() - start < 10


def test_long_names_of_columns(tmp_path: Path) -> None:
    """An error shows the beginning and the end of a long name."""
    (tmp_path / "a.csv").write_text(f"{'x' * 100_000}\n1\n", encoding="utf-8")
    with pytest.raises(fc.InvalidQueryError, match="has no column 'city1'") as caught:
        read(tmp_path / "a.csv")
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize("run", [" ", ",", ", ", "-", " - ", "(", ")", "[", "&", " & ", "/", " / ", "\t"])
def test_a_long_cell_of_a_city_and_its_country(run: str, tmp_path: Path) -> None:
    """A cell that is too long for a city and a country is not split."""
    path = tmp_path / "a.csv"
    path.write_text(f'town,partner\nVík,"Cork, Ireland"\nVík,"Ulm{run * (4900 // len(run))}x"\n', encoding="utf-8")
    profile = '[cities]\nlevel = "town"\n[first]\nname = "town"\ncountry_is = "IS"\n'
    profile += '[second]\nname = "partner"\ncountry = "partner"\n'
    start = time.process_time()
    assert 'name = "partner"' in suggest_profile(path)
    report = read_table(path, profile=Profile.parse(profile), publisher="A lexicon", as_of="2026").report
    assert time.process_time() - start < 5
    assert (1, 1) == (report.imported, report.rejected)
    assert report.rows[1].remarks[0].detail.endswith("x' is too long for a name")
