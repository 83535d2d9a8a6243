"""What a merge notes while it goes on, to be put in order at the end."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from friendcities.merge.merge_report import Added, Agreement, Disagreement, Doubt, Joined, MergeReport, Relation
from friendcities.model import RECORD_TYPES, AnyRecord, Coordinates, PartialDate, SourceId
from friendcities.model.evidence import Sourced

__all__ = ["Notes", "RecordNotes", "relation"]


class Notes:
    """Collects what a merge does."""

    def __init__(self) -> None:
        self.joined: list[Joined] = []
        self.added: list[Added] = []
        self.disagreements: list[Disagreement] = []
        self.doubts: list[Doubt] = []

    def join(self, record: AnyRecord, their_id: str, by: Agreement, detail: str = "") -> "RecordNotes":
        """Note that a record of theirs is one with this of ours; what differs is noted with what is given back."""
        cls = type(record)
        self.joined.append(Joined(record_type=cls, id=record.id, their_id=their_id, by=by, detail=detail))
        return RecordNotes(self, cls, record.id)

    def add(self, record: AnyRecord, their_id: str) -> None:
        """Note that a record of theirs is new."""
        self.added.append(Added(record_type=type(record), id=record.id, their_id=their_id))

    def report(self) -> MergeReport:
        """All that was noted, in the one order that stands for it."""
        order = {cls: place for place, cls in enumerate(RECORD_TYPES.values())}

        def in_order(items: Iterable[Any]) -> tuple[Any, ...]:
            return tuple(sorted(items, key=lambda each: (order[each.record_type], each.id)))

        return MergeReport(
            joined=in_order(self.joined),
            added=in_order(self.added),
            disagreements=in_order(self.disagreements),
            doubts=tuple(sorted(self.doubts, key=attrgetter("id"))),
        )


class RecordNotes:
    """Collects what a merge does to one record."""

    def __init__(self, notes: Notes, cls: type[AnyRecord], id_: str, way: str = "") -> None:
        self._notes = notes
        self._cls = cls
        self._id = id_
        self._way = way

    def within(self, way: str) -> "RecordNotes":
        """The same, for a part of the record."""
        return RecordNotes(self._notes, self._cls, self._id, f"{way}.")

    def add(self, name: str, value: object, sources: tuple[SourceId, ...] = ()) -> None:
        """Note that a value was added."""
        field = self._way + name
        self._notes.added.append(Added(record_type=self._cls, id=self._id, field=field, value=value, sources=sources))

    def differ(
        self, name: str, ours: object, theirs: object, how: Relation, sources: tuple[SourceId, ...] = ()
    ) -> None:
        """Note that theirs says something else."""
        self._notes.disagreements.append(
            Disagreement(
                record_type=self._cls,
                id=self._id,
                field=self._way + name,
                ours=ours,
                theirs=theirs,
                relation=how,
                sources=sources,
            )
        )


def relation(owner: Sourced, name: str, said: object) -> Relation | None:
    """How a value that is said for a field stands to the recorded one; ``None`` where it is coarser or silent.

    Example:
        >>> import friendcities as fc
        >>> [step] = fc.partnership_between("Dunedin", "Shanghai").steps
        >>> relation(step, "date", PartialDate(1994)), relation(step, "date", PartialDate(1976)).value
        (None, 'contrary')
    """
    if owner.contradicts(name, said):
        return Relation.CONTRARY
    recorded = getattr(owner, name)
    if isinstance(said, Coordinates):  # there are as many points of a place as there are maps
        return None
    if isinstance(recorded, PartialDate) and isinstance(said, PartialDate):
        return None if said.includes(recorded) else Relation.FINER
    return None if said in _COARSE else Relation.OTHER


_COARSE = (None, "unspecified", "listed")
"""What says less than anything else that may be recorded."""
