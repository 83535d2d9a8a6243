"""Formats tables as aligned lines that fit the terminal. A wide row continues on an indented line."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final
from unicodedata import category, east_asian_width

from attrs import frozen

_GAP: Final = "  "
_INDENT: Final = "  "
_CUT_TO: Final = 24
"""The minimum width of a cut cell. If cells would be narrower, columns move to the next line."""
_MAX_FOLDS: Final = 3
"""The maximum number of lines of a wrapped cell. If cells would be longer, columns move to the next line."""
_ELLIPSIS: Final = "…"

Line = Sequence[tuple[str, str]]
"""The texts of a line, padded to the widths of their columns, each with the full text of the cell."""


@frozen
class TableLayout:
    """The widths of a table's columns, and the columns of each line."""

    groups: Sequence[Sequence[int]]
    """The columns of each line of a row, by index."""
    widths: Sequence[int]
    cuts: Sequence[bool]
    """For each column, whether its cells are cut. Other cells are wrapped."""
    numbers: Sequence[bool]
    """For each column, whether all cells are numbers. Numbers are aligned to the right."""

    def lines_of(self, row: Sequence[str]) -> Iterator[Line]:
        """Yield the lines of a row, or of the headings."""
        for group in self.groups:
            if group is not self.groups[0] and not any(row[at] for at in group):
                continue
            folded = [self._fold(row[at], at) for at in group]
            for texts in zip_longest(*folded, fillvalue=""):
                line = [(self._pad(text, at) + _GAP, row[at]) for text, at in zip(texts, group, strict=True)]
                yield line if group is self.groups[0] else [(_INDENT, ""), *line]

    def _fold(self, text: str, at: int) -> list[str]:
        return [cut_middle(text, self.widths[at])] if self.cuts[at] else fold_text(text, self.widths[at])

    def _pad(self, text: str, at: int) -> str:
        space = " " * (self.widths[at] - text_width(text))
        return space + text if self.numbers[at] else text + space


def fit_table(columns: Sequence[str], rows: Sequence[Sequence[str]], cuttable: Sequence[str], room: int) -> TableLayout:
    """Return a layout of a table that fits into a width.

    Headings stay on one line if possible. Cells in the columns ``cuttable`` are cut in the middle. Other cells are
    wrapped between words. A column that is too narrow for a word moves to the next line.
    """
    cells = list(zip(columns, *rows, strict=True))
    cuts = [name in cuttable for name in columns]
    full = [max(map(text_width, column)) for column in cells]
    least = [
        min(width, _CUT_TO) if cut else max(text_width(column[0]), *map(_longest_word, column), width // _MAX_FOLDS)
        for width, cut, column in zip(full, cuts, cells, strict=True)
    ]
    groups = list(_split_columns(least, room))
    widths: list[int] = []
    for group in groups:
        free = room - len(_GAP) * (len(group) - 1) - (len(_INDENT) if widths else 0)
        span = slice(group[0], group[-1] + 1)
        widths += fit_widths(free, full[span], least[span], cuts[span])
    numbers = [all(cell.replace(",", "").isdecimal() for cell in column[1:]) for column in cells]
    return TableLayout(groups, widths, cuts, numbers)


def table_lines(
    columns: Sequence[str], rows: Sequence[Sequence[str]], cuttable: Sequence[str], room: int
) -> tuple[list[Line], list[Line]]:
    """Return the lines of a table that fits into a width."""
    layout = fit_table(columns, rows, cuttable, room)
    headings, lines = [*layout.lines_of(columns)], [line for row in rows for line in layout.lines_of(row)]
    width = max(text_width(text_of(line)) for line in (*headings, *lines))
    return [*headings, [("-" * width, "")]], lines


def text_of(line: Line) -> str:
    """Return the text of a line."""
    return "".join(text for text, _ in line).rstrip()


def _split_columns(least: Sequence[int], room: int) -> Iterator[list[int]]:
    """Yield groups of columns that fit on one line at their minimum widths."""
    group, used = [0], least[0]
    for at in range(1, len(least)):
        used += len(_GAP) + least[at]
        if used > room:
            yield group
            group, used = [], len(_INDENT) + least[at]
        group.append(at)
    yield group


def fit_widths(room: int, full: Sequence[int], least: Sequence[int], cuts: Sequence[bool]) -> list[int]:
    """Return widths of columns that fit on one line.

    Columns with cuttable cells become narrower first. The widest column is always narrowed first.

    Example:
        >>> fit_widths(30, [10, 10, 40], [5, 5, 16], [False, False, True])
        [7, 7, 16]
    """
    widths = list(full)
    cut_first = [low if cut else width for low, width, cut in zip(least, full, cuts, strict=True)]
    for floor in (cut_first, least, [1] * len(full)):
        while sum(widths) > room:
            pairs = enumerate(zip(widths, floor, strict=True))
            spare, at = max((width if width > low else 0, at) for at, (width, low) in pairs)
            if not spare:
                break
            widths[at] -= 1
    return widths


def cut_middle(text: str, width: int) -> str:
    """Cut the middle of a text. A number at the end ("and 6 more") becomes "+6".

    Example:
        >>> cut_middle("Office of the municipal government and 6 more", 24)
        'Office of…government +6'
    """
    if text_width(text) <= width:
        return text
    head, _, others = text.removesuffix(" more").rpartition(" and ")
    tail = f" +{others}" if head and others.isdecimal() else ""
    head = head if tail else text
    room = width - len(tail)
    if text_width(head) <= room:
        return head + tail
    end = _first_letters(head[::-1], (room - 1) // 2)[::-1]
    start = _first_letters(head, room - 1 - text_width(end))
    return f"{start.rstrip()}{_ELLIPSIS}{end.lstrip()}{tail}"


def fold_text(text: str, width: int) -> list[str]:
    """Wrap a text into lines between words. A word that is longer than a line is broken.

    Example:
        >>> fold_text("Arrondissement No. 5 of Bobo-Dioulasso", 20)
        ['Arrondissement No. 5', 'of Bobo-Dioulasso']
    """
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".lstrip()
        if text_width(joined) <= width:
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        rest = word
        while text_width(rest) > width:
            lines[-1] = _first_letters(rest, width) or rest[0]
            rest = rest[len(lines[-1]) :]
            lines.append("")
        lines[-1] = rest
    return lines if lines[-1] or len(lines) == 1 else lines[:-1]


def text_width(text: str) -> int:
    """Return the width of a text in terminal columns. East Asian letters need two columns; combining marks need none.

    Example:
        >>> text_width("Ōsaka"), text_width("上海")
        (5, 4)
    """
    return len(text) if text.isascii() else sum(map(_letter_width, text))


def _letter_width(letter: str) -> int:
    if category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if east_asian_width(letter) in "WF" else 1


def _first_letters(text: str, width: int) -> str:
    """Return the longest beginning of a text that fits into a width."""
    end = used = 0
    for letter in text:
        used += _letter_width(letter)
        if used > width:
            break
        end += 1
    return text[:end]


def _longest_word(text: str) -> int:
    return max(map(text_width, text.split()), default=0)
