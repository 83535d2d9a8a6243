"""Finds the city for a query, or raises an error with candidates.

Names in the records take precedence over names from GeoNames.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import chain
from typing import Any, Final, TypeVar

from friendcities.errors import AmbiguousCityError, InvalidQueryError, UnknownCityError
from friendcities.limits import QUERY_CHARACTERS
from friendcities.model import City, CityId, Level, NameKind
from friendcities.model.record import short
from friendcities.names.normalize import WRITTEN_OUT, fold, fold_each
from friendcities.names.similarity import LIMIT, SimilarNames

_OWN_KINDS: Final = frozenset({NameKind.OFFICIAL, NameKind.ENDONYM, NameKind.EXONYM})
"""The kinds of a city's own names. Other kinds are aliases and former names."""
# Most queries do not need these patterns, so they are compiled on first use.
_WIKIDATA_ID: Final = r"\s*[Qq]([0-9]+)\s*"
_WORST_RANK: Final = (4, 0, 0, "")
_CITY_WORDS: Final = (
    "(?:the )?(?:(?:capital )?city of|city and county of|municipality of|town of|ville de|commune de|ciudad de|"
    "municipio de|cidade de|citta di|comune di|stadt|(?:freie und )?hansestadt|gemeente|(?:hlavni |statutarni )?mesto|"
    "miasto(?: stoleczne)?|grad|город|г) "
    "(.+)|(.+?)(?: (?:metropolitan |special )?city| (?:metropolitan )?municipality| metropolis| kommune?|"
    "(?: buyuksehir)? belediyesi| shi|市| ?(?:광역|특별)?시)"
)
"""Matches a name with a word for "city", such as "City of London"."""
_PLACE_IN_BRACKETS: Final = r"([^()]+)\(([^()]+)\)\s*"
_UNITS: Final[Mapping[str, frozenset[Level]]] = {
    "county": frozenset({Level.COUNTY}),
    "district": frozenset({Level.DISTRICT}),
    "prefecture": frozenset({Level.PROVINCE_OR_STATE, Level.REGION}),
    "province": frozenset({Level.PROVINCE_OR_STATE, Level.REGION}),
    "region": frozenset({Level.PROVINCE_OR_STATE, Level.REGION}),
    "state": frozenset({Level.PROVINCE_OR_STATE}),
}
"""Words for a unit of government, each with the levels of government that the word can mean."""
_UNIT_WORDS: Final = rf"(?:the )?({'|'.join(_UNITS)}) of (.+)|(.+) ({'|'.join(_UNITS)})"
_WORDS: Final = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
_FULL_AND_SHORT_WORDS: Final = _WORDS | {full: short for short, full in _WORDS.items()}


I = TypeVar("I", bound=str)  # noqa: E741 - an id


def _own_names(cities: Iterable[City]) -> Iterator[tuple[str, CityId]]:
    for city in cities:
        yield city.name, city.id
        yield from ((name.text, city.id) for name in city.names if name.kind in _OWN_KINDS)


def _other_names(cities: Iterable[City]) -> Iterator[tuple[str, CityId]]:
    for city in cities:
        yield from ((name.text, city.id) for name in city.names if name.kind not in _OWN_KINDS)


def _written_out_names(cities: Iterable[City]) -> Iterator[tuple[str, CityId]]:
    for city in cities:
        for text in (city.name, *(name.text for name in city.names)):
            if (written := text.translate(WRITTEN_OUT)) != text:
                yield written, city.id


_NAMES: Final[Mapping[str, Callable[[Iterable[City]], Iterable[tuple[str, CityId]]]]] = {
    "own_names": _own_names,
    "other_names": _other_names,
    "written_out_names": _written_out_names,
}
CITY_INDEXES: Final = (*_NAMES, "wikidata", "geonames")
"""The indexes of cities: own names, other names, names in ASCII spelling such as "koeln", and identifiers."""


def make_city_index(index: str, cities: Collection[City]) -> dict[str, list[CityId]]:
    """Return sorted city ids by normalized name or by identifier."""
    if index in _NAMES:
        names = list(_NAMES[index](cities))
        return group_ids(zip(fold_each([name for name, _ in names]), (id_ for _, id_ in names), strict=True))
    identifiers = ((city.identifiers.get(index, ""), city.id) for city in cities)
    return group_ids((identifier, id_) for identifier, id_ in identifiers if identifier.isalnum())


