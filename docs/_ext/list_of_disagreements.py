"""The directive ``list-of-disagreements``: the contrary claims of sources, from the data."""

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import friendcities as fc
from catalogue.parser import catalogue_of
from friendcities.model.format_values import DENIAL, field_label, format_value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from catalogue.views import Catalogue
    from friendcities.model import AnyRecord
    from friendcities.model.evidence import Sourced

HEADINGS = ("Record", "Recorded value", "Contrary claims")
WIDTHS = (25, 30, 45)


class ListOfDisagreements(SphinxDirective):
    """A table with a row for each disputed step or record, partnerships first."""

    def run(self) -> list[nodes.Node]:
        """Make the table. Links are relative to a page in a folder."""
        catalogue = catalogue_of("", "", "")
        group = nodes.tgroup(cols=len(HEADINGS))
        group += [nodes.colspec(colwidth=width) for width in WIDTHS]
        group += nodes.thead("", row([nodes.paragraph(text=heading)] for heading in HEADINGS))
        body = nodes.tbody()
        for record in sorted(fc.dataset(), key=lambda each: not isinstance(each, fc.Partnership)):
            for _, owner in catalogue.owners(record):
                if owner.disputed:
                    body += disputed_row(catalogue, record, owner)
        group += body
        return [nodes.table("", group)]


def disputed_row(catalogue: "Catalogue", record: "AnyRecord", owner: "Sourced") -> nodes.row:
    """The row of a disputed step or record: the label, the recorded value, and the contrary claims, with links."""
    address = catalogue.address(record) or ""
    label = nodes.reference("", catalogue.label(record), refuri=address, internal=True)
    against = nodes.bullet_list()
    for item in catalogue.evidence_items(owner):
        if item.contrary:
            source = item.source
            source_label = f"{source.publisher}, {source.date_text}"
            by = nodes.reference("", source_label, refuri=f"../sources/{source.id}.html")
            claims = [claim.text for claim in item.claims if claim.contrary]
            claimed = ", ".join([DENIAL, *claims] if item.denies else claims)
            against += nodes.list_item("", nodes.paragraph("", "", nodes.Text(f"{claimed} ("), by, nodes.Text(")")))
    text = format_value(owner) if isinstance(owner, fc.Step) else recorded_of(catalogue, owner)
    recorded = nodes.paragraph(text=text)
    return row([[nodes.paragraph("", "", label)], [recorded], [against]])


def recorded_of(catalogue: "Catalogue", owner: "Sourced") -> str:
    """The disputed values of a record in words."""
    names = {
        name: None for item in owner.evidence for name, value in item.claims.items() if owner.contradicts(name, value)
    }
    values = ((name, getattr(owner, name)) for name in names)
    return ", ".join(
        f"no {field_label(name)}" if value is None else catalogue.claim_text(name, value) for name, value in values
    )


def row(cells: "Iterable[list[nodes.Node]]") -> nodes.row:
    """A row of a table."""
    return nodes.row("", *(nodes.entry("", *cell) for cell in cells))


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Register the extension with Sphinx."""
    app.add_directive("list-of-disagreements", ListOfDisagreements)
    return {"parallel_read_safe": True}
