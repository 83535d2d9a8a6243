"""The indexes over a dataset's records, and the one place where partnerships are filtered."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache, partial
from typing import Any, Generic, TypeVar, cast

from friendcities.codec.bundle import Shelf, named_on
from friendcities.datasets.filters import checked_countries, checked_flag, checked_values
from friendcities.datasets.partnership_view import Question, Row
from friendcities.model import (
    City,
    CityId,
    Cooperation,
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
)
from friendcities.names.lookup import Gazetteer, country_code

__all__ = ["Index"]

_REMEMBERED = 4096
"""How many questions, and how many cities' rows, an index keeps."""


C = TypeVar("C", Memorandum, Official, Statistic, Event, Cooperation)


class ByCity(Generic[C]):
    """Records in their order, to be found by the cities that they concern."""

    def __init__(self, records: tuple[C, ...]) -> None:
        self._records: tuple[C, ...] = records
        self._places: dict[CityId, list[int]] = {}
        for place, record in enumerate(records):
            for city in (record.city,) if isinstance(record, Statistic) else record.cities:
                self._places.setdefault(city, []).append(place)

    def of(self, ids: Iterable[CityId]) -> tuple[C, ...]:
        """The records that concern any of some cities, each once, in their order."""
        places = {place for id_ in ids for place in self._places.get(id_, ())}
        return tuple(self._records[place] for place in sorted(places))


class Index:
    """What is looked up by name, by city, and by question; what it needs is worked out once, when it is first needed.

    Args:
        cities: The cities, by id.
        partnerships: The partnerships, by id, with their sources at hand.
        moved: The ids that cities once had, with those they have now.
    """

    def __init__(
        self,
        cities: Mapping[CityId, City],
        partnerships: Mapping[PartnershipId, Partnership],
        moved: Mapping[str, CityId],
    ) -> None:
        self.cities = cities
        self.gazetteer = Gazetteer(cities, moved, partial(named_on, cities) if isinstance(cities, Shelf) else None)
        self._partnerships = partnerships
        self._concerning: dict[type, object] = {}
        self.rows = lru_cache(_REMEMBERED)(self._rows)
        self.question = lru_cache(_REMEMBERED, typed=True)(self._question)

    @cached_property
    def _by_city(self) -> dict[CityId, list[PartnershipId]]:
        """The partnerships of each city, by id."""
        found: dict[CityId, list[PartnershipId]] = {}
        for id_ in self._partnerships:
            first, _, second = id_.partition("--")
            found.setdefault(CityId(first), []).append(id_)
            found.setdefault(CityId(second), []).append(id_)
        return found

    @cached_property
    def _countries(self) -> frozenset[str]:
        """The codes of the countries in which cities lie, with which their ids begin."""
        return frozenset(id_[:2].upper() for id_ in self.cities)

    @cached_property
    def _parts(self) -> dict[CityId, list[CityId]]:
        """The parts of each city that has some."""
        found: dict[CityId, list[CityId]] = {}
        for city in self.cities.values():
            if city.part_of is not None:
                found.setdefault(city.part_of, []).append(city.id)
        return found

    def with_parts(self, id_: CityId) -> list[CityId]:
        """A city, its parts, and theirs."""
        found = [id_]
        for each in found:
            found.extend(self._parts.get(each, ()))
        return found

    def checked_countries(self, country: Any) -> frozenset[str] | None:
        """The country codes that a filter lets through; ``None`` for all."""
        return checked_countries(country, self._countries, country_code)

    def rows_of(self, id_: CityId, source: SourceId | None, *, include_parts: bool) -> Iterable[Row]:
        """The partnerships of a city (and of its parts, with partners that are none of them), in order."""
        if not include_parts:
            return self.rows(id_, source)
        ids = self.with_parts(id_)
        rows = {row.partnership.id: row for each in ids for row in self.rows(each, source) if row.partner.id not in ids}
        return sorted(rows.values(), key=lambda row: row.order)

    def concerning(self, cls: type[C], every: Callable[[], tuple[C, ...]]) -> ByCity[C]:
        """The records of a type by the cities that they concern; made when it is first asked for.

        Args:
            cls: The type.
            every: Gives all records of the type, in their order.
        """
        if cls not in self._concerning:
            self._concerning[cls] = ByCity(every())
        return cast("ByCity[C]", self._concerning[cls])

    def _rows(self, id_: CityId, source: SourceId | None) -> tuple[Row, ...]:
        rows = []
        for partnership in map(self._partnerships.__getitem__, self._by_city.get(id_, ())):
            told = partnership if source is None else partnership.according_to(source)
            if told is not None:
                rows.append(Row(told, self.cities[partnership.partner_of(id_)]))
        return tuple(sorted(rows, key=lambda row: row.order))

    def _question(  # noqa: PLR0917 - questions are remembered by these, and by position that is quickest
        self,
        city: str | None,
        source: SourceId | None,
        status: Any,
        kind: Any,
        country: Any,
        level: Any,
        reliability: Any,
        disputed: Any,
        include_parts: Any,
    ) -> Question:
        statuses = checked_values("status", status, Status, required=True)
        kinds = checked_values("kind", kind, PartnershipKind)
        countries = self.checked_countries(country)
        levels = checked_values("level", level, Level)
        reliabilities = checked_values("reliability", reliability, Reliability)
        agreed = None if disputed is None else checked_flag("disputed", disputed)
        parts = checked_flag("include_parts", include_parts)
        if city is None:
            rows: Iterable[Row] = (row for id_ in self._by_city for row in self.rows(id_, source))
        else:
            rows = self.rows_of(self.gazetteer.city(city).id, source, include_parts=parts)
        return Question(
            rows=[
                row
                for row in rows
                if (countries is None or row.partner.country in countries)
                and (levels is None or row.partner.level in levels)
                and (agreed is None or row.disputed is agreed)
                and (reliabilities is None or row.reliability in reliabilities)
            ],
            statuses=statuses,
            kinds=kinds,
            cities=self.cities,
        )
