"""Detects the layout of a file, such as encoding, delimiter and heading row."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from attrs import evolve, frozen

from friendcities.datasets.folder import open_regular_file
from friendcities.errors import DataError
from friendcities.importers.detect_encoding import detect_encodings
from friendcities.importers.formats.tables import DELIMITERS, cell_texts, is_delimited, is_graph, open_file
from friendcities.importers.profile import CityColumns, Profile
from friendcities.model import Level

_MOST_BYTES: Final = 1 << 20
"""The maximum number of bytes that are examined to find the encoding."""
_MOST_EXAMINED: Final = 20
"""The maximum number of rows that are examined to find the heading."""
_MOST_ROWS: Final = 1000
_MOST_CELLS: Final = 100_000
"""The maximum number of cells that are examined to find what the columns contain."""
_MOST_CHARACTERS: Final = 500
"""The maximum number of characters of a cell that are examined."""
_NEUTRAL: Final = Profile(
    first=CityColumns("first", country_is="CH"), second=CityColumns("second", country_is="CH"), level=Level.MUNICIPALITY
)
"""A profile that can open any file. The column names in this profile are not used."""


@frozen
class FileLayout:
    """The detected layout of a file. A field that is ``None`` has the default for the file extension."""

    columns: tuple[str, ...]
    encoding: str | None = None
    delimiter: str | None = None
    heading: int = 1
    rows: tuple[Sequence[str], ...] = ()
    """The first rows below the heading."""
    unread_sheets: tuple[str, ...] = ()
    comment: str | None = None
    names: str | None = None
    """The name of the file with the names of the nodes, as in data of KONECT; ``None`` if there is no such file."""
    error: str | None = None
    """Why the first row that cannot be read is invalid; ``None`` if all rows can be read."""
    other_encodings: tuple[str, ...] = ()
    """The encodings that are equally plausible."""

    def cells_of(self, place: int) -> list[str]:
        """The non-blank cells of a column."""
        return [row[place] for row in self.rows if place < len(row) and row[place]]


class _FirstRows(NamedTuple):
    heading: list[str]
    rows: list[tuple[int, list[str]]]
    unread_sheets: tuple[str, ...]
    error: str | None


def examine_file(path: Path) -> FileLayout:
    """Detect the layout of a file.

    Raises:
        DataError: If the file cannot be read.
    """
    is_text = is_delimited(path)
    content = _read_start(path) if is_graph(path) or is_text else b""
    encoding, *others = detect_encodings(content) or [None]
    comment = "%" if content.startswith(b"%") and not content.startswith(b"%PDF") else None
    has_names = is_graph(path) or path.suffix.casefold() in {".parquet", ".pq"}
    profile = evolve(_NEUTRAL, encoding=encoding or _NEUTRAL.encoding, heading=1 if has_names else 0, comment=comment)
    tried: list[tuple[str | None, _FirstRows]] = []
    errors: list[DataError] = []
    for delimiter in (None, *DELIMITERS, *([] if comment is None else [" "])) if is_text or comment else (None,):
        try:
            tried.append((delimiter, _read_first_rows(path, evolve(profile, delimiter=delimiter))))
        except DataError as error:  # the quotation marks may not fit this delimiter
            errors.append(error)
    if not tried:
        raise errors[0]
    delimiter, (heading, rows, sheets, unread) = max(tried, key=lambda each: _rate_rows(each[1].rows[:_MOST_EXAMINED]))
    names = next((each.name for each in sorted(path.parent.glob("ent.*name*"))), None) if comment is not None else None
    layout = FileLayout((), encoding, delimiter, unread_sheets=sheets, comment=comment, names=names, error=unread)
    layout = evolve(layout, other_encodings=tuple(filter(None, others)))
    if has_names:
        return evolve(layout, columns=tuple(heading), rows=tuple(cells for _, cells in rows))
    # the heading has more than half as many texts as the fullest row
    texts = [sum(map(bool, row)) for _, row in rows[:_MOST_EXAMINED]]
    place = next((place for place, number in enumerate(texts) if 2 * number > max(texts)), 0)
    number, columns = rows[place] if rows else (1, [])
    below = tuple(cells for _, cells in rows[place + 1 :] if cells != columns)
    return evolve(layout, columns=tuple(columns), heading=number, rows=below)


def _read_first_rows(path: Path, profile: Profile) -> _FirstRows:
    with open_file(path, profile) as opened:
        found = []
        errors = []
        most = min(_MOST_ROWS, 1 + _MOST_CELLS // max(1, len(opened.heading)))
        for number, cells, unreadable in islice(opened.rows, most):
            values = [cells.get(name, "") for name in opened.heading] if isinstance(cells, Mapping) else cells
            texts, error = cell_texts(values, unreadable)
            if error is None:
                found.append((number, [text[:_MOST_CHARACTERS].strip() for text in texts]))
            else:
                errors.append(error)
        return _FirstRows(opened.heading, found, opened.unread_sheets, next(iter(errors), None))


def _rate_rows(rows: Sequence[tuple[int, Sequence[str]]]) -> tuple[bool, int, int]:
    widths = Counter(len(row) for _, row in rows if any(row))
    width, count = max(widths.items(), key=lambda each: (each[0] > 1, each[1], each[0]), default=(0, 0))
    return width > 1, count, width


def _read_start(path: Path) -> bytes:
    with suppress(OSError), open_regular_file(path) as file:  # the reader of the file reports the error
        return file.read(_MOST_BYTES)
    return b""
