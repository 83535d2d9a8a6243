"""Where a command writes: never over what it reads, and over what is there only if that is said."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from friendcities.datasets.storage import replace_file
from friendcities.errors import InvalidQueryError

__all__ = ["check_places", "written_first"]


def check_places(reads: Iterable[str | Path | None], writes: Mapping[str, Path | None], *, force: bool) -> None:
    """Refuse to write where something is that is not to be lost.

    Args:
        reads: The files and folders that the command reads; what is no path of one does not matter.
        writes: The file that each option says to write.
        force: Whether a file that is there may be replaced; one that is read may not, and no place is written twice.

    Raises:
        InvalidQueryError: If a file would be lost.
    """
    read = {Path(each).resolve() for each in reads if each is not None}
    taken: dict[Path, str] = {}
    for option, path in writes.items():
        if path is None:
            continue
        place = path.resolve()
        if place in read:
            message = f"{path} is read here, so {option} cannot replace it; name another file"
            raise InvalidQueryError(message, str(path))
        other = next((taken[each] for each in (place, *place.parents) if each in taken), None)
        if other is not None:
            message = f"{path} is where {other} writes, so {option} cannot write there too; name another file"
            raise InvalidQueryError(message, str(path))
        if path.is_dir():
            message = f"{path} is a folder, and {option} writes a file; name the file"
            raise InvalidQueryError(message, str(path))
        if path.exists() and not force:
            message = f"{path} is there already; name another file, or replace it with --force"
            raise InvalidQueryError(message, str(path))
        taken[place] = option


@contextmanager
def written_first(path: Path, data: bytes) -> Iterator[None]:
    """Write a file before something else is written; if that fails, the place of the file is as it was."""
    before = path.read_bytes() if path.exists() else None
    replace_file(path, data)
    try:
        yield
    except BaseException:
        if before is None:
            path.unlink()
        else:
            replace_file(path, before)
        raise
