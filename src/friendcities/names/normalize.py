"""Normalizes names for comparison."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from friendcities.limits import COMBINING_MARKS, QUERY_CHARACTERS

# Patterns for rare characters are texts, so they are compiled on first use.
# This pattern matches combining accents, optional marks of Hebrew and Arabic, and the Arabic tatweel. Vowel signs of
# Indic scripts and voicing marks of kana are letters.
_ACCENTS: Final = (
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08ca-\u08ff]"
)
_EXCESS_MARKS: Final = rf"([^\w\s\x00-\x7f]{{{COMBINING_MARKS}}})[^\w\s\x00-\x7f]+"
"""Matches more successive marks than a text of a record can have. The time to sort marks grows with their square."""
# NFKD replaces a separate accent, such as ´ or ¨, with a blank and a combining accent.
_SPACING_ACCENTS: Final = " [\u0300-\u036f]+"
_CATALAN_DOT: Final = "(?<=[Ll])·"
"""The dot of the Catalan spelling "l·l"."""
_SPECIAL_LETTERS: Final = {
    "CHI": "x", "ENG": "n", "ETH": "d", "ESH": "s", "EZH": "z", "PHI": "f", "RAMS": "o", "SCHWA": "e", "THORN": "th",
    "FIVE": "q", "SIX": "h", "TWO": "z",
}  # fmt: skip
"""ASCII spellings of some Latin letters, by a word of their Unicode names. The default is the first letter of the word.

The words for numbers belong to the tone letters of Zhuang."""
_APOSTROPHE_LIKE: Final = frozenset(
    {"AIN", "ALEF", "CLICK", "DOT", "FRICATIVE", "PERCUSSIVE", "SALTILLO", "SPIRANT", "STOP"}
)
"""Words in the Unicode names of Latin letters without an ASCII spelling."""
_DESCRIPTIONS: Final = (
    r"\b(?:BARRED|BLACKLETTER|BROKEN|CAPITAL|CLOSED|DOTLESS|DOUBLE|EGYPTOLOGICAL|EPIGRAPHIC|GLOTTAL|INSULAR|INVERTED|"
    r"LATIN|LENIS|LETTER|LIGATURE|LONG|MIDDLE-WELSH|MODIFIER|OLD|OPEN|POLISH|REVERSED|SCRIPT|SIDEWAYS|SIGMOID|SMALL|"
    r"SQUAT|STIRRUP|STRETCHED|TAILLESS|TONE|TURNED|VISIGOTHIC|VOLAPUK)\b| WITH .*"
)
"""Matches words of a Unicode name that describe the shape or the use of a letter."""
_SAME_LETTERS: Final = {"ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", **dict.fromkeys("ةھہۃە", "ه"), "臺": "台"}
"""Variants of Arabic letters, and of a Chinese character in the name of Taiwan, each with its replacement."""
_APOSTROPHES: Final = dict.fromkeys("'`’‘‛′‵ʹʺʻʼʽʾʿˈˊˋ՚׳ߴߵꞌꞋ", "")
_NO_APOSTROPHES: Final = str.maketrans(_APOSTROPHES)
WRITTEN_OUT: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa"}
)
"""ASCII spellings with two letters, such as "oe" for "ö"."""
_NOT_ASCII_WORD = re.compile("[^a-z0-9]+")
_NOT_COMPATIBILITY_IDEOGRAPHS: Final = "[^\uf900-\ufaff\U0002f800-\U0002fa1f]+"


def composed(text: str) -> str:
    """Return the text in Unicode NFC, but keep compatibility ideographs.

    Example:
        >>> composed("Malmo\u0308"), composed("\ufa19戸") == "\ufa19戸"
        ('Malmö', True)
    """
    if unicodedata.is_normalized("NFC", text):
        return text
    return re.sub(_NOT_COMPATIBILITY_IDEOGRAPHS, lambda found: unicodedata.normalize("NFC", found[0]), text)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Normalize a name for lookups: ignore case, accents and punctuation, but not spaces.

    Example:
        >>> fold("Saint-Étienne"), fold("ＳＨＡＮＧＨＡＩ"), fold("Malmö"), fold("上海市")
        ('saint etienne', 'shanghai', 'malmo', '上海市')
    """
    if text.isascii():
        return _NOT_ASCII_WORD.sub(" ", text.lower().translate(_NO_APOSTROPHES)).strip()
    return " ".join(_plain(text, "").split())


def make_slug(text: str, most_characters: int) -> str:
    """Convert a name to ASCII words with hyphens, for ids. Return an empty text if a letter has no ASCII spelling.

    Example:
        >>> make_slug("Gəncə (old)", 60), make_slug("Lyon 里昂", 60)
        ('gence-old', '')
    """
    folded = fold(text)
    return folded.replace(" ", "-")[:most_characters].strip("-") if folded.isascii() else ""


def fold_each(texts: Sequence[str]) -> list[str]:
    """Normalize many names, faster than with :func:`fold`.

    Example:
        >>> fold_each(["Saint-Étienne", "Malmö"])
        ['saint etienne', 'malmo']
    """
    lines = _plain("\n".join(texts), "\n").split("\n")
    if len(lines) != len(texts):  # a name contains a line break, or there are no names
        return list(map(fold, texts))
    return [" ".join(line.split()) for line in lines]


def _plain(text: str, kept: str) -> str:
    """Remove case and accents, and replace punctuation by spaces."""
    # All Unicode forms of a text are equal after this decomposition.
    if len(text) > QUERY_CHARACTERS:
        text = re.sub(_EXCESS_MARKS, r"\1", text)
    words = re.sub(_SPACING_ACCENTS, "", unicodedata.normalize("NFKD", text))
    words = _replace_letters(re.sub(_CATALAN_DOT, "", words) if "·" in words else words, _APOSTROPHES)
    bare = re.sub(_ACCENTS, "", unicodedata.normalize("NFKD", words.casefold()))
    replacements = {
        each: new for each in set(bare) if (new := _comparison_character(each)) != each and each not in kept
    }
    return unicodedata.normalize("NFC", _replace_letters(bare, replacements))


def _replace_letters(text: str, replacements: Mapping[str, str]) -> str:
    for letter, other in replacements.items():
        if letter in text:
            text = text.replace(letter, other)
    return text


@lru_cache(maxsize=4096)
def _comparison_character(character: str) -> str:
    """Latin letters become ASCII. Punctuation becomes a space."""
    category = unicodedata.category(character)
    if category[0] not in "LMN":
        return "" if category == "Cf" else " "
    name = "" if character.isascii() else unicodedata.name(character, "")
    if not name.startswith("LATIN"):
        return _SAME_LETTERS.get(character, character)
    words = re.sub(_DESCRIPTIONS, "", name).split()
    if not _APOSTROPHE_LIKE.isdisjoint(words):
        return ""
    letters = [word.lower() for word in words if len(word) <= 2]  # noqa: PLR2004 - "A" and "AE", but not "ESH"
    return (letters or [_SPECIAL_LETTERS.get(word, word[0].lower()) for word in words])[0]
