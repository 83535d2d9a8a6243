"""The order of merging random lists with namesakes, whose ids can be crossed, in all orders and again."""

from collections.abc import Iterable, Sequence
from itertools import combinations, permutations
from random import Random
from typing import Any

from hypothesis import settings

from friendcities import City, CityId, Coordinates, Dataset, FrozenMap, Level, Step, StepAction
from friendcities.merge import Added, Joined, Merge, Relation
from tests.worlds import a_source, a_tie, told

IDS = ("is-vik", "is-vik-2", "is-vikur")
NAMES = ("Vik", "Vik", "Vík")
FORMS = ("Vik", "City of Vik", "Vik Municipality", "Vik Region")
LEVELS = (Level.TOWN, Level.TOWN, Level.REGION)
POINTS = (
    None,
    None,
    *(Coordinates(latitude=north, longitude=0.0, point="city") for north in (60.0, 60.2, 60.4, 61.0, 66.0)),
)
SUBDIVISIONS = (None, None, "IS-1", "IS-2")

Place = tuple[str, str]
"""A city of a list: the list and the id there."""
Pair = frozenset[Place]


def make_list(random: Random, name: str, names: Sequence[str] = NAMES) -> Dataset:
    """A list of one to three namesakes, some of which are partners of Lyon."""
    cities = [make_city(random, name, id_, names) for id_ in random.sample(IDS, random.choice([1, 2, 2, 3]))]
    lyon = City(id=CityId("fr-lyon"), name="Lyon", country="FR", level=Level.TOWN, evidence=(told(name, "name"),))
    ties = [
        a_tie("fr-lyon", city.id, Step(action=StepAction.LISTED, evidence=(told(name, "action"),)))
        for city in cities
        if random.random() < 0.4
    ]
    return Dataset([a_source(name), lyon, *cities, *ties])


def make_city(random: Random, source: str, id_: str, names: Sequence[str]) -> City:
    """A city of a list, with its list as the source of all fields."""
    identifiers = {"wikidata": ["Q1", "Q2"], "geonames": ["1", "2"]}
    fields: dict[str, Any] = {
        "name": random.choice(names),
        "country": "IS",
        "subdivision": random.choice(SUBDIVISIONS),
        "coordinates": random.choice(POINTS),
        "identifiers": FrozenMap(
            {key: random.choice(ids) for key, ids in identifiers.items() if random.random() < 0.25}
        ),
        "level": random.choice(LEVELS),
    }
    supports = [name for name, value in fields.items() if value]
    evidence = told(source, *supports)
    return City(id=CityId(id_), **fields, evidence=(evidence,))


def merge_all(lists: Sequence[Dataset]) -> tuple[dict[Place, str], set[Place]]:
    """The id in the result of each city of some lists, and the cities about which a person is asked."""
    merged, *others = lists
    ids = {(name_of(merged), str(city.id)): str(city.id) for city in merged.cities()}
    asked: set[Place] = set()
    for other in others:
        merge = merged.merge(other)
        merged = merge.dataset
        ids |= {(name_of(other), their_id): id_ for their_id, id_ in find_ids(merge).items()}
        doubtful = {id_ for doubt in merge.report.doubts for id_ in (doubt.id, *doubt.candidates)}
        doubtful |= {each.id for each in merge.report.disagreements if each.relation is Relation.CONTRARY}
        asked |= {place for place, id_ in ids.items() if id_ in doubtful}
    return ids, asked


def name_of(data: Dataset) -> str:
    """The name of a list."""
    [source] = data.sources()
    return source.id


def find_ids(merge: Merge[Dataset]) -> dict[str, str]:
    """The id in the result for each id of a city of the second list."""
    entries: list[Joined | Added] = [*merge.report.joined, *(each for each in merge.report.added if not each.field)]
    return {each.their_id: each.id for each in entries if each.record_type is City}


def find_failures(
    numbers: Iterable[int], names: Sequence[str] = NAMES, *, triples: bool = False
) -> dict[str, list[int]]:
    """The seeds of lists whose order decides which cities match, without a question, or that grow when merged again.

    ``doubts`` are pairs that only one of two orders asks about. Triples are merged in all orders, too, if wanted.
    """
    failures: dict[str, list[int]] = {"order": [], "doubts": [], "again": []}
    for seed in numbers:
        random = Random(seed)  # noqa: S311 - no secret
        lists = [make_list(random, name, names) for name in "abc"]
        failures["order"] += [seed] * any(map(differs_without_question, [*combinations(lists, 2), *[lists] * triples]))
        failures["doubts"] += [seed] * any(
            merge_all(pair)[1] != merge_all(pair[::-1])[1] for pair in combinations(lists, 2)
        )
        one, two = lists[:2]
        once = one.merge(two).dataset
        failures["again"] += [seed] * any(once.merge(each).dataset != once for each in (one, two))
    return failures


def differs_without_question(lists: Sequence[Dataset]) -> bool:
    """Whether the order of lists decides if two cities match, and not every order asks about one of the two."""
    orders = [merge_all(order) for order in permutations(lists)]
    first = matched_pairs(orders[0][0])
    pairs = {pair for ids, _ in orders for pair in matched_pairs(ids) ^ first}
    return any(pair.isdisjoint(asked) for pair in pairs for _, asked in orders)


def matched_pairs(ids: dict[Place, str]) -> set[Pair]:
    """The pairs of cities with the same id in the result."""
    return {frozenset((one, other)) for one, other in combinations(ids, 2) if ids[one] == ids[other]}


def test_the_base_does_not_decide_which_namesakes_match() -> None:
    """Two lists match the same cities in both orders, and a list that is merged again changes nothing."""
    failures = find_failures([12, 47, 64, 89, 133, 206, 823, *range(settings().max_examples * 5)])

    assert {"order": [], "doubts": [], "again": []} == failures


def test_the_base_does_not_decide_which_forms_of_a_name_match() -> None:
    """The same holds for names with a word for a city or a region."""
    failures = find_failures(range(settings().max_examples * 5), FORMS)

    assert {"order": [], "doubts": [], "again": []} == failures


def test_every_order_of_three_lists_asks() -> None:
    """In these triples, one source states a part of the place, or another form of the name."""
    namesakes = find_failures([489, 597, 672], triples=True)
    forms = find_failures([204, 406, 557, 599, 634, 658, 672, 909], FORMS, triples=True)

    assert [[], []] == [namesakes["order"], forms["order"]]
