"""Files and folders that exports leave behind: whole, or not at all."""

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from friendcities.datasets.storage import beside, replace_file
from friendcities.errors import InvalidQueryError
from friendcities.exporters.tables import SHAPES
from friendcities.model.record import short

__all__ = ["checked_path", "write_file", "write_folder"]

_FORMS: Final = (
    {f"{name}.csv" for name in SHAPES},
    {f"{name}.csv" for name in SHAPES} | {"datapackage.json", "friendcities.json"},
    {f"{name}.parquet" for name in SHAPES},
    {f"{name}/part-0.parquet" for name in SHAPES},
)
"""What an export into a folder leaves there, form by form: every table, be there something in it or not."""
_PARTITION: Final = re.compile(r"/[a-z]+=\w+(?=/part-0\.parquet$)")
"""The folder of a partition of a table."""


def checked_path(path: object) -> Path:
    """Where to write.

    Raises:
        InvalidQueryError: If this is no path.
    """
    if isinstance(path, (str, Path)) and str(path) and "\0" not in str(path):
        return Path(path)
    message = f"{short(path)} will not do here; pass the path to write to"
    raise InvalidQueryError(message, path)


def write_file(path: object, data: bytes) -> None:
    """Write a file, which is replaced only once the new one is whole."""
    replace_file(checked_path(path), data)


def write_folder(path: object, files: Mapping[str, bytes]) -> None:
    """Write a folder, which takes its place only once it is whole.

    An earlier export at that place is replaced: a folder with all files of one, and nothing else. Any other folder with
    something in it is left alone.

    Args:
        path: The folder.
        files: What is in each file, by its path in the folder.

    Raises:
        InvalidQueryError: If this is no path, or there is something that is no earlier export, or the caller is in it.
        OSError: If it cannot be written; what was there before is then as it was.
    """
    target = Path(os.path.realpath(checked_path(path)))
    _check_that_it_can_go(target)
    with beside(target) as folder:
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


def _check_that_it_can_go(target: Path) -> None:
    """Raise InvalidQueryError unless a place is free, or has an earlier export."""
    if not target.is_dir():
        if target.exists():
            message = f"{target} is a file; name a folder"
            raise InvalidQueryError(message, str(target))
        return
    if Path.cwd().is_relative_to(target):
        message = f"{target} cannot be replaced while you are in it; go elsewhere first, or name another folder"
        raise InvalidQueryError(message, str(target))
    foreign = _foreign(target)
    if foreign is not None:
        message = f"{target} is no earlier export, for {foreign}; name a new folder, or remove that one"
        raise InvalidQueryError(message, str(target))


def _foreign(target: Path) -> str | None:
    """What tells a folder from an earlier export; ``None``: nothing, or it is empty."""
    found = set()
    for place, folders, names in os.walk(target):
        folders.sort()
        here = Path(place)
        leaves = [*names, *(name for name in folders if (here / name).is_symlink())]
        if not folders and not names and here != target:
            leaves = [""]
        for name in sorted(leaves):
            told = (here / name).relative_to(target).as_posix()
            found.add(_PARTITION.sub("", told))
            if not any(found <= form for form in _FORMS):
                return f"there is {told}"
    if not found or found in _FORMS:
        return None
    missing = min((form - found for form in _FORMS if found < form), key=len)
    return f"there is no {min(missing)}"
