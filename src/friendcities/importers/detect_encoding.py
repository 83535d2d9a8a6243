"""Detects the encoding of a text file from its letters and words."""

import codecs
import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import Final, NamedTuple

from importlib_resources import files

from friendcities.extras import extra
from friendcities.importers.formats.tables import find_unicode_or_escaped
from friendcities.names.countries import comparison_key, country_names, read_country, translated_countries
from friendcities.names.normalize import fold

_WORDS: Final = tomllib.loads(files("friendcities.importers").joinpath("words.toml").read_text("utf-8"))
_ENCODINGS: Final[Sequence[str]] = _WORDS["encodings"]
_COUNTRIES: Final[Mapping[str, str]] = {
    country: language for language, countries in _WORDS["countries"].items() for country in countries.split()
}
"""The main language of each country."""
_COMMON_BYTES: Final[Mapping[str, tuple[str, Sequence[int]]]] = {
    "ja": ("euc_jp", [0xA4, 0xA5, *range(0xB0, 0xD0)]),
    "ko": ("euc_kr", range(0xB0, 0xC9)),
    "zh": ("gb2312", range(0xB0, 0xD8)),
    "zh-hant": ("big5", range(0xA4, 0xC7)),
}
"""The first bytes of the common characters of a language, in an encoding with the common characters in front."""
_OWN_LETTERS: Final[Mapping[str, frozenset[str]]] = {"cp857": frozenset("ğışĞİŞ")}
"""The letters without which a text is probably not in an encoding."""
_SEPARATOR: Final = re.compile(r'[;,|"\t\r\n]+')
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_UTF_7: Final = re.compile(rb"\+[A-Za-z0-9/+]{3,}")
_NOT_A_SIGN: Final = r"\w\s!-~’·ªº、。「」・（）"
_SIGN_AT_LETTER: Final = re.compile(rf"(?<=[^\W\d_])[^{_NOT_A_SIGN}]|[^{_NOT_A_SIGN}](?=[^\W\d_])")
"""A non-ASCII sign next to a letter. Such signs are frequent in a text that is decoded with the wrong encoding."""
_IMPOSSIBLE: Final = re.compile("ñ(?![aeiouáéíóú])")
"""Letters that no language has, such as "Poznañ"."""
_FIRST_GREEK: Final = "\u0370"
"""The first letter after the Latin letters."""
_FIRST_LINES: Final = 5
"""The number of lines that can contain the column names."""
_MOST_BYTES: Final = 10_000
"""The number of bytes with non-ASCII letters that are examined."""
_CERTAIN: Final = 0.5
_EQUAL: Final = 0.15
"""The maximum difference between the ratings of equally plausible encodings."""
_EQUAL_FIT: Final = 0.05
"""The maximum difference between the fits of equally plausible encodings."""
_LANGUAGE_WEIGHT: Final = 0.3
_KNOWN_WEIGHT: Final = 0.5
_MOST_ENCODINGS: Final = 3


class _Candidate(NamedTuple):
    """A possible encoding of a file, and the text decoded with this encoding."""

    encoding: str
    text: str
    fit: float
    """How well the letters fit one language and the languages of the named countries, from -1 to 1."""
    rating: float
    """The sum of the fit and of how well the countries and the column names fit the same language."""


def detect_encodings(content: bytes) -> tuple[str, ...]:
    r"""Return the plausible encodings of a text from its start, the best first.

    The result is empty for UTF-8, and for content that is not text.

    Example:
        >>> detect_encodings("Stadt;Partnerstadt\nKöln;Zürich\n".encode("mac_roman"))
        ('mac_roman',)
        >>> detect_encodings("town;partner\nGyőr;Pécs\n".encode("cp1250"))
        ('cp1252', 'cp1250')
    """
    shown = find_unicode_or_escaped(content)
    if shown is not None or b"\0" in content:
        return () if shown is None else (shown,)
    if content.isascii() and _UTF_7.search(content) is not None and _is_utf7(content):
        return ("utf-7",)
    with suppress(UnicodeDecodeError):
        _decode(content, "utf-8")
        return ()
    found = sorted(_find_candidates(content), key=lambda each: -each.rating)
    best = max(found, key=lambda each: each.fit)
    if best.fit <= _CERTAIN:
        # latin-1 decodes every byte
        return (_detect_other_script(content) or (best.encoding if best.fit > 0 else "latin-1"),)
    equal: dict[str, str] = {}
    for each in found:
        if each.rating >= found[0].rating - _EQUAL and each.fit >= found[0].fit - _EQUAL_FIT:
            equal.setdefault(each.text, each.encoding)
    return tuple(equal.values())[:_MOST_ENCODINGS]


def _decode(content: bytes, encoding: str) -> str:
    """The last character of the text can be incomplete."""
    return codecs.getincrementaldecoder(encoding)().decode(content)


def _is_utf7(content: bytes) -> bool:
    """Telephone numbers can look like UTF-7, but do not decode to letters."""
    with suppress(UnicodeDecodeError):
        beyond = [each for each in _decode(content, "utf-7") if not each.isascii()]
        return all(map(str.isalpha, beyond)) and bool(beyond)
    return False


