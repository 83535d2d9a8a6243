"""Rules on how records fit together: references, redirects, parts of cities, countries, coverage."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve

from friendcities.checks.record_tree import RecordTree
from friendcities.checks.rule import Scope, rule
from friendcities.checks.rules.cities import is_part_of
from friendcities.checks.walk import replace_values
from friendcities.datasets.folder import RecordFile
from friendcities.datasets.redirects import FILE as REDIRECTS_FILE
from friendcities.datasets.redirects import broken_redirects
from friendcities.datasets.references import part_of_cycles, references, unknown_references
from friendcities.errors import Problem, UnknownRecordError
from friendcities.model import City, Completeness, Coverage, Partnership, Source, Status


def _follow_redirects(file: RecordFile, tree: RecordTree) -> bytes | None:
    """Replace the ids that moved; ``None`` if none did, or the result would not be a valid record."""
    if file.record is None:
        return None
    ids = ((field, tree.moved_ids[cls].get(id_)) for field, cls, id_ in references(file.record) if field != "id")
    return replace_values(file, [(field, new_id) for field, new_id in ids if new_id is not None])


@rule(Scope.DATASET, fix=_follow_redirects)
def unknown_reference(tree: RecordTree) -> Iterator[Problem]:
    """Whatever a record names is on record.

    A record names others by their ids: a partnership its cities, evidence its source. An id that nothing has is a slip
    of the pen, or a record still to be added ('friendcities add'). An id that moved is followed by 'friendcities check
    --fix', except in the name of a file.
    """
    return unknown_references(tree.records, tree.path_of, tree.moved_ids, tree.known_ids)


@rule(Scope.DATASET)
def redirect(tree: RecordTree) -> Iterator[Problem]:
    """A redirect leads straight from an id that is gone to one that is on record.

    An id is for ever. When a record must have another, its old one leaves a line in 'redirects.json', so that whoever
    kept it still finds the record. When the record moves again, the old lines change with it.
    """
    path = str(tree.root / REDIRECTS_FILE)
    return (evolve(problem, path=path) for problem in broken_redirects(tree.redirects, tree.known_ids))


@rule(Scope.DATASET)
def part_of(tree: RecordTree) -> Iterator[Problem]:
    """No city is a part of itself.

    A district names the city that it is a part of, and that may be a part of another; the way must end at one that is a
    part of nothing.
    """
    for city, chain in part_of_cycles(tree.cities):
        if tree.owns(city):
            message = f"the city is a part of itself: {' → '.join(chain)}"
            expected = "parts that end at a whole"
            yield Problem(path=tree.path_of(city), field="part_of", message=message, expected=expected)


@rule(Scope.DATASET)
def country_agreement(tree: RecordTree) -> Iterator[Problem]:
    """Id, country and subdivision agree.

    A city's id begins with its country's code in small letters, its subdivision lies in its country, and so does the
    city that it is a part of.
    """
    for city in tree.records[City].values():
        whole = None if city.part_of is None else tree.cities.get(city.part_of)
        if whole is not None and whole.country != city.country:
            message = f"{str(whole.id)!r} is in {whole.country!r}, and this city in {city.country!r}"
            expected = "one country for a city and its parts"
            hint = "name the city that it is a part of, or correct the country"
            yield Problem(path=tree.path_of(city), field="part_of", message=message, expected=expected, hint=hint)


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
