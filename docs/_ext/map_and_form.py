"""The directives ``partnership-map`` and ``proposal-form``: parts of a page that a script of the package fills.

The page contains the data of the script. It therefore also works from a folder.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from proposal_form import form_data
from sphinx.util.docutils import SphinxDirective

import friendcities
import friendcities as fc
from catalogue.parser import catalogue_of
from friendcities.exporters.html_map import map_data, render_map_page
from friendcities.exporters.json_ld import as_script

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

    from catalogue.views import Catalogue

BUILT_FILES: Final = Path(friendcities.__file__).with_name("web")
SCRIPT_FILES: Final = ("catalogue.css", "catalogue.js", "map.css", "map.js", "propose.css", "propose.js")
NO_SCRIPT: Final = "<noscript><p>This part of the page needs JavaScript.</p></noscript>"


def all_on_map(data: fc.Dataset, city: str, up: str) -> dict[str, Any]:
    """The data of the map of all partnerships.

    Args:
        data: The dataset.
        city: The city that the map opens with.
        up: The relative address of the folder of the site.
    """
    links = {folder: f"{up}{folder}/" for folder in ("cities", "sources")}
    links |= {page: f"{up}{page}.html" for page in ("embed", "propose")}
    return map_data(data, data.partnerships(), {"city": data.city(city).id}, links)


def write_embedded_map(app: "Sphinx", exception: Exception | None) -> None:
    """Write the map without the pages around it, for other web pages."""
    if exception is None and app.builder.format == "html":
        data = catalogue_of(app.config.friendcities_data, app.config.friendcities_repository, "").data
        city = next((id_ for id_ in ("cn-shanghai",) if id_ in data), data.cities()[0].id)
        page = render_map_page("Partnerships between cities", all_on_map(data, city, ""))
        Path(app.outdir, "embed.html").write_text(page, encoding="utf-8")


class ScriptPlaceholder(nodes.General, nodes.Element):
    """The part of a page that a script fills."""


class ScriptDirective(SphinxDirective):
    """A directive with output from a script. The page contains the data of the script."""

    script = ""

    def data(self) -> dict[str, Any]:
        """The data of the script."""
        raise NotImplementedError

    @property
    def catalogue(self) -> "Catalogue":
        """The catalogue of the build."""
        config = self.config
        return catalogue_of(config.friendcities_data, config.friendcities_repository, config.html_baseurl)

    def run(self) -> list[nodes.Node]:
        """Make the placeholder."""
        data = as_script(self.data(), "application/json", "fc-data")
        html = f'<div class="fc fc-{self.script}">{data}{NO_SCRIPT}</div>'
        return [ScriptPlaceholder("", nodes.raw("", html, format="html"), script=self.script)]


class PartnershipMap(ScriptDirective):
    """The map of all partnerships. The argument is the id of the initially selected city."""

    script = "map"
    required_arguments = 1

    def data(self) -> dict[str, Any]:
        """The partnerships, with links to the pages of the catalogue."""
        up = "../" * self.env.docname.count("/")
        return all_on_map(self.catalogue.data, self.arguments[0], up)


class ProposalForm(ScriptDirective):
    """The form that makes the files of a partnership."""

    script = "propose"

    def data(self) -> dict[str, Any]:
        """The existing records, and the possible answers."""
        return form_data(self.catalogue)


def add_script_files(app: "Sphinx", config: "Config") -> None:
    """Add the scripts and styles of the package to the documentation."""
    del app
    config.html_static_path += [str(BUILT_FILES / name) for name in SCRIPT_FILES]


def load_scripts(
    app: "Sphinx", pagename: str, templatename: str, context: dict[str, Any], doctree: "nodes.document | None"
) -> None:
    """Load a script only on the pages that have a placeholder for this script."""
    del pagename, templatename, context
    for placeholder in () if doctree is None else doctree.findall(ScriptPlaceholder):
        app.add_css_file(f"{placeholder['script']}.css")
        app.add_js_file(f"{placeholder['script']}.js", loading_method="defer")


def write_nothing(writer: Any, node: nodes.Element) -> None:
    """Write nothing around the placeholder."""
    del writer, node


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Register the extension with Sphinx."""
    app.add_node(ScriptPlaceholder, html=(write_nothing, write_nothing))
    app.add_directive("partnership-map", PartnershipMap)
    app.add_directive("proposal-form", ProposalForm)
    app.connect("config-inited", add_script_files)
    app.connect("html-page-context", load_scripts)
    app.connect("build-finished", write_embedded_map)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
