"""The dataset: an immutable collection of records, with queries and exports.

Slow modules, such as the exporters, are imported by the methods that need them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from types import MappingProxyType, NoneType
from typing import TYPE_CHECKING, Any, Final, Self, SupportsIndex, TypeAlias, TypeVar, Unpack, cast, overload

from friendcities.codec.bundle import Indexes, read_bundle, write_bundle
from friendcities.datasets.counts import CountBy, count_views, parse_count_by
from friendcities.datasets.filters import (
    CountryFilter,
    KindFilter,
    PartnershipFilters,
    check_filter_names,
    expand_signature,
    last_day,
    normalize_filter,
    parse_flag,
    parse_members,
    parse_period,
)
from friendcities.datasets.index import ID_INDEXES, Index
from friendcities.datasets.partnership_view import PartnershipView, Selected, date_order
from friendcities.errors import InvalidQueryError, UnknownPartnershipError, UnknownRecordError
from friendcities.garbage_collector import pause_garbage_collector
from friendcities.model import (
    RECORD_TYPES,
    AnyRecord,
    City,
    CityId,
    Completeness,
    Cooperation,
    Coverage,
    CoverageId,
    DateLike,
    Event,
    FrozenMap,
    Memorandum,
    Official,
    Partnership,
    PartnershipKind,
    Source,
    SourceId,
    Statistic,
    as_date,
)
from friendcities.model.grammar import is_city_id
from friendcities.model.record import short

if TYPE_CHECKING:
    import pathlib

    import geopandas as gpd
    import networkx as nx
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from friendcities.datasets.folder import Located
    from friendcities.datasets.installed import Description
    from friendcities.datasets.redirects import Redirects
    from friendcities.datasets.references import Exportable
    from friendcities.datasets.timeline import TimelineEntry
    from friendcities.exporters.tables import Table
    from friendcities.merge import Merge

T = TypeVar("T")
R = TypeVar("R", City, Partnership, Memorandum, Official, Statistic, Event, Cooperation, Coverage, Source)
C = TypeVar("C", Memorandum, Official, Statistic, Event, Cooperation, Coverage)

Path: TypeAlias = "str | pathlib.Path"
Answer: TypeAlias = "Iterable[Exportable] | None"
RecordsByType = Mapping[type[AnyRecord], Mapping[str, Any]]

_NO_CITIES: Final[Mapping[CityId, City]] = FrozenMap()
_HASHABLE: Final = frozenset({NoneType, str, bool})
"""The types of filter values that need no normalization."""
_SORT_KEYS: Final[Mapping[type, Callable[[Any], Any]]] = {
    Memorandum: lambda each: date_order(each.signed),
    Statistic: lambda each: (each.measure, date_order(each.period.start)),
    Event: lambda each: date_order(each.period.start),
    Coverage: lambda each: (each.as_of is None, [-number for number in each.as_of.order] if each.as_of else []),
}
"""The sort key of each type of record that is not sorted by id."""


class Results(tuple[T, ...]):  # noqa: SLOT001 - a subclass of tuple with attributes cannot have slots
    """A tuple of query results, with methods that make data frames and files.

    A slice is a ``Results`` object, too. ``results + other`` is a plain tuple.

    Example:
        >>> partners = fc.partners_of("Shanghai")
        >>> isinstance(partners, tuple), partners == (*partners,), type(partners[:2]) is type(partners)
        (True, True, True)
    """

    _cities: Mapping[CityId, City]
    _type: type[T]
    _views: Sequence[PartnershipView] | None
    _on: date | None

    def __new__(
        cls,
        found: Iterable[T],
        item_type: type[T],
        cities: Mapping[CityId, City] = _NO_CITIES,
        *,
        views: Sequence[PartnershipView] | None = None,
        on: date | None = None,
    ) -> Self:
        """Make results."""
        made = super().__new__(cls, found)
        made.__dict__.update(_type=item_type, _cities=cities, _views=views, _on=on)
        return made

    @overload
    def __getitem__(self, key: SupportsIndex, /) -> T: ...
    @overload
    def __getitem__(self, key: slice, /) -> "Results[T]": ...
    def __getitem__(self, key: SupportsIndex | slice, /) -> "T | Results[T]":
        if isinstance(key, slice):
            found = super().__getitem__(key)
            views = None if self._views is None else self._views[key]
            return Results(found, self._type, self._cities, views=views, on=self._on)
        return super().__getitem__(key)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the results as plain JSON values, like the option ``--json``.

        Partnerships have their state at the date of the query. Partnerships of one city also have the keys ``partner``
        and ``city``.

        Example:
            >>> [plain] = fc.partnerships_of("Dunedin").to_dicts()
            >>> plain["partner"]["name"], plain["status"], plain["since"]
            ('Shanghai', 'active', '1994-10-21')
        """
        if self._views is not None:
            return [view.to_dict(self._on) for view in self._views]
        return [
            item.to_dict(self._on) if isinstance(item, Partnership) else cast("Any", item).to_dict() for item in self
        ]

    def to_pandas(self) -> "pd.DataFrame":
        """Return a pandas data frame with one row for each result. Needs the extra ``pandas``.

        Cities have the columns of the table ``cities``. Partnerships of one city have the columns of the table
        ``partners``.

        Example:
            >>> fc.partnerships_of("Shanghai", country="NZ").to_pandas()[["partner_name", "since"]].iloc[0].tolist()
            ['Dunedin', '1994-10-21']
        """
        from friendcities.exporters.data_frames import as_pandas  # noqa: PLC0415

        return as_pandas(self._table())

    def to_polars(self) -> "pl.DataFrame":
        """Return a polars data frame with the columns of :meth:`to_pandas`. Needs the extra ``polars``.

        Example:
            >>> fc.partners_of("Dunedin").to_polars()["name"].to_list()
            ['Shanghai']
        """
        from friendcities.exporters.data_frames import as_polars  # noqa: PLC0415

        return as_polars(self._table())

    def to_csv(self, path: Path) -> None:
        """Write a CSV file in UTF-8 with one row for each result. An existing file is replaced.

        Partnerships of one city have columns for readers, such as the partner and the kind. Other results have the
        columns of :meth:`to_pandas`.

        Raises:
            InvalidQueryError: If the path is invalid.
            OSError: If the file cannot be written.
        """
        from friendcities.exporters import csv_files, output_files  # noqa: PLC0415

        output_files.write_file(path, csv_files.as_csv(self._table_for_readers()))

    def to_xlsx(self, path: Path) -> None:
        """Write an Excel workbook with the columns of :meth:`to_csv`. Needs the extra ``tables``.

        Raises:
            InvalidQueryError: If the path is invalid.
            MissingExtraError: If the extra is not installed.
            OSError: If the file cannot be written.
        """
        from friendcities.exporters import output_files, xlsx  # noqa: PLC0415

        output_files.write_file(path, xlsx.as_xlsx([self._table_for_readers()]))

    def _table_for_readers(self) -> "Table":
        from friendcities.exporters.tables import partner_list  # noqa: PLC0415

        return self._table() if self._views is None else partner_list(self._views, self._on)

    def _table(self) -> "Table":
        from friendcities.exporters.tables import result_table  # noqa: PLC0415

        return result_table(self, self._type, self._views, cities=self._cities, on=self._on)

    def __reduce__(self) -> tuple[Any, ...]:
        make = partial(Results, views=self._views, on=self._on)
        return (make, (tuple(self), self._type))

    def __setattr__(self, name: str, value: object) -> None:
        message = f"cannot set {name!r}: results are immutable"
        raise AttributeError(message)

    def _repr_html_(self) -> str | None:
        from friendcities.notebook.tables import cell_table, result_table  # noqa: PLC0415 - only a notebook needs it

        if not self:
            return None
        if not hasattr(self._type, "TABLE"):
            return result_table(self, self._cities)
        table = self._table()
        name = table.schema.name.replace("_", " ")
        return cell_table(f"{len(self):,} {name}", table.schema.names, table.rows)


