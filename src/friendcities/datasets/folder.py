"""Records laid out as a folder: one file each, as people edit them."""

import os
from collections.abc import Iterable
from pathlib import Path

from friendcities.datasets.redirects import FILE as REDIRECTS_FILE
from friendcities.datasets.redirects import Redirects, redirects_to_plain
from friendcities.datasets.storage import beside, path_of
from friendcities.errors import InvalidQueryError
from friendcities.model import AnyRecord

__all__ = ["lay_out"]


def lay_out(path: Path, records: Iterable[AnyRecord], redirects: Redirects) -> None:
    """Write a folder of record files, all or nothing: it takes its place only once it is whole.

    Args:
        path: Where the folder is to be; there must be nothing, or a folder with nothing in it.
        records: The records.
        redirects: The ids that moved.

    Raises:
        InvalidQueryError: If there is something at that place already.
        OSError: If it cannot be written; nothing is left behind then.
    """
    from friendcities.codec.writer import dumps, encode  # noqa: PLC0415 - only writing needs it

    path = Path(os.path.realpath(path))
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        message = f"{path} is there already, and is not an empty folder; name a new one"
        raise InvalidQueryError(message, str(path))
    files = {path_of(record): encode(record) for record in records}
    if moved := redirects_to_plain(redirects):
        files[REDIRECTS_FILE] = dumps(moved)
    with beside(path) as place:
        folder = place / path.name
        folder.mkdir()
        for name, text in files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        folder.replace(path)
