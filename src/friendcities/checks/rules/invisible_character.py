"""The rule ``invisible-character``."""

import unicodedata
from collections.abc import Iterator
from typing import Final

from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope, in_records
from friendcities.checks.walk import texts, with_texts
from friendcities.datasets.tree import RecordFile
from friendcities.errors import Problem
from friendcities.model import AnyRecord
from friendcities.model.record import short

__all__ = ["RULE"]

_ZWSP, _ZWNJ, _ZWJ, _BOM = "\u200b", "\u200c", "\u200d", "\ufeff"
_DROPPED: Final = frozenset({_ZWSP, _BOM})
"""What can be left out of any text in which it is found to be wrong."""
_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""What shows nothing, though its category is that of letters, marks or symbols."""
_SELECTORS: Final = frozenset(
    map(chr, (*range(0x180B, 0x180E), 0x180F, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)
"""What chooses the form of the character before it."""
_WITH_FORMS: Final = frozenset({"CJK", "MONGOLIAN", "PHAGS-PA", "MYANMAR"})
"""Scripts whose characters have forms to choose from."""
_SHOWN: Final = frozenset(map(chr, (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)))
"""Signs of Arabic, Syriac and Kaithi, which are seen, though their category is that of invisible characters."""
_JOINING: Final = frozenset(
    {
        "ARABIC",
        "SYRIAC",
        "NKO",
        "MONGOLIAN",
        "DEVANAGARI",
        "BENGALI",
        "GURMUKHI",
        "GUJARATI",
        "ORIYA",
        "TAMIL",
        "TELUGU",
        "KANNADA",
        "MALAYALAM",
        "SINHALA",
        "TIBETAN",
        "MYANMAR",
        "KHMER",
        "BALINESE",
        "JAVANESE",
        "SUNDANESE",
        "CHAKMA",
    }
)
"""Scripts in which letters are joined, or kept apart, by an invisible character."""
_BEFORE_ENDINGS: Final = frozenset("\u180e\u202f")
"""What stands between a Mongolian word and its ending."""
_UNSPACED: Final = frozenset({"KHMER", "LAO", "MYANMAR", "THAI"})
"""Scripts written without blanks, in which an invisible one says where a line may break."""


def _find(record: AnyRecord, register: Register) -> Iterator[Problem]:
    del register
    for field, text in texts(record, lambda text: not text.isascii()):
        found: dict[str, list[int]] = {}
        for index in _wrong(text):
            found.setdefault(text[index], []).append(index + 1)
        for character, places in found.items():
            name = unicodedata.name(character, "a character without a name")
            where = ", ".join(map(str, places))
            what = f"{short(text)} hides U+{ord(character):04X} {name}, at character {where}"
            blank = unicodedata.category(character) == "Zs"
            expected = "a plain blank" if blank else "text without it"
            mend = (
                "run 'friendcities check --fix'"
                if character not in _mended(text)
                else "delete it, or type the text again"
            )
            yield Problem(field=field, message=what, expected=expected, hint=mend)


def _wrong(text: str) -> Iterator[int]:
    """The places of characters that are not seen and do nothing that they are for."""
    for index, character in enumerate(text):
        if character == " " or character.isascii():
            continue
        category = unicodedata.category(character)
        suspect = category in {"Cf", "Zs"} or character in _BLANK or character in _SELECTORS
        if suspect and character not in _SHOWN and not _is_right(text, index):
            yield index


def _is_right(text: str, index: int) -> bool:
    """Whether an invisible character does in its place what it is for."""
    character, before, after = text[index], text[index - 1 : index], text[index + 1 : index + 2]
    if character in _SELECTORS:
        return bool(before) and (not before.isalpha() or _script(before) in _WITH_FORMS)
    if character in _BEFORE_ENDINGS:
        return _script(before) == "MONGOLIAN"
    if character == _ZWSP:
        return _script(before) in _UNSPACED and _script(after) in _UNSPACED
    if character in {_ZWNJ, _ZWJ} and _script(before) in _JOINING:
        return _script(after) in _JOINING or unicodedata.combining(before) == _VIRAMA
    return character == _ZWJ and all(_is_picture(each) for each in (before, after))


_VIRAMA: Final = 9
"""The combining class of the signs that take a letter's vowel away."""


def _is_picture(text: str) -> bool:
    return text in _SELECTORS or (bool(text) and unicodedata.category(text) in {"So", "Sk"})


def _script(text: str) -> str:
    """The script of a letter or mark, by the first word of its name."""
    is_letter = bool(text) and unicodedata.category(text)[0] in "LM"
    return unicodedata.name(text, "").partition(" ")[0] if is_letter else ""


def _mended(text: str) -> str:
    """The text with plain blanks for others and without what can be dropped; as it is, where nothing would be left."""
    wrong = {index for index in _wrong(text) if text[index] in _DROPPED or unicodedata.category(text[index]) == "Zs"}
    kept = [
        " " if index in wrong else character
        for index, character in enumerate(text)
        if index not in wrong or character not in _DROPPED
    ]
    return "".join(kept).strip() or text


def _fix(file: RecordFile, register: Register) -> bytes | None:
    del register
    return with_texts(file, _mended)


RULE = Rule(
    name="invisible-character",
    scope=Scope.RECORD,
    summary="text holds no invisible characters and no blanks but the plain one",
    description=(
        "What came along when text was copied (zero-width spaces, soft hyphens, no-break spaces, marks of direction) "
        "is not seen and makes equal names unequal. Joiners are right where a script needs them, between letters of "
        "Arabic or Devanagari, say. 'friendcities check --fix' puts plain blanks for others and drops zero-width "
        "spaces and byte-order marks; the rest a person must look at."
    ),
    find=in_records(_find),
    fix=_fix,
)
