"""The directives ``partnership-map``, ``history-map`` and ``proposal-form``: parts of a page that a script fills.

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


def history_on_map(data: fc.Dataset) -> dict[str, Any]:
    """The data of the map of the home page: states by day, and positions, but no names and no sources."""
    made = map_data(data, data.partnerships(), {"city": ""})
    cities = [[id_, name, country, at, [], 0] for id_, name, country, at, *_ in made["cities"]]
    partnerships = [[*row[:3], [], *row[4:7], []] for row in made["partnerships"]]
    return {**made, "cities": cities, "countries": {}, "sources": [], "partnerships": partnerships}


def write_embedded_map(app: "Sphinx", exception: Exception | None) -> None:
    """Write the map without the pages around it, for other web pages."""
    if exception is None and app.builder.format == "html":
        data = catalogue_of(app.config.friendcities_data, app.config.friendcities_repository, "").data
        city = next((id_ for id_ in ("cn-shanghai",) if id_ in data), data.cities()[0].id)
        page = render_map_page("Partnerships between cities", all_on_map(data, city, ""))
        Path(app.outdir, "embed.html").write_text(page, encoding="utf-8")


class ScriptPlaceholder(nodes.General, nodes.Element):
    """The part of a page that a script fills."""


class CatalogueDirective(SphinxDirective):
    """A directive with output from the data."""

    @property
    def catalogue(self) -> "Catalogue":
        """The catalogue of the build."""
        config = self.config
        return catalogue_of(config.friendcities_data, config.friendcities_repository, config.html_baseurl)


class ScriptDirective(CatalogueDirective):
    """A directive with output from a script. The page contains the data of the script."""

    script = ""
    part = ""
    """The class of the part of the page, after ``fc-``; empty for the name of the script."""
    without_script = "<p>This part of the page needs JavaScript.</p>"

    def data(self) -> dict[str, Any]:
        """The data of the script."""
        raise NotImplementedError

    def run(self) -> list[nodes.Node]:
        """Make the placeholder."""
        data = as_script(self.data(), "application/json", "fc-data")
        noscript = f"<noscript>{self.without_script}</noscript>"
        html = f'<div class="fc fc-{self.part or self.script}">{data}{noscript}</div>'
        return [ScriptPlaceholder("", nodes.raw("", html, format="html"), script=self.script)]


class PartnershipMap(ScriptDirective):
    """The map of all partnerships. The argument is the id of the initially selected city."""

    script = "map"
    required_arguments = 1

    def data(self) -> dict[str, Any]:
        """The partnerships, with links to the pages of the catalogue."""
        up = "../" * self.env.docname.count("/")
        return all_on_map(self.catalogue.data, self.arguments[0], up)


class HistoryMap(ScriptDirective):
    """The map of the home page, which plays all partnerships from the first year to today.

    The content is only for readers of the repository.
    """

    has_content = True
    script = "map"
    part = "history"
    without_script = '<img src="_static/map.png" alt="World map with a line for each partnership of Shanghai">'

    def data(self) -> dict[str, Any]:
        """The states of all partnerships by day."""
        return history_on_map(self.catalogue.data)

    def run(self) -> list[nodes.Node]:
        """Make the placeholder, and the legend of the kinds on the map."""
        active = {each.state.kind for each in self.catalogue.data.partnerships() if each.state.status == "active"}
        kinds = (kind.value for kind in fc.PartnershipKind if kind in active)
        items = (f'<li class="fc-kind fc-{kind}">{kind.replace("_", " ")}</li>' for kind in kinds)
        return [*super().run(), nodes.raw("", f'<ul class="fc-key">{"".join(items)}</ul>', format="html")]


class KeyNumbers(CatalogueDirective):
    """The numbers of records, each with a link to their page, on the home page.

    The content is only for readers of the repository.
    """

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Make the list."""
        data = self.catalogue.data
        disputed = [each for each in data.partnerships() if each.disputed]
        numbers = (
            (len(data.partnerships()), "partnerships", "map"),
            (len(data.cities()), "cities", "cities/index"),
            (len(self.catalogue.countries), "countries", "countries/index"),
            (len(data.sources()), "sources", "sources/index"),
            (len(disputed), "disputed", "data/disagreements"),
        )
        items = (f'<li><a href="{page}.html"><b>{count:,}</b> {label}</a></li>' for count, label, page in numbers)
        return [nodes.raw("", f'<ul class="key-numbers">{"".join(items)}</ul>', format="html")]


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
    app.add_directive("history-map", HistoryMap)
    app.add_directive("key-numbers", KeyNumbers)
    app.add_directive("proposal-form", ProposalForm)
    app.connect("config-inited", add_script_files)
    app.connect("html-page-context", load_scripts)
    app.connect("build-finished", write_embedded_map)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
