"""The questions about cities themselves, and all but the partnerships that is on record about them."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from friendcities.datasets.filters import checked_flag
from friendcities.datasets.references import references
from friendcities.datasets.stored import Stored
from friendcities.errors import InvalidQueryError
from friendcities.model import (
    AnyRecord,
    City,
    CityId,
    Cooperation,
    Event,
    Memorandum,
    Official,
    Source,
    Statistic,
)
from friendcities.model.record import short

__all__ = ["Places"]

C = TypeVar("C", Memorandum, Official, Statistic, Event, Cooperation)


class Places(Stored):
    """A dataset that finds cities, and what is on record about each."""

    __slots__ = ()

    def city(self, query: str | City) -> City:
        """The one city that is meant.

        A name that is one city's own wins over another's alias or former name. Nothing is guessed: an inexact name is
        an error that suggests.

        Args:
            query: An id, any name in any language, "name, country", a Wikidata id, or a :class:`City`.

        Raises:
            AmbiguousCityError: If several cities have the name; ``candidates`` are they.
            UnknownCityError: If none has; ``candidates`` are the cities whose names come near.
            InvalidQueryError: If it is no name at all.

        Example:
            >>> import friendcities as fc
            >>> fc.city("上海")
            <City cn-shanghai: Shanghai, CN>
            >>> fc.city("Yokohma")
            Traceback (most recent call last):
            friendcities.errors.UnknownCityError: no city is called 'Yokohma'; did you mean Yokohama, JP \
('jp-yokohama')?
        """
        return self._index.gazetteer.city(query)

    def find_cities(self, query: str, *, limit: int = 10) -> tuple[City, ...]:
        """The cities whose names match or come near, best first.

        The whole name comes before its beginning, that before the beginning of a word in it, that before any part of
        it, and that before a likeness.

        Args:
            query: A name, or a part of one.
            limit: How many at most.

        Raises:
            InvalidQueryError: If the query is no name at all, or the limit is no whole number of 1 or more.

        Example:
            >>> import friendcities as fc
            >>> fc.find_cities("dune")
            (<City nz-dunedin: Dunedin, NZ>,)
        """
        if type(limit) is not int or limit < 1:
            message = f"limit={short(limit)} cannot be; pass a whole number of 1 or more"
            raise InvalidQueryError(message, limit)
        return self._results(self._index.gazetteer.find(query, limit))

    def parts_of(self, city: str | City) -> tuple[City, ...]:
        """The cities that are parts of a city, and the parts of those, by id.

        Example:
            >>> import friendcities as fc
            >>> fc.parts_of("Minsk")
            (<City by-minsk-maskouski: Maskouski District, BY>, <City by-minsk-savetski: Savetski District, BY>)
        """
        return self._results(self._records[City][id_] for id_ in sorted(self._index.with_parts(self.city(city).id)[1:]))

    def memoranda_of(self, city: str | City, *, include_parts: bool = False) -> tuple[Memorandum, ...]:
        """The memoranda that a city, or an organisation that belongs to it or acts for it, signed; the earliest first.

        Example:
            >>> import friendcities as fc
            >>> [memorandum.documents.wording for memorandum in fc.memoranda_of("Dunedin")]
            ['several']
        """
        return self._about(self._ids(city, include_parts=include_parts), Memorandum, self.memoranda)

    def officials_of(self, city: str | City, *, include_parts: bool = False) -> tuple[Official, ...]:
        """The officials who held an office of a city, by id.

        Example:
            >>> import friendcities as fc
            >>> [(official.name, official.offices[0].title) for official in fc.officials_of("Shanghai")]
            [('Hua Yuan', 'vice mayor')]
        """
        return self._about(self._ids(city, include_parts=include_parts), Official, self.officials)

    def statistics_of(
        self, city: str | City, *, measure: str | None = None, include_parts: bool = False
    ) -> tuple[Statistic, ...]:
        """The statistics of a city, by measure and then by the start of their period, unknown starts last.

        Args:
            city: The city.
            measure: Only this measure.
            include_parts: Also those of the city's districts and other parts.

        Raises:
            InvalidQueryError: If no statistic on record has that measure; ``candidates`` are those there are.

        Example:
            >>> import friendcities as fc
            >>> [str(statistic.value) for statistic in fc.statistics_of("Shanghai", measure="new_foreign_ventures")]
            ['4321']
        """
        every = self._about(self._ids(city, include_parts=include_parts), Statistic, self.statistics)
        found = every if measure is None else self._results(each for each in every if each.measure == measure)
        if measure is not None and not found:
            measures = sorted({each.measure for each in self._all(Statistic)})
            if measure not in measures:
                listed = ", ".join(map(repr, measures)) or "none"
                message = f"measure={short(measure)} is no measure on record; there are {listed}"
                raise InvalidQueryError(message, measure, measures)
        return found

    def events_of(self, city: str | City, *, include_parts: bool = False) -> tuple[Event, ...]:
        """The events that took place in a city or in which it took part, the earliest first.

        Example:
            >>> import friendcities as fc
            >>> [event.name for event in fc.events_of("Johannesburg")]
            ['2023 Shanghai International Friendship Cities Cooperation Forum']
        """
        return self._about(self._ids(city, include_parts=include_parts), Event, self.events)

    def cooperations_of(self, city: str | City, *, include_parts: bool = False) -> tuple[Cooperation, ...]:
        """The cooperations that concern a city, by id.

        Example:
            >>> import friendcities as fc
            >>> [cooperation.area for cooperation in fc.cooperations_of("Pudong New Area")]
            ['public_transport']
        """
        return self._about(self._ids(city, include_parts=include_parts), Cooperation, self.cooperations)

    def sources_of(self, city: str | City, *, include_parts: bool = False) -> tuple[Source, ...]:
        """The sources behind what is on record about a city and its partnerships, by id.

        Args:
            city: The city.
            include_parts: Also what is on record about its districts and other parts.

        Raises:
            AmbiguousCityError, UnknownCityError, InvalidQueryError: As :meth:`city` does.

        Example:
            >>> import friendcities as fc
            >>> "shine-2023-12-02" in [source.id for source in fc.sources_of("Dunedin")]
            True
        """
        places = self._ids(city, include_parts=include_parts)
        about: list[AnyRecord] = [self._records[City][id_] for id_ in places]
        about.extend(row.partnership for id_ in places for row in self._index.rows(id_, None))
        for told in (self.memoranda_of, self.officials_of, self.statistics_of, self.events_of, self.cooperations_of):
            about.extend(told(city, include_parts=include_parts))
        ids = {id_ for record in about for _, cls, id_ in references(record) if cls is Source}
        return self._results(self._records[Source][id_] for id_ in sorted(ids))

    def _ids(self, city: str | City, *, include_parts: bool) -> list[CityId]:
        id_ = self.city(city).id
        return self._index.with_parts(id_) if checked_flag("include_parts", include_parts) else [id_]

    def _about(self, ids: Iterable[CityId], cls: type[C], every: Callable[[], tuple[C, ...]]) -> tuple[C, ...]:
        """The records of a type that concern some cities, in their order."""
        return self._results(self._index.concerning(cls, every).of(ids))
