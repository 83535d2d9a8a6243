"""Two versions of the data, record by record."""

from collections.abc import Iterator, Mapping

from friendcities.changes.facts import fact_changes, told_by
from friendcities.changes.fields import behind, field_changes
from friendcities.changes.labels import label_of
from friendcities.changes.results import Action, Changes, FieldChange, RecordChange, RedirectChange
from friendcities.collection import Dataset
from friendcities.errors import InvalidQueryError
from friendcities.model import RECORD_TYPES, AnyRecord, City, FrozenMap, Partnership, Source, SourceId
from friendcities.model.record import short

__all__ = ["compare", "types_in_order"]

_ById = Mapping[str, AnyRecord]
_Moves = Mapping[type[AnyRecord], Mapping[str, str]]
"""For a type of record, the new id of each that has another one now, by its old id."""


def compare(old: Dataset, new: Dataset) -> Changes:
    """What changed from one version of the data to another.

    Partnerships come first, then cities, memoranda, officials, statistics, events, cooperations and sources; in each
    type the order is that of the labels, then that of the ids. Nothing is found only if the two are equal. A record
    whose id leads to another one, by a redirect, is told as moved; so is a partnership whose cities have moved.

    Args:
        old: The version to compare with.
        new: The version that is asked about.

    Raises:
        InvalidQueryError: If one of the two is no dataset.

    Example:
        >>> import friendcities as fc
        >>> from friendcities.changes import as_text, compare
        >>> old = fc.Dataset([each for each in fc.dataset() if each.id != "za-johannesburg"
        ...                   and each.id != "2023-shanghai-friendship-cities-forum"])
        >>> print(as_text(compare(old, fc.dataset())), end="")
        City Johannesburg: added (municipality, ZA)
        Event 2023 Shanghai International Friendship Cities Cooperation Forum: added (2023-12-01)
        1 city added, 1 event added
    """
    given: tuple[object, ...] = (old, new)
    for each in given:
        if not isinstance(each, Dataset):
            message = f"cannot compare {short(each)}; pass two datasets, such as friendcities.dataset()"
            raise InvalidQueryError(message, each)
    befores, afters = _by_type(old), _by_type(new)
    named = {**_cities(befores), **_cities(afters)}
    before_named = {**_cities(afters), **_cities(befores)}
    moves = _moves(old, new)
    doubted = _differing(befores[Source], afters[Source])
    found: list[RecordChange] = []
    for cls in types_in_order():
        before, after = befores[cls], afters[cls]
        to = _targets(cls, before, after, moves)
        arrived = set(to.values())
        made = [
            *(_gone(record, before_named) for id_, record in before.items() if id_ not in after and id_ not in to),
            *(_come(record, named) for id_, record in after.items() if id_ not in before and id_ not in arrived),
            *(_moved(before[id_], after[new_id], named, merged=new_id in before) for id_, new_id in to.items()),
            *_changed(before, after, named, doubted),
        ]
        found += sorted(made, key=lambda change: (change.label.casefold(), change.id, change.old_id))
    known: dict[str, AnyRecord] = {**befores[Source], **afters[Source]}
    return Changes(tuple(found), tuple(_redirected(old, new)), _cited(found, known))


def types_in_order() -> tuple[type[AnyRecord], ...]:
    """The types of record, what matters most first."""
    return tuple(sorted(RECORD_TYPES.values(), key=lambda cls: cls is not Partnership))


def _by_type(data: Dataset) -> dict[type[AnyRecord], dict[str, AnyRecord]]:
    found: dict[type[AnyRecord], dict[str, AnyRecord]] = {cls: {} for cls in RECORD_TYPES.values()}
    for record in data:
        found[type(record)][record.id] = record
    return found


def _cities(by_type: Mapping[type[AnyRecord], _ById]) -> dict[str, City]:
    return {id_: record for id_, record in by_type[City].items() if isinstance(record, City)}


def _differing(before: _ById, after: _ById) -> frozenset[str]:
    """The ids of what is in both and differs."""
    return frozenset(id_ for id_, record in after.items() if id_ in before and before[id_] != record)


