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

__all__ = ["group_by_type", "merge_datasets"]

_RecordsById = dict[str, Any]
_RecordsByType = Mapping[type[AnyRecord], _RecordsById]

_MERGE_FUNCTIONS: Final[Mapping[type[AnyRecord], Callable[[Any, Any, RecordLog, _RecordsById], Any]]] = {
    **dict.fromkeys(RECORD_TYPES.values(), lambda ours, theirs, log, _: merge_record(ours, theirs, log)),
    City: merge_city,
    Partnership: lambda ours, theirs, log, _: merge_partnership(ours, theirs, log),
    Source: lambda ours, theirs, log, _: merge_source(ours, theirs, log),
}


def merge_datasets(
    ours: "Dataset", theirs: "Dataset", *, same: Mapping[str, str], distinct: Collection[str]
) -> "tuple[list[AnyRecord], Redirects, MergeReport]":
    """Merge two datasets; returns the merged records, the ids that moved, and the report.

    Args:
        ours: The dataset whose ids and values stay.
        theirs: The other one.
        same: The ids of cities of theirs, each with the id of the same city of ours, in which no id occurs twice.
        distinct: The ids of cities of theirs that are no city of ours.
    """
    mine, other = group_by_type(ours), group_by_type(theirs)
    log = MergeLog()
    matches = _match_records(mine, other, ours.redirects, log, same=same, distinct=distinct)
    new_ids = {
        cls: {id_: match.id for id_, match in found.items() if match.id != id_} for cls, found in matches.items()
    }
    merged = {cls: dict(records) for cls, records in mine.items()}
    for cls, found in matches.items():
        joined = []
        for their_id in sorted(other[cls]):
            record, match = replace_ids(other[cls][their_id], new_ids), found[their_id]
            if match.by is None:
                merged[cls][match.id] = record
                log.entries.append(Added(record_type=cls, id=record.id, their_id=their_id))
            else:
                joined.append((record, their_id, match.by, match.detail))
        for record, their_id, by, detail in joined:  # after all new cities, which may be the wholes of others
            own = merged[cls][record.id]
            record_log = log.add_joined(own, their_id, by, detail)
            merged[cls][record.id] = _MERGE_FUNCTIONS[cls](own, record, record_log, merged[cls])
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
                id_ = their_id
                if cls is Partnership:
                    id_ = "--".join(sorted(cities[city].id for city in their_id.split("--")))
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
