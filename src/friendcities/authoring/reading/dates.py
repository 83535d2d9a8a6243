"""Dates that people type."""

import re
from typing import Final

from friendcities.authoring.reading.refusing import refuse
from friendcities.errors import InvalidRecordError
from friendcities.model import PartialDate
from friendcities.model.record import short

__all__ = ["MONTHS", "read_date"]


MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_LEAST_OF_A_MONTH: Final = 3
"""How many letters of a month's name are enough: "Oct", "Sept"."""
_DATES: Final = "write a date like '1994', 'October 1994', '21 October 1994' or '1994-10-21'"


def read_date(text: str) -> PartialDate:
    """A year, a month or a day, in words or figures.

    Figures that can be read as two different days are refused.

    Raises:
        InvalidQueryError: If it is no date, or may be two.

    Example:
        >>> [str(read_date(each)) for each in ("1994", "October 1994", "21 October 1994", "Oct 21, 1994", "21.10.1994")]
        ['1994', '1994-10', '1994-10-21', '1994-10-21', '1994-10-21']
        >>> read_date("03/04/1994")
        Traceback (most recent call last):
        friendcities.errors.InvalidQueryError: '03/04/1994' may be 3 April 1994 or 4 March 1994; write which, as '3 \
April 1994' or '4 March 1994'
    """
    plain = " ".join(text.split())
    for pattern, order in _FORMS:
        match = pattern.fullmatch(plain)
        if match is not None:
            parts = dict(zip(order, match.groups(), strict=True))
            month = _month(parts["m"]) if "m" in parts else None
            if "m" in parts and month is None:
                refuse(f"{parts['m']!r} is no month; {_DATES}", text)
            return _day(text, int(parts["y"]), month, int(parts["d"]) if "d" in parts else None)
    match = _FIGURES.fullmatch(plain)
    if match is None:
        refuse(f"{short(text)} is no date that can be read; {_DATES}", text)
    first, second, year = (int(part) for part in match.groups())
    return _figures(text, first, second, year)


_FORMS: Final = tuple(
    (re.compile(pattern, re.ASCII | re.IGNORECASE), order)
    for pattern, order in (
        (r"(\d{4})", "y"),
        (r"(\d{4})[-/.](\d\d?)", "ym"),
        (r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)", "ymd"),
        (r"(\d\d?)[/.](\d{4})", "my"),
        (r"([a-z]+)\.?,? (?:of )?(\d{4})", "my"),
        (r"(?:the )?(\d\d?)(?:[snrt][tdh]|\.)? (?:of )?([a-z]+)\.?,? (\d{4})", "dmy"),
        (r"(\d\d?)-([a-z]+)-(\d{4})", "dmy"),
        (r"([a-z]+)\.? (\d\d?)(?:[snrt][tdh])?,? (\d{4})", "mdy"),
        (r"(\d{4})[年년]", "y"),
        (r"(\d{4})[年년] ?(\d\d?)[月월]", "ym"),
        (r"(\d{4})[年년] ?(\d\d?)[月월] ?(\d\d?)[日일号]", "ymd"),
    )
)
_FIGURES: Final = re.compile(r"(\d\d?)[-/.](\d\d?)[-/.](\d{4})", re.ASCII)


def _month(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    wanted = text.lower()
    if len(wanted) < _LEAST_OF_A_MONTH:
        return None
    return next((number for number, name in enumerate(MONTHS, 1) if name.startswith(wanted)), None)


def _day(text: str, year: int, month: int | None, day: int | None) -> PartialDate:
    try:
        return PartialDate(year, month, day)
    except InvalidRecordError:
        refuse(f"there is no day {text.strip()!r} in the calendar; {_DATES}", text)


def _figures(text: str, first: int, second: int, year: int) -> PartialDate:
    """A date of three numbers, the year last: read where only one reading is a day."""
    readings = []
    for day, month in dict.fromkeys([(first, second), (second, first)]):
        try:
            readings.append(PartialDate(year, month, day))
        except InvalidRecordError:
            continue
    if len(readings) == 1:
        return readings[0]
    if not readings:
        refuse(f"there is no day {text.strip()!r} in the calendar; {_DATES}", text)
    one, other = (f"{each.day} {MONTHS[(each.month or 1) - 1].title()} {each.year}" for each in readings)
    return refuse(f"{text.strip()!r} may be {one} or {other}; write which, as {one!r} or {other!r}", text, readings)
