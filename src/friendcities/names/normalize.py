"""Normalizes names for comparison."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

# Combining accents (Unicode's five blocks of combining diacritics), the optional marks of Hebrew and Arabic, and the
# Arabic letter that stretches a word. Vowel signs of Indic scripts and the voicing marks of kana are letters and stay.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08ca-\u08ff]"
)
# Unicode's compatibility forms decompose a separate accent, such as ´ or ¨, to a blank with that accent.
_SPACING_ACCENTS = re.compile(" [\u0300-\u036f]+")
_CATALAN_DOT = re.compile("(?<=[Ll])·")
"""The dot of Catalan's "l·l", which Unicode also has in the letter "ŀ"."""
_SPECIAL_LETTERS: Final = {
    "CHI": "x", "ENG": "n", "ETH": "d", "ESH": "s", "EZH": "z", "PHI": "f", "RAMS": "o", "SCHWA": "e", "THORN": "th",
    "FIVE": "q", "SIX": "h", "TWO": "z",
}  # fmt: skip
"""Latin letters, by a word of their Unicode name, whose spelling in ASCII is not the first letter of that word.

The numbers are the tone letters of Zhuang, with the letters that replaced them."""
_APOSTROPHE_LIKE: Final = frozenset(
    {"AIN", "ALEF", "CLICK", "DOT", "FRICATIVE", "PERCUSSIVE", "SALTILLO", "SPIRANT", "STOP"}
)
"""Words in the Unicode names of the Latin letters that ASCII writes as an apostrophe or not at all."""
_DESCRIPTIONS: Final = re.compile(
    r"\b(?:BARRED|BLACKLETTER|BROKEN|CAPITAL|CLOSED|DOTLESS|DOUBLE|EGYPTOLOGICAL|EPIGRAPHIC|GLOTTAL|INSULAR|INVERTED|"
    r"LATIN|LENIS|LETTER|LIGATURE|LONG|MIDDLE-WELSH|MODIFIER|OLD|OPEN|POLISH|REVERSED|SCRIPT|SIDEWAYS|SIGMOID|SMALL|"
    r"SQUAT|STIRRUP|STRETCHED|TAILLESS|TONE|TURNED|VISIGOTHIC|VOLAPUK)\b| WITH .*"
)
"""The parts of the Unicode names of Latin letters that describe their shape or use."""
_SAME_LETTERS: Final = {"ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", **dict.fromkeys("ةھہۃە", "ه")}
"""Arabic letters with another form in some languages or places of a word."""
_APOSTROPHES: Final = dict.fromkeys("'`’‘‛′‵ʹʺʻʼʽʾʿˈˊˋ՚׳ߴߵꞌꞋ", "")
_NO_APOSTROPHES: Final = str.maketrans(_APOSTROPHES)
WRITTEN_OUT: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa"}
)
"""The spellings in ASCII of letters that :func:`fold` writes as one letter."""
_NOT_ASCII_WORD = re.compile("[^a-z0-9]+")
_NOT_COMPATIBILITY_IDEOGRAPHS = re.compile("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")


def composed(text: str) -> str:
    """The text in Unicode NFC, except that compatibility ideographs are not replaced.

    Example:
        >>> composed("Malmo\u0308"), composed("\ufa19戸") == "\ufa19戸"
        ('Malmö', True)
    """
    if unicodedata.is_normalized("NFC", text):
        return text
    return _NOT_COMPATIBILITY_IDEOGRAPHS.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Fold a name for lookups: ignore case, accents, width, punctuation and apostrophes.

    Spaces are not ignored: "shang hai" is not "Shanghai".

    Example:
        >>> fold("Saint-Étienne"), fold("ＳＨＡＮＧＨＡＩ"), fold("Malmö"), fold("上海市")
        ('saint etienne', 'shanghai', 'malmo', '上海市')
    """
    if text.isascii():
        return _NOT_ASCII_WORD.sub(" ", text.lower().translate(_NO_APOSTROPHES)).strip()
    return " ".join(_plain(text, "").split())


def make_slug(text: str, most_characters: int) -> str:
    """Convert a name to ASCII words joined by hyphens, for ids; empty if a letter of another script would be lost.

    Example:
        >>> make_slug("Gəncə (old)", 60), make_slug("Lyon 里昂", 60)
        ('gence-old', '')
    """
    folded = fold(text)
    return folded.replace(" ", "-")[:most_characters].strip("-") if folded.isascii() else ""


def fold_each(texts: Sequence[str]) -> list[str]:
    """Fold many names; faster than :func:`fold` for each name.

    Example:
        >>> fold_each(["Saint-Étienne", "Malmö"])
        ['saint etienne', 'malmo']
    """
    lines = _plain("\n".join(texts), "\n").split("\n")
    if len(lines) != len(texts):  # a name contains a line break, or there are no names
        return list(map(fold, texts))
    return [" ".join(line.split()) for line in lines]


def _plain(text: str, kept: str) -> str:
    """Remove case, accents and width from text, and replace punctuation by spaces; characters in ``kept`` stay."""
    # Decomposed before anything is removed, so that all forms of a text are equal from here on.
    words = _SPACING_ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    words = _replace_letters(_CATALAN_DOT.sub("", words) if "·" in words else words, _APOSTROPHES)
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", words.casefold()))
    replacements = {
        each: new for each in set(bare) if (new := _comparison_character(each)) != each and each not in kept
    }
    return unicodedata.normalize("NFC", _replace_letters(bare, replacements))


def _replace_letters(text: str, replacements: Mapping[str, str]) -> str:
    """Replace letters in a text."""
    for letter, other in replacements.items():
        if letter in text:
            text = text.replace(letter, other)
    return text


@lru_cache(maxsize=4096)
def _comparison_character(character: str) -> str:
    """Letters, marks and numbers are kept, invisible characters are removed, and other characters become spaces.

    Latin letters become ASCII, and variants of Arabic letters become one letter.
    """
    category = unicodedata.category(character)
    if category[0] not in "LMN":
        return "" if category == "Cf" else " "
    name = "" if character.isascii() else unicodedata.name(character, "")
    if not name.startswith("LATIN"):
        return _SAME_LETTERS.get(character, character)
    words = _DESCRIPTIONS.sub("", name).split()
    if not _APOSTROPHE_LIKE.isdisjoint(words):
        return ""
    letters = [word.lower() for word in words if len(word) <= 2]  # noqa: PLR2004 - "A" and "AE", but not "ESH"
    return (letters or [_SPECIAL_LETTERS.get(word, word[0].lower()) for word in words])[0]
