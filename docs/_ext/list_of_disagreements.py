"""The directive ``list-of-disagreements``: what sources say against what is recorded, as the data has it."""

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import friendcities as fc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

HEADINGS = ("Partnership", "Recorded", "Who says what instead")
WIDTHS = (25, 30, 45)


class ListOfDisagreements(SphinxDirective):
    """A table of the disputed partnerships: a row for each step about which sources disagree."""

    def run(self) -> list[nodes.Node]:
        """Make the table."""
        group = nodes.tgroup(cols=len(HEADINGS))
        group += [nodes.colspec(colwidth=width) for width in WIDTHS]
        group += nodes.thead("", row([nodes.paragraph(text=heading)] for heading in HEADINGS))
        body = nodes.tbody()
        for tie in fc.partnerships():
            for step in tie.steps if tie.disputed else ():
                against = [line for item in step.evidence for line in contrary(step, item)]
                if against:
                    body += row(
                        [
                            [nodes.paragraph(text="–".join(fc.city(city).name for city in tie.cities))],
                            [nodes.paragraph(text=", ".join(recorded(step)))],
                            [nodes.bullet_list("", *(nodes.list_item("", nodes.paragraph(text=x)) for x in against))],
                        ]
                    )
        group += body
        return [nodes.table("", group)]


def row(cells: "Iterable[list[nodes.Node]]") -> nodes.row:
    """A row of a table."""
    return nodes.row("", *(nodes.entry("", *cell) for cell in cells))


def recorded(step: fc.Step) -> "Iterator[str]":
    """What is recorded of a step, in words."""
    yield f"{step.what.value} {step.date or 'at an unknown date'}"
    if step.kind is not fc.PartnershipKind.UNSPECIFIED:
        yield step.kind.value.replace("_", " ")


def contrary(step: fc.Step, item: fc.Evidence) -> "Iterator[str]":
    """What a piece of evidence says against a step, with who says it."""
    said = [in_words(name, value) for name, value in item.says.items() if step.contradicts(name, value)]
    if said:
        source = fc.source(item.source)
        yield f"{' and '.join(said)} ({source.publisher}, {source.published or source.as_of})"


def in_words(name: str, value: object) -> str:
    """What is said of a field, in words."""
    if name == "what" and value is None:
        return "that it did not happen"
    return str(value).replace("_", " ")


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Sphinx's own way in."""
    app.add_directive("list-of-disagreements", ListOfDisagreements)
    return {"parallel_read_safe": True}
