"""Exported files and folders are complete or missing, and other files stay unchanged."""

import stat
from pathlib import Path
from typing import Any

import pytest

from friendcities import InvalidQueryError
from friendcities.exporters import output_files
from friendcities.exporters.output_files import write_file, write_folder
from friendcities.exporters.tables import TABLE_SCHEMAS
from tests.systems import needs_posix

TABLES = {f"{name}.csv": b"one" for name in TABLE_SCHEMAS}
PARTS = {
    **{f"{name}/part-0.parquet": b"two" for name in TABLE_SCHEMAS if name != "partners"},
    "partners/country=CN/part-0.parquet": b"two",
    "partners/country=NZ/part-0.parquet": b"two",
}
PACKAGE = {**TABLES, "datapackage.json": b"{}", "friendcities.json": b"{}"}


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("files", [TABLES, PARTS, PACKAGE], ids=["tables", "partitions", "package"])
def test_a_folder_is_written_with_all_its_files(tmp_path: Path, files: dict[str, bytes]) -> None:
    """A folder contains its files and nothing else, and can be written again."""
    write_folder(tmp_path / "new", files)
    write_folder(tmp_path / "new", files)

    assert contents(tmp_path / "new") == files
    assert ["new"] == [path.name for path in tmp_path.iterdir()]


@needs_posix
def test_an_earlier_export_is_replaced(tmp_path: Path) -> None:
    """An earlier export or an empty folder is replaced completely; permissions stay."""
    (tmp_path / "there").mkdir()
    (tmp_path / "there").chmod(0o750)
    write_folder(tmp_path / "there", PARTS)
    write_folder(str(tmp_path / "there"), TABLES)

    assert contents(tmp_path / "there") == TABLES
    assert ["there"] == [path.name for path in tmp_path.iterdir()]
    assert 0o750 == stat.S_IMODE((tmp_path / "there").stat().st_mode)


@pytest.mark.parametrize(
    "name", ["thesis.docx", "deep/thesis.docx", "deep/cities.csv", "cities.csv.bak", "mine.csv", "partners/cities.csv"]
)
def test_a_folder_with_anything_else_is_left_alone(tmp_path: Path, name: str) -> None:
    """One other file, even with the name of an exported file elsewhere, is enough to keep the folder."""
    write_folder(tmp_path / "there", TABLES)
    (tmp_path / "there" / name).parent.mkdir(exist_ok=True)
    (tmp_path / "there" / name).write_bytes(b"years of work")

    with pytest.raises(InvalidQueryError, match=rf"is not an earlier export .it contains {name}.; name a new folder"):
        write_folder(tmp_path / "there", TABLES)
    assert contents(tmp_path / "there") == {**TABLES, name: b"years of work"}


@pytest.mark.parametrize(
    ("name", "missing"),
    [("cities.csv", "authors.csv"), ("friendcities.json", "authors.csv"), ("partners.parquet", "authors.parquet")],
)
def test_one_file_of_a_name_that_exports_have_makes_no_export(tmp_path: Path, name: str, missing: str) -> None:
    """A single file with the name of an exported file does not make an export."""
    (tmp_path / name).write_bytes(b"years of work")

    with pytest.raises(InvalidQueryError, match=f"is not an earlier export .it lacks {missing}"):
        write_folder(tmp_path, TABLES)
    assert contents(tmp_path) == {name: b"years of work"}


@needs_posix
def test_links_and_empty_folders_are_left_alone(tmp_path: Path) -> None:
    """Links and empty folders are not part of an export."""
    write_folder(tmp_path / "there", TABLES)
    (tmp_path / "there" / "link").symlink_to(tmp_path)
    with pytest.raises(InvalidQueryError, match="it contains link"):
        write_folder(tmp_path / "there", TABLES)

    (tmp_path / "there" / "link").unlink()
    (tmp_path / "there" / "empty").mkdir()
    with pytest.raises(InvalidQueryError, match="it contains empty"):
        write_folder(tmp_path / "there", TABLES)


def test_files_of_two_exports_are_none(tmp_path: Path) -> None:
    """The files of two formats in one folder are not an export."""
    write_folder(tmp_path / "there", TABLES)
    (tmp_path / "there" / "partners.parquet").write_bytes(b"two")

    with pytest.raises(InvalidQueryError, match=r"it contains partners\.parquet"):
        write_folder(tmp_path / "there", TABLES)


def test_nobody_stands_in_a_folder_that_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder is not replaced, because a shell would stay in the removed one."""
    (tmp_path / "there" / "in").mkdir(parents=True)
    for place in (tmp_path / "there", tmp_path / "there" / "in"):
        monkeypatch.chdir(place)
        with pytest.raises(InvalidQueryError, match="is or contains the current folder; change to another folder"):
            write_folder(tmp_path / "there", TABLES)


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    """A file is not replaced by a folder."""
    (tmp_path / "there").write_bytes(b"years of work")

    with pytest.raises(InvalidQueryError, match="is a file; name a folder"):
        write_folder(tmp_path / "there", TABLES)
    assert b"years of work" == (tmp_path / "there").read_bytes()


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=repr)
def test_a_folder_that_cannot_be_put_in_place_leaves_the_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """If the new folder cannot be put in place, or on Ctrl-C, the old one is restored."""
    monkeypatch.setattr(output_files, "_exchange", lambda *_: False)
    write_folder(tmp_path / "there", TABLES)
    rename = Path.rename

    def fails(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise error
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails)

    with pytest.raises(type(error)):
        write_folder(tmp_path / "there", PARTS)
    assert contents(tmp_path / "there") == TABLES
    assert ["there"] == [path.name for path in tmp_path.iterdir()]


def test_a_folder_in_no_folder_is_an_error(tmp_path: Path) -> None:
    """The parent folder must exist."""
    with pytest.raises(FileNotFoundError):
        write_folder(tmp_path / "a" / "b", TABLES)


@pytest.mark.parametrize("wrong", ["", None, 7, b"out.csv", "a\0b"], ids=repr)
def test_what_is_no_path_is_refused(wrong: Any) -> None:
    """Other values are not paths."""
    with pytest.raises(InvalidQueryError, match="pass the path of a file or folder"):
        write_file(wrong, b"")
    with pytest.raises(InvalidQueryError, match="pass the path of a file or folder"):
        write_folder(wrong, {})
