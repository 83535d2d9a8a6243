"""Reads dates in ISO 8601 and in the formats that a profile declares."""

import re
import tomllib
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from typing import Final
from unicodedata import normalize

from importlib_resources import files

from friendcities.errors import InvalidRecordError
from friendcities.model import PartialDate
from friendcities.names.normalize import composed, fold

FIRST_YEAR: Final = 800
"""The first accepted year. The oldest known partnership, of Paderborn and Le Mans, dates from 836."""
_WHOLE_YEAR: Final = re.compile("(?<=^[0-9]{4})[.,]0+$")
"""The decimals of a year such as 1994.0. Programs such as pandas add them if a column has blank cells."""
_TIME: Final = re.compile(
    r"(?<=[0-9])(?:T|,?\s+)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    r"(?:\s*[AP]M)?(?:\s*(?:Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?))?$",
    re.IGNORECASE,
)
"""A time after a date, with an optional time zone."""
_DIRECTIVE: Final = re.compile("(%.|%$)")
_DATE_PARTS: Final = {"%d": ("day", 1, 2), "%m": ("month", 1, 2), "%Y": ("year", 4, 4)}
"""For each directive: the part of the date that it means, and the minimum and maximum number of digits."""
_COMBINATIONS: Final = (["%Y"], ["%Y", "%m"], ["%Y", "%d", "%m"], ["%B", "%Y"], ["%B", "%Y", "%d"])
"""The valid combinations of directives; each combination is sorted."""
_WORDS: Final = tomllib.loads(files("friendcities.importers").joinpath("words.toml").read_text("utf-8"))["dates"]
_SINCE: Final = frozenset(_WORDS["since"])
_NOW: Final = frozenset(_WORDS["now"]) | {""}
_TO: Final = re.compile(rf"\s*[-–—]\s*|\s+(?:{'|'.join(_WORDS['to'])})\s+", re.IGNORECASE)
"""The texts between the start and the end of a period."""


def is_date_format(format_: str, months: Sequence[str] = ()) -> bool:
    """Whether a date format is valid, such as ``%Y``, ``%m/%Y`` or ``%d.%m.%Y``.

    ``%B`` is the name of a month, and requires a list of month names.

    Example:
        >>> is_date_format("%d.%m.%Y"), is_date_format("%d.%Y"), is_date_format("%x")
        (True, False, False)
    """
    used = sorted(_DIRECTIVE.findall(format_))
    return used in _COMBINATIONS and ("%B" not in used or bool(months))


def parse_dates(text: str, formats: Sequence[str] = (), months: Sequence[str] = ()) -> tuple[PartialDate, ...]:
    """Return all dates that a text can mean: several if the text is ambiguous.

    ISO 8601 is always accepted, with or without a time. Dates without separators need leading zeros. For other formats,
    see :func:`is_date_format`.

    Example:
        >>> parse_dates("29.5.1986", ["%d.%m.%Y"]), parse_dates("07/1958", ["%m/%Y"])
        ((PartialDate.parse('1986-05-29'),), (PartialDate.parse('1958-07'),))
        >>> [str(date) for date in parse_dates("5/6/1986", ["%d/%m/%Y", "%m/%d/%Y"])], parse_dates("1958-1999")
        (['1986-06-05', '1986-05-06'], ())
        >>> [str(date) for date in parse_dates("1994-10-21T00:00:00+02:00")]
        ['1994-10-21']
    """
    text = _TIME.sub("", _WHOLE_YEAR.sub("", normalize("NFKC", text)))
    found: list[PartialDate] = []
    with suppress(InvalidRecordError):
        found.append(PartialDate.parse(text))
    for format_ in formats:
        match = _pattern(format_, tuple(months)).fullmatch(text)
        if match is not None:
            parts = {part: digits for part, digits in match.groupdict().items() if digits is not None}
            named = (number for number in range(1, len(months) + 1) if f"month_{number}" in parts)
            month = int(parts["month"]) if "month" in parts else next(named, None)
            with suppress(InvalidRecordError):
                found.append(PartialDate(int(parts["year"]), month, int(parts["day"]) if "day" in parts else None))
    return tuple(dict.fromkeys(date for date in found if date.year >= FIRST_YEAR))


def parse_period(
    text: str, formats: Sequence[str] = (), months: Sequence[str] = ()
) -> tuple[tuple[PartialDate, ...], tuple[PartialDate, ...]]:
    """Return all starts and all ends that a date or a period can mean.

    Example:
        >>> starts, ends = parse_period("1958–1999")
        >>> str(*starts), str(*ends)
        ('1958', '1999')
        >>> parse_period("1994–") == parse_period("since 1994") == parse_period("1994")
        True
    """
    starts = parse_dates(text, formats, months)
    if starts:
        return starts, ()
    for mark in _TO.finditer(text):
        starts = parse_dates(_strip_since(text[: mark.start()]), formats, months)
        rest = text[mark.end() :]
        ends = parse_dates(rest, formats, months)
        if starts and (ends or fold(rest) in _NOW):
            return starts, ends
    return parse_dates(_strip_since(text), formats, months), ()


def is_after(date: PartialDate, as_of: PartialDate | None) -> bool:
    """Whether a date is later than the date of the file, and therefore a plan.

    Example:
        >>> is_after(PartialDate.parse("2030"), PartialDate.parse("2026-01-31"))
        True
        >>> is_after(PartialDate.parse("2026"), PartialDate.parse("2026-01-31"))
        False
    """
    return as_of is not None and date.earliest > as_of.latest


def _strip_since(text: str) -> str:
    """Remove words such as "since" and "since the year" at both ends."""
    words = text.split()
    while words and fold(words[0]) in _SINCE:
        del words[0]
    while words and fold(words[-1]) in _SINCE:
        del words[-1]
    return " ".join(words)


@cache
def _pattern(format_: str, months: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(enumerate(months, start=1), key=lambda month: -len(month[1]))
    names = "|".join(f"(?P<month_{number}>{re.escape(composed(name))})" for number, name in longest_first)
    parts = _DIRECTIVE.split(format_)
    pattern = []
    for place, part in enumerate(parts):
        if part == "%B":
            pattern.append(f"(?:{names})")
        elif part in _DATE_PARTS:
            name, fewest, most = _DATE_PARTS[part]
            touches = (place > 1 and not parts[place - 1]) or (place < len(parts) - 2 and not parts[place + 1])
            pattern.append(f"(?P<{name}>[0-9]{{{most if touches else fewest},{most}}})")
        else:
            pattern.append(re.escape(part).replace(r"\ ", r"\s+"))
    return re.compile("".join(pattern), re.IGNORECASE)
