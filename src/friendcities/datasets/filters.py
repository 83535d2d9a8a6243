"""The filters of partnership queries."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from inspect import Parameter, Signature, signature
from typing import Any, Final, Literal, TypedDict, TypeVar, Unpack

from friendcities.errors import InvalidQueryError
from friendcities.model import DateLike, Level, PartnershipKind, Reliability, Source, Status, as_date
from friendcities.model.record import short

_Statuses = Literal["unconfirmed", "proposed", "active", "suspended", "ended", "any"]
_Kinds = Literal[
    "sister_city", "friendship_city", "friendly_exchange", "project_partnership", "contact", "unspecified", "any"
]
_Levels = Literal["municipality", "district", "town", "county", "province_or_state", "region", "any"]
_Reliabilities = Literal["official", "reported", "listed", "any"]

StatusFilter = Status | _Statuses | Iterable[Status | _Statuses]
KindFilter = PartnershipKind | _Kinds | Iterable[PartnershipKind | _Kinds] | None
CountryFilter = str | Iterable[str] | None


class PartnershipFilters(TypedDict, total=False):
    """The filters of partnership queries; see :meth:`friendcities.Dataset.partners_of`."""

    on: DateLike | None
    since: DateLike | None
    until: DateLike | None
    include_parts: bool
    status: StatusFilter
    kind: KindFilter
    country: CountryFilter
    level: Level | _Levels | Iterable[Level | _Levels] | None
    reliability: Reliability | _Reliabilities | Iterable[Reliability | _Reliabilities] | None
    disputed: bool | None
    source: str | Source | None


E = TypeVar("E", bound=StrEnum)

_NAMES: Final = PartnershipFilters.__optional_keys__
_FILTERS: Final = Parameter("filters", Parameter.VAR_KEYWORD, annotation=Unpack[PartnershipFilters])
INVALID_COUNTRY: Final = "invalid country {}; expected an ISO 3166-1 code like 'NZ', or a name"
_MODULE_PREFIX: Final = r"\b(?:\w+\.)+(?=[A-Za-z_])"


class _FilterSignature(Signature):
    """A signature that lists all filters for code completion, but prints ``**filters`` in ``help()``."""

    def __str__(self) -> str:
        others = [parameter for parameter in self.parameters.values() if parameter.name not in _NAMES]
        text = str(Signature([*others, _FILTERS], return_annotation=self.return_annotation))
        # Python 3.11 writes ``Unpack`` as a star.
        return re.sub(_MODULE_PREFIX, "", text).replace("*<class 'PartnershipFilters'>", "Unpack[PartnershipFilters]")

    def format(self, **_options: Any) -> str:
        """Python 3.13 and later call this method."""
        return str(self)


def expand_signature(function: Callable[..., Any], *, status: str = "active", without: str = "") -> None:
    """List all filters in the signature of a function, for code completion."""
    defaults = {"include_parts": False, "status": status}
    filters = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=defaults.get(name), annotation=hint)
        for name, hint in PartnershipFilters.__annotations__.items()
        if name != without
    ]
    own = signature(function)
    parameters = [each for each in own.parameters.values() if each.kind is not Parameter.VAR_KEYWORD]
    made = _FilterSignature([*parameters, *filters], return_annotation=own.return_annotation)
    function.__signature__ = made  # type: ignore[attr-defined]  # inspect reads it; no type declares it


def check_filter_names(filters: Mapping[str, object], without: str = "") -> None:
    """Raise TypeError for an unknown filter, and for the filter that ``without`` names."""
    if without not in filters and _NAMES.issuperset(filters):
        return
    from difflib import get_close_matches  # noqa: PLC0415 - only a wrong name needs it

    known = sorted(_NAMES - {without})
    unknown = next(name for name in filters if name not in known)
    near = get_close_matches(unknown, known)
    hint = f"did you mean {near[0]!r}?" if near else f"expected one of {', '.join(map(repr, known))}"
    message = f"unknown filter {unknown!r}; {hint}"
    raise TypeError(message)


def normalize_filter(value: Any) -> Any:
    """Return the value of a filter in hashable form. A collection becomes a tuple."""
    if value is None or isinstance(value, (str, bool)):
        return value
    whole = tuple(value) if isinstance(value, Iterable) and not isinstance(value, Mapping) else value
    try:
        hash(whole)
    except TypeError:
        return ((short(value),),)  # an invalid value, shown in the error message
    return whole


def parse_period(since: DateLike | None, until: DateLike | None) -> tuple[date | None, date | None]:
    """Return the first and the last day of a period; ``None`` means no limit. Raise InvalidQueryError."""
    first = None if since is None else as_date(since).earliest
    last = None if until is None else as_date(until).latest
    if first is not None and last is not None and first > last:
        message = f"invalid period: the start {short(str(since))} (since) is after the end {short(str(until))} (until)"
        raise InvalidQueryError(message, (since, until), (), "swap the two dates")
    return first, last


def last_day(on: DateLike) -> int:
    """Return the last day of a date, as an ordinal. Raise InvalidQueryError if the date is invalid."""
    return _last_day_of_text(on) if type(on) is str else as_date(on).latest.toordinal()


@lru_cache(maxsize=4096)
def _last_day_of_text(text: str) -> int:
    return as_date(text).latest.toordinal()


def parse_members(name: str, value: Any, vocabulary: type[E], *, required: bool = False) -> frozenset[E] | None:
    """Return the members of a vocabulary that a filter selects; ``None`` means all. Raise InvalidQueryError.

    The name of a member may have spaces: "sister city".
    """
    if value is None and not required:
        return None
    given = value if isinstance(value, tuple) else (value,)
    known: dict[object, E] = {str(member): member for member in vocabulary}
    words = set()
    for each in given or ((),):  # an empty tuple is invalid, too
        word = each.replace(" ", "_") if isinstance(each, str) else None
        if word not in known and word != "any":
            listed = ", ".join(repr(text) for text in [*known, "any"])
            message = f"invalid {name} {short(each)}; expected one of {listed}"
            raise InvalidQueryError(message, each, (*known, "any"))
        words.add(word)
    return None if "any" in words else frozenset(known[word] for word in words)


def parse_countries(value: Any, known: frozenset[str], find_code: Callable[[str], str | None]) -> frozenset[str] | None:
    """Return the selected country codes; ``None`` means all.

    Values outside ``known`` are converted with ``find_code``.
    """
    codes = set()
    for each in (value or ((),)) if isinstance(value, tuple) else (value,):
        code = None
        if isinstance(each, str):
            if each == "any":
                return None
            plain = each.strip().upper()
            code = plain if plain in known else find_code(each)
        if code is None:
            raise InvalidQueryError(INVALID_COUNTRY.format(short(each)), each)
        codes.add(code)
    return frozenset(codes)


def parse_flag(name: str, value: Any) -> bool:
    """Return a boolean argument. Raise InvalidQueryError if the value is not a boolean."""
    if not isinstance(value, bool):
        message = f"invalid {name} {short(value)}; expected True or False"
        raise InvalidQueryError(message, value, (True, False))
    return value
