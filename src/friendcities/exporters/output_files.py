"""Writes exported files and folders, each completely or not at all."""

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
"""The files of an exported folder, by format: every table has one, even without rows."""
_PARTITION: Final = re.compile(r"/[a-z]+=\w+(?=/part-0\.parquet$)")


def check_path(path: object) -> Path:
    """The path to write to or to read; an InvalidQueryError if it is not a path."""
    if isinstance(path, (str, Path)) and str(path) and "\0" not in str(path):
        return Path(path)
    message = f"{short(path)} will not do here; pass the path to write to"
    raise InvalidQueryError(message, path)


def write_file(path: object, data: bytes) -> None:
    """Write a file; an existing one is replaced only when the new one is complete."""
    replace_file(check_path(path), data)


def write_folder(path: object, files: Mapping[str, bytes]) -> None:
    """Write a folder; it appears only when it is complete.

    An earlier export is replaced: a folder with all files of one format, and no others. Any other folder that is not
    empty is an error.

    Raises:
        InvalidQueryError: If it is not a path, exists and is no earlier export, or is the current folder.
        OSError: If it cannot be written; an earlier export is then unchanged.
    """
    target = Path(os.path.realpath(check_path(path)))
    _check_replaceable(target)
    with staging_folder(target) as folder:
        new, old = folder / "new", folder / "old"
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
        target.rename(old)
        try:
            new.rename(target)
        except BaseException:  # also Ctrl-C: what is still in the temporary folder goes with it
            old.rename(target)
            raise


def _check_replaceable(target: Path) -> None:
    """Raise InvalidQueryError unless a path is free or is an earlier export."""
    if not target.is_dir():
        if not target.exists():
            return
        message = f"{target} is a file; name a folder"
    elif Path.cwd().is_relative_to(target):
        message = f"{target} cannot be replaced while you are in it; go elsewhere first, or name another folder"
    elif (difference := _difference_from_export(target)) is not None:
        message = f"{target} is no earlier export, for {difference}; name a new folder, or remove that one"
    else:
        return
    raise InvalidQueryError(message, str(target))


def _difference_from_export(target: Path) -> str | None:
    """How a folder differs from an earlier export; ``None``: it does not, or it is empty."""
    found = set()
    for path in target.rglob("*"):
        if path.is_symlink() or not path.is_dir() or not any(path.iterdir()):
            name = path.relative_to(target).as_posix()
            found.add(_PARTITION.sub("", name))
            if not any(found <= exported for exported in _EXPORTED_FILES):
                return f"there is {name}"
    if not found or found in _EXPORTED_FILES:
        return None
    missing = min((exported - found for exported in _EXPORTED_FILES if found < exported), key=len)
    return f"there is no {min(missing)}"
