"""Dates as other people write them."""

import pytest

from friendcities.importers.dates import is_date_format, read_date

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
FORMS = ("%d.%m.%Y", "%m/%Y", "%d. %B %Y", "%B %Y", "(%Y)")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1994", "1994"),
        ("1994-10-21", "1994-10-21"),
        ("29.05.1986", "1986-05-29"),
        ("9.5.1986", "1986-05-09"),
        ("07/1958", "1958-07"),
        ("11. Mai 1989", "1989-05-11"),
        ("11.  MÄRZ 1989", "1989-03-11"),
        ("dezember 1989", "1989-12"),
        ("(1958)", "1958"),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(text: str, read: str) -> None:
    """In any of the forms declared, and by ISO 8601 always."""
    assert read == str(read_date(text, FORMS, MONTHS))


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
        "٢٩.٠٥.١٩٨٦",
        "",
        " 1994",
    ],
)
def test_what_is_no_date(text: str) -> None:
    """Neither a span nor a day that there is not, and no digits or letters but those declared."""
    assert read_date(text, FORMS, MONTHS) is None


def test_the_first_form_that_fits_is_taken() -> None:
    """Which of two numbers is the day, the order of the forms says; one that makes no date leaves it to the next."""
    assert "1986-05-03" == str(read_date("3/5/1986", ("%d/%m/%Y", "%m/%d/%Y")))
    assert "1986-03-05" == str(read_date("3/5/1986", ("%m/%d/%Y", "%d/%m/%Y")))
    assert "1986-05-29" == str(read_date("29/5/1986", ("%m/%d/%Y", "%d/%m/%Y")))


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
