"""Where the records are that a command looks at: the tree of the project, a folder of one's own, or single files."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from friendcities.collection.tree import BESIDE
from friendcities.errors import InvalidQueryError
from friendcities.model import RECORD_TYPES

__all__ = ["authored_tree", "by_root", "stands_alone"]

TREE: Final = Path("src", "friendcities", "data")
"""Where the project keeps its records."""


def authored_tree(start: Path | None = None) -> Path | None:
    """The folder of records that people edit: that of the clone we stand in, or of an installation made for editing it.

    Args:
        start: Where we stand; the working directory, where none is given.
    """
    start = Path.cwd() if start is None else start.absolute()
    for folder in (start, *start.parents):
        if (folder / TREE / "cities").is_dir():
            return folder / TREE
    installed = Path(__file__).parents[1] / "data"
    return installed if (installed / "cities").is_dir() else None


def stands_alone(root: Path) -> bool:
    """Whether a folder is the tree of the project, which is complete; any other is laid over the bundled data."""
    return root.absolute().parts[-len(TREE.parts) :] == TREE.parts or root == authored_tree()


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
    for each in map(Path, paths):
        if not _exists(each):
            message = f"there is no file or folder {str(each)!r}"
            raise InvalidQueryError(message, str(each))
        root = _root(each)
        found.setdefault(root, []).append(each)
    return found


def _exists(path: Path) -> bool:
    try:
        return path.exists() or path.is_symlink()
    except (OSError, ValueError):  # a name that the system does not take
        return False


def _root(path: Path) -> Path:
    """The folder of records that a path is, holds or lies in."""
    if path.is_dir() and (path / TREE / "cities").is_dir():
        return path / TREE
    if path.is_dir() and any((path / folder).is_dir() for folder in RECORD_TYPES):
        return path
    whole = path.absolute()
    inside = whole if path.is_dir() else whole.parent
    if not path.is_dir() and path.name in BESIDE:
        return _shown(inside)
    for folder in (inside, *inside.parents):
        if folder.name in RECORD_TYPES:
            return _shown(folder.parent)
    return _shown(inside)


def _shown(path: Path) -> Path:
    """A path as a person would write it: from the working directory, where it lies below it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