def group_ids(pairs: Iterable[tuple[str, I]]) -> dict[str, list[I]]:
    """Group ids by key. Keys and ids are sorted and have no repeats.

    Example:
        >>> group_ids([("york", "us-york"), ("york", "gb-york"), ("york", "gb-york")])
        {'york': ['gb-york', 'us-york']}
    """
    groups: dict[str, list[I]] = {}
    for key, id_ in sorted(set(pairs)):
        groups.setdefault(key, []).append(id_)
    return groups


class Gazetteer:
    """Finds the cities of a dataset. Names are indexed on first use.

    Example:
        >>> gazetteer = Gazetteer({city.id: city for city in fc.cities()})
        >>> gazetteer.city("Dunedin, New Zealand")
        <City nz-dunedin: Dunedin, NZ>
    """

    def __init__(
        self,
        cities: Mapping[CityId, City],
        moved: Mapping[str, CityId] | None = None,
        index: Callable[[str], Mapping[str, Sequence[CityId]]] | None = None,
    ) -> None:
        self._by_id = cities
        self._moved = moved or {}
        self._index = index or cache(lambda name: make_city_index(name, cities.values()))

    def _ids_of(self, name: str) -> Sequence[CityId]:
        """Cities with this own name take precedence over cities with this alias or former name."""
        return self._index("own_names").get(name) or self._index("other_names").get(name) or ()

    @cached_property
    def _similar_names(self) -> SimilarNames:
        return SimilarNames({**dict.fromkeys(self._index("other_names")), **dict.fromkeys(self._index("own_names"))})

    @cached_property
    def _in_other_languages(self) -> dict[str, list[CityId]]:
        own, shared = self._group_by_name(names_by_geonames_id()), self._group_by_name(shared_names_by_geonames_id())
        several = {name: ids for name, ids in shared.items() if name in own or len(ids) > 1}
        return {name: sorted({*own.get(name, ()), *several.get(name, ())}) for name in own | several}

    @cached_property
    def _shared_with_others(self) -> dict[str, list[CityId]]:
        shared = self._group_by_name(shared_names_by_geonames_id())
        return {name: ids for name, ids in shared.items() if name not in self._in_other_languages}

    def _find_shared_name(self, key: str) -> Iterator[Sequence[CityId]]:
        yield self._shared_with_others.get(key, ())

    def _group_by_name(self, names: Mapping[str, Collection[str]]) -> dict[str, list[CityId]]:
        listed = ((ids, names.get(geonames_id, ())) for geonames_id, ids in self._index("geonames").items())
        return group_ids((name, id_) for ids, own in listed for name in own for id_ in ids)

    def city(self, query: str | City) -> City:
        """Return the city that a query means; see :meth:`friendcities.Dataset.city`."""
        if isinstance(query, City):
            current = self._moved.get(query.id, query.id)
            if current in self._by_id:
                return self._by_id[current]
            message = f"this dataset has no city {query.id!r}"
            similar = self.suggest(query.name)
            raise UnknownCityError(message, query, similar, *_make_hints(query.name, is_found=bool(similar)))
        text = _check_name(query)
        if len(text) > QUERY_CHARACTERS:
            message = (
                f"{short(query)} is too long for the name of a city; expected at most {QUERY_CHARACTERS} characters"
            )
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
        """Whether at least one city has this name."""
        return len(name) <= QUERY_CHARACTERS and bool(fold(name)) and any(self._find_all(name))

    def _make_unknown_error(self, query: str) -> UnknownCityError:
        from friendcities.names.countries import (  # noqa: PLC0415 - importing pycountry is slow
            countries_called,
            read_country,
            similar_countries,
        )

        key = fold(query)
        if key in self._shared_with_others:
            shared = [self._by_id[id_] for id_ in self._shared_with_others[key]]
            message = f"{short(query)} is also the name of a place outside this dataset"
            return UnknownCityError(message, query, shared, f"did you mean {' or '.join(map(_label, shared))}?")
        is_known = any(key in names for names in names_by_geonames_id().values())
        is_part = not countries_called(re.split("[,(/]", query)[0])  # as in "Dunedn, New Zealand"
        countries = {} if is_part else countries_called(query)
        if countries and (read_country(query).standard or not is_known):  # "Granada" is Spanish for Grenada
            message = f"{short(query)} is {'a country' if len(countries) == 1 else 'the name of several countries'}"
            hint = " or ".join(f"country={code!r}" for code in countries)
            command = " or ".join(f"--country {code}" for code in countries)
            return UnknownCityError(message, query, (), f"use {hint}", f"use {command}")
        without_country = query[len("nz-") :] if query[2:3] == "-" else query.partition(",")[0]
        near = self._find_by_other_names(key) or (
            () if is_known else self.suggest(query) or self.suggest(without_country)
        )
        similar = {} if is_known else similar_countries(query)
        if near or similar:
            cities = [_label(city) for city in near]
            hint = " or ".join([*cities, *(f"the country {name} (country={code!r})" for code, name in similar.items())])
            command = " or ".join(
                [*cities, *(f"the country {name} (--country {code})" for code, name in similar.items())]
            )
            message = f"no city is called {short(query)}"
            return UnknownCityError(message, query, near, f"did you mean {hint}?", f"did you mean {command}?")
        is_found = not set(self.find(query, 1)) <= set(self.suggest(query))  # "Bern" is no answer to "Berlin"
        hints = _make_hints(query, is_found=is_found)
        return UnknownCityError(f"this dataset has no city {short(query)}", query, (), *hints)

    def _find_by_other_names(self, key: str) -> tuple[City, ...]:
        """Return the cities with another name of the places that GeoNames calls so."""
        known = [names for names in names_by_geonames_id().values() if key in names]
        ids = dict.fromkeys(id_ for names in known for name in sorted(names) for id_ in self._ids_of(name))
        return tuple(self._by_id[id_] for id_ in list(ids)[:LIMIT])

    def _find_all(self, text: str) -> Iterator[Sequence[CityId]]:
        """The most likely meaning of a query comes first."""
        key = fold(text)
        yield self._ids_of(key)
        yield self._find_without_name(text)
        yield from self._find_other_names(text)

    def _find_other_names(self, text: str) -> Iterator[Sequence[CityId]]:
        key = fold(text)
        forms = tuple(other_forms(key))
        for table in (self._index("own_names"), self._index("other_names")):
            yield list(dict.fromkeys(id_ for form in forms for id_ in table.get(form, ())))
        for table in (self._in_other_languages, self._index("written_out_names")):
            yield list(dict.fromkeys(id_ for form in (key, *forms) for id_ in table.get(form, ())))
        yield self._ids_of(fold(text.translate(WRITTEN_OUT)))
        if (match := re.fullmatch(_UNIT_WORDS, key)) is not None:
            levels, name = _UNITS[match[1] or match[4]], match[2] or match[3]
            for ids in (
                self._index("own_names").get(name, ()),
                self._index("other_names").get(name, ()),
                self._in_other_languages.get(name, ()),
            ):
                yield [id_ for id_ in ids if self._by_id[id_].level in levels]

    def find(self, query: str, limit: int) -> tuple[City, ...]:
        """Return the cities with matching or similar names; see :meth:`friendcities.Dataset.find_cities`.

        Among equal matches, own names come first, then short names.
        """
        if len(_check_name(query)) > QUERY_CHARACTERS:
            return ()
        wanted = fold(query)
        ranks: dict[CityId, tuple[int, int, int, str]] = {}
        for tier, index in enumerate((self._index("own_names"), self._index("other_names"))):
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
        """Return at most five cities with similar names. The most similar name comes first."""
        return tuple(self._by_id[id_] for id_ in self._similar_ids(query))

    def _similar_ids(self, query: str) -> list[CityId]:
        names = self._similar_names.find(fold(query))
        return list(dict.fromkeys(id_ for name in names for id_ in self._ids_of(name)))[:LIMIT]

    def _find_without_name(self, text: str) -> Sequence[CityId]:
        plain = unicodedata.normalize("NFKC", text)
        id_ = CityId(plain.strip().lower())
        current = self._moved.get(id_, id_)
        if current in self._by_id:
            return [current]
        match = re.fullmatch(_WIKIDATA_ID, plain)
        return (self._index("wikidata").get(f"Q{match[1]}") if match else None) or self._find_qualified(plain)

    def _find_qualified(self, text: str) -> list[CityId]:
        bracket = re.fullmatch(_PLACE_IN_BRACKETS, text)
        parts = text.rsplit(",", maxsplit=2)  # the place may be "Congo, Republic of the"
        pairs = [] if bracket is None else [(bracket[1], bracket[2])]
        pairs += [(",".join(parts[:number]), ",".join(parts[number:])) for number in range(len(parts) - 1, 0, -1)]
        for name, place in pairs:
            key = fold(name)
            if key and fold(place):
                recorded = (self._index("own_names").get(key, ()), self._index("other_names").get(key, ()))
                for ids in chain(recorded, self._find_other_names(name), self._find_shared_name(key)):
                    inside = [id_ for id_ in ids if self._lies_in(self._by_id[id_], place)]
                    if inside:
                        places = place.split(",")
                        in_all = [
                            id_ for id_ in inside if all(self._lies_in(self._by_id[id_], each) for each in places)
                        ]
                        return in_all or inside
        return []

    def _lies_in(self, city: City, place: str) -> bool:
        """Any meaning of the place can match: "IL" is Illinois or Israel."""
        subdivision = city.subdivision or ""
        place = place.strip()
        if place.upper() in {city.country, subdivision, subdivision[3:]}:
            return True
        if city.part_of is not None and city.part_of in self._ids_of(fold(place)):
            return True
        from friendcities.names.countries import (  # noqa: PLC0415 - importing pycountry is slow
            countries_called,
            find_part,
            subdivisions_conflict,
        )

        if fold(place) == _subdivision_name(subdivision):
            return True
        part = find_part(city.country, place)
        is_elsewhere = subdivision and part is not None and subdivisions_conflict(subdivision, part)
        return city.country in countries_called(place) and not is_elsewhere


