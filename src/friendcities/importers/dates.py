"""Dates as other people write them: by ISO 8601, and in forms that a profile declares."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from friendcities.errors import InvalidRecordError
from friendcities.model import PartialDate

__all__ = ["is_date_format", "read_date"]

_DIRECTIVE: Final = re.compile("(%.|%$)")
_KNOWN: Final = {"%d": "(?P<day>[0-9]{1,2})", "%m": "(?P<month>[0-9]{1,2})", "%Y": "(?P<year>[0-9]{4})"}
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


def read_date(text: str, formats: Sequence[str] = (), months: Sequence[str] = ()) -> PartialDate | None:
    """The date that a text is, as precise as it is written; ``None`` where it is none.

    Args:
        text: The text; ISO 8601 is always read.
        formats: The forms it may have besides, as :func:`is_date_format` knows them, the first that fits first.
        months: The names of the months, the first for January.

    Example:
        >>> read_date("29.5.1986", ["%d.%m.%Y"]), read_date("07/1958", ["%m/%Y"])
        (PartialDate.parse('1986-05-29'), PartialDate.parse('1958-07'))
        >>> read_date("1958-1999") is None
        True
    """
    try:
        return PartialDate.parse(text)
    except InvalidRecordError:
        pass
    for format_ in formats:
        found = _pattern(format_, tuple(months)).fullmatch(text)
        if found is None:
            continue
        told = {part: text for part, text in found.groupdict().items() if text is not None}
        named = (number for number in range(1, len(months) + 1) if f"{_MONTH}{number}" in told)
        month = told.get("month") or next(named, None)
        day = told.get("day")
        try:
            return PartialDate(
                int(told["year"]), None if month is None else int(month), None if day is None else int(day)
            )
        except InvalidRecordError:
            continue
    return None


@cache
def _pattern(format_: str, months: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(enumerate(months, start=1), key=lambda month: -len(month[1]))
    names = "|".join(f"(?P<{_MONTH}{number}>{re.escape(name)})" for number, name in longest_first)
    known = _KNOWN | {_NAMED_MONTH: f"(?:{names})"}
    parts = (known.get(part) or re.escape(part) for part in _DIRECTIVE.split(format_))
    return re.compile("".join(parts).replace(r"\ ", r"\s+"), re.IGNORECASE)
