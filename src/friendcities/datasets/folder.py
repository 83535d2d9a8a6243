"""Datasets on disk: a folder with one file for each record, or one file written by ``Dataset.save``."""

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeVar

from attrs import evolve, frozen

from friendcities.codec.dataset_file import FORMAT, FORMAT_KEY, REDIRECTS
from friendcities.datasets.redirects import FILE as REDIRECTS_FILE
from friendcities.datasets.redirects import NO_REDIRECTS, Redirects, broken_redirects, parse_redirects
from friendcities.datasets.redirects import redirects_to_plain as plain_redirects
from friendcities.datasets.references import broken_references
from friendcities.errors import DataError, InvalidQueryError, InvalidRecordError, Problem
from friendcities.model import RECORD_TYPES, AnyRecord, City, Partnership, Source
from friendcities.model.record import short

# Functions import cattrs late, because this import takes longer than reading a bundle.

PLACE: Final = "place"
"""The rule for misplaced files."""
READABLE: Final = "readable"
"""The rule for files and folders that cannot be read."""
DATASET_FILE: Final = "dataset.json"
"""The file with the format version of a folder: ``{"friendcities": 1}``. A folder without this file has format 1."""
SUPPORT_FILES: Final = frozenset({DATASET_FILE, REDIRECTS_FILE, "exceptions.json"})
"""The files beside the folders of records: the format version, the redirects, and the exceptions to rules."""
_TABLE_SUFFIXES: Final = {".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".parquet", ".graphml", ".gexf", ".geojson"}

T = TypeVar("T")
Located = tuple[AnyRecord, str]
"""A record with the place that messages show."""


# ---- reading ----


def read_dataset(path: Path) -> tuple[list[Located], Redirects]:
    """Read a folder of records, or one file of ``Dataset.save``. Raise DataError with all problems.

    Raise InvalidQueryError if the file is a table.
    """
    problems: list[Problem] = []
    try:
        is_folder = path.is_dir()
    except (OSError, ValueError) as error:  # the system rejects the name
        raise DataError([unreadable_problem(path, error)]) from None
    located: list[Located] = []
    if is_folder:
        try:
            for file in (RecordFile.read(*entry) for entry in list_record_files(path, problems)):
                if file.record is None:
                    problems.extend(file.problems)
                else:
                    located.append((file.record, str(file.path)))
        except OSError as error:  # for example, the path is too long
            raise DataError([unreadable_problem(path, error)]) from None
        redirects = read_redirects(path / REDIRECTS_FILE, problems)
    elif path.suffix.casefold() in _TABLE_SUFFIXES:
        command = f"friendcities import {path} -o converted.json"
        message = f"{path} is a table, not a dataset; convert the table with: {command}"
        raise InvalidQueryError(message, str(path))
    else:
        unpack = partial(_unpack, place=f"{path}: ")
        located, redirects = read_json_file(path, problems, unpack) or ([], NO_REDIRECTS)
    if problems:
        raise DataError(problems)
    return located, redirects


def read_plain(plain: dict[str, Any]) -> tuple[list[Located], Redirects]:
    """Read the plain JSON values of one file. Raise DataError with all problems."""
    try:
        return _unpack(plain)
    except InvalidRecordError as error:
        raise DataError(error.problems) from None


def read_redirects(path: Path, problems: list[Problem]) -> Redirects:
    """Read the file of redirects, if the file exists."""
    return read_json_file(path, problems, parse_redirects, optional=True) or NO_REDIRECTS


def redirects_place(path: Path) -> str:
    """Return the path of a dataset's redirects, for use in messages."""
    return str(path / REDIRECTS_FILE) if path.is_dir() else f"{path}: {REDIRECTS}"


def check_located(
    located: Iterable[Located], redirects: Redirects, redirects_at: str
) -> dict[type[AnyRecord], dict[str, Any]]:
    """Check ids, references and redirects. Return records by type and id."""
    records: dict[type[AnyRecord], dict[str, Any]] = {cls: {} for cls in RECORD_TYPES.values()}
    places: dict[tuple[type[AnyRecord], str], str] = {}
    problems = []
    for record, place in located:
        if record.id in records[type(record)]:
            problems.append(_duplicate_id(record.id, place, places[type(record), record.id], "one record for each id"))
        records[type(record)][record.id] = record
        places[type(record), record.id] = place
    problems += broken_references(records, lambda record: places[type(record), record.id], redirects)
    problems += (evolve(each, path=redirects_at) for each in broken_redirects(redirects, records))
    if problems:
        raise DataError(problems)
    for id_, partnership in records[Partnership].items():
        records[Partnership][id_] = partnership.with_sources(records[Source])
    return records


@frozen(eq=False)
class RecordFile:
    """A record file in a dataset folder."""

    path: Path
    cls: type[AnyRecord]
    """The type of the record."""
    data: bytes
    """The content of the file; empty if the file cannot be read."""
    record: AnyRecord | None
    """The record; ``None`` if the record is invalid."""
    problems: tuple[Problem, ...]
    """The problems of an invalid record."""

    @property
    def id(self) -> str:
        """The id of the record: the name of the file."""
        return self.path.stem

    @classmethod
    def read(cls, path: Path, kind: type[AnyRecord]) -> "RecordFile":
        """Read a file from disk."""
        try:
            data = read_file(path)
        except OSError as error:
            return cls(path, kind, b"", None, (unreadable_problem(path, error),))
        return cls.decode(path, kind, data)

    @classmethod
    def decode(cls, path: Path, kind: type[AnyRecord], data: bytes) -> "RecordFile":
        """Parse the content of a record file."""
        from friendcities.codec.reader import read_text  # noqa: PLC0415

        try:
            record = read_text(kind, path.stem, data)
        except InvalidRecordError as error:
            return cls(path, kind, data, None, tuple(evolve(each, path=str(path)) for each in error.problems))
        return cls(path, kind, data, record, ())


def list_record_files(root: Path, problems: list[Problem]) -> Iterator[tuple[Path, type[AnyRecord]]]:
    """Yield the path and the type of each record file in a folder. Other files are problems."""
    for folder in _record_folders(root, problems):
        cls = RECORD_TYPES.get(folder.name)
        if cls is None:
            problems.append(_unknown_folder(folder))
            continue
        seen: dict[str, str] = {}
        for path in _json_files(folder, problems):
            if path.stem in seen:
                problems.append(_duplicate_id(path.stem, str(path), seen[path.stem], "one file for each record"))
                continue
            seen[path.stem] = str(path)
            yield path, cls


def read_file(path: Path, most_bytes: int | None = None) -> bytes:
    """Return the content of a file. Raise OSError for a file that is too large, and for a pipe or a device."""
    with open_regular_file(path) as file:
        if most_bytes is not None and os.fstat(file.fileno()).st_size > most_bytes:
            message = f"more than {most_bytes:,} bytes"
            raise OSError(message)
        return file.read()


def open_regular_file(path: Path) -> BinaryIO:
    """Open a file. Raise OSError for a folder, a pipe or a device.

    The open file is checked, because another program could replace the file on disk.
    """
    file = open(path, "rb", opener=_open_without_waiting)  # noqa: SIM115 - only open() has an opener
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        message = "neither a file nor a folder"  # open() itself rejects a folder
        raise OSError(message)
    return file


def _open_without_waiting(path: str, flags: int) -> int:
    """Do not wait until another program opens the other end of a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def unreadable_problem(path: Path, error: OSError | ValueError) -> Problem:
    """Return the problem of a file or folder that cannot be read."""
    reason = str(getattr(error, "strerror", None) or error).lower()
    expected = "a file or folder that can be read"
    return Problem(rule=READABLE, path=str(path), message=f"this path cannot be read: {reason}", expected=expected)


def read_json_file(
    path: Path,
    problems: list[Problem],
    make: Callable[[Any], T],
    *,
    optional: bool = False,
) -> T | None:
    """Call ``make`` with the JSON value of a file. Return ``None`` if the file is invalid or missing."""
    from friendcities.codec.parse_json import decode_text  # noqa: PLC0415
    from friendcities.codec.reader import read_checked  # noqa: PLC0415

    try:
        return read_checked(decode_text(read_file(path)), make)
    except InvalidRecordError as error:
        problems.extend(evolve(problem, path=str(path)) for problem in error.problems)
    except (OSError, ValueError) as error:
        if not optional or not isinstance(error, (FileNotFoundError, NotADirectoryError)):
            problems.append(unreadable_problem(path, error))
    return None


def _check_format(plain: Any) -> int:
    stated = plain.get(FORMAT_KEY) if isinstance(plain, dict) else None
    if type(stated) is int and stated == FORMAT:
        return stated
    expected = f'{{"{FORMAT_KEY}": {FORMAT}, …}}'
    if type(stated) is int and stated > FORMAT:
        message = f"this version of friendcities cannot read the newer format {stated}"
        hint = "install the latest version of friendcities"
    else:
        message = f"this is not a dataset in format {FORMAT}"
        hint = "pass a file written by Dataset.save, or a folder of record files"
    raise InvalidRecordError([Problem(message=message, expected=expected, hint=hint)])


def _check_folder_format(plain: Any) -> int:
    """Records in the format file are a problem, because they are not read."""
    try:
        stated = _check_format(plain)
    except InvalidRecordError as error:
        raise InvalidRecordError([evolve(problem, rule=READABLE) for problem in error.problems]) from None
    if len(plain) > 1:
        message = "this file is a saved dataset; in a folder of records, its records are not read"
        expected, hint = (
            f'{{"{FORMAT_KEY}": {FORMAT}}}',
            "move the file to another folder, and load the file by its path",
        )
        raise InvalidRecordError([Problem(rule=PLACE, message=message, expected=expected, hint=hint)])
    return stated


def _unpack(bundle: Any, place: str = "") -> tuple[list[Located], Redirects]:
    from friendcities.codec.reader import read_record  # noqa: PLC0415

    _check_format(bundle)
    located: list[Located] = []
    redirects = NO_REDIRECTS
    problems: list[Problem] = []
    for folder, records in bundle.items():
        cls = RECORD_TYPES.get(folder)
        if folder == FORMAT_KEY:
            continue
        if folder == REDIRECTS:
            try:
                redirects = parse_redirects(records)
            except InvalidRecordError as error:
                problems.extend(problem.within(REDIRECTS) for problem in error.problems)
            continue
        if cls is None or not isinstance(records, dict):
            message = "the key is not a record type, or the value is not an object"
            expected = "a key such as 'cities', with an object of records"
            problems.append(Problem(field=folder, message=message, expected=expected))
            continue
        for id_, plain in records.items():
            try:
                located.append((read_record(cls, id_, plain), f"{place}{folder}.{id_}"))
            except InvalidRecordError as error:
                problems.extend(problem.within(f"{folder}.{id_}") for problem in error.problems)
    if problems:
        raise InvalidRecordError(problems)
    return located, redirects


def _record_folders(root: Path, problems: list[Problem]) -> list[Path]:
    """Add a problem for each record file outside a folder."""
    try:
        entries = sorted(entry for entry in root.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        problems.append(unreadable_problem(root, error))
        return []
    if root / DATASET_FILE in entries and not read_json_file(root / DATASET_FILE, problems, _check_folder_format):
        return []
    folders, empty = [], True
    for entry in entries:
        try:
            if entry.is_dir():
                folders.append(entry)
            elif entry.suffix == ".json":
                empty = False
                if entry.name not in SUPPORT_FILES:
                    message = "the file is outside the folders of the record types"
                    problems.append(_place_problem(entry, message, "a file in a folder such as 'cities'"))
        except OSError as error:
            empty = False
            problems.append(unreadable_problem(entry, error))
    if empty and not folders:
        problems.append(
            _place_problem(root, "the folder has no records", "folders with record files, such as 'cities'")
        )
    return folders


def _json_files(folder: Path, problems: list[Problem]) -> list[Path]:
    """Add problems for invalid file names and for links to folders."""

    def report(error: OSError) -> None:
        problems.append(unreadable_problem(Path(error.filename), error))

    found: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=report):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inner = [Path(place, name) for name in folders]
        files = [Path(place, name) for name in names if name.lower().endswith(".json") and not name.startswith(".")]
        odd = [each for each in inner if each.is_symlink() or each.suffix.lower() == ".json"]
        odd += [each for each in files if each.suffix != ".json" or _is_special(each)]
        for file in odd:
            expected = "a file name such as 'nz-dunedin.json'"
            problems.append(_place_problem(file, "this is not a record file", expected, "rename or delete the file"))
        found.extend(file for file in files if file not in odd)
    return sorted(found)


def _is_special(path: Path) -> bool:
    """Whether a path is a pipe, a device or a folder; ``False`` if the system denies access."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


_TYPES: Final = ", ".join(map(repr, RECORD_TYPES))


def _place_problem(path: Path, message: str, expected: str, hint: str = "") -> Problem:
    return Problem(rule=PLACE, path=str(path), message=message, expected=expected, hint=hint)


def _unknown_folder(folder: Path) -> Problem:
    from difflib import get_close_matches  # noqa: PLC0415 - only an unknown name needs it

    near = get_close_matches(folder.name, RECORD_TYPES, n=1)
    hint = f"did you mean {near[0]!r}?" if near else ""
    message = "the folder name is not a record type"
    return _place_problem(folder, message, f"one of {_TYPES}", hint)


def _duplicate_id(id_: str, place: str, other: str, expected: str) -> Problem:
    message = f"the id {id_!r} is also the id of {other}"
    return Problem(rule="duplicate-id", path=place, message=message, expected=expected, hint="combine the two records")


# ---- writing ----


_FOLDER_OF: Final[Mapping[type, str]] = {cls: name for name, cls in RECORD_TYPES.items()}


def record_path(record: AnyRecord) -> str:
    """Return the path of a record in a folder of records. Raise InvalidQueryError if the value is not a record.

    Example:
        >>> record_path(fc.city("Dunedin"))
        'cities/nz/nz-dunedin.json'
    """
    folder = _FOLDER_OF.get(type(record))
    if folder is None:
        listed = ", ".join(cls.__name__ for cls in RECORD_TYPES.values())
        message = f"invalid record {short(record)}; expected one of {listed}"
        raise InvalidQueryError(message, record)
    cities = (record.id,) if isinstance(record, City) else record.cities if isinstance(record, Partnership) else ()
    countries = "-".join(id_[:2] for id_ in cities)
    return "/".join(filter(None, (folder, countries, f"{record.id}.json")))


def write_folder(
    path: Path, records: Iterable[AnyRecord], redirects: Redirects, support_files: Mapping[str, object] = {}
) -> None:
    """Write a folder of record files atomically. ``support_files`` are other JSON files; empty files are omitted.

    Raise InvalidQueryError if the folder is not empty, and OSError if writing fails.
    """
    from friendcities.codec.writer import dumps, encode  # noqa: PLC0415

    path = Path(os.path.realpath(path))
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        message = f"{path} already exists and is not empty"
        raise InvalidQueryError(message, str(path), hint="choose an empty or new folder")
    files = {DATASET_FILE: dumps({FORMAT_KEY: FORMAT})} | {record_path(record): encode(record) for record in records}
    support_files = {REDIRECTS_FILE: plain_redirects(redirects), **support_files}
    files |= {name: dumps(content) for name, content in support_files.items() if content}
    with staging_folder(path) as place:
        folder = place / path.name
        folder.mkdir()
        for name, text in files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        folder.replace(path)


def linked_part(path: Path) -> Path | None:
    """Return the symbolic link in the path of a record file, or ``None``."""
    depth = next(number for number, folder in enumerate(path.parents) if folder.name in RECORD_TYPES)
    return next((each for each in (path, *path.parents[: depth + 1]) if each.is_symlink()), None)


def replace_file(path: Path, data: bytes) -> None:
    """Write a file atomically. If an OSError is raised, the old file is unchanged."""
    if path.exists() and not path.is_file() and not path.is_dir():  # a device or a pipe must not be replaced
        _write_to_device(path, data)
        return
    path = Path(os.path.realpath(path))
    with staging_folder(path) as folder:
        new = folder / path.name
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            new.chmod(stat.S_IMODE(path.stat().st_mode))
        new.replace(path)


def _write_to_device(path: Path, data: bytes) -> None:
    try:
        device = open(path, "wb", opener=_open_without_waiting)  # noqa: SIM115 - only open() has an opener
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise OSError(error.errno, "no program reads this pipe; start the program first", str(path)) from None
        raise
    with device:
        with suppress(AttributeError, OSError):  # on Windows
            os.set_blocking(device.fileno(), True)
        device.write(data)


@contextmanager
def staging_folder(target: Path) -> Iterator[Path]:
    """Return a context manager for a temporary folder beside the target. OSErrors name the target."""
    import tempfile  # noqa: PLC0415 - only writing needs it

    try:
        with _locked(target.parent):  # otherwise, another program could remove the new folder before it is locked
            _remove_leftovers(target.parent)
            temporary = tempfile.TemporaryDirectory(dir=target.parent, prefix=_STAGING, ignore_cleanup_errors=True)
        with temporary as folder, _locked(Path(folder)):
            yield Path(folder)
    except OSError as error:
        why = error.strerror if target.parent.is_dir() else f"there is no folder {target.parent}"
        raise OSError(error.errno, why, str(target)) from None


_STAGING: Final = ".friendcities-"
"""The prefix of the names of temporary folders."""


@contextmanager
def _locked(folder: Path, *, wait: bool = True) -> Iterator[bool]:
    """Lock a folder if possible, and yield whether it is locked. The lock ends with the process."""
    try:
        import fcntl  # noqa: PLC0415 - not on Windows
    except ImportError:
        yield False
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_locked = True
        except OSError:  # locked by another process, or on a file system without locks
            is_locked = False
        yield is_locked
    finally:
        os.close(descriptor)


def _remove_leftovers(parent: Path) -> None:
    """Remove the temporary folders of killed processes. Restore a folder if its replacement was interrupted."""
    import shutil  # noqa: PLC0415 - only writing needs it

    for leftover in parent.glob(f"{_STAGING}*"):
        with suppress(OSError), _locked(leftover, wait=False) as is_abandoned:
            if is_abandoned:
                for old in leftover.glob("old/*"):
                    if not (parent / old.name).exists():
                        old.rename(parent / old.name)
                shutil.rmtree(leftover, ignore_errors=True)
