"""Dates as other people write them."""

import pytest

from friendcities.importers.dates import is_date_format, parse_dates
from tests.cases import for_each_case

MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
FORMS = ("%d.%m.%Y", "%m/%Y", "%d. %B %Y", "%B %Y", "(%Y)", "%Y年%m月%d日")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1994", "1994"),
        ("1994-10-21", "1994-10-21"),
        ("１９９４", "1994"),
        ("２９．０５．１９８６", "1986-05-29"),
        ("29.05.1986", "1986-05-29"),
        ("9.5.1986", "1986-05-09"),
        ("07/1958", "1958-07"),
        ("11. Mai 1989", "1989-05-11"),
        ("11.  MÄRZ 1989", "1989-03-11"),
        ("dezember 1989", "1989-12"),
        ("(1958)", "1958"),
        # digits of other scripts
        ("٢٩.٠٥.١٩٨٦", "1986-05-29"),
        ("۱۹۹۴", "1994"),
        ("๑๙๙๔", "1994"),
        ("१९९४", "1994"),
        # a sign for "year", and years of an era
        ("1994年", "1994"),
        ("1994년", "1994"),
        ("平成6年", "1994"),
        ("平成6", "1994"),
        ("昭和 50年", "1975"),
        ("令和元年", "2019"),
        ("民國83年", "1994"),
        ("พ.ศ. 2537", "1994"),
        ("พ.ศ. ๒๕๓๗", "1994"),
        ("昭和50年3月9日", "1975-03-09"),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(text: str, read: str) -> None:
    """In any of the forms declared, and by ISO 8601 always."""
    assert (read,) == tuple(map(str, parse_dates(text, FORMS, MONTHS)))


@for_each_case(
    [
        "1994-10-21 00:00:00",
        "1994-10-21 00:00:00.000",
        "1994-10-21T00:00:00Z",
        "1994-10-21T00:00:00+02:00",
        "1994-10-21T22:30Z",
        "1994-10-21 13:05 UTC",
        "21.10.1994 00:00",
        "21.10.1994, 8:15:00 PM",
    ]
)
def test_a_time_is_left_out(text: str) -> None:
    """The date counts as it is written, in its own time zone."""
    assert ["1994-10-21"] == [str(date) for date in parse_dates(text, FORMS)]


@pytest.mark.parametrize(
    "text",
    [
        "1958-1999",
        "1958-1999 (ruht)",
        "31.02.1986",
        "29.05.86",
        "13/1958",
        "11. May 1989",
        "0.0.0000",
        # an era that had ended, a fiscal year, and an era without the same years
        "平成60年",
        "平成6年度",
        "พ.ศ. 2450",
        # years that can belong to another calendar
        "۱۳۷۲",
        "1372",
        "1415",
        "2537",
        "๒๕๓๗",
        "5755",
        "",
        " 1994",
    ],
)
def test_what_is_no_date(text: str) -> None:
    """Neither a span nor a day that there is not, and no digits or letters but those declared."""
    assert () == parse_dates(text, FORMS, MONTHS)


def test_what_can_be_two_dates_is_not_guessed() -> None:
    """Which of two numbers is the day, nobody can tell, unless only one way makes a date, or both the same."""
    forms = ("%d/%m/%Y", "%m/%d/%Y")

    assert ["1986-05-03", "1986-03-05"] == [str(date) for date in parse_dates("3/5/1986", forms)]
    assert ["1986-05-29"] == [str(date) for date in parse_dates("29/5/1986", forms)]
    assert ["1986-05-05"] == [str(date) for date in parse_dates("5/5/1986", forms)]


def test_digits_that_touch_are_all_there() -> None:
    """Where nothing stands between a day and a month, one digit could belong to either."""
    assert ["1994-02-11"] == [str(date) for date in parse_dates("11021994", ("%d%m%Y",))]
    assert () == parse_dates("1121994", ("%d%m%Y",))
    assert ["1994-10-01"] == [str(date) for date in parse_dates("1 101994", ("%d %m%Y",))]


def test_no_year_is_older_than_the_oldest_tie() -> None:
    """A year of fewer digits that is filled up with zeros is a slip."""
    assert ["0836"] == [str(date) for date in parse_dates("0836")]
    assert () == parse_dates("0086")


def test_letters_and_their_marks_are_one() -> None:
    """However the file and the profile compose them."""
    assert ["1989-03"] == [str(date) for date in parse_dates("Ma\u0308rz 1989", ("%B %Y",), MONTHS)]


@pytest.mark.parametrize("format_", ["%Y", "%m/%Y", "%d.%m.%Y", "%Y%m%d", "%d. %B %Y"])
def test_what_is_a_form(format_: str) -> None:
    """A year, with a month or not, with a day of the month or not."""
    assert is_date_format(format_, MONTHS)


@pytest.mark.parametrize(
    "format_", ["", "DD.MM.YYYY", "%d.%Y", "%m", "%Y %Y", "%m %B %Y", "%x", "%d.%m.%y", "%Y%", "%Y%%"]
)
def test_what_is_no_form(format_: str) -> None:
    """Without a year, with a day of no month, or with anything that is not read."""
    assert not is_date_format(format_, MONTHS)


def test_a_month_by_name_needs_the_names() -> None:
    """Which they are, no language is asked."""
    assert not is_date_format("%B %Y")
