"""How a page of the catalogue is made: a file that names it becomes headings, and under each what a template tells.

The templates escape whatever they are given, so that a name is a name, however much it looks like markup.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import frozen
from docutils import nodes
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sphinx import addnodes
from sphinx.parsers import Parser

import friendcities as fc
from catalogue.kinds import KINDS
from catalogue.views import Catalogue, country_name, language_name, words
from friendcities.exporters import citations
from friendcities.model.value_text import format_value
from friendcities.names.normalize import fold

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

__all__ = ["SUFFIX", "PageParser", "catalogue_of", "spellings"]

SUFFIX = ".page"
"""How the files end that name a page."""


class PageParser(Parser):
    """Makes a page of the file that names it: its folder says what of, its stem is the id."""

    supported: ClassVar[tuple[str, ...]] = ("page",)

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Make the page; what stands in the file is for people alone."""
        del inputstring
        env: BuildEnvironment = document.settings.env
        catalogue = catalogue_of(
            env.config.friendcities_data, env.config.friendcities_repository, env.config.html_baseurl
        )
        folder, _, stem = env.docname.partition("/")
        page = KINDS[folder].page(catalogue, stem)
        document += _orphan()
        document += _keywords(page.names)
        document += _whole(page.title, page.names, Shown(catalogue, page.template, page.shown))


@frozen
class Shown:
    """What is shown under the heading of a page."""

    catalogue: Catalogue
    template: str
    context: dict[str, Any]

    def blocks(self) -> Iterator[tuple[str, str, str]]:
        """The blocks that say something: a name for addresses, a heading (empty for the first), and HTML."""
        template = templates().get_template(self.template)
        context = template.new_context({"catalogue": self.catalogue, "data": self.catalogue.data, **self.context})
        for name, render in template.blocks.items():
            html = "".join(render(context)).strip()
            if html:
                yield name.replace("_", "-"), "" if name == "top" else name.replace("_", " ").capitalize(), html


def _whole(title: str, names: list[str], shown: Shown) -> nodes.section:
    """The page as one section, with a section in it for each block."""
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


def _orphan() -> nodes.docinfo:
    """Says that no table of contents has the page: there are too many of them, and each index leads to its own."""
    return nodes.docinfo("", nodes.field("", nodes.field_name("", "orphan"), nodes.field_body("")))


def spellings(doctree: nodes.document, names: list[str]) -> None:
    """Let the search find a page by its names without their accents and case, as by the names themselves.

    The general index, which is made earlier, has only the names.
    """
    folded = dict.fromkeys(map(fold, names))
    doctree += addnodes.index(entries=[("single", name, "top", "main", None) for name in folded if name])


def _keywords(names: list[str]) -> nodes.meta:
    """What a search finds the page by besides what it shows: names without their accents and case."""
    return nodes.meta(name="keywords", content=", ".join(dict.fromkeys(" ".join(map(fold, names)).split())), lang="en")


@cache
def catalogue_of(path: str, repository: str, site: str) -> Catalogue:
    """The catalogue of a folder or file of records, or of the bundled data where the path is empty."""
    return Catalogue(fc.Dataset.load(path) if path else fc.dataset(), repository, site)


@cache
def templates() -> Environment:
    """The templates, which escape all that they are given."""
    folder = Path(__file__).parent / "templates"
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"words": words, "in_words": format_value, "span": format_value, "fold": fold}
    made.globals |= {"country_name": country_name, "language_name": language_name, "citations": citations}
    made.globals["m"] = made.get_template("macros.html").module
    return made
