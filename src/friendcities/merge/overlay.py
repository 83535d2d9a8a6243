"""Overlay records on a base dataset that has some of their cities under other ids."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from friendcities.datasets.folder import Located, record_path
from friendcities.datasets.redirects import Redirects, overlay_redirects
from friendcities.datasets.references import references, replace_ids
from friendcities.merge.match_cities import list_partners, match_cities
from friendcities.merge.merge_records import merge_city
from friendcities.merge.merge_report import Agreement, MergeLog
from friendcities.merge.merge_steps import merge_partnership
from friendcities.model import RECORD_TYPES, AnyRecord, City, Partnership

if TYPE_CHECKING:
    from friendcities.datasets.dataset import Dataset

__all__ = ["overlay_records"]

_NONE: Final[Mapping[str, str]] = {}


def overlay_records(
    located: Sequence[Located], redirects: Redirects, base: "Dataset"
) -> tuple[list[Located], Redirects]:
    """The records and redirects of an overlay, together with those of the base that it leaves."""
    located, redirects = match_overlay(located, redirects, base)
    known: dict[type[AnyRecord], set[str]] = {cls: set() for cls in RECORD_TYPES.values()}
    for record, _ in located:
        known[type(record)].add(record.id)
    rest = [(record, record_path(record)) for record in base if record.id not in known[type(record)]]
    for record, _ in rest:
        known[type(record)].add(record.id)
    return [*rest, *located], overlay_redirects(base.redirects, redirects, known)


def match_overlay(located: Sequence[Located], redirects: Redirects, base: "Dataset") -> tuple[list[Located], Redirects]:
    """Give the cities of an overlay, and their partnerships, the ids of the same cities in the base.

    Cities are matched as in a merge. A matched record keeps its values and takes from the base what it lacks. A city of
    the base that the overlay names by its id is never matched to another one. The returned redirects include those from
    the former ids of matched records.
    """
    base_records: dict[tuple[type[AnyRecord], str], AnyRecord] = {(type(record), record.id): record for record in base}
    cities: dict[str, City] = {record.id: record for record, _ in located if isinstance(record, City)}
    new_cities = {id_: city for id_, city in cities.items() if (City, id_) not in base_records}
    if not new_cities:
        return list(located), redirects
    named = {*cities, *(id_ for record, _ in located for _, cls, id_ in references(record) if cls is City)}
    base_cities = {id_: city for (_, id_), city in base_records.items() if isinstance(city, City)}
    matches, _ = match_cities(
        {id_: city for id_, city in base_cities.items() if id_ not in named},
        new_cities,
        _NONE,
        partners=(list_partners(base), list_partners(record for record, _ in located)),
        same=_NONE,
        distinct=(),
    )
    new_ids: dict[type[AnyRecord], dict[str, str]] = {cls: {} for cls in RECORD_TYPES.values()}
    new_ids[City] = {id_: match.id for id_, match in matches.items() if match.by is not None}
    for record, _ in located:
        if isinstance(record, Partnership) and not new_ids[City].keys().isdisjoint(record.cities):
            new_ids[Partnership][record.id] = "--".join(sorted(new_ids[City].get(id_, id_) for id_ in record.cities))
    moved = {
        cls: {**{old: ids.get(now, now) for old, now in redirects.get(cls, _NONE).items()}, **ids}
        for cls, ids in new_ids.items()
    }
    renamed = [(replace_ids(record, new_ids), path) for record, path in located]
    all_cities = base_cities | {record.id: record for record, _ in renamed if isinstance(record, City)}
    matched = {(cls, id_) for cls, ids in new_ids.items() for id_ in ids.values()}
    completed = []
    for record, path in renamed:
        below = base_records.get((type(record), record.id)) if (type(record), record.id) in matched else None
        completed.append((_complete_record(record, below, all_cities), path))
    return completed, moved


def _complete_record(record: AnyRecord, below: AnyRecord | None, cities: Mapping[str, City]) -> AnyRecord:
    """A record with the values that it lacks and the record of the base has."""
    log = MergeLog()
    if isinstance(record, City) and isinstance(below, City):
        return merge_city(record, below, log.add_joined(record, below.id, Agreement.NAME), cities)
    if isinstance(record, Partnership) and isinstance(below, Partnership):
        return merge_partnership(record, below, log.add_joined(record, below.id, Agreement.ID))
    return record
