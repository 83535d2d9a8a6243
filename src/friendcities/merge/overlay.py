"""Overlay records on a base dataset that has some of their cities under other ids."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from friendcities.datasets.folder import Located, record_path
from friendcities.datasets.redirects import Redirects, overlay_redirects
from friendcities.datasets.references import references, replace_ids
from friendcities.merge.match_cities import list_partners, match_cities
from friendcities.merge.merge_datasets import MERGE_FUNCTIONS, group_by_type
from friendcities.merge.merge_report import Agreement, MergeLog
from friendcities.model import RECORD_TYPES, AnyRecord, City, Partnership

if TYPE_CHECKING:
    from friendcities.datasets.dataset import Dataset


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
    city_ids = new_ids[City]
    city_ids |= {id_: match.id for id_, match in matches.items() if match.by is not None}
    for id_, partnership in records[Partnership].items():
        if not city_ids.keys().isdisjoint(partnership.cities):
            new_ids[Partnership][id_] = "--".join(sorted(str(city_ids.get(city, city)) for city in partnership.cities))
    moved = {
        cls: {**{old: ids.get(now, now) for old, now in redirects.get(cls, {}).items()}, **ids}
        for cls, ids in new_ids.items()
    }
    renamed = [(replace_ids(record, new_ids), path) for record, path in located]
    all_cities = base_records[City] | {record.id: record for record, _ in renamed if isinstance(record, City)}
    matched = {(cls, id_) for cls, ids in new_ids.items() for id_ in ids.values()}
    completed = []
    for record, path in renamed:
        cls = type(record)
        below = base_records[cls].get(record.id) if (cls, record.id) in matched else None
        if below is None:
            completed.append((record, path))
        else:
            log = MergeLog().add_joined(record, below.id, Agreement.ID)
            completed.append((MERGE_FUNCTIONS[cls](record, below, log, all_cities), path))
    return completed, moved
