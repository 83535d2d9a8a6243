"""The grammar of ids and codes. That a code *exists* is a matter for the checks; that it is well formed is known here.

An id is made by parsing: its type says that the text was looked at.
"""

import re
from typing import NewType

from friendcities.errors import InvalidRecordError, Problem
from friendcities.model.record import Problems, short

__all__ = [
    "CityId",
    "CooperationId",
    "EventId",
    "MemorandumId",
    "OfficialId",
    "PartnershipId",
    "SourceId",
    "StatisticId",
    "is_city_id",
    "is_country",
    "is_id",
    "is_language",
    "is_slug",
    "is_subdivision",
    "is_unit",
    "is_wikidata",
    "parse_city_id",
    "parse_partnership_id",
    "parse_source_id",
]

CityId = NewType("CityId", str)
"""``<country>-<name>`` or ``<country>-<subdivision>-<name>``: ``nz-dunedin``, ``us-il-springfield``."""
PartnershipId = NewType("PartnershipId", str)
"""The ids of its two cities in alphabetical order: ``cn-shanghai--nz-dunedin``."""
MemorandumId = NewType("MemorandumId", str)
OfficialId = NewType("OfficialId", str)
StatisticId = NewType("StatisticId", str)
EventId = NewType("EventId", str)
CooperationId = NewType("CooperationId", str)
SourceId = NewType("SourceId", str)
"""Who and when: ``shine-2023-12-02``."""

_LONGEST = 100
"""An id names a file, and with its ending a file name must fit into 255 bytes wherever it is checked out."""
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CITY_ID = re.compile(r"[a-z]{2}(?:-[a-z0-9]+)+")
_COUNTRY = re.compile(r"[A-Z]{2}")
_SUBDIVISION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_LANGUAGE = re.compile(
    r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
)
_WIKIDATA = re.compile(r"Q[1-9][0-9]*")
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_UNIT = re.compile(rf"[A-Z]{{3}}|{_SLUG.pattern}")


def is_id(text: str) -> bool:
    """Whether this is an id: lower-case letters and digits in groups joined by single hyphens, at most 100 long."""
    return len(text) <= _LONGEST and _ID.fullmatch(text) is not None


def is_city_id(text: str) -> bool:
    """Whether this is the id of a city: an id that starts with a country's two letters."""
    return len(text) <= _LONGEST and _CITY_ID.fullmatch(text) is not None


def is_country(text: str) -> bool:
    """Whether this has the form of an ISO 3166-1 alpha-2 code."""
    return _COUNTRY.fullmatch(text) is not None


def is_subdivision(text: str) -> bool:
    """Whether this has the form of an ISO 3166-2 code."""
    return _SUBDIVISION.fullmatch(text) is not None


def is_language(text: str) -> bool:
    """Whether this has the form of a language tag (BCP 47, in the case that RFC 5646 recommends)."""
    return _LANGUAGE.fullmatch(text) is not None


def is_wikidata(text: str) -> bool:
    """Whether this has the form of the id of a Wikidata item."""
    return _WIKIDATA.fullmatch(text) is not None


def is_slug(text: str) -> bool:
    """Whether this is a word for programs: ``new_foreign_ventures``."""
    return _SLUG.fullmatch(text) is not None


def is_unit(text: str) -> bool:
    """Whether this has the form of a unit: an ISO 4217 currency code, or a word for what is counted."""
    return _UNIT.fullmatch(text) is not None


def parse_city_id(text: str) -> CityId:
    """Read the id of a city.

    Raises:
        InvalidRecordError: If it is not one.

    Example:
        >>> parse_city_id("nz-dunedin")
        'nz-dunedin'
    """
    if not isinstance(text, str) or not is_city_id(text):
        raise InvalidRecordError(
            [Problem(what=f"{short(text)} is no id of a city", expected="one like 'nz-dunedin' or 'us-il-springfield'")]
        )
    return CityId(text)


def parse_source_id(text: str) -> SourceId:
    """Read the id of a source.

    Raises:
        InvalidRecordError: If it is not one.

    Example:
        >>> parse_source_id("shine-2023-12-02")
        'shine-2023-12-02'
    """
    if not isinstance(text, str) or not is_id(text):
        raise InvalidRecordError(
            [Problem(what=f"{short(text)} is no id of a source", expected="one like 'shine-2023-12-02'")]
        )
    return SourceId(text)


def parse_partnership_id(text: str) -> tuple[CityId, CityId]:
    """Read the id of a partnership, which names its two cities in alphabetical order.

    Raises:
        InvalidRecordError: If it does not name two different cities in that order.

    Example:
        >>> parse_partnership_id("cn-shanghai--nz-dunedin")
        ('cn-shanghai', 'nz-dunedin')
    """
    first, _, second = text.partition("--") if isinstance(text, str) else ("", "", "")
    if not (is_city_id(first) and is_city_id(second)):
        what, mend = f"{short(text)} is no id of a partnership", ""
    elif first > second:
        what, mend = f"{short(text)} names its cities in the wrong order", f"write '{second}--{first}'"
    elif first == second:
        what, mend = f"{short(text)} ties a city to itself", ""
    else:
        return CityId(first), CityId(second)
    expected = "two ids of cities in alphabetical order, like 'cn-shanghai--nz-dunedin'"
    raise InvalidRecordError([Problem(field="id", what=what, expected=expected, mend=mend)])


def check_id(problems: Problems, field: str, text: str | None) -> None:
    """Note a problem unless this is an id (or nothing)."""
    if text is not None and not is_id(text):
        problems.add(field, f"{short(text)} is no id", "lower-case letters, digits and single hyphens, at most 100")


def check_city(problems: Problems, field: str, text: str | None) -> None:
    """Note a problem unless this is the id of a city (or nothing)."""
    if text is not None and not is_city_id(text):
        problems.add(field, f"{short(text)} is no id of a city", "one like 'nz-dunedin' or 'us-il-springfield'")


def check_language(problems: Problems, field: str, text: str | None) -> None:
    """Note a problem unless this is a language tag (or nothing)."""
    if text is not None and not is_language(text):
        problems.add(field, f"{short(text)} is no language tag", "a BCP 47 tag like 'zh-Hans' or 'pt-BR'")
