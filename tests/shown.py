"""HTML as a browser takes it apart: its elements, and its text with what it stands in."""

from html.parser import HTMLParser
from typing import Final

from attrs import define, field

__all__ = ["Shown", "shown"]

_VOID: Final = {"br"}


@define(slots=False)
class Shown(HTMLParser):
    """What is in a piece of HTML."""

    elements: list[tuple[str, dict[str, str | None]]] = field(factory=list)
    """Each element with its attributes, in order."""
    cells: list[list[str]] = field(factory=list)
    """The text of the cells, row by row."""
    pieces: list[tuple[str, tuple[str, ...]]] = field(factory=list)
    """Each piece of text with the elements that it stands in."""
    open: list[str] = field(factory=list)
    """The elements that were begun and not ended."""

    def __attrs_pre_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.elements.append((tag, dict(attrs)))
        if tag == "tr":
            self.cells.append([])
        if tag in {"th", "td"}:
            self.cells[-1].append("")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and it is the one that began last."""
        assert tag == self.open.pop()

    def handle_data(self, data: str) -> None:
        """Text."""
        self.pieces.append((data, tuple(self.open)))
        if {"th", "td"} & set(self.open):
            self.cells[-1][-1] += data

    @property
    def text(self) -> str:
        """All of its text."""
        return "".join(data for data, _ in self.pieces)

    @property
    def caption(self) -> str:
        """The text of its caption."""
        return "".join(data for data, within in self.pieces if "caption" in within)


def shown(record: object) -> Shown:
    """What a notebook shows of something, which has to be HTML."""
    html = record._repr_html_()  # type: ignore[attr-defined]
    made = Shown()
    made.feed(html)
    made.close()
    assert not made.open
    return made
