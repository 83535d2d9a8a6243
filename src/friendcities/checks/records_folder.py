"""Finds the folder of records for a command."""

import os
import shlex
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from friendcities.codec.dataset_file import FORMAT_KEY
from friendcities.datasets.folder import SUPPORT_FILES, open_regular_file
from friendcities.errors import InvalidQueryError
from friendcities.model import RECORD_TYPES
from friendcities.model.record import short

PROJECT_DATA: Final = Path("src", "friendcities", "data")
"""The folder of records in a clone of the project."""


def find_project_data(start: Path | None = None) -> Path | None:
    """Return the folder of records in the clone around ``start``, or in an editable installation."""
    start = Path.cwd() if start is None else start.absolute()
    for folder in (start, *start.parents):
        if _is_folder(folder / PROJECT_DATA / "cities"):
            return folder / PROJECT_DATA
    installed = Path(__file__).parents[1] / "data"
    return installed if _is_folder(installed / "cities") else None


def is_project_data(root: Path) -> bool:
    """Whether a folder contains the records of this project."""
    resolved, project = resolve(root), find_project_data()
    is_named_so = resolved.parts[-len(PROJECT_DATA.parts) :] == PROJECT_DATA.parts
    return is_named_so or (project is not None and resolved == resolve(project))


def resolve(path: Path) -> Path:
    """Return an absolute path. Links to folders are resolved, but a link to a file is kept."""
    if _is_folder(path):
        return Path(os.path.realpath(path))
    return Path(os.path.realpath(path.parent), path.name)


def is_below_any(paths: Iterable[Path]) -> Callable[[Path], bool]:
    """Return a function that tests whether a path is in or below one of ``paths``."""
    places = {resolve(path) for path in paths}
    real_folder = cache(os.path.realpath)

    def is_below(path: Path) -> bool:
        folder = Path(real_folder(path.parent))
        return not places.isdisjoint((resolve(path), folder, *folder.parents))

    return is_below


def group_by_root(paths: Sequence[str | Path]) -> dict[Path, list[Path]]:
    """Group paths by their folder of records. Without paths, use the records of this project.

    Raises:
        InvalidQueryError: If a path does not exist or is a saved dataset, or if no path is given outside a clone.
    """
    if not paths:
        if (project := find_project_data()) is None:
            message = "no folder of records found; give the path of a folder, or change to a clone of the project"
            raise InvalidQueryError(message)
        return {_shorten(project): [_shorten(project)]}
    groups: dict[Path, list[Path]] = {}
    first_names: dict[Path, Path] = {}
    for path in map(Path, paths):
        if "\0" in str(path) or not os.path.lexists(path):
            message = f"there is no file or folder {short(str(path))}"
            raise InvalidQueryError(message, str(path))
        if _is_saved_dataset(path):
            quoted = shlex.quote(str(path))
            message = (
                f"{path} is a saved dataset, not a file of one record; friendcities validates a saved dataset when "
                f"it loads the file; to check the rules, write a folder of records, and check the folder: "
                f"friendcities merge {quoted} {quoted} -o FOLDER"
            )
            raise InvalidQueryError(message, str(path))
        root = _find_root(path)
        groups.setdefault(first_names.setdefault(resolve(root), root), []).append(path)
    return groups


def _is_saved_dataset(path: Path) -> bool:
    """Whether ``Dataset.save`` wrote the file; ``False`` if the file cannot be read."""
    if path.name in SUPPORT_FILES:
        return False
    beginning = f'{{"{FORMAT_KEY}":'.encode()
    try:
        with open_regular_file(path) as file:
            return file.read(len(beginning)) == beginning
    except OSError:
        return False


def _find_root(path: Path) -> Path:
    """Return the folder of records at, below or above a path."""
    if _is_folder(path / PROJECT_DATA / "cities"):
        return path / PROJECT_DATA
    if any(_is_folder(path / folder) for folder in RECORD_TYPES):
        return path
    resolved = resolve(path)
    folder = resolved if _is_folder(resolved) else resolved.parent
    if folder == resolved or path.name not in SUPPORT_FILES:
        for above in (folder, *folder.parents):
            if above.name in RECORD_TYPES:
                return _shorten(above.parent)
    return _shorten(folder)


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - pathlib raises an error without permission to enter the folder


def _shorten(path: Path) -> Path:
    here = Path(os.path.realpath(Path.cwd()))
    return path.relative_to(here) if path.is_relative_to(here) else path
