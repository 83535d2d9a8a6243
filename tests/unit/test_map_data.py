"""The data of the map."""

import json

import pytest

import friendcities as fc
from friendcities import Coordinates, Dataset, UnknownPartnershipError
from friendcities.exporters.html_map import map_data
from tests.worlds import a_city, a_name, a_source, a_step, a_tie, changed, denial, told

ONE = a_city("is-gervivik", coordinates=Coordinates(latitude=65.5, longitude=-18.25, point="city"))
OTHER = a_city("jp-mihon", "Mihon", a_name("見本市"), a_name("Mihon"))
THIRD = a_city("zz-nowhere")
SOURCE = changed(
    a_source("courier-2019", "2019"), address="https://courier.example/1", published=fc.PartialDate(2019, 5, 18)
)
LISTS = a_source("lists-2020", "2020")


def stateful(*ties: fc.Partnership) -> Dataset:
    """A dataset of these partnerships."""
    return Dataset([ONE, OTHER, THIRD, SOURCE, LISTS, *ties])


def test_states_by_day_are_those_of_the_library() -> None:
    """Each state begins on the last day of its date."""
    tie = a_tie("is-gervivik", "jp-mihon", a_step("1990"), a_step("1995-06", action="ended"))
    (made,) = map_data(stateful(tie), stateful(tie).partnerships(), {})["partnerships"]

    expected = [
        ["1990-12-31", "active", "sister_city", "1990"],
        ["1995-06-30", "ended", "sister_city", "1995-06"],
    ]
    assert expected == made[5]
    assert made[6] is None


def test_a_step_that_changes_nothing_is_left_out() -> None:
    """A renewal of an active partnership is not a new state."""
    tie = a_tie("is-gervivik", "jp-mihon", a_step("1990"), a_step("1995", action="renewed"))
    (made,) = map_data(stateful(tie), stateful(tie).partnerships(), {})["partnerships"]

    assert [["1990-12-31", "active", "sister_city", "1990"]] == made[5]


def test_an_undated_step_counts_from_its_source() -> None:
    """An undated step counts from the last day of its source's state and has no date."""
    tie = a_tie("is-gervivik", "jp-mihon", a_step(None, told("lists-2020", "action"), action="listed"))
    (made,) = map_data(stateful(tie), stateful(tie).partnerships(), {})["partnerships"]

    assert [["2020-12-31", "active", "sister_city", None]] == made[5]
    assert made[4] is None


def test_what_counts_at_no_date_is_told_by_the_state_after_the_last_step() -> None:
    """A partnership without a date has only a state after the last step."""
    undated = a_tie("is-gervivik", "jp-mihon", a_step(None))
    dated = a_tie("is-gervivik", "zz-nowhere")
    made = map_data(stateful(undated, dated), stateful(undated, dated).partnerships(), {})["partnerships"]

    assert [[], ["active", "sister_city", None]] == made[1][5:7]


def test_partnerships_stand_in_their_order() -> None:
    """Partnerships are in the order of their dates, undated ones last, and of the names of their cities."""
    ties = [
        a_tie("is-gervivik", "jp-mihon", a_step(None, told("lists-2020", "action"), action="listed")),
        a_tie("jp-mihon", "zz-nowhere", a_step("1999")),
        a_tie("is-gervivik", "zz-nowhere", a_step("1980")),
    ]

    assert ["1980", "1999", None] == [
        tie[4] for tie in map_data(stateful(*ties), stateful(*ties).partnerships(), {})["partnerships"]
    ]


def test_a_disputed_step_has_its_contrary_claims() -> None:
    """Each contrary claim names its source; a coarser claim is no dispute."""
    established = a_step(
        "1990-05-01",
        told("courier-2019", "date", "action"),
        told("lists-2020", date=fc.PartialDate(1991)),
        told("courier-2019", date=fc.PartialDate(1990)),
    )
    ended = a_step("1999", told("courier-2019", "action"), denial("lists-2020"), action="ended")
    plain = a_tie("is-gervivik", "zz-nowhere")
    data = stateful(a_tie("is-gervivik", "jp-mihon", established, ended), plain)
    disputes = [made[3] for made in map_data(data, data.partnerships(), {})["partnerships"]]

    assert [
        ["established 1990-05-01 (sister city)", [["date 1991", 1]]],
        ["ended 1999 (sister city)", [["denies that it happened", 1]]],
    ] == next(filter(None, disputes))
    assert [] in disputes


