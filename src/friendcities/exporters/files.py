"""Files and folders that exports leave behind: whole, or not at all."""

import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from friendcities.collection.storage import replace_file
from friendcities.errors import InvalidQueryError
from friendcities.exporters.tables import SHAPES
from friendcities.model.record import short

__all__ = ["checked_path", "write_file", "write_folder"]

_OURS: Final = re.compile(
    rf"(?:({'|'.join(SHAPES)})\.(csv|parquet)|part-0\.parquet|datapackage\.json|friendcities\.json)"
)
"""The names of the files that exports put into folders."""


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

    An earlier export at that place is replaced. A folder with anything else in it is left alone.

    Args:
        path: The folder.
        files: What is in each file, by its path in the folder.

    Raises:
        InvalidQueryError: If this is no path, or there is something that is no earlier export.
        OSError: If it cannot be written; what was there before is then as it was.
    """
    target = Path(os.path.realpath(checked_path(path)))
    foreign = _foreign(target)
    if foreign is not None:
        message = f"{target} is no earlier export, for there is {foreign}; name a new folder, or remove that"
        raise InvalidQueryError(message, path)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".new-", ignore_cleanup_errors=True) as folder:
        new, old = Path(folder, "new"), Path(folder, "old")
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
        target.rename(old)
        try:
            new.rename(target)
        except OSError:
            old.rename(target)
            raise


def _foreign(target: Path) -> str | None:
    """What there is at a place that no export left behind: the first of it."""
    if not target.is_dir():
        return "a file of that name" if target.exists() else None
    for place, folders, names in os.walk(target):
        folders.sort()
        for name in sorted(names):
            if not _OURS.fullmatch(name):
                return str(Path(place, name).relative_to(target))
    return None
