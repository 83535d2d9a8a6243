"""Items of Wikidata as cities: those that a base has, and those of which the files say enough."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from friendcities.datasets.dataset import Dataset
from friendcities.datasets.references import references
from friendcities.importers.import_report import Reason, Remark
from friendcities.importers.wikidata.languages import language_tag
from friendcities.importers.wikidata.statements import Item
from friendcities.model import (
    AnyRecord,
    City,
    CityId,
    Coordinates,
    Evidence,
    FrozenMap,
    Level,
    Name,
    NameKind,
    SourceId,
)
from friendcities.model.grammar import is_city_id, is_country
from friendcities.model.record import short
from friendcities.names.normalize import fold

__all__ = ["Cities"]

_ENGLISH: Final = ("en", "en-us", "en-gb", "en-ca", "mul")
"""The languages of labels that are taken for an English name, the best first."""
_LONGEST: Final = 60
_ASSUMED: Final = "The level is assumed: what was read does not tell it."


class Cities:
    """The cities that items are.

    Args:
        items: What the files say of each item.
        wanted: The items that statements name.
        base: A dataset whose cities are taken for the items that they have as their Wikidata id.
        source: What Wikidata is as a source.
        level: The level of the cities that the base does not have.
    """

    def __init__(
        self, items: Mapping[str, Item], wanted: Iterable[str], base: Dataset, source: SourceId, level: Level
    ) -> None:
        self._items = items
        self._source = source
        self._level = level
        self._base = base
        self._known = _by_item(base)
        self._refused: dict[str, Remark] = {}
        named: dict[str, tuple[str, str]] = {}
        for id_ in sorted(set(wanted)):
            if id_ not in self._known:
                found = self._named(id_)
                if isinstance(found, Remark):
                    self._refused[id_] = found
                else:
                    named[id_] = found
        ids = {id_: f"{country.lower()}-{_slug(name) or id_.lower()}" for id_, (name, country) in named.items()}
        shared = Counter(ids.values())
        taken = {city.id for city in base.cities()} | set(base.redirects.get(City, {}))
        self.made: dict[str, City] = {}
        for id_, (name, country) in named.items():
            unique = ids[id_] if shared[ids[id_]] == 1 and ids[id_] not in taken else f"{ids[id_]}-{id_.lower()}"
            self.made[id_] = self._city(items[id_], CityId(unique), name, country)

    def of(self, item: str) -> CityId | Remark:
        """The city that an item is; or why it is none."""
        if item in self._refused:
            return self._refused[item]
        return (self._known.get(item) or self.made[item]).id

    def remarks(self, item: str) -> Iterator[Remark]:
        """What of an item was left out."""
        known = self._items.get(item)
        for what in () if known is None or item not in self.made else known.left_out:
            yield Remark(Reason.LEFT_OUT, f"{item}: {what}")

    def records(self, used: Iterable[CityId]) -> Iterator[AnyRecord]:
        """These cities, and of those that the base has what they name."""
        wanted: list[tuple[type[AnyRecord], str]] = [(City, id_) for id_ in sorted(set(used))]
        beneath: tuple[AnyRecord, ...] = (*self._base.cities(), *self._base.sources())
        there = {(type(record), str(record.id)): record for record in beneath}
        made: dict[tuple[type[AnyRecord], str], AnyRecord] = {(City, city.id): city for city in self.made.values()}
        there |= made
        seen = set()
        while wanted:
            key = wanted.pop()
            if key in seen:
                continue
            seen.add(key)
            yield there[key]
            if key not in made:  # what those cite is added by who made them
                wanted += [(cls, id_) for _, cls, id_ in references(there[key])]

    def _named(self, id_: str) -> tuple[str, str] | Remark:
        """The English name and the country of an item."""
        item = self._items.get(id_)
        if item is None or not (item.labels or item.countries):
            what = f"{id_} is only an id here: no city of the base has it, and no file says what it is; add its entity"
            return Remark(Reason.UNKNOWN_ITEM, what)
        name = next((item.labels[language] for language in _ENGLISH if language in item.labels), None)
        if name is None:
            return Remark(Reason.UNKNOWN_ITEM, f"{id_} has no label in English")
        codes = sorted({code for each in item.countries if (code := self._code(each)) is not None})
        if len(codes) > 1:
            return Remark(Reason.AMBIGUOUS_COUNTRY, f"{id_} lies in more than one country: {', '.join(codes)}")
        if not codes:
            where = "no file says in which country it lies"
            if item.countries:
                where = f"its country is {', '.join(item.countries)}, of which no code is known"
            return Remark(Reason.UNKNOWN_COUNTRY, f"{id_}, {short(name)}: {where}")
        return name, codes[0]

    def _code(self, country: str) -> str | None:
        """The ISO 3166-1 code of a country, from its code or its item."""
        if is_country(country):
            return country
        item = self._items.get(country)
        code = None if item is None else item.code
        return code if code is not None and is_country(code) else _countries().get(country)

    def _city(self, item: Item, id_: CityId, name: str, country: str) -> City:
        names = tuple(_names(item, name))
        geonames = {"geonames": item.geonames[0]} if len(item.geonames) == 1 else {}
        point = None
        if item.point is not None:
            point = Coordinates(latitude=item.point[0], longitude=item.point[1], point="as Wikidata has it")
        supports = ["name", *(["names"] if names else []), "country", "level"]
        supports += [*(["coordinates"] if point else []), "identifiers"]
        told = Evidence(source=self._source, locator=f"item {item.id}", supports=tuple(supports), note=_ASSUMED)
        return City(
            id=id_,
            name=name,
            names=names,
            country=country,
            level=self._level,
            coordinates=point,
            identifiers=FrozenMap({**geonames, "wikidata": item.id}),
            evidence=(told,),
        )


def _by_item(base: Dataset) -> dict[str, City]:
    """The cities of a dataset by their Wikidata ids; one that two have tells of neither."""
    found = [(city.identifiers["wikidata"], city) for city in base.cities() if "wikidata" in city.identifiers]
    often = Counter(id_ for id_, _ in found)
    return {id_: city for id_, city in found if often[id_] == 1}


def _names(item: Item, name: str) -> Iterator[Name]:
    """The other names of an item: its labels and aliases, each once a language, in the order of their tags."""
    seen = {name}
    given = {language: (label,) for language, label in item.labels.items()}
    for language in sorted({*given, *item.aliases}):
        tag = language_tag(language)
        texts = (*given.get(language, ()), *item.aliases.get(language, ()))
        for text in dict.fromkeys(texts):
            if tag is not None and text not in seen:
                yield Name(text=text, language=tag, kind=NameKind.ALIAS)
        seen.update(texts if tag == "en" else ())


def _slug(name: str) -> str:
    words = "".join(letter if letter.isascii() else " " for letter in fold(name)).split()
    made = "-".join(words)[:_LONGEST].strip("-")
    return made if is_city_id(f"xx-{made}") else ""


@cache
def _countries() -> Mapping[str, str]:
    """The ISO 3166-1 codes of today's countries by their items on Wikidata."""
    text = files("friendcities.importers.wikidata").joinpath("country_items.json").read_text(encoding="utf-8")
    found: dict[str, str] = json.loads(text)
    return found
