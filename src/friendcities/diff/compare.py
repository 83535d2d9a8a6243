"""Compares two versions of the data by records, fields and items of lists."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from attrs import evolve

from friendcities.datasets.dataset import Dataset
from friendcities.datasets.references import NewIds, replace_ids
from friendcities.diff.changes import (
    NO_SUPPORT,
    TYPES_IN_ORDER,
    Action,
    Changes,
    FieldChange,
    RecordChange,
    RedirectChange,
    Support,
    value_change,
)
from friendcities.errors import InvalidQueryError
from friendcities.field_path import FieldPath
from friendcities.merge.merge_datasets import group_by_type
from friendcities.merge.merge_records import supporting_sources
from friendcities.model import (
    RECORD_TYPES,
    AnyRecord,
    City,
    CityId,
    Cooperation,
    Coverage,
    Evidence,
    FrozenMap,
    Memorandum,
    Name,
    Office,
    Participant,
    Partnership,
    Party,
    Record,
    Source,
    Sourced,
    SourceId,
    State,
    StatedCount,
    Statistic,
    Step,
)
from friendcities.model.field_spec import field_specs
from friendcities.model.format_values import format_value
from friendcities.model.partnership_state import NOTHING, PUTS_IN_FORCE, advance
from friendcities.model.record import short

RecordsById = Mapping[str, AnyRecord]
RecordsByType = Mapping[type[AnyRecord], RecordsById]
Pair = tuple[int | None, int | None]

_ITEM_KEYS: dict[type, tuple[Callable[[Any], Hashable | None], ...]] = {
    Step: (lambda step: (step.action, step.date), lambda step: step.action, lambda step: step.date),
    Office: (lambda office: (office.title, office.city), lambda office: office.city),
    Participant: (lambda participant: participant.city,),
    Evidence: (lambda evidence: (evidence.source, evidence.locator), lambda evidence: evidence.source),
    Name: (lambda name: name.text,),
    Party: (lambda party: (party.city, party.organisation),),
    StatedCount: (lambda count: count.counted,),
}
"""For each class of list items, the functions that return keys to match items. The strictest key comes first."""


def compare(old: Dataset, new: Dataset) -> Changes:
    """Compare two versions of the data.

    Partnerships come first. The changes of each type are sorted by label. Equal versions have no changes.

    A record is moved if a redirect leads from its old id to its new id. References to moved records are not changes.

    Raises:
        InvalidQueryError: If an argument is not a dataset.

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
    comparison = _Comparison(old, new)
    records: list[RecordChange] = []
    for cls in TYPES_IN_ORDER:
        records += sorted(
            comparison.compare_records(cls), key=lambda each: (each.label.casefold(), each.id, each.old_id)
        )
    known = {source.id: source for data in (old, new) for source in data.sources()}
    cited = {id_ for record in records for id_ in record.sources}
    cited |= {id_ for record in records for change in (*record.facts, *record.fields) for id_ in change.sources}
    sources = FrozenMap({id_: known[id_] for id_ in sorted(cited)})
    return Changes(tuple(records), tuple(_redirect_changes(old, new)), sources)


