"""Counts of partnerships by their sorts, and timelines that are narrowed."""

from datetime import date
from typing import Any

import pytest

import friendcities as fc
from friendcities import CityId, Dataset, InvalidQueryError, UnknownCityError
from tests.worlds import a_city, a_source, a_step, a_tie, told

WORLD = Dataset(
    [
        a_city("aa-hub", "Hub"),
        a_city("aa-hub-east", "Hub East", part_of=CityId("aa-hub"), level=fc.Level.DISTRICT),
        a_city("aa-near", "Near"),
        a_city("bb-one", "One", level=fc.Level.TOWN),
        a_city("bb-two", "Two"),
        a_city("cc-three", "Three"),
        a_city("dd-four", "Four"),
        a_source("gazette", "2001"),
        a_source("council", "2002", fc.SourceKind.CITY_GOVERNMENT, "aa-hub"),
        a_source("list", "2010", fc.SourceKind.DATABASE),
        a_tie(
            "aa-hub",
            "bb-one",
            a_step("1979-05", told("council", "date")),
            a_step("2005", told("council", "action"), action="ended", kind="unspecified"),
        ),
        a_tie("aa-hub", "bb-two", a_step("1990", told("gazette", "action", "date"), kind="contact")),
        a_tie(
            "aa-hub",
            "cc-three",
            a_step("1989", told("list", date=fc.PartialDate(1988))),
            a_step("1995", action="upgraded", kind="friendship_city"),
        ),
        a_tie("aa-hub", "dd-four", a_step(None, told("list", "action"), action="listed", kind="unspecified")),
        a_tie("aa-hub", "aa-near", a_step("2001", action="proposed")),
        a_tie("aa-hub-east", "bb-one", a_step("1985")),
        a_tie("aa-hub-east", "aa-hub", a_step("1980")),
    ]
)


@pytest.mark.parametrize(
    ("by", "filters", "expected"),
    [
        ("country", {}, {"AA": 1, "BB": 1, "CC": 1, "DD": 1}),
        ("country", {"status": "any"}, {"AA": 2, "BB": 2, "CC": 1, "DD": 1}),
        ("country", {"include_parts": True}, {"BB": 2, "CC": 1, "DD": 1}),
        ("country", {"country": ("BB", "CC"), "status": "any"}, {"BB": 2, "CC": 1}),
        ("kind", {}, {"contact": 1, "friendship_city": 1, "sister_city": 1, "unspecified": 1}),
        ("kind", {"on": "1994"}, {"sister_city": 3, "contact": 1}),
        ("kind", {"status": "any"}, {"sister_city": 3, "contact": 1, "friendship_city": 1, "unspecified": 1}),
        ("status", {}, {"active": 4}),
        ("status", {"status": "any"}, {"active": 4, "ended": 1, "proposed": 1}),
        ("status", {"status": "any", "on": "2004"}, {"active": 4, "proposed": 1}),
        ("year", {"status": "any"}, {"1979": 1, "1980": 1, "1989": 1, "1990": 1, "2001": 1, "unknown": 1}),
        ("decade", {}, {"1980s": 2, "1990s": 1, "unknown": 1}),
        ("decade", {"status": "any"}, {"1970s": 1, "1980s": 2, "1990s": 1, "2000s": 1, "unknown": 1}),
        ("decade", {"source": "gazette"}, {"1990s": 1}),
        ("level", {"status": "any"}, {"municipality": 4, "district": 1, "town": 1}),
        ("reliability", {"status": "any"}, {"listed": 4, "official": 1, "reported": 1}),
        ("dispute", {"status": "any"}, {"undisputed": 5, "disputed": 1}),
        ("level", {"level": "region"}, {}),
    ],
)
def test_counts_of_a_city(by: Any, filters: dict[str, Any], expected: dict[str, int]) -> None:
    """The most first, then by name; decades in their order; what is not known last; filters as elsewhere."""
    counts = WORLD.count_partnerships(by, "Hub", **filters)

    assert list(expected.items()) == list(counts.items())
    assert sum(expected.values()) == len(WORLD.partnerships_of("Hub", **filters))