def _moves(old: Dataset, new: Dataset) -> _Moves:
    """Where ids lead, from the old version to the new: a move that is gone from the new one was taken back."""
    there = old.redirects
    back = {cls: {target: id_ for id_, target in there.get(cls, {}).items()} for cls in there}
    return {cls: {**back.get(cls, {}), **new.redirects.get(cls, {})} for cls in RECORD_TYPES.values()}


def _redirected(old: Dataset, new: Dataset) -> Iterator[RedirectChange]:
    befores, afters = old.redirects, new.redirects
    for cls in types_in_order():
        before, after = befores.get(cls, {}), afters.get(cls, {})
        for id_ in sorted({*before, *after}):
            if before.get(id_) != after.get(id_):
                yield RedirectChange(type=cls, id=id_, before=before.get(id_), after=after.get(id_))


def _targets(cls: type[AnyRecord], before: _ById, after: _ById, moves: _Moves) -> dict[str, str]:
    """The new ids of what has gone under its old one, by the old ones."""
    own = moves.get(cls, {})
    found = {}
    for id_ in before:
        if id_ not in after:
            target = own.get(id_) or (_with_its_cities(id_, moves.get(City, {})) if cls is Partnership else id_)
            if target in after:
                found[id_] = target
    return found


def _with_its_cities(id_: str, moved: Mapping[str, str]) -> str:
    """The id of a partnership after the moves of its cities."""
    return "--".join(sorted(moved.get(city, city) for city in id_.split("--")))


def _gone(record: AnyRecord, named: Mapping[str, City]) -> RecordChange:
    label = label_of(record, named)
    return RecordChange(
        type=type(record), id=record.id, old_id=record.id, label=label, action=Action.REMOVED, before=record
    )


def _come(record: AnyRecord, named: Mapping[str, City]) -> RecordChange:
    return RecordChange(
        type=type(record),
        id=record.id,
        old_id=record.id,
        label=label_of(record, named),
        action=Action.ADDED,
        after=record,
        sources=told_by(record) if isinstance(record, Partnership) else behind(record),
    )


def _moved(old: AnyRecord, new: AnyRecord, named: Mapping[str, City], *, merged: bool) -> RecordChange:
    """A record under a new id; where that was another record's already, what changed in that is told there."""
    return RecordChange(
        type=type(new),
        id=new.id,
        old_id=old.id,
        label=label_of(old if merged else new, named),
        action=Action.MOVED,
        before=old,
        after=new,
        facts=() if merged else _facts(old, new),
        fields=() if merged else field_changes(old, new),
    )


def _changed(before: _ById, after: _ById, named: Mapping[str, City], doubted: frozenset[str]) -> Iterator[RecordChange]:
    for id_, new in after.items():
        old = before.get(id_)
        # What a partnership's sources are is none of its fields, but its assurance follows from it.
        if old is None or (old == new and not (isinstance(new, Partnership) and new.cites & doubted)):
            continue
        facts, fields = _facts(old, new), field_changes(old, new)
        if facts or fields:
            yield RecordChange(
                type=type(new),
                id=id_,
                old_id=id_,
                label=label_of(new, named),
                action=Action.CHANGED,
                before=old,
                after=new,
                facts=facts,
                fields=fields,
            )


def _facts(old: AnyRecord, new: AnyRecord) -> tuple[FieldChange, ...]:
    both = isinstance(old, Partnership) and isinstance(new, Partnership)
    return fact_changes(old, new) if both else ()  # type: ignore[arg-type]


def _cited(found: list[RecordChange], known: Mapping[str, AnyRecord]) -> FrozenMap[SourceId, Source]:
    """The sources that the changes name, by id."""
    ids = {id_ for change in found for id_ in change.sources}
    ids |= {id_ for change in found for each in (*change.facts, *change.fields) for id_ in each.sources}
    return FrozenMap({id_: source for id_ in sorted(ids) if isinstance(source := known[id_], Source)})
