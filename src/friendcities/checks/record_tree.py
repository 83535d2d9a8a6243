"""A folder of valid and invalid record files, and the dataset that the folder overlays."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from attrs import evolve, field, frozen

from friendcities.datasets.dataset import Dataset
from friendcities.datasets.folder import (
    PLACE,
    READABLE,
    RecordFile,
    list_record_files,
    read_json_file,
    read_redirects,
    unreadable_problem,
)
from friendcities.datasets.redirects import FILE as REDIRECTS_FILE
from friendcities.datasets.redirects import NO_REDIRECTS, Redirects, overlay_redirects
from friendcities.errors import InvalidRecordError, Problem, short
from friendcities.model import RECORD_TYPES, AnyRecord, City

EXCEPTIONS_FILE: Final = "exceptions.json"
"""The file of exceptions to rules, such as ``{"rule": {"cities/nz-dunedin": "reason"}}``."""
EXCEPTION_RULE: Final = "exception"
Exceptions = Mapping[str, Mapping[str, str]]
"""The reason for each exception, by rule and by record. The key of a record is ``<folder>/<id>``."""
Progress = Callable[[Iterable[tuple[Path, type[AnyRecord]]]], Iterable[tuple[Path, type[AnyRecord]]]]


@frozen(eq=False, kw_only=True)
class RecordTree:
    """A folder of valid and invalid record files, and the dataset that the folder overlays.

    Example:
        >>> import tempfile, pathlib
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = pathlib.Path(folder, "cities", "nz", "nz-dunedin.json")
        ...     file.parent.mkdir(parents=True)
        ...     _ = file.write_text('{"name": "Dunedin"}')
        ...     tree = RecordTree.read(pathlib.Path(folder))
        >>> [problem.field for problem in tree.reading_problems]
        ['country', 'level']
    """

    root: Path
    """The folder."""
    files: Sequence[RecordFile]
    """The record files, by type and then by path."""
    folder_problems: Sequence[Problem] = ()
    """The problems of other files and of folders."""
    base: Dataset | None = None
    """The dataset that the folder overlays; ``None`` if the folder is complete without one."""
    redirects: Redirects = NO_REDIRECTS
    """The redirects in ``redirects.json``."""
    exceptions: Exceptions = field(factory=dict)
    """The exceptions in ``exceptions.json``."""
    today: date = field(factory=date.today)
    """The day of the check."""

    def __repr__(self) -> str:
        return f"<RecordTree {self.root}: {len(self.files):,} {'file' if len(self.files) == 1 else 'files'}>"

    @classmethod
    def read(
        cls, root: Path, *, base: Dataset | None = None, today: date | None = None, progress: Progress = iter
    ) -> "RecordTree":
        """Read a folder. Errors become problems and are not raised.

        Args:
            root: The folder.
            base: The dataset that the folder overlays, if any.
            today: The day of the check; by default, the current day.
            progress: Wraps the paths of the files, to show progress.
        """
        problems: list[Problem] = []
        try:
            paths = list(list_record_files(root, problems))
            files = tuple(RecordFile.read(path, kind) for path, kind in progress(paths))
            problems.extend(map(_attributes_problem, sorted(root.rglob(".gitattributes"))))
        except (OSError, ValueError) as error:  # ValueError: a name that the system rejects
            files = ()
            problems.append(unreadable_problem(root, error))
        redirects: Redirects = NO_REDIRECTS
        exceptions: Exceptions = {}
        if not any(problem.rule == READABLE and problem.path == str(root) for problem in problems):
            redirects = read_redirects(root / REDIRECTS_FILE, problems)
            exceptions = read_exceptions(root, problems)
        return cls(
            root=root,
            files=files,
            folder_problems=tuple(problems),
            base=base,
            redirects=redirects,
            exceptions=exceptions,
            today=today or date.today(),  # noqa: DTZ011 - the contributor's own time zone
        )

    @cached_property
    def reading_problems(self) -> tuple[Problem, ...]:
        """All problems that were found while the folder was read."""
        return (*self.folder_problems, *(problem for file in self.files for problem in file.problems))

    @cached_property
    def records(self) -> Mapping[type[AnyRecord], Mapping[str, Any]]:
        """The valid records of the folder, by type and id."""
        found: dict[type[AnyRecord], dict[str, Any]] = {cls: {} for cls in RECORD_TYPES.values()}
        for file in self.files:
            if file.record is not None:
                found[file.cls][file.id] = file.record
        return found

    @cached_property
    def base_records(self) -> Mapping[type[AnyRecord], Mapping[str, Any]]:
        """The records of the base that no file in the folder replaces, by type and id."""
        own = {(file.cls, file.id) for file in self.files}
        found: dict[type[AnyRecord], dict[str, Any]] = {cls: {} for cls in RECORD_TYPES.values()}
        for record in self.base or ():
            if (type(record), record.id) not in own:
                found[type(record)][record.id] = record
        return found

    @cached_property
    def known_ids(self) -> Mapping[type[AnyRecord], frozenset[str]]:
        """The ids of all records in the folder and in the base, by type."""
        found = {cls: set(records) for cls, records in self.base_records.items()}
        for file in self.files:
            found[file.cls].add(file.id)
        return {cls: frozenset(ids) for cls, ids in found.items()}

    @cached_property
    def moved_ids(self) -> Redirects:
        """The redirects of the folder and of the base, by type."""
        base: Redirects = NO_REDIRECTS if self.base is None else self.base.redirects
        combined = overlay_redirects(base, self.redirects, self.known_ids)
        return {cls: combined.get(cls, {}) for cls in RECORD_TYPES.values()}

    def all_records(self, cls: type[AnyRecord]) -> dict[str, Any]:
        """Return the records of a type by id. Records of the base come first."""
        return {**self.base_records[cls], **self.records[cls]}

    @cached_property
    def cities(self) -> Mapping[str, City]:
        """All cities of the folder and of the base, by id."""
        return self.all_records(City)

    @cached_property
    def _paths(self) -> Mapping[tuple[type[AnyRecord], str], str]:
        return {(file.cls, file.id): str(file.path) for file in self.files}

    def path_of(self, record: AnyRecord) -> str:
        """Return the path of the file that contains a record."""
        return self._paths[type(record), record.id]

    def owns(self, record: AnyRecord) -> bool:
        """Whether a record comes from the folder. Other records come from the base."""
        return self.records[type(record)].get(record.id) is record

    def with_file(self, path: Path, cls: type[AnyRecord], data: bytes) -> "RecordTree":
        """Return a copy of the tree with one file added or replaced. Nothing is written to disk."""
        others = (file for file in self.files if file.path != path)
        return evolve(self, files=(*others, RecordFile.decode(path, cls, data)))

    def with_contents(self, data: Mapping[Path, bytes]) -> "RecordTree":
        """Return a copy of the tree with new contents of files. Nothing is written to disk."""
        files = (RecordFile.decode(f.path, f.cls, data[f.path]) if f.path in data else f for f in self.files)
        return evolve(self, files=tuple(files))


def _attributes_problem(path: Path) -> Problem:
    message = "git attributes can hide changes of records from reviewers"
    return Problem(
        rule=PLACE, path=str(path), message=message, expected="no .gitattributes file", hint="delete the file"
    )


def read_exceptions(root: Path, problems: list[Problem]) -> Exceptions:
    """Return the exceptions of a folder; empty if the file is missing or invalid. Add the problems of the file."""
    return read_json_file(root / EXCEPTIONS_FILE, problems, _check_exceptions, optional=True) or {}


def _check_exceptions(plain: Any) -> Exceptions:
    invalid: list[tuple[str, object]] = []
    for rule, reasons in plain.items() if isinstance(plain, dict) else [("", plain)]:
        if isinstance(reasons, dict):
            texts = ((f"{rule}.{record}", reason) for record, reason in reasons.items())
            invalid += ((field, text) for field, text in texts if not isinstance(text, str) or not text.strip())
        else:
            invalid.append((rule, reasons))
    if invalid:
        expected = 'reasons, as in {"shared-coordinates": {"cities/nz-dunedin": "reason"}}'
        raise InvalidRecordError(
            Problem(rule=EXCEPTION_RULE, field=field, message=f"invalid value {short(value)}", expected=expected)
            for field, value in invalid
        )
    exceptions: Exceptions = plain
    return exceptions