def test_cities_have_their_coverage_in_words() -> None:
    """All coverage records of a city are one text; cities with the same text share it."""
    coverage = [
        fc.Coverage(id=fc.CoverageId(id_), city=ONE.id, completeness=completeness, as_of=fc.PartialDate(2020))
        for id_, completeness in (("one", fc.Completeness.COMPLETE), ("two", fc.Completeness.PARTIAL))
    ]
    ties = [a_tie("is-gervivik", "jp-mihon"), a_tie("is-gervivik", "zz-nowhere")]
    made = map_data(Dataset([*stateful(*ties), *coverage]), ties, {})

    assert ["complete; as of 2020 / partial; as of 2020", "incidental, only from the lists of other cities"] == made[
        "coverages"
    ]
    assert [0, 1, 1] == [city[5] for city in made["cities"]]


def test_cities_have_their_place_and_all_their_names() -> None:
    """A recorded point is exact, the middle of a country is not, and without a known country there is no position."""
    ties = [a_tie("is-gervivik", "jp-mihon"), a_tie("is-gervivik", "zz-nowhere")]
    made = map_data(stateful(*ties), ties, {})
    places = {city[0]: city[3] for city in made["cities"]}

    assert [65.5, -18.25, 1] == places["is-gervivik"]
    assert 0 == places["jp-mihon"][2]
    assert places["zz-nowhere"] is None
    assert [["見本市"]] == [city[4] for city in made["cities"] if city[0] == "jp-mihon"]
    assert {"IS": "Iceland", "JP": "Japan", "ZZ": "ZZ"} == made["countries"]


def test_sources_are_told_once_each() -> None:
    """Sources are indexes of the list, and their address may be null."""
    steps = (
        a_step("1990", told("courier-2019", "date"), told("lists-2020", "action")),
        a_step("1995", told("lists-2020", "date")),
    )
    tie = a_tie("is-gervivik", "jp-mihon", *steps)
    made = map_data(stateful(tie), stateful(tie).partnerships(), {})

    assert [0, 1] == made["partnerships"][0][7]
    assert [
        ["courier-2019", "courier-2019", "courier-2019", "2019-05-18", "https://courier.example/1"],
        ["lists-2020", "lists-2020", "lists-2020", "2020", None],
    ] == made["sources"]


def test_what_it_opens_with_is_active_unless_said_otherwise() -> None:
    """The data contains the initial view and the folders of pages."""
    tie = a_tie("is-gervivik", "jp-mihon")
    made = map_data(stateful(tie), [tie], {"city": "is-gervivik", "on": "1985"}, {"cities": "../cities/"})

    assert {"status": ["active"], "city": "is-gervivik", "on": "1985"} == made["opens"]
    assert {"cities": "../cities/"} == made["links"]


@pytest.mark.parametrize("ties", [(), (a_tie("is-gervivik", "jp-mihon", a_step(None)),)])
def test_nothing_to_draw_is_an_error(ties: tuple[fc.Partnership, ...]) -> None:
    """Partnerships without a dated state are an error."""
    with pytest.raises(UnknownPartnershipError, match="no partnerships to draw") as caught:
        map_data(stateful(*ties), stateful(*ties).partnerships(), {})

    assert len(ties) == len(caught.value.query)  # type: ignore[arg-type]


@pytest.mark.parametrize("year", range(1970, 2027, 5))
def test_shanghai_at_each_date_is_as_the_library_answers(year: int) -> None:
    """The data gives the same active partnerships at the end of a year as ``partnerships_of``."""
    made = json.loads(json.dumps(map_data(fc.dataset(), fc.partnerships_of("Shanghai", status="any"), {})))
    active = 0
    for tie in made["partnerships"]:
        shown = [status for day, status, *_ in tie[5] if day <= f"{year}-12-31"]
        active += shown[-1:] == ["active"]

    assert len(fc.partnerships_of("Shanghai", on=str(year))) == active
