"""The directive ``list-of-tables``: the tables that everything is exported as, as the code has them."""

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from friendcities.exporters.tables import SHAPES

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from friendcities.exporters.tables import Column, Shape


class ListOfTables(SphinxDirective):
    """A section for each table: what one row is, by what it is known, and what each column tells."""

    def run(self) -> list[nodes.Node]:
        """Make the sections."""
        return [self._section(shape) for shape in SHAPES.values()]

    @staticmethod
    def _section(shape: "Shape") -> nodes.section:
        section = nodes.section(ids=[f"table-{shape.name.replace('_', '-')}"], names=[shape.name])
        section += nodes.title(text=shape.name)
        section += nodes.paragraph(text=f"{shape.meaning}. Known by: {', '.join(shape.key)}.")
        told = nodes.definition_list()
        for column in shape.columns:
            told += _item(column)
        section += told
        return section


def _item(column: "Column") -> nodes.definition_list_item:
    notes = f"{column.type}, an id of {column.refers_to}" if column.refers_to else column.type
    term = nodes.term("", "", nodes.literal(text=column.name), nodes.Text(f" ({notes})"))
    return nodes.definition_list_item("", term, nodes.definition("", nodes.paragraph(text=f"{column.meaning}.")))


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Sphinx's own way in."""
    app.add_directive("list-of-tables", ListOfTables)
    return {"parallel_read_safe": True}
