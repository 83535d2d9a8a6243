"""Dates at the precision at which they are known, and spans of time."""

import copy
import pickle
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest
from attrs.exceptions import FrozenInstanceError

from friendcities import (
    DateLike,
    InvalidQueryError,
    InvalidRecordError,
    PartialDate,
    Period,
    PeriodUnit,
    RecurringPeriod,
)
from friendcities.model import as_date
from tests.cases import for_each_case

D = PartialDate.parse
THREE_YEARS = RecurringPeriod(number=3, unit=PeriodUnit.YEAR)


@pytest.mark.parametrize("text", ["0001", "1994", "1994-10", "1994-10-21", "2000-02-29", "9999-12-31"])
def test_text_comes_back(text: str) -> None:
    """ISO 8601 text to date to text is the same text; the repr is the way to make it again."""
    assert text == str(D(text))
    assert f"PartialDate.parse({text!r})" == repr(D(text))
    assert D(text) == pickle.loads(pickle.dumps(D(text))) == copy.deepcopy(D(text))  # noqa: S301 - our own


@for_each_case(
    [
        "",
        "94",
        "19940",
        "1994-1",
        "1994-10-1",
        "1994/10",
        " 1994",
        "1994 ",
        "1994\n",
        "-1994",
        "1994-",
        "1994-10-21T00",
        "19941021",
        "1994-W42",
        "1994-294",
        "１９９４",
        "٢٠٢٣",
        "abc",
        None,
        True,
        1994,
        12.9,
        [],
        {},
        b"1994",
    ]
)
def test_what_is_no_date_is_refused(text: Any) -> None:
    """One form is taken and nothing is guessed: the error shows what was found and what was expected."""
    with pytest.raises(InvalidRecordError) as caught:
        D(text)
    (problem,) = caught.value.problems
    assert f"invalid date {text!r}" == problem.message
    assert PartialDate.EXPECTED == problem.expected == "a date like '1994', '1994-10' or '1994-10-21'"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("0000", "0"),
        ("1994-00", "1994-0"),
        ("1994-13", "1994-13"),
        ("1994-10-00", "1994-10-0"),
        ("1994-10-32", "1994-10-32"),
        ("1994-02-29", "1994-2-29"),
        ("1900-02-29", "1900-2-29"),
    ],
)
def test_a_day_that_is_not_in_the_calendar_is_refused(text: str, shown: str) -> None:
    """Text with the form of a date that does not exist is rejected."""
    with pytest.raises(InvalidRecordError, match=f"^the date {shown} does not exist; expected a date"):
        D(text)


@pytest.mark.parametrize(
    "parts",
    [
        (None,),
        (True,),
        ("1994",),
        (1994.0,),
        (1994, None, 21),
        (1994, None, 0),
        (1994, "10"),
        (1994, 10, False),
        (10**5000,),
        (10**10,),
        (-1,),
    ],
    ids=[
        "nothing",
        "true",
        "text",
        "float",
        "day without month",
        "day 0 without month",
        "month as text",
        "day as bool",
        "thousands of digits",
        "too late",
        "too early",
    ],
)
def test_only_numbers_make_a_date(parts: tuple[Any, ...]) -> None:
    """A date made by hand is checked like one that is read."""
    with pytest.raises(InvalidRecordError):
        PartialDate(*parts)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1994", date(1994, 1, 1), date(1994, 12, 31)),
        ("1994-02", date(1994, 2, 1), date(1994, 2, 28)),
        ("2000-02", date(2000, 2, 1), date(2000, 2, 29)),
        ("1994-10-21", date(1994, 10, 21), date(1994, 10, 21)),
    ],
)
def test_the_days_that_a_date_may_stand_for(text: str, earliest: date, latest: date) -> None:
    """A coarse date is known by its first and its last day."""
    assert (earliest, latest) == (D(text).earliest, D(text).latest)


def test_the_order_is_that_of_the_calendar() -> None:
    """A coarser date stands before the finer ones in it: that is order, not "within"."""
    texts = ["1985", "1985-06", "1985-06-01", "1985-06-02", "1985-07", "1986"]
    assert [D(text) for text in texts] == sorted(D(text) for text in reversed(texts))
    assert D("1985") < D("1985-06") <= D("1985-06") < D("1986")
    assert D("1986") > D("1985-06") >= D("1985")
    assert D("1985") != D("1985-01")
    assert 1 == len({D("1985"), PartialDate(1985)})


def test_a_date_is_not_ordered_with_anything_else() -> None:
    """Neither text nor a day of the standard library is compared: which of its days would be meant?"""
    other: Any = "1985"
    with pytest.raises(TypeError):
        assert D("1985") < other
    assert D("1985") != other


@pytest.mark.parametrize(
    ("one", "other", "includes", "overlaps"),
    [
        ("1994", "1994-10-21", True, True),
        ("1994-10-21", "1994", False, True),
        ("1994", "1994", True, True),
        ("1994", "1995", False, False),
        ("1994-10", "1994-11", False, False),
        ("1994-12-31", "1994", False, True),
        ("1994", "1994-12-31", True, True),
        ("1994", "1994-01-01", True, True),
        ("1995-01-01", "1994", False, False),
    ],
)
def test_inclusion_and_overlap(one: str, other: str, *, includes: bool, overlaps: bool) -> None:
    """A date includes those that lie in it; two that share no day contradict each other, whichever is asked."""
    assert includes is D(one).includes(D(other))
    assert overlaps is D(one).overlaps(D(other))
    assert overlaps is D(other).overlaps(D(one))


