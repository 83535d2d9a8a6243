"""Small merges with the right results, each in both orders."""

from itertools import permutations
from typing import Any

import pytest

from friendcities import (
    Completeness,
    Coordinates,
    Coverage,
    CoverageId,
    Dataset,
    FrozenMap,
    Level,
    PartialDate,
    Partnership,
    Status,
    StepAction,
)
from friendcities.model import AnyRecord
from tests.worlds import a_city, a_source, a_step, a_tie, changed, told

CITIES = (a_city("fr-lyon"), a_city("is-vik"))


def a_list(name: str, as_of: str, *steps: tuple[StepAction, str | None]) -> Dataset:
    """A list of a date with the history of one partnership."""
    made = []
    for action, date in steps:
        fields = ["action", *["date"] * (date is not None), *["kind"] * (action not in {ENDED, SUSPENDED})]
        kind = "sister_city" if "kind" in fields else "unspecified"
        made.append(a_step(date, told(name, *fields), action=action.value, kind=kind))
    source = changed(a_source(name), as_of=PartialDate.parse(as_of))
    return Dataset([*CITIES, source, a_tie("fr-lyon", "is-vik", *made)])


def merge_both_ways(*lists: Dataset) -> Partnership:
    """The partnership of a merge, which is the same in all orders and after another merge."""
    merged: list[Partnership] = []
    for first, *others in permutations(lists):
        for other in others:
            first = first.merge(other).dataset  # noqa: PLW2901 - the next merge needs the result
        assert all(first == first.merge(each).dataset for each in lists)
        merged += first.partnerships()
    assert merged == [merged[0]] * len(merged)
    return merged[0]


def outline(partnership: Partnership) -> list[tuple[StepAction, str]]:
    """The actions and dates of the steps."""
    return [(step.action, str(step.date)) for step in partnership.steps]


LISTED, ESTABLISHED, ENDED = StepAction.LISTED, StepAction.ESTABLISHED, StepAction.ENDED
SUSPENDED, RESUMED = StepAction.SUSPENDED, StepAction.RESUMED


@pytest.mark.parametrize(
    "older",
    [
        [(ESTABLISHED, "1980"), (ENDED, "1985")],
        [(ESTABLISHED, "1971-05"), (SUSPENDED, "1985")],
        [(ESTABLISHED, "1980"), (ENDED, None)],
    ],
)
def test_an_older_end_is_a_claim(older: list[tuple[StepAction, str | None]]) -> None:
    """A newer list shows the partnership: it is active and disputed, with the older start and then the listing."""
    tie = merge_both_ways(a_list("new", "2015", (LISTED, None)), a_list("old", "1998", *older))

    assert [(ESTABLISHED, older[0][1]), (LISTED, "None")] == outline(tie)
    assert (Status.ACTIVE, True) == (tie.state.status, tie.disputed)


@pytest.mark.parametrize(
    ("older", "start"),
    [
        ([(ESTABLISHED, "1980"), (ENDED, "1985")], "1995"),
        ([(ESTABLISHED, "1980"), (SUSPENDED, "1985")], "1995-05-01"),
        ([(ESTABLISHED, "1950"), (ENDED, "1994-12-31")], "1995"),
    ],
)
def test_a_start_after_an_end_resumes(older: list[tuple[StepAction, str | None]], start: str) -> None:
    """A newer list with a start after the end resumes the partnership."""
    tie = merge_both_ways(a_list("old", "1998", *older), a_list("new", "2006", (ESTABLISHED, start)))

    assert [*((action, str(date)) for action, date in older), (RESUMED, start)] == outline(tie)
    assert Status.ACTIVE is tie.state.status


@pytest.mark.parametrize("dates", [("1998", "2015"), ("2015-05", "2015"), ("1998-01-01", "2020")])
def test_the_last_date_of_a_list_is_the_last_attested(dates: tuple[str, str]) -> None:
    """The newest list decides when a partnership was last attested."""
    tie = merge_both_ways(a_list("one", dates[0], (LISTED, None)), a_list("two", dates[1], (LISTED, None)))

    assert tie.last_attested is not None
    assert max(PartialDate.parse(each).latest for each in dates) == tie.last_attested.latest


@pytest.mark.parametrize("dates", [("1990", "1990"), ("1990-05-01", "1990"), (None, None), (None, "1990")])
def test_two_kinds_on_one_date_are_disputed(dates: tuple[str | None, str | None]) -> None:
    """Two lists with different kinds give one step, with the kind of each list, in both orders."""
    kinds = ("friendship_city", "sister_city")
    lists = []
    for name, date, kind in zip("ab", dates, kinds, strict=True):
        action = "listed" if date is None else "established"
        step = a_step(date, told(name, "action", "kind", *["date"] * (date is not None)), action=action, kind=kind)
        lists.append(Dataset([*CITIES, a_source(name), a_tie("fr-lyon", "is-vik", step)]))
    tie = merge_both_ways(*lists)

    [step] = tie.steps
    assert tie.disputed
    assert set(kinds) == {str(item.claims.get("kind", step.kind)) for item in step.evidence}


def place(id_: str, source: str, **fields: Any) -> list[AnyRecord]:
    """A city that a list names, with fields that the list states."""
    evidence = (told(source, "name", *fields),)
    return [a_source(source), a_city(id_, "Portland", evidence=evidence, **fields)]


