"""The kinds of pages: cities, countries, sources."""

from collections.abc import Callable, Iterable
from typing import Any

from attrs import frozen

from catalogue.views import Catalogue, country_name

__all__ = ["KINDS", "Kind", "Page"]

INDEX = "index"


@frozen
class Page:
    """One page."""

    title: str
    names: list[str]
    """The names of the page for the search."""
    template: str
    shown: dict[str, Any]
    """The context of the template."""


@frozen
class Kind:
    """A folder of pages with an index."""

    title: str
    ids: Callable[[Catalogue], Iterable[str]]
    make: Callable[[Catalogue, str], Page]
    template: str
    """The template of the index."""

    def page(self, catalogue: Catalogue, stem: str) -> Page:
        """The page of an id, or the index."""
        if stem == INDEX:
            return Page(self.title, [], self.template, {})
        return self.make(catalogue, stem)


def _city(catalogue: Catalogue, id_: str) -> Page:
    city = catalogue.data.city(id_)
    return Page(city.name, catalogue.names(city), "city.html", {"city": city})


def _source(catalogue: Catalogue, id_: str) -> Page:
    source = catalogue.data.source(id_)
    return Page(source.title, [source.title], "source.html", {"source": source})


def _country(catalogue: Catalogue, code: str) -> Page:
    code = code.upper()
    name = country_name(code)
    return Page(name, [name], "country.html", {"code": code, "name": name, "cities": catalogue.countries[code]})


KINDS = {
    "cities": Kind("Cities", lambda of: (city.id for city in of.data.cities()), _city, "cities.html"),
    "countries": Kind("Countries", lambda of: map(str.lower, of.countries), _country, "countries.html"),
    "sources": Kind("Sources", lambda of: (source.id for source in of.data.sources()), _source, "sources.html"),
}
"""The kinds of pages by folder."""
