"""What the filters of a question take, and what they refuse."""

from contextlib import suppress
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import friendcities as fc
from friendcities import (
    CityId,
    Dataset,
    InvalidQueryError,
    Level,
    PartialDate,
    PartnershipKind,
    Reliability,
    SourceKind,
)
from friendcities.datasets.filters import last_day, parse_countries
from friendcities.model.dates import parse_date
from tests.cases import for_each_case
from tests.worlds import a_city, a_source, a_step, a_tie, told

WORLD = Dataset(
    [
        a_city("aa-hub", "Hub"),
        a_city("nz-sister", "Sister"),
        a_city("jp-friend", "Friend", level=Level.DISTRICT),
        a_city("xk-listed", "Listed", level=Level.REGION),
        a_city("nz-part", "Part", part_of=CityId("nz-sister")),
        a_source("council", "2000", SourceKind.CITY_GOVERNMENT, "nz-sister"),
        a_source("paper", "2000"),
        a_source("wiki", "2000", SourceKind.ENCYCLOPAEDIA),
        a_tie("aa-hub", "nz-sister", a_step("1990", told("council", "action"), told("paper", date=PartialDate(1985)))),
        a_tie("aa-hub", "jp-friend", a_step("1991", told("paper", "action"), kind="friendship_city")),
        a_tie("aa-hub", "xk-listed", a_step("1992", told("wiki", "action"), action="listed", kind="unspecified")),
    ]
)
ALL = ["Sister", "Friend", "Listed"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ALL),
        ({"kind": None}, ALL),
        ({"kind": "any"}, ALL),
        ({"kind": "sister_city"}, ["Sister"]),
        ({"kind": "sister city"}, ["Sister"]),
        ({"kind": PartnershipKind.FRIENDSHIP_CITY}, ["Friend"]),
        ({"kind": ["sister_city", PartnershipKind.UNSPECIFIED]}, ["Sister", "Listed"]),
        ({"kind": {"friendship_city", "any"}}, ALL),
        ({"kind": (kind for kind in ("sister_city",))}, ["Sister"]),
        ({"country": "NZ"}, ["Sister"]),
        ({"country": "nz"}, ["Sister"]),
        ({"country": "New Zealand"}, ["Sister"]),
        ({"country": "XK"}, ["Listed"]),
        ({"country": "xk"}, ["Listed"]),
        ({"country": " xk "}, ["Listed"]),
        ({"country": " nz "}, ["Sister"]),
        ({"country": [" NZ", "jp"]}, ["Sister", "Friend"]),
        ({"country": ["Japan", "NZL"]}, ["Sister", "Friend"]),
        ({"country": "FR"}, []),
        ({"country": "any"}, ALL),
        ({"country": ["NZ", "any"]}, ALL),
        ({"level": "district"}, ["Friend"]),
        ({"level": [Level.DISTRICT, "region"]}, ["Friend", "Listed"]),
        ({"level": "any"}, ALL),
        ({"reliability": "official"}, ["Sister"]),
        ({"reliability": Reliability.REPORTED}, ["Friend"]),
        ({"reliability": ("listed", "official")}, ["Sister", "Listed"]),
        ({"disputed": True}, ["Sister"]),
        ({"disputed": False}, ["Friend", "Listed"]),
        ({"disputed": None}, ALL),
        ({"country": "NZ", "kind": "friendship_city"}, []),
        ({"status": "any", "level": "municipality", "reliability": "official", "disputed": True}, ["Sister"]),
    ],
)
def test_filters_take_one_value_or_several(filters: dict[str, Any], expected: list[str]) -> None:
    """Text, members and any iterable of them; they describe the partner or its partnership, and all must hold."""
    assert expected == [city.name for city in WORLD.partners_of("Hub", **filters)]


@for_each_case(
    product(
        ["status", "kind", "level", "reliability"],
        ["citty", "", "ACTIVE", 5, True, b"any", ["any", "citty"], [["active"]], {"x": []}, [None]],
    )
)
def test_unknown_values_are_refused(name: str, value: Any) -> None:
    """A value that is not in the vocabulary is refused, alone or among others, with all that there are."""
    filters: Any = {name: value}
    with pytest.raises(InvalidQueryError, match=rf"^invalid {name} .*; expected one of '.*', 'any'$") as caught:
        WORLD.partners_of("Hub", **filters)

    assert "any" == caught.value.candidates[-1]
    assert value not in caught.value.candidates
    given, _, expected = str(caught.value).partition("; expected ")
    assert given.removeprefix(f"invalid {name} ") not in expected.removeprefix("one of ").split(", ")
    assert isinstance(caught.value, ValueError)


