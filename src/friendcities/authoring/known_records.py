"""Finds existing and new records by name or id."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final, TypeVar

from friendcities.checks import RecordTree
from friendcities.datasets.folder import record_path
from friendcities.errors import UnknownRecordError
from friendcities.model import RECORD_TYPES, AnyRecord, City, Memorandum, Official, PartialDate, Source
from friendcities.model.record import short
from friendcities.names import Gazetteer, fold

R = TypeVar("R", Source, Official, Memorandum)
Snapshot = Mapping[type[AnyRecord], Mapping[str, Any]]
"""The new records of a session, by type and id."""
_MOST_SUGGESTED: Final = 3
_MIN_SIMILARITY: Final = 0.8
"""The minimum similarity (difflib's ratio) at which a new name may be a misspelled existing name."""


class Session:
    """The records of a folder, and the new records that will be added to the folder.

    Example:
        >>> import pathlib
        >>> import friendcities as fc
        >>> session = Session(RecordTree.read(pathlib.Path("no such folder"), base=fc.dataset()))
        >>> session.city("Dunedin")
        <City nz-dunedin: Dunedin, NZ>
    """

    def __init__(self, tree: RecordTree) -> None:
        self.tree = tree
        self._new: dict[type[AnyRecord], dict[str, Any]] = {cls: {} for cls in RECORD_TYPES.values()}
        self._gazetteer: tuple[int, Gazetteer] | None = None

    @property
    def today(self) -> PartialDate:
        """The day on which the records are added."""
        day = self.tree.today
        return PartialDate(day.year, day.month, day.day)

    def add(self, record: AnyRecord) -> None:
        """Add a record. A record with the same id is replaced."""
        self._new[type(record)][record.id] = record

    def snapshot(self) -> Snapshot:
        """Return a copy of the added records for :meth:`restore`."""
        return {cls: dict(records) for cls, records in self._new.items()}

    def restore(self, snapshot: Snapshot) -> None:
        """Remove the records that were added after a snapshot."""
        self._new = {cls: dict(records) for cls, records in snapshot.items()}
        self._gazetteer = None

    def new_records(self) -> Iterator[AnyRecord]:
        """Yield the new records. Sources and cities come first."""
        for cls in dict.fromkeys((Source, City, *RECORD_TYPES.values())):
            yield from (self._new[cls][id_] for id_ in sorted(self._new[cls]))

    def records(self, cls: type[AnyRecord]) -> Mapping[str, Any]:
        """Return all records of a type by id, both existing and new."""
        return self.tree.all_records(cls) | self._new[cls]

    def taken_ids(self, cls: type[AnyRecord]) -> set[str]:
        """Return the existing and the former ids of a type. A new record needs another id."""
        return {*self.tree.known_ids[cls], *self.tree.moved_ids[cls], *self._new[cls]}

    def describe_place(self, record: AnyRecord) -> str:
        """Describe where a record is stored."""
        if self.tree.owns(record):
            return self.tree.path_of(record)
        if record.id in self._new[type(record)]:
            return "the records that you are adding"
        return f"the bundled data ({record_path(record)})"

    def city(self, text: str) -> City:
        """Return the city with this name or id; see :meth:`Gazetteer.city <friendcities.names.Gazetteer.city>`."""
        added: Mapping[Any, City] = self._new[City]
        if self._gazetteer is None or self._gazetteer[0] != len(added):
            cities: Mapping[Any, City] = {**self.tree.cities, **added}
            moved: Mapping[Any, Any] = self.tree.moved_ids[City]
            self._gazetteer = (len(added), Gazetteer(cities, moved))
        return self._gazetteer[1].city(text)

    def find_similar_city(self, name: str, country: str) -> tuple[City | None, City | None]:
        """Return the city with this name in a country, or else the city with the most similar name."""
        cities: list[City] = [city for city in self.records(City).values() if city.country == country]
        by_name = {fold(text): city for city in cities for text in (*(other.text for other in city.names), city.name)}
        same = by_name.get(fold(name))
        similar = [] if same else get_close_matches(fold(name), by_name, n=1, cutoff=_MIN_SIMILARITY)
        return same, by_name[similar[0]] if similar else None

    def record(self, text: str) -> AnyRecord:
        """Return the record for a text such as ``nz-dunedin`` or ``cities/nz-dunedin``, or for a file path.

        Raises:
            UnknownRecordError: If there is no such record, or more than one.
        """
        *folders, name = text.strip().removesuffix(".json").replace("\\", "/").split("/")
        types = {folder: RECORD_TYPES[folder] for folder in folders if folder in RECORD_TYPES} or RECORD_TYPES
        found: dict[str, AnyRecord] = {}
        for folder, cls in types.items():
            id_ = self.tree.moved_ids[cls].get(name, name)
            found |= {f"{folder}/{id_}": self.records(cls)[id_]} if id_ in self.records(cls) else {}
        if len(found) == 1:
            return next(iter(found.values()))
        near = get_close_matches(name, [id_ for cls in types.values() for id_ in self.records(cls)])
        candidates = tuple(found or near)
        hint = f"did you mean {' or '.join(map(repr, candidates))}?" if candidates else ""
        message = f"there {'are several records called' if found else 'is no record'} {short(text.strip())}"
        raise UnknownRecordError(message, text, candidates, hint)

    def source(self, text: str) -> Source:
        """Return the source with this id, address or title. Raises UnknownRecordError unless there is exactly one."""
        address = _normalize_address(text)
        known = (
            (page, source.id) for source in self.records(Source).values() for page in (source.address, source.archived)
        )
        text = next((id_ for page, id_ in known if page is not None and _normalize_address(page) == address), text)
        return self._find(Source, text, "title", "publisher")

    def official(self, text: str) -> Official:
        """Return the official with this id or name. Raises UnknownRecordError unless there is exactly one."""
        return self._find(Official, text, "name")

    def memorandum(self, text: str) -> Memorandum:
        """Return the memorandum with this id. Raises UnknownRecordError if there is none."""
        return self._find(Memorandum, text)

    def _find(self, cls: type[R], text: str, name_field: str = "id", *suggested_fields: str) -> R:
        """Find a record by id or name."""
        records: Mapping[str, R] = self.records(cls)
        id_ = self.tree.moved_ids[cls].get(text.strip(), text.strip())
        if id_ in records:
            return records[id_]
        named = [
            record for record in records.values() if fold(text) and fold(getattr(record, name_field)) == fold(text)
        ]
        if len(named) == 1:
            return named[0]
        fields = (*suggested_fields, name_field)
        names = {getattr(record, field): record.id for field in fields for record in records.values()}
        raise self._unknown(cls, text, names, tuple(record.id for record in named))

    def _unknown(
        self, cls: type[AnyRecord], text: str, names: Mapping[str, str], ids: tuple[str, ...] = ()
    ) -> UnknownRecordError:
        """Make the error for an unknown record."""
        wanted = fold(text)
        folded = {fold(name): id_ for name, id_ in names.items()} | {fold(id_): id_ for id_ in self.records(cls)}
        containing = [id_ for name, id_ in folded.items() if wanted and f" {wanted} " in f" {name} "]
        similar = [folded[name] for name in get_close_matches(wanted, folded)]
        candidates = ids or tuple(dict.fromkeys([*similar, *containing]))[:_MOST_SUGGESTED]
        hint = f"did you mean {' or '.join(map(repr, candidates))}?" if candidates else ""
        message = f"there is no {cls.__name__.lower()} {short(text.strip())} on record"
        return UnknownRecordError(message, text, candidates, hint)


def _normalize_address(address: str) -> str:
    """Normalize an address. Two addresses of the same page become equal."""
    return address.strip().casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
