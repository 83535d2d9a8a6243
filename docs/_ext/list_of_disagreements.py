"""The directive ``list-of-disagreements``: what sources say against what is recorded, as the data has it."""

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import friendcities as fc
from catalogue.parser import catalogue_of
from friendcities.model.value_text import DENIAL, field_label, format_value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from catalogue.views import Catalogue
    from friendcities.model import AnyRecord
    from friendcities.model.evidence import Sourced

HEADINGS = ("What", "Recorded", "Who says what instead")
WIDTHS = (25, 30, 45)


class ListOfDisagreements(SphinxDirective):
    """A table of what is disputed, partnerships first: a row for each step or record about which sources disagree."""

    def run(self) -> list[nodes.Node]:
        """Make the table; its links are those of a page that lies in a folder, as the pages of the catalogue do."""
        catalogue = catalogue_of("", "", "")
        group = nodes.tgroup(cols=len(HEADINGS))
        group += [nodes.colspec(colwidth=width) for width in WIDTHS]
        group += nodes.thead("", row([nodes.paragraph(text=heading)] for heading in HEADINGS))
        body = nodes.tbody()
        for record in sorted(fc.dataset(), key=lambda each: not isinstance(each, fc.Partnership)):
            for _, owner in catalogue.owners(record):
                if owner.disputed:
                    body += told(catalogue, record, owner)
        group += body
        return [nodes.table("", group)]


def told(catalogue: "Catalogue", record: "AnyRecord", owner: "Sourced") -> nodes.row:
    """What is disputed, what is recorded of it, and who says what instead, each with a link to where it is told."""
    address = catalogue.address(record) or ""
    label = nodes.reference("", catalogue.label(record), refuri=address, internal=True)
    against = nodes.bullet_list()
    for item in catalogue.evidence_items(owner):
        if item.contrary:
            source = item.source
            source_label = f"{source.publisher}, {source.date_text}"
            by = nodes.reference("", source_label, refuri=f"../sources/{source.id}.html")
            claims = [claim.text for claim in item.claims if claim.contrary]
            said = ", ".join([DENIAL, *claims] if item.denies else claims)
            against += nodes.list_item("", nodes.paragraph("", "", nodes.Text(f"{said} ("), by, nodes.Text(")")))
    text = format_value(owner) if isinstance(owner, fc.Step) else recorded_of(catalogue, owner)
    recorded = nodes.paragraph(text=text)
    return row([[nodes.paragraph("", "", label)], [recorded], [against]])


def recorded_of(catalogue: "Catalogue", owner: "Sourced") -> str:
    """The values of a record that are contradicted, in words."""
    names = {
        name: None for item in owner.evidence for name, said in item.claims.items() if owner.contradicts(name, said)
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
