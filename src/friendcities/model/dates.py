"""Dates as sources give them: a year, a month or a day; and spans of time whose ends may be unknown."""

import re
from datetime import date, timedelta
from enum import StrEnum
from functools import total_ordering
from typing import Annotated, ClassVar

from attrs import frozen

from friendcities.errors import InvalidQueryError, InvalidRecordError, Problem
from friendcities.model.record import Bounds, Problems, Record, record, short
from friendcities.model.value_text import format_value, shorten

_GRAMMAR = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_LAST_MONTH, _LAST_DAY = 12, 31
_ONE_DAY = timedelta(days=1)


@total_ordering
@frozen(order=False)
class PartialDate:
    """A year, a month or a day: a date at the precision at which it is known (EDTF level 0, ISO 8601 text).

    Order is that of the calendar, a coarser date before the finer ones that lie in it: ``1985 < 1985-06 < 1986``.
    To compare the days that dates may stand for, use :attr:`earliest`, :attr:`latest` or :meth:`includes`.

    Raises:
        InvalidRecordError: If there is no such day in the (proleptic Gregorian) calendar.

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

    year: int
    """The year, from 1 to 9999."""
    month: int | None = None
    """The month, from 1 to 12; ``None``: not known."""
    day: int | None = None
    """The day of the month, from 1; ``None``: not known."""

    def __attrs_post_init__(self) -> None:
        parts = (self.year, self.month, self.day)
        known = [part for part in parts if part is not None]
        if self.year is None or not all(type(part) is int for part in known) or (self.month is None and self.day):
            raise InvalidRecordError([Problem(message=f"{short(parts)} is no date", expected=self.EXPECTED)])
        try:
            date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)
        except (ValueError, OverflowError):
            what = f"there is no day {'-'.join(map(short, known))}"
            raise InvalidRecordError([Problem(message=what, expected=self.EXPECTED)]) from None

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read ISO 8601 text: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; nothing else is taken.

        Raises:
            InvalidRecordError: If the text is anything else, or there is no such day.

        Example:
            >>> PartialDate.parse("1994-10-21")
            PartialDate.parse('1994-10-21')
            >>> PartialDate.parse("21 October 1994")
            Traceback (most recent call last):
            friendcities.errors.InvalidRecordError: '21 October 1994' is no date; expected a date like '1994', \
'1994-10' or '1994-10-21'
        """
        match = _GRAMMAR.fullmatch(text) if isinstance(text, str) else None
        if match is None:
            raise InvalidRecordError([Problem(message=f"{short(text)} is no date", expected=cls.EXPECTED)])
        return cls(*(None if part is None else int(part) for part in match.groups()))  # type: ignore[arg-type]

    @property
    def earliest(self) -> date:
        """The first day it can stand for."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day it can stand for."""
        month = self.month or _LAST_MONTH
        if self.day is not None or month == _LAST_MONTH:
            return date(self.year, month, self.day or _LAST_DAY)
        return date(self.year, month + 1, 1) - _ONE_DAY

    def includes(self, other: "PartialDate") -> bool:
        """Whether every day the other can stand for is one that this can stand for.

        Example:
            >>> PartialDate(1994).includes(PartialDate(1994, 10, 21))
            True
        """
        return self.earliest <= other.earliest and other.latest <= self.latest

    def overlaps(self, other: "PartialDate") -> bool:
        """Whether the two can stand for the same day: two dates that do not overlap contradict each other.

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
        """Its place in the calendar, as numbers: what is not known counts as 0."""
        return (self.year, self.month or 0, self.day or 0)

    def __str__(self) -> str:
        rest = "".join(f"-{part:02}" for part in (self.month, self.day) if part is not None)
        return f"{self.year:04}{rest}"

    def __repr__(self) -> str:
        return f"PartialDate.parse({str(self)!r})"


class PeriodUnit(StrEnum):
    """The length of a sub-period."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"


@record
class RecurringPeriod(Record):
    """Says that a value holds for *each* of several consecutive sub-periods, not for their sum.

    Example:
        >>> RecurringPeriod(number=3, unit=PeriodUnit.YEAR).number
        3
    """

    number: Annotated[int, Bounds(1)]
    """How many sub-periods."""
    unit: PeriodUnit
    """How long each is."""

    def _describe(self) -> str:
        return f"{self.number} {self.unit.value}{'' if self.number == 1 else 's'}"


@record
class Period(Record):
    """A span of time, its first and last day included; an end that no source gives is ``None``.

    Example:
        >>> nine_months = Period(start=PartialDate(2023, 1), end=PartialDate(2023, 9))
        >>> nine_months.end.latest
        datetime.date(2023, 9, 30)
    """

    start: PartialDate | None = None
    """From when; ``None``: not known."""
    end: PartialDate | None = None
    """Until when; ``None``: not known, or not over."""
    each: RecurringPeriod | None = None
    """Set where the value holds for each of several sub-periods."""
    wording: str | None = None
    """The span as the source puts it, in its few words: "three consecutive years"."""

    def _check(self, problems: Problems) -> None:
        if self.start is None and self.end is None and self.each is None and self.wording is None:
            problems.add("", "a period that says nothing", "a start, an end, or the span as stated")
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
        """Whether both can describe the same span: nothing known of one contradicts what is known of the other."""
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
    """Add a problem if a span of time ends before it starts."""
    if _ends_before(end, start):
        what = f"{end} lies before the start, {start}"
        problems.add("end", what, "an end that is not before the start", rule="date-order")


DateLike = PartialDate | date | str
"""What a question takes for a date: a :class:`PartialDate`, a :class:`datetime.date`, or ISO 8601 text."""


def as_date(value: DateLike) -> PartialDate:
    """A date of a question, as :class:`PartialDate`.

    Raises:
        InvalidQueryError: If it is none.
    """
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, date):
        return PartialDate(value.year, value.month, value.day)
    try:
        return PartialDate.parse(value)
    except InvalidRecordError as error:
        message = f"cannot ask about the date {short(value)}: {error}"
        raise InvalidQueryError(message, value) from None
