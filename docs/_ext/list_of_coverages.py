"""The directive ``list-of-coverages``: the cities with a record of coverage, from the data."""

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import friendcities as fc
from friendcities.model.format_values import format_value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

HEADINGS = ("City", "Coverage", "Active in the data", "Note")
WIDTHS = (15, 35, 10, 40)


class ListOfCoverages(SphinxDirective):
    """A table with a row for each record of coverage, by the name of the city."""

    def run(self) -> list[nodes.Node]:
        """Make the table. Links are relative to a page in a folder."""
        group = nodes.tgroup(cols=len(HEADINGS))
        group += [nodes.colspec(colwidth=width) for width in WIDTHS]
        group += nodes.thead("", row([nodes.paragraph(text=heading)] for heading in HEADINGS))
        body = nodes.tbody()
        for record in sorted(fc.dataset().coverage(), key=lambda each: (fc.city(each.city).name, each.id)):
            body += coverage_row(record)
        group += body
        return [nodes.table("", group, classes=["colwidths-given", "stacked"])]


def coverage_row(record: fc.Coverage) -> nodes.row:
    """The row of a record: the city, the coverage in words, the active partnerships of its scope, and the note."""
    city = fc.city(record.city)
    link = nodes.reference("", city.name, refuri=f"../cities/{city.id}.html", internal=True)
    active = fc.partnerships_of(city, kind=record.kinds or None, include_parts=record.include_parts)
    words, number, note = (
        nodes.paragraph(text=text) for text in (format_value(record), str(len(active)), record.note or "")
    )
    return row([[nodes.paragraph("", "", link)], [words], [number], [note]])


def row(cells: "Iterable[list[nodes.Node]]") -> nodes.row:
    """A row of a table."""
    return nodes.row("", *(nodes.entry("", *cell) for cell in cells))


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Register the extension with Sphinx."""
    app.add_directive("list-of-coverages", ListOfCoverages)
    return {"parallel_read_safe": True}
