"""Finds the names of cities in a language, and fonts for these names."""

import re
import unicodedata
import warnings
from contextlib import suppress
from functools import cache
from typing import Final

from matplotlib.font_manager import findSystemFonts, fontManager, get_font

from friendcities.errors import InvalidQueryError
from friendcities.model import City, NameKind
from friendcities.model.grammar import LANGUAGE
from friendcities.model.record import short

FONT: Final = "DejaVu Sans"
"""The font that is part of matplotlib. With this font, figures are the same on all systems."""
_PRESENT_KINDS: Final = (NameKind.ENDONYM, NameKind.EXONYM, NameKind.OFFICIAL, NameKind.ALIAS)
"""The kinds of present names. The most usual kind comes first."""
_REGIONS: Final = {"ja": "JP", "ko": "KR"}
"""The region in the name of the Noto font for each language."""
_NORMAL_WEIGHT: Final = 400
_UNUSABLE: Final = re.compile("Last Resort|Emoji")
"""Matches the names of fonts that show boxes or pictures instead of letters."""
_CJK: Final = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "IDEOGRAPHIC"})
"""The scripts that share one font."""


def check_language(language: str | None) -> None:
    """Raise InvalidQueryError if a language is not a BCP 47 tag."""
    if language is not None and (not isinstance(language, str) or not LANGUAGE.matches(language)):
        message = f"invalid language {short(language)}; expected {LANGUAGE.words}"
        raise InvalidQueryError(message, language)


def name_of(city: City, language: str | None) -> str:
    """Return the current name of a city in a language. If no such name is recorded, return the English name.

    Example:
        >>> import friendcities as fc
        >>> name_of(fc.city("Yokohama"), "ja"), name_of(fc.city("Yokohama"), None)
        ('横浜市', 'Yokohama')
    """
    if language is None:
        return city.name
    spoken = [name for name in city.names if f"{name.language}-".startswith(f"{language}-") and name.until is None]
    names = [name.text for kind in _PRESENT_KINDS for name in spoken if name.kind is kind]
    return names[0] if names else city.name


def find_fonts(text: str, language: str | None) -> list[str]:
    """Return fonts that contain the letters of a text.

    If no installed font contains a letter, a warning is issued. The forms of Chinese characters depend on the language.
    """
    missing = {letter for letter in text if letter.isprintable()} - _letters_of(fontManager.findfont(FONT))
    fonts = [FONT]
    region = _REGIONS.get((language or "").partition("-")[0], "SC")
    for family, path in sorted(_installed_fonts(), key=lambda font: not font[0].endswith(region)) if missing else ():
        found = missing & _letters_of(path)
        fonts += [family] if found else []
        missing -= found
    if missing:
        scripts = sorted({unicodedata.name(letter, "UNKNOWN").split()[0] for letter in missing})
        names = dict.fromkeys("CJK" if script in _CJK else script.title() for script in scripts)
        hint = " and ".join(f"Noto Sans {name}" for name in names)
        letters = "".join(sorted(missing)[:10])
        warnings.warn(
            f"no installed font has the letters {letters!r} ({', '.join(names)}); the figure shows boxes instead; "
            f"install a font such as {hint}",
            stacklevel=4,
        )
    return fonts


@cache
def _letters_of(path: str) -> frozenset[str]:
    return frozenset(map(chr, get_font(path).get_charmap()))


@cache
def _installed_fonts() -> tuple[tuple[str, str], ...]:
    """Return the installed upright fonts of normal weight with their files. Sans-serif fonts come first.

    Fonts that matplotlib's cached list lacks are added in memory.
    """
    known = {font.fname for font in fontManager.ttflist}
    for path in sorted({*findSystemFonts()} - known):
        with suppress(Exception):  # matplotlib cannot read every font, and raises various errors
            fontManager.addfont(path)
    fonts = {
        (font.name, font.fname)
        for font in fontManager.ttflist
        if font.style == "normal" and font.weight == _NORMAL_WEIGHT and not _UNUSABLE.search(font.name)
    }
    return tuple(sorted(fonts, key=lambda font: ("Noto Sans" not in font[0], "Sans" not in font[0], *font)))
