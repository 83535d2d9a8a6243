"""The directive ``list-of-disagreements``: the contrary claims of sources, and figures of the claimed dates."""

from typing import TYPE_CHECKING

from docutils import nodes
from figures import write_figure
from sphinx.util.docutils import SphinxDirective

import friendcities as fc
from catalogue.parser import catalogue_of
from friendcities import plot
from friendcities.model.format_values import DENIAL, field_label, format_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from catalogue.views import Catalogue
    from friendcities.model import AnyRecord
    from friendcities.model.evidence import Sourced


class ListOfDisagreements(SphinxDirective):
    """An entry for each record with a disputed step or value, partnerships first, then by name."""

    def run(self) -> list[nodes.Node]:
        """Make the entries. Links are relative to a page in a folder."""
        catalogue = catalogue_of("", "", "")
        entries = []
        by_name = sorted(fc.dataset(), key=catalogue.label)
        for record in sorted(by_name, key=lambda each: not isinstance(each, fc.Partnership)):
            disputed = [owner for _, owner in catalogue.owners(record) if owner.disputed]
            if disputed:
                entries.append(nodes.container("", classes=["dispute"]))
                address = catalogue.address(record) or ""
                label = nodes.reference("", catalogue.label(record), refuri=address, internal=True)
                entries[-1] += nodes.paragraph("", "", nodes.strong("", "", label))
                for owner in disputed:
                    entries[-1] += dispute(catalogue, owner)
                entries[-1] += self.figure(record)
        return [*entries]

    def figure(self, record: "AnyRecord") -> list[nodes.Node]:
        """The folded figure of the dates of the first step; empty if sources do not dispute the date."""
        if not isinstance(record, fc.Partnership) or not is_date_disputed(record.steps[0]):
            return []
        figure = plot.dispute_of(*record.cities, width=6.5)
        alt = "A dot for the date that each source states, and a line at the recorded date."
        image = write_figure(self, figure, f"dispute-{record.id}.svg", alt)
        begin = "<details><summary>Figure of the claimed dates</summary>"
        return [nodes.raw("", begin, format="html"), image, nodes.raw("", "</details>", format="html")]


def dispute(catalogue: "Catalogue", owner: "Sourced") -> "Iterator[nodes.Node]":
    """A disputed step or record: the recorded value, and the contrary claims with links to the sources."""
    text = format_value(owner) if isinstance(owner, fc.Step) else recorded_of(catalogue, owner)
    yield nodes.paragraph(text=f"Recorded: {text}")
    against = nodes.bullet_list()
    for item in catalogue.evidence_items(owner):
        if item.contrary:
            source = item.source
            source_label = f"{source.publisher}, {source.date_text}"
            by = nodes.reference("", source_label, refuri=f"../sources/{source.id}.html")
            claims = [claim.text for claim in item.claims if claim.contrary]
            claimed = ", ".join([DENIAL, *claims] if item.denies else claims)
            against += nodes.list_item("", nodes.paragraph("", "", nodes.Text(f"{claimed} ("), by, nodes.Text(")")))
    yield against


def is_date_disputed(step: fc.Step) -> bool:
    """Whether a source states another date for a step."""
    return any("date" in item.claims and step.contradicts("date", item.claims["date"]) for item in step.evidence)


def recorded_of(catalogue: "Catalogue", owner: "Sourced") -> str:
    """The disputed values of a record in words."""
    names = {
        name: None for item in owner.evidence for name, value in item.claims.items() if owner.contradicts(name, value)
    }
    values = ((name, getattr(owner, name)) for name in names)
    return ", ".join(
        f"no {field_label(name)}" if value is None else catalogue.claim_text(name, value) for name, value in values
    )


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Register the extension with Sphinx."""
    app.add_directive("list-of-disagreements", ListOfDisagreements)
    return {"parallel_read_safe": True}
