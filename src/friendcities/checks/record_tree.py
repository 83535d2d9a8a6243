"""A folder of records as it stands: what could be read, what could not, and what it is laid over."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

from friendcities.checks.suppressions import NO_EXCEPTIONS, Exceptions, read_exceptions
from friendcities.collector import collector_paused
from friendcities.datasets.dataset import Dataset
from friendcities.datasets.redirects import FILE as REDIRECTS_FILE
from friendcities.datasets.redirects import NO_REDIRECTS, Redirects, laid_over
from friendcities.datasets.storage import read_redirects
from friendcities.datasets.tree import READABLE, RecordFile, record_paths, unreadable
from friendcities.errors import Problem
from friendcities.model import RECORD_TYPES, AnyRecord, City

__all__ = ["Register"]

Progress = Callable[[Iterable[tuple[Path, type[AnyRecord]]]], Iterable[tuple[Path, type[AnyRecord]]]]
_NOTHING: Final[Mapping[str, str]] = {}


@frozen(eq=False, kw_only=True)
class Register:
    """A folder of records, broken files and all, and what it is laid over.

    Example:
        >>> import friendcities as fc
        >>> import tempfile, pathlib
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = pathlib.Path(folder, "cities", "nz", "nz-dunedin.json")
        ...     file.parent.mkdir(parents=True)
        ...     _ = file.write_text('{"name": "Dunedin"}')
        ...     register = Register.read(pathlib.Path(folder))
        >>> [problem.field for problem in register.met]
        ['country', 'level']
    """

    root: Path
    """The folder."""
    files: Sequence[RecordFile]
    """Its files of records, by type and then by path."""
    strays: Sequence[Problem] = ()
    """What is wrong with what lies in it and is no file of a record."""
    base: Dataset | None = None
    """The dataset that it is laid over; ``None`` where it stands alone."""
    redirects: Redirects = NO_REDIRECTS
    """The ids that it says moved."""
    exceptions: Exceptions = NO_EXCEPTIONS
    """The exceptions that it makes to rules."""
    today: date = field(factory=date.today)
    """The day on which it is looked at."""

    @classmethod
    def read(
        cls, root: Path, *, base: Dataset | None = None, today: date | None = None, progress: Progress = iter
    ) -> "Register":
        """Read a folder; whatever is wrong with it is kept, and nothing is raised.

        Args:
            root: The folder.
            base: The dataset that it is laid over; none, where it stands alone.
            today: The day on which it is looked at; that of the clock, where none is given.
            progress: Wraps the files on their way, to show how far the reading is.
        """
        strays: list[Problem] = []
        try:
            with collector_paused():
                paths = list(record_paths(root, strays))
                files = tuple(RecordFile.read(path, kind) for path, kind in progress(paths))
        except (OSError, ValueError) as error:  # a name that the system does not take
            files = ()
            strays.append(unreadable(root, error))
        redirects, exceptions = NO_REDIRECTS, NO_EXCEPTIONS
        if not any(stray.rule == READABLE and stray.path == str(root) for stray in strays):
            redirects, exceptions = read_redirects(root / REDIRECTS_FILE, strays), read_exceptions(root, strays)
        return cls(
            root=root,
            files=files,
            strays=tuple(strays),
            base=base,
            redirects=redirects,
            exceptions=exceptions,
            today=today or date.today(),  # noqa: DTZ011 - the day where the contributor is
        )

    @cached_property
    def met(self) -> tuple[Problem, ...]:
        """Every problem that was met when it was read."""
        return (*self.strays, *(problem for file in self.files for problem in file.problems))

    @cached_property
    def records(self) -> Mapping[type[AnyRecord], Mapping[str, Any]]:
        """Its own records that could be read, by type and id."""
        found: dict[type[AnyRecord], dict[str, Any]] = {cls: {} for cls in RECORD_TYPES.values()}
        for file in self.files:
            if file.record is not None:
                found[file.cls][file.id] = file.record
        return found

    @cached_property
    def beneath(self) -> Mapping[type[AnyRecord], Mapping[str, Any]]:
        """The records of the base that it does not have itself, even broken, by type and id."""
        own = {(file.cls, file.id) for file in self.files}
        found: dict[type[AnyRecord], dict[str, Any]] = {cls: {} for cls in RECORD_TYPES.values()}
        for record in self.base or ():
            if (type(record), record.id) not in own:
                found[type(record)][record.id] = record
        return found

    @cached_property
    def known(self) -> Mapping[type[AnyRecord], frozenset[str]]:
        """Every id that can be named: its own, be the file broken or not, and those of the base."""
        found = {cls: set(records) for cls, records in self.beneath.items()}
        for file in self.files:
            found[file.cls].add(file.id)
        return {cls: frozenset(ids) for cls, ids in found.items()}

    @cached_property
    def moved(self) -> Redirects:
        """The ids that moved, by its own word and that of the base."""
        below: Redirects = NO_REDIRECTS if self.base is None else self.base.redirects
        both = laid_over(below, self.redirects, self.known)
        return {cls: both.get(cls, _NOTHING) for cls in RECORD_TYPES.values()}

    @cached_property
    def cities(self) -> Mapping[str, City]:
        """Every city, its own and those of the base, by id."""
        return {**self.beneath[City], **self.records[City]}

    @cached_property
    def _files(self) -> Mapping[tuple[type[AnyRecord], str], RecordFile]:
        return {(file.cls, file.id): file for file in self.files}

    def path_of(self, record: AnyRecord) -> str:
        """The file that holds one of its own records."""
        return str(self._files[type(record), record.id].path)

    def owns(self, record: AnyRecord) -> bool:
        """Whether a record is its own and not of the base."""
        return self.records[type(record)].get(record.id) is record

    def with_file(self, path: Path, cls: type[AnyRecord], data: bytes) -> "Register":
        """The same folder as it would be with one more file, or with other contents in one that it has."""
        others = [each for each in self.files if each.path != path]
        return self._with([*others, RecordFile.of(path, cls, data)])

    def with_contents(self, data: Mapping[Path, bytes]) -> "Register":
        """The same folder as it would be with other contents in some of its files."""
        return self._with(
            [RecordFile.of(file.path, file.cls, data[file.path]) if file.path in data else file for file in self.files]
        )

    def _with(self, files: Sequence[RecordFile]) -> "Register":
        return Register(
            root=self.root,
            files=tuple(files),
            strays=self.strays,
            base=self.base,
            redirects=self.redirects,
            exceptions=self.exceptions,
            today=self.today,
        )
