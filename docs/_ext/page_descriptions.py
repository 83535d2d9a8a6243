"""Describes each page in one sentence, for previews of shared links and for search engines.

The description of a guide is its goal. The description of another page is its first paragraph.
"""

from html import escape
from typing import TYPE_CHECKING, Final

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

GOAL: Final = "Goal. "
FIELD: Final = "og:description"
"""The field that the extension for previews reads. The extension escapes only quotation marks."""
AFTER_THE_FIELDS: Final = 900
"""A later priority than that of the fields of a page, 500."""


def describe(app: "Sphinx", document: nodes.document) -> None:
    """Add the description, unless the page has one."""
    fields = app.env.metadata[app.env.docname]
    texts = [paragraph.astext().replace("\n", " ") for paragraph in document.findall(nodes.paragraph)]
    if FIELD in fields or not texts:
        return
    text = next((each for each in texts if each.startswith(GOAL)), texts[0]).removeprefix(GOAL)
    fields[FIELD] = escape(text, quote=False)
    document += nodes.meta(name="description", content=text)


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Register the extension with Sphinx."""
    app.connect("doctree-read", describe, priority=AFTER_THE_FIELDS)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
