"""The order of merging: random triples of small imported lists, in all orders, and merged again."""

from collections.abc import Iterable
from itertools import combinations, permutations
from random import Random
from typing import Any

import attrs
from hypothesis import settings

from friendcities import (
    Dataset,
    Evidence,
    PartialDate,
    PartnershipKind,
    SourceId,
    Status,
    Step,
)
from friendcities.merge import Disagreement, Doubt, Relation
from friendcities.model import AnyRecord
from friendcities.model.claimed_history import Claim, build_steps
from tests.worlds import a_city, a_source, a_tie, changed, denial

DATES = (None, None, "1980", "1985", "1990", "1990-05", "1990-07", "1995")
ENDS = (None, "1985", "1993", "1997")
STATUSES = (None, None, Status.UNCONFIRMED, Status.ENDED, Status.ACTIVE, Status.PROPOSED, Status.SUSPENDED)
KINDS = (PartnershipKind.SISTER_CITY, PartnershipKind.FRIENDSHIP_CITY, PartnershipKind.UNSPECIFIED)
CITIES = (a_city("fr-lyon"), a_city("is-vik"))

Contents = dict[tuple[type[AnyRecord], str], Any]
Topics = set[tuple[type[AnyRecord], str]]


def make_list(random: Random, name: str, *, is_edited: bool = False) -> Dataset:
    """A list with one or two rows about one partnership, as it is imported; sometimes a person edited it."""
    names = random.choice([[name], [name, f"{name}-2"]]) if is_edited else [name]
    dates = [random.choice([None, "1998", "2006", "2015"]) for _ in names]
    sources = [
        changed(a_source(each), as_of=None if as_of is None else PartialDate.parse(as_of))
        for each, as_of in zip(names, dates, strict=True)
    ]
    claims = list(dict.fromkeys(make_claim(random) for _ in range(random.choice([1, 1, 2]))))
    source_of = {claim: random.choice(names) for claim in claims}
    steps = [
        Step(
            date=step.date,
            action=step.action,
            kind=step.kind,
            note="A note." if random.random() < 0.1 else None,
            evidence=tuple(
                Evidence(
                    source=SourceId(source_of[claim]),
                    locator=f"row {claims.index(claim)}",
                    supports=supports,
                    claims=others,
                )
                for claim in step.claims
                for supports, others in [step.evidence_of(claim)]
            )
            + ((changed(denial(name), locator="page 2"),) if is_edited and random.random() < 0.1 else ()),
        )
        for step in build_steps(claims)
    ]
    return Dataset([*CITIES, *sources, a_tie("fr-lyon", "is-vik", *steps)])


def make_claim(random: Random) -> Claim:
    """What a row states."""
    date, status = random.choice(DATES), random.choice(STATUSES)
    end = random.choice(ENDS) if status in {Status.ENDED, Status.SUSPENDED} else None
    end = None if end is not None and date is not None and end < date[:4] else end
    dates = (None if each is None else PartialDate.parse(each) for each in (date, end))
    begun, over = dates
    return Claim(begun, random.choice(KINDS), status, over)


def merge_all(*lists: Dataset) -> tuple[Contents, Topics]:
    """The records of a merge, with evidence in any order; and the records about which a person is asked."""
    merged, *others = lists
    topics: Topics = set()
    for other in others:
        merge = merged.merge(other)
        merged = merge.dataset
        entries: list[Doubt | Disagreement] = [*merge.report.doubts, *merge.report.disagreements]
        topics |= {
            (entry.record_type, entry.id)
            for entry in entries
            if isinstance(entry, Doubt) or entry.relation is Relation.CONTRARY
        }
    return {(type(record), record.id): sort_evidence(record) for record in merged}, topics


def sort_evidence(record: Any) -> Any:
    """A record with its evidence, and that of its steps, in one order."""
    changes: dict[str, Any] = {}
    if hasattr(record, "steps"):
        changes["steps"] = tuple(map(sort_evidence, record.steps))
    if hasattr(record, "evidence"):
        evidence = (changed(item, supports=tuple(sorted(item.supports))) for item in record.evidence)
        changes["evidence"] = tuple(sorted(evidence, key=repr))
    return attrs.evolve(record, **changes)


def find_failures(numbers: Iterable[int], *, is_edited: bool = False) -> dict[str, list[int]]:
    """The seeds of the triples whose result depends on the order without a question, or grows when merged again.

    To try 10,000 triples: ``python -c "from tests.property.test_merge_order_properties import find_failures;
    print(find_failures(range(10000)))"``.
    """
    failures: dict[str, list[int]] = {"order": [], "equal": [], "again": []}
    for seed in numbers:
        random = Random(seed)  # noqa: S311 - no secret
        lists = [make_list(random, name, is_edited=is_edited) for name in "abc"]
        groups = [lists, *(list(pair) for pair in combinations(lists, 2))]
        failures["order"] += [seed] * any(map(differs_without_question, groups))
        merged = [one.merge(two).dataset.merge(three).dataset for one, two, three in permutations(lists)]
        failures["equal"] += [seed] * any(data != merged[0] for data in merged)
        failures["again"] += [seed] * any(data.merge(each).dataset != data for data in merged for each in lists)
    return failures


def differs_without_question(lists: list[Dataset]) -> bool:
    """Whether the order of some lists decides about a record, and not every order asks a person about it."""
    (first, first_topics), *others = [merge_all(*order) for order in permutations(lists)]
    return any(
        first.get(key) != contents.get(key) and key not in first_topics & topics
        for contents, topics in others
        for key in first.keys() | contents.keys()
    )


def test_the_order_of_lists_does_not_matter() -> None:
    """All orders of three lists give equal records, and merging a list again changes nothing."""
    failures = find_failures(range(settings().max_examples * 3))

    assert {"order": [], "equal": [], "again": []} == failures


def test_the_order_of_edited_lists_matters_only_where_a_person_is_asked() -> None:
    """All orders give equal records or the same questions, and merging a list again changes nothing."""
    failures = find_failures([136, 353, 442, *range(settings().max_examples * 2)], is_edited=True)

    assert [] == failures["again"]
    assert [] == failures["order"]
