"""Reads dates in ISO 8601 and in the formats that a profile declares."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import Final
from unicodedata import decimal, normalize

from importlib_resources import files

from friendcities.errors import InvalidRecordError
from friendcities.model import PartialDate
from friendcities.names.normalize import composed, fold

FIRST_YEAR: Final = 800
"""The first accepted year. The oldest known partnership, of Paderborn and Le Mans, dates from 836."""
_OTHER_CALENDARS: Final[Mapping[str, range]] = {
    "Persian or the Islamic": range(1300, 1450),
    "Buddhist": range(2400, 2700),
    "Hebrew": range(5600, 6000),
}
"""The years of partnerships in other calendars. Without the name of its era, such a year is ambiguous."""
_YEAR: Final = re.compile(r"(?<!\d)\d{4}(?!\d)")
_AFTER_YEAR: Final = re.compile("(?<=^[0-9]{4})(?:[.,]0+| ?[年년])$")
"""The decimals of a year such as 1994.0, or a sign for "year".

Programs such as pandas add the decimals if a column has blank cells."""
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
_TO: Final = re.compile(rf"\s*[-–—~〜～]\s*|\s+(?:{'|'.join(_WORDS['to'])})\s+", re.IGNORECASE)
"""The texts between the start and the end of a period."""
_ERAS: Final[Mapping[str, Sequence[int]]] = _WORDS["eras"]
"""For each era: the Gregorian year of the year 1, and the first and the last year that have the same days."""
_ERA: Final = re.compile(rf"({'|'.join(map(re.escape, _ERAS))})\s*([0-9]{{1,4}}|元)(?=\D|$)\s*年?")
"""A year of an era, such as 平成6年."""


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
    text = _TIME.sub("", _AFTER_YEAR.sub("", _gregorian(_western_digits(text))))
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
    return tuple(dict.fromkeys(date for date in found if date.year >= FIRST_YEAR and not find_calendar(str(date.year))))


def find_calendar(text: str) -> str | None:
    """Return the calendar that a year in the text can belong to, other than the Gregorian calendar.

    Example:
        >>> find_calendar("1372"), find_calendar("2537/01/31"), find_calendar("1994")
        ('Persian or the Islamic', 'Buddhist', None)
    """
    years = [int(year) for year in _YEAR.findall(text)]
    return next((name for name, range_ in _OTHER_CALENDARS.items() if any(year in range_ for year in years)), None)


def _western_digits(text: str) -> str:
    text = normalize("NFKC", text)
    return text if text.isascii() else "".join(str(decimal(each)) if each.isdecimal() else each for each in text)


def _gregorian(text: str) -> str:
    """Convert the year of an era, such as 平成6年 and พ.ศ. 2537, to 1994."""
    match = None if text.isascii() else _ERA.search(text)
    if match is None:
        return text
    first, *same = _ERAS[match[1]]
    year = first - 1 + (1 if match[2] == "元" else int(match[2]))
    is_known = year in range(same[0], same[1] + 1)
    sign = "年" if match[0].endswith("年") else ""
    return f"{text[: match.start()]}{year}{sign}{text[match.end() :]}" if is_known else text


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
        >>> parse_period("–1999")
        ((), (PartialDate.parse('1999'),))
    """
    starts = parse_dates(text, formats, months)
    if starts:
        return starts, ()
    for mark in _TO.finditer(text):
        starts = parse_dates(strip_since(text[: mark.start()]), formats, months)
        rest = text[mark.end() :]
        ends = parse_dates(rest, formats, months)
        if (starts and (ends or is_now(rest))) or (ends and not mark.start()):
            return starts, ends
    return parse_dates(strip_since(text), formats, months), ()


def is_now(text: str) -> bool:
    """Whether a text is the end of a period that goes on, such as "present"; a blank text is one, too.

    Example:
        >>> is_now("heute"), is_now("1994")
        (True, False)
    """
    return fold(text) in _NOW


def is_after(date: PartialDate, as_of: PartialDate | None) -> bool:
    """Whether a date is later than the date of the file, and therefore a plan.

    Example:
        >>> is_after(PartialDate.parse("2030"), PartialDate.parse("2026-01-31"))
        True
        >>> is_after(PartialDate.parse("2026"), PartialDate.parse("2026-01-31"))
        False
    """
    return as_of is not None and date.earliest > as_of.latest


def strip_since(text: str) -> str:
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
