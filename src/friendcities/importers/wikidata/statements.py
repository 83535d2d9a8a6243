"""Statements of twinned cities and their items, as Wikidata has them, with its dates and language codes."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import field, fields, frozen

from friendcities.errors import InvalidRecordError
from friendcities.model import PartialDate
from friendcities.model.grammar import is_language
from friendcities.model.record import short

_TIME: Final = re.compile(r"([+-]?)(\d{1,16})-(\d\d)-(\d\d)T\d\d:\d\d:\d\d(?:\.\d+)?Z?", re.ASCII)
_GREGORIAN: Final = "Q1985727"
_YEAR, _MONTH, _DAY, _SECOND = 9, 10, 11, 14
"""Wikidata's codes for the precision of a date; a smaller number is coarser."""
_LANGUAGE_TAGS: Final = {
    "als": "gsw",
    "bat-smg": "sgs",
    "cbk-zam": "cbk-x-zam",
    "fiu-vro": "vro",
    "map-bms": "jv-x-bms",
    "no": "nb",
    "nrm": "nrf",
    "roa-rup": "rup",
    "roa-tara": "nap-x-tara",
    "simple": "en-x-simple",
    "sr-ec": "sr-Cyrl",
    "sr-el": "sr-Latn",
    "zh-classical": "lzh",
    "zh-min-nan": "nan",
    "zh-yue": "yue",
}
"""The tags of Wikimedia's codes that are no tag, or the tag of another language."""
_SCRIPT_LENGTH, _COUNTRY_LENGTH = 4, 2
_PRIVATE_USE: Final = frozenset({"formal", "informal"})


@frozen
class StatedDate:
    """A date as Wikidata states it."""

    text: str
    date: PartialDate | None = None
    """The date; ``None`` if it is unknown or has no form here."""
    problem: str = ""
    """Why there is no date."""


@frozen
class Reference:
    """A page that a statement cites."""

    address: str
    title: str | None = None
    language: str | None = None
    published: PartialDate | None = None
    retrieved: PartialDate | None = None


@frozen(kw_only=True)
class Statement:
    """One statement of the property P190, "twinned administrative body"."""

    id: str
    item: str
    """The item that has the statement."""
    partner: str | None
    """The item that is its value; ``None`` if there is none."""
    rank: str = "normal"
    starts: tuple[StatedDate, ...] = ()
    ends: tuple[StatedDate, ...] = ()
    references: tuple[Reference, ...] = ()
    references_without_address: int = 0
    omitted: tuple[str, ...] = ()
    """The other qualifiers, as text."""
    problem: str = ""
    """Why the statement cannot be read."""


@frozen(kw_only=True)
class Item:
    """The data on an item."""

    id: str
    labels: Mapping[str, str] = field(factory=dict)
    """The names by language, in Wikimedia's codes."""
    aliases: Mapping[str, tuple[str, ...]] = field(factory=dict)
    countries: tuple[str, ...] = ()
    """The countries of today: ISO 3166-1 codes, or items."""
    code: str | None = None
    """The ISO 3166-1 code of a country."""
    point: tuple[float, float] | None = None
    """Latitude and longitude."""
    geonames: tuple[str, ...] = ()
    omitted: tuple[str, ...] = ()
    """The values that cannot be read, in words."""


def merge_items(items: Iterable[Item]) -> dict[str, Item]:
    """The items by id, with the data of all entries of an item; of two different values, the first one."""
    merged: dict[str, Item] = {}
    for item in items:
        known = merged.setdefault(item.id, item)
        if known is not item:
            values = {each.name: getattr(known, each.name) or getattr(item, each.name) for each in fields(Item)}
            values["labels"] = {**item.labels, **known.labels}
            values["aliases"] = {**item.aliases, **known.aliases}
            values["omitted"] = tuple(dict.fromkeys((*known.omitted, *item.omitted)))
            merged[item.id] = Item(**values)
    return merged


def read_date(text: str, precision: object, calendar: object = None) -> StatedDate:
    """The date of a time value.

    Args:
        text: The time: ``+1995-02-18T00:00:00Z``.
        precision: Its precision: 9 for a year, 10 for a month, 11 for a day; ``None`` counts as a year, because an
            unknown month and day are also written as 1 January.
        calendar: The item of its calendar; ``None`` counts as the Gregorian one.

    Example:
        >>> read_date("+1995-02-18T00:00:00Z", 11).date
        PartialDate.parse('1995-02-18')
        >>> read_date("-0044-03-15T00:00:00Z", 11).problem
        'it lies before the year 1'
    """
    match = _TIME.fullmatch(text)
    if match is None:
        return StatedDate(text, problem=f"{short(text)} is no date")
    if calendar is not None and not str(calendar).endswith(f"/{_GREGORIAN}"):
        return StatedDate(text, problem="it is not given in the Gregorian calendar")
    sign, year, month, day = match[1], int(match[2]), int(match[3]), int(match[4])
    if sign == "-" or year == 0:
        return StatedDate(text, problem="it lies before the year 1")
    precision = _YEAR if precision is None else precision
    if type(precision) is not int or not _YEAR <= precision <= _SECOND:
        return StatedDate(text, problem="it is known less closely than to the year")
    try:
        date = PartialDate(year, month if precision >= _MONTH else None, day if precision >= _DAY else None)
    except InvalidRecordError:
        return StatedDate(text, problem=f"there is no day {short(text)}")
    return StatedDate(text, date)


def read_date_snak(snak: Any) -> StatedDate | None:
    """The date of a qualifier in entity JSON; ``None`` if it states that there is none."""
    kind = snak.get("snaktype") if isinstance(snak, dict) else None
    if kind == "novalue":
        return None
    if kind == "somevalue":
        return StatedDate("unknown", problem="Wikidata says that it is not known")
    value = (snak.get("datavalue") if isinstance(snak, dict) else None) or {}
    value = value.get("value") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(value.get("time"), str):
        return StatedDate(short(value), problem=f"{short(value)} is no date")
    if value.get("before") or value.get("after"):
        return StatedDate(value["time"], problem="it is given with an uncertainty")
    return read_date(value["time"], value.get("precision"), value.get("calendarmodel"))


def language_tag(code: str) -> str | None:
    """The BCP 47 tag of Wikimedia's code for a language; ``None`` if there is none.

    Example:
        >>> language_tag("zh-hant"), language_tag("pt-br"), language_tag("als"), language_tag("?")
        ('zh-Hant', 'pt-BR', 'gsw', None)
    """
    first, *parts = code.lower().split("-")
    for index, part in enumerate(parts):
        if len(part) == _SCRIPT_LENGTH:
            parts[index] = part.title()
        elif len(part) == _COUNTRY_LENGTH:
            parts[index] = part.upper()
        elif part in _PRIVATE_USE:
            parts[index] = f"x-{part}"
    tag = _LANGUAGE_TAGS.get(code.lower(), "-".join((first, *parts)))
    return tag if is_language(tag) else None