LEVELS = ("municipality", "district", "town", "county", "province_or_state", "region", "any")
LISTED = ", ".join(map(repr, LEVELS))
COUNTRY = "expected an ISO 3166-1 code like 'NZ', or a name"


@pytest.mark.parametrize(
    ("filters", "message", "query", "candidates"),
    [
        ({"level": ["town", "citty"]}, f"invalid level 'citty'; expected one of {LISTED}", "citty", LEVELS),
        ({"level": 5}, f"invalid level 5; expected one of {LISTED}", 5, LEVELS),
        ({"level": [["x"]]}, f"""invalid level ("[['x']]",); expected one of {LISTED}""", ("[['x']]",), LEVELS),
        ({"country": ["NZ", "Narnia"]}, f"invalid country 'Narnia'; {COUNTRY}", "Narnia", ()),
        ({"country": 5}, f"invalid country 5; {COUNTRY}", 5, ()),
        ({"disputed": "yes"}, "invalid disputed 'yes'; expected True or False", "yes", (True, False)),
    ],
)
def test_errors_show_the_rejected_value(filters: Any, message: str, query: object, candidates: tuple[Any, ...]) -> None:
    """The message, and the attributes of the error, have the value that was rejected and the valid ones."""
    with pytest.raises(InvalidQueryError) as caught:
        WORLD.partners_of("Hub", **filters)
    assert (message, query, candidates) == (str(caught.value), caught.value.query, caught.value.candidates)


@for_each_case(
    [
        ("Scotland", "United Kingdom", "GB"),
        ("Pays de Galles", "United Kingdom", "GB"),
        ("Northern Ireland, UK", "United Kingdom", "GB"),
        ("UK (England)", "United Kingdom", "GB"),
        ("Ontario, Canada", "Canada", "CA"),
        ("USA - Ohio", "United States", "US"),
        ("CO, USA", "United States", "US"),
        ("Georgia, USA", "United States", "US"),
        ("Germany (Bavaria)", "Germany", "DE"),
        ("Hawaii", "United States", "US"),
        ("US-OH", "United States", "US"),
    ]
)
def test_a_part_of_a_country_is_no_country(text: str, name: str, code: str) -> None:
    """A filter selects whole countries. The error names the code of the country."""
    message = f"{text!r} is a part of a country: {name} ({code}); "
    with pytest.raises(InvalidQueryError) as caught:
        WORLD.partners_of("Hub", country=["NZ", text])

    assert (f"{message}use country={code!r}", f"{message}use --country {code}") == (
        str(caught.value),
        caught.value.shell_message,
    )
    assert (f"{name} ({code})",) == caught.value.candidates


@for_each_case(["United Kingdom", "Germany (Germany)", "Réunion, France", "China (Taiwan)", "Congo, DR Congo"])
def test_a_country_with_two_names_is_a_whole_country(text: str) -> None:
    """A territory with its own code is a country of its own in a filter."""
    assert () == WORLD.partners_of("Hub", country=text)


@for_each_case(["Bavaria", "Córdoba"])
def test_a_part_of_an_unknown_country(text: str) -> None:
    """ISO 3166-2 lacks the name, or has it in several countries."""
    with pytest.raises(InvalidQueryError, match=f"^invalid country {text!r}; "):
        WORLD.partners_of("Hub", country=text)


def test_a_code_of_the_data_is_valid_although_no_standard_has_it() -> None:
    """The codes of the records need no look-up."""
    assert frozenset({"QX"}) == parse_countries(" qx ", frozenset({"QX"}), lambda _: None)


class Missing:
    """A value that cannot be compared, as the missing value of pandas."""

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        raise TypeError  # pragma: no cover - no question compares it


@for_each_case(["Narnia", "", 5, True, ["NZ", "Narnia"], [[]], [None], [Missing()]])
def test_unknown_countries_are_refused(value: Any) -> None:
    """A country that there is not is refused, alone or among others."""
    with pytest.raises(InvalidQueryError, match=r"^invalid country .*; expected an ISO 3166-1 code like 'NZ'"):
        WORLD.partners_of("Hub", country=value)


@for_each_case(product(["disputed", "include_parts"], [1, 0, "yes", 1.0, [], [[]]]))
def test_flags_are_true_or_false(name: str, value: Any) -> None:
    """What Python would take for true or false is refused."""
    filters: Any = {name: value}
    with pytest.raises(InvalidQueryError, match=rf"^invalid {name} .*; expected True or False$") as caught:
        WORLD.partners_of("Hub", **filters)

    assert (True, False) == caught.value.candidates


