"""Records to be laid over a dataset, told which of its cities theirs are."""

from collections.abc import Mapping, Sequence
from typing import Final

from friendcities.datasets.records import Records
from friendcities.datasets.redirects import Redirects
from friendcities.datasets.references import references
from friendcities.datasets.repointing import repointed
from friendcities.datasets.storage import Located
from friendcities.merge.match_cities import partners_in, recognise
from friendcities.merge.merge_records import absorbed_city
from friendcities.merge.merge_report import Agreement
from friendcities.merge.merge_steps import joined_history
from friendcities.merge.notes import Notes
from friendcities.model import RECORD_TYPES, AnyRecord, City, Partnership

__all__ = ["fitted"]

_NONE: Final[Mapping[str, str]] = {}


def fitted(located: Sequence[Located], redirects: Redirects, base: Records) -> tuple[list[Located], Redirects]:
    """The records by the ids of the base, and the ids that moved, those that its cities had in the records among them.

    A city that the base has under another id is recognised as in a merge. It gets the id of the base, and what the
    base says of it besides; where the two differ, the records have the say. So do they of a partnership of it.

    No city is recognised that the records name by the id of the base as well, for whoever wrote them knows it.

    Args:
        located: The records that are to be laid over, each with its place.
        redirects: The ids that moved among them.
        base: What they are to be laid over.
    """
    beneath: dict[tuple[type[AnyRecord], str], AnyRecord] = {(type(record), record.id): record for record in base}
    cities: dict[str, City] = {record.id: record for record, _ in located if isinstance(record, City)}
    new = {id_: city for id_, city in cities.items() if (City, id_) not in beneath}
    if not new:
        return list(located), redirects
    named = {*cities, *(id_ for record, _ in located for _, cls, id_ in references(record) if cls is City)}
    below = {id_: city for (_, id_), city in beneath.items() if isinstance(city, City)}
    ours = {id_: city for id_, city in below.items() if id_ not in named}
    partners = partners_in(base), partners_in(record for record, _ in located)
    matches, _ = recognise(ours, new, _NONE, partners=partners, same=_NONE, apart=())
    to: dict[type[AnyRecord], dict[str, str]] = {cls: {} for cls in RECORD_TYPES.values()}
    to[City] = {id_: match.id for id_, match in matches.items() if match.by is not None}
    for record, _ in located:
        if isinstance(record, Partnership) and not to[City].keys().isdisjoint(record.cities):
            to[Partnership][record.id] = "--".join(sorted(to[City].get(id_, id_) for id_ in record.cities))
    moved = {
        cls: {**{old: ids.get(now, now) for old, now in redirects.get(cls, _NONE).items()}, **ids}
        for cls, ids in to.items()
    }
    theirs = [(repointed(record, to), place) for record, place in located]
    laid = below | {record.id: record for record, _ in theirs if isinstance(record, City)}
    recognised = {(cls, id_) for cls, ids in to.items() for id_ in ids.values()}
    made = []
    for record, place in theirs:
        key = type(record), record.id
        made.append((_with(record, beneath.get(key), laid) if key in recognised else record, place))
    return made, moved


def _with(record: AnyRecord, below: AnyRecord | None, cities: Mapping[str, City]) -> AnyRecord:
    """A record with what that of the base says besides."""
    notes = Notes()
    if isinstance(record, City) and isinstance(below, City):
        return absorbed_city(record, below, notes.join(record, below.id, Agreement.NAME), cities)
    if isinstance(record, Partnership) and isinstance(below, Partnership):
        return joined_history(record, below, notes.join(record, below.id, Agreement.ID))
    return record