class Dataset:
    """An immutable collection of records, with queries and exports.

    The argument for a city is a :class:`City`, an id, a Wikidata id, or a name such as ``"Dunedin, NZ"``. Case, accents
    and punctuation are ignored.

    A method with a plural name returns a tuple. A method with a singular name returns one record or raises an error.

    **Exports.** The same records always give the same bytes. If an export fails, the earlier file or folder is
    unchanged. The methods ``to_…`` have these arguments and errors:

    * ``path`` or ``folder``: the file or folder to write.

    * ``records``: the results of a query. By default, the whole dataset is exported.

    * ``on``: the date for the state of partnerships; by default, after the last step.

    * :class:`MissingExtraError`: an extra is not installed.

    * :class:`InvalidQueryError`: the records cannot be exported, or the folder contains other files.

    * ``OSError``: the file or folder cannot be written.

    Args:
        records: The records, in any order.

    Raises:
        DataError: If two records have the same id, or if a record refers to a missing record.
        InvalidQueryError: If an item is not a record.

    Example:
        >>> import friendcities as fc
        >>> mine = fc.Dataset([*fc.cities(), *fc.sources(), fc.partnership_between("Shanghai", "Yokohama")])
        >>> mine.partners_of("Shanghai")
        (<City jp-yokohama: Yokohama, JP>,)

    The other examples omit ``import friendcities as fc``.
    """

    __slots__ = ("_description", "_index", "_records", "_redirects", "_version")
    _records: RecordsByType
    _redirects: "Redirects"
    _version: str
    _description: "Description | None"
    """The description of an installed dataset."""
    _index: Index

    def __init__(self, records: Iterable[AnyRecord] = ()) -> None:
        from friendcities.datasets.folder import check_located, record_path  # noqa: PLC0415
        from friendcities.datasets.redirects import NO_REDIRECTS  # noqa: PLC0415

        _check_type(records, Iterable, "expected records")
        located = [(record, record_path(record)) for record in records]
        self._set_records(check_located(located, NO_REDIRECTS, ""), NO_REDIRECTS)

    # ---- making and saving ----

    @classmethod
    def load(cls, path: Path, *, base: "Dataset | None" = None) -> Self:
        """Read a folder of record files, or one file that :meth:`save` wrote.

        A folder contains files such as ``cities/nz-dunedin.json`` or ``cities/nz/nz-dunedin.json``. The name of the
        file is the id of the record.

        Args:
            path: The folder or the file.
            base: A dataset to overlay. A loaded record overrides the base record with the same id. Cities match by the
                rules of :meth:`merge`. A loaded city that matches a base city gets the base id. The old id becomes a
                redirect. Empty fields get the values of the base. Partnerships match, too.

        Raises:
            DataError: If a record is invalid. The error lists all problems, each with file and field.
            InvalidQueryError: If the file is a table, such as a CSV file.

        Example:
            >>> import pathlib, tempfile
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     saved = pathlib.Path(folder, "mine.json")
            ...     fc.dataset().save(saved)
            ...     fc.Dataset.load(saved) == fc.dataset()
            True
        """
        import pathlib  # noqa: PLC0415

        from friendcities.datasets.folder import read_dataset, redirects_place  # noqa: PLC0415

        _check_type(base, Dataset | None, "expected a dataset, such as friendcities.dataset()")
        _check_type(
            path, str | pathlib.Path, "expected the path of a folder of records, or of a file that save() wrote"
        )
        with pause_garbage_collector():
            path = pathlib.Path(path)
            return cls._from_located(*read_dataset(path), base, redirects_place(path))

    @classmethod
    def load_installed(cls, name: str) -> Self:
        """Load a dataset that ``friendcities download`` installed.

        If the bundled data is newer than the installation, the download is merged again.

        Args:
            name: The name of the dataset, such as ``"wikidata"``; ``friendcities datasets`` lists the names.

        Raises:
            InvalidQueryError: If no dataset with this name is installed.
            DataError: If the files of the dataset are invalid.

        Example:
            >>> try:
            ...     fc.Dataset.load_installed("atlantis")
            ... except fc.InvalidQueryError as error:
            ...     print(error.message.partition(";")[0])
            no dataset 'atlantis' is installed
        """
        from friendcities import data_version  # noqa: PLC0415
        from friendcities.datasets import installed  # noqa: PLC0415

        installed.check_installed(name)
        description = installed.read_description(name)
        if description is None or description.merged_with == data_version:
            loaded = cls._load_compiled(name)
        else:
            loaded, description = cls._merge_again(name, description)
        object.__setattr__(loaded, "_description", description)
        set_data_version(loaded, "" if description is None else description.date)
        return loaded

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any], *, base: "Dataset | None" = None) -> Self:
        """Make a dataset from the values that :meth:`to_dict` returns.

        Args:
            plain: The format version, and the records by type and id.
            base: A dataset to overlay; see :meth:`load`.

        Raises:
            DataError: If a value is invalid. The error lists all problems, each with its field.
            InvalidQueryError: If ``plain`` is not a mapping.

        Example:
            >>> mine = fc.dataset().extract(fc.partnerships_of("Dunedin"))
            >>> fc.Dataset.from_dict(mine.to_dict()) == mine
            True
        """
        from friendcities.codec.dataset_file import REDIRECTS  # noqa: PLC0415
        from friendcities.datasets.folder import read_plain  # noqa: PLC0415

        _check_type(base, Dataset | None, "expected a dataset, such as friendcities.dataset()")
        _check_type(plain, Mapping, "expected a mapping that to_dict() returned")
        with pause_garbage_collector():
            return cls._from_located(*read_plain(dict(plain)), base, REDIRECTS)

    @classmethod
    def load_json_lines(cls, path: Path, *, base: "Dataset | None" = None) -> Self:
        """Read a file that :meth:`to_json_lines` wrote. For arguments and errors, see :meth:`load`."""
        from friendcities.exporters.json_lines import read_json_lines  # noqa: PLC0415

        return cls._from_located(*read_json_lines(path), base, str(path))

    def extract(self, records: "Iterable[Exportable]") -> Self:
        """Return a smaller dataset: these records, with their cities, sources and other references.

        Raises:
            InvalidQueryError: If an item is neither a record nor an entry of a timeline.
            UnknownRecordError: If this dataset does not contain a referenced record.
            DataError: If the records do not form a valid dataset.

        Example:
            >>> fc.dataset().extract(fc.partnerships_of("Dunedin")).cities()
            (<City cn-shanghai: Shanghai, CN>, <City nz-dunedin: Dunedin, NZ>)
        """
        from friendcities.datasets.references import with_referenced_records  # noqa: PLC0415
        from friendcities.exporters.tables import check_records  # noqa: PLC0415

        return type(self)(with_referenced_records(check_records(self, records), self._one))

    def merge(
        self, other: "Dataset", *, same: Mapping[str, str] | None = None, distinct: Iterable[str] = ()
    ) -> "Merge[Self]":
        """Merge another dataset into this one. Return the merged dataset and a report.

        Two cities match if they share a Wikidata or GeoNames id. Cities with the same name and country also match if
        they are at most 30 kilometres apart. Cities with contradictory values do not match.

        A city with several possible matches is a doubt. Resolve doubts with ``same`` and ``distinct``.

        The merged dataset keeps the ids and values of this dataset. Different values of the other dataset become
        claims. No evidence is lost.

        Args:
            other: The dataset to merge into this dataset.
            same: Ids of the other dataset, each with the id of the same city in this dataset.
            distinct: Ids of cities of the other dataset that are not in this dataset.

        Raises:
            UnknownRecordError: If an id in ``same`` or ``distinct`` is not the id of a city.
            InvalidQueryError: If ``other`` is not a dataset, or if a city occurs twice in ``same`` and ``distinct``.

        Example:
            >>> place = fc.Coordinates(latitude=-45.9, longitude=170.5, point="city")
            >>> theirs = fc.City(id=fc.CityId("nz-otepoti"), name="Ōtepoti", country="NZ", coordinates=place,
            ...                  level=fc.Level.MUNICIPALITY, identifiers={"wikidata": "Q133073"})
            >>> merge = fc.dataset().merge(fc.Dataset([theirs]))
            >>> [(each.id, each.their_id, each.detail) for each in merge.report.joined]
            [('nz-dunedin', 'nz-otepoti', 'wikidata Q133073')]
            >>> merge.dataset.city("Ōtepoti")
            <City nz-dunedin: Dunedin, NZ>
        """
        from friendcities.datasets.folder import record_path  # noqa: PLC0415
        from friendcities.merge import Merge  # noqa: PLC0415
        from friendcities.merge.merge_datasets import merge_datasets  # noqa: PLC0415

        _check_type(other, Dataset, "expected a dataset")
        their_city = partial(other._one, City)  # noqa: SLF001 - of this class
        distinct_ids = {str(their_city(id_).id) for id_ in distinct}
        pairs: dict[str, str] = {}
        for their_id, id_ in ({} if same is None else same).items():
            theirs, ours = their_city(their_id).id, self._one(City, id_).id
            if theirs in distinct_ids or theirs in pairs or ours in pairs.values():
                message = (
                    f"cannot match {their_id!r} with {id_!r}: one of the two has another match or is in 'distinct'"
                )
                raise InvalidQueryError(message, (their_id, id_))
            pairs[theirs] = ours
        records, redirects, report = merge_datasets(self, other, same=pairs, distinct=distinct_ids)
        located = [(record, record_path(record)) for record in records]
        return Merge(dataset=self._from_located(located, redirects, None, ""), report=report)

    def to_dict(self) -> dict[str, Any]:
        """Return the content of the file that :meth:`save` writes, as plain JSON values.

        The key ``friendcities`` contains the format version. Other keys, such as ``cities``, contain records by id.

        Example:
            >>> plain = fc.dataset().extract(fc.partners_of("Dunedin")).to_dict()
            >>> plain["friendcities"], list(plain["cities"])
            (1, ['cn-shanghai'])
        """
        from friendcities.codec.dataset_file import dataset_to_plain  # noqa: PLC0415
        from friendcities.datasets.redirects import redirects_to_plain  # noqa: PLC0415

        return dataset_to_plain(self._records, redirects_to_plain(self._redirects))

    def save(self, path: Path) -> None:
        """Write all records to one file for :meth:`load`. The same records always give the same bytes.

        Raises:
            OSError: If the file cannot be written. An earlier file is then unchanged.
            InvalidQueryError: If ``path`` is not a path.
        """
        import pathlib  # noqa: PLC0415

        from friendcities.codec.dataset_file import dataset_text  # noqa: PLC0415
        from friendcities.datasets.folder import replace_file  # noqa: PLC0415
        from friendcities.datasets.redirects import redirects_to_plain  # noqa: PLC0415

        _check_type(path, str | pathlib.Path, "expected the path of the file to write")
        replace_file(pathlib.Path(path), dataset_text(self._records, redirects_to_plain(self._redirects)).encode())

    # ---- records by type and by id ----

    def cities(self) -> Results[City]:
        """Return all cities, sorted by id."""
        return self._all(City)

    def partnerships(self) -> Results[Partnership]:
        """Return all partnerships of any status, sorted by id."""
        return self._all(Partnership)

    def memoranda(self) -> Results[Memorandum]:
        """Return all memoranda, sorted by the date of signature. Undated memoranda come last."""
        return self._all(Memorandum)

    def officials(self) -> Results[Official]:
        """Return all officials, sorted by id."""
        return self._all(Official)

    def statistics(self) -> Results[Statistic]:
        """Return all statistics, sorted by measure and start. Unknown starts come last."""
        return self._all(Statistic)

    def events(self) -> Results[Event]:
        """Return all events. The earliest event comes first.

        Example:
            >>> [str(event.period.start) for event in fc.events()]
            ['2023-11-30', '2023-12-01']
        """
        return self._all(Event)

    def cooperations(self) -> Results[Cooperation]:
        """Return all cooperations, sorted by id."""
        return self._all(Cooperation)

    def coverage(self) -> Results[Coverage]:
        """Return all coverage records, the latest first and undated records last."""
        return self._all(Coverage)

    def sources(self) -> Results[Source]:
        """Return all sources, sorted by id.

        Example:
            >>> [source.title for source in fc.sources() if source.id == "shine-2023-12-02"]
            ['Shanghai and friendship cities seek high-quality development']
        """
        return self._all(Source)

    def memorandum(self, id_: str) -> Memorandum:
        """Return the memorandum with this id. Raise :class:`UnknownRecordError` if the id is unknown."""
        return self._one(Memorandum, id_)

    def official(self, id_: str) -> Official:
        """Return the official with this id. Raise :class:`UnknownRecordError` if the id is unknown.

        Example:
            >>> fc.official("nz-jules-radich").name
            'Jules Radich'
        """
        return self._one(Official, id_)

    def statistic(self, id_: str) -> Statistic:
        """Return the statistic with this id. Raise :class:`UnknownRecordError` if the id is unknown."""
        return self._one(Statistic, id_)

    def event(self, id_: str) -> Event:
        """Return the event with this id. Raise :class:`UnknownRecordError` if the id is unknown."""
        return self._one(Event, id_)

    def cooperation(self, id_: str) -> Cooperation:
        """Return the cooperation with this id. Raise :class:`UnknownRecordError` if the id is unknown."""
        return self._one(Cooperation, id_)

    def source(self, id_: str) -> Source:
        """Return the source with this id. Raise :class:`UnknownRecordError` if the id is unknown.

        Example:
            >>> fc.source("shine-2023-12-02").authors
            ('Yang Meiping',)
        """
        return self._one(Source, id_)

    @property
    def redirects(self) -> "Redirects":
        """The current ids, by type of record and former id. Methods also accept former ids.

        Example:
            >>> fc.dataset().redirects.get(fc.City, {})
            {}
        """
        return MappingProxyType({cls: MappingProxyType(dict(moved)) for cls, moved in self._redirects.items()})

    @property
    def data_version(self) -> str:
        """The date of the data as ISO 8601 text; empty for your own dataset."""
        return self._version

    # ---- queries about cities ----

    def city(self, query: str | City) -> City:
        """Return the city with this name or id, such as ``"上海"``, ``"Dunedin, NZ"`` or ``"nz-dunedin"``.

        A city's own name takes precedence over an alias or former name of another city.

        Raises:
            AmbiguousCityError: If several cities have this name. ``candidates`` contains these cities.
            UnknownCityError: If no city has this name. ``candidates`` contains cities with similar names.
            InvalidQueryError: If the query contains no name.

        Example:
            >>> fc.city("上海")
            <City cn-shanghai: Shanghai, CN>
            >>> fc.city("Yokohma")
            Traceback (most recent call last):
            friendcities.errors.UnknownCityError: no city is called 'Yokohma'; did you mean Yokohama, JP \
('jp-yokohama')?
        """
        return self._index.gazetteer.city(query)

    def find_cities(self, query: str, *, limit: int = 10) -> Results[City]:
        """Return the cities with matching or similar names. The best match comes first.

        For example, a match of the whole name comes before a match of its beginning.

        Raises:
            InvalidQueryError: If the query contains no name, or if the limit is not a positive integer.

        Example:
            >>> fc.find_cities("dune")
            (<City nz-dunedin: Dunedin, NZ>,)
        """
        if type(limit) is not int or limit < 1:
            message = f"invalid limit {short(limit)}; expected an integer of 1 or more"
            raise InvalidQueryError(message, limit)
        return self._results(City, self._index.gazetteer.find(query, limit))

    def parts_of(self, city: str | City) -> Results[City]:
        """Return all direct and indirect parts of a city, such as districts, sorted by id.

        Example:
            >>> fc.parts_of("Minsk")
            (<City by-minsk-maskouski: Maskouski District, BY>, <City by-minsk-savetski: Savetski District, BY>)
        """
        return self._results(
            City, map(self._records[City].__getitem__, sorted(self._index.with_parts(self.city(city).id)[1:]))
        )

    def memoranda_of(self, city: str | City, *, include_parts: bool = False) -> Results[Memorandum]:
        """Return the memoranda of a city and its organisations, the earliest first.

        Example:
            >>> [memorandum.documents.wording for memorandum in fc.memoranda_of("Dunedin")]
            ['several']
        """
        return self._about(Memorandum, city, include_parts=include_parts)

    def officials_of(self, city: str | City, *, include_parts: bool = False) -> Results[Official]:
        """Return the officials who held an office of a city, sorted by id.

        Example:
            >>> [(official.name, official.offices[0].title) for official in fc.officials_of("Shanghai")]
            [('Hua Yuan', 'vice mayor')]
        """
        return self._about(Official, city, include_parts=include_parts)

    def statistics_of(
        self, city: str | City, *, measure: str | None = None, include_parts: bool = False
    ) -> Results[Statistic]:
        """Return the statistics of a city in the order of :meth:`statistics`. ``measure`` selects one measure.

        Raises:
            InvalidQueryError: If the measure is unknown. ``candidates`` contains the known measures.

        Example:
            >>> [str(statistic.value) for statistic in fc.statistics_of("Shanghai", measure="new_foreign_ventures")]
            ['4321']
        """
        every = self._about(Statistic, city, include_parts=include_parts)
        if measure is None:
            return every
        measures = sorted({each.measure for each in self._all(Statistic)})
        if measure not in measures:
            listed = ", ".join(map(repr, measures))
            expected = f"expected one of {listed}" if measures else "this dataset contains no statistics"
            message = f"invalid measure {short(measure)}; {expected}"
            raise InvalidQueryError(message, measure, measures)
        return self._results(Statistic, (each for each in every if each.measure == measure))

    def events_of(self, city: str | City, *, include_parts: bool = False) -> Results[Event]:
        """Return the events that a city hosted or joined, the earliest first.

        Example:
            >>> [event.name for event in fc.events_of("Johannesburg")]
            ['2023 Shanghai International Friendship Cities Cooperation Forum']
        """
        return self._about(Event, city, include_parts=include_parts)

    def cooperations_of(self, city: str | City, *, include_parts: bool = False) -> Results[Cooperation]:
        """Return the cooperations of a city, sorted by id.

        Example:
            >>> [cooperation.area for cooperation in fc.cooperations_of("Pudong New Area")]
            ['public_transport']
        """
        return self._about(Cooperation, city, include_parts=include_parts)

    def coverage_of(self, city: str | City) -> Results[Coverage]:
        """Return the coverage records of a city, the latest first.

        A city without a record is ``incidental``. A downloaded city is ``partial``.

        Example:
            >>> [(each.completeness.value, each.stated_count) for each in fc.coverage_of("Sofia")]
            [('incidental', None)]
        """
        found = self._about(Coverage, id_ := self.city(city).id, include_parts=False)
        if found:
            return found
        coverage = Coverage(id=CoverageId(id_), city=id_, completeness=Completeness.INCIDENTAL)
        if self._description is not None and self._description.covers(self.city(id_)):
            as_of, note = as_date(self._description.date), f"From {self._description.source}."
            coverage = Coverage(id=CoverageId(id_), city=id_, completeness=Completeness.PARTIAL, as_of=as_of, note=note)
        return self._results(Coverage, [coverage])

    def sources_of(self, city: str | City, *, include_parts: bool = False) -> Results[Source]:
        """Return the sources of all records about a city and its partnerships, sorted by id.

        Example:
            >>> "shine-2023-12-02" in [source.id for source in fc.sources_of("Dunedin")]
            True
        """
        from friendcities.datasets.references import references  # noqa: PLC0415

        ids = self._city_ids(city, include_parts=include_parts)
        about: list[AnyRecord] = [self._records[City][id_] for id_ in ids]
        about.extend(view.partnership for id_ in ids for view in self._index.views_of_city(id_, None))
        types: tuple[Any, ...] = (Memorandum, Official, Statistic, Event, Cooperation)
        about.extend(each for cls in types for each in self._records_about(cls, ids))
        cited = {id_ for record in about for _, cls, id_ in references(record) if cls is Source}
        return self._results(Source, map(self._records[Source].__getitem__, sorted(cited)))

    # ---- queries about partnerships ----

    def partners_of(self, city: str | City, **filters: Unpack[PartnershipFilters]) -> Results[City]:
        """Return the partner cities of a city, sorted by date of establishment and name. Unknown dates come last.

        Args:
            city: The city.
            **filters: Selects partnerships.

                * ``on``: the date for ``status`` and ``kind``; by default, after the last step

                * ``since``: only partnerships established on or after the first day of this date

                * ``until``: only partnerships established on or before the last day of this date. A partnership of 1994
                  is treated as established on 31 December 1994. Undated partnerships are omitted.

                * ``include_parts``: whether to add the partnerships of the city's districts and other parts

                * ``status``: one status or several; by default ``"active"``; ``"any"`` selects all

                * ``kind``: one kind or several; by default, all kinds

                * ``country``: one country of the partner or several, such as ``"NZ"`` or ``["Japan", "China"]``; by
                  default, all countries. "Georgia" means the country. A part of a country, such as "Scotland", is an
                  error.

                * ``level``: one level of government of the partner or several; by default, all levels

                * ``reliability``: one reliability of the evidence or several; by default, all

                * ``disputed``: ``True`` selects partnerships whose sources disagree; ``False`` selects all others

                * ``source``: one source; the statements of all other sources are ignored

        Raises:
            AmbiguousCityError, UnknownCityError: See :meth:`city`.
            UnknownRecordError: If the source is unknown.
            InvalidQueryError: If a filter has an invalid value.
            TypeError: If a filter is unknown.

        Example:
            >>> fc.partners_of("Shanghai", on="1975")
            (<City jp-yokohama: Yokohama, JP>, <City jp-osaka: Osaka, JP>)
            >>> [city.name for city in fc.partners_of("Shanghai", status="proposed", country=["GE", "GR"])]
            ['Attica', 'Tbilisi']
        """
        return self._select(self._cache_key(city), filters).partners

    def common_partners(
        self, one: str | City, other: str | City, **filters: Unpack[PartnershipFilters]
    ) -> Results[City]:
        """Return the common partners of two cities, in the order of the first city's partners.

        For filters and other errors, see :meth:`partners_of`.

        Raises:
            InvalidQueryError: If the two cities are the same.

        Example:
            >>> fc.common_partners("Dunedin", "Yokohama")
            (<City cn-shanghai: Shanghai, CN>,)
        """
        first, second = self.city(one), self.city(other)
        if first.id == second.id:
            message = f"the two cities are the same: {first.name} ({first.id}); expected two different cities"
            raise InvalidQueryError(message, (one, other))
        others = set(self.partners_of(other, **filters))
        return self._results(City, (city for city in self.partners_of(one, **filters) if city in others))

    def shortest_path(self, one: str | City, other: str | City, **filters: Unpack[PartnershipFilters]) -> Results[City]:
        """Return the cities on the shortest path between two cities along partnerships.

        Among equally short paths, the first in alphabetical order of ids is returned. For filters and errors, see
        :meth:`find_partnerships`.

        Raises:
            NoPathError: If there is no path among the selected partnerships.

        Example:
            >>> [city.name for city in fc.shortest_path("Dunedin", "Yokohama")]
            ['Dunedin', 'Shanghai', 'Yokohama']
        """
        from friendcities.datasets.shortest_path import find_path  # noqa: PLC0415

        path = find_path(self.find_partnerships(**filters), self.city(one), self.city(other))
        return self._results(City, map(self._records[City].__getitem__, path))

    def partnerships_of(self, city: str | City, **filters: Unpack[PartnershipFilters]) -> Results[Partnership]:
        """Return the partnerships of a city. For order, arguments and errors, see :meth:`partners_of`.

        With ``source``, each partnership contains only the statements of this source.

        Example:
            >>> fc.partnerships_of("Shanghai", kind="sister_city", country="New Zealand", on="1994")
            (<Partnership cn-shanghai--nz-dunedin: active sister_city since 1994-10-21>,)
            >>> [str(each.established) for each in fc.partnerships_of("Shanghai", source="shine-2023-12-02")]
            ['1994']
        """
        return self._select(self._cache_key(city), filters).partnerships

    def find_partnerships(self, **filters: Unpack[PartnershipFilters]) -> Results[Partnership]:
        """Return partnerships of all cities, sorted by id. For filters and errors, see :meth:`partners_of`.

        A partnership fits ``country`` and ``level`` if one of its two cities fits.

        Example:
            >>> [each.id for each in fc.find_partnerships(country="CU", on="2005")]
            ['cn-shanghai--cu-santiago-de-cuba']
        """
        check_filter_names(filters, without="include_parts")
        views = self._select(None, filters).views
        found = {view.partnership.id: view.partnership for view in views}
        day = _day_of(filters)
        on = None if day is None else date.fromordinal(day)
        return self._results(Partnership, (found[id_] for id_ in sorted(found)), on=on)

    def partnership_between(
        self, one: str | City, other: str | City, *, source: str | Source | None = None
    ) -> Partnership:
        """Return the partnership of two cities, with any status.

        With ``source``, the partnership contains only the statements of this source.

        Raises:
            UnknownPartnershipError: If the two cities have no partnership. ``candidates`` contains partnerships between
                parts of the two cities.
            AmbiguousCityError, UnknownCityError, InvalidQueryError: See :meth:`city`.
            UnknownRecordError: If the source is unknown.

        Example:
            >>> fc.partnership_between("Shanghai", "Dunedin").established
            PartialDate.parse('1994-10-21')
        """
        first, second = self.city(one), self.city(other)
        source_id = self._source_id(source)
        for view in self._index.views_of_city(first.id, source_id):
            if view.partner.id == second.id:
                return view.partnership
        parts = set(self._index.with_parts(second.id))
        views = (view for id_ in self._index.with_parts(first.id) for view in self._index.views_of_city(id_, source_id))
        near = dict.fromkeys(view.partnership for view in views if view.partner.id in parts)
        by = f" according to {source_id}" if source_id else ""
        message = f"{first.name} and {second.name} have no partnership on record{by}"
        if near:
            pairs = [" and ".join(self._records[City][id_].name for id_ in each.cities) for each in near]
            message += f", but parts of these cities have partnerships: {', '.join(pairs)}"
            raise UnknownPartnershipError(message, (one, other), near, "pass one of these pairs")
        hint = f"list the partnerships of {first.name} with partnerships_of({first.id!r})"
        command = f"list the partners of {first.name} with: friendcities partners {first.id}"
        raise UnknownPartnershipError(message, (one, other), (), hint, command)

    def count_partnerships(
        self, by: CountBy, city: str | City | None = None, **filters: Unpack[PartnershipFilters]
    ) -> FrozenMap[str, int]:
        """Return the number of partnerships in each group. The largest group comes first.

        If no city is given, a partnership of a Japanese and a Chinese city is counted for Japan and for China.

        Args:
            by: The property: ``"country"`` or ``"level"`` of the partner, ``"year"`` or ``"decade"`` of establishment,
                or one of ``"kind"``, ``"status"``, ``"reliability"`` and ``"dispute"``. Years and decades are sorted by
                time. Unknown values come last.
            city: The city; by default, all cities. ``include_parts`` needs a city.
            **filters: For filters and errors, see :meth:`partners_of`.

        Example:
            >>> fc.count_partnerships("kind", "Dunedin")
            FrozenMap({'sister_city': 1})
            >>> fc.count_partnerships("decade", "Shanghai", country="NZ")["1990s"]
            1
        """
        by = parse_count_by(by)
        if city is None and filters.get("include_parts") is True:
            message = "include_parts=True needs a city; without a city, all cities and their parts are counted"
            raise InvalidQueryError(message, True)  # noqa: FBT003 - the value of the filter
        views = self._select(None if city is None else self._cache_key(city), filters).views
        return count_views(views, by, _day_of(filters))

    def timeline(
        self,
        city: str | City,
        *,
        since: DateLike | None = None,
        until: DateLike | None = None,
        kind: KindFilter = None,
        country: CountryFilter = None,
        include_parts: bool = False,
    ) -> "Results[TimelineEntry]":
        """Return the steps of a city's partnerships, sorted by date. Undated steps come last.

        Args:
            city: The city.
            since: Omit undated steps, and steps before this date.
            until: Omit undated steps, and steps that may be after this date. For example, ``until="1994-06"`` omits a
                step of 1994.
            kind: Return only steps of these kinds. A step without a kind has the kind of the partnership at that date.
            country: Return only steps with partners in these countries; see :meth:`partners_of`.
            include_parts: Whether to add the steps of the city's districts and other parts.

        Example:
            >>> [(str(entry.date), entry.partner.name) for entry in fc.timeline("Shanghai")][0]
            ('1973-11-30', 'Yokohama')
        """
        from friendcities.datasets.timeline import TimelineEntry, timeline_entries  # noqa: PLC0415

        first, last = parse_period(since, until)
        kinds = parse_members("kind", normalize_filter(kind), PartnershipKind)
        countries = self._index.parse_countries(normalize_filter(country))
        parts = parse_flag("include_parts", include_parts)
        views = self._index.views_of(self.city(city).id, None, include_parts=parts)
        entries = timeline_entries(views, first=first, last=last, kinds=kinds, countries=countries)
        return self._results(TimelineEntry, entries)

    # ---- exports; the docstring of the class has their common arguments and errors ----

    def to_csv(self, folder: Path, records: Answer = None, *, on: DateLike | None = None) -> None:
        """Write a folder with one CSV file for each table (RFC 4180, UTF-8). Spreadsheets can open the files safely."""
        from friendcities.exporters import csv_files, output_files  # noqa: PLC0415

        output_files.write_folder(folder, csv_files.csv_files(self, records, on=on))

    def to_json_lines(self, path: Path, records: Answer = None) -> None:
        """Write a JSON Lines file with one record on each line, for :meth:`load_json_lines`."""
        from friendcities.exporters import json_lines, output_files  # noqa: PLC0415

        output_files.write_file(path, json_lines.as_json_lines(self, records))

    def to_pandas(self, records: Answer = None, *, on: DateLike | None = None) -> "dict[str, pd.DataFrame]":
        """Return a dict with a pandas data frame for each table. Needs the extra ``pandas``.

        Example:
            >>> frames = fc.dataset().to_pandas(fc.partnerships_of("Shanghai"))
            >>> frames["partnerships"][["name_2", "since"]].iloc[0].tolist()
            ['Yokohama', '1973-11-30']
        """
        from friendcities.exporters.data_frames import to_pandas  # noqa: PLC0415

        return to_pandas(self, records, on=on)

    def to_polars(self, records: Answer = None, *, on: DateLike | None = None) -> "dict[str, pl.DataFrame]":
        """Return a dict with a polars data frame for each table. Needs the extra ``polars``.

        Example:
            >>> fc.dataset().to_polars(fc.partners_of("Dunedin"))["cities"]["name"].to_list()
            ['Shanghai']
        """
        from friendcities.exporters.data_frames import to_polars  # noqa: PLC0415

        return to_polars(self, records, on=on)

    def to_arrow(self, records: Answer = None, *, on: DateLike | None = None) -> "dict[str, pa.Table]":
        """Return a dict with an Arrow table for each table. Needs the extra ``arrow``.

        Example:
            >>> fc.dataset().to_arrow()["sources"].num_rows == len(fc.sources())
            True
        """
        from friendcities.exporters.data_frames import to_arrow  # noqa: PLC0415

        return to_arrow(self, records, on=on)

    def to_parquet(
        self, folder: Path, records: Answer = None, *, on: DateLike | None = None, partitioned: bool = False
    ) -> None:
        """Write a folder with one Parquet file for each table. Needs the extra ``arrow``.

        With ``partitioned``, each country has its own folder, such as ``partners/country=CN``. Hive, DuckDB and Spark
        read such folders.
        """
        from friendcities.exporters.data_frames import parquet_files, partitioned_files  # noqa: PLC0415
        from friendcities.exporters.output_files import write_folder  # noqa: PLC0415

        make_files = partitioned_files if parse_flag("partitioned", partitioned) else parquet_files
        write_folder(folder, make_files(self, records, on=on))

    def to_geopandas(self, records: Answer = None, *, on: DateLike | None = None) -> "dict[str, gpd.GeoDataFrame]":
        """Return two geopandas data frames: ``cities`` with points, and ``partnerships`` with lines.

        The lines are the same as in :meth:`to_geo_json`. Needs the extra ``geo``.

        Example:
            >>> frames = fc.dataset().to_geopandas(fc.partnerships_of("Dunedin"))
            >>> frames["partnerships"].geometry.geom_type.tolist()
            ['LineString']
        """
        from friendcities.exporters.data_frames import to_geopandas  # noqa: PLC0415

        return to_geopandas(self, records, on=on)

    def to_geo_json(self, path: Path, records: Answer = None, *, on: DateLike | None = None) -> None:
        """Write a GeoJSON file (RFC 7946) with cities as points and partnerships as lines.

        Lines need the extra ``geo``. Lines are geodesics (WGS 84), cut at the antimeridian. Records without coordinates
        have no geometry.
        """
        from friendcities.exporters import geojson, output_files  # noqa: PLC0415

        output_files.write_file(path, geojson.as_geojson(self, records, on=on))

    def to_networkx(self, records: Answer = None, *, on: DateLike | None = None) -> "nx.Graph[str]":
        """Return cities and partnerships as a NetworkX graph. Needs the extra ``graph``.

        Nodes are city ids. The columns of the tables are attributes of nodes and edges.

        Example:
            >>> graph = fc.dataset().to_networkx(fc.partnerships_of("Dunedin"))
            >>> graph.edges["cn-shanghai", "nz-dunedin"]["since"]
            '1994-10-21'
        """
        from friendcities.exporters.graphs import to_networkx  # noqa: PLC0415

        return to_networkx(self, records, on=on)

    def to_graphml(self, path: Path, records: Answer = None, *, on: DateLike | None = None) -> None:
        """Write the graph of :meth:`to_networkx` as GraphML. Needs the extra ``graph``."""
        from friendcities.exporters import graphs, output_files  # noqa: PLC0415

        output_files.write_file(path, graphs.as_graphml(self, records, on=on))

    def to_gexf(self, path: Path, records: Answer = None, *, on: DateLike | None = None) -> None:
        """Write the graph of :meth:`to_networkx` as GEXF, for Gephi. Needs the extra ``graph``."""
        from friendcities.exporters import graphs, output_files  # noqa: PLC0415

        output_files.write_file(path, graphs.as_gexf(self, records, on=on))

    def to_sqlite(self, path: Path, records: Answer = None, *, on: DateLike | None = None) -> None:
        """Write a SQLite database with all tables, keys and references."""
        from friendcities.exporters import output_files, sqlite  # noqa: PLC0415

        output_files.write_file(path, sqlite.as_sqlite(self, records, on=on))

    def to_xlsx(self, path: Path, records: Answer = None, *, on: DateLike | None = None) -> None:
        """Write an Excel workbook with one sheet for each table. Needs the extra ``tables``.

        Complete dates are date cells, and web addresses are links. No text is a formula.
        """
        from friendcities.exporters import output_files, tables, xlsx  # noqa: PLC0415

        output_files.write_file(path, xlsx.as_xlsx(tables.build_tables(self, records, on=on).values()))

    def to_json_ld(self, path: Path, *, on: DateLike | None = None) -> None:
        """Write one JSON-LD graph of cities, their active sister cities, and sources.

        Partnerships with the reliability ``listed`` are omitted.
        """
        from friendcities.exporters import json_ld, output_files  # noqa: PLC0415

        output_files.write_file(path, json_ld.as_json_ld(self, on=on))

    def to_data_package(self, folder: Path, *, licence: str | None = None, on: DateLike | None = None) -> None:
        """Write a Frictionless data package: CSV files and a description of their columns.

        ``licence`` is the licence of the package, such as ``"CC-BY-4.0"``. By default, only a package of the bundled
        data has a licence. An unknown licence raises :class:`InvalidQueryError`.
        """
        from friendcities.exporters import data_package, output_files  # noqa: PLC0415

        output_files.write_folder(folder, data_package.package_files(self, licence=licence, on=on))

    # ---- the collection itself ----

    def __getitem__(self, key: str | City) -> AnyRecord:
        """Return the record with this id, or the city with this name.

        The two cities in the id of a partnership may be in any order.

        Raises:
            AmbiguousCityError, UnknownCityError, InvalidQueryError: See :meth:`city`.
            UnknownPartnershipError: If the key contains the ids of two cities without a partnership.

        Example:
            >>> data = fc.dataset()
            >>> data["Shanghai"], data["cn-shanghai--nz-dunedin"].established
            (<City cn-shanghai: Shanghai, CN>, PartialDate.parse('1994-10-21'))
        """
        found = self._find_by_id(key)
        first, _, second = key.partition("--") if isinstance(key, str) else ("", "", "")
        if found is None and is_city_id(first) and is_city_id(second):
            return self.partnership_between(first, second)
        return self.city(key) if found is None else found

    def __contains__(self, key: object) -> bool:
        """Whether the dataset contains a record. ``key`` is a record, an id, or the name of a city.

        Example:
            >>> "Shanghai" in fc.dataset(), "Atlantis" in fc.dataset()
            (True, False)
        """
        if type(key) in self._records:
            record = cast("AnyRecord", key)
            return self._records[type(record)].get(record.id) == record
        return self._find_by_id(key) is not None or (isinstance(key, str) and self._index.gazetteer.has(key))

    def __iter__(self) -> Iterator[AnyRecord]:
        for cls in RECORD_TYPES.values():
            records = self._records[cls]
            yield from (records[id_] for id_ in sorted(records))

    def __len__(self) -> int:
        return sum(map(len, self._records.values()))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Dataset):
            return NotImplemented
        return self._records == other._records and self._redirects == other._redirects

    __hash__ = None  # type: ignore[assignment]  # None makes the class unhashable; typeshed declares a method

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self._records[cls])} {folder}" for folder, cls in RECORD_TYPES.items())
        return f"<{type(self).__name__}: {counts}>"

    def _repr_html_(self) -> str:
        from friendcities.notebook.tables import dataset_table  # noqa: PLC0415

        return dataset_table(self._records, self._version)

    def __setattr__(self, name: str, value: object) -> None:
        self.__delattr__(name, "set")

    def __delattr__(self, name: str, action: str = "delete") -> None:
        message = f"cannot {action} {name!r}: a Dataset is immutable; make another dataset with Dataset(records)"
        raise AttributeError(message)

    def __reduce__(self) -> tuple[Any, ...]:
        by_type = {cls: dict(records) for cls, records in self._records.items()}
        return (_make, (type(self), by_type, {cls: dict(moved) for cls, moved in self._redirects.items()}))

    @classmethod
    def _load_compiled(cls, name: str) -> Self:
        from friendcities.datasets import installed  # noqa: PLC0415

        bundle = installed.read_compiled(name)
        if bundle is not None:
            return _make(cls, *read_bundle(bundle))
        file = installed.dataset_file(name)
        described = installed.describe_file(file, file.read_bytes())
        loaded = cls.load(file)
        installed.write_compiled(name, described, partial(compile_dataset, loaded))
        return loaded

    @classmethod
    def _merge_again(cls, name: str, description: "Description") -> "tuple[Self, Description]":
        """Merge the download again, and install the result if the folder is writable."""
        from contextlib import suppress  # noqa: PLC0415

        from friendcities import dataset as bundled  # noqa: PLC0415
        from friendcities.datasets import installed  # noqa: PLC0415

        download = cls.load(installed.dataset_folder(name) / installed.DOWNLOAD_FILE)
        merged = bundled().merge(download).dataset
        with suppress(OSError):
            description = installed.install(name, merged, description)
        return _make(cls, merged._records, merged._redirects), description  # noqa: SLF001 - of this class

    @classmethod
    def _from_located(
        cls, located: "list[Located]", redirects: "Redirects", base: "Dataset | None", redirects_at: str
    ) -> Self:
        from friendcities.datasets.folder import check_located  # noqa: PLC0415

        if base is not None:
            from friendcities.merge.merge_datasets import overlay_records  # noqa: PLC0415

            located, redirects = overlay_records(located, redirects, base)
        return _make(cls, check_located(located, redirects, redirects_at), redirects)

    def _set_records(self, records: RecordsByType, redirects: "Redirects", indexes: Indexes | None = None) -> None:
        redirects = {cls: moved for cls, moved in redirects.items() if moved}
        moved_cities = cast("Mapping[str, CityId]", redirects.get(City, {}))
        object.__setattr__(self, "_records", records)
        object.__setattr__(self, "_redirects", redirects)
        object.__setattr__(self, "_version", "")
        object.__setattr__(self, "_description", None)
        make_results = partial(Results, cities=cast("Mapping[CityId, City]", records[City]))
        object.__setattr__(self, "_index", Index(records, moved_cities, indexes, make_results))

    def _all(self, cls: type[R]) -> Results[R]:
        return self._results(cls, self._in_order(cls, self._records[cls]))

    def _in_order(self, cls: type[R], ids: Iterable[str]) -> list[R]:
        by_id = [self._records[cls][id_] for id_ in sorted(ids)]
        return sorted(by_id, key=_SORT_KEYS[cls]) if cls in _SORT_KEYS else by_id

    def _find_by_id(self, id_: object) -> AnyRecord | None:
        if not isinstance(id_, str):
            return None
        id_ = "--".join(sorted(id_.split("--")))  # the id of a partnership may have its cities in any order
        for cls, records in self._records.items():
            current = self._redirects.get(cls, {}).get(id_, id_)
            if current in records:
                return cast("AnyRecord", records[current])
        return None

    def _one(self, cls: type[R], id_: str) -> R:
        records = self._records[cls]
        if isinstance(id_, str):
            current = self._redirects.get(cls, {}).get(id_, id_)
            if current in records:
                return cast("R", records[current])
        from difflib import get_close_matches  # noqa: PLC0415

        near = tuple(get_close_matches(id_, records)) if isinstance(id_, str) else ()
        hint = f"did you mean {' or '.join(map(repr, near))}?" if near else "pass an exact id"
        message = f"there is no {cls.__name__.lower()} {short(id_)}"
        raise UnknownRecordError(message, id_, near, hint)

    def _results(self, cls: type[T], found: Iterable[T], *, on: date | None = None) -> Results[T]:
        return Results(found, cls, cast("Mapping[CityId, City]", self._records[City]), on=on)

    def _city_ids(self, city: str | City, *, include_parts: bool) -> list[CityId]:
        id_ = self.city(city).id
        return self._index.with_parts(id_) if parse_flag("include_parts", include_parts) else [id_]

    def _about(self, cls: type[C], city: str | City, *, include_parts: bool) -> Results[C]:
        return self._results(cls, self._records_about(cls, self._city_ids(city, include_parts=include_parts)))

    def _records_about(self, cls: type[C], cities: Iterable[CityId]) -> list[C]:
        return self._in_order(cls, self._index.ids_about(cities, cls))

    def _source_id(self, source: str | Source | None) -> SourceId | None:
        return None if source is None else self._one(Source, source.id if isinstance(source, Source) else source).id

    def _cache_key(self, city: str | City) -> str:
        return city if type(city) is str else self.city(city).id

    def _select(self, query: str | None, filters: PartnershipFilters) -> Selected:
        check_filter_names(filters)
        arguments: dict[str, Any] = {name: value for name, value in filters.items() if name != "on"}
        if (source := filters.get("source")) is not None:
            arguments["source"] = self._source_id(source)
        if not _HASHABLE.issuperset(map(type, arguments.values())):
            arguments = {name: normalize_filter(value) for name, value in arguments.items()}
        return self._index.select(query, **arguments).on(_day_of(filters))


