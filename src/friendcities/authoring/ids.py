"""Proposes ids for new records. A proposed id is always a new id."""

import re
from collections.abc import Container
from itertools import count
from typing import Final
from urllib.parse import urlsplit

from friendcities.model import PartialDate, Period
from friendcities.names.normalize import fold, make_slug

_MAX_LENGTH: Final = 60
"""The maximum length of a proposed id. A date or a number can still follow."""
_SMALL_WORDS: Final = frozenset({"a", "an", "and", "by", "de", "for", "in", "of", "on", "the", "to"})


def make_words(text: str) -> str:
    """Convert text to words of lower-case letters and digits, joined by hyphens. Letters of other scripts are left out.

    Example:
        >>> make_words("São Tomé"), make_words("Xi'an"), make_words("上海")
        ('sao-tome', 'xian', '')
    """
    words = re.sub("[^a-z0-9]+", " ", fold(text)).split()
    kept = words[:1]
    for word in words[1:]:
        if len("-".join(kept)) + len(word) >= _MAX_LENGTH:
            break
        kept.append(word)
    return "-".join(kept)[:_MAX_LENGTH]


def make_id_in_country(name: str, country: str, taken: Container[str], subdivision: str | None = None) -> str | None:
    """Propose an id for a city or a person. If the short id is already taken, the id also contains the subdivision.

    Return ``None`` if both ids are already taken, or if the name contains non-Latin letters.

    Example:
        >>> make_id_in_country("Springfield", "US", {"us-springfield"}, "US-IL")
        'us-il-springfield'
    """
    words = make_words(name) if make_slug(name, _MAX_LENGTH) else ""
    if not words:
        return None
    proposals = [f"{country}-{words}".lower()]
    if subdivision is not None:
        proposals.append(f"{country}-{subdivision.partition('-')[2]}-{words}".lower())
    return next((id_ for id_ in proposals if id_ not in taken), None)


def make_source_id(publisher: str, address: str | None, date: PartialDate | None, taken: Container[str]) -> str | None:
    """Propose an id for a source from its publisher and its date.

    If the publisher has no Latin letters, the host of the address replaces the publisher. Return ``None`` if there is
    no such host.

    Example:
        >>> make_source_id("The Otago Daily Times", None, PartialDate(2023, 10, 31), ())
        'otago-daily-times-2023-10-31'
    """
    words = make_words(publisher.partition(" (")[0])
    name = "-".join(word for word in words.split("-") if word not in _SMALL_WORDS) or words
    name = name or make_words((urlsplit(address).hostname or "").removeprefix("www.") if address else "")
    return join_id([name, str(date or "")], taken) if name else None


def join_id(parts: list[str], taken: Container[str]) -> str:
    """Join parts with hyphens to make an id. If the id is already taken, a number is added.

    Example:
        >>> join_id(["cn-shanghai", "2023"], {"cn-shanghai-2023"})
        'cn-shanghai-2023-2'
    """
    base = "-".join(filter(None, parts))
    return base if base not in taken else next(id_ for n in count(2) if (id_ := f"{base}-{n}") not in taken)


def format_period(period: Period) -> str:
    """Return a period as text for an id: years, quarters, or start and end. An unknown period gives an empty text.

    Example:
        >>> format_period(Period(start=PartialDate(2023, 1), end=PartialDate(2023, 9)))
        '2023-q1-q3'
        >>> format_period(Period(start=PartialDate(2021), end=PartialDate(2023)))
        '2021-2023'
    """
    start, end = period.start, period.end
    if start is None or end is None:
        return str(start or end or "")
    first, last = start.earliest, end.latest
    has_whole_months = start.month is not None and first.day == 1 and end.day is None
    if has_whole_months and first.year == last.year and first.month % 3 == 1 and last.month % 3 == 0:
        quarters = dict.fromkeys([f"q{first.month // 3 + 1}", f"q{last.month // 3}"])
        return f"{first.year}-{'-'.join(quarters)}"
    return "-".join(dict.fromkeys([str(start), str(end)]))
