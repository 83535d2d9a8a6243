"""A dataset as it is made, loaded and saved, with its index: what it is before it is asked anything."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Self, cast

from attrs import evolve

from friendcities.collector import collector_paused
from friendcities.datasets.index import Index
from friendcities.datasets.records import Records
from friendcities.datasets.redirects import NO_REDIRECTS, Redirects, broken_redirects, laid_over
from friendcities.datasets.references import broken_references
from friendcities.errors import DataError, InvalidQueryError, Problem
from friendcities.model import RECORD_TYPES, AnyRecord, City, CityId, Partnership, PartnershipId, Source
from friendcities.model.record import short

if TYPE_CHECKING:
    import pathlib

    from friendcities.datasets.storage import Located
    from friendcities.merge import Merge

# Reading and writing need modules that take longer to import than a first answer takes to find, so they are imported
# where they are used.

__all__ = ["Stored"]


class Stored(Records):
    """Records that fit together, from wherever they came, and where they can be written to."""

    __slots__ = ("_index",)
    _index: Index

    def __init__(self, records: Iterable[AnyRecord] = ()) -> None:
        from friendcities.datasets.storage import path_of  # noqa: PLC0415

        _expect(records, Iterable, "pass the records of which to make a dataset")
        self._fill([(record, path_of(record)) for record in records], NO_REDIRECTS, "")

    @classmethod
    def load(cls, path: "str | pathlib.Path", *, base: "Stored | None" = None) -> Self:
        """Read a folder of record files, or one file that :meth:`save` wrote.

        The folder has one folder for each type of record (``cities``, ``partnerships`` …), in which, at any depth, each
        record has a file of its own, named by its id.

        Args:
            path: The folder or the file.
            base: A dataset to lay this one over: what both have, this one has the say in. A city that it has under
                another id is recognised as :meth:`merge` does, gets the id of the base, and takes what the base says of
                it besides; its partnerships likewise. The id that it had here still works.

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
        from pathlib import Path  # noqa: PLC0415

        from friendcities.datasets.storage import read, redirects_place  # noqa: PLC0415

        _expect(base, Stored | None, "pass a dataset to lay it over, such as friendcities.dataset()")
        _expect(path, str | Path, "pass the path of a folder of record files, or of a file that save() wrote")
        with collector_paused():
            path = Path(path)
            located, redirects = read(path)
            return cls._of(located, redirects, base, redirects_place(path))

    @classmethod
    def _of(cls, located: "list[Located]", redirects: Redirects, base: "Stored | None", place: str) -> Self:
        if base is not None:
            from friendcities.datasets.storage import path_of  # noqa: PLC0415
            from friendcities.merge.overlay import match_overlay  # noqa: PLC0415 - most datasets lie over none

            located, redirects = match_overlay(located, redirects, base)
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
    def _trusted(cls, records: Iterable[AnyRecord], redirects: Redirects) -> Self:
        """A dataset of records that are known to fit together."""
        by_type: dict[type[AnyRecord], dict[str, Any]] = {each: {} for each in RECORD_TYPES.values()}
        for record in records:
            by_type[type(record)][record.id] = record
        return cls._unread(_at_hand(by_type), redirects)

    @classmethod
    def _unread(cls, records: Mapping[type[AnyRecord], Mapping[str, Any]], redirects: Redirects) -> Self:
        """A dataset of records that are known to fit together, partnerships with their sources; none is looked at."""
        made = cls.__new__(cls)
        made._put(records, redirects)  # noqa: SLF001 - its own class
        return made

    def merge(
        self, other: "Stored", *, same: Mapping[str, str] | None = None, distinct: Iterable[str] = ()
    ) -> "Merge[Self]":
        """This dataset and another made one, with a report of what was joined, added, contrary or in doubt.

        A city of the other dataset is one of ours if it has its id, or its id in another register, and nothing speaks
        against it; else if the two share a name and the country and lie within 30 kilometres of each other. Where that
        cannot be told, it stands apart, and the report says which it may be: nothing is guessed. ``same`` and
        ``distinct`` take the answers of a person.

        The ids and the values of this dataset stay. Two cities have one partnership; evidence of the other dataset goes
        to the step that it tells of, and says there what differs. What is another step stands at its date. A source
        that both have is kept once. Nothing is lost that evidence says.

        :meth:`load` with ``base=`` is another thing: it knows the same cities, but lays one dataset over another, and
        what both have, the upper one has the say in.

        Args:
            other: The dataset to take in.
            same: The ids of cities of the other dataset, each with that of the city of this one that it is.
            distinct: The ids of cities of the other dataset that are none of this one.

        Raises:
            UnknownRecordError: If a city that is named is not there.
            InvalidQueryError: If ``other`` is no dataset, or one city is said to be two.

        Example:
            >>> import friendcities as fc
            >>> place = fc.Coordinates(latitude=-45.9, longitude=170.5, point="city")
            >>> theirs = fc.City(id=fc.CityId("nz-otepoti"), name="Ōtepoti", country="NZ", coordinates=place,
            ...                  level=fc.Level.MUNICIPALITY, identifiers={"wikidata": "Q133073"})
            >>> merge = fc.dataset().merge(fc.Dataset([theirs]))
            >>> [(each.id, each.their_id, each.detail) for each in merge.report.joined]
            [('nz-dunedin', 'nz-otepoti', 'wikidata Q133073')]
            >>> merge.dataset.city("Ōtepoti")
            <City nz-dunedin: Dunedin, NZ>
        """
        from friendcities.datasets.storage import path_of  # noqa: PLC0415
        from friendcities.merge import Merge  # noqa: PLC0415 - a merge is seldom, an answer often
        from friendcities.merge.merge_datasets import merge_datasets  # noqa: PLC0415

        _expect(other, Stored, "pass the dataset to merge with")
        same_ids, distinct_ids = self._decided(other, {} if same is None else same, distinct)
        records, redirects, report = merge_datasets(self, other, same=same_ids, distinct=distinct_ids)
        made = type(self)._of([(record, path_of(record)) for record in records], redirects, None, "")  # noqa: SLF001
        return Merge(dataset=made, report=report)

    def _decided(
        self, other: "Stored", same: Mapping[str, str], distinct: Iterable[str]
    ) -> tuple[dict[str, str], set[str]]:
        """What somebody said of cities of another dataset, by the ids of today."""
        distinct_ids = {str(other._one(City, id_).id) for id_ in distinct}  # noqa: SLF001 - its own class
        pairs: dict[str, str] = {}
        for their_id, id_ in same.items():
            theirs, ours = other._one(City, their_id).id, self._one(City, id_).id  # noqa: SLF001
            if theirs in distinct_ids or theirs in pairs or ours in pairs.values():
                message = f"{their_id!r} cannot be {id_!r}: one of the two is said to be another, or none, as well"
                raise InvalidQueryError(message, (their_id, id_))
            pairs[theirs] = ours
        return pairs, distinct_ids

    def save(self, path: "str | pathlib.Path") -> None:
        """Write everything into one file, which :meth:`load` reads; the same records give the same bytes.

        The file is replaced only once the new one is whole.

        Raises:
            OSError: If it cannot be written; what was there before is then as it was.
            InvalidQueryError: If this is no path.
        """
        from pathlib import Path  # noqa: PLC0415

        from friendcities.datasets.storage import as_one_file, replace_file  # noqa: PLC0415

        _expect(path, str | Path, "pass the path of the file to write")
        replace_file(Path(path), as_one_file(self._records, self._redirects))

    def _fill(self, located: "list[Located]", redirects: Redirects, at: str) -> None:
        records: dict[type[AnyRecord], dict[str, Any]] = {cls: {} for cls in RECORD_TYPES.values()}
        places: dict[tuple[type[AnyRecord], str], str] = {}
        problems = []
        for record, place in located:
            if record.id in records[type(record)]:
                what = f"the id {record.id!r} is taken by {places[type(record), record.id]}"
                expected, mend = "one record an id", "join the two"
                problems.append(Problem(rule="duplicate-id", path=place, message=what, expected=expected, hint=mend))
            records[type(record)][record.id] = record
            places[type(record), record.id] = place
        problems += broken_references(records, lambda record: places[type(record), record.id], redirects)
        problems += (evolve(each, path=at) for each in broken_redirects(redirects, records))
        if problems:
            raise DataError(problems)
        self._put(_at_hand(records), redirects)

    def _put(self, records: Mapping[type[AnyRecord], Mapping[str, Any]], redirects: Redirects) -> None:
        object.__setattr__(self, "_records", records)
        redirects = {cls: moved for cls, moved in redirects.items() if moved}
        object.__setattr__(self, "_redirects", redirects)
        object.__setattr__(self, "_version", "")
        moved = cast("Mapping[str, CityId]", redirects.get(City, {}))
        cities = cast("Mapping[CityId, City]", records[City])
        partnerships = cast("Mapping[PartnershipId, Partnership]", records[Partnership])
        object.__setattr__(self, "_index", Index(cities, partnerships, moved))

    def __reduce__(self) -> tuple[Any, tuple[list[AnyRecord], Redirects]]:
        make = type(self)._trusted  # noqa: SLF001 - its own class
        return (make, (list(self), {cls: dict(moved) for cls, moved in self._redirects.items()}))


def _at_hand(records: Mapping[type[AnyRecord], dict[str, Any]]) -> dict[type[AnyRecord], dict[str, Any]]:
    """Some records, by type and id, the partnerships with their sources at hand."""
    sources = records[Source]
    return {**records, Partnership: {id_: each.with_sources(sources) for id_, each in records[Partnership].items()}}


def _expect(value: Any, kind: Any, mend: str) -> None:
    """Raise InvalidQueryError unless a value is of a kind."""
    if not isinstance(value, kind) or value == "":
        message = f"{short(value)} will not do here; {mend}"
        raise InvalidQueryError(message, value)
