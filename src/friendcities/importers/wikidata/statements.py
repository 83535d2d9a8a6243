"""Wikidata's statements and items, with their dates, points and languages."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import field, fields, frozen

from friendcities.errors import InvalidRecordError
from friendcities.model import Coordinates, PartialDate
from friendcities.model.grammar import is_address, is_language
from friendcities.model.record import is_text, short

_TIME: Final = re.compile(r"([+-]?)(\d{1,16})-(\d\d)-(\d\d)T\d\d:\d\d:\d\d(?:\.\d+)?Z?", re.ASCII)
_GREGORIAN: Final = "Q1985727"
_YEAR, _MONTH, _DAY, _SECOND = 9, 10, 11, 14
"""Wikidata's codes for the precision of a date; a smaller number is coarser."""
_NORTH, _EAST = 90, 180
_LANGUAGE_TAGS: Final = dict(
    re.findall(
        r"(\S+)=(\S+)",
        "als=gsw bat-smg=sgs cbk-zam=cbk-x-zam fiu-vro=vro map-bms=jv-x-bms no=nb nrm=nrf roa-rup=rup "
        "roa-tara=nap-x-tara simple=en-x-simple sr-ec=sr-Cyrl sr-el=sr-Latn zh-classical=lzh zh-min-nan=nan zh-yue=yue",
    )
)
"""The correct tags for codes of Wikimedia that are invalid or belong to another language."""
_SCRIPT_LENGTH, _COUNTRY_LENGTH = 4, 2


@frozen
class StatedDate:
    """A date from Wikidata."""

    text: str
    date: PartialDate | None = None
    """The date; ``None`` if the date is unknown or invalid in a record."""
    problem: str = ""
    """Why there is no date; empty if there is one."""


@frozen
class Reference:
    """A web page that a statement cites."""

    address: str
    title: str | None
    language: str | None
    published: PartialDate | None
    retrieved: PartialDate | None


@frozen(kw_only=True)
class Statement:
    """One statement of the property P190, "twinned administrative body"."""

    id: str
    item: str
    """The item to which the statement belongs."""
    partner: str | None
    """The item that is the value of the statement; ``None`` if there is no value."""
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
    """The data on a Wikidata item."""

    id: str
    labels: Mapping[str, str] = field(factory=dict)
    """The names by language, in Wikimedia's codes."""
    aliases: Mapping[str, tuple[str, ...]] = field(factory=dict)
    countries: tuple[str, ...] = ()
    """The current countries: ISO 3166-1 codes or items."""
    code: str | None = None
    """The ISO 3166-1 code of a country."""
    point: Coordinates | None = None
    geonames: tuple[str, ...] = ()
    omitted: tuple[str, ...] = ()
    """Descriptions of values that cannot be read."""


def merge_items(items: Iterable[Item]) -> dict[str, Item]:
    """Merge entries for the same item. All countries are kept. For other fields, the first value is kept."""
    merged: dict[str, Item] = {}
    for item in items:
        known = merged.setdefault(item.id, item)
        if known is not item:
            values = {each.name: getattr(known, each.name) or getattr(item, each.name) for each in fields(Item)}
            values["labels"] = {**item.labels, **known.labels}
            values["aliases"] = {**item.aliases, **known.aliases}
            values |= {
                name: tuple(dict.fromkeys((*getattr(known, name), *getattr(item, name))))
                for name in ("countries", "omitted")
            }
            merged[item.id] = Item(**values)
    return merged


def read_date(text: str, precision: object, calendar: object = None) -> StatedDate:
    """Return the date of a time value.

    Args:
        text: The time: ``+1995-02-18T00:00:00Z``.
        precision: 9 for a year, 10 for a month, 11 for a day. ``None`` is treated as a year, because 1 January may mean
            an unknown month and day.
        calendar: The Wikidata item of the calendar. ``None`` means the Gregorian calendar.

    Example:
        >>> read_date("+1995-02-18T00:00:00Z", 11).date
        PartialDate.parse('1995-02-18')
        >>> read_date("-0044-03-15T00:00:00Z", 11).problem
        'the date is before the year 1'
    """
    match = _TIME.fullmatch(text)
    precision = _YEAR if precision is None else precision
    if match is None:
        return StatedDate(text, problem=f"invalid date {short(text)}")
    if calendar is not None and not str(calendar).endswith(f"/{_GREGORIAN}"):
        return StatedDate(text, problem="the date is not in the Gregorian calendar")
    if match[1] == "-" or not int(match[2]):
        return StatedDate(text, problem="the date is before the year 1")
    if type(precision) is not int or not _YEAR <= precision <= _SECOND:
        return StatedDate(text, problem="the date is less precise than a year")
    parts = map(int, match.groups()[1 : 2 + (precision >= _MONTH) + (precision >= _DAY)])
    try:
        return StatedDate(text, PartialDate(*parts))
    except InvalidRecordError:
        return StatedDate(text, problem=f"no such day: {short(text)}")


def read_point(latitude: Any, longitude: Any) -> Coordinates | None:
    """Return a point; ``None`` if the latitude or the longitude is invalid."""
    if not {type(latitude), type(longitude)} <= {int, float} or abs(latitude) > _NORTH or abs(longitude) > _EAST:
        return None
    return Coordinates(latitude=float(latitude), longitude=float(longitude), point="as Wikidata has it")


def make_reference(address: Any, title: Any, language: Any, dates: Iterable[StatedDate | None]) -> Reference | None:
    """Return a cited page with its dates of publication and retrieval; ``None`` if the address is invalid."""
    if not is_text(address) or not is_address(address):
        return None
    published, retrieved = (None if each is None else each.date for each in dates)
    return Reference(address, title if is_text(title) else None, language, published, retrieved)


def language_tag(code: str) -> str | None:
    """Return the BCP 47 tag for a Wikimedia language code; ``None`` if there is no tag.

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
        elif part in {"formal", "informal"}:
            parts[index] = f"x-{part}"
    tag = _LANGUAGE_TAGS.get(code.lower(), "-".join((first, *parts)))
    return tag if is_language(tag) else None
