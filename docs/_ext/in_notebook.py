"""The directive ``in-notebook``: a line of Python, and below it what a notebook shows of its value."""

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import friendcities

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


class InNotebook(SphinxDirective):
    """An expression, which names the package ``fc``, and the table that it gives."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Evaluate and show."""
        [asked] = self.arguments
        value = eval(asked, {"fc": friendcities})  # noqa: S307 - the documents are our own
        code = nodes.literal_block(asked, asked, language="python")
        table = nodes.raw("", f'<div class="table-wrapper">{value._repr_html_()}</div>', format="html")
        return [code, table]


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Sphinx's own way in."""
    app.add_directive("in-notebook", InNotebook)
    return {"parallel_read_safe": True}
