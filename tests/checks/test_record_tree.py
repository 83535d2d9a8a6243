"""Trees of record files, valid or not, and the datasets that they overlay."""

import os
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from friendcities import City, Dataset, Source
from friendcities.checks import RecordTree
from friendcities.codec.writer import encode
from friendcities.datasets.folder import RecordFile, record_path
from friendcities.model import RECORD_TYPES, AnyRecord
from tests.worlds import a_city, a_source

CITY: Final = '{"name": "A", "country": "NZ", "level": "town"}'


def lay(root: Path, *records: AnyRecord, **files: str) -> Path:
    """Write records to their paths, and other files below ``cities``."""
    texts = {record_path(record): encode(record) for record in records}
    for name, text in {**texts, **{f"cities/{name}.json": text for name, text in files.items()}}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


@pytest.fixture
def base(tmp_path: Path) -> Dataset:
    """A dataset to overlay, with redirects."""
    root = lay(tmp_path / "base", a_city("nz-a"), a_city("nz-b"), a_source("gazette"))
    moved = '{"cities": {"nz-old": "nz-a", "nz-older": "nz-a"}, "sources": {"g": "gazette"}}'
    (root / "redirects.json").write_text(moved, "utf-8")
    return Dataset.load(root)


class TestRead:
    """Reading of a folder."""

    def test_files_stand_by_type_and_path(self, tmp_path: Path) -> None:
        """Each file has path, type, id, content and record, or problems."""
        root = lay(tmp_path, a_source("gazette"), **{"nz-b": CITY, "nz-a": "{"})

        register = RecordTree.read(root)

        assert [
            (root / "cities/nz-a.json", City, "nz-a", None),
            (root / "cities/nz-b.json", City, "nz-b", a_city("nz-b", "A", level=register.files[1].record.level)),  # type: ignore[union-attr]
            (root / "sources/gazette.json", Source, "gazette", a_source("gazette")),
        ] == [(file.path, file.cls, file.id, file.record) for file in register.files]
        assert b"{" == register.files[0].data
        assert ["json-syntax"] == [problem.rule for problem in register.files[0].problems]
        assert register.files[0].problems == register.reading_problems

    def test_what_was_met_is_told_once(self, tmp_path: Path) -> None:
        """Problems of the folder come before problems of its files."""
        root = lay(tmp_path, a_source("gazette"), **{"a/nz-a": "[]", "b/nz-a": "[]"})
        (root / "mayors").mkdir()
        (root / "redirects.json").write_text('{"cities": 5}', "utf-8")
        (root / "exceptions.json").write_text("[]", "utf-8")

        register = RecordTree.read(root)

        assert ["duplicate-id", "place", "redirect", "exception", "schema"] == [
            each.rule for each in register.reading_problems
        ]
        assert register.reading_problems[:4] == register.folder_problems
        assert {} == register.redirects
        assert {} == register.exceptions

    def test_the_day_is_that_of_the_clock_or_another(self, tmp_path: Path) -> None:
        """The day of the check can be set."""
        before = date.today()  # noqa: DTZ011 - as the register does
        today = RecordTree.read(tmp_path).today
        after = date.today()  # noqa: DTZ011

        assert before <= today <= after
        assert date(2026, 1, 1) == RecordTree.read(tmp_path, today=date(2026, 1, 1)).today
        assert before <= RecordTree(root=tmp_path, files=()).today

    def test_progress_sees_every_file(self, tmp_path: Path) -> None:
        """The progress function gets all paths, in the order of reading."""
        seen: list[int | str] = []

        def progress(paths: Iterable[tuple[Path, type[AnyRecord]]]) -> Iterator[tuple[Path, type[AnyRecord]]]:
            seen.append(len(list(paths)))
            for path, cls in paths:
                seen.append(path.stem)
                yield path, cls

        register = RecordTree.read(lay(tmp_path, **{"nz-a": CITY, "nz-b": "{"}), progress=progress)

        assert [2, "nz-a", "nz-b"] == seen
        assert 2 == len(register.files)

    def test_what_fails_on_the_way_is_a_problem(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Unexpected errors of the system become problems of the folder."""

        def fail(*_: object, **__: object) -> Iterator[Any]:
            raise OSError(5, "Input/output error")

        monkeypatch.setattr(os, "walk", fail)

        register = RecordTree.read(lay(tmp_path, **{"nz-a": CITY}))

        assert [("readable", str(tmp_path), "this path cannot be read: input/output error")] == [
            (each.rule, each.path, each.message) for each in register.reading_problems
        ]
        assert () == register.files


class TestLaidOver:
    """The base of a tree."""

    def test_it_stands_alone_without_a_base(self, tmp_path: Path) -> None:
        """Without a base, only the ids of the tree are known, including those of invalid files."""
        register = RecordTree.read(lay(tmp_path, **{"nz-a": CITY, "nz-b": "{"}))

        assert all(not records for records in register.base_records.values())
        assert {"nz-a", "nz-b"} == register.known_ids[City]
        assert ["nz-a"] == list(register.records[City]) == list(register.cities)
        assert (
            set(RECORD_TYPES.values())
            == set(register.known_ids)
            == set(register.base_records)
            == set(register.moved_ids)
        )

    def test_it_has_the_say_over_what_lies_beneath(self, tmp_path: Path, base: Dataset) -> None:
        """A record with a file in the tree, valid or not, is not taken from the base; all ids are known."""
        register = RecordTree.read(lay(tmp_path / "mine", **{"nz-a": "{", "nz-c": CITY}), base=base)

        assert ["nz-b"] == list(register.base_records[City])
        assert ["gazette"] == list(register.base_records[Source])
        assert {"nz-a", "nz-b", "nz-c"} == register.known_ids[City]
        assert {"nz-b", "nz-c"} == set(register.cities)
        assert ["nz-c"] == list(register.records[City])

    def test_ids_moved_by_the_word_of_both(self, tmp_path: Path, base: Dataset) -> None:
        """Redirects of the tree override those of the base, and an id with a record is not redirected."""
        root = lay(tmp_path / "mine", a_city("nz-older"))
        (root / "redirects.json").write_text('{"cities": {"nz-mine": "nz-older"}}', "utf-8")

        register = RecordTree.read(root, base=base)

        assert {"nz-old": "nz-a", "nz-mine": "nz-older"} == register.moved_ids[City]
        assert {"g": "gazette"} == register.moved_ids[Source]
        assert Dataset.load(root, base=base).redirects == {
            cls: each for cls, each in register.moved_ids.items() if each
        }

    def test_it_knows_its_own(self, tmp_path: Path, base: Dataset) -> None:
        """Only records of the tree's own files have a path."""
        root = lay(tmp_path / "mine", **{"x/nz-a": CITY})
        register = RecordTree.read(root, base=base)
        mine, beneath = register.records[City]["nz-a"], register.base_records[City]["nz-b"]

        assert str(root / "cities/x/nz-a.json") == register.path_of(mine)
        assert [True, False, False] == [register.owns(each) for each in (mine, beneath, a_city("nz-a"))]


class TestOtherwise:
    """Copies of a tree with other files."""

    def test_with_another_file(self, tmp_path: Path, base: Dataset) -> None:
        """A copy has one file more or another content; tree and disk do not change."""
        root = lay(tmp_path / "mine", **{"nz-c": CITY})
        (root / "exceptions.json").write_text('{"x": {"cities/nz-c": "why"}}', "utf-8")
        register = RecordTree.read(root, base=base, today=date(2026, 1, 1))

        more = register.with_file(root / "cities/nz-d.json", City, CITY.encode())
        other = more.with_file(root / "cities/nz-c.json", City, b"{")

        assert ["nz-c"] == list(register.records[City])
        assert ["nz-c", "nz-d"] == list(more.records[City])
        assert ["nz-d"] == list(other.records[City])
        assert {"nz-c", "nz-d"} <= other.known_ids[City]
        assert CITY == (root / "cities/nz-c.json").read_text("utf-8")
        for each in (more, other):
            assert (root, base, date(2026, 1, 1)) == (each.root, each.base, each.today)
            assert (register.exceptions, register.redirects, register.folder_problems) == (
                each.exceptions,
                each.redirects,
                each.folder_problems,
            )

    def test_with_other_contents(self, tmp_path: Path) -> None:
        """Existing files get other contents, in the same order; unknown files are not added."""
        root = lay(tmp_path, **{"nz-a": "{", "nz-b": CITY, "nz-c": CITY})
        register = RecordTree.read(root)

        other = register.with_contents({root / "cities/nz-a.json": CITY.encode(), root / "cities/nz-x.json": b"{"})

        assert [("nz-a", True), ("nz-b", True), ("nz-c", True)] == [
            (each.id, each.record is not None) for each in other.files
        ]
        assert register.files[1:] == other.files[1:]
        assert register.files[0].record is None


class TestRecordFile:
    """``RecordFile``."""

    def test_a_file_need_not_be_on_disk(self, tmp_path: Path) -> None:
        """Given content is read like a file."""
        path = tmp_path / "nz-a.json"
        path.write_text(CITY, "utf-8")
        one, other = RecordFile.read(path, City), RecordFile.decode(path, City, CITY.encode())

        assert (one.path, one.cls, one.data, one.record, one.problems) == (
            other.path, other.cls, other.data, other.record, other.problems)  # fmt: skip

    def test_a_file_that_cannot_be_read_holds_nothing(self, tmp_path: Path) -> None:
        """Unreadable files have a problem with the reason."""
        file = RecordFile.read(tmp_path / "nz-a.json", City)

        assert (b"", None) == (file.data, file.record)
        assert ["this path cannot be read: no such file or directory"] == [problem.message for problem in file.problems]
