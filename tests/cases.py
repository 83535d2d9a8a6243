"""Tests of a table: one test for all of its rows, which reports every row that fails."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

__all__ = ["for_each_case"]


def failures(check: Callable[..., object], cases: Iterable[Any]) -> list[str]:
    """Call a check with the values of each case.

    Returns:
        A line for each case that fails, with its values and the error. A table without a case is a failure, too.
    """
    values = [case if isinstance(case, tuple) else (case,) for case in cases]
    found = [] if values else ["there is no case"]
    for case in values:
        try:
            check(*case)
        except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - any error is a failure of its case alone
            found.append(f"{case!r:.300}: {type(error).__name__}: {error}")
    return found


def for_each_case(cases: Iterable[Any]) -> Callable[[Callable[..., object]], Callable[[], None]]:
    """Make one test of a function and a table of its arguments, where parametrization would make hundreds.

    Args:
        cases: Tuples of arguments, or single arguments.
    """
    table = list(cases)

    def decorate(check: Callable[..., object]) -> Callable[[], None]:
        def test() -> None:
            if found := failures(check, table):
                pytest.fail("\n".join([f"{len(found)} of {len(table)} cases fail:", *found]), pytrace=False)

        test.__name__, test.__doc__ = check.__name__, check.__doc__  # not `wraps`: pytest would look for its arguments
        return test

    return decorate
