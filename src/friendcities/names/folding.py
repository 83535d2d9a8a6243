"""One spelling for what readers take for the same name."""

import re
import unicodedata
from functools import lru_cache

__all__ = ["composed", "fold"]

# Accents that ride on a letter (Unicode's five blocks of combining diacritics). Vowel signs of Indic scripts and the
# voicing marks of kana are letters in their own right and stay.
_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
# An accent that stands by itself, such as ´ or ¨, is to Unicode's compatibility forms a blank with that accent on it.
_SPACING_ACCENTS = re.compile(f" {_ACCENTS.pattern}+")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n"},
)
"""Latin letters whose stroke or ligature Unicode does not take apart."""
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘`ʻʼʾʿ"))
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
        return _NOT_ASCII_WORD.sub(" ", text.lower().translate(_APOSTROPHES)).strip()
    # Taken apart before anything is left out: all forms of a text are one from here on.
    words = _SPACING_ACCENTS.sub("", unicodedata.normalize("NFKD", text)).translate(_APOSTROPHES)
    apart = _ACCENTS.sub("", unicodedata.normalize("NFKD", words.casefold()))
    plain = " ".join("".join(map(_kept, apart)).split())
    return unicodedata.normalize("NFC", plain).translate(_LETTERS)


def _kept(character: str) -> str:
    """What stays of a character: a letter, mark or number itself, of an invisible one nothing, else a space."""
    category = unicodedata.category(character)
    return character if category[0] in "LMN" else "" if category == "Cf" else " "
