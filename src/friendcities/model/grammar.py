"""The grammar of ids and codes. That a code *exists* is a matter for the checks; that it is well formed is known here.

An id is made by parsing: its type says that the text was looked at.
"""

import re
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any, Final, NewType

from attrs import frozen

from friendcities.errors import InvalidRecordError, Problem
from friendcities.model.record import FrozenMap, Problems, short

__all__ = [
    "ADDRESS",
    "ANY_ID",
    "CITY_ID",
    "COUNTRY",
    "GRAMMAR_OF",
    "LANGUAGE",
    "SCHEMES",
    "SLUG",
    "SUBDIVISION",
    "TEXT",
    "UNIT",
    "WIKIDATA",
    "CityId",
    "CooperationId",
    "EventId",
    "Grammar",
    "MemorandumId",
    "OfficialId",
    "PartnershipId",
    "SourceId",
    "StatisticId",
    "is_address",
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

ID = "id-grammar"
"""The rule that an id breaks which is none."""
_KEPT: Final = 65536
"""How many answers are remembered: a register names few things often."""
_LONGEST = 100
"""An id names a file, and with its ending a file name must fit into 255 bytes wherever it is checked out."""


@frozen(slots=False, repr=False)
class Grammar:
    """What text of one kind looks like: its name, a pattern for all of it, the same in words, and how long it may be.

    A pattern keeps to what Python and JavaScript (ECMA-262, with its flag ``u``) read alike, for the schema shows it to
    both. Annotated beside ``str``, it tells the grammar of a field.

    Example:
        >>> LANGUAGE.matches("zh-Hans"), LANGUAGE.matches("Chinese")
        (True, False)
    """

    name: str
    pattern: str
    words: str
    longest: int | None = None

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def matches(self, text: str) -> bool:
        """Whether all of a text is of this kind."""
        return (self.longest is None or len(text) <= self.longest) and self._compiled.fullmatch(text) is not None

    def __repr__(self) -> str:
        return f"<Grammar {self.name}>"


# Text as `is_text` takes it: what is not shown stands nowhere in it, a blank neither first nor last.
_UNSHOWN = r"\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
_BLANKS = r" \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_SLUG = "[a-z][a-z0-9]*(?:_[a-z0-9]+)*"

TEXT: Final = Grammar(
    "text",
    rf"[^{_UNSHOWN}{_BLANKS}](?:[^{_UNSHOWN}]*[^{_UNSHOWN}{_BLANKS}])?",
    "text, not empty, without control characters or blanks around it",
)
ANY_ID: Final = Grammar(
    "id", "[a-z0-9]+(?:-[a-z0-9]+)*", "lower-case letters, digits and single hyphens, at most 100", _LONGEST
)
CITY_ID: Final = Grammar("city_id", "[a-z]{2}(?:-[a-z0-9]+)+", "one like 'nz-dunedin' or 'us-il-springfield'", _LONGEST)
COUNTRY: Final = Grammar("country", "[A-Z]{2}", "two capital letters like 'NZ'")
SUBDIVISION: Final = Grammar("subdivision", "[A-Z]{2}-[A-Z0-9]{1,3}", "a code like 'NZ-OTA'")
LANGUAGE: Final = Grammar(
    "language",
    "[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    "(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?",
    "a BCP 47 tag like 'zh-Hans' or 'pt-BR'",
)
WIKIDATA: Final = Grammar("wikidata", "Q[1-9][0-9]*", "a Q and digits, like 'Q133073'")
SLUG: Final = Grammar("slug", _SLUG, "words like 'public_transport'")
UNIT: Final = Grammar("unit", f"[A-Z]{{3}}|{_SLUG}", "a currency code like 'USD', or a word like 'ventures'")
ADDRESS: Final = Grammar(
    "address", rf"https?://(?:[^{_UNSHOWN} ]*[^{_UNSHOWN}{_BLANKS}])?", "one that starts with 'https://' or 'http://'"
)

SCHEMES: Final = FrozenMap({"wikidata": WIKIDATA})
"""The schemes of identifiers whose ids have a grammar that is known."""

GRAMMAR_OF: Final = MappingProxyType[Any, Grammar](
    {
        CityId: CITY_ID,
        MemorandumId: ANY_ID,
        OfficialId: ANY_ID,
        StatisticId: ANY_ID,
        EventId: ANY_ID,
        CooperationId: ANY_ID,
        SourceId: ANY_ID,
    }
)
"""The grammar of the ids that fields hold. (No field holds the id of a partnership: its file is named so.)"""


@lru_cache(_KEPT)
def is_id(text: str) -> bool:
    """Whether this is an id: lower-case letters and digits in groups joined by single hyphens, at most 100 long."""
    return ANY_ID.matches(text)


@lru_cache(_KEPT)
def is_city_id(text: str) -> bool:
    """Whether this is the id of a city: an id that starts with a country's two letters."""
    return CITY_ID.matches(text)


@lru_cache(_KEPT)
def is_country(text: str) -> bool:
    """Whether this has the form of an ISO 3166-1 alpha-2 code."""
    return COUNTRY.matches(text)


@lru_cache(_KEPT)
def is_subdivision(text: str) -> bool:
    """Whether this has the form of an ISO 3166-2 code."""
    return SUBDIVISION.matches(text)


@lru_cache(_KEPT)
def is_language(text: str) -> bool:
    """Whether this has the form of a language tag (BCP 47, in the case that RFC 5646 recommends)."""
    return LANGUAGE.matches(text)


@lru_cache(_KEPT)
def is_wikidata(text: str) -> bool:
    """Whether this has the form of the id of a Wikidata item."""
    return WIKIDATA.matches(text)


def is_slug(text: str) -> bool:
    """Whether this is a word for programs: ``new_foreign_ventures``."""
    return SLUG.matches(text)


def is_unit(text: str) -> bool:
    """Whether this has the form of a unit: an ISO 4217 currency code, or a word for what is counted."""
    return UNIT.matches(text)


def is_address(text: str) -> bool:
    """Whether this text has the form of an address on the web."""
    return ADDRESS.matches(text)


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
            [
                Problem(
                    message=f"{short(text)} is no id of a city", expected="one like 'nz-dunedin' or 'us-il-springfield'"
                )
            ]
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
            [Problem(message=f"{short(text)} is no id of a source", expected="one like 'shine-2023-12-02'")]
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
    raise InvalidRecordError([Problem(rule=ID, field="id", message=what, expected=expected, hint=mend)])


def check_id(problems: Problems, field: str, text: str | None) -> None:
    """Note a problem unless this is an id (or nothing)."""
    if text is not None and not is_id(text):
        problems.add(field, f"{short(text)} is no id", ANY_ID.words, rule=ID)


def check_city(problems: Problems, field: str, text: str | None) -> None:
    """Note a problem unless this is the id of a city (or nothing)."""
    if text is not None and not is_city_id(text):
        problems.add(field, f"{short(text)} is no id of a city", CITY_ID.words, rule=ID)


def check_language(problems: Problems, field: str, text: str | None) -> None:
    """Note a problem unless this is a language tag (or nothing)."""
    if text is not None and not is_language(text):
        problems.add(field, f"{short(text)} is no language tag", LANGUAGE.words)
