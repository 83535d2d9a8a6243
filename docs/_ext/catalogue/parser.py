"""Makes the pages of the catalogue. Each block of a template becomes a section.

The templates escape all values. A name that looks like markup stays a name.
"""

from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import frozen
from docutils import nodes
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sphinx import addnodes
from sphinx.parsers import Parser

import friendcities as fc
from catalogue.kinds import KINDS, Page
from catalogue.previews import preview
from catalogue.small_map import small_map
from catalogue.views import Catalogue, country_name, language_name, words
from friendcities.exporters import citations
from friendcities.model.format_values import format_value
from friendcities.names.normalize import fold

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

__all__ = ["SUFFIX", "PageParser", "catalogue_of", "spellings"]

SUFFIX = ".page"
"""The suffix of the placeholder files."""


class PageParser(Parser):
    """Makes a page from its placeholder file. The folder is the kind of the page, and the stem is the id."""

    supported: ClassVar[tuple[str, ...]] = ("page",)

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Make the page. The content of the placeholder file is only a remark."""
        del inputstring
        env: BuildEnvironment = document.settings.env
        catalogue = catalogue_of(
            env.config.friendcities_data, env.config.friendcities_repository, env.config.html_baseurl
        )
        folder, _, stem = env.docname.partition("/")
        page = KINDS[folder].page(catalogue, stem)
        document += _docinfo(page, preview(catalogue, env.docname))
        document += _keywords(page.names)
        document += nodes.meta(name="description", content=page.description)
        document += _whole(page.title, page.names, Shown(catalogue, page.template, page.shown))


@frozen
class Shown:
    """The content of a page."""

    catalogue: Catalogue
    template: str
    context: dict[str, Any]

    def blocks(self) -> Iterator[tuple[str, str, str]]:
        """The non-empty blocks: the name for addresses, the heading (empty for the first block), and the HTML."""
        template = templates().get_template(self.template)
        context = template.new_context({"catalogue": self.catalogue, "data": self.catalogue.data, **self.context})
        for name, render in template.blocks.items():
            html = "".join(render(context)).strip()
            if html:
                yield name.replace("_", "-"), "" if name == "top" else name.replace("_", " ").capitalize(), html


def _whole(title: str, names: list[str], shown: Shown) -> nodes.section:
    top = nodes.section(ids=["top"], classes=["catalogue"], support_smartquotes=False)
    top += nodes.title(text=title)
    top += addnodes.index(entries=[("single", name.replace(";", ","), "top", "main", None) for name in names])
    for name, heading, html in shown.blocks():
        raw = nodes.raw("", html, format="html")
        if heading:
            section = nodes.section(ids=[name])
            section += nodes.title(text=heading)
            section += raw
            top += section
        else:
            top += raw
    return top


def _docinfo(page: Page, picture: str) -> nodes.docinfo:
    """Mark the page as outside the tables of contents, and give its preview. The index of each kind lists the pages.

    The values for the preview are escaped, because the extension for previews escapes only quotation marks.
    """
    fields = {"orphan": "", "og:title": escape(page.title), "og:description": escape(page.description)}
    if picture:
        alt = f"World map with a line from {page.title} to each active partner"
        fields |= {"og:image": picture, "og:image:alt": escape(alt)}
    made = nodes.docinfo("", support_smartquotes=False)
    for name, text in fields.items():
        made += nodes.field("", nodes.field_name("", name), nodes.field_body("", nodes.paragraph(text=text)))
    return made


def spellings(doctree: nodes.document, names: list[str]) -> None:
    """Add names without accents and case for the search. The general index has only the names themselves."""
    folded = dict.fromkeys(map(fold, names))
    doctree += addnodes.index(entries=[("single", name, "top", "main", None) for name in folded if name])


def _keywords(names: list[str]) -> nodes.meta:
    return nodes.meta(name="keywords", content=", ".join(dict.fromkeys(" ".join(map(fold, names)).split())), lang="en")


@cache
def catalogue_of(path: str, repository: str, site: str) -> Catalogue:
    """The catalogue of a folder or file of records. An empty path means the bundled data."""
    return Catalogue(fc.Dataset.load(path) if path else fc.dataset(), repository, site)


@cache
def templates() -> Environment:
    """The templates with escaping of all values."""
    folder = Path(__file__).parent / "templates"
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"words": words, "in_words": format_value, "span": format_value, "fold": fold}
    made.globals |= {
        "country_name": country_name,
        "language_name": language_name,
        "citations": citations,
        "small_map": small_map,
    }
    made.globals["m"] = made.get_template("macros.html").module
    return made
