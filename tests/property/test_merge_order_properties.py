"""The order of merging: random triples of small imported lists, in all orders, and merged again."""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import combinations, permutations
from random import Random
from typing import Any, Final

import attrs
import pytest
from hypothesis import settings

from friendcities import (
    Dataset,
    Evidence,
    PartialDate,
    PartnershipKind,
    SourceId,
    Status,
    Step,
    StepAction,
)
from friendcities.merge import Disagreement, Doubt, Relation
from friendcities.model import AnyRecord
from friendcities.model.claimed_history import Claim, build_steps
from friendcities.model.evidence import is_empty
from tests.worlds import a_city, a_source, a_tie, changed, denial, told

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


def merge_all(ours: Dataset, theirs: Dataset) -> tuple[Dataset, Topics]:
    """The merged dataset, and the records about which a person is asked."""
    merge = ours.merge(theirs)
    entries: list[Doubt | Disagreement] = [*merge.report.doubts, *merge.report.disagreements]
    topics = {
        (entry.record_type, entry.id)
        for entry in entries
        if isinstance(entry, Doubt) or entry.relation is Relation.CONTRARY
    }
    return merge.dataset, topics


def by_id(data: Dataset) -> Contents:
    """The records of a dataset, with evidence in any order."""
    return {(type(record), record.id): sort_evidence(record) for record in data}


def sort_evidence(record: Any) -> Any:
    """A record with its evidence, and that of its steps, in one order."""
    changes: dict[str, Any] = {}
    if hasattr(record, "steps"):
        changes["steps"] = tuple(map(sort_evidence, record.steps))
    if hasattr(record, "evidence"):
        evidence = (changed(item, supports=tuple(sorted(item.supports))) for item in record.evidence)
        changes["evidence"] = tuple(sorted(evidence, key=repr))
    return attrs.evolve(record, **changes)


def make_edited_list(random: Random, name: str) -> Dataset:
    """A list with one or two steps that a person wrote: any actions, with and without evidence."""
    as_of = random.choice([None, "1998", "2006", "2015"])
    source = changed(a_source(name), as_of=None if as_of is None else PartialDate.parse(as_of))
    days = sorted(random.choices([day for day in DATES if day is not None], k=random.choice([1, 2])))
    steps = [make_step(random, name, PartialDate.parse(day) if random.random() < 0.8 else None) for day in days]
    return Dataset([*CITIES, source, a_tie("fr-lyon", "is-vik", *steps)])


def make_step(random: Random, source: str, date: PartialDate | None) -> Step:
    """A step that a person wrote."""
    step = Step(date=date, action=random.choice(list(StepAction)), kind=random.choice(KINDS))
    step = changed(step, note=random.choice([None, None, None, "A note.", "Another note."]))
    full = [name for name in ("date", "action", "kind") if not is_empty(getattr(step, name))]
    evidence = [told(source, *random.sample(full, random.randint(1, len(full))))] * (random.random() < 0.8)
    claims = {"date": PartialDate(1993), "action": StepAction.LISTED, "kind": PartnershipKind.CONTACT}
    name = random.choice(list(claims))
    if random.random() < 0.2 and getattr(step, name) != claims[name]:
        evidence.append(changed(told(source, **{name: claims[name]}), locator="page 2"))
    return changed(step, evidence=tuple(evidence))


def find_failures(numbers: Iterable[int], make: Callable[[Random, str], Dataset] = make_list) -> dict[str, list[int]]:
    """The seeds of the triples whose result depends on the order without a question, or grows when merged again.

    ``doubts`` are pairs of lists with different results that only one of two orders asks about.
    """
    failures: dict[str, list[int]] = {"order": [], "doubts": [], "equal": [], "again": []}
    for seed in numbers:
        random = Random(seed)  # noqa: S311 - no secret
        lists = [make(random, name) for name in "abc"]
        pairs = {(one, two): merge_all(lists[one], lists[two]) for one, two in permutations(range(3), 2)}
        merged, every = [], []
        for one, two, three in permutations(range(3)):
            first, asked = pairs[one, two]
            data, topics = merge_all(first, lists[three])
            merged.append(data)
            every.append((by_id(data), asked | topics))
        both = {order: (by_id(data), topics) for order, (data, topics) in pairs.items()}
        groups = [[both[one, two], both[two, one]] for one, two in combinations(range(3), 2)]
        failures["order"] += [seed] * any(map(differ_without_question, [every, *groups]))
        failures["doubts"] += [seed] * any(first[0] != second[0] and first[1] != second[1] for first, second in groups)
        failures["equal"] += [seed] * any(data != merged[0] for data in merged)
        again = (merged[0], merged[-1])
        failures["again"] += [seed] * any(data.merge(each).dataset != data for data in again for each in lists)
    return failures


def differ_without_question(results: list[tuple[Contents, Topics]]) -> bool:
    """Whether the results of some orders differ in a record, and not every order asks a person about it."""
    (first, first_topics), *others = results
    return any(
        first.get(key) != contents.get(key) and key not in first_topics & topics
        for contents, topics in others
        for key in first.keys() | contents.keys()
    )


NONE: Final[dict[str, list[int]]] = {"order": [], "doubts": [], "equal": [], "again": []}


def test_the_order_of_lists_does_not_matter() -> None:
    """All orders of three lists give equal records, and merging a list again changes nothing."""
    failures = find_failures(range(settings().max_examples * 3))

    assert NONE == failures


def test_the_order_of_edited_lists_matters_only_where_a_person_is_asked() -> None:
    """All orders give equal records or the same questions, and merging a list again changes nothing."""
    seeds = [136, 353, 442, *range(settings().max_examples * 2)]
    failures = find_failures(seeds, partial(make_list, is_edited=True))

    assert NONE == {**failures, "equal": []}


def test_both_orders_of_two_written_histories_ask_the_same() -> None:
    """Two histories that persons wrote give the same questions in both orders."""
    assert [] == find_failures(range(settings().max_examples), make_edited_list)["doubts"]


def test_the_command_that_counts_failures(capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints a line for each sort of dataset."""
    from tests.property.merge_triples import main  # noqa: PLC0415 - the command imports this module

    main(4)

    lines = capsys.readouterr().out.splitlines()
    assert 4 == len(lines)
    assert all("1 triples; failures: order 0 []; doubts 0 []" in line for line in lines)
