"""Values that records and questions accept in more than one form, and the errors of values with no meaning."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest

import friendcities as fc
from friendcities.errors import InvalidQueryError, InvalidRecordError
from tests.cases import for_each_case
from tests.worlds import a_city, a_dataset, a_step, a_tie

WORLD = a_dataset(
    [
        a_city("fr-lyon", level=fc.Level.TOWN),
        a_city("de-ulm", level=fc.Level.TOWN),
        a_tie("de-ulm", "fr-lyon", a_step("1980")),
    ],
    {},
)


@for_each_case([*fc.Level, *(level.value for level in fc.Level)])
def test_a_level_is_a_member_or_its_value(level: Any) -> None:
    """Both make the same city."""
    assert fc.Level(level) is fc.City(id=fc.CityId("nz-a"), name="A", country="NZ", level=level).level


@for_each_case(["Town", "twon", "", 5, None])
def test_another_level_is_an_error_with_the_allowed_values(level: Any) -> None:
    """A level is written as in the data."""
    with pytest.raises(InvalidRecordError, match=r"^level: invalid value .*; expected a Level, or one of .*'town'"):
        fc.City(id=fc.CityId("nz-a"), name="A", country="NZ", level=level)


@for_each_case(["1994", 1994, fc.PartialDate(1994)])
def test_the_date_of_a_step_has_several_forms(date: Any) -> None:
    """A text, a number or a date of the package means the same year."""
    step = fc.Step(date=date, action=fc.StepAction.ESTABLISHED, kind=fc.PartnershipKind.SISTER_CITY)

    assert fc.PartialDate(1994) == step.date


@for_each_case([dt.date(1994, 10, 21), "1994-10-21"])
def test_the_date_of_a_step_can_be_a_day(date: Any) -> None:
    """A date of Python is a day."""
    step = fc.Step(date=date, action=fc.StepAction.ESTABLISHED, kind=fc.PartnershipKind.SISTER_CITY)

    assert fc.PartialDate(1994, 10, 21) == step.date


@for_each_case(["foo", "1994-13", 19, True, pd.NaT])
def test_another_date_of_a_step_is_an_error_that_names_the_types(date: Any) -> None:
    """The error names what to pass."""
    with pytest.raises(InvalidRecordError, match=r"^date: .*; expected a "):
        fc.Step(date=date, action=fc.StepAction.ESTABLISHED, kind=fc.PartnershipKind.SISTER_CITY)


@for_each_case(
    [1985, "1985", "31.12.1985", fc.PartialDate(1985), dt.date(1985, 12, 31), pd.Timestamp("1985-12-31 12:00")]
)
def test_a_past_date_in_a_question_has_several_forms(on: Any) -> None:
    """All of them ask for the end of 1985."""
    assert ["de-ulm"] == [city.id for city in WORLD.partners_of("Lyon", on=on)]


@for_each_case([pd.NaT, pd.NA, float("nan"), 1985.0, "NaT", "", True, 99999, "1985-13"])
def test_another_date_in_a_question_is_an_invalid_query(on: Any) -> None:
    """Missing values of pandas are no dates, and never an error of records."""
    with pytest.raises(InvalidQueryError, match=r"; expected a "):
        WORLD.partners_of("Lyon", on=on)


@for_each_case(["town", fc.Level.TOWN, ["town", "county"]])
def test_a_level_in_a_question_is_a_member_or_its_value(level: Any) -> None:
    """One level or several."""
    assert 1 == len(WORLD.partners_of("Lyon", level=level))
