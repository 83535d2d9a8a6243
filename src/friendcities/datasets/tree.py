"""A folder of record files: which files are records, and what each of them holds."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import evolve, frozen

from friendcities.datasets.redirects import FILE as REDIRECTS
from friendcities.errors import InvalidRecordError, Problem
from friendcities.model import RECORD_TYPES, AnyRecord

__all__ = ["BESIDE", "READABLE", "RecordFile", "contents", "read_tree", "record_paths", "unreadable"]

PLACE: Final = "place"
"""The rule that a file breaks which lies where no record can."""
READABLE: Final = "readable"
"""The rule that a file or folder breaks which the system does not hand out."""
BESIDE: Final = frozenset({REDIRECTS, "exceptions.json"})
"""The files beside the folders of records: moved ids, and the exceptions that ``friendcities check`` makes."""


@frozen(eq=False)
class RecordFile:
    """A file of a folder of records."""

    path: Path
    cls: type[AnyRecord]
    """The type of record that its folder stands for."""
    data: bytes
    """What is in it; nothing where it cannot be read."""
    record: AnyRecord | None
    """The record; ``None`` where it cannot be made."""
    problems: tuple[Problem, ...]
    """Why it cannot be made."""

    @property
    def id(self) -> str:
        """The id of the record, which is the file's name."""
        return self.path.stem

    @classmethod
    def read(cls, path: Path, kind: type[AnyRecord]) -> "RecordFile":
        """Read a file from disk."""
        try:
            data = contents(path)
        except OSError as error:
            return cls(path, kind, b"", None, (unreadable(path, error),))
        return cls.of(path, kind, data)

    @classmethod
    def of(cls, path: Path, kind: type[AnyRecord], data: bytes) -> "RecordFile":
        """The file with these contents, whether or not it is on disk."""
        from friendcities.codec.reader import decode  # noqa: PLC0415 - cattrs takes longer to import than the bundle to read

        try:
            record = decode(kind, path.stem, data)
        except InvalidRecordError as error:
            return cls(path, kind, data, None, tuple(evolve(each, path=str(path)) for each in error.problems))
        return cls(path, kind, data, record, ())


def read_tree(root: Path, problems: list[Problem]) -> Iterator[RecordFile]:
    """Every file of a record below a folder, by type and then by path; what is no such file is a problem."""
    return (RecordFile.read(path, cls) for path, cls in record_paths(root, problems))


def record_paths(root: Path, problems: list[Problem]) -> Iterator[tuple[Path, type[AnyRecord]]]:
    """The paths of those files, each with the type of its record; nothing is read yet."""
    for folder in _folders(root, problems):
        cls = RECORD_TYPES.get(folder.name)
        if cls is None:
            problems.append(_unknown_folder(folder))
            continue
        seen: dict[str, str] = {}
        for path in _json_files(folder, problems):
            if path.stem in seen:
                problems.append(_taken(path, seen[path.stem]))
                continue
            seen[path.stem] = str(path)
            yield path, cls


def _folders(root: Path, problems: list[Problem]) -> list[Path]:
    """The folders of types of record, sorted; what lies beside them and should not is a problem."""
    try:
        entries = sorted(entry for entry in root.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        problems.append(unreadable(root, error))
        return []
    folders, strays, unknown = [], [], []
    for entry in entries:
        try:
            if entry.is_dir():
                folders.append(entry)
            elif entry.suffix == ".json":
                strays.append(entry)
        except OSError as error:
            unknown.append(unreadable(entry, error))
    problems.extend(unknown)
    problems.extend(_misplaced(stray) for stray in strays if stray.name not in BESIDE)
    if not folders and not strays and not unknown:
        expected = "folders of record files, named " + ", ".join(map(repr, RECORD_TYPES))
        problems.append(Problem(rule=PLACE, path=str(root), message="there are no records here", expected=expected))
    return folders


def _json_files(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    def failed(error: OSError) -> None:
        problems.append(unreadable(Path(error.filename), error))

    found: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=failed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inner = [Path(place, name) for name in folders]
        files = [Path(place, name) for name in names if name.lower().endswith(".json") and not name.startswith(".")]
        odd = [each for each in inner if each.is_symlink() or each.suffix.lower() == ".json"]
        odd += [each for each in files if each.suffix != ".json" or _is_special(each)]
        problems.extend(_no_record_file(file) for file in odd)
        found.extend(file for file in files if file not in odd)
    return iter(sorted(found))


def _is_special(path: Path) -> bool:
    """Whether this is a pipe, a device or a folder; what it is cannot always be told, and reading it then says why."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def contents(path: Path) -> bytes:
    """What is in a file.

    Raises:
        OSError: If it cannot be read, or is a pipe or a device: those may keep a reader waiting for ever.
        ValueError: If the system does not take its name.
    """
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # that of a folder is refused by the system itself
        message = "it is neither a file nor a folder"
        raise OSError(message)
    return path.read_bytes()


def _unknown_folder(folder: Path) -> Problem:
    from difflib import get_close_matches  # noqa: PLC0415 - only a miss needs it

    near = get_close_matches(folder.name, RECORD_TYPES, n=1)
    expected = "a folder named " + ", ".join(map(repr, RECORD_TYPES))
    mend = f"did you mean {near[0]!r}?" if near else ""
    return Problem(
        rule=PLACE, path=str(folder), message="there is no such type of record", expected=expected, hint=mend
    )


def _no_record_file(path: Path) -> Problem:
    expected = "a file of its own, named by its id and '.json'"
    what = "this is not the file of a record"
    return Problem(rule=PLACE, path=str(path), message=what, expected=expected, hint="rename or remove it")


def _misplaced(file: Path) -> Problem:
    expected = "a file in the folder of its type: " + ", ".join(map(repr, RECORD_TYPES))
    what = "a record's type is its folder's name, and this file has none"
    return Problem(rule=PLACE, path=str(file), message=what, expected=expected)


def _taken(path: Path, by: str) -> Problem:
    what = f"the id {path.stem!r} is taken by {by}"
    return Problem(rule="duplicate-id", path=str(path), message=what, expected="one file a record", hint="join the two")


def unreadable(path: Path, error: OSError | ValueError) -> Problem:
    """The problem with a file or folder that the system does not hand out."""
    reason = str(getattr(error, "strerror", None) or error).lower()
    expected = "a file or folder that can be read"
    return Problem(rule=READABLE, path=str(path), message=f"it cannot be read: {reason}", expected=expected)
