"""Proposes ids by their grammar: free ones, and none that a record once had."""

import re
from collections.abc import Container
from typing import Final
from urllib.parse import urlsplit

from friendcities.model import PartialDate, Period
from friendcities.names.normalize import fold

__all__ = ["city_id", "joined_id", "person_id", "slug", "source_id", "span"]

_NOT_ASCII: Final = re.compile("[^a-z0-9]+")
_LONGEST: Final = 60
"""How long a proposal may be: shorter than an id may be, so that there is room for a date or a number."""
_MANY: Final = 1000
_SMALL_WORDS: Final = frozenset({"a", "an", "and", "by", "de", "for", "in", "of", "on", "the", "to"})


def slug(text: str) -> str:
    """Text as groups of lower-case letters and digits; empty where it has no Latin letters and no digits.

    Example:
        >>> slug("São Tomé"), slug("Xi'an"), slug("上海")
        ('sao-tome', 'xian', '')
    """
    words = _NOT_ASCII.sub(" ", fold(text)).split()
    kept = words[:1]
    for word in words[1:]:
        if len("-".join(kept)) + len(word) >= _LONGEST:
            break
        kept.append(word)
    return "-".join(kept)[:_LONGEST]


def city_id(name: str, country: str, subdivision: str | None, taken: Container[str]) -> str | None:
    """An id for a city; with its subdivision where another place has the plain one; ``None`` where neither is free.

    Example:
        >>> city_id("Springfield", "US", "US-IL", {"us-springfield"})
        'us-il-springfield'
    """
    words = slug(name)
    if not words:
        return None
    within = [] if subdivision is None else [f"{country}-{subdivision.partition('-')[2]}-{words}"]
    proposals = (each.lower() for each in (f"{country}-{words}", *within))
    return next((each for each in proposals if each not in taken), None)


def person_id(name: str, country: str, taken: Container[str]) -> str | None:
    """An id for an official; ``None`` where the name has no Latin letters, or somebody of that name is on record.

    Example:
        >>> person_id("Jules Radich", "NZ", ())
        'nz-jules-radich'
    """
    words = slug(name)
    proposal = f"{country.lower()}-{words}"
    return proposal if words and proposal not in taken else None


def source_id(publisher: str, address: str | None, date: PartialDate, taken: Container[str]) -> str | None:
    """An id for a source: who and when; from its address where the publisher's name has no Latin letters.

    Example:
        >>> source_id("The Otago Daily Times", None, PartialDate(2023, 10, 31), ())
        'otago-daily-times-2023-10-31'
    """
    said = slug(publisher.partition(" (")[0])
    who = "-".join(word for word in said.split("-") if word not in _SMALL_WORDS) or said
    who = who or slug((urlsplit(address).hostname or "").removeprefix("www.") if address else "")
    return joined_id([who, str(date)], taken) if who else None


def joined_id(parts: list[str], taken: Container[str]) -> str:
    """The parts as one id, with a number behind where others have it.

    Example:
        >>> joined_id(["cn-shanghai", "2023"], {"cn-shanghai-2023"})
        'cn-shanghai-2023-2'
    """
    base = "-".join(part for part in parts if part)
    return next(each for each in (base, *(f"{base}-{number}" for number in range(2, _MANY))) if each not in taken)


def span(period: Period) -> str:
    """A period as part of an id: years, quarters, or its ends; empty where it has neither.

    Example:
        >>> span(Period(start=PartialDate(2023, 1), end=PartialDate(2023, 9)))
        '2023-q1-q3'
        >>> span(Period(start=PartialDate(2021), end=PartialDate(2023)))
        '2021-2023'
    """
    start, end = period.start, period.end
    if start is None or end is None:
        return str(start or end or "")
    first, last = start.earliest, end.latest
    whole_months = first.day == 1 and end.day is None
    if first.year == last.year and whole_months and start.month and first.month % 3 == 1 and last.month % 3 == 0:
        quarters = dict.fromkeys([f"q{first.month // 3 + 1}", f"q{last.month // 3}"])
        return f"{first.year}-{'-'.join(quarters)}"
    return "-".join(dict.fromkeys([str(start), str(end)]))
