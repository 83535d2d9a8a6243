"""Where the records are that a command looks at: the tree of the project, a folder of one's own, or single files."""

import os
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from friendcities.datasets.tree import BESIDE
from friendcities.errors import InvalidQueryError
from friendcities.model import RECORD_TYPES
from friendcities.model.record import short

__all__ = ["authored_tree", "by_root", "covers", "resolved", "stands_alone"]

TREE: Final = Path("src", "friendcities", "data")
"""Where the project keeps its records."""


def authored_tree(start: Path | None = None) -> Path | None:
    """The folder of records that people edit: that of the clone we stand in, or of an installation made for editing it.

    Args:
        start: Where we stand; the working directory, where none is given.
    """
    start = Path.cwd() if start is None else start.absolute()
    for folder in (start, *start.parents):
        if _is_folder(folder / TREE / "cities"):
            return folder / TREE
    installed = Path(__file__).parents[1] / "data"
    return installed if _is_folder(installed / "cities") else None


def stands_alone(root: Path) -> bool:
    """Whether a folder is the tree of the project, which is complete; any other is laid over the bundled data."""
    whole, tree = resolved(root), authored_tree()
    return whole.parts[-len(TREE.parts) :] == TREE.parts or (tree is not None and whole == resolved(tree))


def resolved(path: Path) -> Path:
    """Where a path leads, by whatever way it was named; a link to a file stays the link that it is."""
    if _is_folder(path):
        return Path(os.path.realpath(path))
    return Path(os.path.realpath(path.parent), path.name)


def covers(path: Path) -> Callable[[Path], bool]:
    """Whether another path is this one, or lies in it, by whatever way either was named."""
    place = resolved(path)
    where = cache(os.path.realpath)

    def is_covered(other: Path) -> bool:
        if resolved(other) == place:
            return True
        folder = Path(where(other.parent))
        return place == folder or place in folder.parents

    return is_covered


def by_root(paths: Sequence[str | Path]) -> dict[Path, list[Path]]:
    """The folders of records in which some paths lie, each with those paths; without a path, the project's tree.

    Raises:
        InvalidQueryError: If there is nothing at a path, or no tree to take without one.

    Example:
        >>> by_root(["no/such/place"])
        Traceback (most recent call last):
        friendcities.errors.InvalidQueryError: there is no file or folder 'no/such/place'
    """
    if not paths:
        tree = authored_tree()
        if tree is None:
            message = "there is no folder of records here; name one, or stand in a clone of the project"
            raise InvalidQueryError(message)
        return {_shown(tree): [_shown(tree)]}
    found: dict[Path, list[Path]] = {}
    names: dict[Path, Path] = {}
    for each in map(Path, paths):
        if "\0" in str(each) or not os.path.lexists(each):
            message = f"there is no file or folder {short(str(each))}"
            raise InvalidQueryError(message, str(each))
        root = _root(each)
        found.setdefault(names.setdefault(resolved(root), root), []).append(each)
    return found


def _root(path: Path) -> Path:
    """The folder of records that a path is, holds or lies in."""
    if _is_folder(path / TREE / "cities"):
        return path / TREE
    if any(_is_folder(path / folder) for folder in RECORD_TYPES):
        return path
    whole = resolved(path)
    inside = whole if _is_folder(whole) else whole.parent
    if inside != whole and path.name in BESIDE:
        return _shown(inside)
    for folder in (inside, *inside.parents):
        if folder.name in RECORD_TYPES:
            return _shown(folder.parent)
    return _shown(inside)


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - pathlib's raises where a folder may not be entered


def _shown(path: Path) -> Path:
    """A path as a person would write it: from the working directory, where it lies below it."""
    here = Path(os.path.realpath(Path.cwd()))
    return path.relative_to(here) if path.is_relative_to(here) else path
