"""The indexes of a dataset.

Each index maps keys to ids. An index is read from the bundle, or made on first use.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from typing import Any, Final

from friendcities.codec.bundle import Indexes
from friendcities.datasets.filters import INVALID_COUNTRY, parse_countries, parse_flag, parse_members, parse_period
from friendcities.datasets.partnership_view import PartnershipView, Selection
from friendcities.errors import InvalidQueryError
from friendcities.model import (
    RECORD_TYPES,
    AnyRecord,
    City,
    CityId,
    Coverage,
    Level,
    Partnership,
    PartnershipId,
    PartnershipKind,
    Reliability,
    Source,
    SourceId,
    Statistic,
    Status,
)
from friendcities.model.record import short
from friendcities.names.lookup import CITY_INDEXES, Gazetteer, group_ids, make_city_index

_CACHE_SIZE: Final = 4096
"""The maximum number of cached queries, and also of cities with cached partnerships."""

_ABOUT_CITIES: Final[Mapping[type[AnyRecord], str]] = {
    cls: folder for folder, cls in RECORD_TYPES.items() if cls not in {City, Partnership, Source}
}
"""The types of records that concern cities, each with the name of its index."""
ID_INDEXES: Final = (*CITY_INDEXES, "parts", "partnerships", *_ABOUT_CITIES.values())
"""The names of the indexes from keys to ids: names of cities, parts, partnerships and other records of a city."""


def make_id_index(name: str, records: Mapping[type[AnyRecord], Mapping[str, Any]]) -> Mapping[str, Sequence[Any]]:
    """Make the index with this name: sorted keys, each with sorted ids."""
    if name in CITY_INDEXES:
        return make_city_index(name, records[City].values())
    if name == "parts":
        return group_ids((city.part_of, city.id) for city in records[City].values() if city.part_of is not None)
    if name == "partnerships":
        return group_ids((city, id_) for id_ in records[Partnership] for city in id_.split("--"))
    about = records[RECORD_TYPES[name]].values()
    return group_ids((city, record.id) for record in about for city in _cities_of(record))


def _cities_of(record: Any) -> Iterable[CityId]:
    return (record.city,) if isinstance(record, Statistic | Coverage) else record.cities


class Index:
    """The indexes of a dataset, made on first use."""

    def __init__(
        self,
        records: Mapping[type[AnyRecord], Mapping[Any, Any]],
        moved: Mapping[str, CityId],
        compiled: Indexes | None,
        make_results: Callable[..., Any],
    ) -> None:
        self.cities: Mapping[CityId, City] = records[City]
        self._partnerships: Mapping[PartnershipId, Partnership] = records[Partnership]
        self._make_results = make_results
        self.ids = compiled.__getitem__ if compiled else cache(lambda name: make_id_index(name, records))
        self.gazetteer = Gazetteer(self.cities, moved, self.ids)
        self.views_of_city = lru_cache(_CACHE_SIZE)(self._views_of_city)
        self.select = lru_cache(_CACHE_SIZE, typed=True)(self._select)

    @cached_property
    def _countries(self) -> frozenset[str]:
        return frozenset(id_[:2].upper() for id_ in self.cities)

    def with_parts(self, id_: CityId) -> list[CityId]:
        """Return the ids of a city and of its direct and indirect parts."""
        found = [id_]
        for each in found:
            found.extend(self.ids("parts").get(each, ()))
        return found

    def parse_countries(self, country: Any) -> frozenset[str] | None:
        """Return the country codes that a filter selects; ``None`` means all."""
        return None if country is None else parse_countries(country, self._countries, _country_code)

    def views_of(self, id_: CityId, source: SourceId | None, *, include_parts: bool) -> Iterable[PartnershipView]:
        """Return the partnerships of a city. ``include_parts`` adds partnerships of its parts with other cities."""
        if not include_parts:
            return self.views_of_city(id_, source)
        ids = self.with_parts(id_)
        views = {
            view.partnership.id: view
            for each in ids
            for view in self.views_of_city(each, source)
            if view.partner.id not in ids
        }
        return sorted(views.values(), key=lambda view: view.order)

    def ids_about(self, cities: Iterable[CityId], cls: type[AnyRecord]) -> set[str]:
        """Return the ids of all records of a type about any of these cities."""
        by_city = self.ids(_ABOUT_CITIES[cls])
        return {id_ for city in cities for id_ in by_city.get(city, ())}

    def _views_of_city(self, id_: CityId, source: SourceId | None) -> tuple[PartnershipView, ...]:
        views = []
        for partnership in map(self._partnerships.__getitem__, self.ids("partnerships").get(id_, ())):
            attested = partnership if source is None else partnership.according_to(source)
            if attested is not None:
                views.append(PartnershipView(attested, self.cities[id_], self.cities[partnership.partner_of(id_)]))
        return tuple(sorted(views, key=lambda view: view.order))

    def _select(
        self,
        city: str | None,
        *,
        since: Any = None,
        until: Any = None,
        include_parts: Any = False,
        source: SourceId | None = None,
        status: Any = "active",
        kind: Any = None,
        country: Any = None,
        level: Any = None,
        reliability: Any = None,
        disputed: Any = None,
    ) -> Selection:
        statuses = parse_members("status", status, Status, required=True)
        kinds = parse_members("kind", kind, PartnershipKind)
        countries = self.parse_countries(country)
        levels = parse_members("level", level, Level)
        reliabilities = parse_members("reliability", reliability, Reliability)
        first, last = parse_period(since, until)
        is_disputed = None if disputed is None else parse_flag("disputed", disputed)
        parts = parse_flag("include_parts", include_parts)
        views: Iterable[PartnershipView]
        if city is None:
            views = (view for id_ in self.ids("partnerships") for view in self.views_of_city(id_, source))
        else:
            views = self.views_of(self.gazetteer.city(city).id, source, include_parts=parts)
        fitting = [
            view
            for view in views
            if (countries is None or view.partner.country in countries)
            and (levels is None or view.partner.level in levels)
            and (is_disputed is None or view.disputed is is_disputed)
            and (reliabilities is None or view.reliability in reliabilities)
            and view.is_established_between(first, last)
        ]
        return Selection(fitting, statuses, kinds, self._make_results)


def _country_code(text: str) -> str | None:
    from friendcities.names.countries import (  # noqa: PLC0415 - importing pycountry is slow
        country_code,
        country_of_part,
        display_name,
        similar_countries,
    )

    code, whole = country_code(text), country_of_part(text)
    if whole is not None:
        candidate = f"{display_name(whole)} ({whole})"
        message = f"{short(text)} is a part of a country: {candidate}"
        raise InvalidQueryError(message, text, [candidate], f"use country={whole!r}", f"use --country {whole}")
    if code is None and (similar := similar_countries(text)):
        near = [f"{name} ({code})" for code, name in similar.items()]
        raise InvalidQueryError(INVALID_COUNTRY.format(short(text)), text, near, f"did you mean {' or '.join(near)}?")
    return code