def _subdivision_name(code: str) -> str | None:
    import pycountry  # noqa: PLC0415 - importing pycountry is slow

    subdivisions: Any = pycountry.subdivisions
    known = subdivisions.get(code=code)
    return None if known is None else fold(known.name)


def _check_name(query: Any) -> str:
    if not isinstance(query, str) or not fold(query[:QUERY_CHARACTERS]):
        message = f"invalid city {short(query)}; expected an id like 'nz-dunedin', or a name like 'Dunedin, NZ'"
        raise InvalidQueryError(message, query)
    return query


def other_forms(key: str) -> Iterator[str]:
    """Yield other forms of a normalized name, such as "x" for "city of x".

    Example:
        >>> list(other_forms("city of st petersburg"))
        ['st petersburg', 'st petersburg市', 'saint petersburg', 'city of saint petersburg']
    """
    unit = re.fullmatch(_UNIT_WORDS, key)
    reordered = f"{unit[2]} {unit[1]}" if unit and unit[1] else f"{unit[4]} of {unit[3]}" if unit else key
    match = re.fullmatch(_CITY_WORDS, key)
    bare = next(filter(None, match.groups())) if match else key
    for form in (
        bare,
        bare + "市",
        reordered,
        *(" ".join(_FULL_AND_SHORT_WORDS.get(word, word) for word in name.split()) for name in (bare, key)),
    ):
        if form != key:
            yield form


