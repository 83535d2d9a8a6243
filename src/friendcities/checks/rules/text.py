"""Rules on the characters of texts: ``invisible-character``, ``mixed-script``, ``not-normalised``."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Final

from friendcities.checks.find_values import find_texts, replace_texts
from friendcities.checks.record_tree import RecordTree
from friendcities.checks.rule import Scope, rule
from friendcities.errors import Problem
from friendcities.model import AnyRecord
from friendcities.model.record import short
from friendcities.names.normalize import composed

_ZWSP, _ZWNJ, _ZWJ, _BOM = "\u200b", "\u200c", "\u200d", "\ufeff"
_REMOVABLE: Final = frozenset({_ZWSP, _BOM})
"""Invisible characters that a fix removes."""
_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters, marks and symbols that are not visible."""
_SELECTORS: Final = frozenset(
    map(chr, (*range(0x180B, 0x180E), 0x180F, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)
"""Variation selectors. A selector changes the form of the preceding character."""
_BLANK_OR_SELECTOR: Final = _BLANK | _SELECTORS
_WITH_VARIATIONS: Final = frozenset({"CJK", "MONGOLIAN", "PHAGS-PA", "MYANMAR"})
"""Scripts whose characters have several forms."""
_VISIBLE: Final = frozenset(map(chr, (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)))
"""Format characters of Arabic, Syriac and Kaithi that are visible."""
_JOINING_SCRIPTS: Final = (
    "ARABIC SYRIAC NKO MONGOLIAN DEVANAGARI BENGALI GURMUKHI GUJARATI ORIYA TAMIL TELUGU KANNADA MALAYALAM SINHALA "
    "TIBETAN MYANMAR KHMER BALINESE JAVANESE SUNDANESE CHAKMA"
)
_JOINING: Final = frozenset(_JOINING_SCRIPTS.split())
"""Scripts in which an invisible character can join or separate letters."""
_MONGOLIAN_SPACES: Final = frozenset("\u180e\u202f")
"""Spaces between a Mongolian word and its ending."""
_UNSPACED: Final = frozenset({"KHMER", "LAO", "MYANMAR", "THAI"})
"""Scripts without spaces between words. A zero-width space marks a possible line break."""
_VIRAMA: Final = 9
"""The combining class of the signs that remove the vowel of a letter."""
_SIMILAR: Final = ("LATIN", "CYRILLIC", "GREEK")
"""Scripts that share many letter shapes."""
_GREEK_OR_CYRILLIC: Final = re.compile("[\u0370-\u052f\u1c80-\u1c8f\u1d26-\u1d2b\u1f00-\u1fff\ua640-\ua69f]")
_NO_LETTERS: Final = re.compile(r"[\W\d_]+")


@cache
def _script_of(character: str) -> str:
    """Return the script of a letter or mark: the first word of its Unicode name. Return "" for all other characters."""
    is_letter = bool(character) and unicodedata.category(character)[0] in "LM"
    return unicodedata.name(character, "").partition(" ")[0] if is_letter else ""


@rule(Scope.RECORD, fix=lambda file, _: replace_texts(file, _replace_invisible))
def invisible_character(record: AnyRecord, _: RecordTree) -> Iterator[Problem]:
    """Texts must not contain invisible characters or special spaces.

    Copied text can contain zero-width spaces, soft hyphens, no-break spaces or direction marks. Then two names with the
    same letters are not equal. Joiners are allowed between letters of some scripts, such as Arabic. 'friendcities check
    --fix' replaces special spaces by plain spaces, and removes zero-width spaces and byte-order marks. Correct other
    characters manually.
    """
    for field, text in find_texts(record, lambda text: not text.isascii()):
        places: dict[str, list[str]] = defaultdict(list)
        for index in _find_invisible(text):
            places[text[index]].append(str(index + 1))
        for character, numbers in places.items():
            is_fixed = character not in _replace_invisible(text)
            positions = f"at position{'s' * (len(numbers) > 1)} {', '.join(numbers)}"
            message = f"{short(text)} contains the invisible character {_name(character)} {positions}"
            expected = "a plain space" if unicodedata.category(character) == "Zs" else "text without this character"
            hint = "run 'friendcities check --fix'" if is_fixed else "delete the character, or type the text again"
            yield Problem(field=field, message=message, expected=expected, hint=hint)


def _find_invisible(text: str) -> Iterator[int]:
    for index, character in enumerate(text):
        if character.isascii() or character in _VISIBLE:
            continue
        is_suspect = unicodedata.category(character) in {"Cf", "Zs"} or character in _BLANK_OR_SELECTOR
        if is_suspect and not _has_function(text, index):
            yield index


def _has_function(text: str, index: int) -> bool:
    character, before, after = text[index], text[index - 1 : index], text[index + 1 : index + 2]
    if character in _SELECTORS:
        return bool(before) and (not before.isalpha() or _script_of(before) in _WITH_VARIATIONS)
    if character in _MONGOLIAN_SPACES:
        return _script_of(before) == "MONGOLIAN"
    if character == _ZWSP:
        return _script_of(before) in _UNSPACED and _script_of(after) in _UNSPACED
    if character in {_ZWNJ, _ZWJ} and _script_of(before) in _JOINING:
        return _script_of(after) in _JOINING or unicodedata.combining(before) == _VIRAMA
    return character == _ZWJ and _is_emoji(before) and _is_emoji(after)


def _is_emoji(character: str) -> bool:
    return character in _SELECTORS or (bool(character) and unicodedata.category(character) in {"So", "Sk"})


def _replace_invisible(text: str) -> str:
    """Replace special spaces and delete removable characters. If the result is empty, return the text unchanged."""
    characters = list(text)
    for index in _find_invisible(text):
        if text[index] in _REMOVABLE:
            characters[index] = ""
        elif unicodedata.category(text[index]) == "Zs":
            characters[index] = " "
    return "".join(characters).strip() or text


@rule(Scope.RECORD, excusable=True)
def mixed_script(record: AnyRecord, _: RecordTree) -> Iterator[Problem]:
    """A word must not mix Latin, Cyrillic and Greek letters.

    Some letters look alike, such as the Cyrillic 'М' and the Latin 'M'. A search for one letter does not find the other
    letter. A word may mix Chinese characters and kana, or letters and digits. If a name really mixes two alphabets, add
    an exception.
    """
    for field, text in find_texts(record, lambda text: _GREEK_OR_CYRILLIC.search(text) is not None):
        without_marks = "".join(c for c in text if not unicodedata.category(c).startswith("M"))
        for word in dict.fromkeys(_NO_LETTERS.split(without_marks)):
            letters = {script: [c for c in word if _script_of(c) == script] for script in _SIMILAR}
            mixed = sorted((script for script in _SIMILAR if letters[script]), key=lambda script: len(letters[script]))
            if len(mixed) > 1:
                odd = ", ".join(f"{c!r} is {unicodedata.name(c)}" for c in dict.fromkeys(letters[mixed[0]]))
                message = f"{short(word)} mixes two alphabets that look alike: {odd}"
                expected, hint = "letters of one alphabet in a word", "type the word again in one alphabet"
                yield Problem(field=field, message=message, expected=expected, hint=hint)


@rule(Scope.RECORD, fix=lambda file, _: replace_texts(file, composed))
def not_normalised(record: AnyRecord, _: RecordTree) -> Iterator[Problem]:
    """Texts must be in Unicode normal form NFC.

    The letter 'é' can be encoded as one character or as two characters. Therefore, names that look equal can be
    different. 'friendcities check --fix' combines letters and marks. CJK compatibility ideographs stay unchanged.
    """
    for field, text in find_texts(record, lambda text: composed(text) != text):
        message, expected = f"{short(text)} {_explain_decomposed(text)}", "composed characters (Unicode NFC)"
        yield Problem(field=field, message=message, expected=expected, hint="run 'friendcities check --fix'")


def _explain_decomposed(text: str) -> str:
    replaced = {character: composed(character) for character in text if composed(character) != character}
    if not replaced:
        return "has separate letters and marks, or marks in another order"
    pairs = (f"{_name(old)} instead of {' and '.join(map(_name, new))}" for old, new in replaced.items())
    return f"contains {'; '.join(pairs)}"


def _name(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, 'a character without a name')}"
