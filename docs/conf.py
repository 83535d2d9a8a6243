"""The configuration of the documentation. A build needs no network."""

import os
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints
from urllib.parse import urlsplit

import attrs

import friendcities
from friendcities import model

if TYPE_CHECKING:
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

HIDDEN = "\ufffc"
"""Replaces a colon while napoleon reads a docstring, at the default priority 500."""

SHORTER = {
    r"~typing\.Literal\[[^]]*\]": "str",
    r", _sources: .*(?=\))": "",
    r"~collections\.abc\.Mapping\[~friendcities\.model\.record\.K, ~friendcities\.model\.record\.V\] = NOTHING": (
        "~friendcities.FrozenMap = FrozenMap({})"
    ),
}
"""Patterns in signatures, and their replacements."""

project = "friendcities"
author = "The friendcities contributors"
project_copyright = "the friendcities contributors"
version = release = friendcities.__version__

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

extensions = [
    "accessibility",
    "catalogue",
    "command_reference",
    "figures",
    "list_of_coverages",
    "list_of_disagreements",
    "list_of_rules",
    "list_of_tables",
    "map_and_form",
    "myst_parser",
    "notebook_output",
    "notfound.extension",
    "page_descriptions",
    "record_types",
    "search_index",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "try_it",
]
exclude_patterns = ["_build"]

html_baseurl = os.environ.get("FRIENDCITIES_SITE", "")
friendcities_repository = os.environ.get("FRIENDCITIES_REPOSITORY", "")
"""The addresses of the published pages and of the repository, set for a published build."""

if html_baseurl:  # the tags for previews of shared links need absolute addresses
    extensions.append("sphinxext.opengraph")
ogp_site_url = f"{html_baseurl}/"
ogp_image = "_static/map.png"
ogp_image_alt = "World map with lines from Shanghai to its partners"
ogp_custom_meta_tags = ('<meta name="twitter:card" content="summary_large_image">',)

# A missing page can be at any depth, so all addresses of its replacement begin with the path of the site.
notfound_urls_prefix = f"{urlsplit(html_baseurl).path}/"
notfound_context = {
    "title": "Page not found",
    "body": f"""<h1>Page not found</h1>
<p>There is no page with this address. Search for a city, a country or a topic:</p>
<form class="not-found" action="{notfound_urls_prefix}search.html" role="search">
<input type="search" name="q" aria-label="Search the pages"> <button>Search</button>
</form>
<p>Or see <a href="{notfound_urls_prefix}cities/index.html">all cities</a>, the
<a href="{notfound_urls_prefix}map.html">map</a>, or the
<a href="{notfound_urls_prefix}index.html">home page</a>.</p>""",
}

html_theme = "furo"
html_title = "friendcities"
html_static_path = ["_static"]
html_css_files = ["site.css"]
templates_path = ["_templates"]
html_favicon = "_static/mark.svg"
# The default style underlines module names like links.
pygments_dark_style = "a11y-high-contrast-dark"
html_copy_source = False
html_show_sphinx = False
# The search of Sphinx is used only from a folder, where pages cannot be fetched for a summary.
html_show_search_summary = False
html_search_scorer = str(Path(__file__).with_name("_static") / "search_scorer.js")

myst_enable_extensions = ["colon_fence", "deflist", "substitution"]
myst_substitutions = {"version": version, "data_version": friendcities.data_version}
myst_heading_anchors = 3
copybutton_exclude = ".linenos, .gp, .go"
# A session ends with an empty line for the tests; pages omit it.
highlight_options = {"pycon": {"stripnl": True}}

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_class_signature = "mixed"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 80
napoleon_numpy_docstring = False

INNER = r"CityColumns|FieldPath|Redirects|Exportable|Record|Sourced|CountBy|\w+Filter|AnyRecord"
"""Names in signatures that no page documents."""
# The inventory of the standard library would need the network, so its names are not linked.
nitpick_ignore_regex = [
    (r"py:.*", r"(?!friendcities)[a-z_]+(\.\w+)*"),
    (r"py:(class|exc|data)", r"(Decimal|Enum|StrEnum|Iterable|Iterator|Mapping|Any|Path|K|V|T|R|E|Annotated|Literal)"),
    (r"py:(class|exc)", r"(FileNotFound|Import|Index|Key|Lookup|OS|Type|Value)Error|Exception"),
    (r"py:.*", rf"friendcities\.(codec|datasets|field_path|importers|merge|model)\.(\w+\.)*({INNER}|[A-Z]|_\w+)"),
    (r"py:.*", rf"({INNER})"),
]


def by_public_name(app: "Sphinx", env: "BuildEnvironment", node: "pending_xref", contents: Any) -> Any:
    """Resolve a name to the documented public name."""
    if node.get("refdomain") != "py":
        return None
    name = node["reftarget"].rpartition(".")[2]
    if name not in friendcities.__all__:
        return None
    target = f"friendcities.{name}"
    return env.domains["py"].resolve_xref(env, node["refdoc"], app.builder, "obj", target, node, contents)


def hide_colon(app: "Sphinx", what: str, name: str, documented: object, options: object, lines: list[str]) -> None:
    """Hide the first colon in the docstring of a field. Napoleon would read the colon as the end of a type."""
    del app, name, documented, options
    if what in {"attribute", "property", "data"}:
        lines[:1] = [lines[0].replace(":", HIDDEN)]


def show_colon(app: "Sphinx", what: str, name: str, documented: object, options: object, lines: list[str]) -> None:
    """Restore the colon that :func:`hide_colon` hid."""
    del app, what, name, documented, options
    lines[:] = [line.replace(HIDDEN, ":") for line in lines]


def shorten(
    app: "Sphinx", what: str, name: str, documented: object, options: object, signature: str | None, returns: str | None
) -> tuple[str | None, str | None]:
    """Shorten a signature: omit internal arguments and written-out vocabularies."""
    del app, what, name, documented, options
    for found, shown in SHORTER.items():
        signature = signature and re.sub(found, shown, signature)
    return signature, returns


def show_bare_types(app: "Sphinx") -> None:
    """Show the types of fields without their other annotations, such as patterns."""
    del app
    for cls in {each for each in vars(model).values() if isinstance(each, type) and attrs.has(each)}:
        for annotated in (cls, cls.__init__):
            shown = get_type_hints(annotated)
            annotated.__annotations__.update({name: shown[name] for name in annotated.__annotations__})


def publish_schemas(app: "Sphinx", exception: Exception | None) -> None:
    """Copy the schemas of the package to the pages, under stable names."""
    if exception is None and app.builder.format == "html":
        package = Path(friendcities.__file__).parent
        shutil.copytree(package / "schema", Path(app.outdir) / "schema", dirs_exist_ok=True)


def setup(app: "Sphinx") -> None:
    """Register the extension with Sphinx."""
    app.connect("missing-reference", by_public_name)
    app.connect("builder-inited", show_bare_types)
    app.connect("build-finished", publish_schemas)
    app.connect("autodoc-process-signature", shorten)
    app.connect("autodoc-process-docstring", hide_colon, priority=400)
    app.connect("autodoc-process-docstring", show_colon, priority=600)
