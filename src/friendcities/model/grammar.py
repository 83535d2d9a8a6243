"""Which text and which numbers are well formed: ids, codes, addresses, and their limits.

Whether a code *exists* is a matter for the checks.
"""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, NamedTuple, NewType

from friendcities.errors import InvalidRecordError, Problem, short

CityId = NewType("CityId", str)
"""``<country>-<name>`` or ``<country>-<subdivision>-<name>``: ``nz-dunedin``, ``us-il-springfield``."""
PartnershipId = NewType("PartnershipId", str)
"""The ids of its two cities in alphabetical order: ``cn-shanghai--nz-dunedin``."""
MemorandumId = NewType("MemorandumId", str)
OfficialId = NewType("OfficialId", str)
StatisticId = NewType("StatisticId", str)
EventId = NewType("EventId", str)
CooperationId = NewType("CooperationId", str)
CoverageId = NewType("CoverageId", str)
SourceId = NewType("SourceId", str)
"""Who and when: ``shine-2023-12-02``."""

_CACHED: Final = 65536
"""How many answers of each grammar are remembered: datasets repeat few ids and codes many times."""
_LONGEST: Final = 100
"""An id names a file, and with its ending a file name must fit into 255 bytes wherever it is checked out."""

_BEYOND_WHOLE: Final = 2**53
"""From here on, and its negative, programs that read JSON no longer agree about whole numbers (RFC 7493)."""


class Grammar:
    """What text of one kind looks like. Annotated beside ``str``, it is the grammar of a field.

    The pattern keeps to what Python and JavaScript (ECMA-262, with its flag ``u``) read alike, because the JSON Schema
    contains it.

    Args:
        name: Its name in the JSON Schema.
        pattern: A regular expression for the whole text.
        words: The same in words.
        noun: What messages call such a text; where empty, the name of the field.
        rule: The rule of ``check`` that other text breaks, if it is not ``schema``.
        longest: How many characters the text may have.

    Example:
        >>> LANGUAGE.matches("zh-Hans"), LANGUAGE.matches("Chinese")
        (True, False)
    """

    def __init__(
        self, name: str, pattern: str, words: str, *, noun: str = "", rule: str = "", longest: int | None = None
    ) -> None:
        self.name = name
        self.pattern = pattern
        self.words = words
        self.noun = noun
        self.rule = rule
        self.longest = longest
        self.matches = lru_cache(_CACHED)(self._matches)
        """Whether a whole text is of this kind."""

    def _matches(self, text: str) -> bool:
        return (self.longest is None or len(text) <= self.longest) and re.fullmatch(self.pattern, text) is not None

    def __repr__(self) -> str:
        return f"<Grammar {self.name}>"


class Bounds(NamedTuple):
    """The least and the most that a number, or the length of a list, may be; annotated beside the type of a field.

    The record itself enforces them; the JSON Schema states them.

    Example:
        >>> from typing import Annotated
        >>> Degrees = Annotated[float, Bounds(-90, 90)]
    """

    least: int = 1 - _BEYOND_WHOLE
    most: int = _BEYOND_WHOLE - 1

    def include(self, value: Any) -> bool:
        """Whether a number, or the length of a list, is within the bounds."""
        return self.least <= (len(value) if type(value) is tuple else value) <= self.most

    @property
    def words(self) -> str:
        """The bounds in words."""
        return (
            f"{self.least} or more" if self.most == _BEYOND_WHOLE - 1 else f"a number from {self.least} to {self.most}"
        )


_ID_RULE: Final = "id-grammar"
# The same text as `is_text`: no characters that are not shown, and no blank at either end.
_UNSHOWN = r"\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
_BLANKS = r" \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_SLUG = "[a-z][a-z0-9]*(?:_[a-z0-9]+)*"

