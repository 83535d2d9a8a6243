"""Reads CSV, TSV and edge lists. A stray quotation mark invalidates only its own row."""

import csv
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Final, TextIO

from friendcities.limits import ROW_CHARACTERS, ROW_LINES
from friendcities.model.record import short

_TOO_LONG: Final = f"the line has more than {ROW_CHARACTERS:,} characters"
_UNCLOSED: Final = "a quotation mark is not closed"


def read_delimited(
    text: TextIO, delimiter: str, heading: int = 1, comment: str | None = None
) -> Iterator[tuple[int, list[str], str | None]]:
    """For each row of a table (RFC 4180), yield its number, its cells, and an error or ``None``.

    Comment lines are skipped, but numbered. A row over several lines must have as many cells as the heading. Open the
    text with ``newline=""``.
    """
    lines = _Lines(text)
    width: int | None = None
    for number, line in enumerate(lines, start=1):
        if comment and line.startswith(comment):
            continue
        cells, error = _read_row(line, lines, delimiter, width)
        yield number, cells, error
        if width is None and number >= heading and error is None:
            width = len(cells)


def _read_row(line: str, lines: "_Lines", delimiter: str, width: int | None) -> tuple[list[str], str | None]:
    if len(line) > ROW_CHARACTERS:
        return [], f"{_TOO_LONG}: {short(line)}"
    used = [line]
    try:
        cells = next(csv.reader(_collect_lines(used, lines), delimiter=delimiter, strict=True))
    except csv.Error as error:
        lines.put_back(used[1:])
        return [], f"{error}: {short(line.strip())}"
    if len(used) > 1 and width is not None and len(cells) != width:
        lines.put_back(used[1:])
        return [], f"{_UNCLOSED} at the end of the row: {short(line.strip())}"
    if any("\0" in each for each in used):
        return [], f"it contains a NUL byte: {short(line.strip())}"
    return cells, None


def _collect_lines(used: list[str], lines: "_Lines") -> Iterator[str]:
    yield used[0]
    size = len(used[0])
    for line in lines:
        used.append(line)
        size += len(line)
        if size > ROW_CHARACTERS or len(used) > ROW_LINES:
            raise csv.Error(_UNCLOSED)
        yield line


class _Lines:
    """The lines of a text. Long lines are cut just above the maximum length."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._again: deque[str] = deque()

    def __iter__(self) -> Iterator[str]:
        while line := self._again.popleft() if self._again else self._text.readline(ROW_CHARACTERS + 1):
            part = line
            while len(part) > ROW_CHARACTERS and not part.endswith(("\n", "\r")):
                part = self._text.readline(ROW_CHARACTERS + 1)
            yield line

    def put_back(self, lines: list[str]) -> None:
        self._again.extendleft(reversed(lines))


def read_edge_list(
    text: TextIO, delimiter: str, comment: str | None = None
) -> Iterator[tuple[int, Mapping[str, str], str | None]]:
    """Read an edge list. For each line, yield the number, the cells by column, and an error or ``None``.

    The columns are named ``first``, ``second``, ``3``, ``4`` and so on.
    """
    for number, line in enumerate(text, start=1):
        cells = line.rstrip("\r\n").split(delimiter)
        if comment and line.startswith(comment):
            continue
        if not line.strip():
            yield number, {}, None
        elif len(line) > ROW_CHARACTERS:
            yield number, {}, _TOO_LONG
        elif len(cells) == 1:
            yield number, {}, f"the line needs two names with {delimiter!r} between them: {short(line.strip())}"
        else:
            columns = ("first", "second", *map(str, range(3, len(cells) + 1)))
            yield number, dict(zip(columns, cells, strict=True)), None
