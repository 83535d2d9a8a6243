"""Mends what Sphinx writes in a way that screen readers and keyboards stumble over.

Headings in the navigation get their level, which the role of a heading asks for. A signature with a line for each
parameter is written as a list of descriptions without any terms; it is said to be mere layout. A block that scrolls
sideways can be reached with the keyboard; whether one scrolls is only known in the browser, so a script sees to that.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

MENDED = {
    'class="caption" role="heading"': 'class="caption" role="heading" aria-level="2"',
    "<dl>\n<dd>": '<dl role="presentation">\n<dd>',
}
"""What is written, and what is written instead."""
AFTER_THE_THEME = 900
"""The theme makes its navigation at the usual priority, 500."""


def mend(
    app: "Sphinx", pagename: str, templatename: str, context: dict[str, Any], doctree: "nodes.document | None"
) -> None:
    """Mend the parts of a page that are written already."""
    del app, pagename, templatename, doctree
    for part in ("body", "furo_navigation_tree"):
        for written, instead in MENDED.items():
            context[part] = context.get(part, "").replace(written, instead)


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Sphinx's own way in."""
    app.add_js_file("scrolling.js", loading_method="defer")
    app.connect("html-page-context", mend, priority=AFTER_THE_THEME)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
