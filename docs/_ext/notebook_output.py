"""The directive ``notebook-output``: an expression, and the HTML that a notebook shows for its value."""

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import friendcities

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


class NotebookOutput(SphinxDirective):
    """An expression that uses the package as ``fc``, and its table."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Evaluate the expression and show its value."""
        [expression] = self.arguments
        value = eval(expression, {"fc": friendcities})  # noqa: S307 - the documents are our own
        code = nodes.literal_block(expression, expression, language="python")
        table = nodes.raw("", f'<div class="table-wrapper">{value._repr_html_()}</div>', format="html")
        return [code, table]


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Register the extension with Sphinx."""
    app.add_directive("notebook-output", NotebookOutput)
    return {"parallel_read_safe": True}
