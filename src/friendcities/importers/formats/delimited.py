"""Values separated by commas or tabs, so that no quotation mark and no long line swallows the rows behind it."""

import csv
from collections import deque
from collections.abc import Iterator
from typing import Final, TextIO

from friendcities.model.record import short

__all__ = ["separated_rows"]

_LONGEST: Final = 1 << 17
"""The longest row that is read, in characters: none of a table of cities comes near it."""
_MOST_LINES: Final = 100
"""How many lines the cells of one row may take up together."""
_NO_END: Final = "a quotation mark opens a cell that does not end"


def separated_rows(text: TextIO, delimiter: str, heading: int = 1) -> Iterator[tuple[int, list[str] | str]]:
    """The rows of a table by RFC 4180, the heading too: each with its number, and its cells or why it has none.

    A row that cannot be read is one line, and the next line is a row again: so a quotation mark too many costs one row.
    A row of several lines is one only if it has as many cells as the heading.

    Args:
        text: The file, opened without translation of line ends.
        delimiter: What stands between two cells.
        heading: The number of the row with the names of the columns.
    """
    lines = _Lines(text)
    width: int | None = None
    for number, first in enumerate(iter(lines.next, None), start=1):
        row = _row(first, lines, delimiter, width)
        yield number, row
        if width is None and number >= heading and not isinstance(row, str):
            width = len(row)


def _row(first: str, lines: "_Lines", delimiter: str, width: int | None) -> list[str] | str:
    if len(first) > _LONGEST:
        return f"it is a line of more than {_LONGEST:,} characters: {short(first)}"
    taken = [first]
    try:
        row = next(csv.reader(_taking(taken, lines), delimiter=delimiter, strict=True))
    except csv.Error as error:
        lines.put_back(taken[1:])
        return f"{error}: {short(first.strip())}"
    if len(taken) > 1 and width is not None and len(row) != width:
        lines.put_back(taken[1:])
        return f"{_NO_END} where the row does: {short(first.strip())}"
    return row


def _taking(taken: list[str], lines: "_Lines") -> Iterator[str]:
    """The first line, and those behind it for as long as the reader asks for more."""
    yield taken[0]
    size = len(taken[0])
    while (line := lines.next()) is not None:
        taken.append(line)
        size += len(line)
        if size > _LONGEST or len(taken) > _MOST_LINES:
            raise csv.Error(_NO_END)
        yield line


class _Lines:
    """The lines of a text; of one that is too long the beginning, which is too long as well."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._again: deque[str] = deque()

    def next(self) -> str | None:
        """The next line, or ``None`` at the end."""
        if self._again:
            return self._again.popleft()
        line = self._text.readline(_LONGEST + 1)
        part = line
        while len(part) > _LONGEST and not part.endswith(("\n", "\r")):
            part = self._text.readline(_LONGEST + 1)
        return line or None

    def put_back(self, lines: list[str]) -> None:
        """Let lines come again."""
        self._again.extendleft(reversed(lines))
