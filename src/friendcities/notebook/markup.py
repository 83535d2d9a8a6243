"""HTML for notebooks, made as a tree: what stands in it as text is shown as text, whatever it looks like.

It has no script, no style sheet, no id and no colour, and fetches nothing: it has to fit into pages that others made,
light and dark ones.
"""

from collections.abc import Iterable, Sequence
from typing import Final
from xml.etree.ElementTree import Element, tostring

__all__ = ["Content", "Element", "alone", "element", "items", "lines", "table", "unbroken"]

Content = str | Element
"""What stands in an element: words of ours, or another element."""

_CELL: Final = "text-align:left;vertical-align:top;padding:.3em .6em"
"""Notebooks put what stands in a cell to the right, which suits numbers alone; some leave no room between cells."""
_CAPTION: Final = "text-align:left;caption-side:top"
_UNBROKEN: Final = "white-space:nowrap"
_LIST: Final = "margin:0;padding-inline-start:1.2em"


def element(tag: str, *content: Content, **attributes: str) -> Element:
    """An element with what stands in it.

    Example:
        >>> tostring(element("b", "<i>", element("br"), "&"), encoding="unicode", method="html")
        '<b>&lt;i&gt;<br>&amp;</b>'
    """
    made = Element(tag, attributes)
    for each in content:
        if not isinstance(each, str):
            made.append(each)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + each
        else:
            made.text = (made.text or "") + each
    return made


def alone(text: str, language: str | None = None) -> Element:
    """Text of a record, whose direction is its own and turns nothing beside it.

    Args:
        text: The text.
        language: The tag of its language, where that is known.
    """
    return element("bdi", text, **({} if language is None else {"lang": language}))


def unbroken(text: str) -> Element:
    """Text that stays on one line, such as a date."""
    return element("bdi", text, style=_UNBROKEN)


def items(each: Iterable[Content]) -> Content:
    """A list; one thing alone stands as it is."""
    every = list(each)
    return every[0] if len(every) == 1 else element("ul", *(element("li", one) for one in every), style=_LIST)


def lines(each: Sequence[Content]) -> Element:
    """One thing below the other, without points in front."""
    broken: list[Content] = []
    for one in each:
        broken += [element("br"), one] if broken else [one]
    return element("span", *broken)


def table(caption: Content, columns: Sequence[str], rows: Iterable[Sequence[Content]], foot: str = "") -> str:
    """A table, as HTML.

    Args:
        caption: What it is a table of.
        columns: The headings; where there are none, the first cell of each row is its heading.
        rows: The cells; text in them is text of records.
        foot: Words of ours for the last line.
    """
    made = element("table", element("caption", caption, style=_CAPTION))
    if columns:
        heads = [element("th", name, scope="col", style=f"{_CELL};{_UNBROKEN}") for name in columns]
        made.append(element("thead", element("tr", *heads)))
    made.append(element("tbody", *map(_row, rows)))
    if foot:
        width = max(len(columns), 1)
        made.append(element("tfoot", element("tr", element("td", foot, colspan=str(width), style=_CELL))))
    return tostring(made, encoding="unicode", method="html")


def _row(cells: Sequence[Content]) -> Element:
    first, *others = (alone(cell) if isinstance(cell, str) else cell for cell in cells)
    head = element("th", first, scope="row", style=_CELL)
    return element("tr", head, *(element("td", cell, style=_CELL) for cell in others))
