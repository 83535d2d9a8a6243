"""Builds HTML tables for notebooks. The text of records is escaped.

The HTML contains no script, style sheet, id, colour or external resource. Therefore, a table fits into any page.
"""

from collections.abc import Iterable, Sequence
from typing import Final
from xml.etree.ElementTree import Element, tostring

Content = str | Element
"""The content of an element: text, or another element."""

_CELL_STYLE: Final = "text-align:left;vertical-align:top;padding:.3em .6em"
"""The style of a cell. Notebooks align cells to the right by default."""
_CAPTION_STYLE: Final = "text-align:left;caption-side:top"
_UNBROKEN_STYLE: Final = "white-space:nowrap"
_LIST_STYLE: Final = "margin:0;padding-inline-start:1.2em"


def element(tag: str, *content: Content, **attributes: str) -> Element:
    """Return an HTML element with its content, as text.

    Example:
        >>> tostring(element("b", "<i>", element("br"), "&"), encoding="unicode", method="html")
        '<b>&lt;i&gt;<br>&amp;</b>'
    """
    made = Element(tag, attributes)
    for part in content:
        if not isinstance(part, str):
            made.append(part)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + part
        else:
            made.text = (made.text or "") + part
    return made


def isolated_text(text: str, language: str | None = None) -> Element:
    """Return an element for text whose writing direction does not affect the surrounding text."""
    return element("bdi", text, **({} if language is None else {"lang": language}))


def unbroken_text(text: str) -> Element:
    """Return an element for text that stays on one line, such as a date."""
    return element("bdi", text, style=_UNBROKEN_STYLE)


def html_list(items: Iterable[Content]) -> Content:
    """Return a list of items. For a single item, return only the item."""
    every = list(items)
    return every[0] if len(every) == 1 else element("ul", *(element("li", item) for item in every), style=_LIST_STYLE)


def joined(items: Iterable[Content], separator: str = ", ") -> Element:
    """Join items with a separator. A newline as separator becomes a line break."""
    parts = [part for item in items for part in (item, element("br") if separator == "\n" else separator)]
    return element("span", *parts[:-1])


def html_table(caption: Content, columns: Sequence[str], rows: Iterable[Sequence[Content]], foot: str = "") -> str:
    """Return a table as HTML. If ``columns`` is empty, the first cell of each row is a heading."""
    table = element("table", element("caption", caption, style=_CAPTION_STYLE))
    if columns:
        style = f"{_CELL_STYLE};{_UNBROKEN_STYLE}"
        headings = [element("th", name, scope="col", style=style) for name in columns]
        table.append(element("thead", element("tr", *headings)))
    table.append(element("tbody", *map(_html_row, rows)))
    if foot:
        cell = element("td", foot, colspan=str(max(len(columns), 1)), style=_CELL_STYLE)
        table.append(element("tfoot", element("tr", cell)))
    return tostring(table, encoding="unicode", method="html")


def _html_row(cells: Sequence[Content]) -> Element:
    first, *others = (isolated_text(cell) if isinstance(cell, str) else cell for cell in cells)
    heading = element("th", first, scope="row", style=_CELL_STYLE)
    return element("tr", heading, *(element("td", cell, style=_CELL_STYLE) for cell in others))
