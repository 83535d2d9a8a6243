"""Finds exactly one city by id or name, or raises an error with candidates.

Recorded names come first. Without a match, other forms of the name are tried ("City of X", "St. X"), then the names in
other languages that GeoNames has for the cities with a GeoNames id, and spellings without umlauts ("Koeln").
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import chain
from typing import Any, Final, NamedTuple

from friendcities.errors import AmbiguousCityError, InvalidQueryError, UnknownCityError
from friendcities.model import City, CityId, Level, NameKind
from friendcities.model.record import short
from friendcities.names.normalize import WRITTEN_OUT, fold, fold_each
from friendcities.names.similarity import LIMIT, SimilarNames

_OWN_KINDS: Final = frozenset({NameKind.OFFICIAL, NameKind.ENDONYM, NameKind.EXONYM})
"""The kinds of names that are a city's own, like its English name; the others are aliases and former names."""
_WIKIDATA_ID: Final = re.compile(r"\s*[Qq](\d+)\s*", re.ASCII)
_LONGEST_QUERY: Final = 500
"""The largest number of characters of a query: the time to normalize a text can grow with the square of its length."""
_WORST_RANK: Final = (4, 0, 0, "")
_CITY_WORDS: Final = re.compile(
    "(?:the )?(?:city of|municipality of|town of|ville de|ciudad de|cidade de|citta di|comune di|stadt|gemeente|город) "
    "(.+)|(.+)(?: city| municipality|市)"
)
"""Names with a word for "city", of which the rest is a name too."""
_UNITS: Final[Mapping[str, frozenset[Level]]] = {
    "county": frozenset({Level.COUNTY}),
    "district": frozenset({Level.DISTRICT}),
    "prefecture": frozenset({Level.PROVINCE_OR_STATE, Level.REGION}),
    "province": frozenset({Level.PROVINCE_OR_STATE, Level.REGION}),
    "region": frozenset({Level.PROVINCE_OR_STATE, Level.REGION}),
    "state": frozenset({Level.PROVINCE_OR_STATE}),
}
"""Words for a unit larger or smaller than a city, with the levels that they can mean."""
_UNIT_WORDS: Final = re.compile(rf"(?:the )?({'|'.join(_UNITS)}) of (.+)|(.+) ({'|'.join(_UNITS)})")
_WORDS: Final = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
_FULL_AND_SHORT_WORDS: Final = _WORDS | {full: short for short, full in _WORDS.items()}


class CityNames(NamedTuple):
    """The names of a city: the English name, and the other names with their kinds."""

    id: CityId
    name: str
    others: Sequence[tuple[str, str]]


class NameIndex:
    """An index from folded names to the ids of cities."""

    def __init__(self, cities: Iterable[CityNames]) -> None:
        self.own: dict[str, list[CityId]] = {}
        """The names that are a city's own."""
        self.others: dict[str, list[CityId]] = {}
        """Aliases and former names."""
        texts: list[str] = []
        entries: list[tuple[dict[str, list[CityId]], CityId]] = []
        for id_, name, others in cities:
            texts.append(name)
            entries.append((self.own, id_))
            for text, kind in others:
                texts.append(text)
                entries.append((self.own if kind in _OWN_KINDS else self.others, id_))
        for text, (index, id_) in zip(fold_each(texts), entries, strict=True):
            ids = index.get(text)
            if ids is None:
                index[text] = [id_]
            elif ids[-1] != id_:
                ids.append(id_)

    def ids_of(self, name: str) -> list[CityId]:
        """The ids of the cities with a folded name as their own name, or else as an alias or former name."""
        return self.own.get(name) or self.others.get(name) or []

    @cached_property
    def similar(self) -> SimilarNames:
        """The names, indexed by their letters."""
        return SimilarNames({**self.others, **self.own})


