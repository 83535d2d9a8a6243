"""All records of two datasets made one collection."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from friendcities.datasets.records import Records
from friendcities.datasets.redirects import Redirects
from friendcities.datasets.repointing import NewIds, repointed
from friendcities.merge.match_cities import partners_in, recognise
from friendcities.merge.match_sources import Match, absorbed_source, match_sources
from friendcities.merge.merge_records import absorbed, absorbed_city
from friendcities.merge.merge_report import Agreement, Doubt, MergeReport
from friendcities.merge.merge_steps import joined_history
from friendcities.merge.notes import Notes, RecordNotes
from friendcities.model import RECORD_TYPES, AnyRecord, City, Partnership, Source

__all__ = ["merged"]

_ById = dict[str, Any]
_ByType = Mapping[type[AnyRecord], _ById]


def merged(
    ours: Records, theirs: Records, *, same: Mapping[str, str], apart: Collection[str]
) -> tuple[list[AnyRecord], Redirects, MergeReport]:
    """The records of both, the ids that moved, and what was done.

    Args:
        ours: The dataset that stays.
        theirs: The other one.
        same: The ids of cities of theirs, each with that of the city of ours that it is; none of ours twice.
        apart: The ids of cities of theirs that are none of ours.
    """
    mine, other = _by_type(ours), _by_type(theirs)
    notes = Notes()
    matches = _matches(ours, mine, other, (same, apart), notes)
    to = {cls: {id_: match.id for id_, match in found.items() if match.id != id_} for cls, found in matches.items()}
    made = {cls: dict(records) for cls, records in mine.items()}
    for cls, found in matches.items():
        joined = []
        for their_id in sorted(other[cls]):
            record, match = repointed(other[cls][their_id], to), found[their_id]
            if match.by is None:
                made[cls][match.id] = record
                notes.add(record, their_id)
            else:
                joined.append((record, their_id, match.by, match.detail))
        absorb = _WAYS.get(cls, _absorbed)
        for record, their_id, by, detail in joined:  # once all that is new is there, for parts name their wholes
            own = made[cls][record.id]
            made[cls][record.id] = absorb(own, record, notes.join(own, their_id, by, detail), made[cls])
    records = [record for by_id in made.values() for record in by_id.values()]
    return records, _redirects(ours.redirects, theirs.redirects, made, to), notes.report()


def _by_type(data: Records) -> dict[type[AnyRecord], _ById]:
    found: dict[type[AnyRecord], _ById] = {cls: {} for cls in RECORD_TYPES.values()}
    for record in data:
        found[type(record)][record.id] = record
    return found


def _matches(
    ours: Records, mine: _ByType, other: _ByType, decided: tuple[Mapping[str, str], Collection[str]], notes: Notes
) -> dict[type[AnyRecord], dict[str, Match]]:
    """What each record of theirs is in ours, by type and by its id in theirs; sources and cities first."""
    moved = ours.redirects
    same, apart = decided
    sources = match_sources(mine[Source], other[Source], moved.get(Source, {}))
    partners = partners_in(mine[Partnership].values()), partners_in(other[Partnership].values())
    cities, questions = recognise(
        mine[City], other[City], moved.get(City, {}), partners=partners, same=same, apart=apart
    )
    for their_id, question in questions.items():
        id_ = cities[their_id].id
        notes.doubts.append(Doubt(id=id_, their_id=their_id, candidates=question.candidates, why=question.why))
    found = {Source: sources, City: cities}
    for cls in RECORD_TYPES.values():
        if cls not in found:
            ids = {id_: _pair(id_, cities) if cls is Partnership else id_ for id_ in other[cls]}
            now = {id_: moved.get(cls, {}).get(new, new) for id_, new in ids.items()}
            found[cls] = {id_: Match(new, Agreement.ID if new in mine[cls] else None) for id_, new in now.items()}
    return found


def _pair(id_: str, cities: Mapping[str, Match]) -> str:
    """The id that a partnership has once its cities have theirs."""
    return "--".join(sorted(cities[city].id for city in id_.split("--")))


_WAYS: Final[Mapping[type[AnyRecord], Callable[[Any, Any, RecordNotes, _ById], Any]]] = {
    City: absorbed_city,
    Partnership: lambda ours, theirs, notes, _: joined_history(ours, theirs, notes),
    Source: lambda ours, theirs, notes, _: absorbed_source(ours, theirs, notes),
}
"""How two records of a type are made one, where that takes more than to compare their fields."""


def _absorbed(ours: Any, theirs: Any, notes: RecordNotes, _: _ById) -> Any:
    return absorbed(ours, theirs, notes)


def _redirects(ours: Redirects, theirs: Redirects, made: _ByType, to: NewIds) -> Redirects:
    """The ids that moved in either; where both know one, or a record has it now, ours stays."""
    both = {}
    for cls in RECORD_TYPES.values():
        theirs_now = {old: to[cls].get(new, new) for old, new in theirs.get(cls, {}).items()}
        free = {old: new for old, new in theirs_now.items() if old not in made[cls]}
        both[cls] = {**free, **ours.get(cls, {})}
    return both
