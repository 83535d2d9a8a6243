"""Writes exported files and folders atomically."""

import ctypes
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from friendcities.datasets.folder import replace_file, staging_folder
from friendcities.errors import InvalidQueryError
from friendcities.exporters.tables import TABLE_SCHEMAS
from friendcities.model.record import short

_EXPORTED_FILES: Final = (
    {f"{name}.csv" for name in TABLE_SCHEMAS},
    {f"{name}.csv" for name in TABLE_SCHEMAS} | {"datapackage.json", "friendcities.json"},
    {f"{name}.parquet" for name in TABLE_SCHEMAS},
    {f"{name}/part-0.parquet" for name in TABLE_SCHEMAS},
)
"""The files of an exported folder in each format, including tables without rows."""
_PARTITION: Final = re.compile(r"/[a-z]+=\w+(?=/part-0\.parquet$)")


def check_path(path: object) -> Path:
    """Check the path of a file or folder, and convert it to ``Path``."""
    if isinstance(path, (str, Path)) and str(path) and "\0" not in str(path):
        return Path(path)
    message = f"invalid path {short(path)}; pass the path of a file or folder"
    raise InvalidQueryError(message, path)


def write_file(path: object, data: bytes) -> None:
    """Write a file. An existing file is replaced only after the new file is complete."""
    replace_file(check_path(path), data)


def write_folder(path: object, files: Mapping[str, bytes]) -> None:
    """Write a folder atomically.

    An existing folder is replaced only if the folder is an unchanged export.

    Raises:
        InvalidQueryError: If the folder is invalid, or contains other files.
        OSError: If the folder cannot be written; an earlier export is then unchanged.
    """
    target = Path(os.path.realpath(check_path(path)))
    _check_replaceable(target)
    with staging_folder(target) as folder:
        new, old = folder / "new", folder / "old" / target.name
        for name, data in files.items():
            file = new / name
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("wb") as opened:
                opened.write(data)
                opened.flush()
                os.fsync(opened.fileno())
        if not target.exists():
            new.rename(target)
            return
        new.chmod(stat.S_IMODE(target.stat().st_mode))
        if _exchange(new, target):
            return
        old.parent.mkdir()
        target.rename(old)  # if the process is killed now, the next writer puts the folder back
        try:
            new.rename(target)
        except BaseException:  # after any exception, also Ctrl-C, the temporary folder is removed
            old.rename(target)
            raise


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step on Linux. Return whether the exchange worked."""
    try:
        rename = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    here, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE
    done: int = rename(here, os.fsencode(one), here, os.fsencode(other), exchange)
    return done == 0


def _check_replaceable(target: Path) -> None:
    if not target.is_dir():
        if not target.exists():
            return
        message = f"{target} is a file; name a folder"
    elif Path.cwd().is_relative_to(target):
        message = f"{target} is or contains the current folder; change to another folder first, or name another folder"
    elif (difference := _difference_from_export(target)) is not None:
        message = f"{target} is not an earlier export ({difference}); name a new folder, or remove this folder"
    else:
        return
    raise InvalidQueryError(message, str(target))


def _difference_from_export(target: Path) -> str | None:
    """Describe why a folder is not an earlier export. Return ``None`` for an earlier export or an empty folder."""
    found = set()
    for path in target.rglob("*"):
        if path.is_symlink() or not path.is_dir() or not any(path.iterdir()):
            name = path.relative_to(target).as_posix()
            found.add(_PARTITION.sub("", name))
            if not any(found <= exported for exported in _EXPORTED_FILES):
                return f"it contains {name}"
    if not found or found in _EXPORTED_FILES:
        return None
    missing = min((exported - found for exported in _EXPORTED_FILES if found < exported), key=len)
    return f"it lacks {min(missing)}"
