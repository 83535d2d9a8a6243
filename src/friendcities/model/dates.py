"""Partial dates and periods."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import total_ordering
from typing import Annotated, Any, ClassVar, Final, NoReturn

from attrs import frozen

from friendcities.errors import InvalidQueryError, InvalidRecordError, Problem
from friendcities.model.format_values import format_value, shorten
from friendcities.model.record import Bounds, Problems, Record, record, short

_GRAMMAR = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_LAST_MONTH, _LAST_DAY = 12, 31
_YEARS = range(1000, 10_000)
_ONE_DAY = timedelta(days=1)


@total_ordering
@frozen(order=False)
class PartialDate:
    """A year, a month or a day: ``1994``, ``1994-10`` or ``1994-10-21`` (EDTF level 0).

    Dates sort in calendar order, and a year comes before its months: ``1985 < 1985-06``.

    Raises:
        InvalidRecordError: If the Gregorian calendar has no such date.

    Example:
        >>> founded = PartialDate.parse("1994-10")
        >>> founded.earliest, founded.latest
        (datetime.date(1994, 10, 1), datetime.date(1994, 10, 31))
        >>> PartialDate(1985) < PartialDate(1985, 6)
        True
        >>> str(founded)
        '1994-10'
    """

    EXPECTED: ClassVar = "a date like '1994', '1994-10' or '1994-10-21'"
    EXPECTED_IN_PYTHON: ClassVar = "a PartialDate, a datetime.date, a year, or text like '1994-10-21'"

    year: int
    """The year, from 1 to 9999."""
    month: int | None = None
    """The month, from 1 to 12; ``None`` if unknown."""
    day: int | None = None
    """The day of the month, from 1; ``None`` if unknown."""

    def __attrs_post_init__(self) -> None:
        parts = (self.year, self.month, self.day)
        known = [part for part in parts if part is not None]
        if self.year is None or not all(type(part) is int for part in known) or (self.month is None and self.day):
            expected, hint = "year, month and day as int", "to read text, call PartialDate.parse"
            raise InvalidRecordError([Problem(message=f"invalid date {short(parts)}", expected=expected, hint=hint)])
        try:
            date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)
        except (ValueError, OverflowError):
            what = f"the date {'-'.join(map(short, known))} does not exist"
            raise InvalidRecordError([Problem(message=what, expected=self.EXPECTED)]) from None

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read ISO 8601 text: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

        Raises:
            InvalidRecordError: If the text has another form, or if the date does not exist.

        Example:
            >>> PartialDate.parse("1994-10-21")
            PartialDate.parse('1994-10-21')
            >>> PartialDate.parse("21 October 1994")
            Traceback (most recent call last):
            friendcities.errors.InvalidRecordError: invalid date '21 October 1994'; expected a date like '1994', \
'1994-10' or '1994-10-21'
        """
        match = _GRAMMAR.fullmatch(text) if isinstance(text, str) else None
        if match is None:
            raise InvalidRecordError([Problem(message=f"invalid date {short(text)}", expected=cls.EXPECTED)])
        year, *rest = match.groups()
        return cls(int(year), *(None if part is None else int(part) for part in rest))

    @classmethod
    def convert(cls, value: Any) -> "PartialDate":
        """Make a partial date from a date, a four-digit year, or ISO 8601 text.

        Raises:
            InvalidRecordError: If the value is invalid, or if the date does not exist.

        Example:
            >>> PartialDate.convert(1994), PartialDate.convert("1994-10")
            (PartialDate.parse('1994'), PartialDate.parse('1994-10'))
        """
        if isinstance(value, PartialDate):
            return value
        if isinstance(value, str):
            return cls.parse(value)
        if isinstance(value, date) and type(value.year) is int:  # the year of pandas.NaT is not a number
            return cls(value.year, value.month, value.day)
        if not isinstance(value, bool | date) and hasattr(value, "__index__") and (year := value.__index__()) in _YEARS:
            return cls(year)
        raise InvalidRecordError([Problem(message=f"invalid date {short(value)}", expected=cls.EXPECTED_IN_PYTHON)])

    @property
    def earliest(self) -> date:
        """The first day that the date can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that the date can mean."""
        month = self.month or _LAST_MONTH
        if self.day is not None or month == _LAST_MONTH:
            return date(self.year, month, self.day or _LAST_DAY)
        return date(self.year, month + 1, 1) - _ONE_DAY

    def includes(self, other: "PartialDate") -> bool:
        """Whether this date includes another date. For example, a year includes its months and days.

        Example:
            >>> PartialDate(1994).includes(PartialDate(1994, 10, 21))
            True
        """
        return self.earliest <= other.earliest and other.latest <= self.latest

    def overlaps(self, other: "PartialDate") -> bool:
        """Whether the two dates can mean the same day.

        Example:
            >>> PartialDate(1979).overlaps(PartialDate(1976))
            False
        """
        return self.earliest <= other.latest and other.earliest <= self.latest

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self.order < other.order

    @property
    def order(self) -> tuple[int, int, int]:
        """The sort key: year, month and day. An unknown part is 0."""
        return (self.year, self.month or 0, self.day or 0)

    def __str__(self) -> str:
        rest = "".join(f"-{part:02}" for part in (self.month, self.day) if part is not None)
        return f"{self.year:04}{rest}"

    def __repr__(self) -> str:
        return f"PartialDate.parse({str(self)!r})"