@pytest.mark.parametrize(("good", "bad"), [(True, 1), (False, 0), (True, 1.0)])
def test_an_answer_that_is_remembered_is_not_taken_for_another(good: Any, bad: Any) -> None:
    """What is equal but of another type is another question: a refusal stays one after the answer is known."""
    for _ in range(2):
        WORLD.partners_of("Hub", disputed=good)
        with pytest.raises(InvalidQueryError):
            WORLD.partners_of("Hub", disputed=bad)


def test_answers_are_remembered() -> None:
    """The same question has the same answer, to the object, in whatever form its filters come."""
    assert WORLD.partners_of("Hub", kind=["sister_city"]) is WORLD.partners_of("Hub", kind=("sister_city",))


def test_the_assurance_is_of_the_partnership_as_told() -> None:
    """With a source, the filters ask of the history that it tells."""
    assert () == WORLD.partners_of("Hub", source="council", disputed=True)
    assert () == WORLD.partners_of("Hub", source="paper", reliability="official")
    assert ["Friend"] == [city.name for city in WORLD.partners_of("Hub", source="paper", reliability="reported")]


def test_questions_take_filters_by_keyword_alone() -> None:
    """A filter cannot be mistaken for another by its place."""
    with pytest.raises(TypeError):
        fc.partners_of("Shanghai", "1985")  # type: ignore[call-arg]


@for_each_case(
    product(
        ["status", "kind", "country", "level", "reliability"],
        [(), [], set(), frozenset(), {}, {"any": 1}, {"NZ": 1, "active": 2}, iter(())],
    )
)
def test_no_value_and_mappings_are_refused(name: str, value: Any) -> None:
    """A filter of several values has one at least, and is no mapping: neither is taken for all nor for none."""
    filters: Any = {name: value}
    with pytest.raises(InvalidQueryError, match=f"^invalid {name} "):
        WORLD.partners_of("Hub", **filters)
    with pytest.raises(InvalidQueryError, match=f"^invalid {name} "):
        WORLD.partnerships_of("Hub", **filters)


def test_a_status_of_none_is_refused() -> None:
    """A question is about a status; that of all is "any", which the error says."""
    status: Any = None
    with pytest.raises(InvalidQueryError, match=r"^invalid status None; .*'any'") as caught:
        WORLD.partners_of("Hub", status=status)

    assert caught.value.query is None


def test_dates_of_every_type() -> None:
    """The last day of a date, a year or a text; a value that is no date is refused."""
    for value in ("1994-10", PartialDate(1994, 10)):
        assert date(1994, 10, 31).toordinal() == last_day(value)
    assert date(1994, 10, 1).toordinal() == last_day(date(1994, 10, 1))
    assert date(1994, 12, 31).toordinal() == last_day(1994)
    no_date: Any = [1994]
    with pytest.raises(InvalidQueryError, match=r"^invalid date \[1994\]"):
        last_day(no_date)


def test_a_period_that_ends_before_its_start() -> None:
    """The error shows the two dates; a period within one year is valid."""
    message = r"^invalid period: the start '2015' \(since\) is after the end '2010' \(until\); swap the two dates$"
    for query in (WORLD.partners_of, WORLD.timeline):
        with pytest.raises(InvalidQueryError, match=message) as caught:
            query("Hub", since="2015", until="2010")
        assert ("2015", "2010") == caught.value.query
    assert ["Sister"] == [city.name for city in WORLD.partners_of("Hub", since="1990-12", until=1990)]


def strictly(text: str) -> int | None:
    """The last day of a date, by the readers of records and of the command line; ``None``: it is none."""
    with suppress(fc.InvalidRecordError):
        return PartialDate.parse(text).latest.toordinal()
    with suppress(InvalidQueryError):
        return parse_date(text).latest.toordinal()
    return None


@given(st.dates().map(str) | st.from_regex(r"[0-9]{1,4}[-W0-9]{0,8}", fullmatch=True) | st.text(max_size=10))
@example("2004-W01-1")
@example("20040101")
@example("2004-0101")
@example("2004-02-30")
@example("0000-01-01")
@example("2004-01-0١")
@example("2004/01/01")
def test_the_quick_way_takes_the_dates_that_there_are(text: str) -> None:
    """A text is a day if one of the two readers reads it, and whatever else Python takes for a date is refused."""
    try:
        day: int | None = last_day(text)
    except InvalidQueryError:
        day = None
    assert strictly(text) == day