class Gazetteer:
    """Finds the cities of a dataset; names are indexed on first use.

    Args:
        cities: The cities, by id.
        moved: The current id for each former id of a city.
        read_names: Returns the names of all cities, if possible without building the cities.

    Example:
        >>> gazetteer = Gazetteer({city.id: city for city in fc.cities()})
        >>> gazetteer.city("Dunedin, New Zealand")
        <City nz-dunedin: Dunedin, NZ>
    """

    def __init__(
        self,
        cities: Mapping[CityId, City],
        moved: Mapping[str, CityId] | None = None,
        read_names: Callable[[], Iterable[CityNames]] | None = None,
    ) -> None:
        self._by_id = cities
        self._moved = moved or {}
        self._read_names = read_names or self._names_of_cities

    def _names_of_cities(self) -> Iterable[CityNames]:
        for city in self._by_id.values():
            yield CityNames(city.id, city.name, [(name.text, name.kind) for name in city.names])

    @cached_property
    def _index(self) -> NameIndex:
        return NameIndex(self._read_names())

    @cached_property
    def _in_other_languages(self) -> dict[str, list[CityId]]:
        """The folded names of the cities in GeoNames."""
        found: dict[str, list[CityId]] = {}
        for id_, city in self._by_id.items():
            for name in names_by_geonames_id().get(city.identifiers.get("geonames", ""), ()):
                found.setdefault(name, []).append(id_)
        return found

    @cached_property
    def _written_out(self) -> dict[str, list[CityId]]:
        """The folded names with umlauts and similar letters written as ASCII: "koeln"."""
        found: dict[str, list[CityId]] = {}
        for id_, name, others in self._read_names():
            for text in (name, *(other for other, _ in others)):
                if (written := text.translate(WRITTEN_OUT)) != text:
                    found.setdefault(fold(written), []).append(id_)
        return found

    @cached_property
    def _by_wikidata_id(self) -> dict[str, list[CityId]]:
        found: dict[str, list[CityId]] = {}
        for id_, city in self._by_id.items():
            if (item := city.identifiers.get("wikidata")) is not None:
                found.setdefault(item, []).append(id_)
        return found

    def city(self, query: str | City) -> City:
        """The city with an id, a name, "name, country" or a Wikidata id; see :meth:`friendcities.Dataset.city`."""
        if isinstance(query, City):
            current = self._moved.get(query.id, query.id)
            if current in self._by_id:
                return self._by_id[current]
            message, hint = f"this dataset has no city {query.id!r}", f"search with find_cities({short(query.name)})"
            raise UnknownCityError(message, query, self.suggest(query.name), hint)
        text = _check_name(query)
        if len(text) > _LONGEST_QUERY:
            message = f"{short(query)} is longer than the name of any city"
            raise UnknownCityError(message, query)
        current = self._moved.get(text, CityId(text))
        if current in self._by_id:
            return self._by_id[current]
        ids = next(filter(None, self._find_all(text)), ())
        if len(ids) == 1:
            return self._by_id[ids[0]]
        if ids:
            several = [self._by_id[id_] for id_ in ids]
            message = f"{short(query)} is the name of {len(several)} cities: {', '.join(map(_label, several))}"
            raise AmbiguousCityError(message, query, several, "use the id of one of these cities")
        raise self._make_unknown_error(text)

    def has(self, name: str) -> bool:
        """Whether at least one city has a name."""
        return len(name) <= _LONGEST_QUERY and bool(fold(name)) and any(self._find_all(name))

    def _make_unknown_error(self, query: str) -> UnknownCityError:
        """Make the error for an unknown name: a country, a city outside the dataset, or a misspelt name."""
        from friendcities.names.countries import countries_called, read_country  # noqa: PLC0415 - pycountry is slow

        key = fold(query)
        is_known = any(key in names for names in names_by_geonames_id().values())
        is_part = not countries_called(re.split("[,(/]", query)[0])  # as in "Dunedn, New Zealand"
        countries = {} if is_part else countries_called(query)
        if countries and (read_country(query).standard or not is_known):  # "Granada" is Spanish for Grenada
            message = f"{short(query)} is {'a country' if len(countries) == 1 else 'the name of several countries'}"
            hint = " or ".join(f"country={code!r}" for code in countries)
            command = " or ".join(f"--country {code}" for code in countries)
            return UnknownCityError(message, query, (), f"use {hint}", f"use {command}")
        near = () if is_known else self.suggest(query) or self.suggest(query.partition(",")[0])
        hint, command = f"search with find_cities({short(query)})", f"search with: friendcities find {short(query)}"
        if near:
            message = f"no city is called {short(query)}"
            return UnknownCityError(message, query, near, f"did you mean {' or '.join(map(_label, near))}?")
        return UnknownCityError(f"this dataset has no city {short(query)}", query, (), hint, command)

    def _find_all(self, text: str) -> Iterator[Sequence[CityId]]:
        """Yield the cities for each interpretation of a query, the closest interpretation first."""
        key = fold(text)
        yield self._index.ids_of(key)
        yield self._find_without_name(text)
        yield from self._find_other_names(text)

    def _find_other_names(self, text: str) -> Iterator[Sequence[CityId]]:
        """Yield the cities for other forms of a name, for other languages, and for a spelling without umlauts."""
        key = fold(text)
        forms = tuple(_other_forms(key))
        for table in (self._index.own, self._index.others):
            yield list(dict.fromkeys(id_ for form in forms for id_ in table.get(form, ())))
        yield list(dict.fromkeys(id_ for form in (key, *forms) for id_ in self._in_other_languages.get(form, ())))
        yield list(dict.fromkeys(id_ for form in (key, *forms) for id_ in self._written_out.get(form, ())))
        yield self._index.ids_of(fold(text.translate(WRITTEN_OUT)))
        if (match := _UNIT_WORDS.fullmatch(key)) is not None:
            levels, name = _UNITS[match[1] or match[4]], match[2] or match[3]
            for ids in (
                self._index.own.get(name, ()),
                self._index.others.get(name, ()),
                self._in_other_languages.get(name, ()),
            ):
                yield [id_ for id_ in ids if self._by_id[id_].level in levels]

    def find(self, query: str, limit: int) -> tuple[City, ...]:
        """The cities with matching or similar names, best first; see :meth:`friendcities.Dataset.find_cities`.

        Among equal matches, own names come before aliases, and shorter names before longer names.
        """
        if len(_check_name(query)) > _LONGEST_QUERY:
            return ()
        wanted = fold(query)
        ranks: dict[CityId, tuple[int, int, int, str]] = {}
        for tier, index in enumerate((self._index.own, self._index.others)):
            for name in [each for each in index if wanted in each]:
                rank = (_match_rank(wanted, name), tier, len(name), name)
                for id_ in index[name]:
                    if rank < ranks.get(id_, _WORST_RANK):
                        ranks[id_] = rank
        best = sorted(ranks, key=lambda id_: (ranks[id_], id_))
        found = dict.fromkeys([*self._find_without_name(query), *best])
        if not found:
            found = dict.fromkeys(id_ for ids in self._find_other_names(query) for id_ in ids)
        if len(found) < limit:
            found |= dict.fromkeys(self._similar_ids(query))
        return tuple(self._by_id[id_] for id_ in list(found)[:limit])

    def suggest(self, query: str) -> tuple[City, ...]:
        """At most five cities with similar names, the most similar first."""
        return tuple(self._by_id[id_] for id_ in self._similar_ids(query))

    def _similar_ids(self, query: str) -> list[CityId]:
        names = self._index.similar.find(fold(query))
        return list(dict.fromkeys(id_ for name in names for id_ in self._index.ids_of(name)))[:LIMIT]

    def _find_without_name(self, text: str) -> list[CityId]:
        """The cities for a query other than a name: an id in any case, a Wikidata id, or a name with a place."""
        plain = unicodedata.normalize("NFKC", text)
        id_ = CityId(plain.strip().lower())
        current = self._moved.get(id_, id_)
        if current in self._by_id:
            return [current]
        match = _WIKIDATA_ID.fullmatch(plain)
        return (self._by_wikidata_id.get(f"Q{match[1]}", []) if match else []) or self._find_qualified(plain)

    def _find_qualified(self, text: str) -> list[CityId]:
        """The cities for a query such as "Dunedin, NZ"."""
        parts = text.rsplit(",", maxsplit=2)  # the place may be "Congo, Republic of the"
        for number in range(len(parts) - 1, 0, -1):
            name, place = ",".join(parts[:number]), ",".join(parts[number:]).strip()
            key = fold(name)
            if key and fold(place):
                recorded = (self._index.own.get(key, ()), self._index.others.get(key, ()))
                for ids in chain(recorded, self._find_other_names(name)):
                    inside = [id_ for id_ in ids if self._lies_in(self._by_id[id_], place)]
                    if inside:
                        return inside
        return []

    def _lies_in(self, city: City, place: str) -> bool:
        """Whether a city is in a country, in a subdivision, or in another city that it is a part of.

        A place may have several meanings ("IL" is Illinois or Israel); each of them matches.
        """
        subdivision = city.subdivision or ""
        if place.upper() in {city.country, subdivision, subdivision[3:]}:
            return True
        if city.part_of is not None and city.part_of in self._index.ids_of(fold(place)):
            return True
        from friendcities.names.countries import countries_called  # noqa: PLC0415 - pycountry takes long to import

        return city.country in countries_called(place) or fold(place) == _subdivision_name(subdivision)


