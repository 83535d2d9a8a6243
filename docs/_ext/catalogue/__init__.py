"""The catalogue: a page for each city, country and source, made from the data at build time.

Configuration:
    friendcities_data: A folder or saved file of records; empty for the bundled data.
    friendcities_repository: The address of the repository with the files; empty without one.
    html_baseurl: The address of the published pages; empty if it is unknown.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from catalogue.downloads import ListOfDownloads
from catalogue.files import name_pages, publish
from catalogue.kinds import INDEX, KINDS
from catalogue.parser import SUFFIX, PageParser, catalogue_of, spellings
from friendcities.exporters.json_ld import as_script, city_as_json_ld, dataset_as_json_ld, source_as_json_ld

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from catalogue.views import Catalogue


NAVIGATION: dict[tuple[Path, str], str] = {}
"""The navigation of the pages of each folder, by the folder of the build."""


def catalogue_for(app: "Sphinx") -> "Catalogue":
    """The catalogue of a build."""
    return catalogue_of(app.config.friendcities_data, app.config.friendcities_repository, app.config.html_baseurl)


def before(app: "Sphinx") -> None:
    """Name the pages for Sphinx."""
    name_pages(catalogue_for(app), Path(app.srcdir))


def outdated(
    app: "Sphinx", env: "BuildEnvironment", added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """The pages to rebuild. All pages are rebuilt, because Sphinx does not see changes of the data."""
    del app, added, changed, removed
    return [name for name in env.found_docs if name.partition("/")[0] in KINDS]


def add_structured_data(
    app: "Sphinx", pagename: str, templatename: str, context: dict[str, Any], doctree: "nodes.document | None"
) -> None:
    """Add linked data for search engines to the head of a page of the catalogue."""
    del templatename, doctree
    folder, _, stem = pagename.partition("/")
    if folder not in KINDS:
        return
    catalogue = catalogue_for(app)
    address = catalogue.published(f"{pagename}.html") if catalogue.site else ""
    match folder, stem:
        case "cities", str(id_) if id_ != INDEX:
            linked_data = city_as_json_ld(catalogue.data, catalogue.data.city(id_), address)
        case "sources", str(id_) if id_ != INDEX:
            linked_data = source_as_json_ld(catalogue.data.source(id_), address)
        case _:
            linked_data = dataset_as_json_ld(
                catalogue.published("download/friendcities.json") if catalogue.site else "../download/friendcities.json"
            )
    context["metatags"] = context.get("metatags", "") + as_script(linked_data)


def share_navigation(
    app: "Sphinx", pagename: str, templatename: str, context: dict[str, Any], doctree: "nodes.document | None"
) -> None:
    """Make the navigation once for the pages of a folder: they are not in it, and it took half of the build."""
    del templatename, doctree
    folder, _, stem = pagename.partition("/")
    if folder in KINDS and stem != INDEX:
        make = context["toctree"]

        def toctree(**options: Any) -> str:
            key = (app.outdir, folder)
            if key not in NAVIGATION:
                NAVIGATION[key] = make(**options)
            return NAVIGATION[key]

        context["toctree"] = toctree


def add_spellings(app: "Sphinx", doctree: "nodes.document", docname: str) -> None:
    """Add the folded names of a page of the catalogue to the index."""
    folder, _, stem = docname.partition("/")
    if folder in KINDS:
        spellings(doctree, KINDS[folder].page(catalogue_for(app), stem).names)


def after(app: "Sphinx", exception: Exception | None) -> None:
    """Write the files for download."""
    if exception is None and app.builder.format == "html":
        publish(catalogue_for(app), Path(app.outdir))


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Register the extension with Sphinx."""
    app.add_config_value("friendcities_data", "", "env", str)
    app.add_config_value("friendcities_repository", "", "env", str)
    app.add_source_suffix(SUFFIX, "page")
    app.add_source_parser(PageParser)
    app.add_directive("list-of-downloads", ListOfDownloads)
    app.add_css_file("catalogue.css")
    app.add_js_file("catalogue.js", loading_method="defer")
    app.connect("builder-inited", before)
    app.connect("env-get-outdated", outdated)
    app.connect("doctree-resolved", add_spellings)
    app.connect("html-page-context", add_structured_data)
    app.connect("html-page-context", share_navigation, priority=400)  # before the theme
    app.connect("build-finished", after)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
