"""The indexes over the records of a dataset: by name, by city, and by query."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache, partial
from typing import Any, Final, TypeVar

from friendcities.codec.bundle import Shelf, read_city_names
from friendcities.datasets.filters import parse_countries, parse_flag, parse_members
from friendcities.datasets.partnership_view import PartnershipView, Selection
from friendcities.model import (
    City,
    CityId,
    Cooperation,
    Coverage,
    Event,
    Level,
    Memorandum,
    Official,
    Partnership,
    PartnershipId,
    PartnershipKind,
    Reliability,
    SourceId,
    Statistic,
    Status,
    as_date,
)
from friendcities.names.lookup import Gazetteer

_CACHE_SIZE: Final = 4096
"""The numbers of questions and of cities for which an index caches the results."""

C = TypeVar("C", Memorandum, Official, Statistic, Event, Cooperation, Coverage)


class Index:
    """The indexes over cities, partnerships and former ids of cities; each index is built when first used."""

    def __init__(
        self,
        cities: Mapping[CityId, City],
        partnerships: Mapping[PartnershipId, Partnership],
        moved: Mapping[str, CityId],
        make_results: Callable[..., Any],
    ) -> None:
        self.cities = cities
        self._make_results = make_results
        self.gazetteer = Gazetteer(
            cities, moved, partial(read_city_names, cities) if isinstance(cities, Shelf) else None
        )
        self._partnerships = partnerships
        self._by_concern: dict[type, dict[CityId, dict[int, Any]]] = {}
        self.views_of_city = lru_cache(_CACHE_SIZE)(self._views_of_city)
        self.select = lru_cache(_CACHE_SIZE, typed=True)(self._select)

    @cached_property
    def _ids_by_city(self) -> dict[CityId, list[PartnershipId]]:
        """The ids of the partnerships of each city."""
        found: dict[CityId, list[PartnershipId]] = {}
        for id_ in self._partnerships:
            first, _, second = id_.partition("--")
            found.setdefault(CityId(first), []).append(id_)
            found.setdefault(CityId(second), []).append(id_)
        return found

    @cached_property
    def _countries(self) -> frozenset[str]:
        """The country codes of all cities: the first parts of their ids."""
        return frozenset(id_[:2].upper() for id_ in self.cities)

    @cached_property
    def _parts(self) -> dict[CityId, list[CityId]]:
        """The parts of each city that has parts."""
        found: dict[CityId, list[CityId]] = {}
        for city in self.cities.values():
            if city.part_of is not None:
                found.setdefault(city.part_of, []).append(city.id)
        return found

    def with_parts(self, id_: CityId) -> list[CityId]:
        """The ids of a city and of its direct and indirect parts."""
        found = [id_]
        for each in found:
            found.extend(self._parts.get(each, ()))
        return found

    def parse_countries(self, country: Any) -> frozenset[str] | None:
        """The country codes that a filter selects; ``None`` for all."""
        return parse_countries(country, self._countries, _country_code)

    def views_of(self, id_: CityId, source: SourceId | None, *, include_parts: bool) -> Iterable[PartnershipView]:
        """The partnerships of a city, in order; ``include_parts`` adds those that its parts have with other cities."""
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

    def records_about(self, ids: Iterable[CityId], cls: type[C], read_all: Callable[[type[C]], Iterable[C]]) -> list[C]:
        """The records of a type about any of the cities, without repeats, in the order of ``read_all(cls)``."""
        if cls not in self._by_concern:
            by_city: dict[CityId, dict[int, Any]] = {}
            for position, record in enumerate(read_all(cls)):
                for city in (record.city,) if isinstance(record, Statistic | Coverage) else record.cities:
                    by_city.setdefault(city, {})[position] = record
            self._by_concern[cls] = by_city
        found = {position: record for id_ in ids for position, record in self._by_concern[cls].get(id_, {}).items()}
        return [found[position] for position in sorted(found)]

    def _views_of_city(self, id_: CityId, source: SourceId | None) -> tuple[PartnershipView, ...]:
        views = []
        for partnership in map(self._partnerships.__getitem__, self._ids_by_city.get(id_, ())):
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
        """Select partnerships of a city; ``None``: of all cities, and each partnership is seen from both cities."""
        statuses = parse_members("status", status, Status, required=True)
        kinds = parse_members("kind", kind, PartnershipKind)
        countries = self.parse_countries(country)
        levels = parse_members("level", level, Level)
        reliabilities = parse_members("reliability", reliability, Reliability)
        first = None if since is None else as_date(since).earliest
        last = None if until is None else as_date(until).latest
        is_disputed = None if disputed is None else parse_flag("disputed", disputed)
        parts = parse_flag("include_parts", include_parts)
        views: Iterable[PartnershipView]
        if city is None:
            views = (view for id_ in self._ids_by_city for view in self.views_of_city(id_, source))
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
    """The code of a country, by name or code; pycountry is imported only if no id begins with the code."""
    from friendcities.names.countries import country_code  # noqa: PLC0415 - pycountry takes long to import

    return country_code(text)
