"""One spelling for what readers take for the same name."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

__all__ = ["composed", "fold", "fold_each"]

# Accents that ride on a letter (Unicode's five blocks of combining diacritics). Vowel signs of Indic scripts and the
# voicing marks of kana are letters in their own right and stay.
_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
# An accent that stands by itself, such as ´ or ¨, is to Unicode's compatibility forms a blank with that accent on it.
_SPACING_ACCENTS = re.compile(f" {_ACCENTS.pattern}+")
_LETTERS: Final = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ħ": "h",
    "ŋ": "n",
}
"""Latin letters whose stroke or ligature Unicode does not take apart."""
_APOSTROPHES: Final = dict.fromkeys("'’‘`ʻʼʾʿ", "")
_NO_APOSTROPHES: Final = str.maketrans(_APOSTROPHES)
_NOT_ASCII_WORD = re.compile("[^a-z0-9]+")
_NOT_COMPATIBILITY_IDEOGRAPHS = re.compile("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")


def composed(text: str) -> str:
    """The text with each letter and its marks as one character (Unicode's NFC), and every ideograph as it is.

    NFC puts other ideographs for those of two blocks, the compatibility ideographs, and in names the difference counts:
    it cannot be told afterwards which of the two was written.

    Example:
        >>> composed("Malmo\u0308"), composed("\ufa19戸") == "\ufa19戸"
        ('Malmö', True)
    """
    if unicodedata.is_normalized("NFC", text):
        return text
    return _NOT_COMPATIBILITY_IDEOGRAPHS.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The spelling under which a name is looked up: without case, accents, width and punctuation.

    Spaces matter ("shang hai" is not "Shanghai"), apostrophes do not ("Xi'an" is "Xian"), and an accent does not, even
    where it stands beside its letter ("Malmo¨"). Compatibility forms are taken apart by Unicode's NFKD, case goes by
    its case folding.

    Example:
        >>> fold("Saint-Étienne"), fold("ＳＨＡＮＧＨＡＩ"), fold("Malmö"), fold("上海市")
        ('saint etienne', 'shanghai', 'malmo', '上海市')
    """
    if text.isascii():
        return _NOT_ASCII_WORD.sub(" ", text.lower().translate(_NO_APOSTROPHES)).strip()
    return " ".join(_plain(text, "").split())


def fold_each(texts: Sequence[str]) -> list[str]:
    """The spellings under which many names are looked up, quicker than one after the other.

    Example:
        >>> fold_each(["Saint-Étienne", "Malmö"])
        ['saint etienne', 'malmo']
    """
    lines = _plain("\n".join(texts), "\n").split("\n")
    if len(lines) != len(texts):  # there is a line break in one of them, or there are none
        return list(map(fold, texts))
    return [" ".join(line.split()) for line in lines]


def _plain(text: str, kept: str) -> str:
    """Text without case, accents, width and punctuation, with a blank for each gap; some characters are kept."""
    # Taken apart before anything is left out: all forms of a text are one from here on.
    words = _put(_SPACING_ACCENTS.sub("", unicodedata.normalize("NFKD", text)), _APOSTROPHES)
    apart = _ACCENTS.sub("", unicodedata.normalize("NFKD", words.casefold()))
    plain = _put(apart, {each: put for each in set(apart) if (put := _kept(each)) != each and each not in kept})
    return _put(unicodedata.normalize("NFC", plain), _LETTERS)


def _put(text: str, instead: Mapping[str, str]) -> str:
    """Text with other letters put for some: one after the other, as few of them stand in any text."""
    for letter, other in instead.items():
        if letter in text:
            text = text.replace(letter, other)
    return text


def _kept(character: str) -> str:
    """What stays of a character: a letter, mark or number itself, of an invisible one nothing, else a space."""
    category = unicodedata.category(character)
    return character if category[0] in "LMN" else "" if category == "Cf" else " "