class _Comparison:
    def __init__(self, old: Dataset, new: Dataset) -> None:
        self._before, self._after = group_by_type(old), group_by_type(new)
        self._new_ids = _find_new_ids(old, new, self._before, self._after)
        self._renamed = _rename_records(self._before, self._new_ids)
        self._old_cities = cast("Mapping[str, City]", {**self._after[City], **self._before[City]})
        self._new_cities = cast("Mapping[str, City]", {**self._before[City], **self._after[City]})
        sources = {self._new_ids[Source].get(id_, id_): each for id_, each in self._renamed[Source].items()}
        after = self._after[Source]
        self._changed_sources = {id_ for id_, each in sources.items() if id_ in after and after[id_] != each}

    def compare_records(self, cls: type[AnyRecord]) -> Iterator[RecordChange]:
        before, after = self._before[cls], self._after[cls]
        arrived = set(self._new_ids[cls].values())
        for id_, record in after.items():
            if id_ not in before and id_ not in arrived:
                label, sources = record_label(record, self._new_cities), _own_sources(record)
                change = RecordChange(record_type=cls, id=id_, old_id=id_, label=label, action=Action.ADDED)
                yield evolve(change, after=record, sources=sources)
        for id_, record in before.items():
            new_id = self._new_ids[cls].get(id_, id_)
            if new_id in after:
                yield from self._compare_versions(record, self._renamed[cls][id_], after[new_id])
            else:
                label = record_label(record, self._old_cities)
                change = RecordChange(record_type=cls, id=id_, old_id=id_, label=label, action=Action.REMOVED)
                yield evolve(change, before=record)

    def _compare_versions(self, old: AnyRecord, renamed: AnyRecord, new: AnyRecord) -> Iterator[RecordChange]:
        moved = old.id != new.id
        # another old record had this id, and lists the changes
        merged = moved and new.id in self._before[type(new)]
        # the reliability of a partnership depends on its sources
        source_changed = isinstance(new, Partnership) and not new.cites.isdisjoint(self._changed_sources)
        if renamed == new and not moved and not source_changed:
            return
        fields = field_changes(renamed, new)
        facts: tuple[FieldChange, ...] = ()
        if isinstance(renamed, Partnership) and isinstance(new, Partnership):
            unchanged = {(each.before, each.after): each.unchanged_sources for each in fields if each.unchanged_sources}
            facts = tuple(
                evolve(fact, unchanged_sources=unchanged.get((fact.before, fact.after), ()))
                for fact in fact_changes(renamed, new)
            )
        if moved or facts or fields:
            yield RecordChange(
                record_type=type(new),
                id=new.id,
                old_id=old.id,
                label=record_label(old if merged else new, self._new_cities),
                action=Action.MOVED if moved else Action.CHANGED,
                before=old,
                after=new,
                facts=() if merged else facts,
                fields=() if merged else fields,
            )


def record_label(record: AnyRecord, cities: Mapping[str, City]) -> str:  # noqa: PLR0911 - one for each type
    """Return the label of a record for readers, with the English names of its cities.

    Example:
        >>> import friendcities as fc
        >>> cities = {city.id: city for city in fc.cities()}
        >>> record_label(fc.partnership_between("Shanghai", "Dunedin"), cities)
        'Dunedin–Shanghai'
    """

    def join(ids: Iterable[CityId], *values: object) -> str:
        names = "–".join(sorted((cities[id_].name for id_ in ids), key=str.casefold))
        return ", ".join(filter(None, [names, *(format_value(value) for value in values if value is not None)]))

    match record:
        case Partnership():
            return join(record.cities)
        case Memorandum():
            return join(record.cities, record.kind, record.signed)
        case Statistic():
            return join([record.city], record.measure, record.period)
        case Coverage():
            return join([record.city], record.as_of)
        case Cooperation():
            return record.summary
        case Source():
            return record.title
        case _:
            return record.name


def field_changes(old: AnyRecord, new: AnyRecord) -> tuple[FieldChange, ...]:
    """Return the changes between two records of one type. The ids of the two records are ignored.

    Steps and evidence are compared by field. Items such as names are compared as a whole.
    """
    return tuple(_compare_fields(old, new, FieldPath(), FieldPath()))


