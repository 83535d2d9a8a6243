"""Small merges with the right results, each in both orders."""

from itertools import permutations

import pytest

from friendcities import (
    Completeness,
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