def _subdivision_name(code: str) -> str | None:
    """The folded name of a subdivision; ``None`` if the code is unknown to pycountry."""
    import pycountry  # noqa: PLC0415 - it takes longer to import than most answers take

    subdivisions: Any = pycountry.subdivisions
    known = subdivisions.get(code=code) if code else None
    return None if known is None else fold(known.name)


def _check_name(query: Any) -> str:
    if not isinstance(query, str) or not fold(query[:_LONGEST_QUERY]):
        message = f"invalid city {short(query)}; expected an id like 'nz-dunedin', or a name like 'Dunedin, NZ'"
        raise InvalidQueryError(message, query)
    return query


def _other_forms(key: str) -> Iterator[str]:
    """Other forms of a folded name: without a word for "city", and with "Saint" in full or short.

    Example:
        >>> list(_other_forms("city of st petersburg"))
        ['st petersburg', 'st petersburg市', 'saint petersburg', 'city of saint petersburg']
    """
    match = _CITY_WORDS.fullmatch(key)
    bare = next(filter(None, match.groups())) if match else key
    for form in (
        bare,
        bare + "市",
        *(" ".join(_FULL_AND_SHORT_WORDS.get(word, word) for word in name.split()) for name in (bare, key)),
    ):
        if form != key:
            yield form


@cache
def names_by_geonames_id() -> Mapping[str, frozenset[str]]:
    """The folded names of cities in many languages, by GeoNames id; ``tools/city_names.py`` makes the file."""
    import json  # noqa: PLC0415 - only a miss needs it

    from importlib_resources import files  # noqa: PLC0415 - only a miss needs it

    names = json.loads(files("friendcities.names").joinpath("city_names.json").read_bytes())
    return {id_: frozenset(joined.split("|")) for id_, joined in names.items()}


def _match_rank(wanted: str, name: str) -> int:
    """The rank of a match by position: 0 (the whole name), 1 (its beginning), 2 (beginning of a word), or 3."""
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in name else 3


def _label(city: City) -> str:
    return f"{city.name}, {city.country} ({city.id!r})"
