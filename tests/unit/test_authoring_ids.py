"""Ids are proposed by their grammar, and are free."""

import pytest

from friendcities import PartialDate, Period
from friendcities.authoring import ids


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Porto", "porto"),
        ("São Tomé", "sao-tome"),
        ("Xi'an", "xian"),
        ("No. 5 (old)", "no-5-old"),
        ("上海", ""),
        ("a" * 80, "a" * 60),
        ("many words " * 20, "many-words-" * 5 + "many"),
    ],
)
def test_names_become_parts_of_ids(text: str, expected: str) -> None:
    """Folded to ASCII, and cut at a word where it is long."""
    assert expected == ids.make_words(text)


def test_a_city_takes_its_subdivision_where_its_id_is_taken() -> None:
    """The second place of a name has its subdivision in its id; the third is for people to name."""
    assert "us-springfield" == ids.make_id_in_country("Springfield", "US", (), "US-IL")
    assert "us-il-springfield" == ids.make_id_in_country("Springfield", "US", {"us-springfield"}, "US-IL")
    assert ids.make_id_in_country("Springfield", "US", {"us-springfield"}) is None
    assert ids.make_id_in_country("Springfield", "US", {"us-springfield", "us-il-springfield"}, "US-IL") is None
    assert ids.make_id_in_country("上海", "CN", ()) is None


def test_a_person_goes_by_country_and_name() -> None:
    """Whose name has no Latin letters, or is taken, is for people to name."""
    assert "nz-jules-radich" == ids.make_id_in_country("Jules Radich", "NZ", ())
    assert ids.make_id_in_country("Jules Radich", "NZ", {"nz-jules-radich"}) is None
    assert ids.make_id_in_country("华源", "CN", ()) is None


@pytest.mark.parametrize(
    ("publisher", "address", "expected"),
    [
        ("SHINE (Shanghai Daily)", None, "shine-2023-12-02"),
        ("The Government of Porto", None, "government-porto-2023-12-02"),
        ("The The", None, "the-the-2023-12-02"),
        ("东方网", "https://www.eastday.example/a", "eastday-example-2023-12-02"),
        ("东方网", None, None),
        ("东方网", "https://", None),
    ],
)
def test_a_source_goes_by_who_and_when(publisher: str, address: str | None, expected: str | None) -> None:
    """By the publisher's name without small words; by the host where that has no Latin letters."""
    assert expected == ids.make_source_id(publisher, address, PartialDate(2023, 12, 2), ())


def test_a_number_tells_apart_what_is_called_the_same() -> None:
    """The second of a name gets a 2, and no number is used twice."""
    assert "a-2023" == ids.join_id(["a", "", "2023"], ())
    assert "a-3" == ids.join_id(["a"], {"a", "a-2"})


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, ""),
        ("2023", None, "2023"),
        (None, "2023-05", "2023-05"),
        ("2023", "2023", "2023"),
        ("2021", "2023", "2021-2023"),
        ("2023-01", "2023-09", "2023-q1-q3"),
        ("2023-04", "2023-06", "2023-q2"),
        ("2023-02", "2023-09", "2023-02-2023-09"),
        ("2023-01-01", "2023-03-31", "2023-01-01-2023-03-31"),
        ("2023-04", "2023-04", "2023-04"),
    ],
)
def test_periods_are_told_in_short(start: str | None, end: str | None, expected: str) -> None:
    """By years, by quarters where they are whole, or by their ends."""
    ends = [None if text is None else PartialDate.parse(text) for text in (start, end)]

    assert expected == ids.format_period(Period(start=ends[0], end=ends[1], wording="then"))
