"""The dataset: records, the indexes over them, and the questions they answer."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from attrs import evolve

from friendcities.collection.filters import (
    AssuranceFilter,
    CountryFilter,
    KindFilter,
    LevelFilter,
    StatusFilter,
    checked_flag,
    hashable,
    last_day,
)
from friendcities.collection.index import Index
from friendcities.collection.records import Records, when
from friendcities.collection.redirects import NO_REDIRECTS, Redirects, broken_redirects, laid_over
from friendcities.collection.references import broken_references, references
from friendcities.collection.rows import Answer
from friendcities.collection.storage import Located, collector_paused, path_of, read, redirects_place, write_one_file
from friendcities.collection.timeline import TimelineEntry
from friendcities.errors import (
    DataError,
    InvalidQueryError,
    Problem,
    UnknownPartnershipError,
)
from friendcities.model import (
    RECORD_TYPES,
    AnyRecord,
    City,
    CityId,
    Cooperation,
    DateLike,
    Event,
    Memorandum,
    Official,
    Partnership,
    Source,
    SourceId,
    Statistic,
)
from friendcities.model.record import short

__all__ = ["Dataset"]


class Dataset(Records):
    """An immutable collection of records and the questions it answers.

    A city is named by its id, by any of its names in any language, by name and country ("Dunedin, NZ"), by its
    Wikidata id, or by a :class:`City`; case, accents, width and punctuation do not matter. Plurals return tuples
    without repeats; singulars return exactly one record or raise.

    Args:
        records: The records, in any order.

    Raises:
        DataError: If two records share an id, or a record names another that is not there.
        InvalidQueryError: If something among them is no record.

    Example:
        >>> import friendcities as fc
        >>> mine = fc.Dataset([fc.city("Shanghai"), fc.city("Los Angeles")] + list(fc.sources()))
        >>> mine.partners_of("Los Angeles")
        ()
    """

    __slots__ = ("_index",)
    _index: Index

    def __init__(self, records: Iterable[AnyRecord] = ()) -> None:
        _expect(records, Iterable, "pass the records of which to make a dataset")
        self._fill([(record, path_of(record)) for record in records], NO_REDIRECTS, "")

    @classmethod
    def load(cls, path: str | Path, *, base: "Dataset | None" = None) -> "Dataset":
        """Read a folder of record files, or one file that :meth:`save` wrote.

        The folder has one folder for each type of record (``cities``, ``partnerships`` …), in which, at any depth, each
        record has a file of its own, named by its id.

        Args:
            path: The folder or the file.
            base: A dataset to lay this one over: what both have, this one has the say in.

        Raises:
            DataError: If anything is wrong with what is there: every problem of every file, with file and field.

        Example:
            >>> import friendcities as fc
            >>> import tempfile, pathlib
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     saved = pathlib.Path(folder, "mine.json")
            ...     fc.dataset().save(saved)
            ...     fc.Dataset.load(saved) == fc.dataset()
            True
        """
        _expect(base, Dataset | None, "pass a dataset to lay it over, such as friendcities.dataset()")
        _expect(path, str | Path, "pass the path of a folder of record files, or of a file that save() wrote")
        with collector_paused():
            path = Path(path)
            located, redirects = read(path)
            return cls._of(located, redirects, base, redirects_place(path))

    @classmethod
    def _of(cls, located: list[Located], redirects: Redirects, base: "Dataset | None", place: str) -> "Dataset":
        if base is not None:
            mine = {(type(record), record.id) for record, _ in located}
            beneath = (record for record in base if (type(record), record.id) not in mine)
            located = [*((record, path_of(record)) for record in beneath), *located]
            known: dict[type[AnyRecord], dict[str, AnyRecord]] = {each: {} for each in RECORD_TYPES.values()}
            for record, _ in located:
                known[type(record)][record.id] = record
            redirects = laid_over(base.redirects, redirects, known)
        made = cls.__new__(cls)
        made._fill(located, redirects, place)  # noqa: SLF001 - its own class
        return made

    @classmethod
    def _trusted(cls, records: Iterable[AnyRecord], redirects: Redirects) -> "Dataset":
        """A dataset of records that are known to fit together."""
        by_type: dict[type[AnyRecord], dict[str, Any]] = {each: {} for each in RECORD_TYPES.values()}
        for record in records:
            by_type[type(record)][record.id] = record
        made = cls.__new__(cls)
        made._put(by_type, redirects)  # noqa: SLF001 - its own class
        return made

    def save(self, path: str | Path) -> None:
        """Write everything into one file, which :meth:`load` reads; the same records give the same bytes.

        The file is replaced only once the new one is whole.

        Raises:
            OSError: If it cannot be written; what was there before is then as it was.
            InvalidQueryError: If this is no path.
        """
        _expect(path, str | Path, "pass the path of the file to write")
        write_one_file(Path(path), self._records, self._redirects)

    def _fill(self, located: list[Located], redirects: Redirects, at: str) -> None:
        records: dict[type[AnyRecord], dict[str, Any]] = {cls: {} for cls in RECORD_TYPES.values()}
        places: dict[tuple[type[AnyRecord], str], str] = {}
        problems = []
        for record, place in located:
            if record.id in records[type(record)]:
                what = f"the id {record.id!r} is taken by {places[type(record), record.id]}"
                expected, mend = "one record an id", "join the two"
                problems.append(Problem(rule="duplicate-id", path=place, what=what, expected=expected, mend=mend))
            records[type(record)][record.id] = record
            places[type(record), record.id] = place
        problems += broken_references(records, lambda record: places[type(record), record.id], redirects)
        problems += (evolve(each, path=at) for each in broken_redirects(redirects, records))
        if problems:
            raise DataError(problems)
        self._put(records, redirects)

    def _put(self, records: Mapping[type[AnyRecord], dict[str, Any]], redirects: Redirects) -> None:
        sources = records[Source]
        partnerships = {id_: each.with_sources(sources) for id_, each in records[Partnership].items()}
        object.__setattr__(self, "_records", {**records, Partnership: partnerships})
        redirects = {cls: moved for cls, moved in redirects.items() if moved}
        object.__setattr__(self, "_redirects", redirects)
        cities, moved = cast("dict[CityId, City]", records[City]), redirects.get(City, {})
        object.__setattr__(self, "_index", Index(cities, partnerships.values(), cast("Mapping[str, CityId]", moved)))

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
            >>> fc.city("shang hai")
            Traceback (most recent call last):
            friendcities.errors.UnknownCityError: no city is called 'shang hai'; did you mean Shanghai, CN \
('cn-shanghai')?
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
        return self._index.gazetteer.find(query, limit)

    def parts_of(self, city: str | City) -> tuple[City, ...]:
        """The cities that are parts of a city, and the parts of those, by id.

        Example:
            >>> import friendcities as fc
            >>> fc.parts_of("Shanghai")
            (<City cn-shanghai-pudong: Pudong New Area, CN>,)
        """
        return tuple(self._records[City][id_] for id_ in sorted(self._index.with_parts(self.city(city).id)[1:]))

    def partners_of(
        self,
        city: str | City,
        *,
        on: DateLike | None = None,
        status: StatusFilter = "active",
        kind: KindFilter = None,
        country: CountryFilter = None,
        level: LevelFilter = None,
        assurance: AssuranceFilter = None,
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
            assurance: On how good a word the partnership stands.
            disputed: Only those whose sources disagree (true), or only those whose sources do not (false).
            source: Only what this source says, its own dates included.
            include_parts: Also the partnerships of the city's districts and other parts.

        Raises:
            AmbiguousCityError, UnknownCityError: As :meth:`city` does.
            UnknownRecordError: If there is no such source.
            InvalidQueryError: If a filter has a value that it cannot have.

        Example:
            >>> import friendcities as fc
            >>> fc.partners_of("Shanghai")
            (<City nz-dunedin: Dunedin, NZ>,)
            >>> [city.name for city in fc.partners_of("Shanghai", status="proposed")]
            ['Carabobo', 'Arrondissement No. 5 of Bobo-Dioulasso']
        """
        return self._ask(city, on, source, (status, kind, country, level, assurance, disputed, include_parts)).partners

    def partnerships_of(
        self,
        city: str | City,
        *,
        on: DateLike | None = None,
        status: StatusFilter = "active",
        kind: KindFilter = None,
        country: CountryFilter = None,
        level: LevelFilter = None,
        assurance: AssuranceFilter = None,
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
            city, on, source, (status, kind, country, level, assurance, disputed, include_parts)
        ).partnerships

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
            message += "; partnerships_of() lists what each of them has"
        raise UnknownPartnershipError(message, (one, other), candidates)

    def timeline(self, city: str | City, *, include_parts: bool = False) -> tuple[TimelineEntry, ...]:
        """What happened in the history of a city's partnerships, the earliest step first, undated ones last.

        Args:
            city: The city.
            include_parts: Also the partnerships of the city's districts and other parts.

        Raises:
            AmbiguousCityError, UnknownCityError, InvalidQueryError: As :meth:`city` does.

        Example:
            >>> import friendcities as fc
            >>> [(str(entry.date), entry.partner.name) for entry in fc.timeline("Shanghai")][0]
            ('1994-10-21', 'Dunedin')
        """
        parts = checked_flag("include_parts", include_parts)
        rows = self._index.rows_of(self.city(city).id, None, include_parts=parts)
        entries = []
        for row in rows:
            latest = (False, (0, 0, 0))
            for position, step in enumerate(row.partnership.steps):
                latest = max(latest, when(step.date)) if step.date is not None else latest
                order = when(None) if step.date is None else latest
                entry = TimelineEntry(step.date, row.partner, step, row.partnership)
                entries.append((order, row.partner.name, row.partnership.id, position, entry))
        return tuple(entry for *_, entry in sorted(entries, key=lambda each: each[:4]))

    def memoranda_of(self, city: str | City, *, include_parts: bool = False) -> tuple[Memorandum, ...]:
        """The memoranda that a city, or an organisation that belongs to it or acts for it, signed; the earliest first.

        Example:
            >>> import friendcities as fc
            >>> [memorandum.documents.stated for memorandum in fc.memoranda_of("Dunedin")]
            ['several']
        """
        ids = self._ids(city, include_parts=include_parts)
        return tuple(each for each in self.memoranda() if ids.intersection(each.cities))

    def officials_of(self, city: str | City, *, include_parts: bool = False) -> tuple[Official, ...]:
        """The officials who held an office of a city, by id.

        Example:
            >>> import friendcities as fc
            >>> [(official.name, official.offices[0].title) for official in fc.officials_of("Shanghai")]
            [('Hua Yuan', 'vice mayor')]
        """
        ids = self._ids(city, include_parts=include_parts)
        return tuple(each for each in self.officials() if ids.intersection(each.cities))

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
        measures = sorted({each.measure for each in self._all(Statistic)})
        if measure is not None and measure not in measures:
            listed = ", ".join(map(repr, measures)) or "none"
            message = f"measure={short(measure)} is no measure on record; there are {listed}"
            raise InvalidQueryError(message, measure, measures)
        ids = self._ids(city, include_parts=include_parts)
        return tuple(each for each in self.statistics() if each.city in ids and measure in {None, each.measure})

    def events_of(self, city: str | City, *, include_parts: bool = False) -> tuple[Event, ...]:
        """The events that took place in a city or in which it took part, the earliest first.

        Example:
            >>> import friendcities as fc
            >>> [event.name for event in fc.events_of("Johannesburg")]
            ['2023 Shanghai International Friendship Cities Cooperation Forum']
        """
        ids = self._ids(city, include_parts=include_parts)
        return tuple(each for each in self.events() if ids.intersection(each.cities))

    def cooperations_of(self, city: str | City, *, include_parts: bool = False) -> tuple[Cooperation, ...]:
        """The cooperations that concern a city, by id.

        Example:
            >>> import friendcities as fc
            >>> [cooperation.area for cooperation in fc.cooperations_of("Pudong New Area")]
            ['public_transport']
        """
        ids = self._ids(city, include_parts=include_parts)
        return tuple(each for each in self.cooperations() if ids.intersection(each.cities))

    def sources_of(self, city: str | City) -> tuple[Source, ...]:
        """The sources behind what is on record about a city and its partnerships, by id.

        Example:
            >>> import friendcities as fc
            >>> "shine-2023-12-02" in [source.id for source in fc.sources_of("Dunedin")]
            True
        """
        place = self.city(city)
        about: list[AnyRecord] = [place, *(row.partnership for row in self._index.rows(place.id, None))]
        for told in (self.memoranda_of, self.officials_of, self.statistics_of, self.events_of, self.cooperations_of):
            about.extend(told(place))
        ids = {id_ for record in about for _, cls, id_ in references(record) if cls is Source}
        return tuple(self._records[Source][id_] for id_ in sorted(ids))

    def __reduce__(self) -> "tuple[Any, tuple[list[AnyRecord], Redirects]]":
        return (Dataset._trusted, (list(self), {cls: dict(moved) for cls, moved in self._redirects.items()}))

    def _source_id(self, source: str | Source | None) -> SourceId | None:
        return None if source is None else self._one(Source, source.id if isinstance(source, Source) else source).id

    def _ids(self, city: str | City, *, include_parts: bool) -> set[CityId]:
        id_ = self.city(city).id
        return set(self._index.with_parts(id_)) if checked_flag("include_parts", include_parts) else {id_}

    def _in_words(self, partnership: Partnership) -> str:
        return " and ".join(self._records[City][id_].name for id_ in partnership.cities)

    def _ask(
        self, city: str | City, on: DateLike | None, source: str | Source | None, filters: tuple[Any, ...]
    ) -> Answer:
        if not _PLAIN.issuperset(map(type, filters)):
            filters = tuple(map(hashable, filters))
        name = city if type(city) is str else self.city(city).id
        question = self._index.question(name, None if source is None else self._source_id(source), *filters)
        return question.answer(None if on is None else last_day(on))


def _expect(value: Any, kind: Any, mend: str) -> None:
    """Raise InvalidQueryError unless a value is of a kind."""
    if not isinstance(value, kind) or value == "":
        message = f"{short(value)} will not do here; {mend}"
        raise InvalidQueryError(message, value)


_PLAIN = frozenset({type(None), str, bool})
"""The types of filters that can be remembered as they are."""
