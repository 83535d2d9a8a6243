"""Each file for download opens, and has the size and the digest that its page states."""

import csv
import hashlib
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Final

import openpyxl
import pyarrow.parquet as pq
import pytest

import friendcities as fc
from tests.site.built import HTML

FILES: Final = sorted(path for path in (HTML / "download").iterdir() if path.is_file())
PARTNERSHIPS: Final = "partnerships"


def in_archive(path: Path, name: str) -> io.BytesIO:
    """A file in an archive."""
    with zipfile.ZipFile(path) as archive:
        return io.BytesIO(archive.read(name))


def count_in_json(path: Path) -> int:
    """The partnerships of the dataset file."""
    return len(fc.Dataset.load(path).partnerships())


def count_in_folder(path: Path) -> int:
    """The files of partnerships in the folder of records."""
    return sum(name.startswith("data/partnerships/") for name in zipfile.ZipFile(path).namelist())


def count_in_csv(path: Path) -> int:
    """The rows of the CSV table."""
    return len([*csv.DictReader(io.TextIOWrapper(in_archive(path, "partnerships.csv"), "utf-8-sig"))])


def count_in_workbook(path: Path) -> int:
    """The rows of the sheet."""
    rows: int = openpyxl.load_workbook(path)[PARTNERSHIPS].max_row
    return rows - 1


def count_in_parquet(path: Path) -> int:
    """The rows of the Parquet table."""
    rows: int = pq.read_table(in_archive(path, "partnerships.parquet")).num_rows
    return rows


def count_in_database(path: Path) -> int:
    """The rows of the table of the database."""
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute("select count(*) from partnerships").fetchone()[0])


def count_on_map(path: Path) -> int:
    """The features that are partnerships."""
    ids = {each.id for each in fc.partnerships()}
    return sum(each["id"] in ids for each in json.loads(path.read_text(encoding="utf-8"))["features"])


COUNTS: Final = {
    "friendcities-csv.zip": count_in_csv,
    "friendcities-parquet.zip": count_in_parquet,
    "friendcities.geojson": count_on_map,
    "friendcities.json": count_in_json,
    "friendcities.sqlite": count_in_database,
    "friendcities.xlsx": count_in_workbook,
    "friendcities.zip": count_in_folder,
}


@pytest.mark.parametrize("name", COUNTS)
def test_a_download_opens(name: str) -> None:
    """It has all partnerships."""
    assert len(fc.partnerships()) == COUNTS[name](HTML / "download" / name)


def test_the_page_states_sizes_and_digests() -> None:
    """Of every file, and of no other."""
    page = (HTML / "download.html").read_text(encoding="utf-8")

    assert [*COUNTS] == [path.name for path in FILES]
    assert len(FILES) == page.count('<a href="download/')
    for path in FILES:
        content = path.read_bytes()
        assert f"<td>{round(len(content) / 1000)} kB</td><td><code>{hashlib.sha256(content).hexdigest()}<" in page
