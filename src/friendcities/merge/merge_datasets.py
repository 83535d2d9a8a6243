"""Merge all records of two datasets."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from friendcities.datasets.references import NewIds, replace_ids
from friendcities.merge.match_cities import list_partners, match_cities
from friendcities.merge.match_sources import Match, match_sources
from friendcities.merge.merge_records import merge_city, merge_record, merge_source
from friendcities.merge.merge_report import Added, Agreement, Doubt, MergeLog, MergeReport, RecordLog
from friendcities.merge.merge_steps import merge_partnership
from friendcities.model import RECORD_TYPES, AnyRecord, City, Partnership, Source

if TYPE_CHECKING:
    from friendcities.datasets.dataset import Dataset
    from friendcities.datasets.redirects import Redirects

_RecordsById = dict[str, Any]
_RecordsByType = Mapping[type[AnyRecord], _RecordsById]

MERGE_FUNCTIONS: Final[Mapping[type[AnyRecord], Callable[[Any, Any, RecordLog, _RecordsById], Any]]] = {
    **dict.fromkeys(RECORD_TYPES.values(), lambda ours, theirs, log, _: merge_record(ours, theirs, log)),
    City: merge_city,
    Partnership: lambda ours, theirs, log, _: merge_partnership(ours, theirs, log),
    Source: lambda ours, theirs, log, _: merge_source(ours, theirs, log),
}
"""The function for each type of record; the last argument is all records of the type in the merged dataset."""


def merge_datasets(
    ours: "Dataset", theirs: "Dataset", *, same: Mapping[str, str], distinct: Collection[str]
) -> "tuple[list[AnyRecord], Redirects, MergeReport]":
    """Merge their dataset into ours; returns the merged records, the ids that moved, and the report.

    ``same`` has ids of cities of theirs, each with the id of the same city of ours, in which no id occurs twice;
    ``distinct`` has the ids of cities of theirs that are no city of ours.
    """
    mine, other = group_by_type(ours), group_by_type(theirs)
    log = MergeLog()
    matches = _match_records(mine, other, ours.redirects, log, same=same, distinct=distinct)
    new_ids = {
        cls: {id_: match.id for id_, match in found.items() if match.id != id_} for cls, found in matches.items()
    }
    merged = {cls: dict(records) for cls, records in mine.items()}
    for cls, found in matches.items():
        # new cities first, because they may be the wholes of others
        for their_id, match in sorted(found.items(), key=lambda item: (item[1].by is not None, item[0])):
            record = replace_ids(other[cls][their_id], new_ids)
            if match.by is None:
                merged[cls][match.id] = record
                log.entries.append(Added(record_type=cls, id=record.id, their_id=their_id))
            else:
                own = merged[cls][record.id]
                record_log = log.add_joined(own, their_id, match.by, match.detail)
                merge_records: Callable[..., Any] = MERGE_FUNCTIONS[cls]
                merged[cls][record.id] = merge_records(own, record, record_log, merged[cls])
    records = [record for by_id in merged.values() for record in by_id.values()]
    return records, _merge_redirects(ours.redirects, theirs.redirects, merged, new_ids), log.to_report()


def group_by_type(dataset: Iterable[AnyRecord]) -> dict[type[AnyRecord], _RecordsById]:
    """The records by type and id."""
    groups: dict[type[AnyRecord], _RecordsById] = {cls: {} for cls in RECORD_TYPES.values()}
    for record in dataset:
        groups[type(record)][record.id] = record
    return groups


def _match_records(
    mine: _RecordsByType,
    other: _RecordsByType,
    moved: "Redirects",
    log: MergeLog,
    *,
    same: Mapping[str, str],
    distinct: Collection[str],
) -> dict[type[AnyRecord], dict[str, Match]]:
    """The match of each record of theirs, by type and by its id in theirs; sources and cities first."""
    sources = match_sources(mine[Source], other[Source], moved.get(Source, {}))
    partners = list_partners(mine[Partnership].values()), list_partners(other[Partnership].values())
    cities, unclear = match_cities(
        mine[City], other[City], moved.get(City, {}), partners=partners, same=same, distinct=distinct
    )
    for their_id, each in unclear.items():
        log.entries.append(Doubt(id=cities[their_id].id, their_id=their_id, candidates=each.candidates, why=each.why))
    matches = {Source: sources, City: cities}
    for cls in RECORD_TYPES.values():
        if cls not in matches:
            matches[cls] = {}
            for their_id in other[cls]:
                new_cities = (cities[id_].id for id_ in their_id.split("--")) if cls is Partnership else (their_id,)
                id_ = "--".join(sorted(new_cities))
                id_ = moved.get(cls, {}).get(id_, id_)
                matches[cls][their_id] = Match(id_, Agreement.ID if id_ in mine[cls] else None)
    return matches


def _merge_redirects(ours: "Redirects", theirs: "Redirects", merged: _RecordsByType, new_ids: NewIds) -> "Redirects":
    """The redirects of both; ours stays where both have one, and an id of a record is no redirect."""
    both = {}
    for cls in RECORD_TYPES.values():
        updated = {old: new_ids[cls].get(new, new) for old, new in theirs.get(cls, {}).items()}
        both[cls] = {old: new for old, new in updated.items() if old not in merged[cls]} | {**ours.get(cls, {})}
    return both
