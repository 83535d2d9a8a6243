"""What a question asks for: its filters, checked once and in one form."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, Literal, TypeVar

from friendcities.errors import InvalidQueryError
from friendcities.model import DateLike, Level, PartnershipKind, Reliability, Status, as_date
from friendcities.model.record import short

__all__ = [
    "CountryFilter",
    "KindFilter",
    "LevelFilter",
    "ReliabilityFilter",
    "StatusFilter",
    "checked_countries",
    "checked_flag",
    "checked_values",
    "hashable",
    "last_day",
]

_Statuses = Literal["unconfirmed", "proposed", "active", "suspended", "ended", "any"]
_Kinds = Literal[
    "sister_city", "friendship_city", "friendly_exchange", "project_partnership", "contact", "unspecified", "any"
]
_Levels = Literal["municipality", "district", "town", "county", "province_or_state", "region", "any"]
_Assurances = Literal["official", "reported", "listed", "any"]

StatusFilter = Status | _Statuses | Iterable[Status | _Statuses]
"""One status or several, as members or as text; ``"any"`` for all."""
KindFilter = PartnershipKind | _Kinds | Iterable[PartnershipKind | _Kinds] | None
"""One kind or several, as members or as text; ``None`` or ``"any"`` for all."""
LevelFilter = Level | _Levels | Iterable[Level | _Levels] | None
"""One level or several, as members or as text; ``None`` or ``"any"`` for all."""
ReliabilityFilter = Reliability | _Assurances | Iterable[Reliability | _Assurances] | None
"""One reliability or several, as members or as text; ``None`` or ``"any"`` for all."""
CountryFilter = str | Iterable[str] | None
"""One country or several, by ISO 3166-1 alpha-2 code or by name; ``None`` or ``"any"`` for all."""

E = TypeVar("E", bound=StrEnum)


def hashable(value: Any) -> Any:
    """A filter as it can be remembered: text and members as they are, several as a tuple."""
    if value is None or isinstance(value, (str, bool)):
        return value
    whole = tuple(value) if isinstance(value, Iterable) and not isinstance(value, Mapping) else value
    try:
        hash(whole)
    except TypeError:
        return short(value)  # no filter looks like it: what it looks like is refused
    return whole


def last_day(on: DateLike) -> int:
    """The last day of a date that is asked about, as proleptic Gregorian ordinal.

    Raises:
        InvalidQueryError: If it is no date.
    """
    if type(on) is not str:
        return as_date(on).latest.toordinal()
    if len(on) == _DAY_LONG and on[4] == on[7] == "-":  # or Python reads it as another form of ISO 8601
        try:
            return date.fromisoformat(on).toordinal()
        except ValueError:
            return _last_day(on)  # which says what is wrong with it
    return _last_day(on)


_DAY_LONG: Final = len("YYYY-MM-DD")


@lru_cache(maxsize=4096)
def _last_day(text: str) -> int:
    return as_date(text).latest.toordinal()


def checked_values(name: str, value: Any, vocabulary: type[E], *, required: bool = False) -> frozenset[E] | None:
    """The members of a vocabulary that a filter lets through; ``None`` for all.

    Args:
        name: The filter.
        value: What was asked for.
        vocabulary: What can be asked for.
        required: Whether something must be asked for, be it ``"any"``.

    Raises:
        InvalidQueryError: If the filter has a value that is not in the vocabulary.
    """
    if value is None and not required:
        return None
    values = (value,) if isinstance(value, str) or not isinstance(value, tuple) else value
    known: dict[object, E] = {str(member): member for member in vocabulary}
    for each in values or ((),):  # none of several is no value either
        if not isinstance(each, str) or (each not in known and each != "any"):
            listed = ", ".join(repr(text) for text in [*known, "any"])
            message = f"{name}={short(each)} is no {name}; it can be {listed}"
            raise InvalidQueryError(message, each, (*known, "any"))
    return None if "any" in values else frozenset(known[each] for each in values)


def checked_countries(value: Any, here: frozenset[str], code_of: Callable[[str], str | None]) -> frozenset[str] | None:
    """The country codes that a filter lets through; ``None`` for all.

    Args:
        value: The filter.
        here: The codes that the dataset has, which need no look-up.
        code_of: Finds the code of a country's name.

    Raises:
        InvalidQueryError: If there is no such country.
    """
    if value is None:
        return None
    codes = set()
    for each in (value or ((),)) if isinstance(value, tuple) else (value,):
        if each == "any":
            return None
        code = None
        if isinstance(each, str):
            plain = each.strip().upper()
            code = plain if plain in here else code_of(each)
        if code is None:
            message = f"country={short(each)} is no country; write an ISO 3166-1 code like 'NZ', or an English name"
            raise InvalidQueryError(message, each)
        codes.add(code)
    return frozenset(codes)


def checked_flag(name: str, value: Any) -> bool:
    """A filter that is true or false.

    Raises:
        InvalidQueryError: If it is anything else.
    """
    if not isinstance(value, bool):
        message = f"{name}={short(value)} cannot be; pass True or False"
        raise InvalidQueryError(message, value, (True, False))
    return value
