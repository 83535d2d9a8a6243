"""Merges two datasets, or overlays records on a dataset."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from friendcities.datasets.folder import Located, record_path
from friendcities.datasets.redirects import Redirects, overlay_redirects
from friendcities.datasets.references import NewIds, references, replace_ids
from friendcities.merge.match_cities import list_partners, match_cities
from friendcities.merge.match_sources import Match, match_sources
from friendcities.merge.merge_histories import merge_partnership
from friendcities.merge.merge_records import merge_city, merge_record, merge_source
from friendcities.merge.merge_report import Added, Agreement, Doubt, Entry, Joined, MergeReport, RecordLog, make_report
from friendcities.model import RECORD_TYPES, AnyRecord, City, Partnership, Source, SourceId

if TYPE_CHECKING:
    from friendcities.datasets.dataset import Dataset

_RecordsById = dict[str, Any]
_RecordsByType = Mapping[type[AnyRecord], _RecordsById]

_MERGE: Final[Mapping[type[AnyRecord], Callable[[Any, Any, RecordLog, _RecordsById], Any]]] = {
    **dict.fromkeys(RECORD_TYPES.values(), lambda ours, theirs, log, _: merge_record(ours, theirs, log)),
    City: lambda ours, theirs, log, cities: merge_city(ours, theirs, log, cities),  # noqa: PLW0108 - the type is Any
    Partnership: lambda ours, theirs, log, _: merge_partnership(ours, theirs, log),
    Source: lambda ours, theirs, log, _: merge_source(ours, theirs, log),
}
"""The merge function for each type of record. The last argument has all merged records of the type."""


def merge_datasets(
    ours: "Dataset", theirs: "Dataset", *, same: Mapping[str, str], distinct: Collection[str]
) -> tuple[list[AnyRecord], Redirects, MergeReport]:
    """Merge the other dataset into our dataset. Return records, redirects and the report.

    ``same`` maps city ids of the other dataset to city ids of ours, without repeats. ``distinct`` contains city ids of
    the other dataset that have no match.
    """
    mine, other = group_by_type(ours), group_by_type(theirs)
    entries: list[Entry] = []
    matches = _match_records(mine, other, ours.redirects, entries, same=same, distinct=distinct)
    new_ids = {cls: _find_new_ids(found) for cls, found in matches.items()}
    their_sources = {SourceId(matches[Source][id_].id): source for id_, source in other[Source].items()}
    merged = {cls: dict(records) for cls, records in mine.items()}
    for cls, found in matches.items():
        # new cities first, because other cities may be parts of a new city
        for their_id, match in sorted(found.items(), key=lambda item: (item[1].by is not None, item[0])):
            record = _replace_ids(other[cls][their_id], new_ids, their_sources)
            if match.by is None:
                merged[cls][match.id] = record
                entries.append(Added(record_type=cls, id=match.id, their_id=their_id))
            else:
                own, log = merged[cls][match.id], RecordLog(entries, cls, match.id)
                entries.append(
                    Joined(record_type=cls, id=match.id, their_id=their_id, by=match.by, detail=match.detail)
                )
                merged[cls][match.id] = _MERGE[cls](own, record, log, merged[cls])
    records = [record for by_id in merged.values() for record in by_id.values()]
    return records, _merge_redirects(ours.redirects, theirs.redirects, merged, new_ids), make_report(entries)


def group_by_type(dataset: Iterable[AnyRecord]) -> dict[type[AnyRecord], _RecordsById]:
    """Return records by type and id."""
    groups: dict[type[AnyRecord], _RecordsById] = {cls: {} for cls in RECORD_TYPES.values()}
    for record in dataset:
        groups[type(record)][record.id] = record
    return groups


def _replace_ids(record: AnyRecord, new_ids: NewIds, sources: Mapping[SourceId, Source]) -> AnyRecord:
    """Partnerships get their sources, because the merge needs their dates."""
    renamed = replace_ids(record, new_ids)
    return renamed.with_sources(sources) if isinstance(renamed, Partnership) else renamed


def _match_records(
    mine: _RecordsByType,
    other: _RecordsByType,
    moved: Redirects,
    entries: list[Entry],
    *,
    same: Mapping[str, str],
    distinct: Collection[str],
) -> dict[type[AnyRecord], dict[str, Match]]:
    """Sources and cities are matched first, because other records refer to them."""
    sources = match_sources(mine[Source], other[Source], moved.get(Source, {}))
    partners = list_partners(mine[Partnership].values()), list_partners(other[Partnership].values())
    new_ids: NewIds = {**{cls: {} for cls in RECORD_TYPES.values()}, Source: _find_new_ids(sources)}
    their_cities: _RecordsById = {id_: replace_ids(city, new_ids) for id_, city in other[City].items()}
    cities, unclear = match_cities(
        mine[City], their_cities, moved.get(City, {}), partners=partners, same=same, distinct=distinct
    )
    for their_id, each in unclear.items():
        id_ = cities[their_id].id
        entries.append(Doubt(record_type=City, id=id_, their_id=their_id, candidates=each.candidates, why=each.why))
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


def _find_new_ids(matches: Mapping[str, Match]) -> dict[str, str]:
    return {id_: match.id for id_, match in matches.items() if match.id != id_}


def _merge_redirects(ours: Redirects, theirs: Redirects, merged: _RecordsByType, new_ids: NewIds) -> Redirects:
    """Our redirects take precedence. The id of an existing record is never redirected."""
    both = {}
    for cls in RECORD_TYPES.values():
        updated = {old: new_ids[cls].get(new, new) for old, new in theirs.get(cls, {}).items()}
        both[cls] = {old: new for old, new in updated.items() if old not in merged[cls]} | {**ours.get(cls, {})}
    return both


def overlay_records(
    located: Sequence[Located], redirects: Redirects, base: "Dataset"
) -> tuple[list[Located], Redirects]:
    """Combine the records and redirects of a base with an overlay, which overrides the base."""
    located, redirects = _match_overlay(located, redirects, base)
    known = {cls: set(records) for cls, records in group_by_type(record for record, _ in located).items()}
    rest = [(record, record_path(record)) for record in base if record.id not in known[type(record)]]
    for record, _ in rest:
        known[type(record)].add(record.id)
    return [*rest, *located], overlay_redirects(base.redirects, redirects, known)


def _match_overlay(
    located: Sequence[Located], redirects: Redirects, base: "Dataset"
) -> tuple[list[Located], Redirects]:
    """A city or partnership that matches a base record gets the id of the base.

    Empty fields of a matched record get the values of the base.
    """
    records, base_records = group_by_type(record for record, _ in located), group_by_type(base)
    new_cities = {id_: city for id_, city in records[City].items() if id_ not in base_records[City]}
    if not new_cities:
        return list(located), redirects
    named = {*records[City], *(id_ for record, _ in located for _, cls, id_ in references(record) if cls is City)}
    matches, _ = match_cities(
        {id_: city for id_, city in base_records[City].items() if id_ not in named},
        new_cities,
        {},
        partners=(list_partners(base), list_partners(record for record, _ in located)),
        same={},
        distinct=(),
    )
    new_ids: dict[type[AnyRecord], dict[str, str]] = {cls: {} for cls in RECORD_TYPES.values()}
    city_ids = {id_: match.id for id_, match in matches.items() if match.by is not None}
    new_ids[City] = city_ids
    for id_, partnership in records[Partnership].items():
        if not city_ids.keys().isdisjoint(partnership.cities):
            new_ids[Partnership][id_] = "--".join(sorted(str(city_ids.get(city, city)) for city in partnership.cities))
    moved = {
        cls: {**{old: ids.get(now, now) for old, now in redirects.get(cls, {}).items()}, **ids}
        for cls, ids in new_ids.items()
    }
    sources = {SourceId(id_): source for id_, source in (base_records[Source] | records[Source]).items()}
    renamed = [(record, _replace_ids(record, new_ids, sources), path) for record, path in located]
    cities = base_records[City] | {record.id: record for _, record, _ in renamed if isinstance(record, City)}
    completed = []
    for before, record, path in renamed:
        cls = type(record)
        below = base_records[cls].get(record.id) if before.id in new_ids[cls] else None
        log = RecordLog([], cls, record.id)
        completed.append((record if below is None else _MERGE[cls](record, below, log, cities), path))
    return completed, moved
