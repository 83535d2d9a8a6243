"""Records on disk: a folder of record files for people, or one file that a dataset wrote."""

import gc
import json
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from friendcities.errors import DataError, InvalidQueryError, InvalidRecordError, Problem
from friendcities.model import RECORD_TYPES, AnyRecord, City, Partnership
from friendcities.model.record import short

__all__ = ["collector_paused", "path_of", "read", "read_trusted", "write_one_file"]

_FORMAT: Final = 1
_FORMAT_KEY: Final = "friendcities"


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


def read(path: Path) -> list[tuple[AnyRecord, str]]:
    """Read a folder of record files, or one file that a dataset wrote; strictly.

    Returns:
        Each record with the place it stands at, to be named if something is wrong with it.

    Raises:
        DataError: If anything is wrong, with every problem of every file.
    """
    problems: list[Problem] = []
    try:
        is_folder = path.is_dir()
    except (OSError, ValueError) as error:  # a name that the system does not take
        raise DataError([_unreadable(path, error)]) from None
    records = list(_read_folder(path, problems) if is_folder else _read_one_file(path, problems))
    if problems:
        raise DataError(problems)
    return records


def read_trusted(text: str | bytes) -> Iterator[AnyRecord]:
    """The records of one file that a dataset wrote and nobody has touched since, without checking them again."""
    from friendcities.codec.trusted import build  # noqa: PLC0415 - the strict reader does without

    bundle = json.loads(text)
    for folder, cls in RECORD_TYPES.items():
        for id_, plain in bundle.get(folder, {}).items():
            yield build(cls, id_, plain)


