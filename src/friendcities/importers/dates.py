"""Dates as other people write them: by ISO 8601, and in forms that a profile declares."""

import re
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from typing import Final

from friendcities.errors import InvalidRecordError
from friendcities.model import PartialDate
from friendcities.names.normalize import composed

__all__ = ["EARLIEST", "is_date_format", "readings"]

EARLIEST: Final = 800
"""The first year that is read: the oldest tie that anybody dates, of Paderborn and Le Mans, is of 836."""
_DIRECTIVE: Final = re.compile("(%.|%$)")
_KNOWN: Final = {"%d": ("day", 1, 2), "%m": ("month", 1, 2), "%Y": ("year", 4, 4)}
"""What each stands for, and the fewest and the most digits that it has."""
_NAMED_MONTH: Final = "%B"
_MONTH: Final = "month_"
_MONTHS: Final = (frozenset({"%m"}), frozenset({_NAMED_MONTH}))


def is_date_format(format_: str, months: Sequence[str] = ()) -> bool:
    """Whether a form has a year, at most one month and one day, no day without a month, and nothing else to read.

    Args:
        format_: The form: ``%d``, ``%m`` and ``%Y`` are day, month and year in digits, ``%B`` is a month by name.
        months: The names of the months, the first for January; without them no form has names.

    Example:
        >>> is_date_format("%d.%m.%Y"), is_date_format("%d.%Y"), is_date_format("%x")
        (True, False, False)
    """
    used = _DIRECTIVE.findall(format_)
    month = frozenset(used) - {"%d", "%Y"}
    named = _NAMED_MONTH not in used or bool(months)
    return len(used) == len(set(used)) and "%Y" in used and named and (month in _MONTHS or used == ["%Y"])


def readings(text: str, formats: Sequence[str] = (), months: Sequence[str] = ()) -> tuple[PartialDate, ...]:
    """The dates that a text can be, each as precise as it is written: one if it is certain, none if it is no date.

    Args:
        text: The text; ISO 8601 is always read.
        formats: The forms it may have besides, as :func:`is_date_format` knows them. Where two directives touch, the
            digits of each are all there.
        months: The names of the months, the first for January; case does not matter.

    Example:
        >>> readings("29.5.1986", ["%d.%m.%Y"]), readings("07/1958", ["%m/%Y"])
        ((PartialDate.parse('1986-05-29'),), (PartialDate.parse('1958-07'),))
        >>> [str(date) for date in readings("5/6/1986", ["%d/%m/%Y", "%m/%d/%Y"])], readings("1958-1999")
        (['1986-06-05', '1986-05-06'], ())
    """
    text = composed(text)
    found: list[PartialDate] = []
    with suppress(InvalidRecordError):
        found.append(PartialDate.parse(text))
    for format_ in formats:
        match = _pattern(format_, tuple(months)).fullmatch(text)
        if match is not None:
            told = {part: digits for part, digits in match.groupdict().items() if digits is not None}
            named = (number for number in range(1, len(months) + 1) if f"{_MONTH}{number}" in told)
            month, day = told.get("month") or next(named, None), told.get("day")
            with suppress(InvalidRecordError):
                of_day = (None if month is None else int(month), None if day is None else int(day))
                found.append(PartialDate(int(told["year"]), *of_day))
    return tuple(dict.fromkeys(date for date in found if date.year >= EARLIEST))


@cache
def _pattern(format_: str, months: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(enumerate(months, start=1), key=lambda month: -len(month[1]))
    names = "|".join(f"(?P<{_MONTH}{number}>{re.escape(composed(name))})" for number, name in longest_first)
    parts = _DIRECTIVE.split(format_)
    made = []
    for place, part in enumerate(parts):
        if part == _NAMED_MONTH:
            made.append(f"(?:{names})")
        elif part in _KNOWN:
            name, fewest, most = _KNOWN[part]
            touches = (place > 1 and not parts[place - 1]) or (place < len(parts) - 2 and not parts[place + 1])
            made.append(f"(?P<{name}>[0-9]{{{most if touches else fewest},{most}}})")
        else:
            made.append(re.escape(part).replace(r"\ ", r"\s+"))
    return re.compile("".join(made), re.IGNORECASE)