class PeriodUnit(StrEnum):
    """The length of one sub-period."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"


@record
class RecurringPeriod(Record):
    """Several equal sub-periods, such as three years in a row.

    A reported value is the value of *each* year, not the sum.

    Example:
        >>> RecurringPeriod(number=3, unit=PeriodUnit.YEAR).number
        3
    """

    number: Annotated[int, Bounds(1)]
    """The number of sub-periods."""
    unit: PeriodUnit
    """The length of each sub-period."""

    def _describe(self) -> str:
        return f"{self.number} {self.unit.value}{'' if self.number == 1 else 's'}"


@record
class Period(Record):
    """A period of time. The first and the last day are included.

    Example:
        >>> nine_months = Period(start=PartialDate(2023, 1), end=PartialDate(2023, 9))
        >>> nine_months.end.latest
        datetime.date(2023, 9, 30)
    """

    start: PartialDate | None = None
    """The first day; ``None`` if unknown."""
    end: PartialDate | None = None
    """The last day; ``None`` if unknown, or if the period has not ended."""
    each: RecurringPeriod | None = None
    """The sub-periods, if the source reports a value for each sub-period."""
    wording: str | None = None
    """The period in the words of the source, such as "three consecutive years"."""

    def _check(self, problems: Problems) -> None:
        if self.start is None and self.end is None and self.each is None and self.wording is None:
            problems.add("", "the period is empty", "at least one of 'start', 'end', 'each' and 'wording'")
        check_date_order(problems, self.start, self.end)

    def _describe(self) -> str:
        start, end = self.start, self.end
        if start is not None and end is not None:
            span = str(start) if start == end else f"{start} to {end}"
        elif start is not None:
            span = f"from {start}"
        else:
            span = "" if end is None else f"until {end}"
        each = "" if self.each is None else f"each of {format_value(self.each)}"
        stated = "" if self.wording is None else f"“{shorten(self.wording)}”"
        return ", ".join(filter(None, (each, span, stated)))

    def overlaps(self, other: "Period") -> bool:
        """Whether two periods agree in all parts that are known."""
        if self.each is not None and other.each is not None and self.each != other.each:
            return False
        if _ends_before(self.end, other.start) or _ends_before(other.end, self.start):
            return False
        return all(
            mine is None or theirs is None or mine.overlaps(theirs)
            for mine, theirs in ((self.start, other.start), (self.end, other.end))
        )


def _ends_before(end: PartialDate | None, start: PartialDate | None) -> bool:
    return start is not None and end is not None and end.latest < start.earliest


def check_date_order(problems: Problems, start: PartialDate | None, end: PartialDate | None) -> None:
    """Add a problem if a period ends before it starts."""
    if _ends_before(end, start):
        what = f"the end {end} is before the start {start}"
        problems.add("end", what, "an end on or after the start", rule="date-order")


MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)
_MIN_MONTH_LETTERS: Final = 3
"""The minimum length of an abbreviated month, such as "Oct"."""
_EXPECTED_DATE: Final = "expected a date such as '1994', 'October 1994', '21 October 1994' or '1994-10-21'"
_DATE_FORMS: Final = (
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
"""The patterns of dates, each with the order of the year, the month and the day in the pattern."""
_YEAR_LAST: Final = r"(\d\d?)[-/.](\d\d?)[-/.](\d{4})"
"""The pattern of a date with the year at the end. Day and month may be in any order."""


def parse_date(text: str) -> PartialDate:
    """Parse a year, a month or a day, in words or digits.

    Example:
        >>> [str(parse_date(text)) for text in ("1994", "October 1994", "Oct 21, 1994", "21.10.1994")]
        ['1994', '1994-10', '1994-10-21', '1994-10-21']
        >>> parse_date("03/04/1994")
        Traceback (most recent call last):
        friendcities.errors.InvalidQueryError: '03/04/1994' can mean 3 April 1994 or 4 March 1994; write '3 April \
1994' or '4 March 1994'
    """
    plain = " ".join(text.split())
    match = re.fullmatch(_YEAR_LAST, plain, re.ASCII)
    if match is not None:
        first, second, year = map(int, match.groups())
        return _choose_day(text, [(year, second, first), (year, first, second)])
    for pattern, order in _DATE_FORMS:
        match = re.fullmatch(pattern, plain, re.ASCII | re.IGNORECASE)
        if match is not None:
            parts = dict(zip(order, match.groups(), strict=True))
            month = _parse_month(parts["m"]) if "m" in parts else None
            if "m" in parts and month is None:
                _reject(f"unknown month {parts['m']!r}", text, _EXPECTED_DATE)
            return _choose_day(text, [(int(parts["y"]), month, int(parts["d"]) if "d" in parts else None)])
    return _reject(f"invalid date {short(text)}", text, _EXPECTED_DATE)


def _reject(message: str, text: str, hint: str, candidates: Sequence[PartialDate] = ()) -> NoReturn:
    raise InvalidQueryError(message, text, candidates, hint) from None


def _parse_month(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    if len(text) < _MIN_MONTH_LETTERS:
        return None
    return next((number for number, name in enumerate(MONTHS, 1) if name.startswith(text.lower())), None)


def _choose_day(text: str, readings: list[tuple[int, int | None, int | None]]) -> PartialDate:
    dates = []
    for reading in dict.fromkeys(readings):
        try:
            dates.append(PartialDate(*reading))
        except InvalidRecordError:
            continue
    if len(dates) == 1:
        return dates[0]
    if not dates:
        _reject(f"there is no date {text.strip()!r}", text, _EXPECTED_DATE)
    one, other = (f"{date.day} {MONTHS[(date.month or 1) - 1].title()} {date.year}" for date in dates)
    return _reject(f"{text.strip()!r} can mean {one} or {other}", text, f"write {one!r} or {other!r}", dates)


DateLike = PartialDate | date | str | int
"""An argument for a date: a :class:`PartialDate`, a :class:`datetime.date`, an unambiguous text, or a year."""


def as_date(value: DateLike) -> PartialDate:
    """Convert an argument such as ``on`` to a partial date.

    Raises:
        InvalidQueryError: If the date is invalid or ambiguous.

    Example:
        >>> as_date(1985), as_date("31.12.1985")
        (PartialDate.parse('1985'), PartialDate.parse('1985-12-31'))
    """
    try:
        return PartialDate.convert(value)
    except InvalidRecordError as error:
        if isinstance(value, str):
            try:
                return parse_date(value)
            except InvalidQueryError as unclear:
                if unclear.candidates:
                    raise
        raise InvalidQueryError(str(error), value) from None
