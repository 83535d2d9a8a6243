"""Plain values to the values that stand for one thing alone: numbers and dates; no coercion, and no doubt."""

import math
import re
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, cast

from friendcities.errors import InvalidRecordError, Problem
from friendcities.model import PartialDate
from friendcities.model.record import MOST_DIGITS, check_of, short

__all__ = ["DECIMAL", "DECIMAL_IN_WORDS", "SCHEMA", "date", "decimal", "number", "refused", "whole"]

SCHEMA: Final = "schema"
"""The rule that is broken where a record says nothing closer: the types and the form of a record."""

_JSON_WORDS: Final = {None: "null", True: "true", False: "false"}


def refused(value: Any, expected: str, mend: str = "") -> InvalidRecordError:
    """The error that says that a value cannot stand where it does."""
    shown = _JSON_WORDS[value] if value is None or type(value) is bool else short(value)
    return InvalidRecordError(
        [Problem(rule=SCHEMA, message=f"{shown} cannot stand here", expected=expected, hint=mend)]
    )


DECIMAL: Final = re.compile(rf"-?(?:0|[1-9][0-9]{{0,{MOST_DIGITS - 1}}})(?:\.[0-9]{{1,{MOST_DIGITS}}})?")
DECIMAL_IN_WORDS: Final = 'a decimal number in quotes, like "4321" or "-0.5"'


def decimal(value: Any) -> Decimal:
    """A decimal number, from text in the one form that it has."""
    if type(value) is not str or not DECIMAL.fullmatch(value):
        raise refused(value, DECIMAL_IN_WORDS)
    return Decimal(value)


def whole(value: Any) -> int:
    """A whole number, also where it is written like 2.0: to JSON the two are one, and so they are to a JSON Schema."""
    number = int(value) if type(value) is float and value.is_integer() else value
    holds, expected = check_of(int)
    if not holds(number):
        raise refused(value, expected)
    return cast("int", number)


def number(value: Any) -> float:
    """A number that is finite."""
    try:
        number = float(value) if type(value) in {int, float} else math.nan
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise refused(value, "a number")
    return number


def date(value: Any) -> PartialDate:
    """A date, from its text."""
    return _parsed(value) if type(value) is str else PartialDate.parse(value)


@lru_cache(maxsize=65536)
def _parsed(text: str) -> PartialDate:
    """A date, the same object for the same text: registers have many facts and few dates."""
    return PartialDate.parse(text)
