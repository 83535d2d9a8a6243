"""Two versions of the data, record by record."""

from collections.abc import Iterator, Mapping

from friendcities.datasets.dataset import Dataset
from friendcities.diff.derived import fact_changes, told_by
from friendcities.diff.fields import behind, field_changes
from friendcities.diff.labels import label_of
from friendcities.diff.moves import ById, ByType, followed, moves, redirect_changes
from friendcities.diff.results import Action, Changes, FieldChange, RecordChange
from friendcities.errors import InvalidQueryError
from friendcities.model import RECORD_TYPES, AnyRecord, City, FrozenMap, Partnership, Source, SourceId
from friendcities.model.record import short

__all__ = ["compare", "types_in_order"]


def compare(old: Dataset, new: Dataset) -> Changes:
    """What changed from one version of the data to another.

    Partnerships come first, then cities, memoranda, officials, statistics, events, cooperations and sources; in each
    type the order is that of the labels, then that of the ids. Nothing is found only if the two are equal. A record
    whose id leads to another one now, by a redirect, is told as moved; so is a partnership whose cities have moved.
    What names them and differs in nothing else is not told of.

    Args:
        old: The version to compare with.
        new: The version that is asked about.

    Raises:
        InvalidQueryError: If one of the two is no dataset.

    Example:
        >>> import friendcities as fc
        >>> from friendcities.diff import compare
        >>> rest = [city for city in fc.cities() if city.id != "us-los-angeles"]
        >>> old = fc.Dataset([*rest, *fc.sources()])
        >>> new = fc.Dataset([*fc.cities(), *fc.sources()])
        >>> [(change.record_type, change.label, change.action) for change in compare(old, new)]
        [(<class 'friendcities.model.city.City'>, 'Los Angeles', <Action.ADDED: 'added'>)]
    """
    given: tuple[object, ...] = (old, new)
    for each in given:
        if not isinstance(each, Dataset):
            message = f"cannot compare {short(each)}; pass two datasets, such as friendcities.dataset()"
            raise InvalidQueryError(message, each)
    earlier, later = _by_type(old), _by_type(new)
    to = moves(old, new, earlier, later)
    settled = followed(earlier, to)
    named = {**_cities(earlier), **_cities(later)}
    once_named = {**_cities(later), **_cities(earlier)}
    doubted = _differing(settled[Source], later[Source], to[Source])
    found: list[RecordChange] = []
    for cls in types_in_order():
        before, after = earlier[cls], later[cls]
        arrived = set(to[cls].values())
        made = [_come(new, named) for id_, new in after.items() if id_ not in before and id_ not in arrived]
        for id_, old_record in before.items():
            new_id = to[cls].get(id_, id_)
            if new_id not in after:
                made.append(_gone(old_record, once_named))
            elif new_id == id_:
                made += _changed(old_record, settled[cls][id_], after[id_], named, doubted)
            else:
                merged = new_id in before
                made.append(_moved(old_record, settled[cls][id_], after[new_id], named, merged=merged))
        found += sorted(made, key=lambda change: (change.label.casefold(), change.id, change.old_id))
    known = {**earlier[Source], **later[Source]}
    return Changes(tuple(found), tuple(redirect_changes(old, new)), _cited(found, known))


def types_in_order() -> tuple[type[AnyRecord], ...]:
    """The types of record, what matters most first."""
    return tuple(sorted(RECORD_TYPES.values(), key=lambda cls: cls is not Partnership))


def _by_type(data: Dataset) -> dict[type[AnyRecord], dict[str, AnyRecord]]:
    found: dict[type[AnyRecord], dict[str, AnyRecord]] = {cls: {} for cls in RECORD_TYPES.values()}
    for record in data:
        found[type(record)][record.id] = record
    return found


def _cities(by_type: ByType) -> dict[str, City]:
    return {id_: record for id_, record in by_type[City].items() if isinstance(record, City)}


def _differing(before: ById, after: ById, to: Mapping[str, str]) -> frozenset[str]:
    """The new ids of what is in both and differs."""
    pairs = ((to.get(id_, id_), record) for id_, record in before.items())
    return frozenset(id_ for id_, record in pairs if id_ in after and after[id_] != record)


def _gone(record: AnyRecord, named: Mapping[str, City]) -> RecordChange:
    label = label_of(record, named)
    return RecordChange(
        record_type=type(record), id=record.id, old_id=record.id, label=label, action=Action.REMOVED, before=record
    )


def _come(record: AnyRecord, named: Mapping[str, City]) -> RecordChange:
    return RecordChange(
        record_type=type(record),
        id=record.id,
        old_id=record.id,
        label=label_of(record, named),
        action=Action.ADDED,
        after=record,
        sources=told_by(record) if isinstance(record, Partnership) else behind(record),
    )


def _moved(
    old: AnyRecord, settled: AnyRecord, new: AnyRecord, named: Mapping[str, City], *, merged: bool
) -> RecordChange:
    """A record under a new id; where that was another record's already, what changed in that is told there."""
    return RecordChange(
        record_type=type(new),
        id=new.id,
        old_id=old.id,
        label=label_of(old if merged else new, named),
        action=Action.MOVED,
        before=old,
        after=new,
        facts=() if merged else _facts(settled, new),
        fields=() if merged else field_changes(settled, new),
    )


def _changed(
    old: AnyRecord, settled: AnyRecord, new: AnyRecord, named: Mapping[str, City], doubted: frozenset[str]
) -> Iterator[RecordChange]:
    """What changed in a record that kept its id; nothing where it only follows what it names to a new id."""
    # What a partnership's sources are is none of its fields, but its reliability follows from it.
    if settled == new and not (isinstance(new, Partnership) and new.cites & doubted):
        return
    facts, fields = _facts(settled, new), field_changes(settled, new)
    if facts or fields:
        yield RecordChange(
            record_type=type(new),
            id=new.id,
            old_id=old.id,
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


def _cited(found: list[RecordChange], known: ById) -> FrozenMap[SourceId, Source]:
    """The sources that the changes name, by id."""
    ids = {id_ for change in found for id_ in change.sources}
    ids |= {id_ for change in found for each in (*change.facts, *change.fields) for id_ in each.sources}
    return FrozenMap({id_: source for id_ in sorted(ids) if isinstance(source := known[id_], Source)})