TEXT: Final = Grammar(
    "text",
    rf"[^{_UNSHOWN}{_BLANKS}](?:[^{_UNSHOWN}]*[^{_UNSHOWN}{_BLANKS}])?",
    "text, not empty, without control characters or blanks around it",
)
_ANY_ID_WORDS: Final = "lower-case letters, digits and single hyphens, at most 100"
ANY_ID: Final = Grammar("id", "[a-z0-9]+(?:-[a-z0-9]+)*", _ANY_ID_WORDS, noun="id", rule=_ID_RULE, longest=_LONGEST)
_CITY_ID_WORDS: Final = "one like 'nz-dunedin' or 'us-il-springfield'"
CITY_ID: Final = Grammar(
    "city_id", "[a-z]{2}(?:-[a-z0-9]+)+", _CITY_ID_WORDS, noun="id of a city", rule=_ID_RULE, longest=_LONGEST
)
COUNTRY: Final = Grammar("country", "[A-Z]{2}", "two capital letters like 'NZ'", noun="country code")
SUBDIVISION: Final = Grammar("subdivision", "[A-Z]{2}-[A-Z0-9]{1,3}", "a code like 'NZ-OTA'", noun="subdivision code")
LANGUAGE: Final = Grammar(
    "language",
    "[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    "(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?",
    "a BCP 47 tag like 'zh-Hans' or 'pt-BR'",
    noun="language tag",
)
WIKIDATA: Final = Grammar("wikidata", "Q[1-9][0-9]*", "a Q and digits, like 'Q133073'", noun="Wikidata id")
SLUG: Final = Grammar("slug", _SLUG, "words like 'public_transport'")
UNIT: Final = Grammar(
    "unit", f"[A-Z]{{3}}|{_SLUG}", "a currency code like 'USD', or a word like 'ventures'", noun="unit"
)
ADDRESS: Final = Grammar(
    "address",
    rf"https?://(?:[^{_UNSHOWN} ]*[^{_UNSHOWN}{_BLANKS}])?",
    "one that starts with 'https://' or 'http://'",
    noun="address",
    rule="address",
)

SCHEMES: Final = MappingProxyType({"wikidata": WIKIDATA})
"""The schemes of identifiers whose ids have a grammar that is known."""

GRAMMARS: Final = MappingProxyType[Any, Grammar](
    {
        CityId: CITY_ID,
        **dict.fromkeys((MemorandumId, OfficialId, StatisticId, EventId, CooperationId, CoverageId, SourceId), ANY_ID),
    }
)
"""The grammar of each type of id that a field holds; a :class:`Partnership` reads its own id."""

is_id = ANY_ID.matches
is_city_id = CITY_ID.matches
is_country = COUNTRY.matches
is_language = LANGUAGE.matches
is_wikidata = WIKIDATA.matches
is_address = ADDRESS.matches

MOST_DIGITS: Final = 40
"""How many digits a number may have before its point, and behind it."""
_HIDDEN_CATEGORIES: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
_DIRECTION_MARKS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""The characters that turn the writing direction of what follows them, beyond the text that contains them."""


def is_text(value: object) -> bool:
    """Whether this is text that can be shown: not blank, not padded, no control characters, no half characters."""
    if type(value) is not str or not value or value != value.strip():
        return False
    if value.isprintable():
        return True
    return not any(unicodedata.category(char) in _HIDDEN_CATEGORIES or char in _DIRECTION_MARKS for char in value)


def is_whole_number(value: object) -> bool:
    """Whether this is a whole number that programs that read JSON agree about."""
    return type(value) is int and abs(value) < _BEYOND_WHOLE


def is_decimal(value: object) -> bool:
    """Whether this is a decimal number that can be written out in full."""
    if type(value) is not Decimal or not value.is_finite():
        return False
    exponent = value.as_tuple().exponent
    return value.adjusted() < MOST_DIGITS and isinstance(exponent, int) and exponent >= -MOST_DIGITS


def parse_city_id(text: str) -> CityId:
    """Read the id of a city.

    Raises:
        InvalidRecordError: If it is not one.

    Example:
        >>> parse_city_id("nz-dunedin")
        'nz-dunedin'
    """
    if not isinstance(text, str) or not is_city_id(text):
        raise InvalidRecordError([Problem(message=f"{short(text)} is no id of a city", expected=CITY_ID.words)])
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
        expected = "one like 'shine-2023-12-02'"
        raise InvalidRecordError([Problem(message=f"{short(text)} is no id of a source", expected=expected)])
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
        what, hint = f"{short(text)} is no id of a partnership", ""
    elif first > second:
        what, hint = f"{short(text)} names its cities in the wrong order", f"write '{second}--{first}'"
    elif first == second:
        what, hint = f"{short(text)} ties a city to itself", ""
    else:
        return CityId(first), CityId(second)
    expected = "two ids of cities in alphabetical order, like 'cn-shanghai--nz-dunedin'"
    raise InvalidRecordError([Problem(rule=_ID_RULE, field="id", message=what, expected=expected, hint=hint)])
