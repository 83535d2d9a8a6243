"""Compiled datasets in the user's data folder: when one is used, and when the dataset is loaded strictly instead."""

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import friendcities as fc
from friendcities import Dataset, data_version
from friendcities.datasets import installed
from tests.worlds import a_city, a_tie

WORLD = Dataset([a_city("de-hof", "Hof"), a_city("fr-morlaix", "Morlaix"), a_tie("de-hof", "fr-morlaix")])
LATER = Dataset([*WORLD, a_city("is-vik", "Vik")])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an installed dataset."""
    monkeypatch.setenv("FRIENDCITIES_HOME", str(tmp_path / "home"))
    installed.install("world", WORLD, installed.Description(date="2026-11-30", source="A list", licence="CC0"))
    return tmp_path / "home" / "datasets" / "world"


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The files that have been loaded strictly."""
    found: list[Any] = []
    load = Dataset.load

    def counted(path: Any) -> Dataset:
        found.append(path)
        return load(path)

    monkeypatch.setattr(Dataset, "load", counted)
    return found


def test_an_installed_dataset_is_compiled(folder: Path, loads: list[Any]) -> None:
    """Questions are answered without a strict load; the folder and its files belong to the user alone."""
    found = Dataset.load_installed("world")

    assert WORLD == found
    assert ["fr-morlaix"] == [city.id for city in found.partners_of("Hof")]
    assert "2026-11-30" == found.data_version
    assert [] == loads
    assert 0o700 == folder.stat().st_mode & 0o777


def test_a_new_time_alone_changes_nothing(folder: Path, loads: list[Any]) -> None:
    """If the time differs, the digests decide."""
    for name in ("dataset.json", "compiled.jsonl"):
        os.utime(folder / name, ns=(1, 1))

    assert WORLD == Dataset.load_installed("world")
    assert [] == loads


def truncate(file: Path) -> None:
    """Keep the first half of a file."""
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def corrupt(file: Path) -> None:
    """Change one character of a file."""
    file.write_bytes(file.read_bytes().replace(b"Morlaix", b"Morlaiy", 1))


def change_version(file: Path) -> None:
    """Make a manifest of another release."""
    file.write_text(json.dumps(json.loads(file.read_bytes()) | {"version": "1"}))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("compiled.jsonl", truncate),
        ("compiled.jsonl", corrupt),
        ("compiled.jsonl", Path.unlink),
        ("manifest.json", truncate),
        ("manifest.json", change_version),
        ("manifest.json", Path.unlink),
        ("manifest.json", partial(Path.write_text, data="[" * 10**5)),
        ("manifest.json", partial(Path.write_text, data="[]")),
        ("manifest.json", partial(Path.write_text, data="{}")),
    ],
    ids=["half", "character", "missing", "half-manifest", "version", "no-manifest", "nesting", "list", "empty"],
)
def test_a_damaged_file_is_replaced(folder: Path, loads: list[Any], name: str, change: Any) -> None:
    """The dataset is loaded strictly once, and compiled again."""
    before = (folder / "compiled.jsonl").read_bytes()
    change(folder / name)

    assert WORLD == Dataset.load_installed("world") == Dataset.load_installed("world")
    assert [folder / "dataset.json"] == loads
    assert before == (folder / "compiled.jsonl").read_bytes()


def test_a_changed_dataset_is_compiled_again(folder: Path, loads: list[Any]) -> None:
    """The file of the dataset is the truth, even if it was edited; an invalid one is an error."""
    LATER.save(folder / "dataset.json")

    assert LATER == Dataset.load_installed("world") == Dataset.load_installed("world")
    assert [folder / "dataset.json"] == loads
    truncate(folder / "dataset.json")
    with pytest.raises(fc.DataError):
        Dataset.load_installed("world")


def test_a_dataset_that_changes_during_the_load_is_not_mistaken(
    folder: Path, monkeypatch: pytest.MonkeyPatch, loads: list[Any]
) -> None:
    """The manifest describes the file as it was before it was loaded, so a later file does not match."""
    (folder / "manifest.json").unlink()
    load = Dataset.load

    def changed_after(path: Any) -> Dataset:
        found = load(path)
        LATER.save(path)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(Dataset, "load", changed_after)
        assert WORLD == Dataset.load_installed("world")
    assert LATER == Dataset.load_installed("world")
    assert 2 == len(loads)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such owners")
@pytest.mark.parametrize("who", ["folder", "manifest.json", "compiled.jsonl"])
def test_the_files_of_another_user_are_not_used(
    folder: Path, loads: list[Any], monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    """The dataset itself is loaded strictly, so it may belong to anybody."""
    stranger = folder if who == "folder" else folder / who
    stat = Path.stat

    class Foreign:
        def __init__(self, status: os.stat_result) -> None:
            self._status = status
            self.st_uid = status.st_uid + 1

        def __getattr__(self, name: str) -> Any:
            return getattr(self._status, name)

    def foreign(path: Path, **options: Any) -> Any:
        return Foreign(stat(path, **options)) if path == stranger else stat(path, **options)

    monkeypatch.setattr(Path, "stat", foreign)

    assert WORLD == Dataset.load_installed("world")
    assert [folder / "dataset.json"] == loads


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_folder_that_others_can_write_is_not_used(folder: Path, loads: list[Any]) -> None:
    """Neither read nor written; and with the right mode it is used again."""
    folder.chmod(0o770)
    (folder / "compiled.jsonl").unlink()

    assert WORLD == Dataset.load_installed("world") == Dataset.load_installed("world")
    assert 2 == len(loads)
    assert not (folder / "compiled.jsonl").exists()
    folder.chmod(0o700)
    assert WORLD == Dataset.load_installed("world") == Dataset.load_installed("world")
    assert 3 == len(loads)


@pytest.mark.parametrize("why", ["mode", "disk"])
def test_no_permission_to_write_is_needed(
    folder: Path, loads: list[Any], monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    """In a folder without write permission, or on a full disk, each question loads the dataset strictly."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (folder / "manifest.json").unlink()
    if why == "mode":
        monkeypatch.setattr(os, "access", lambda *_: False)
    else:
        monkeypatch.setattr(installed, "replace_file", full)

    assert WORLD == Dataset.load_installed("world") == Dataset.load_installed("world")
    assert 2 == len(loads)
    assert not (folder / "manifest.json").exists()


@pytest.mark.bundled_data
def test_two_processes_may_compile_at_once(folder: Path) -> None:
    """Each file is replaced atomically: both processes answer, and what is left is complete."""
    (folder / "manifest.json").unlink()
    code = "import friendcities as fc; print(fc.Dataset.load_installed('world').partners_of('Hof'))"
    running = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]

    assert 4 * [("(<City fr-morlaix: Morlaix, FR>,)\n", "")] == [each.communicate() for each in running]
    assert WORLD == Dataset.load_installed("world")
    assert ["about.json", "compiled.jsonl", "dataset.json", "manifest.json"] == sorted(
        each.name for each in folder.iterdir()
    )


def test_windows_has_no_owners(folder: Path, loads: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """There, owner and mode are not checked."""
    folder.chmod(0o755)
    monkeypatch.delattr(os, "geteuid")

    assert installed.read_compiled("world") is not None
    assert [] == loads
    assert data_version == json.loads((folder / "about.json").read_bytes())["merged_with"]
