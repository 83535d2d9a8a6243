"""Prints lines of a table with bold headings and links, if the terminal supports them."""

from collections.abc import Sequence
from typing import Final

from rich.console import Console  # this module is imported only with the extra and in a terminal
from rich.style import Style
from rich.text import Text

from friendcities.cli.table_layout import Line, text_of

_ADDRESS: Final = ("http://", "https://")


def print_rich_lines(headings: Sequence[Line], lines: Sequence[Line]) -> None:
    """Print the headings and the rows of a table. A web address is a link, even if its text is cut."""
    console = Console(soft_wrap=True)
    for line in headings:
        console.print(Text(text_of(line), "bold"))
    for line in lines:
        text = Text.assemble(*((text, Style(link=cell if cell.startswith(_ADDRESS) else None)) for text, cell in line))
        text.rstrip()
        console.print(text)
