"""Rules on relations between records, such as references and redirects."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import evolve

from friendcities.checks.find_values import replace_values
from friendcities.checks.record_tree import RecordTree
from friendcities.checks.rule import Scope, rule
from friendcities.checks.rules.cities import is_part_of
from friendcities.datasets.folder import RecordFile
from friendcities.datasets.redirects import FILE as REDIRECTS_FILE
from friendcities.datasets.redirects import broken_redirects
from friendcities.datasets.references import part_of_cycles, references, unknown_references
from friendcities.errors import Problem, UnknownRecordError
from friendcities.model import (
    City,
    Completeness,
    Coverage,
    DocumentKind,
    Memorandum,
    Partnership,
    Source,
    Status,
    StepAction,
)
from friendcities.model.format_values import format_value
from friendcities.model.partnership_state import PUTS_IN_FORCE


def _follow_redirects(file: RecordFile, tree: RecordTree) -> bytes | None:
    if file.record is None:
        return None
    ids = ((field, tree.moved_ids[cls].get(id_)) for field, cls, id_ in references(file.record) if field != "id")
    return replace_values(file, [(field, new_id) for field, new_id in ids if new_id is not None])


@rule(Scope.DATASET, fix=_follow_redirects)
def unknown_reference(tree: RecordTree) -> Iterator[Problem]:
    """Records must refer only to existing records.

    An unknown id is a typing error, or the record is missing. 'friendcities add' creates records. 'friendcities check
    --fix' replaces former ids by current ids, except in file names.
    """
    return unknown_references(tree.records, tree.path_of, tree.moved_ids, tree.known_ids)


@rule(Scope.DATASET)
def redirect(tree: RecordTree) -> Iterator[Problem]:
    """A redirect must lead from a former id to an existing record.

    Ids are permanent. If a record gets a new id, add the former id and the new id to 'redirects.json'. Update existing
    lines that lead to the former id, too.
    """
    path = str(tree.root / REDIRECTS_FILE)
    return (evolve(problem, path=path) for problem in broken_redirects(tree.redirects, tree.known_ids))


@rule(Scope.DATASET)
def part_of(tree: RecordTree) -> Iterator[Problem]:
    """A city must not be a part of itself.

    For example, a district is a part of a city. The rule reports a chain of ``part_of``
    that leads back to its first city.
    """
    for city, chain in part_of_cycles(tree.cities):
        if tree.owns(city):
            message = f"the city is a part of itself: {' → '.join(chain)}"
            expected = "a city that is not a part of this city"
            yield Problem(path=tree.path_of(city), field="part_of", message=message, expected=expected)


@rule(Scope.DATASET)
def country_agreement(tree: RecordTree) -> Iterator[Problem]:
    """The id, the country and the subdivision of a city must agree.

    The id of a city begins with the code of its country in lower case. The subdivision and the containing city must be
    in the same country as the city.
    """
    for city in tree.records[City].values():
        whole = None if city.part_of is None else tree.cities.get(city.part_of)
        if whole is not None and whole.country != city.country:
            message = f"{str(whole.id)!r} is in {whole.country!r}, but this city is in {city.country!r}"
            expected = "a city in the same country"
            hint = "correct 'part_of' or 'country'"
            yield Problem(path=tree.path_of(city), field="part_of", message=message, expected=expected, hint=hint)


_AGREEMENTS: Final = frozenset({DocumentKind.PARTNERSHIP_AGREEMENT, DocumentKind.FRIENDSHIP_AGREEMENT})
"""The kinds of documents that establish a partnership."""


@rule(Scope.DATASET, excusable=True)
def document_of_step(tree: RecordTree) -> Iterator[Problem]:
    """A step must agree with its document.

    A letter of intent does not establish a partnership. A partnership agreement establishes a partnership, so the step
    must not be 'proposed'. A step must not be dated before its document was signed. Correct the step or the memorandum,
    or cite another memorandum.
    """
    memoranda = tree.all_records(Memorandum)
    for partnership in tree.records[Partnership].values():
        for index, step in enumerate(partnership.steps):
            document = memoranda.get(step.memorandum)
            if document is None:
                continue
            path, is_agreement = tree.path_of(partnership), document.kind in _AGREEMENTS
            is_intent = document.kind is DocumentKind.LETTER_OF_INTENT
            if (is_intent and step.action in PUTS_IN_FORCE) or (is_agreement and step.action is StepAction.PROPOSED):
                message = f"the action is {step.action.value!r}, but the document is a {format_value(document.kind)}"
                expected = "'proposed'" if is_intent else "'established', 'upgraded' or 'renewed'"
                hint = f"correct the action, or the kind of {document.id!r}"
                yield Problem(path=path, field=f"steps[{index}].action", message=message, expected=expected, hint=hint)
            if step.date is not None and document.signed is not None and step.date.latest < document.signed.earliest:
                message = f"the date {step.date} is before the signature of {document.id!r} ({document.signed})"
                expected = f"a date not before {document.signed}"
                hint = "correct the date of the step or of the document"
                yield Problem(path=path, field=f"steps[{index}].date", message=message, expected=expected, hint=hint)


@rule(Scope.DATASET)
def coverage(tree: RecordTree) -> Iterator[Problem]:
    """Records of coverage must agree with the partnerships and with one another.

    For a 'complete' list, the dataset must not have more partnerships than the city reports. If the dataset has more
    partnerships, check 'kinds' and 'include_parts'. Two coverage records must not have the same city, kinds, parts and
    date.
    """
    seen: dict[tuple[object, ...], Coverage] = {}
    for record in tree.records[Coverage].values():
        scope = (record.city, frozenset(record.kinds), record.include_parts, record.as_of)
        first = seen.setdefault(scope, record)
        if first is not record:
            yield Problem(
                path=tree.path_of(record),
                message=f"the coverage record {first.id!r} has the same city, kinds, parts and date",
                expected="a record with another date, other kinds or other parts",
                hint="combine the two coverage records, or correct one record",
            )
        count = record.stated_count
        if record.completeness is not Completeness.COMPLETE or count is None or count.number is None:
            continue
        active = len(_active_partnerships(record, tree))
        if active > count.number:
            yield Problem(
                path=tree.path_of(record),
                field="stated_count.number",
                message=f"active partnerships in the dataset: {active}, but the city reports only {count.number}",
                expected=f"a reported number of at least {active}",
                hint="correct 'kinds' or 'include_parts', or set 'completeness' to 'partial'",
            )


def _active_partnerships(record: Coverage, tree: RecordTree) -> list[Partnership]:
    cities, sources = tree.all_records(City), tree.all_records(Source)
    scope = {record.city}
    if record.include_parts:
        scope |= {city.id for city in cities.values() if is_part_of(city, record.city, cities)}
    found = (each for each in tree.all_records(Partnership).values() if not scope.isdisjoint(each.cities))
    return [each for each in found if _is_active(each, record, sources)]


def _is_active(partnership: Partnership, record: Coverage, sources: Mapping[Any, Source]) -> bool:
    try:
        dated = partnership.with_sources(sources)
        state = dated.state if record.as_of is None else dated.at(record.as_of)
    except UnknownRecordError:  # the rule unknown-reference reports this
        return False
    return state.status is Status.ACTIVE and (not record.kinds or state.kind in record.kinds)


@rule(Scope.DATASET, excusable=True)
def absent_from_complete_list(tree: RecordTree) -> Iterator[Problem]:
    """A complete list of partners must contain every active partnership of the city.

    The list is a source of a coverage record. The rule applies if the dataset has more active partnerships than
    the list. Then the rule reports the partnerships that do not cite the list. These partnerships may be wrong, or may
    have ended. Cite the list as evidence, add a step 'ended' or 'unconfirmed', or add an exception.
    """
    for record in tree.all_records(Coverage).values():
        if record.completeness is not Completeness.COMPLETE:
            continue
        active = _active_partnerships(record, tree)
        count = None if record.stated_count is None else record.stated_count.number
        if count is not None and len(active) <= count:
            continue
        cited = {item.source for item in record.evidence}
        for partnership in filter(tree.owns, active):
            if cited.isdisjoint(partnership.cites):
                yield Problem(
                    path=tree.path_of(partnership),
                    field="steps",
                    message=f"the complete list {record.id!r} does not contain this partnership",
                    expected="evidence that cites the list",
                    hint="cite the list, add a step 'ended' or 'unconfirmed', or add an exception",
                )