def _find_candidates(content: bytes) -> Iterator[_Candidate]:
    lines = content.splitlines(keepends=True)
    beyond = [line for line in lines[_FIRST_LINES:] if not line.isascii()]
    sample = b"".join(lines[:_FIRST_LINES])[:_MOST_BYTES] + b"".join(beyond)[:_MOST_BYTES]
    for encoding in _ENCODINGS:
        with suppress(UnicodeDecodeError):
            _decode(content, encoding)
            text = sample.decode(encoding, "ignore")
            if encoding not in _OWN_LETTERS or not _OWN_LETTERS[encoding].isdisjoint(text):
                yield _Candidate(encoding, text, *_rate_text(text))


def _rate_text(text: str) -> tuple[float, float]:
    cells = [cell.strip() for cell in _SEPARATOR.split(text) if cell.strip()]
    beyond = {cell for cell in cells if not cell.isascii()}
    known = set(filter(_is_known, beyond))
    named = Counter(language for line in text.splitlines() for language in _languages_of_row(line))
    named.update(_languages_of_headings(text.splitlines()[:_FIRST_LINES]))
    letters, other = _count_letters(text)
    most = max(named.values(), default=1)
    shared = frozenset[str]().union(*(_alphabets().get(each, ()) for each in named if 2 * named[each] >= most))
    fits = {language: _rate_letters(letters, other, each | shared) for language, each in _alphabets().items()}
    of_language = max(
        (_rate_letters(letters, other, _alphabets().get(each, shared)) * named[each] / most for each in named),
        default=0,
    )
    fit = max(fits.values())
    return fit, fit + _LANGUAGE_WEIGHT * of_language + _KNOWN_WEIGHT * len(known) / max(1, len(beyond))


def _rate_letters(letters: Counter[str], other: float, alphabet: Collection[str]) -> float:
    known = sum(number for letter, number in letters.items() if letter in alphabet)
    return 2 * known / max(1, letters.total() + other) - 1


def _count_letters(text: str) -> tuple[Counter[str], float]:
    """Count non-ASCII letters, and the characters of wrong words such as "MÅnchen" and "Kцln"."""
    letters, other = Counter[str](), float(len(_SIGN_AT_LETTER.findall(text)))
    other += len(text) * any(unicodedata.category(letter) == "Cc" for letter in set(text) if not letter.isascii())
    for word, number in Counter(_LETTERS.findall(text)).items():
        beyond = Counter(letter for letter in word if not letter.isascii())
        if (
            word[1:] != word[1:].lower()
            or _IMPOSSIBLE.search(word)
            or (beyond.total() < len(word) and max(word) >= _FIRST_GREEK)
        ):
            other += number * beyond.total()
        else:
            letters.update({letter: number * times for letter, times in beyond.items()})
            other += number / 2 if word[0] in beyond and word[0].islower() else 0
    return letters, other


@cache
def _alphabets() -> Mapping[str, frozenset[str]]:
    common = {
        language: frozenset(
            bytes([first, second]).decode(encoding, "ignore") for first in bytes_ for second in range(0x40, 0xFF)
        )
        for language, (encoding, bytes_) in _COMMON_BYTES.items()
    }
    common["ja"] |= {"ー", "々"}
    return common | {language: frozenset(letters) for language, letters in _WORDS["alphabets"].items()}


@cache
def _heading_languages() -> Mapping[str, frozenset[str]]:
    languages = defaultdict[str, set[str]](set)
    for language, fields in _WORDS["headings"].items():
        for field, words in fields.items():
            for word in words if field != "filler" else ():
                languages[fold(word)].add(language)
    return {word: frozenset(each) for word, each in languages.items() if "any" not in each}


def _is_known(cell: str) -> bool:
    """Whether a cell is a country, or contains a common word of column names."""
    return not _heading_languages().keys().isdisjoint(fold(cell).split()) or read_country(cell).code is not None


def _languages_of_headings(lines: Iterable[str]) -> Counter[str]:
    counts = Counter(
        language for line in lines for word in fold(line).split() for language in _heading_languages().get(word, ())
    )
    most = max(counts.values(), default=0)
    return Counter({language: number for language, number in counts.items() if number == most})


def _languages_of_row(line: str) -> list[str]:
    found = [each for each in map(_languages_of_country, map(str.strip, _SEPARATOR.split(line))) if each]
    return [language for languages in found[:1] + found for language in languages]


@cache
def _languages_of_country(cell: str) -> frozenset[str]:
    code = read_country(cell).code
    if code is None:
        return frozenset()
    key = comparison_key(cell)
    written = {each for each in _alphabets() if key not in country_names() and key in translated_countries(each)}
    return frozenset({_COUNTRIES.get(code, ""), *written})


def _detect_other_script(content: bytes) -> str | None:
    """Detect the encoding of a text in a script other than Latin; ``None`` if no encoding fits."""
    with extra("tables", "detecting the encoding of a file"):
        from charset_normalizer import from_bytes  # noqa: PLC0415 - an extra
    found = [match for match in from_bytes(content) if not _is_latin(str(match))]
    return max(found, key=lambda match: _count_known(str(match))).encoding if found else None


def _count_known(text: str) -> int:
    cells = set(_SEPARATOR.split(text[:_MOST_BYTES]))
    return sum(map(_is_known, cells))


def _is_latin(text: str) -> bool:
    words = [word for word in _LETTERS.findall(text[:_MOST_BYTES]) if not word.isascii()]
    return 2 * sum(any(map(str.isascii, word)) for word in words) >= len(words)
