"""The records of a dataset: each by its id, all of a type in order, and nothing that could be changed."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeVar, cast

from friendcities.datasets.redirects import Redirects
from friendcities.datasets.results import Results
from friendcities.errors import UnknownRecordError
from friendcities.model import (
    RECORD_TYPES,
    AnyRecord,
    City,
    CityId,
    Cooperation,
    Event,
    Memorandum,
    Official,
    PartialDate,
    Partnership,
    Source,
    Statistic,
)
from friendcities.model.record import short

__all__ = ["Records", "when"]

T = TypeVar("T")
R = TypeVar("R", City, Partnership, Memorandum, Official, Statistic, Event, Cooperation, Source)


class Records:
    """An immutable collection of records; what a :class:`Dataset` is before it is asked anything."""

    __slots__ = ("_records", "_redirects", "_version")
    _records: Mapping[type[AnyRecord], Mapping[str, Any]]
    _redirects: Redirects
    _version: str

    def cities(self) -> tuple[City, ...]:
        """Every city, by id."""
        return self._all(City)

    def partnerships(self) -> tuple[Partnership, ...]:
        """Every partnership, whatever its status, by id."""
        return self._all(Partnership)

    def memoranda(self) -> tuple[Memorandum, ...]:
        """Every memorandum, the earliest signed first, undated ones last."""
        return self._results(sorted(self._all(Memorandum), key=lambda each: when(each.signed)))

    def officials(self) -> tuple[Official, ...]:
        """Every official, by id."""
        return self._all(Official)

    def statistics(self) -> tuple[Statistic, ...]:
        """Every statistic, by measure and then by the start of its period, unknown starts last."""
        return self._results(sorted(self._all(Statistic), key=lambda each: (each.measure, when(each.period.start))))

    def events(self) -> tuple[Event, ...]:
        """Every event, the earliest first.

        Example:
            >>> import friendcities as fc
            >>> [str(event.period.start) for event in fc.events()]
            ['2023-11-30', '2023-12-01']
        """
        return self._results(sorted(self._all(Event), key=lambda each: when(each.period.start)))

    def cooperations(self) -> tuple[Cooperation, ...]:
        """Every cooperation, by id."""
        return self._all(Cooperation)

    def sources(self) -> tuple[Source, ...]:
        """Every source, by id.

        Example:
            >>> import friendcities as fc
            >>> [source.title for source in fc.sources() if source.id == "shine-2023-12-02"]
            ['Shanghai and friendship cities seek high-quality development']
        """
        return self._all(Source)

    def memorandum(self, id_: str) -> Memorandum:
        """The memorandum of that id; raises :class:`UnknownRecordError` if there is none."""
        return self._one(Memorandum, id_)

    def official(self, id_: str) -> Official:
        """The official of that id; raises :class:`UnknownRecordError` if there is none.

        Example:
            >>> import friendcities as fc
            >>> fc.official("nz-jules-radich").name
            'Jules Radich'
        """
        return self._one(Official, id_)

    def statistic(self, id_: str) -> Statistic:
        """The statistic of that id; raises :class:`UnknownRecordError` if there is none."""
        return self._one(Statistic, id_)

    def event(self, id_: str) -> Event:
        """The event of that id; raises :class:`UnknownRecordError` if there is none."""
        return self._one(Event, id_)

    def cooperation(self, id_: str) -> Cooperation:
        """The cooperation of that id; raises :class:`UnknownRecordError` if there is none."""
        return self._one(Cooperation, id_)

    def source(self, id_: str) -> Source:
        """The source of that id; raises :class:`UnknownRecordError` if there is none.

        Example:
            >>> import friendcities as fc
            >>> fc.source("shine-2023-12-02").authors
            ('Yang Meiping',)
        """
        return self._one(Source, id_)

    @property
    def redirects(self) -> Redirects:
        """The ids that moved: by type of record, from the id it once had to the one it has now.

        Whatever takes an id takes an old one too.

        Example:
            >>> import friendcities as fc
            >>> fc.dataset().redirects.get(fc.City, {})
            {}
        """
        return MappingProxyType({cls: MappingProxyType(dict(moved)) for cls, moved in self._redirects.items()})

    def __iter__(self) -> Iterator[AnyRecord]:
        for cls in RECORD_TYPES.values():
            records = self._records[cls]
            yield from (records[id_] for id_ in sorted(records))

    def __len__(self) -> int:
        return sum(map(len, self._records.values()))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Records):
            return NotImplemented
        return self._records == other._records and self._redirects == other._redirects

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self._records[cls])} {folder}" for folder, cls in RECORD_TYPES.items())
        return f"<{type(self).__name__}: {counts}>"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from friendcities.notebook.tables import dataset_table  # noqa: PLC0415 - only a notebook asks

        return dataset_table(self._records, self._version)

    def __setattr__(self, name: str, value: object) -> None:
        message = f"a Dataset cannot be changed (it was asked to set {name!r}); make another with Dataset(records)"
        raise AttributeError(message)

    def __delattr__(self, name: str) -> None:
        message = f"a Dataset cannot be changed (it was asked to delete {name!r}); make another with Dataset(records)"
        raise AttributeError(message)

    def _all(self, cls: type[R]) -> tuple[R, ...]:
        records = self._records[cls]
        return self._results(records[id_] for id_ in sorted(records))

    def _results(self, found: Iterable[T]) -> Results[T]:
        """What was found, as every question for several things gives it."""
        return Results(found, cast("dict[CityId, City]", self._records[City]))

    def _one(self, cls: type[R], id_: str) -> R:
        records = self._records[cls]
        if isinstance(id_, str):
            now = self._redirects.get(cls, {}).get(id_, id_)
            if now in records:
                return cast("R", records[now])
        from difflib import get_close_matches  # noqa: PLC0415 - only a miss needs it

        near = tuple(get_close_matches(id_, records)) if isinstance(id_, str) else ()
        hint = f"did you mean {' or '.join(map(repr, near))}?" if near else "ids are exact"
        message = f"there is no {cls.__name__.lower()} {short(id_)}; {hint}"
        raise UnknownRecordError(message, id_, near)


def when(date: PartialDate | None) -> tuple[bool, tuple[int, int, int]]:
    """The key that sorts by date, unknown dates last."""
    return (date is None, (0, 0, 0) if date is None else date.order)
