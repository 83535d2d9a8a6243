"""The valid forms of ids, codes, addresses, texts and numbers."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, NamedTuple, NewType

from friendcities.errors import InvalidRecordError, Problem, short
from friendcities.limits import COMBINING_MARKS, ID_CHARACTERS, NUMBER_DIGITS, TEXT_CHARACTERS

CityId = NewType("CityId", str)
"""The id of a city: ``<country>-<name>`` or ``<country>-<subdivision>-<name>``, such as ``us-il-springfield``."""
PartnershipId = NewType("PartnershipId", str)
"""The id of a partnership: the ids of two cities in alphabetical order, such as ``cn-shanghai--nz-dunedin``."""
MemorandumId = NewType("MemorandumId", str)
OfficialId = NewType("OfficialId", str)
StatisticId = NewType("StatisticId", str)
EventId = NewType("EventId", str)
CooperationId = NewType("CooperationId", str)
CoverageId = NewType("CoverageId", str)
SourceId = NewType("SourceId", str)
"""The id of a source: the publisher and the date, such as ``shine-2023-12-02``."""

_CACHED: Final = 65536
"""The size of the cache of each grammar."""

_BEYOND_WHOLE: Final = 2**53
"""The limit of whole numbers in JSON. Some programs do not read larger numbers exactly (RFC 7493)."""


class Grammar:
    """The valid form of a text, such as an id or a code.

    The pattern must have the same meaning in Python and in JavaScript (ECMA-262, flag ``u``).

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
        """Returns whether a text has the valid form."""

    def _matches(self, text: str) -> bool:
        return (self.longest is None or len(text) <= self.longest) and re.fullmatch(self.pattern, text) is not None

    def __repr__(self) -> str:
        return f"<Grammar {self.name}>"


class Bounds(NamedTuple):
    """The limits of a number, or of the length of a list.

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
        """A description of the bounds, for messages."""
        return (
            f"{self.least} or more" if self.most == _BEYOND_WHOLE - 1 else f"a number from {self.least} to {self.most}"
        )


_ID_RULE: Final = "id-grammar"
# TEXT has the rules of `is_text`, except the limit of combining marks.
SURROGATES: Final = r"\ud800-\udfff"
_UNSHOWN = rf"\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069{SURROGATES}"
_BLANKS = r" \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_SLUG = "[a-z][a-z0-9]*(?:_[a-z0-9]+)*"

TEXT_IN_WORDS: Final = (
    f"text (1 to {TEXT_CHARACTERS:,} characters, no control characters, no blanks at the ends, at most "
    f"{COMBINING_MARKS} combining marks in a row)"
)
TEXT: Final = Grammar(
    "text",
    rf"[^{_UNSHOWN}{_BLANKS}](?:[^{_UNSHOWN}]*[^{_UNSHOWN}{_BLANKS}])?",
    TEXT_IN_WORDS,
    longest=TEXT_CHARACTERS,
)
_ANY_ID_WORDS: Final = "at most 100 lower-case letters, digits and single hyphens"
ANY_ID: Final = Grammar(
    "id", "[a-z0-9]+(?:-[a-z0-9]+)*", _ANY_ID_WORDS, noun="id", rule=_ID_RULE, longest=ID_CHARACTERS
)
_CITY_ID_WORDS: Final = "an id like 'nz-dunedin' or 'us-il-springfield'"
CITY_ID: Final = Grammar(
    "city_id", "[a-z]{2}(?:-[a-z0-9]+)+", _CITY_ID_WORDS, noun="city id", rule=_ID_RULE, longest=ID_CHARACTERS
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
WIKIDATA: Final = Grammar(
    "wikidata", "Q[1-9][0-9]*", "a Q and digits, like 'Q133073'", noun="Wikidata id", longest=ID_CHARACTERS
)
SLUG: Final = Grammar("slug", _SLUG, "words like 'public_transport'")
UNIT: Final = Grammar(
    "unit", f"[A-Z]{{3}}|{_SLUG}", "a currency code like 'USD', or a word like 'ventures'", noun="unit"
)
ADDRESS: Final = Grammar(
    "address",
    rf"https?://(?:[^{_UNSHOWN} ]*[^{_UNSHOWN}{_BLANKS}])?",
    "an address that starts with 'https://' or 'http://'",
    noun="address",
    rule="address",
)

SCHEMES: Final = MappingProxyType({"wikidata": WIKIDATA})
"""The grammars of identifiers, by scheme."""

GRAMMARS: Final = MappingProxyType[Any, Grammar](
    {
        CityId: CITY_ID,
        **dict.fromkeys((MemorandumId, OfficialId, StatisticId, EventId, CooperationId, CoverageId, SourceId), ANY_ID),
    }
)
"""The grammars of ids, by type. A :class:`Partnership` checks its own id."""

is_id = ANY_ID.matches
is_city_id = CITY_ID.matches
is_country = COUNTRY.matches
is_language = LANGUAGE.matches
is_wikidata = WIKIDATA.matches
is_address = ADDRESS.matches

_HIDDEN_CATEGORIES: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
_DIRECTION_MARKS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that change the writing direction of the following text."""


