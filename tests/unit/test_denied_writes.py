"""Commands that write, on a system that denies one of their file operations, or all from one on.

The error says so, the old content or the new one is in place, and the repeated command works.
"""

import errno
import os
import re
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest

import friendcities as fc
from friendcities.cli import main
from friendcities.datasets.folder import replace_file
from friendcities.datasets.installed import installed_names
from friendcities.exporters.tables import TABLE_SCHEMAS
from tests.endpoints import playing
from tests.sessions import a_tree, files_in
from tests.systems import changes_files, needs_posix
from tests.tables import in_csv
from tests.unit.test_cli_add import OPTIONS
from tests.unit.test_download import WIKIDATA
from tests.worlds import a_city

OUTPUT: Final = ("stdout", "stderr")
FIRED: Final = 64
"""Added to the exit code of a child process if an operation was denied."""
CITY: Final = "cities/ee/ee-naidislinn.json"


def prepare(folder: Path) -> None:
    """Make the inputs of all writers."""
    row = ("Vík", "Iceland", "", "", "Lyon", "France", "", "")
    (folder / "list.csv").write_text(in_csv(row), encoding="utf-8")
    for name in ("one", "other"):
        fc.Dataset([a_city(f"aa-{name}")]).save(folder / f"{name}.json")
    (folder / "old.json").write_bytes(b"old")
    (folder / "old").mkdir()
    for name in TABLE_SCHEMAS:
        (folder / "old" / f"{name}.csv").write_bytes(b"old")
    tree = a_tree(folder)
    (tree / CITY).write_bytes((tree / CITY).read_bytes() + b"\n")


IMPORT: Final = ("import", "list.csv", "--profile", "pairs", "--publisher", "A lexicon", "--as-of", "2026")
CORRECT: Final = ("correct", "ee-naidislinn", "level", "town", "--source", "geographers-2020", "--locator", "row 4")
WRITERS: Final[dict[str, tuple[str, ...]]] = {
    "export a folder": ("export", "Dunedin", "--format", "data-package", "-o", "out"),
    "export a folder over an old one": ("export", "Dunedin", "--format", "data-package", "-o", "old", "--force"),
    "export a file": ("export", "Dunedin", "--format", "geojson", "-o", "out"),
    "export a file over an old one": ("export", "Dunedin", "--format", "geojson", "-o", "old.json", "--force"),
    "map": ("map", "Dunedin", "-o", "out.html"),
    "import a file": (*IMPORT, "-o", "out.json"),
    "import a folder": (*IMPORT, "-o", "out"),
    "import a file over an old one": (*IMPORT, "-o", "old.json", "--force"),
    "merge to a file": ("merge", "one.json", "other.json", "-o", "out.json"),
    "merge to a folder": ("merge", "one.json", "other.json", "-o", "out"),
    "merge to a file over an old one": ("merge", "one.json", "other.json", "-o", "old.json", "--force"),
    "add": ("add", "partnership", *OPTIONS, "--records", "register", "--yes"),
    "correct": (*CORRECT, "--records", "register", "--yes"),
    "format": ("format", "register"),
    "check --fix": ("check", "register", "--fix"),
}
"""For each writer, the arguments of the command."""


def run_denied(arguments: tuple[str, ...], number: int, error: int, *, once: bool) -> tuple[int, bool]:
    """Run a command in a copy of this process that denies file operations.

    Returns the exit code, and whether an operation was denied. The output is in the files ``stdout`` and ``stderr``.
    """
    child = os.fork()
    if child == 0:  # pragma: no cover - in a process of its own
        numbers, fired = count(), []

        def deny(event: str, values: Any) -> None:
            if changes_files(event, values) and ((at := next(numbers)) == number or (at > number and not once)):
                fired.append(event)
                raise OSError(error, os.strerror(error), str(values[0]))

        code = 32
        try:
            sys.settrace(None)  # the coverage of this process is not saved
            sys.dont_write_bytecode = True
            with (
                Path(OUTPUT[0]).open("w", encoding="utf-8") as out,
                Path(OUTPUT[1]).open("w", encoding="utf-8") as err,
                redirect_stdout(out),
                redirect_stderr(err),
            ):
                sys.addaudithook(deny)
                code = main(arguments)
        finally:
            os._exit(code + (FIRED if fired else 0))
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code % FIRED, code >= FIRED


def content(folder: Path) -> dict[str, bytes]:
    """The files of a folder, without temporary folders and the output of the command."""
    return {
        name: data for name, data in files_in(folder).items() if ".friendcities-" not in name and name not in OUTPUT
    }


def start_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the inputs in a new folder, and change to this folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    monkeypatch.chdir(folder)
    prepare(folder)


@needs_posix
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:This process")
@pytest.mark.parametrize("error", [errno.EACCES, errno.EROFS], ids=["denied", "read-only"])
@pytest.mark.parametrize("name", WRITERS)
def test_a_denied_operation(name: str, error: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever operation is denied, the old or the new content is in place, and a repeated command works.

    If the system is read-only, all later operations are denied, too.
    """
    arguments = WRITERS[name]
    start_in(tmp_path / "whole", monkeypatch)
    before = content(tmp_path / "whole")
    assert 0 == main(arguments)
    after = content(tmp_path / "whole")
    assert before != after

    folder = tmp_path / "denied"
    for number in count():  # pragma: no branch - it ends where nothing was denied
        start_in(folder, monkeypatch)
        code, denied = run_denied(arguments, number, error, once=error == errno.EACCES)
        if not denied:
            break
        found, text = content(folder), Path("stderr").read_text(encoding="utf-8")
        assert found in (before, after) or "the file was written, but cannot be removed" in text
        if code:
            assert 1 == code
            assert re.search(f"(cannot write .*|written): {os.strerror(error)}", text, re.IGNORECASE)
            assert 0 == main(arguments)
        assert after == content(folder)
        replace_file(Path("stdout"), b"")  # a later writer removes what could not be removed
        assert not list(folder.rglob(".friendcities-*")) or error == errno.EROFS
    assert number > 2


@needs_posix
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:This process")
@pytest.mark.parametrize("option", [(), ("--update",)], ids=["new", "update"])
def test_a_denied_download(option: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The installed dataset is the old or the new one, and a repeated command installs the dataset."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FRIENDCITIES_HOME", str(tmp_path / "home"))
    error = errno.EROFS if option else errno.EACCES
    with playing(WIKIDATA.answer) as endpoint:
        arguments = ("download", "wikidata", "--city", "Hof", "--endpoint", endpoint.address, "--pause", "0")
        assert 0 == main(arguments)
        (name,) = installed_names()
        whole = fc.Dataset.load_installed(name)
        for number in count(step=3):  # pragma: no branch - as above
            if not option:
                shutil.rmtree(tmp_path / "home", ignore_errors=True)
            code, denied = run_denied((*arguments, *option), number, error, once=not option)
            if not denied:
                break
            text = Path("stderr").read_text(encoding="utf-8")
            assert (code, True) in {(0, True), (1, os.strerror(error).lower() in text.lower())}, text
            if option or installed_names():
                assert whole == fc.Dataset.load_installed(name)
        assert number > 5
        assert 0 == main((*arguments, *option))
        assert whole == fc.Dataset.load_installed(name)
