"""Records on disk: a folder of record files for people, or one file that a dataset wrote."""

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from attrs import evolve

from friendcities.codec.bundle import FORMAT, FORMAT_KEY, REDIRECTS, bundle_text
from friendcities.datasets.redirects import FILE as REDIRECTS_FILE
from friendcities.datasets.redirects import NO_REDIRECTS, Redirects, redirects_of
from friendcities.datasets.tree import contents, read_tree, unreadable
from friendcities.errors import DataError, InvalidQueryError, InvalidRecordError, Problem
from friendcities.model import RECORD_TYPES, AnyRecord, City, Partnership
from friendcities.model.record import short

__all__ = [
    "as_one_file",
    "beside",
    "path_of",
    "read",
    "read_redirects",
    "redirects_place",
    "replace_file",
]


def path_of(record: AnyRecord) -> str:
    """Where a record's file belongs, below the root of a folder of records.

    Example:
        >>> import friendcities as fc
        >>> path_of(fc.city("Dunedin"))
        'cities/nz/nz-dunedin.json'

    Raises:
        InvalidQueryError: If it is no record that has a file of its own.
    """
    folder = next((name for name, cls in RECORD_TYPES.items() if type(record) is cls), None)
    if folder is None:
        listed = ", ".join(cls.__name__ for cls in RECORD_TYPES.values())
        message = f"{short(record)} is no record; a dataset holds {listed}"
        raise InvalidQueryError(message, record)
    if isinstance(record, City):
        return f"{folder}/{record.id[:2]}/{record.id}.json"
    if isinstance(record, Partnership):
        first, second = record.cities
        return f"{folder}/{first[:2]}-{second[:2]}/{record.id}.json"
    return f"{folder}/{record.id}.json"


Located = tuple[AnyRecord, str]
"""A record, and the place it stands at, to be named if something is wrong with it."""


def read(path: Path) -> tuple[list[Located], Redirects]:
    """Read a folder of record files, or one file that a dataset wrote; strictly.

    Returns:
        Each record with its place, and the ids that moved.

    Raises:
        DataError: If anything is wrong, with every problem of every file.
    """
    problems: list[Problem] = []
    try:
        is_folder = path.is_dir()
    except (OSError, ValueError) as error:  # a name that the system does not take
        raise DataError([unreadable(path, error)]) from None
    records, redirects = (_read_folder if is_folder else _read_one_file)(path, problems)
    if problems:
        raise DataError(problems)
    return records, redirects


def as_one_file(collection: Mapping[type[AnyRecord], Mapping[str, AnyRecord]], redirects: Redirects) -> bytes:
    """The one file that holds records; the same bytes for the same records."""
    return bundle_text(collection, redirects).encode()


def replace_file(path: Path, data: bytes) -> None:
    """Write a file atomically: a reader sees the old one or the new one, and a failure leaves the old one alone.

    Raises:
        OSError: If it cannot be written; the error names the file.
    """
    path = Path(os.path.realpath(path))
    with beside(path) as folder:
        new = folder / path.name
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            new.chmod(stat.S_IMODE(path.stat().st_mode))
        new.replace(path)


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A folder for what is to take a place once it is whole; it lies beside that place, and is gone afterwards.

    Raises:
        OSError: If anything cannot be written; the error names the place, and not what was to take it.
    """
    import tempfile  # noqa: PLC0415 - only writing needs it

    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".new-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)
    except OSError as error:
        why = error.strerror if target.parent.is_dir() else f"there is no folder {target.parent}"
        raise OSError(error.errno, why, str(target)) from None


def _read_folder(root: Path, problems: list[Problem]) -> tuple[list[Located], Redirects]:
    located: list[Located] = []
    for file in read_tree(root, problems):
        if file.record is None:
            problems.extend(file.problems)
        else:
            located.append((file.record, str(file.path)))
    return located, read_redirects(root / REDIRECTS_FILE, problems)


def read_redirects(path: Path, problems: list[Problem]) -> Redirects:
    """The moved ids of a folder of records; none where it has no such file."""
    from friendcities.codec.json_text import decoded  # noqa: PLC0415
    from friendcities.codec.reader import checked  # noqa: PLC0415 - cattrs takes longer to import than the bundle to read

    try:
        return checked(decoded(contents(path)), redirects_of)
    except (FileNotFoundError, NotADirectoryError):
        pass
    except InvalidRecordError as error:
        problems.extend(evolve(problem, path=str(path)) for problem in error.problems)
    except (OSError, ValueError) as error:
        problems.append(unreadable(path, error))
    return NO_REDIRECTS


def redirects_place(path: Path) -> str:
    """Where the moved ids of a folder of records, or of one file that a dataset wrote, stand."""
    return str(path / REDIRECTS_FILE) if path.is_dir() else f"{path}: {REDIRECTS}"


def _read_one_file(path: Path, problems: list[Problem]) -> tuple[list[Located], Redirects]:
    from friendcities.codec.json_text import decoded  # noqa: PLC0415
    from friendcities.codec.reader import checked  # noqa: PLC0415 - cattrs takes longer to import than the bundle to read

    try:
        return checked(decoded(path.read_bytes()), lambda plain: _unpack(plain, path))
    except InvalidRecordError as error:
        problems.extend(evolve(problem, path=str(path)) for problem in error.problems)
    except (OSError, ValueError) as error:
        problems.append(unreadable(path, error))
    return [], NO_REDIRECTS


def _unpack(bundle: Any, path: Path) -> tuple[list[Located], Redirects]:
    """The records and redirects of one file, from its plain values."""
    from friendcities.codec.reader import structure  # noqa: PLC0415 - cattrs takes longer to import than the bundle to read

    if not isinstance(bundle, dict) or bundle.get(FORMAT_KEY) is not FORMAT:
        what = f"this is no file that Dataset.save wrote in format {FORMAT}"
        mend = "pass such a file, or a folder of record files"
        raise InvalidRecordError([Problem(message=what, expected=f'{{"{FORMAT_KEY}": {FORMAT}, …}}', hint=mend)])
    located: list[Located] = []
    redirects = NO_REDIRECTS
    problems: list[Problem] = []
    for folder, records in bundle.items():
        cls = RECORD_TYPES.get(folder)
        if folder == FORMAT_KEY:
            continue
        if folder == REDIRECTS:
            try:
                redirects = redirects_of(records)
            except InvalidRecordError as error:
                problems.extend(problem.within(REDIRECTS) for problem in error.problems)
            continue
        if cls is None or not isinstance(records, dict):
            expected = "objects named " + ", ".join(map(repr, RECORD_TYPES))
            problems.append(Problem(field=folder, message="these are no records", expected=expected))
            continue
        place = f"{path}: {folder}."
        for id_, plain in records.items():
            try:
                located.append((structure(cls, id_, plain), place + id_))
            except InvalidRecordError as error:
                problems.extend(problem.within(f"{folder}.{id_}") for problem in error.problems)
    if problems:
        raise InvalidRecordError(problems)
    return located, redirects
