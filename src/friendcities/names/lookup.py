"""From what a person calls a place to the one city that it is, or to an error that says what there is."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from friendcities.errors import AmbiguousCityError, InvalidQueryError, UnknownCityError
from friendcities.model import City, CityId, NameKind
from friendcities.model.record import short
from friendcities.names.countries import countries_called, country_code
from friendcities.names.folding import fold

__all__ = ["Gazetteer", "country_code"]

_OWN = frozenset({NameKind.OFFICIAL, NameKind.ENDONYM, NameKind.EXONYM})
_WIKIDATA = re.compile(r"\s*[Qq](\d+)\s*", re.ASCII)
_CLOSE = 0.6
"""The likeness (difflib's ratio) below which a name is not worth suggesting."""
_MOST_SUGGESTED = 5


class Gazetteer:
    """Every name of every city of a dataset.

    Example:
        >>> import friendcities as fc
        >>> gazetteer = Gazetteer({city.id: city for city in fc.cities()})
        >>> gazetteer.city("Dunedin, New Zealand")
        <City nz-dunedin: Dunedin, NZ>
    """

    __slots__ = ("_by_id", "_moved", "_others", "_own", "_wikidata")

    def __init__(self, cities: Mapping[CityId, City], moved: Mapping[str, CityId] | None = None) -> None:
        self._by_id = cities
        self._moved = moved or {}
        self._own: dict[str, list[City]] = {}
        self._others: dict[str, list[City]] = {}
        self._wikidata: dict[str, list[City]] = {}
        for city in cities.values():
            self._add(self._own, city.name, city)
            for name in city.names:
                self._add(self._own if name.kind in _OWN else self._others, name.text, city)
            wikidata = city.identifiers.get("wikidata")
            if wikidata is not None:
                self._wikidata.setdefault(wikidata, []).append(city)

    @staticmethod
    def _add(index: dict[str, list[City]], text: str, city: City) -> None:
        named = index.setdefault(fold(text), [])
        if city not in named[-1:]:
            named.append(city)

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
            return found[0]
        if found:
            raise AmbiguousCityError(_several(query, found), query, found)
        near = self.suggest(text)
        hint = f"did you mean {_listed(near)}?" if near else "find_cities() searches parts of names"
        message = f"no city is called {short(query)}; {hint}"
        raise UnknownCityError(message, query, near)

    def find(self, query: str, limit: int) -> tuple[City, ...]:
        """The cities whose names match or come near, best first, at most so many.

        The whole name comes before its beginning, that before the beginning of a word in it, that before any part,
        and that before a likeness; within each, a city's own name comes before its aliases, then the shorter name.
        """
        wanted = fold(_as_name(query))
        ranked: dict[CityId, tuple[int, int, int, str]] = {}
        for tier, index in enumerate((self._own, self._others)):
            for name, cities in index.items():
                rank = _rank(wanted, name)
                if rank is None:
                    continue
                for city in cities:
                    key = (rank, tier, len(name), name)
                    if key < ranked.get(city.id, (9, 9, 0, "")):
                        ranked[city.id] = key
        best = sorted(ranked, key=lambda id_: (ranked[id_], id_))
        exact = self._by_other_means(query)
        found = dict.fromkeys([*(city.id for city in exact), *best])
        if len(found) < limit:
            found |= dict.fromkeys(city.id for city in self.suggest(query))
        return tuple(self._by_id[id_] for id_ in list(found)[:limit])

    def suggest(self, query: str) -> tuple[City, ...]:
        """The cities with the names most like this one, the likest first, at most five."""
        from difflib import get_close_matches  # noqa: PLC0415 - only a miss needs it

        names = {**self._others, **self._own}
        near = get_close_matches(fold(query), names, n=_MOST_SUGGESTED, cutoff=_CLOSE)
        cities = dict.fromkeys(city.id for name in near for city in names[name])
        return tuple(self._by_id[id_] for id_ in cities)[:_MOST_SUGGESTED]

    def _matches(self, text: str) -> list[City]:
        folded = fold(text)
        return self._own.get(folded) or self._others.get(folded) or []

    def _by_other_means(self, text: str) -> list[City]:
        """The cities that are named, but not by one of their names; as with names, case and width do not matter."""
        plain = unicodedata.normalize("NFKC", text)
        id_ = CityId(plain.strip().lower())
        by_id = self._by_id.get(self._moved.get(id_, id_))
        return [by_id] if by_id is not None else self._by_wikidata(plain) or self._by_qualified(plain)

    def _by_wikidata(self, text: str) -> list[City]:
        match = _WIKIDATA.fullmatch(text)
        return [] if match is None else self._wikidata.get(f"Q{match[1]}", [])

    def _by_qualified(self, text: str) -> list[City]:
        name, _, place = text.rpartition(",")
        key = fold(name)
        if not key or not fold(place):
            return []
        for index in (self._own, self._others):
            within = [city for city in index.get(key, ()) if self._lies_in(city, place.strip())]
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
        whole = self._by_id.get(city.part_of) if city.part_of is not None else None
        if whole is not None and whole in self._matches(place):
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


def _rank(wanted: str, name: str) -> int | None:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    at = name.find(wanted)
    if at < 0:
        return None
    return 2 if f" {wanted}" in name else 3


def _listed(cities: Iterable[City]) -> str:
    return " or ".join(f"{city.name}, {city.country} ({city.id!r})" for city in cities)


def _several(query: str, found: list[City]) -> str:
    listed = ", ".join(f"{city.name}, {city.country} ({city.id!r})" for city in found)
    return f"{short(query)} is the name of {len(found)} cities: {listed}; name one by its id"