def test_cities_in_different_states_stay_distinct() -> None:
    """Neither an equal id nor a partner in common joins them. A county of a state may be in this state."""
    states = ("US-OR", "US-ME")
    lists = [
        Dataset([*place("us-portland", name, subdivision=state), a_city("fr-lyon"), a_tie("fr-lyon", "us-portland")])
        for name, state in zip("ab", states, strict=True)
    ]
    for first, second in permutations(lists):
        merge = first.merge(second)
        assert {*states, None} == {city.subdivision for city in merge.dataset.cities()}
        assert () == merge.report.doubts
    counties = [a_city("gb-wells", subdivision=code) for code in ("GB-ENG", "GB-SOM")]
    assert 1 == len(Dataset(counties[:1]).merge(Dataset(counties[1:])).dataset.cities())


@pytest.mark.parametrize("are_states", [True, False])
def test_a_city_without_a_place_and_two_cities_of_its_name(*, are_states: bool) -> None:
    """Every order of three lists asks about the city whose place the third list does not state."""
    points = [Coordinates(latitude=north, longitude=-70.0, point="city") for north in (43.6, 45.5)]
    places: list[dict[str, Any]] = [{"coordinates": point} for point in points]
    places = [{"subdivision": code} for code in ("US-ME", "US-OR")] if are_states else places
    lists = [Dataset(place("us-portland", name, **fields)) for name, fields in zip("abc", [*places, {}], strict=True)]
    for first, second, third in permutations(lists):
        once = first.merge(second)
        assert once.report.doubts or once.dataset.merge(third).report.doubts


def test_names_of_a_well_known_city_in_two_languages() -> None:
    """Cities without a GeoNames id match by such names and a partner in common, and are a doubt without a partner."""
    cities = a_city("it-milan"), a_city("it-mailand")
    lists = [Dataset([CITIES[0], city, a_tie("fr-lyon", city.id)]) for city in cities]
    for number in (0, 1):
        alone = Dataset([cities[number]]).merge(Dataset([cities[1 - number]]))
        assert 1 == len(alone.report.doubts)
        assert 2 == len(lists[number].merge(lists[1 - number]).dataset.cities())


@pytest.mark.parametrize("name", ["Constanta", "Cluj", "Liege"])
def test_a_county_is_no_city(name: str) -> None:
    """A city and a county with a common partner stay distinct, with a doubt."""
    cities = a_city("ro-a", f"{name} County", level=Level.COUNTY), a_city("ro-b", name)
    for first, second in permutations(
        [Dataset([CITIES[0], city, a_source("gazette"), a_tie("fr-lyon", city.id)]) for city in cities]
    ):
        merge = first.merge(second)
        assert 3 == len(merge.dataset.cities())
        assert 1 == len(merge.report.doubts)


@pytest.mark.parametrize(
    ("name", "geonames", "other"),
    [("Milan", "3173435", "Mailand"), ("Lisbon", "2267057", "Lissabon"), ("Saint Petersburg", "", "Sankt Petersburg")],
)
def test_names_in_other_languages_are_doubts(name: str, geonames: str, other: str) -> None:
    """A name in another language, or a near spelling, is a question in both orders."""
    one = a_city("it-a", name, identifiers=FrozenMap({"geonames": geonames} if geonames else {}))
    for first, second in permutations([Dataset([one]), Dataset([a_city("it-b", other)])]):
        assert 1 == len(first.merge(second).report.doubts)


@pytest.mark.parametrize("end", [(ENDED, None), (ENDED, "1997"), (SUSPENDED, None)])
def test_three_lists_of_which_one_is_unconfirmed(end: tuple[StepAction, str | None]) -> None:
    """One list has "?", one an end: all orders are equal, and a list that is merged again adds nothing."""
    merge_both_ways(
        a_list("one", "1998", (LISTED, None)),
        a_list("two", "2000", (StepAction.UNCONFIRMED, None)),
        a_list("three", "2006", (ESTABLISHED, "1990"), end),
    )


def test_coverage_stays() -> None:
    """A merge that adds partners keeps the coverage records, and gives no city a new one."""
    lists = a_list("one", "1998", (LISTED, None)), a_list("two", "2000", (LISTED, None))
    coverage = Coverage(id=CoverageId("lyon-1998"), city=CITIES[0].id, completeness=Completeness.PARTIAL)
    for first, second in permutations([Dataset([*lists[0], coverage]), lists[1]]):
        merged = first.merge(second).dataset
        assert (coverage,) == tuple(each for each in merged if isinstance(each, Coverage))
        assert [Completeness.INCIDENTAL] == [each.completeness for each in merged.coverage_of("is-vik")]


def test_a_city_of_the_base_that_another_city_of_the_list_matches() -> None:
    """Both orders ask about the city that has no match."""
    place = a_city("is-vik", "Vik", subdivision="IS-8")
    near = changed(place, id="is-vik-2")
    for first, second in permutations([Dataset([place]), Dataset([place, near])]):
        doubts = first.merge(second).report.doubts
        assert {"is-vik", "is-vik-2"} == {id_ for doubt in doubts for id_ in (doubt.id, *doubt.candidates)}