def fact_changes(old: Partnership, new: Partnership) -> Iterator[FieldChange]:
    """Yield the changes of computed values, such as the status, with their sources."""

    def sources(find_step: Callable[[Partnership], Step | None], name: str) -> tuple[SourceId, ...]:
        return _find_support(find_step(old), find_step(new), name).sources

    disputing = (item.source for step in new.steps for item in step.evidence if step.contradicted_by(item))
    facts = (
        ("status", old.state.status, new.state.status, sources(_status_step, "action")),
        ("kind", old.state.kind, new.state.kind, sources(lambda each: _deciding_step(each, "kind"), "kind")),
        ("established", old.established, new.established, sources(_established_step, "date")),
        ("ended", old.ended, new.ended, sources(_status_step, "date")),
        ("disputed", old.disputed, new.disputed, tuple(dict.fromkeys(disputing))),
        ("reliability", old.reliability, new.reliability, ()),
    )
    for name, before, after, ids in facts:
        if before != after:
            yield value_change(before, after, FieldPath((name,)), FieldPath((name,)), Support(ids))


def _established_step(partnership: Partnership) -> Step | None:
    return next((step for step in partnership.steps if step.action in PUTS_IN_FORCE), None)


def _status_step(partnership: Partnership) -> Step | None:
    return _deciding_step(partnership, "status")


def _deciding_step(partnership: Partnership, name: str) -> Step | None:
    state: State = NOTHING
    deciding = None
    for step in partnership.steps:
        before, state = state, advance(state, step)
        deciding = step if getattr(state, name) != getattr(before, name) else deciding
    return deciding


def _find_support(old: object, new: object, name: str) -> Support:
    if not isinstance(new, Sourced):
        return NO_SUPPORT
    before = [item for item in old.evidence if name in item.supports] if isinstance(old, Sourced) else []
    known, citations = {item.source for item in before}, {_cite(item) for item in before}
    kept = (item.source for item in new.evidence if name in item.supports and _cite(item) in citations)
    sources = sorted(supporting_sources(new, name), key=lambda id_: id_ in known)
    return Support(tuple(sources), tuple(dict.fromkeys(kept)))


def _cite(item: Evidence) -> tuple[SourceId, str, str | None]:
    return item.source, item.locator, item.note


def pair_items(before: Sequence[object], after: Sequence[object]) -> list[Pair]:
    """Pair the indexes of matching items in two lists. ``None`` means a missing item.

    Equal items are paired first, then items with the same key.

    Example:
        >>> pair_items(("a", "b"), ("b", "c"))
        [(0, None), (1, 0), (None, 1)]
    """
    old_items, new_items = dict(enumerate(before)), dict(enumerate(after))
    pairs: list[Pair] = []
    types = {type(item) for item in (*before, *after)}
    for key_of in (lambda item: item, *(key for cls in types for key in _ITEM_KEYS.get(cls, ()))):
        indexes: defaultdict[Hashable, list[int]] = defaultdict(list)
        for index, item in new_items.items():
            indexes[key_of(item)].append(index)
        for index, item in list(old_items.items()):
            key = key_of(item)
            if key is not None and indexes[key]:
                new_index = indexes[key].pop(0)
                pairs.append((index, new_index))
                del old_items[index], new_items[new_index]
    pairs += [(index, None) for index in old_items]
    pairs += [(None, index) for index in new_items]
    return sorted(pairs, key=lambda pair: (pair[0] or 0, False) if pair[1] is None else (pair[1], True))


def is_same_order(pairs: Sequence[Pair]) -> bool:
    """Whether the common items of two lists have the same order."""
    common = sorted((old, new) for old, new in pairs if old is not None and new is not None)
    indexes = [new for _, new in common]
    return indexes == sorted(indexes)


def _find_new_ids(
    old: Dataset, new: Dataset, before: RecordsByType, after: RecordsByType
) -> dict[type[AnyRecord], dict[str, str]]:
    """A partnership is moved with its cities."""
    targets = {}
    for cls in before:
        reverse = {target: id_ for id_, target in old.redirects.get(cls, {}).items()}
        targets[cls] = {**reverse, **new.redirects.get(cls, {})}

    def new_id_of(cls: type[AnyRecord], id_: str) -> str:
        if cls is Partnership and id_ not in targets[cls]:
            return "--".join(sorted(targets[City].get(city, city) for city in id_.split("--")))
        return targets[cls].get(id_, id_)

    missing = {cls: [id_ for id_ in records if id_ not in after[cls]] for cls, records in before.items()}
    return {
        cls: {id_: new_id for id_ in ids if (new_id := new_id_of(cls, id_)) in after[cls]}
        for cls, ids in missing.items()
    }


