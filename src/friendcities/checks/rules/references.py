"""Rules on ids that refer to other records: ``unknown-reference``, ``redirect``, ``part-of``, ``country-agreement``."""

from collections.abc import Iterator

from attrs import evolve

from friendcities.checks.record_tree import RecordTree
from friendcities.checks.rule import Scope, rule
from friendcities.checks.walk import replace_values
from friendcities.datasets.folder import RecordFile
from friendcities.datasets.redirects import FILE as REDIRECTS_FILE
from friendcities.datasets.redirects import broken_redirects
from friendcities.datasets.references import part_of_cycles, references, unknown_references
from friendcities.errors import Problem
from friendcities.model import City


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
