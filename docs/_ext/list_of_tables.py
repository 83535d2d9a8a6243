"""The directive ``list-of-tables``: the tables of exports, from the code."""

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from friendcities.exporters.tables import TABLE_SCHEMAS

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from friendcities.exporters.tables import Column, TableSchema


class ListOfTables(SphinxDirective):
    """A section for each table: the meaning of a row, its key, and its columns."""

    def run(self) -> list[nodes.Node]:
        """Make the sections."""
        return [self._section(schema) for schema in TABLE_SCHEMAS.values()]

    @staticmethod
    def _section(schema: "TableSchema") -> nodes.section:
        section = nodes.section(ids=[f"table-{schema.name.replace('_', '-')}"], names=[schema.name])
        section += nodes.title(text=schema.name)
        section += nodes.paragraph(text=f"{schema.meaning}. Key: {', '.join(schema.key)}.")
        columns = nodes.definition_list()
        for column in schema.columns:
            columns += _item(column)
        section += columns
        return section


def _item(column: "Column") -> nodes.definition_list_item:
    notes = f"{column.type}, an id of {column.refers_to}" if column.refers_to else column.type
    term = nodes.term("", "", nodes.literal(text=column.name), nodes.Text(f" ({notes})"))
    return nodes.definition_list_item("", term, nodes.definition("", nodes.paragraph(text=f"{column.meaning}.")))


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Register the extension with Sphinx."""
    app.add_directive("list-of-tables", ListOfTables)
    return {"parallel_read_safe": True}
