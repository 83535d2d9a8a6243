"""The rule on records of coverage: ``coverage``."""

from collections.abc import Iterator, Mapping
from typing import Any

from friendcities.checks.record_tree import RecordTree
from friendcities.checks.rule import Scope, rule
from friendcities.checks.rules.cities import is_part_of
from friendcities.errors import Problem, UnknownRecordError
from friendcities.model import City, Completeness, Coverage, Partnership, Source, Status


@rule(Scope.DATASET)
def coverage(tree: RecordTree) -> Iterator[Problem]:
    """Records of coverage do not contradict the partnerships, or one another.

    There is one record for a city, a scope and a date. If a record states that the partnerships are complete, at most
    as many of its scope are active at its date as the city itself states: otherwise some are not what the city counts,
    or the scope is another.
    """
    seen: dict[tuple[object, ...], Coverage] = {}
    for record in tree.records[Coverage].values():
        scope = (record.city, frozenset(record.kinds), record.include_parts, record.as_of)
        first = seen.setdefault(scope, record)
        if first is not record:
            yield Problem(
                path=tree.path_of(record),
                message=f"the same city, scope and date as {first.id!r}",
                expected="one record for each",
                hint="put the evidence of both into one record, or correct the scope or the date",
            )
        count = record.stated_count
        if record.completeness is not Completeness.COMPLETE or count is None or count.number is None:
            continue
        active = _count_active(record, tree)
        if active > count.number:
            yield Problem(
                path=tree.path_of(record),
                field="stated_count.number",
                message=f"active partnerships of this scope: {active}; stated by the city: {count.number}",
                expected="a stated count that is not smaller",
                hint="correct the scope, or set 'completeness' to 'partial' and explain the difference in 'note'",
            )


def _count_active(record: Coverage, tree: RecordTree) -> int:
    """How many partnerships of the scope of a record are active at its date, or now if it has none."""
    cities, sources = tree.all_records(City), tree.all_records(Source)
    scope = {record.city}
    if record.include_parts:
        scope |= {city.id for city in cities.values() if is_part_of(city, record.city, cities)}
    found = (each for each in tree.all_records(Partnership).values() if not scope.isdisjoint(each.cities))
    return sum(_is_active(each, record, sources) for each in found)


def _is_active(partnership: Partnership, record: Coverage, sources: Mapping[Any, Source]) -> bool:
    try:
        dated = partnership.with_sources(sources)
        state = dated.state if record.as_of is None else dated.at(record.as_of)
    except UnknownRecordError:  # reported by the rule unknown-reference
        return False
    return state.status is Status.ACTIVE and (not record.kinds or state.kind in record.kinds)
