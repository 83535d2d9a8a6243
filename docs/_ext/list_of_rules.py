"""The directive ``list-of-rules``: the rules of ``friendcities check``, from the code."""

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from friendcities.checks import all_rules

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


class ListOfRules(SphinxDirective):
    """A section for each rule: its name, what it checks, the reason, and whether a fix or an exception is possible."""

    def run(self) -> list[nodes.Node]:
        """Make the sections."""
        sections: list[nodes.Node] = []
        for rule in all_rules().values():
            section = nodes.section(ids=[rule.name], names=[rule.name])
            section += nodes.title(text=rule.name)
            section += nodes.paragraph("", "", nodes.strong(text=f"{rule.summary[0].upper()}{rule.summary[1:]}."))
            section += nodes.paragraph(text=rule.description)
            notes = [f"Checks one {rule.scope}" if rule.scope != "dataset" else "Checks all records together"]
            notes += ["friendcities check --fix fixes it if possible"] if rule.fix else []
            notes += ["exceptions.json can have an exception"] if rule.excusable else []
            section += nodes.paragraph("", "", nodes.emphasis(text="; ".join(notes) + "."))
            sections.append(section)
        return sections


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Register the extension with Sphinx."""
    app.add_directive("list-of-rules", ListOfRules)
    return {"parallel_read_safe": True}