def is_text(value: object) -> bool:
    """Whether a value is valid text, as described by :data:`TEXT_IN_WORDS`."""
    if type(value) is not str or not 0 < len(value) <= TEXT_CHARACTERS or value != value.strip():
        return False
    if len(value) > COMBINING_MARKS and not value.isascii() and _has_many_marks(value):
        return False
    if value.isprintable():
        return True
    return not any(unicodedata.category(char) in _HIDDEN_CATEGORIES or char in _DIRECTION_MARKS for char in value)


def _has_many_marks(text: str) -> bool:
    """Normalizing a text with many combining marks in a row is slow."""
    run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        if run > COMBINING_MARKS:
            return True
    return False


def is_whole_number(value: object) -> bool:
    """Whether a value is an integer that every JSON parser reads exactly."""
    return type(value) is int and abs(value) < _BEYOND_WHOLE


def is_decimal(value: object) -> bool:
    """Whether a value is a finite Decimal of limited length."""
    if type(value) is not Decimal or not value.is_finite():
        return False
    exponent = value.as_tuple().exponent
    return value.adjusted() < NUMBER_DIGITS and isinstance(exponent, int) and exponent >= -NUMBER_DIGITS


def parse_city_id(text: str) -> CityId:
    """Check that a text is the id of a city, and return the id.

    Raises:
        InvalidRecordError: If the text is not a valid id.

    Example:
        >>> parse_city_id("nz-dunedin")
        'nz-dunedin'
    """
    if not isinstance(text, str) or not is_city_id(text):
        raise InvalidRecordError([Problem(message=f"invalid city id {short(text)}", expected=CITY_ID.words)])
    return CityId(text)


def parse_source_id(text: str) -> SourceId:
    """Check that a text is the id of a source, and return the id.

    Raises:
        InvalidRecordError: If the text is not a valid id.

    Example:
        >>> parse_source_id("shine-2023-12-02")
        'shine-2023-12-02'
    """
    if not isinstance(text, str) or not is_id(text):
        expected = "an id like 'shine-2023-12-02'"
        raise InvalidRecordError([Problem(message=f"invalid source id {short(text)}", expected=expected)])
    return SourceId(text)


def parse_partnership_id(text: str) -> tuple[CityId, CityId]:
    """Split the id of a partnership into the ids of its two cities.

    Raises:
        InvalidRecordError: If the text is not a valid id.

    Example:
        >>> parse_partnership_id("cn-shanghai--nz-dunedin")
        ('cn-shanghai', 'nz-dunedin')
    """
    first, _, second = text.partition("--") if isinstance(text, str) else ("", "", "")
    if not (is_city_id(first) and is_city_id(second)):
        what, hint = f"invalid partnership id {short(text)}", ""
    elif first > second:
        what, hint = f"the cities in {short(text)} are in the wrong order", f"write '{second}--{first}'"
    elif first == second:
        what, hint = f"{short(text)} names the same city twice", ""
    else:
        return CityId(first), CityId(second)
    expected = "the ids of two cities in alphabetical order, like 'cn-shanghai--nz-dunedin'"
    raise InvalidRecordError([Problem(rule=_ID_RULE, field="id", message=what, expected=expected, hint=hint)])
