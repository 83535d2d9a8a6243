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
    description: str
    """What the page has, in one sentence, for previews and search engines."""
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
            description = f"All {self.title.lower()} in the data on sister cities and city partnerships."
            return Page(self.title, [], description, self.template, {})
        return self.make(catalogue, stem)


def _city(catalogue: Catalogue, id_: str) -> Page:
    city = catalogue.data.city(id_)
    count = catalogue.count(city)
    number = f"{count} active {'partnership' if count == 1 else 'partnerships'}"
    description = f"{city.name}, {country_name(city.country)}: {number}, with dates and sources."
    return Page(city.name, catalogue.names(city), description, "city.html", {"city": city})


def _source(catalogue: Catalogue, id_: str) -> Page:
    source = catalogue.data.source(id_)
    description = f"The facts on city partnerships from {source.publisher}, {source.date_text}."
    return Page(source.title, [source.title], description, "source.html", {"source": source})


def _country(catalogue: Catalogue, code: str) -> Page:
    code = code.upper()
    name = country_name(code)
    description = f"The cities of {name} and their partnerships, with dates and sources."
    shown = {"code": code, "name": name, "cities": catalogue.countries[code]}
    return Page(name, [name], description, "country.html", shown)


KINDS = {
    "cities": Kind("Cities", lambda of: (city.id for city in of.data.cities()), _city, "cities.html"),
    "countries": Kind("Countries", lambda of: map(str.lower, of.countries), _country, "countries.html"),
    "sources": Kind("Sources", lambda of: (source.id for source in of.data.sources()), _source, "sources.html"),
}
"""The kinds of pages by folder."""
