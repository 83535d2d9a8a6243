"""What exports leave on the disk: whole, or not at all; and nothing of anybody else's is touched."""

from pathlib import Path
from typing import Any

import pytest

from friendcities import InvalidQueryError
from friendcities.exporters.files import write_file, write_folder

FILES = {"cities.csv": b"one", "ties/country=CN/part-0.parquet": b"two"}


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_is_written_with_all_its_files(tmp_path: Path) -> None:
    """Files stand where their names say, and nothing else is left behind."""
    write_folder(tmp_path / "new", FILES)

    assert contents(tmp_path / "new") == FILES
    assert ["new"] == [path.name for path in tmp_path.iterdir()]


def test_an_earlier_export_is_replaced(tmp_path: Path) -> None:
    """What the earlier one had and the new one has not is gone; an empty folder will do as well."""
    (tmp_path / "there").mkdir()
    write_folder(tmp_path / "there", FILES)
    write_folder(str(tmp_path / "there"), {"names.csv": b"three"})

    assert {"names.csv": b"three"} == contents(tmp_path / "there")
    assert ["there"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize("name", ["thesis.docx", "deep/thesis.docx", "cities.csv.bak", "mine.csv"])
def test_a_folder_with_anything_else_is_left_alone(tmp_path: Path, name: str) -> None:
    """One file that no export writes is enough, and the error names it."""
    write_folder(tmp_path / "there", FILES)
    (tmp_path / "there" / name).parent.mkdir(exist_ok=True)
    (tmp_path / "there" / name).write_bytes(b"years of work")

    with pytest.raises(InvalidQueryError, match=rf"is no earlier export, for there is {name}; name a new folder"):
        write_folder(tmp_path / "there", {})
    assert contents(tmp_path / "there") == {**FILES, name: b"years of work"}


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    """A file is not taken for a folder to be replaced."""
    (tmp_path / "there").write_bytes(b"years of work")

    with pytest.raises(InvalidQueryError, match="there is a file of that name"):
        write_folder(tmp_path / "there", FILES)
    assert b"years of work" == (tmp_path / "there").read_bytes()


def test_a_folder_that_cannot_be_put_in_place_leaves_the_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the new folder cannot take the place of the old one, the old one is back."""
    write_folder(tmp_path / "there", FILES)
    rename = Path.rename

    def fails(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails)

    with pytest.raises(OSError, match="No space left"):
        write_folder(tmp_path / "there", {"names.csv": b"three"})
    assert contents(tmp_path / "there") == FILES
    assert ["there"] == [path.name for path in tmp_path.iterdir()]


def test_a_folder_in_no_folder_is_an_error(tmp_path: Path) -> None:
    """The folder above must be there, as everywhere."""
    with pytest.raises(FileNotFoundError):
        write_folder(tmp_path / "a" / "b", FILES)


@pytest.mark.parametrize("wrong", ["", None, 7, b"out.csv", "a\0b"], ids=repr)
def test_what_is_no_path_is_refused(wrong: Any) -> None:
    """Bytes, numbers and nothing are no paths."""
    with pytest.raises(InvalidQueryError, match="pass the path to write to"):
        write_file(wrong, b"")
    with pytest.raises(InvalidQueryError, match="pass the path to write to"):
        write_folder(wrong, {})
