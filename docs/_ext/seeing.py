"""The directives ``partnership-map``, ``proposal-form`` and ``figure-of``: what is looked at, and what asks.

The scripts of the first two come with the package; what they show of the data is in the page itself, so that the page
works from a folder as well as over HTTP. The third runs the code that it shows, and shows the figure that comes of it.
"""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from proposing import form_data
from sphinx.util.docutils import SphinxDirective

import friendcities
from catalogue.parser import catalogue_of
from friendcities import plot
from friendcities.exporters.html_map import map_data
from friendcities.exporters.json_ld import as_script

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

    from catalogue.views import Catalogue

BUILT: Final = Path(friendcities.__file__).with_name("web")
FILES: Final = ("map.css", "map.js", "propose.css", "propose.js")
WITHOUT: Final = "<noscript><p>This needs JavaScript, which your browser does not run here.</p></noscript>"


class Scripted(nodes.General, nodes.Element):
    """A place of a page that a script of the package fills."""


class Shown(SphinxDirective):
    """A directive that leaves a place for a script, with the data that it reads."""

    script = ""

    def data(self) -> dict[str, Any]:
        """What the script reads."""
        raise NotImplementedError

    @property
    def catalogue(self) -> "Catalogue":
        """The catalogue that the build shows."""
        config = self.config
        return catalogue_of(config.friendcities_data, config.friendcities_repository, config.html_baseurl)

    def run(self) -> list[nodes.Node]:
        """Leave the place."""
        data = as_script(self.data(), "application/json", "fc-data")
        html = f'<div class="fc fc-{self.script}">{data}{WITHOUT}</div>'
        return [Scripted("", nodes.raw("", html, format="html"), script=self.script)]


class PartnershipMap(Shown):
    """The map of all partnerships; the argument is the id of the city that it opens with."""

    script = "map"
    required_arguments = 1

    def data(self) -> dict[str, Any]:
        """The partnerships, with the way from this page to those of the catalogue."""
        data = self.catalogue.data
        up = "../" * self.env.docname.count("/")
        links = {folder: f"{up}{folder}/" for folder in ("cities", "sources")}
        return map_data(data, data.partnerships(), {"city": data.city(self.arguments[0]).id}, links)


class ProposalForm(Shown):
    """The form that makes the files of a partnership."""

    script = "propose"

    def data(self) -> dict[str, Any]:
        """What is on record, and what an answer can be."""
        return form_data(self.catalogue)


class FigureOf(SphinxDirective):
    """A figure, with the code that makes it; the argument tells in words what is to be seen.

    The code sets ``figure``. It is shown, run, and what comes of it is written as SVG beside the other pictures.
    """

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Show the code and the figure."""
        code = "\n".join(self.content)
        found: dict[str, Any] = {}
        exec(compile(code, self.get_location(), "exec"), found)  # noqa: S102 - it is code of our own documents
        drawn = plot.as_bytes(found["figure"], "svg")
        folder = Path(self.env.app.outdir) / "_images"
        folder.mkdir(parents=True, exist_ok=True)
        name = f"figure-{hashlib.sha256(code.encode()).hexdigest()[:12]}.svg"
        (folder / name).write_bytes(drawn)
        source = f"{'../' * self.env.docname.count('/')}_images/{name}"
        width, height = (round(96 * inches) for inches in found["figure"].get_size_inches())
        alt = nodes.unescape(self.arguments[0]).replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
        html = f'<img class="figure-of" src="{source}" alt="{alt}" width="{width}" height="{height}" loading="lazy">'
        shown = nodes.literal_block(code, code, language="python")
        return [shown, nodes.raw("", html, format="html")]


def add_files(app: "Sphinx", config: "Config") -> None:
    """Have the files of the package copied beside those of the documentation."""
    del app
    config.html_static_path += [str(BUILT / name) for name in FILES]


def load(
    app: "Sphinx", pagename: str, templatename: str, context: dict[str, Any], doctree: "nodes.document | None"
) -> None:
    """Load a script on the pages that have a place for it, and on no other."""
    del pagename, templatename, context
    for place in () if doctree is None else doctree.findall(Scripted):
        app.add_css_file(f"{place['script']}.css")
        app.add_js_file(f"{place['script']}.js", loading_method="defer")


def enter(writer: Any, node: nodes.Element) -> None:
    """Nothing stands around the place."""
    del writer, node


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Sphinx's own way in."""
    app.add_node(Scripted, html=(enter, enter))
    app.add_directive("partnership-map", PartnershipMap)
    app.add_directive("proposal-form", ProposalForm)
    app.add_directive("figure-of", FigureOf)
    app.connect("config-inited", add_files)
    app.connect("html-page-context", load)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
