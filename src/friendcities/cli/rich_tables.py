"""Tables that fit the terminal: one line a row as long as that can be, and no word broken without need."""

from collections.abc import Sequence
from typing import Final

from rich import box  # this module is imported only where there is a terminal, and the extra
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

_GAP: Final = 2  # between two columns
_CUT_TO: Final = 16  # the width to which a cell is cut before others are folded
_CUT_AT_WORST: Final = 12  # the width to which it is cut before words are broken
_LONGEST_WORD: Final = 32  # the longest that a column makes room for


def print_rich(columns: Sequence[str], rows: Sequence[Sequence[str]], cuttable: Sequence[str]) -> None:
    """Print rows as a table that fits the terminal, for which the cells of some columns may be cut."""
    console = Console()
    cells = list(zip(*rows, strict=True))
    full = [max(map(cell_len, (name, *column))) for name, column in zip(columns, cells, strict=True)]
    least = [
        min(width, _CUT_TO) if name in cuttable else max(map(_longest_word, (name, *column)))
        for name, width, column in zip(columns, full, cells, strict=True)
    ]
    may_cut = [name in cuttable for name in columns]
    widths = widths_within(console.width - _GAP * (len(columns) - 1), full, least, may_cut)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for name, column, width in zip(columns, cells, widths, strict=True):
        numbers = all(cell.replace(",", "").isdecimal() for cell in column)
        table.add_column(name, width=width, overflow="fold", justify="right" if numbers else "left")
    for row in rows:
        fitted = zip(row, widths, may_cut, strict=True)
        table.add_row(*(_linked(cell, width) if cuts else Text(cell) for cell, width, cuts in fitted))
    console.print(table)


def widths_within(room: int, full: Sequence[int], least: Sequence[int], may_cut: Sequence[bool]) -> list[int]:
    """The widths of columns that fit: first those that may be cut are narrowed, then those that fold, then any.

    Nothing is cut or folded at the widths ``full``; to those of ``least``, columns are narrowed before the next resort.
    The widest is narrowed first.

    Example:
        >>> widths_within(30, [10, 10, 40], [5, 5, 16], [False, False, True])
        [7, 7, 16]
    """
    widths = list(full)
    floors = [
        [low if cuts else width for low, width, cuts in zip(least, full, may_cut, strict=True)],
        least,
        [min(low, _CUT_AT_WORST) if cuts else low for low, cuts in zip(least, may_cut, strict=True)],
        [1] * len(full),
    ]
    for floor in floors:
        while sum(widths) > room:
            pairs = enumerate(zip(widths, floor, strict=True))
            spare, index = max((width if width > low else 0, at) for at, (width, low) in pairs)
            if not spare:
                break
            widths[index] -= 1
    return widths


def cut(text: str, width: int) -> str:
    """A text cut to a width in cells; a count at its end ("and 6 more") stays, as "+6".

    Example:
        >>> cut("shanghai-fao-2012-09-24 and 6 more", 16), cut("shanghai-fao-2012-09-24 and 6 more", 40)
        ('shanghai-fao… +6', 'shanghai-fao-2012-09-24 and 6 more')
    """
    if cell_len(text) <= width:
        return text
    head, _, others = text.removesuffix(" more").partition(" and ")
    tail = f" +{others}" if others.isdecimal() else ""
    if not tail:
        head = text
    if cell_len(head) + len(tail) <= width:
        return head + tail
    return set_cell_size(head, max(width - len(tail) - 1, 0)).rstrip() + "…" + tail


def _linked(text: str, width: int) -> Text:
    """A text cut to a width; if it is an address, a link to it where the terminal knows links."""
    if not text.startswith(("http://", "https://")):
        return Text(cut(text, width))
    shown = text if cell_len(text) <= width else cut(text.partition("://")[2], width)
    return Text(shown, style=Style(link=text))


def _longest_word(text: str) -> int:
    return min(max(map(cell_len, text.split()), default=0), _LONGEST_WORD)