def _rename_records(before: RecordsByType, new_ids: NewIds) -> RecordsByType:
    if not any(new_ids.values()):
        return before
    renamed = {
        cls: {id_: replace_ids(record, new_ids) for id_, record in records.items()} for cls, records in before.items()
    }
    sources = {source.id: source for source in cast("Iterable[Source]", renamed[Source].values())}
    partnerships = cast("Mapping[str, Partnership]", renamed[Partnership])
    return {**renamed, Partnership: {id_: each.with_sources(sources) for id_, each in partnerships.items()}}


def _redirect_changes(old: Dataset, new: Dataset) -> Iterator[RedirectChange]:
    for cls in RECORD_TYPES.values():
        before, after = old.redirects.get(cls, {}), new.redirects.get(cls, {})
        for id_ in sorted({*before, *after}):
            if before.get(id_) != after.get(id_):
                yield RedirectChange(record_type=cls, id=id_, before=before.get(id_), after=after.get(id_))


def _compare_fields(old: Record, new: Record, old_path: FieldPath, path: FieldPath) -> Iterator[FieldChange]:
    for name in (spec.name for spec in field_specs(type(new)) if path or spec.name != "id"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            support = _find_support(old, new, name)
            changes = _compare_values(before, after, old_path.join(name), path.join(name), support)
            if isinstance(new, Evidence):
                changes = (evolve(change, sources=(new.source,)) for change in changes)
            yield from changes


def _compare_values(
    before: Any, after: Any, old_path: FieldPath, path: FieldPath, support: Support
) -> Iterator[FieldChange]:
    if isinstance(after, tuple) and isinstance(before, tuple):
        yield from _compare_lists(before, after, old_path, path, support)
    elif isinstance(after, FrozenMap) and isinstance(before, FrozenMap):
        for key in sorted({*before, *after}):
            if before.get(key) != after.get(key):
                yield value_change(before.get(key), after.get(key), old_path.join(key), path.join(key), support)
    else:
        yield value_change(before, after, old_path, path, support)


def _compare_lists(
    before: Sequence[Any], after: Sequence[Any], old_path: FieldPath, path: FieldPath, support: Support
) -> Iterator[FieldChange]:
    pairs = pair_items(before, after)
    for old, new in pairs:
        if new is None:
            index = old or 0
            change = value_change(before[index], None, old_path.join(index), path.join(index))
            yield evolve(change, sources=_own_sources(before[index])) if isinstance(before[index], Evidence) else change
        elif old is None:
            item_support = Support(_own_sources(after[new]) or support.sources)
            yield value_change(None, after[new], old_path.join(new), path.join(new), item_support)
        elif before[old] != after[new] and isinstance(after[new], Sourced | Evidence):
            yield from _compare_fields(before[old], after[new], old_path.join(old), path.join(new))
        elif before[old] != after[new]:
            yield value_change(before[old], after[new], old_path.join(old), path.join(new), support)
    if not is_same_order(pairs):
        yield FieldChange(path=path, old_path=old_path, action=Action.REORDERED, before=before, after=after)


def _own_sources(value: object) -> tuple[SourceId, ...]:
    if isinstance(value, Partnership):
        dated = value.established is not None
        step, name = (_established_step(value), "date") if dated else (_status_step(value), "action")
        return _find_support(None, step, name).sources
    if isinstance(value, Evidence):
        return (value.source,)
    if isinstance(value, Sourced):
        return tuple(dict.fromkeys(item.source for item in value.evidence if item.supports))
    return ()
