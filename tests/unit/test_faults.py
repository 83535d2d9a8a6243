"""Writers that are killed before each change of a file, or whose disk is full: the old or the new content is in place.

The next writer removes what a killed one left, and a repeated command continues.
"""

import ctypes
import os
import sys
import warnings
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path

import pytest

import friendcities as fc
from friendcities.authoring import Draft
from friendcities.checks import RecordTree
from friendcities.datasets import folder as dataset_folder
from friendcities.datasets.dataset import Dataset
from friendcities.datasets.folder import replace_file, staging_folder
from friendcities.exporters import output_files
from friendcities.exporters.output_files import write_folder
from friendcities.exporters.tables import TABLE_SCHEMAS
from tests.sessions import TODAY, a_draft, a_tree, files_in
from tests.systems import changes_files, needs_posix
from tests.worlds import a_city

OLD = {f"{name}.csv": b"old" for name in TABLE_SCHEMAS}
NEW = {f"{name}.csv": b"new" for name in TABLE_SCHEMAS}
DATA = Dataset([a_city("nz-dunedin")])
KILLED = 9
FAILED = 8


def run_apart(work: Callable[[], object], prepare: Callable[[], object]) -> int:
    """Run a function in a copy of this process; return its exit code."""
    with warnings.catch_warnings(action="ignore"):  # of threads of other tests
        child = os.fork()
    if child == 0:  # pragma: no cover - in a process of its own
        try:
            sys.settrace(None)  # the coverage of this process is not saved
            prepare()
            work()
        except OSError:
            os._exit(FAILED)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill_at(number: int) -> None:  # pragma: no cover - in a process of its own
    """Make the process end before one of its next changes of files."""
    numbers = count()

    def end(event: str, arguments: object) -> None:
        if changes_files(event, arguments) and next(numbers) == number:
            os._exit(KILLED)

    sys.addaudithook(end)


def kill_everywhere(work: Callable[[], object], check_state: Callable[[], object]) -> int:
    """Kill a function before each of its changes of files; return the number of kills."""
    number = 0
    while run_apart(work, partial(kill_at, number)) == KILLED:
        check_state()
        number += 1
    return number


def fill_disk() -> None:  # pragma: no cover - in a process of its own
    """Make every write of more than two bytes fail."""
    import resource  # noqa: PLC0415 - not on Windows

    resource.setrlimit(resource.RLIMIT_FSIZE, (2, 2))


@needs_posix
class TestFiles:
    """One file."""

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        """A file with old content."""
        (tmp_path / "a").write_bytes(b"old")
        return tmp_path / "a"

    def test_killed(self, path: Path) -> None:
        """The content is the old or the new one, and the next writer removes what is left."""
        kills = kill_everywhere(lambda: replace_file(path, b"new"), lambda: self.check(path, {b"old", b"new"}))
        assert kills > 4
        replace_file(path, b"new")
        self.check(path, {b"new"})
        assert ["a"] == [each.name for each in path.parent.iterdir()]

    def check(self, path: Path, contents: set[bytes]) -> None:
        """Check the content."""
        assert path.read_bytes() in contents

    def test_a_full_disk(self, path: Path) -> None:
        """The old content stays, and nothing else is left."""
        assert FAILED == run_apart(lambda: replace_file(path, b"newer"), fill_disk)
        self.check(path, {b"old"})
        assert ["a"] == [each.name for each in path.parent.iterdir()]


