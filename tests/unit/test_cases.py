"""Tests of a table report every row that fails."""

from collections.abc import Iterable
from typing import Any

import pytest

from tests.cases import for_each_case


def halve(number: int, expected: int) -> None:
    """Compare half of a number with what is expected; only an even number is divided."""
    with pytest.raises(ZeroDivisionError):
        divmod(1, number % 2)
    assert expected == number // 2


def message(cases: Iterable[Any]) -> str:
    """What the test of a table reports, if it fails."""
    with pytest.raises(pytest.fail.Exception) as caught:
        for_each_case(cases)(halve)()
    return str(caught.value)


def test_every_failure_is_reported() -> None:
    """A failed assertion, an expected error that is missing and any other error are failures of their own cases."""
    head, *lines = message([(2, 1), (4, 1), (3, 1), ("", 0), (6, 3)]).splitlines()
    begun = [line for line in lines if line.startswith("(")]

    assert "3 of 5 cases fail:" == head
    assert ["(4, 1): AssertionError", "(3, 1): Failed", "('', 0): TypeError"] == [
        line[: line.index(": ", line.index("): ") + 3)] for line in begun
    ]


def test_a_table_without_cases_fails() -> None:
    """Otherwise a test of a table that is no longer filled would pass."""
    assert message([]).endswith("there is no case")


def test_one_test_is_made_of_a_table() -> None:
    """It passes if every case does, and has the name and the docstring of the function."""
    test = for_each_case([(2, 1), (4, 2)])(halve)

    assert ("halve", halve.__doc__) == (test.__name__, test.__doc__)
    test()


def test_a_case_may_be_one_value() -> None:
    """What is no tuple is the only argument."""
    with pytest.raises(pytest.fail.Exception, match=r"1 of 2 cases fail:\n\('a',\): ValueError"):
        for_each_case(["1", "a"])(int)()
