"""Wikidata's dates as ours: a year, a month or a day of the Gregorian calendar, or why not."""

import re
from typing import Any, Final

from friendcities.errors import InvalidRecordError
from friendcities.importers.wikidata.statements import Moment
from friendcities.model import PartialDate
from friendcities.model.record import short

__all__ = ["moment", "moment_of_snak"]

_TIME: Final = re.compile(r"([+-]?)(\d{1,16})-(\d\d)-(\d\d)T\d\d:\d\d:\d\d(?:\.\d+)?Z?", re.ASCII)
_GREGORIAN: Final = "Q1985727"
_YEAR, _MONTH, _DAY, _SECOND = 9, 10, 11, 14
"""Wikidata's codes for how precise a date is; the smaller, the coarser."""


def moment(stated: str, precision: object, calendar: object = None) -> Moment:
    """A date that Wikidata states.

    Args:
        stated: It as text: ``+1995-02-18T00:00:00Z``.
        precision: How precise it is: 9 for a year, 10 for a month, 11 for a day. Where it is not told, only the year
            is kept, for the rest may be filling.
        calendar: The item of its calendar; the Gregorian one where it is not told.

    Example:
        >>> moment("+1995-02-18T00:00:00Z", 11).date
        PartialDate.parse('1995-02-18')
        >>> moment("-0044-03-15T00:00:00Z", 11).why
        'it lies before the year 1'
    """
    match = _TIME.fullmatch(stated)
    if match is None:
        return Moment(stated, why=f"{short(stated)} is no date")
    if calendar is not None and not str(calendar).endswith(f"/{_GREGORIAN}"):
        return Moment(stated, why="it is not given in the Gregorian calendar")
    sign, year, month, day = match[1], int(match[2]), int(match[3]), int(match[4])
    if sign == "-" or year == 0:
        return Moment(stated, why="it lies before the year 1")
    known = _YEAR if precision is None else precision
    if type(known) is not int or not _YEAR <= known <= _SECOND:
        return Moment(stated, why="it is known less closely than to the year")
    parts = (year, month if known >= _MONTH else None, day if known >= _DAY else None)
    try:
        return Moment(stated, PartialDate(*parts))
    except InvalidRecordError:
        return Moment(stated, why=f"there is no day {short(stated)}")


def moment_of_snak(snak: Any) -> Moment | None:
    """The date of a qualifier in an entity's JSON; ``None``: it says that there is none."""
    kind = snak.get("snaktype") if isinstance(snak, dict) else None
    if kind == "novalue":
        return None
    if kind == "somevalue":
        return Moment("unknown", why="Wikidata says that it is not known")
    value = (snak.get("datavalue") if isinstance(snak, dict) else None) or {}
    value = value.get("value") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(value.get("time"), str):
        return Moment(short(value), why=f"{short(value)} is no date")
    if value.get("before") or value.get("after"):
        return Moment(value["time"], why="it is given with an uncertainty")
    return moment(value["time"], value.get("precision"), value.get("calendarmodel"))
