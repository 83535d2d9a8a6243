"""Fixes HTML of Sphinx that is not accessible to screen readers and keyboards.

Headings in the navigation get the level that their role requires. A signature with one parameter on each line is a list
without terms; it gets the role of layout. A script makes blocks that scroll sideways reachable with the keyboard.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

REPLACEMENTS = {
    'class="caption" role="heading"': 'class="caption" role="heading" aria-level="2"',
    "<dl>\n<dd>": '<dl role="presentation">\n<dd>',
}
"""HTML of Sphinx, and its replacement."""
AFTER_THE_THEME = 900
"""A later priority than that of the theme, 500."""


def fix_page(
    app: "Sphinx", pagename: str, templatename: str, context: dict[str, Any], doctree: "nodes.document | None"
) -> None:
    """Fix the HTML of a page."""
    del app, pagename, templatename, doctree
    for part in ("body", "furo_navigation_tree"):
        for html, replacement in REPLACEMENTS.items():
            context[part] = (context.get(part) or "").replace(html, replacement)


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Register the extension with Sphinx."""
    app.add_js_file("scrolling.js", loading_method="defer")
    app.connect("html-page-context", fix_page, priority=AFTER_THE_THEME)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
