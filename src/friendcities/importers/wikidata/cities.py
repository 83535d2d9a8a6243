"""Finds or makes the cities for Wikidata items."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

from friendcities.datasets.dataset import Dataset
from friendcities.importers.import_report import Reason, Remark
from friendcities.importers.names_gate import check_name
from friendcities.importers.wikidata.statements import Item, language_tag
from friendcities.model import (
    AnyRecord,
    City,
    CityId,
    Evidence,
    FrozenMap,
    Level,
    Name,
    NameKind,
    SourceId,
)
from friendcities.model.grammar import is_city_id
from friendcities.model.record import short
from friendcities.names.countries import read_country
from friendcities.names.normalize import make_slug

_ENGLISH: Final = ("en", "en-us", "en-gb", "en-ca", "mul")
"""The languages of labels that are used as English names, the best first."""
_MAX_LENGTH: Final = 60
_ASSUMED: Final = "The level is assumed; the source does not state it."
_KNOWN: Final = (
    "The source does not state the name, the country and the level; they are from a city with the same Wikidata id."
)


class ItemCities:
    """The cities for the Wikidata items in statements.

    Items without a name get the name and the country of their city in ``known``.
    """

    def __init__(
        self,
        items: Mapping[str, Item],
        named: Iterable[str],
        base: Dataset,
        source: SourceId,
        *,
        level: Level,
        levels: Mapping[str, Level],
        known: Mapping[str, City],
    ) -> None:
        self._items = items
        self._source = source
        self._level = level
        self._levels = levels
        self._remarks: defaultdict[str, list[Remark]] = defaultdict(list)
        by_item = [(city.identifiers["wikidata"], city) for city in base.cities() if "wikidata" in city.identifiers]
        counts = Counter(item for item, _ in by_item)
        self._cities: dict[str, City | Remark] = {item: city for item, city in by_item if counts[item] == 1}
        found = {item: self._find_name_and_country(item) for item in sorted(set(named) - self._cities.keys())}
        self._cities |= {item: each for item, each in found.items() if isinstance(each, Remark)}
        names = {item: each for item, each in found.items() if not isinstance(each, Remark)}
        self._unnamed = found.keys() & known.keys() - names.keys()
        names |= {item: (known[item].name, known[item].country) for item in sorted(self._unnamed)}
        ids = {item: f"{country.lower()}-{_make_slug(name) or item.lower()}" for item, (name, country) in names.items()}
        used = Counter([*ids.values(), *(city.id for city in base.cities()), *base.redirects.get(City, {})])
        self._new = {
            item: self._make_city(
                items.get(item, Item(id=item)), id_ if used[id_] == 1 else f"{id_}-{item.lower()}", *names[item]
            )
            for item, id_ in ids.items()
        }
        self._cities |= self._new
        records: tuple[AnyRecord, ...] = (*base.cities(), *base.sources(), *self._new.values())
        self.records = {(type(record), str(record.id)): record for record in records}
        """The cities and sources of the base, and the new cities, by type and id."""

    def city_id(self, item: str) -> CityId | Remark:
        """Return the city id for an item, or a remark with the reason why there is none."""
        city = self._cities[item]
        return city if isinstance(city, Remark) else city.id

    def remarks_on(self, item: str) -> Sequence[Remark]:
        """Return the remarks on an item that became a new city."""
        return self._remarks[item] if item in self._new else ()

    def _find_name_and_country(self, id_: str) -> tuple[str, str] | Remark:
        item = self._items.get(id_)
        if item is None or not (item.labels or item.countries):
            what = f"unknown item {id_}: not a city of the base, and not described in a file; add the entity JSON"
            return Remark(Reason.UNKNOWN_ITEM, what)
        label = next((item.labels[language] for language in _ENGLISH if language in item.labels), None)
        if label is None:
            return Remark(Reason.UNKNOWN_ITEM, f"{id_} has no English label")
        name, remarks = check_name(label)
        self._remarks[id_] = [Remark(each.reason, f"{id_}: {each.detail}") for each in remarks]
        if name is None:
            return self._remarks[id_].pop()
        codes = sorted({code for each in item.countries if (code := self._country_code(each)) is not None})
        if len(codes) > 1:
            return Remark(Reason.AMBIGUOUS_COUNTRY, f"{id_} has more than one country: {', '.join(codes)}")
        if not codes:
            where = "no file states the country"
            if item.countries:
                where = f"no country code is known for {', '.join(item.countries)}"
            return Remark(Reason.UNKNOWN_COUNTRY, f"{id_}, {short(name)}: {where}")
        return name, codes[0]

    def _country_code(self, country: str) -> str | None:
        item = self._items.get(country)
        texts = (item.code if item is not None else None, _read_country_items().get(country), country)
        return next(filter(None, (read_country(text).code for text in texts if text)), None)

    def _make_city(self, item: Item, id_: str, name: str, country: str) -> City:
        geonames = {"geonames": item.geonames[0]} if len(item.geonames) == 1 else {}
        values: dict[str, Any] = {
            "name": name,
            "names": tuple(self._list_other_names(item, name)),
            "country": country,
            "level": self._levels.get(item.id, self._level),
            "coordinates": item.point,
            "identifiers": FrozenMap({**geonames, "wikidata": item.id}),
        }
        known, note = ({"name", "country", "level"}, _KNOWN) if item.id in self._unnamed else (set[str](), _ASSUMED)
        supports = tuple(field for field, value in values.items() if value and field not in known)
        evidence = Evidence(source=self._source, locator=f"item {item.id}", supports=supports, note=note)
        self._remarks[item.id] += [Remark(Reason.LEFT_OUT, f"{item.id}: {each}") for each in item.omitted]
        return City(id=CityId(id_), evidence=(evidence,), **values)

    def _list_other_names(self, item: Item, name: str) -> Iterator[Name]:
        english = {name}
        for language in sorted({*item.labels, *item.aliases}):
            tag = language_tag(language)
            if tag is None:
                continue
            found = set(english)
            labels = [item.labels[language]] if language in item.labels else []
            for text in (each for each in (*labels, *item.aliases.get(language, ())) if each not in found):
                checked, remarks = check_name(text)
                if checked is None:
                    detail = f"{item.id}: a name in {short(language)} was left out: {remarks[-1].detail}"
                    self._remarks[item.id].append(Remark(Reason.LEFT_OUT, detail))
                elif checked not in found:
                    found.add(checked)
                    yield Name(text=checked, language=tag, kind=NameKind.ALIAS)
            english = found if tag == "en" else english


def _make_slug(name: str) -> str:
    slug = make_slug(name, _MAX_LENGTH)
    return slug if is_city_id(f"xx-{slug}") else ""


@cache
def _read_country_items() -> Mapping[str, str]:
    text = files("friendcities.importers.wikidata").joinpath("country_items.json").read_text(encoding="utf-8")
    codes: dict[str, str] = json.loads(text)
    return codes