def test_a_date_cannot_be_changed() -> None:
    """A date is a value: frozen, and without room for more."""
    day: Any = D("1994")
    with pytest.raises(FrozenInstanceError):
        day.year = 1995
    assert not hasattr(day, "__dict__")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (PartialDate(1994), "1994"),
        (date(1994, 10, 21), "1994-10-21"),
        (datetime(1994, 10, 21, 23, 59, tzinfo=UTC), "1994-10-21"),
        ("1994-10", "1994-10"),
        (1994, "1994"),
        (np.int64(1994), "1994"),
        (pd.Timestamp(1994, 10, 21, 12), "1994-10-21"),
        ("31.12.1985", "1985-12-31"),
        ("12/31/1985", "1985-12-31"),
        ("3.3.1985", "1985-03-03"),
        ("October 1994", "1994-10"),
        ("1994/10", "1994-10"),
    ],
    ids=[
        *("partial", "date", "datetime", "text", "year", "year of numpy", "timestamp of pandas"),
        *("day first", "month first", "equal day and month", "month in words", "slashes"),
    ],
)
def test_what_a_question_takes_for_a_date(value: DateLike, text: str) -> None:
    """A date of ours, a day of the standard library, a text with one meaning, or a year."""
    assert D(text) == as_date(value)


def test_a_question_about_one_of_two_dates_is_refused() -> None:
    """The error names both, as that of the command line does."""
    with pytest.raises(
        InvalidQueryError, match=r"^'3\.4\.1985' can mean 3 April 1985 or 4 March 1985; write "
    ) as caught:
        as_date("3.4.1985")
    assert (D("1985-04-03"), D("1985-03-04")) == caught.value.candidates


@pytest.mark.parametrize(
    "value", ["", "yesterday", "1994-13", None, 94, 19941021, True, 1994.0, pd.NaT, float("nan")], ids=repr
)
def test_a_question_about_no_date_is_refused_as_a_question(value: Any) -> None:
    """The error is one of the query, carries it, and says what would have been taken."""
    with pytest.raises(InvalidQueryError, match=r"date .*; expected a (date like '1994'|PartialDate)") as caught:
        as_date(value)
    assert value is caught.value.query


@pytest.mark.parametrize(
    "fields",
    [
        {"start": D("2023")},
        {"end": D("2023")},
        {"each": RecurringPeriod(number=3, unit=PeriodUnit.YEAR)},
        {"wording": "three consecutive years"},
        {"start": D("2023-12"), "end": D("2023")},
        {"start": D("2023"), "end": D("2023")},
    ],
    ids=str,
)
def test_a_period_says_something_and_does_not_end_before_it_starts(fields: dict[str, Any]) -> None:
    """One known end is enough, or the span as stated; a coarse end may lie around the start."""
    period = Period(**fields)
    assert fields == {name: getattr(period, name) for name in fields}


def test_a_period_that_says_nothing_is_refused() -> None:
    """An empty period is none."""
    with pytest.raises(InvalidRecordError, match=r"^the period is empty; expected at least one of 'start'"):
        Period()


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    """The problem is that of the end, and shows both."""
    with pytest.raises(InvalidRecordError, match=r"^end: the end 2022 is before the start 2023-01; expected an end"):
        Period(start=D("2023-01"), end=D("2022"))


@pytest.mark.parametrize("number", [0, -1])
def test_a_value_holds_for_each_of_at_least_one(number: int) -> None:
    """There is no value of each of nought years."""
    with pytest.raises(InvalidRecordError, match=f"^number: {number} is out of range; expected 1 or more$"):
        RecurringPeriod(number=number, unit=PeriodUnit.YEAR)
    assert 1 == RecurringPeriod(number=1, unit=PeriodUnit.YEAR).number


@pytest.mark.parametrize(
    ("one", "other", "overlaps"),
    [
        ({"start": D("2023")}, {"start": D("2023-06")}, True),
        ({"start": D("2023")}, {"start": D("2024")}, False),
        ({"start": D("2023")}, {"end": D("2022")}, False),
        ({"start": D("2020")}, {"end": D("2010")}, False),
        ({"start": D("2020")}, {"end": D("2020-06")}, True),
        ({"start": D("2010")}, {"end": D("2020")}, True),
        ({"each": THREE_YEARS}, {"each": RecurringPeriod(number=2, unit=PeriodUnit.YEAR)}, False),
        ({"each": THREE_YEARS}, {"each": RecurringPeriod(number=3, unit=PeriodUnit.MONTH)}, False),
        ({"each": THREE_YEARS}, {"each": THREE_YEARS, "start": D("2020")}, True),
        ({"each": THREE_YEARS}, {"start": D("2020")}, True),
        ({"start": D("2022"), "end": D("2023")}, {"start": D("2022"), "end": D("2024")}, False),
        ({"start": D("2022"), "end": D("2023")}, {"start": D("2022-01"), "end": D("2023-12")}, True),
        ({"wording": "a year"}, {"start": D("2022")}, True),
    ],
    ids=str,
)
def test_periods_contradict_each_other_by_a_known_end(
    one: dict[str, Any], other: dict[str, Any], *, overlaps: bool
) -> None:
    """What one leaves open contradicts nothing; a span that begins after the other has ended does."""
    assert overlaps is Period(**one).overlaps(Period(**other))
    assert overlaps is Period(**other).overlaps(Period(**one))


@pytest.mark.parametrize(
    "value", ["x" * 10**6, b"x" * 10**6, 10**5000, ["x" * 10**6] * 1000], ids=lambda v: type(v).__name__
)
def test_a_huge_value_that_is_no_date_is_refused_in_few_words(value: Any) -> None:
    """The message shows the beginning of what was asked, the error carries all of it."""
    with pytest.raises(InvalidQueryError, match=r"^invalid date .*; expected a ") as caught:
        as_date(value)
    assert 500 > len(str(caught.value))
    assert value is caught.value.query