def names_by_geonames_id() -> Mapping[str, frozenset[str]]:
    """Return normalized names of cities in many languages, by GeoNames id.

    ``tools/city_names.py`` makes ``city_names.json``.
    """
    return _read_city_names()[0]


@cache
def geonames_ids_by_name() -> Mapping[str, Sequence[str]]:
    """Return the GeoNames ids of the cities with a folded name.

    Example:
        >>> geonames_ids_by_name()["marseille"], geonames_ids_by_name().get("atlantis")
        (['2995469'], None)
    """
    return group_ids((name, id_) for id_, names in names_by_geonames_id().items() for name in names)


def shared_names_by_geonames_id() -> Mapping[str, frozenset[str]]:
    """Return the names that cities share with other well-known places, by GeoNames id."""
    return _read_city_names()[1]


@cache
def _read_city_names() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    import json  # noqa: PLC0415 - only an unknown name needs it

    from importlib_resources import files  # noqa: PLC0415 - only an unknown name needs it

    own, shared = {}, {}
    for id_, joined in json.loads(files("friendcities.names").joinpath("city_names.json").read_bytes()).items():
        names, _, others = joined.partition("||")
        own[id_] = frozenset(names.split("|"))
        if others:
            shared[id_] = frozenset(others.split("|"))
    return own, shared


def _make_hints(name: str, *, is_found: bool) -> tuple[str, str]:
    """Return a call and a command: a search if the search finds a city, or a list of all cities."""
    if is_found:
        return f"search with find_cities({short(name)})", f"search with: friendcities find {short(name)}"
    command = "friendcities export --table cities --format csv -o -"
    return "list the cities with cities()", f"list the cities with: {command}"


def _match_rank(wanted: str, name: str) -> int:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in name else 3


def _label(city: City) -> str:
    return f"{city.name}, {city.country} ({city.id!r})"
