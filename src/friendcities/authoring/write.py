"""Checks new and changed files. Then writes all files, or none."""

import errno
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from attrs import evolve, frozen

from friendcities.authoring.known_records import Session
from friendcities.checks import RecordTree, Rule, check
from friendcities.codec.writer import encode
from friendcities.datasets.folder import linked_part, record_path, replace_file, staging_folder
from friendcities.errors import DataError, Problem
from friendcities.model import AnyRecord, Source

Progress = Callable[[Iterable[Rule]], Iterable[Rule]]
Written = tuple[Path, os.stat_result | None]
"""A path, and the status of our temporary file; ``None`` if the file at the path is certainly ours."""
_UNUSED_SOURCE: Final = "unused-source"
"""The rule that a new source breaks if no record cites the source yet."""
_MAX_ATTEMPTS: Final = 5
"""The maximum number of attempts to create a folder. Another program can remove an empty folder."""
_LINK_UNSUPPORTED: Final = frozenset(
    {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}
)


@frozen
class NewFile:
    """The file of a new record, or the changed file of an existing record."""

    path: Path
    record: AnyRecord
    before: bytes | None = None
    """The content of the replaced file; ``None`` for a new file."""

    @property
    def data(self) -> bytes:
        """The record in canonical form."""
        return encode(self.record).encode()


@frozen
class Draft:
    """The files to write, in order. Files that other files refer to come first. A changed file comes last.

    Example:
        >>> import pathlib
        >>> import friendcities as fc
        >>> from friendcities.checks import RecordTree
        >>> session = Session(RecordTree.read(pathlib.Path("mine"), base=fc.dataset()))
        >>> session.add(fc.City(id="pt-porto", name="Porto", country="PT", level=fc.Level.MUNICIPALITY))
        >>> [file.path.as_posix() for file in Draft.from_session(session).files]
        ['mine/cities/pt/pt-porto.json']
    """

    files: tuple[NewFile, ...]

    @classmethod
    def from_session(cls, session: Session) -> "Draft":
        """Make the files for the new and changed records of a session."""
        existing = {(file.cls, file.id): file for file in session.tree.files}
        files = []
        for record in session.new_records():
            file = existing.get((type(record), record.id))
            path = session.tree.root / record_path(record)
            files.append(NewFile(path, record) if file is None else NewFile(file.path, record, file.data))
        return cls(tuple(sorted(files, key=lambda each: each.before is not None)))

    def find_problems(self, tree: RecordTree, progress: Progress = iter) -> tuple[Problem, ...]:
        """Return the new problems that the files would cause in a folder.

        Args:
            tree: The folder.
            progress: Wraps the rules to show progress.
        """
        links = dict.fromkeys(filter(None, (linked_part(file.path) for file in self.files)))
        if links:
            message, hint = "the path is a symbolic link, and files are not written through links", "replace the link"
            return tuple(Problem(path=str(link), message=message, hint=hint) for link in links)
        after = tree
        for file in self.files:
            after = after.with_file(file.path, type(file.record), file.data)
        found = check(after, progress=progress).problems
        if all(isinstance(file.record, Source) for file in self.files):
            found = tuple(problem for problem in found if problem.rule != _UNUSED_SOURCE)
        # a change in a file moves the lines of its problems
        existing = {evolve(each, line=None, column=None) for each in check(tree).problems} if found else set()
        return tuple(problem for problem in found if evolve(problem, line=None, column=None) not in existing)

    def write(self) -> None:
        """Write all files, or none.

        Raises:
            DataError: If a new file already exists, or if a file was changed or cannot be written.
            KeyboardInterrupt: If Ctrl-C was pressed.
        """
        written: list[Written] = []
        folders: list[Path] = []
        path = Path()
        with _delay_interrupts() as interrupts:
            try:
                for file in self.files:
                    path = file.path
                    if file.before is None:
                        _write_new(path, file.data, written, folders)
                    if interrupts:
                        raise KeyboardInterrupt  # noqa: TRY301 - the delayed interrupt
                    if file.before is not None:  # a changed file is the last file
                        _replace(path, file.before, file.data)
            except BaseException as error:
                problems = [_explain_failure(path, error)] if isinstance(error, OSError) else []
                problems += _remove(written, folders)
                if not problems:
                    raise
                raise DataError(problems) from (None if isinstance(error, OSError) else error)


@contextmanager
def _delay_interrupts() -> Iterator[list[int]]:
    """Delay Ctrl-C by collecting interrupts in a list.

    Ctrl-C is delayed only in the main thread. A handler of the program has priority.
    """
    interrupts: list[int] = []
    is_default = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if not is_default or threading.current_thread() is not threading.main_thread():
        yield interrupts
        return
    signal.signal(signal.SIGINT, lambda number, _: interrupts.append(number))
    try:
        yield interrupts
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _write_new(path: Path, data: bytes, written: list[Written], folders: list[Path]) -> None:
    """Write a new file atomically. The file must not exist. The path is first added to ``written``."""
    with ExitStack() as stack:
        temporary = _make_staging_folder(path, folders, stack) / path.name
        _write(temporary, data)
        written.append((path, temporary.stat()))
        try:
            os.link(temporary, path)
        except OSError as error:
            if isinstance(error, FileExistsError) or error.errno not in _LINK_UNSUPPORTED:
                raise
            _write(path, data)  # without hard links, the file is incomplete for a moment
        written[-1] = (path, None)


def _replace(path: Path, before: bytes, data: bytes) -> None:
    if path.read_bytes() != before:
        raise FileExistsError
    replace_file(path, data)


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            with suppress(OSError):
                path.unlink()
            raise


def _make_staging_folder(path: Path, folders: list[Path], stack: ExitStack) -> Path:
    for _ in range(_MAX_ATTEMPTS):
        with suppress(FileNotFoundError):  # another `add` that failed may have removed the empty folder
            _make_folder(path.parent, folders)
            return stack.enter_context(staging_folder(path))
    return stack.enter_context(staging_folder(path))


def _make_folder(folder: Path, made: list[Path]) -> None:
    for each in reversed([each for each in (folder, *folder.parents) if not each.exists()]):
        with suppress(FileExistsError):
            each.mkdir()
            made.append(each)


def _remove(written: Sequence[Written], folders: Sequence[Path]) -> list[Problem]:
    """Remove new files and the new folders, if empty. Return a problem for each remaining file.

    Keep files that another program may have written.
    """
    problems = []
    for path, status in reversed(written):
        try:
            if status is None or os.path.samestat(status, path.lstat()):
                path.unlink()
        except FileNotFoundError:
            continue
        except OSError:
            message = "the file was written, but cannot be removed"
            problems.append(Problem(path=str(path), message=message, hint="remove the file"))
    for folder in reversed(folders):
        with suppress(OSError):  # another program has created a file there
            folder.rmdir()
    return problems


def _explain_failure(path: Path, error: OSError) -> Problem:
    if isinstance(error, FileExistsError):
        message = "nothing was written, because another program changed this file"
        return Problem(path=str(path), message=message, hint="run the command again")
    message = f"nothing was written: {str(error.strerror or error).lower()}"
    return Problem(path=str(path), message=message, hint="make room on the disk, or allow writing to this folder")