def write_one_file(path: Path, collection: Mapping[type[AnyRecord], Mapping[str, AnyRecord]]) -> None:
    """Write records into one file, all or nothing: the file is replaced only once the new one is whole."""
    from friendcities.codec.canonical import to_plain  # noqa: PLC0415 - only writing needs it

    bundle: dict[str, Any] = {_FORMAT_KEY: _FORMAT}
    for folder, cls in RECORD_TYPES.items():
        records = collection[cls]
        if records:
            bundle[folder] = {id_: to_plain(records[id_]) for id_ in sorted(records)}
    text = json.dumps(bundle, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"
    replace_file(path, text.encode())


def replace_file(path: Path, data: bytes) -> None:
    """Write a file atomically: a reader sees the old one or the new one, and a failure leaves the old one alone."""
    import tempfile  # noqa: PLC0415 - only writing needs it

    path = Path(os.path.realpath(path))
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".new-", ignore_cleanup_errors=True) as folder:
        new = Path(folder, path.name)
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            new.chmod(stat.S_IMODE(path.stat().st_mode))
        new.replace(path)


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the garbage collector: while many records are made and none is dropped, its passes find nothing."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _read_folder(root: Path, problems: list[Problem]) -> Iterator[tuple[AnyRecord, str]]:
    try:
        entries = sorted(entry for entry in root.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        problems.append(_unreadable(root, error))
        return
    folders = [entry for entry in entries if entry.is_dir()]
    strays = [entry for entry in entries if entry.suffix == ".json" and entry not in folders]
    problems.extend(_misplaced(stray) for stray in strays)
    if not folders and not strays:
        expected = "folders of record files, named " + ", ".join(map(repr, RECORD_TYPES))
        problems.append(Problem(path=str(root), what="there are no records here", expected=expected))
    for folder in folders:
        cls = RECORD_TYPES.get(folder.name)
        if cls is None:
            problems.append(_unknown_folder(folder))
            continue
        seen: dict[str, str] = {}
        for file in _json_files(folder, problems):
            if file.stem in seen:
                what = f"the id {file.stem!r} is taken by {seen[file.stem]}"
                problems.append(Problem(path=str(file), what=what, expected="one file a record", mend="join the two"))
                continue
            seen[file.stem] = str(file)
            try:
                text = file.read_bytes()
            except OSError as error:
                problems.append(_unreadable(file, error))
                continue
            record = _read_record(cls, file.stem, text, str(file), problems)
            if record is not None:
                yield record, str(file)


def _json_files(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    def failed(error: OSError) -> None:
        problems.append(_unreadable(Path(error.filename), error))

    found: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=failed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inner = [Path(place, name) for name in folders]
        files = [Path(place, name) for name in names if name.lower().endswith(".json") and not name.startswith(".")]
        odd = [each for each in inner if each.is_symlink() or each.suffix.lower() == ".json"]
        odd += [each for each in files if each.suffix != ".json" or (each.exists() and not each.is_file())]
        problems.extend(_no_record_file(file) for file in odd)
        found.extend(file for file in files if file not in odd)
    return iter(sorted(found))


def _read_record(cls: type[AnyRecord], id_: str, text: bytes, path: str, problems: list[Problem]) -> AnyRecord | None:
    from friendcities.codec.strict import decode  # noqa: PLC0415 - cattrs takes longer to import than the bundle to read

    try:
        return decode(cls, id_, text)
    except InvalidRecordError as error:
        problems.extend(_at(path, problem) for problem in error.problems)
        return None


def _read_one_file(path: Path, problems: list[Problem]) -> Iterator[tuple[AnyRecord, str]]:
    from friendcities.codec.strict import structure  # noqa: PLC0415 - cattrs takes longer to import than the bundle to read
    from friendcities.codec.text import parse  # noqa: PLC0415

    try:
        bundle = parse(path.read_bytes())
    except InvalidRecordError as error:
        problems.extend(_at(str(path), problem) for problem in error.problems)
        return
    except (OSError, ValueError) as error:
        problems.append(_unreadable(path, error))
        return
    if not isinstance(bundle, dict) or bundle.get(_FORMAT_KEY) is not _FORMAT:
        what = f"this is no file that Dataset.save wrote in format {_FORMAT}"
        mend = "pass such a file, or a folder of record files"
        problems.append(Problem(path=str(path), what=what, expected=f'{{"{_FORMAT_KEY}": {_FORMAT}, …}}', mend=mend))
        return
    for folder, records in bundle.items():
        cls = RECORD_TYPES.get(folder)
        if folder == _FORMAT_KEY:
            continue
        if cls is None or not isinstance(records, dict):
            expected = "objects named " + ", ".join(map(repr, RECORD_TYPES))
            problems.append(Problem(path=str(path), field=folder, what="these are no records", expected=expected))
            continue
        for id_, plain in records.items():
            try:
                yield structure(cls, id_, plain), f"{path}: {folder}.{id_}"
            except InvalidRecordError as error:
                problems.extend(_at(str(path), problem.within(f"{folder}.{id_}")) for problem in error.problems)


def _at(path: str, problem: Problem) -> Problem:
    return Problem(
        path=path,
        line=problem.line,
        column=problem.column,
        field=problem.field,
        what=problem.what,
        expected=problem.expected,
        mend=problem.mend,
    )


def _unknown_folder(folder: Path) -> Problem:
    from difflib import get_close_matches  # noqa: PLC0415 - only a miss needs it

    near = get_close_matches(folder.name, RECORD_TYPES, n=1)
    expected = "a folder named " + ", ".join(map(repr, RECORD_TYPES))
    mend = f"did you mean {near[0]!r}?" if near else ""
    return Problem(path=str(folder), what="there is no such type of record", expected=expected, mend=mend)


def _no_record_file(path: Path) -> Problem:
    expected = "a file of its own, named by its id and '.json'"
    return Problem(
        path=str(path), what="this is not the file of a record", expected=expected, mend="rename or remove it"
    )


def _misplaced(file: Path) -> Problem:
    expected = "a file in the folder of its type: " + ", ".join(map(repr, RECORD_TYPES))
    return Problem(
        path=str(file), what="a record's type is its folder's name, and this file has none", expected=expected
    )


def _unreadable(path: Path, error: OSError | ValueError) -> Problem:
    reason = str(getattr(error, "strerror", None) or error).lower()
    return Problem(path=str(path), what=f"it cannot be read: {reason}", expected="a file or folder that can be read")
