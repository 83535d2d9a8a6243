"""The dataset: records, the indexes over them, and the questions they answer."""

from enum import Enum
from typing import Any

from friendcities.datasets.city_questions import Places
from friendcities.datasets.counts import CountBy, checked_by, counted
from friendcities.datasets.filters import (
    CountryFilter,
    KindFilter,
    LevelFilter,
    ReliabilityFilter,
    StatusFilter,
    checked_flag,
    checked_values,
    hashable,
    last_day,
)
from friendcities.datasets.partnership_view import Answer
from friendcities.datasets.timeline import TimelineEntry, Within, entries
from friendcities.errors import InvalidQueryError, UnknownPartnershipError
from friendcities.model import (
    City,
    DateLike,
    FrozenMap,
    Partnership,
    PartnershipKind,
    Source,
    SourceId,
    as_date,
)

__all__ = ["Dataset"]


class Dataset(Places):
    """Records and all the questions that they answer: the dataset, but for what it can be exported as.

    Users have :class:`friendcities.Dataset`, the storey above; its docstring tells how it is made and asked.
    """

    __slots__ = ()

    def partners_of(
        self,
        city: str | City,
        *,
        on: DateLike | None = None,
        status: StatusFilter = "active",
        kind: KindFilter = None,
        country: CountryFilter = None,
        level: LevelFilter = None,
        reliability: ReliabilityFilter = None,
        disputed: bool | None = None,
        source: str | Source | None = None,
        include_parts: bool = False,
    ) -> tuple[City, ...]:
        """The cities that a city has a partnership with, the earliest partnership first, undated last, then by name.

        Without ``include_parts``, ``a in partners_of(b)`` if and only if ``b in partners_of(a)`` (with filters that
        describe the partnership, not the partner).

        Args:
            city: The city.
            on: As things stood at the end of this date, instead of after the last step on record.
            status: How the partnership stands: one value or several; ``"any"`` for all.
            kind: Of what kind it is.
            country: The partner's country: ISO 3166-1 alpha-2 codes or names.
            level: The partner's level of government.
            reliability: On how good a word the partnership stands.
            disputed: Only those whose sources disagree (true), or only those whose sources do not (false).
            source: Only what this source says, its own dates included.
            include_parts: Also the partnerships of the city's districts and other parts.

        Raises:
            AmbiguousCityError, UnknownCityError: As :meth:`city` does.
            UnknownRecordError: If there is no such source.
            InvalidQueryError: If a filter has a value that it cannot have.

        Example:
            >>> import friendcities as fc
            >>> fc.partners_of("Shanghai", on="1975")
            (<City jp-yokohama: Yokohama, JP>, <City jp-osaka: Osaka, JP>)
            >>> [city.name for city in fc.partners_of("Shanghai", status="proposed", country=["GE", "GR"])]
            ['Attica', 'Tbilisi']
        """
        return self._ask(
            city, on, source, (status, kind, country, level, reliability, disputed, include_parts)
        ).partners

    def partnerships_of(
        self,
        city: str | City,
        *,
        on: DateLike | None = None,
        status: StatusFilter = "active",
        kind: KindFilter = None,
        country: CountryFilter = None,
        level: LevelFilter = None,
        reliability: ReliabilityFilter = None,
        disputed: bool | None = None,
        source: str | Source | None = None,
        include_parts: bool = False,
    ) -> tuple[Partnership, ...]:
        """The partnerships of a city, in the order and with the filters and errors of :meth:`partners_of`.

        With ``source=``, each is rebuilt from that source's claims alone.

        Example:
            >>> import friendcities as fc
            >>> fc.partnerships_of("Shanghai", kind="sister_city", country="New Zealand", on="1994")
            (<Partnership cn-shanghai--nz-dunedin: active sister_city since 1994-10-21>,)
            >>> [str(tie.established) for tie in fc.partnerships_of("Shanghai", source="shine-2023-12-02")]
            ['1994']
        """
        return self._ask(
            city, on, source, (status, kind, country, level, reliability, disputed, include_parts)
        ).partnerships

    def find_partnerships(
        self,
        *,
        on: DateLike | None = None,
        status: StatusFilter = "active",
        kind: KindFilter = None,
        country: CountryFilter = None,
        level: LevelFilter = None,
        reliability: ReliabilityFilter = None,
        disputed: bool | None = None,
        source: str | Source | None = None,
    ) -> tuple[Partnership, ...]:
        """The partnerships of all cities, by id, with the filters and errors of :meth:`partnerships_of`.

        A country or a level may be that of either city.

        Example:
            >>> import friendcities as fc
            >>> [tie.id for tie in fc.find_partnerships(country="CU", on="2005")]
            ['cn-shanghai--cu-santiago-de-cuba']
        """
        rows = self._ask(_ALL, on, source, (status, kind, country, level, reliability, disputed, False)).rows
        found = {row.partnership.id: row.partnership for row in rows}
        return self._results(found[id_] for id_ in sorted(found))

    def partnership_between(
        self, one: str | City, other: str | City, *, source: str | Source | None = None
    ) -> Partnership:
        """The partnership of two cities, whatever its status.

        Args:
            one: One city.
            other: The other city.
            source: Only what this source says, its own dates included.

        Raises:
            UnknownPartnershipError: If they have none; ``candidates`` are those that their parts have.
            AmbiguousCityError, UnknownCityError, InvalidQueryError: As :meth:`city` does.
            UnknownRecordError: If there is no such source.

        Example:
            >>> import friendcities as fc
            >>> fc.partnership_between("Shanghai", "Dunedin").established
            PartialDate.parse('1994-10-21')
        """
        first, second = self.city(one), self.city(other)
        told_by = self._source_id(source)
        for row in self._index.rows(first.id, told_by):
            if row.partner.id == second.id:
                return row.partnership
        theirs = set(self._index.with_parts(second.id))
        near = [
            row
            for id_ in self._index.with_parts(first.id)
            for row in self._index.rows(id_, told_by)
            if row.partner.id in theirs
        ]
        candidates = tuple(dict.fromkeys(row.partnership for row in near))
        by = f" according to {told_by}" if told_by else ""
        message = f"{first.name} and {second.name} have no partnership on record{by}"
        if candidates:
            message += f", but parts of them have: {', '.join(map(self._in_words, candidates))}; ask for one of those"
        else:
            message += "; partnerships_of() and 'friendcities partners' list what each of them has"
        raise UnknownPartnershipError(message, (one, other), candidates)

    def count_partnerships(
        self,
        by: CountBy,
        city: str | City | None = None,
        *,
        on: DateLike | None = None,
        status: StatusFilter = "active",
        kind: KindFilter = None,
        country: CountryFilter = None,
        level: LevelFilter = None,
        reliability: ReliabilityFilter = None,
        disputed: bool | None = None,
        source: str | Source | None = None,
        include_parts: bool = False,
    ) -> FrozenMap[str, int]:
        """How many partnerships there are of each sort, the most first, then by name.

        Without a city all on record are counted, and each is seen from both of its cities: between a city of Japan and
        one of China it counts once for either country, and a filter may fit either side.

        Args:
            by: What to count by: ``"country"`` or ``"level"`` (the partner's), ``"kind"``, ``"status"``,
                ``"reliability"``, or ``"decade"``, that of the date by which :meth:`partners_of` puts them in order.
                Decades stand in their order; what is not known (``"unknown"``, ``"unspecified"``) stands last.
            city: The city; ``None``: all.
            on: As things stood at the end of this date, instead of after the last step on record.
            status: How the partnership stands: one value or several; ``"any"`` for all.
            kind: Of what kind it is.
            country: The partner's country: ISO 3166-1 alpha-2 codes or names.
            level: The partner's level of government.
            reliability: On how good a word the partnership stands.
            disputed: Only those whose sources disagree (true), or only those whose sources do not (false).
            source: Only what this source says, its own dates included.
            include_parts: Also the partnerships of the city's districts and other parts.

        Raises:
            AmbiguousCityError, UnknownCityError, UnknownRecordError: As in :meth:`partnerships_of`.
            InvalidQueryError: If there is no such sort, a filter has a value that it cannot have, or parts are asked
                for without a city.

        Example:
            >>> import friendcities as fc
            >>> fc.count_partnerships("kind", "Dunedin")
            FrozenMap({'sister_city': 1})
            >>> fc.count_partnerships("decade", "Shanghai", country="NZ")["1990s"]
            1
        """
        by = checked_by(by)
        if city is None and include_parts is True:
            message = "include_parts=True needs a city; without one, those of all cities and parts are counted already"
            raise InvalidQueryError(message, include_parts)
        filters = (status, kind, country, level, reliability, disputed, include_parts)
        answer = self._ask(_ALL if city is None else city, on, source, filters)
        return counted(answer.rows, by, None if on is None else last_day(on))

    def timeline(
        self,
        city: str | City,
        *,
        since: DateLike | None = None,
        until: DateLike | None = None,
        kind: KindFilter = None,
        country: CountryFilter = None,
        include_parts: bool = False,
    ) -> tuple[TimelineEntry, ...]:
        """What happened in the history of a city's partnerships, the earliest step first, undated ones last.

        Args:
            city: The city.
            since: Only what is dated, and not before the first day of this date.
            until: Only what is dated, and shown to have happened by the end of this date: what is dated 1994 is not
                by June 1994.
            kind: Of what kind the partnership was thereby, or would have been; where the step names none, of what kind
                it was by then.
            country: The partner's country: ISO 3166-1 alpha-2 codes or names.
            include_parts: Also the partnerships of the city's districts and other parts.

        Raises:
            AmbiguousCityError, UnknownCityError: As :meth:`city` does.
            InvalidQueryError: If a filter has a value that it cannot have.

        Example:
            >>> import friendcities as fc
            >>> [(str(entry.date), entry.partner.name) for entry in fc.timeline("Shanghai")][0]
            ('1973-11-30', 'Yokohama')
        """
        within = Within(
            first=None if since is None else as_date(since).earliest,
            last=None if until is None else as_date(until).latest,
            kinds=checked_values("kind", hashable(kind), PartnershipKind),
            countries=self._index.checked_countries(hashable(country)),
        )
        parts = checked_flag("include_parts", include_parts)
        return self._results(entries(self._index.rows_of(self.city(city).id, None, include_parts=parts), within))

    def _source_id(self, source: str | Source | None) -> SourceId | None:
        return None if source is None else self._one(Source, source.id if isinstance(source, Source) else source).id

    def _in_words(self, partnership: Partnership) -> str:
        return " and ".join(self._records[City][id_].name for id_ in partnership.cities)

    def _ask(
        self, city: "str | City | _All", on: DateLike | None, source: str | Source | None, filters: tuple[Any, ...]
    ) -> Answer:
        if not _PLAIN.issuperset(map(type, filters)):
            filters = tuple(map(hashable, filters))
        name = None if isinstance(city, _All) else city if type(city) is str else self.city(city).id
        question = self._index.question(name, None if source is None else self._source_id(source), *filters)
        return question.answer(None if on is None else last_day(on))


class _All(Enum):
    """Stands for all cities where a question is of one."""

    ALL = "all"


_ALL = _All.ALL
_PLAIN = frozenset({type(None), str, bool})
"""The types of filters that can be remembered as they are."""