@pytest.mark.parametrize(
    ("by", "filters", "expected"),
    [
        ("status", {"status": "any"}, {"active": 5, "ended": 1, "proposed": 1}),
        ("country", {"status": "any"}, {"AA": 7, "BB": 3, "CC": 1, "DD": 1}),
        ("country", {"country": "BB"}, {"BB": 2}),
        ("level", {"level": "district"}, {"district": 2}),
        ("decade", {"country": "AA"}, {"1980s": 3, "1990s": 1, "unknown": 1}),
        ("reliability", {"source": "gazette"}, {"reported": 1}),
    ],
)
def test_counts_of_all(by: Any, filters: dict[str, Any], expected: dict[str, int]) -> None:
    """Without a city, each partnership is seen from both sides, and counts once for each sort that it has."""
    assert list(expected.items()) == list(WORLD.count_partnerships(by, **filters).items())


@pytest.mark.parametrize("by", ["colour", "", None, [], 5, "Country", b"kind"])
def test_what_cannot_be_counted_by_is_refused(by: Any) -> None:
    """What is no sort is refused, with those that there are."""
    with pytest.raises(InvalidQueryError, match=r"invalid group .*; expected one of 'country', 'kind'") as caught:
        WORLD.count_partnerships(by)

    assert by is caught.value.query
    assert "decade" in caught.value.candidates


def test_parts_of_all_are_refused() -> None:
    """Without a city there are no parts to include."""
    with pytest.raises(InvalidQueryError, match="include_parts=True needs a city"):
        WORLD.count_partnerships("kind", include_parts=True)


@pytest.mark.parametrize("filters", [{"kind": "twin"}, {"on": "19"}, {"include_parts": "yes"}, {"disputed": 1}])
def test_counts_refuse_what_other_questions_refuse(filters: dict[str, Any]) -> None:
    """A filter that cannot be is refused, with a city and without."""
    with pytest.raises(InvalidQueryError):
        WORLD.count_partnerships("kind", "Hub", **filters)
    with pytest.raises(InvalidQueryError):
        WORLD.count_partnerships("kind", **filters)


def test_counts_need_a_city_that_there_is() -> None:
    """A city that nobody knows is an error, not nothing."""
    with pytest.raises(UnknownCityError):
        WORLD.count_partnerships("kind", "Nowhere")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"since": "1990"}, ["1990", "1995", "2001", "2005"]),
        ({"since": "1990-06"}, ["1990", "1995", "2001", "2005"]),
        ({"since": "1991"}, ["1995", "2001", "2005"]),
        ({"until": "1990-06"}, ["1979-05", "1980", "1989"]),
        ({"until": date(1990, 12, 31)}, ["1979-05", "1980", "1989", "1990"]),
        ({"since": fc.PartialDate(1989), "until": "1990"}, ["1989", "1990"]),
        ({"country": "BB"}, ["1979-05", "1990", "2005"]),
        ({"country": ["CC", "DD"]}, ["1989", "1995", "None"]),
        ({"kind": "sister_city", "country": "BB"}, ["1979-05", "2005"]),
        ({"kind": ["contact", "unspecified"]}, ["1990", "None"]),
        ({"kind": "friendship_city"}, ["1995"]),
        ({"kind": "any", "country": "any", "since": "2001"}, ["2001", "2005"]),
        ({"include_parts": True, "since": "1980", "until": "1989"}, ["1985", "1989"]),
    ],
)
def test_timelines_are_narrowed(filters: dict[str, Any], expected: list[str]) -> None:
    """A span has what is shown to have happened in it; a step that names no kind has that of its partnership."""
    assert expected == [str(entry.date) for entry in WORLD.timeline("Hub", **filters)]


@pytest.mark.parametrize("day", ["1979", "1985-06", "1990", "2001-12-30"])
def test_two_spans_that_meet_share_nothing(day: str) -> None:
    """Every dated step lies either by the end of a day or from the next day on."""
    until = fc.PartialDate.parse(day).latest
    after = date.fromordinal(until.toordinal() + 1)
    both = [*WORLD.timeline("Hub", until=until), *WORLD.timeline("Hub", since=after)]

    assert [entry for entry in WORLD.timeline("Hub") if entry.date is not None] == both


@pytest.mark.parametrize(
    "filters",
    [
        {"since": "then"},
        {"until": 1990.5},
        {"kind": "twin"},
        {"country": "Atlantis"},
        {"include_parts": 1},
        {"kind": [[]]},
    ],
)
def test_timelines_refuse_what_cannot_be(filters: dict[str, Any]) -> None:
    """A filter that cannot be is refused."""
    with pytest.raises(InvalidQueryError):
        WORLD.timeline("Hub", **filters)