expand_signature(Dataset.partners_of)
expand_signature(Dataset.partnerships_of)
expand_signature(Dataset.common_partners)
expand_signature(Dataset.count_partnerships)
expand_signature(Dataset.find_partnerships, without="include_parts")
expand_signature(Dataset.shortest_path, without="include_parts")

D = TypeVar("D", bound=Dataset)


def make_dataset(records: RecordsByType, redirects: "Redirects", indexes: Indexes | None = None) -> Dataset:
    """Make a dataset from valid records by type and id. The partnerships must already contain their sources."""
    return _make(Dataset, records, redirects, indexes)


def compile_dataset(data: Dataset) -> bytes:
    """Return the bundle of a dataset. ``make_dataset(*read_bundle(bundle))`` makes an equal dataset."""
    indexes = {name: data._index.ids(name) for name in ID_INDEXES}  # noqa: SLF001 - the class above
    return write_bundle(data._records, data._redirects, indexes)  # noqa: SLF001


def _make(cls: type[D], records: RecordsByType, redirects: "Redirects", indexes: Indexes | None = None) -> D:
    made = cls.__new__(cls)
    made._set_records(records, redirects, indexes)  # noqa: SLF001 - the class above
    return made


def set_data_version(data: Dataset, version: str) -> None:
    """Set the version of the bundled data."""
    object.__setattr__(data, "_version", version)


def _day_of(filters: PartnershipFilters) -> int | None:
    on = filters.get("on")
    return None if on is None else last_day(on)


def _check_type(value: Any, expected: Any, hint: str) -> None:
    if not isinstance(value, expected) or value == "":
        message = f"invalid argument {short(value)}; {hint}"
        raise InvalidQueryError(message, value)
