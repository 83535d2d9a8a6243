"""The files that answers make: checked with all the rest, and written all or none."""

import errno
import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn

import pytest

from friendcities import DataError
from friendcities.authoring import Draft, write
from friendcities.checks import RecordTree, check
from tests.sessions import NEW_TIE, TODAY, a_draft, a_tree, files_in, filled, make_session
from tests.systems import needs_posix

MADE = [
    "sources/county-kisumu-2023.json",
    "cities/ke/ke-kisumu.json",
    "partnerships/ee-ke/ee-naidislinn--ke-kisumu.json",
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A register to add to."""
    return a_tree(tmp_path)


def failing(call: Callable[..., Any], name: str, error: BaseException) -> Callable[..., Any]:
    """A call that raises when one of its arguments is a path that ends like this, and else does as before."""

    def maybe(*arguments: Any, **options: Any) -> Any:
        if any(str(argument).endswith(name) for argument in arguments):
            raise error
        return call(*arguments, **options)

    return maybe


def test_what_is_written_passes_the_check(tree: Path) -> None:
    """All files are there, in canonical form, and nothing is wrong with the whole."""
    draft = a_draft(tree)
    draft.write()

    assert MADE == [file.path.relative_to(tree).as_posix() for file in draft.files]
    assert all(file.path.read_bytes() == file.data for file in draft.files)
    assert () == check(RecordTree.read(tree, today=TODAY)).problems
    assert not list(tree.rglob(".friendcities-*"))


@needs_posix
def test_files_are_made_as_any_other(tree: Path) -> None:
    """Who may read the files that an editor makes may read these."""
    plain = tree / "plain"
    plain.touch()
    draft = a_draft(tree)
    draft.write()

    assert {plain.stat().st_mode} == {file.path.stat().st_mode for file in draft.files}


def test_problems_are_those_that_come_with_the_files(tree: Path) -> None:
    """What was wrong before is not their fault; what goes wrong with them is said as the check says it."""
    (tree / "cities/ee/ee-broken.json").write_text("{", encoding="utf-8")
    register = RecordTree.read(tree, today=TODAY)
    good = a_draft(tree)
    bad = a_draft(tree, NEW_TIE | {"date": "1066", "locator": "page\u200b 1"})

    assert () == good.find_problems(register)
    problems = bad.find_problems(register)
    assert problems
    assert {str(file.path) for file in bad.files} >= {problem.path for problem in problems}


def test_a_source_alone_may_wait_to_be_cited(tree: Path) -> None:
    """A source that is added by itself breaks no rule yet; a record that leaves one unused would."""
    source = {"title": "A title", "publisher": "Gazette", "kind": "press", "published": "2020"}
    draft = Draft.from_session(filled("source", source, make_session(tree)))

    assert () == draft.find_problems(RecordTree.read(tree, today=TODAY))


@pytest.mark.parametrize("name", MADE)
def test_nothing_is_overwritten(tree: Path, name: str) -> None:
    """A file that is there, whoever wrote it and when, stays; and no other is written."""
    draft = a_draft(tree)
    (tree / name).parent.mkdir(parents=True, exist_ok=True)
    (tree / name).write_text("somebody's", encoding="utf-8")
    before = files_in(tree)

    with pytest.raises(DataError, match="nothing was written, because another program changed this file"):
        draft.write()

    assert before == files_in(tree)


@pytest.mark.parametrize("name", MADE)
def test_a_full_disk_leaves_everything_as_it_was(tree: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever file does not fit: none is left behind, no folder either, and the error says why."""
    draft = a_draft(tree)
    before = files_in(tree)
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    monkeypatch.setattr(os, "link", failing(os.link, name.rpartition("/")[2], full))

    with pytest.raises(DataError, match="nothing was written: no space left on device"):
        draft.write()

    assert before == files_in(tree)


def test_a_disk_that_fills_while_a_file_is_written_keeps_no_half(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of which only the beginning fits is taken away again."""
    draft = a_draft(tree)
    before = files_in(tree)

    def full(_: int) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DataError, match="no space left on device"):
        draft.write()

    assert before == files_in(tree)


def test_an_interruption_leaves_everything_as_it_was(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C between two files takes back the first."""
    draft = a_draft(tree)
    before = files_in(tree)
    monkeypatch.setattr(os, "link", failing(os.link, "ke-kisumu.json", KeyboardInterrupt()))

    with pytest.raises(KeyboardInterrupt):
        draft.write()

    assert before == files_in(tree)


@pytest.mark.parametrize("after", ["link", "cleanup"])
@pytest.mark.parametrize("name", MADE)
def test_an_interruption_is_no_file_too_late(
    tree: Path, name: str, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is interrupted once a file is in its place, be it the last one: that file goes as well."""
    draft = a_draft(tree)
    before = files_in(tree)
    real_link, real_cleanup = os.link, TemporaryDirectory.cleanup
    linked: list[str] = []

    def link(new: Path, path: Path) -> None:
        real_link(new, path)
        linked.append(path.as_posix())
        if after == "link" and path.as_posix().endswith(name):
            raise KeyboardInterrupt

    def cleanup(folder: "TemporaryDirectory[str]") -> None:
        real_cleanup(folder)
        if after == "cleanup" and linked[-1].endswith(name):
            raise KeyboardInterrupt

    monkeypatch.setattr(os, "link", link)
    monkeypatch.setattr(TemporaryDirectory, "cleanup", cleanup)
    with pytest.raises(KeyboardInterrupt):
        draft.write()

    assert linked[-1].endswith(name)
    assert before == files_in(tree)


@pytest.mark.parametrize("links", [True, False])
def test_ctrl_c_waits_until_everything_is_as_it_was(tree: Path, links: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001 - a parameter of a test
    """Ctrl-C while a file is written, and again while what was written is taken away, leaves nothing behind."""
    draft = a_draft(tree)
    before = files_in(tree)
    handler = signal.default_int_handler
    previous = signal.signal(signal.SIGINT, handler)  # a test run in the background ignores Ctrl-C
    real_link, real_unlink, real_sync = os.link, Path.unlink, os.fsync

    def link(new: Path, path: Path) -> None:
        if not links:
            raise OSError(errno.EPERM, "operation not permitted")
        real_link(new, path)

    def sync(file: int) -> None:
        real_sync(file)
        signal.raise_signal(signal.SIGINT)

    def unlink(path: Path) -> None:
        signal.raise_signal(signal.SIGINT)
        real_unlink(path)

    monkeypatch.setattr(os, "link", link)
    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "unlink", unlink)
    with pytest.raises(KeyboardInterrupt):
        draft.write()

    assert before == files_in(tree)
    assert handler is signal.signal(signal.SIGINT, previous)


def test_a_thread_of_its_own_writes_as_well(tree: Path) -> None:
    """Elsewhere than in the main thread, where nothing can be said of Ctrl-C, files are written all the same."""
    draft = a_draft(tree)
    with ThreadPoolExecutor(1) as threads:
        threads.submit(draft.write).result()

    assert all(file.path.read_bytes() == file.data for file in draft.files)


def test_ctrl_c_stays_ignored(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Ctrl-C is to stop nothing, as behind nohup, it stops no writing either."""
    draft = a_draft(tree)
    real = os.link

    def link(new: Path, path: Path) -> None:
        signal.raise_signal(signal.SIGINT)
        real(new, path)

    monkeypatch.setattr(os, "link", link)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        draft.write()
    finally:
        signal.signal(signal.SIGINT, before)

    assert all(file.path.read_bytes() == file.data for file in draft.files)


def test_what_an_interruption_leaves_is_told(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where something cannot be taken away after Ctrl-C, that is an error: it is not true that nothing was written."""
    draft = a_draft(tree)
    monkeypatch.setattr(os, "link", failing(os.link, "ke-kisumu.json", KeyboardInterrupt()))
    monkeypatch.setattr(Path, "unlink", failing(Path.unlink, "2023.json", OSError(errno.EIO, "input/output error")))

    with pytest.raises(DataError) as caught:
        draft.write()

    assert [str(tree / MADE[0])] == [problem.path for problem in caught.value.problems]


def test_what_cannot_be_taken_back_is_told(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system lets nothing be removed any more, the error names what is left over."""
    draft = a_draft(tree)
    monkeypatch.setattr(os, "link", failing(os.link, "ke-kisumu.json", OSError(errno.EIO, "input/output error")))
    monkeypatch.setattr(Path, "unlink", failing(Path.unlink, "2023.json", OSError(errno.EIO, "input/output error")))

    with pytest.raises(DataError) as caught:
        draft.write()

    left = [problem.path for problem in caught.value.problems if "cannot be removed" in problem.message]
    assert [str(tree / MADE[0])] == left


def test_folders_that_others_use_meanwhile_stay(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that was made and got somebody else's file in between is left to them."""
    draft = a_draft(tree)
    theirs = tree / "cities/ke/ke-nairobi.json"

    def link(new: Path, path: Path) -> None:
        if path.parent.name == "ee-ke":
            theirs.write_text("theirs", encoding="utf-8")
            raise OSError(errno.ENOSPC, "no space")
        real(new, path)

    real = os.link
    monkeypatch.setattr(os, "link", link)
    with pytest.raises(DataError):
        draft.write()

    assert theirs.exists()
    assert not (tree / MADE[1]).exists()


def test_file_systems_without_links_do(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no links can be made, files are written in their place, and still none is overwritten."""

    def no_links(*_: object) -> NoReturn:
        raise OSError(errno.EPERM, "operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    draft = a_draft(tree)
    draft.write()

    assert all(file.path.read_bytes() == file.data for file in draft.files)
    before = files_in(tree)
    with pytest.raises(DataError, match="another program changed this file"):
        draft.write()
    assert before == files_in(tree)


def test_a_folder_that_is_taken_away_meanwhile_is_made_anew(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another `add` that fails takes its empty folders away: this one makes them again, but not for ever."""
    draft = a_draft(tree)
    make = write._make_folder
    made: list[Path] = []

    def make_and_lose(folder: Path, folders: list[Path]) -> None:
        make(folder, folders)
        made.append(folder)
        if folder.name == "ke" and made.count(folder) == 1:
            folder.rmdir()

    monkeypatch.setattr(write, "_make_folder", make_and_lose)
    draft.write()
    assert (tree / MADE[1]).exists()

    other = a_draft(tree, NEW_TIE | {"second": "Bethlehem", "second-country": "PS", "source": "https://other.example",
                                     "source-speaks-for": "Bethlehem"})  # fmt: skip
    monkeypatch.setattr(write, "_make_folder", lambda *_: None)
    with pytest.raises(DataError, match="nothing was written: there is no folder"):
        other.write()


def _add(tree: str, barrier: Any, results: Any, number: int) -> None:  # pragma: no cover - in a process of its own
    """Add in a process of its own, at the same time as another."""
    draft = a_draft(Path(tree))
    barrier.wait()
    try:
        draft.write()
    except DataError as error:
        results.put((number, str(error)))
    else:
        results.put((number, ""))


@pytest.mark.slow
def test_of_two_at_once_one_wins(tree: Path) -> None:
    """Two processes that add the same: one writes everything, the other nothing, and it says why."""
    context = multiprocessing.get_context("spawn")
    barrier, results = context.Barrier(2), context.Queue()
    processes = [context.Process(target=_add, args=(str(tree), barrier, results, number)) for number in range(2)]
    for process in processes:
        process.start()
    told = sorted(results.get(timeout=60)[1] for _ in processes)
    for process in processes:
        process.join()

    assert "" == told[0]
    assert "another program changed this file" in told[1]
    assert () == check(RecordTree.read(tree, today=TODAY)).problems
    assert all((tree / name).exists() for name in MADE)
    assert not list(tree.rglob(".friendcities-*"))
