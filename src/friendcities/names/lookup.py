"""From what a person calls a place to the one city that it is, or to an error that says what there is."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, Final

from friendcities.collector import collector_paused
from friendcities.errors import AmbiguousCityError, InvalidQueryError, UnknownCityError
from friendcities.model import City, CityId
from friendcities.model.record import short
from friendcities.names.countries import countries_called, country_code
from friendcities.names.index import Named, Names
from friendcities.names.normalize import fold
from friendcities.names.similarity import MOST

__all__ = ["Gazetteer", "country_code"]

_WIKIDATA = re.compile(r"\s*[Qq](\d+)\s*", re.ASCII)


class Gazetteer:
    """Every name of every city of a dataset; they are gone through when one is first asked for.

    Args:
        cities: The cities, by id; they stay as they are.
        moved: The ids that cities once had, with those they have now.
        named: Gives what each of the cities is called, where that can be had without making the city.

    Example:
        >>> import friendcities as fc
        >>> gazetteer = Gazetteer({city.id: city for city in fc.cities()})
        >>> gazetteer.city("Dunedin, New Zealand")
        <City nz-dunedin: Dunedin, NZ>
    """

    def __init__(
        self,
        cities: Mapping[CityId, City],
        moved: Mapping[str, CityId] | None = None,
        named: Callable[[], Iterable[Named]] | None = None,
    ) -> None:
        self._by_id = cities
        self._moved = moved or {}
        self._named = named or (lambda: map(Named.of, cities.values()))

    @cached_property
    def _names(self) -> Names:
        with collector_paused():
            return Names(self._named())

    @cached_property
    def _wikidata(self) -> dict[str, list[CityId]]:
        found: dict[str, list[CityId]] = {}
        for id_, city in self._by_id.items():
            if (item := city.identifiers.get("wikidata")) is not None:
                found.setdefault(item, []).append(id_)
        return found

    def city(self, query: str | City) -> City:
        """The one city that is meant: by id, by any of its names, by "name, country", by Wikidata id, or itself.

        A name that is one city's own (its English name, an official name, an endonym or exonym) wins over another's
        alias, former name or predecessor.

        Raises:
            AmbiguousCityError: If the name is that of several; ``candidates`` are they.
            UnknownCityError: If it is that of none; ``candidates`` are the cities whose names come near.
            InvalidQueryError: If it is no name at all.
        """
        if isinstance(query, City):
            now = self._moved.get(query.id, query.id)
            if now in self._by_id:
                return self._by_id[now]
            message = f"this dataset has no city {query.id!r}; find_cities({short(query.name)}) shows what comes near"
            raise UnknownCityError(message, query, self.suggest(query.name))
        text = _as_name(query)
        now = self._moved.get(text, CityId(text))
        if now in self._by_id:
            return self._by_id[now]
        found = self._matches(text) or self._by_other_means(text)
        if len(found) == 1:
            return self._by_id[found[0]]
        if found:
            several = [self._by_id[id_] for id_ in found]
            raise AmbiguousCityError(_several(query, several), query, several)
        near = self.suggest(text)
        hint = f"did you mean {_listed(near)}?" if near else _SEARCH
        message = f"no city is called {short(query)}; {hint}"
        raise UnknownCityError(message, query, near)

    def find(self, query: str, limit: int) -> tuple[City, ...]:
        """The cities whose names match or come near, best first, at most so many.

        The whole name comes before its beginning, that before the beginning of a word in it, that before any part,
        and that before a likeness; within each, a city's own name comes before its aliases, then the shorter name.
        """
        wanted = fold(_as_name(query))
        ranked: dict[CityId, tuple[int, int, int, str]] = {}
        for tier, index in enumerate((self._names.own, self._names.others)):
            for name in [each for each in index if wanted in each]:
                key = (_rank(wanted, name), tier, len(name), name)
                for id_ in index[name]:
                    if key < ranked.get(id_, _LAST):
                        ranked[id_] = key
        best = sorted(ranked, key=lambda id_: (ranked[id_], id_))
        found = dict.fromkeys([*self._by_other_means(query), *best])
        if len(found) < limit:
            found |= dict.fromkeys(self._suggested(query))
        return tuple(self._by_id[id_] for id_ in list(found)[:limit])

    def suggest(self, query: str) -> tuple[City, ...]:
        """The cities with the names most like this one, the likest first, at most five."""
        return tuple(self._by_id[id_] for id_ in self._suggested(query))

    def _suggested(self, query: str) -> list[CityId]:
        near = self._names.likeness.to(fold(query))
        return list(dict.fromkeys(id_ for name in near for id_ in self._names.called(name)))[:MOST]

    def _matches(self, text: str) -> list[CityId]:
        return self._names.called(fold(text))

    def _by_other_means(self, text: str) -> list[CityId]:
        """The cities that are named, but not by one of their names; as with names, case and width do not matter."""
        plain = unicodedata.normalize("NFKC", text)
        id_ = CityId(plain.strip().lower())
        now = self._moved.get(id_, id_)
        return [now] if now in self._by_id else self._by_wikidata(plain) or self._by_qualified(plain)

    def _by_wikidata(self, text: str) -> list[CityId]:
        match = _WIKIDATA.fullmatch(text)
        return [] if match is None else self._wikidata.get(f"Q{match[1]}", [])

    def _by_qualified(self, text: str) -> list[CityId]:
        name, _, place = text.rpartition(",")
        key = fold(name)
        if not key or not fold(place):
            return []
        for index in (self._names.own, self._names.others):
            within = [id_ for id_ in index.get(key, ()) if self._lies_in(self._by_id[id_], place.strip())]
            if within:
                return within
        return []

    def _lies_in(self, city: City, place: str) -> bool:
        """Whether a city lies in a place named by country, by subdivision, or by the city that it is a part of.

        A bare "IL" is Illinois as well as Israel, and "Congo" is two countries: who lies in either is meant.
        """
        subdivision = city.subdivision or ""
        if place.upper() in {city.country, subdivision, subdivision[3:]}:
            return True
        if city.part_of is not None and city.part_of in self._matches(place):
            return True
        return city.country in countries_called(place) or fold(place) == _subdivision_name(subdivision)


def _subdivision_name(code: str) -> str | None:
    """The folded name of a part of a country; ``None`` where pycountry knows none of that code."""
    import pycountry  # noqa: PLC0415 - it takes longer to import than most answers take

    subdivisions: Any = pycountry.subdivisions
    known = subdivisions.get(code=code) if code else None
    return None if known is None else fold(known.name)


def _as_name(query: Any) -> str:
    if not isinstance(query, str):
        message = f"a city is named by id or name, not by {short(query)}; pass text like 'Dunedin', or a City"
        raise InvalidQueryError(message, query)
    if not fold(query):
        message = f"{short(query)} names no city; pass an id like 'nz-dunedin' or a name like 'Dunedin, NZ'"
        raise InvalidQueryError(message, query)
    return query


def _rank(wanted: str, name: str) -> int:
    """How a name that holds what is wanted holds it: wholly, at its beginning, at that of a word, anywhere."""
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in name else 3


_LAST: Final = (4, 0, 0, "")
"""What every name ranks before."""


_SEARCH: Final = "find_cities() and 'friendcities find' search parts of names"


def _listed(cities: Iterable[City]) -> str:
    return " or ".join(f"{city.name}, {city.country} ({city.id!r})" for city in cities)


def _several(query: str, found: list[City]) -> str:
    listed = ", ".join(f"{city.name}, {city.country} ({city.id!r})" for city in found)
    return f"{short(query)} is the name of {len(found)} cities: {listed}; name one by its id"
