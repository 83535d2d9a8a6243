"""Values of a record in a few words."""

import re
from decimal import Decimal
from enum import Enum
from typing import Any

from friendcities.model import (
    Change,
    Coordinates,
    Count,
    Each,
    Evidence,
    Name,
    Office,
    Participant,
    Party,
    Period,
    Step,
    Term,
)

__all__ = ["cut", "distance", "in_words", "listed", "span"]

_LONGEST = 80
_SLUG = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")


def cut(text: str, longest: int = _LONGEST) -> str:
    """Text that is not longer than this, cut where it is.

    Example:
        >>> cut("Twin towns", 6)
        'Twin…'
    """
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def listed(items: list[str]) -> str:
    """Things in a row, as a sentence has them; of many only the first two.

    Example:
        >>> listed(["a", "b"]), listed(["a", "b", "c", "d"])
        ('a and b', 'a, b and 2 more')
    """
    if len(items) > _MOST_NAMED:
        return f"{', '.join(items[:_MOST_NAMED])} and {len(items) - _MOST_NAMED} more"
    return " and ".join(items)


_MOST_NAMED = 2


def span(period: Period) -> str:
    """A period in words.

    Example:
        >>> from friendcities import PartialDate
        >>> span(Period(start=PartialDate(2023, 1), end=PartialDate(2023, 9)))
        '2023-01 to 2023-09'
    """
    start, end = period.start, period.end
    if start is not None and end is not None:
        words = str(start) if start == end else f"{start} to {end}"
    elif start is not None or end is not None:
        words = f"from {start}" if start is not None else f"until {end}"
    else:
        words = ""
    each = "" if period.each is None else f"each of {in_words(period.each)}"
    stated = "" if period.stated is None else f"“{cut(period.stated)}”"
    return ", ".join(filter(None, (each, words, stated)))


def in_words(value: Any) -> str:  # noqa: C901, PLR0911, PLR0912 - one way out for each type of value
    """A value as a sentence has it, cut where it is long.

    Example:
        >>> from friendcities import Occurrence, PartialDate, PartnershipKind, Step
        >>> in_words(Step(what=Occurrence.ESTABLISHED, date=PartialDate(1994), kind=PartnershipKind.SISTER_CITY))
        'established 1994 (sister city)'
    """
    match value:
        case None:
            return "nothing"
        case Enum():
            return str(value.value).replace("_", " ")
        case bool():
            return "yes" if value else "no"
        case str():
            return _text(value)
        case Decimal():
            return f"{value:,f}"
        case tuple():
            return ", ".join(map(in_words, value)) or "nothing"
        case Step():
            kind = "" if value.kind == "unspecified" else f" ({in_words(value.kind)})"
            return f"{in_words(value.what)} {value.date or 'undated'}{kind}"
        case Office():
            return ", ".join(cut(text) for text in (value.title, value.body, value.city) if text is not None)
        case Participant():
            return value.city
        case Evidence():
            return f"{value.source}, {cut(value.locator)}"
        case Name():
            until = "" if value.until is None else f", until {value.until}"
            return f"{cut(value.text)} ({value.language}, {in_words(value.kind)}{until})"
        case Term():
            return f"{cut(value.text)} ({value.language})"
        case Coordinates():
            return f"{value.latitude}, {value.longitude} ({cut(value.point)})"
        case Period():
            return span(value)
        case Each():
            return f"{value.number} {value.unit.value}{'' if value.number == 1 else 's'}"
        case Count():
            return " ".join(filter(None, (_number(value), cut(value.of))))
        case Party():
            return _party(value)
        case Change():
            bound = "" if value.bound == "exactly" else f"{in_words(value.bound)} "
            return f"{bound}{value.percent:+,f} % against {span(value.against)}"
        case _:
            return cut(str(value))


def _text(text: str) -> str:
    """A word for programs as words, and what has blanks in it in quotation marks."""
    if _SLUG.fullmatch(text):
        return text.replace("_", " ")
    return f"“{cut(text)}”" if " " in text else cut(text)


def _number(count: Count) -> str:
    if count.stated is None:
        return f"{count.number:,}"
    return f"“{cut(count.stated)}”" if count.number is None else f"{count.number:,} (“{cut(count.stated)}”)"


def _party(party: Party) -> str:
    if party.city is not None:
        words = str(party.city)
    else:
        words = cut(str(party.organisation)) + ("" if party.named else " (unnamed)")
    more = [
        *([] if party.of is None else [f"of {party.of}"]),
        *([] if party.acting_for is None else [f"acting for {party.acting_for}"]),
        *([] if party.count is None else [in_words(party.count)]),
    ]
    return ", ".join((words, *more))


def distance(one: Coordinates, other: Coordinates) -> str:
    """How far two points lie apart, along the surface of the earth.

    Example:
        >>> distance(Coordinates(latitude=0.0, longitude=0.0, point="a"),
        ...          Coordinates(latitude=0.0, longitude=1.0, point="b"))
        '111 km'
    """
    kilometres = one.kilometres_to(other)
    return f"{kilometres:,.0f} km" if kilometres >= _FAR else f"{kilometres * 1000:,.0f} m"


_FAR = 10.0
"""The kilometres from which on nobody counts metres."""
