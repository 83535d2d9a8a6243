"""The files that answers make: checked with all the rest, and written all or none."""

import errno
import os
import secrets
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from attrs import frozen

from friendcities.authoring.session import Desk
from friendcities.checks import RecordTree, Rule, check
from friendcities.codec.writer import encode
from friendcities.datasets.storage import path_of
from friendcities.errors import DataError, Problem
from friendcities.model import AnyRecord, Source

__all__ = ["Draft", "NewFile"]

Progress = Callable[[Iterable[Rule]], Iterable[Rule]]
Note = tuple[Path, os.stat_result | None]
"""A path that is written or about to be, and what is about to lie there; ``None``: ours lies there for certain."""
_UNTIL_CITED: Final = "unused-source"
"""The rule that a source breaks until something cites it; one that is added alone may."""
_ATTEMPTS: Final = 5
"""How often a folder is made anew that somebody else removes while it is empty."""


@frozen
class NewFile:
    """A file that is about to be."""

    path: Path
    record: AnyRecord

    @property
    def data(self) -> bytes:
        """What it is to hold: its record in canonical form."""
        return encode(self.record).encode()


@frozen
class Draft:
    """The files that are about to be, in the order in which they are written: what others name comes first.

    Example:
        >>> import pathlib
        >>> import friendcities as fc
        >>> from friendcities.checks import RecordTree
        >>> desk = Desk(RecordTree.read(pathlib.Path("mine"), base=fc.dataset()))
        >>> desk.add(fc.City(id="pt-porto", name="Porto", country="PT", level=fc.Level.MUNICIPALITY))
        >>> [file.path.as_posix() for file in Draft.of(desk).files]
        ['mine/cities/pt/pt-porto.json']
    """

    files: tuple[NewFile, ...]

    @classmethod
    def of(cls, desk: Desk) -> "Draft":
        """The files of what is new on a desk."""
        return cls(tuple(NewFile(desk.register.root / path_of(record), record) for record in desk.new()))

    def problems(self, register: RecordTree, progress: Progress = iter) -> tuple[Problem, ...]:
        """What the check would say once they are written, and does not say without them.

        Args:
            register: The register that they are for.
            progress: Wraps the rules on their way, to show how far the check is.
        """
        after = register
        for file in self.files:
            after = after.with_file(file.path, type(file.record), file.data)
        found = check(after, progress=progress).problems
        if all(isinstance(file.record, Source) for file in self.files):
            found = tuple(problem for problem in found if problem.rule != _UNTIL_CITED)
        known = set(check(register).problems) if found else set()
        return tuple(problem for problem in found if problem not in known)

    def write(self) -> None:
        """Write them: all of them, or none.

        Raises:
            DataError: If one cannot be written, or somebody else has written it meanwhile; then none is.
            KeyboardInterrupt: If Ctrl-C was pressed meanwhile; then none is either.
        """
        written: list[Note] = []
        folders: list[Path] = []
        at = Path()
        with _interruptions_held_back() as interruptions:
            try:
                for file in self.files:
                    at = file.path
                    _put(at, file.data, written, folders)
                    if interruptions:
                        raise KeyboardInterrupt  # noqa: TRY301 - it is one, only later
            except OSError as error:
                left = _undo(written, folders)
                raise DataError([_failure(at, error), *map(_left_over, left)]) from None
            except BaseException as error:
                left = _undo(written, folders)
                if left:
                    raise DataError(map(_left_over, left)) from error
                raise


@contextmanager
def _interruptions_held_back() -> Iterator[list[int]]:
    """Have Ctrl-C put into a list, and stop nothing: between a file and the note of it, or while files are taken away.

    Only the main thread is ever interrupted, and only it may say what becomes of that; where Ctrl-C is ignored, or
    means something else to the program, that stays.
    """
    held: list[int] = []
    usual = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if not usual or threading.current_thread() is not threading.main_thread():
        yield held
        return
    signal.signal(signal.SIGINT, lambda number, _: held.append(number))
    try:
        yield held
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _put(path: Path, data: bytes, written: list[Note], folders: list[Path]) -> None:
    """Write a file that must not be there yet; it is there whole, or not at all, and noted before it is there."""
    new = path.parent / f".new-{secrets.token_hex(8)}"
    try:
        _write(new, data, folders)
        written.append((path, new.stat()))
        try:
            os.link(new, path)
        except FileExistsError:
            raise
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            _write(path, data, folders)  # a file system without links: there is a moment in which it is not whole
        written[-1] = (path, None)
    finally:
        with suppress(OSError):
            new.unlink()


_NO_LINKS: Final = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV})


def _write(path: Path, data: bytes, folders: list[Path]) -> None:
    file = _opened(path, folders)
    try:
        with file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def _opened(path: Path, folders: list[Path]) -> BinaryIO:
    """A new file, in a folder that is made where there is none."""
    for _ in range(_ATTEMPTS):
        with suppress(FileNotFoundError):  # an `add` that failed meanwhile took its empty folders away again
            _make_folder(path.parent, folders)
            return path.open("xb")
    return path.open("xb")


def _make_folder(folder: Path, made: list[Path]) -> None:
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        with suppress(FileExistsError):
            each.mkdir()
            made.append(each)


def _undo(written: Sequence[Note], folders: Sequence[Path]) -> list[Path]:
    """Take away what was written, and the folders that were made for it and are empty; what is left over stays.

    Where it is not certain that a path was written, what lies there goes only if it is what was to lie there.
    """
    left = []
    for path, ours in reversed(written):
        try:
            if ours is None or os.path.samestat(ours, path.lstat()):
                path.unlink()
        except FileNotFoundError:
            continue
        except OSError:
            left.append(path)
    for folder in reversed(folders):
        with suppress(OSError):  # somebody else's file lies in it
            folder.rmdir()
    return left


def _failure(path: Path, error: OSError) -> Problem:
    if isinstance(error, FileExistsError):
        what = "nothing was written: somebody else has written this file meanwhile"
        return Problem(path=str(path), message=what, hint="run the command again, to see what is on record now")
    reason = str(error.strerror or error).lower()
    return Problem(
        path=str(path), message=f"nothing was written: {reason}", hint="make room or give leave to write here"
    )


def _left_over(path: Path) -> Problem:
    return Problem(path=str(path), message="this file was written and could not be taken away again", hint="remove it")