@needs_posix
class TestExports:
    """A folder of an export over an older one."""

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        """An older export."""
        write_folder(tmp_path / "a", OLD)
        return tmp_path / "a"

    @pytest.mark.slow
    def test_killed(self, path: Path) -> None:
        """One of the two is in place, whole."""

        def check() -> None:
            assert files_in(path) in (OLD, NEW)

        assert kill_everywhere(lambda: write_folder(path, NEW), check) > len(NEW)
        write_folder(path, NEW)
        assert files_in(path) == NEW
        assert ["a"] == [each.name for each in path.parent.iterdir()]

    @pytest.mark.slow
    def test_killed_where_folders_cannot_be_exchanged(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The next writer puts the old one back, if the process was killed between its two steps."""
        monkeypatch.setattr(output_files, "_exchange", lambda *_: False)
        missing = []

        def check() -> None:
            missing.append(not path.exists())
            replace_file(path.parent / "other", b"")
            assert files_in(path) in (OLD, NEW)

        kill_everywhere(lambda: write_folder(path, NEW), check)
        assert 1 == missing.count(True)
        write_folder(path, NEW)
        assert ["a", "other"] == sorted(each.name for each in path.parent.iterdir())

    @pytest.mark.parametrize("error", [AttributeError, OSError, TypeError])
    def test_systems_without_an_exchange(
        self, error: type[Exception], path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Other systems replace the folder in two steps."""

        def fail(_: None) -> None:
            raise error

        monkeypatch.setattr(ctypes, "CDLL", fail)
        write_folder(path, NEW)
        assert files_in(path) == NEW

    def test_a_full_disk(self, path: Path) -> None:
        """The old one stays."""
        assert FAILED == run_apart(lambda: write_folder(path, NEW), fill_disk)
        assert files_in(path) == OLD
        assert ["a"] == [each.name for each in path.parent.iterdir()]


@needs_posix
class TestDatasets:
    """A new folder of records, and new records in a folder."""

    def test_a_folder(self, tmp_path: Path) -> None:
        """It is missing or whole."""
        path = tmp_path / "a"

        def write() -> None:  # pragma: no cover - in processes of their own
            dataset_folder.write_folder(path, DATA, {})

        def check() -> None:
            assert not path.exists() or DATA == Dataset.load(path)

        assert kill_everywhere(write, check) > 4
        assert DATA == Dataset.load(path)
        replace_file(tmp_path / "other", b"")
        assert ["a", "other"] == sorted(each.name for each in tmp_path.iterdir())

    def test_new_records(self, tmp_path: Path) -> None:
        """A repeated command adds what is missing."""
        made = files_in(a_tree(tmp_path / "whole"))
        a_draft(tmp_path / "whole" / "register").write()
        whole = files_in(tmp_path / "whole" / "register")
        parts = set()
        number = 0
        while run_apart(a_draft(tree := a_tree(tmp_path / f"{number}")).write, partial(kill_at, number)) == KILLED:
            number += 1
            parts.add(len([path for path in files_in(tree) if path.endswith(".json")]) - len(made))
            if (tree / "partnerships/ee-ke/ee-naidislinn--ke-kisumu.json").exists():
                assert not list(RecordTree.read(tree, today=TODAY).reading_problems)
            else:
                a_draft(tree).write()
            assert {name: text for name, text in files_in(tree).items() if ".friendcities" not in name} == whole
        assert len(parts) > 1

    def test_a_name_that_another_record_has(self, tmp_path: Path) -> None:
        """Only a record that is exactly as the options state is taken for the one of the killed command."""
        tree = a_tree(tmp_path)
        draft = a_draft(tree)
        Draft(draft.files[:1]).write()
        path = draft.files[0].path
        path.write_text(path.read_text(encoding="utf-8").replace("2023", "2022"), encoding="utf-8")
        with pytest.raises(fc.InvalidQueryError, match="is on record"):
            a_draft(tree)


def test_systems_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a killed process left stays there, because it may be of a running one."""
    monkeypatch.setitem(sys.modules, "fcntl", None)
    (tmp_path / ".friendcities-x").mkdir()
    replace_file(tmp_path / "a", b"new")
    assert [".friendcities-x", "a"] == sorted(path.name for path in tmp_path.iterdir())


@needs_posix
def test_the_folders_of_running_processes_stay(tmp_path: Path) -> None:
    """They are locked."""
    with staging_folder(tmp_path / "a") as folder:
        replace_file(tmp_path / "b", b"new")
        assert folder.exists()
    assert ["b"] == [path.name for path in tmp_path.iterdir()]
