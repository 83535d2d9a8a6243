"""The gate for names of cities: every importer and `add` clean a name here, or reject it with a reason."""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from typing import Final, NamedTuple

from importlib_resources import files

from friendcities.exporters.csv_files import mark_formulas, unmark_formulas
from friendcities.importers.import_report import Reason, Remark
from friendcities.model import Status
from friendcities.model.record import is_text, short
from friendcities.names.normalize import composed, fold

_WORDS: Final = tomllib.loads(files("friendcities.importers").joinpath("words.toml").read_text("utf-8"))["cells"]
_MISSING: Final = frozenset(_WORDS["missing"])
"""Missing-value markers and similar words, folded. ("None" is a town in Italy, and "Nan" one in Thailand.)"""
_MISSING_AS_WRITTEN: Final = frozenset(_WORDS["missing_as_written"])
_PAST: Final[Mapping[str, Sequence[str]]] = _WORDS["past"]
"""For each language the words, folded, that mark a partnership as over or dormant."""
_MOST_CHARACTERS: Final = 200
_PLAIN_WORDS: Final = 2
_YEAR: Final = re.compile(r"(?:1[0-9]|20)[0-9]{2}(?:\s*[-–]\s*(?:1[0-9]|20)[0-9]{2})?")
_YEAR_INSIDE: Final = re.compile(r"\b(?:1[0-9]|20)[0-9]{2}\b")
_FILE: Final = re.compile(
    r"https?://|www\.|^(?:file|image|datei|fichier):|^(?:\.{0,2}[/\\]|[a-z]:\\)|\S@\S+\.\w|"
    r"\.(?:jpe?g|png|gif|svg|webp|pdf|html?)$",
    re.IGNORECASE,
)
_ID: Final = re.compile(
    r"\(?(?:wd:)?[A-Z]{1,5}[-_: ]?[0-9]{3,}\)?\.?(?: \(.*\))?|(?:node|way|relation|viaf)/[0-9]+"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
"""Identifiers: Q16511122, wd:Q64, AGS 09162000, relation/62422, a UUID."""
_FOOTNOTE: Final = re.compile(
    r"\s*\[(?:[0-9]{1,3}|[A-Za-z]{1,2}|[A-Za-z]{1,5}\.? ?[0-9]{1,3}|[a-zà-ÿ]+(?: [a-zà-ÿ]+){0,3}\.?)\](?=$|[\s,;(\[])"
    r"|(?<=[^\W\d_])\s*(?:\*+|[¹²³⁰⁴-⁹]+)(?=$|,)"
)
"""Marks of footnotes: [1], [a], [note 3], [citation needed], asterisks and small figures."""
_MARKUP: Final = re.compile(
    r"[\[\]]|\{\{|\}\}|<[/a-z!]|''|\||&[a-z]+;|&#\d+;|^=+ | =+$|^[^(]+\s\d{1,2}\)$|[*†‡§¶¹²³⁰⁴-⁹①-⑳]$", re.IGNORECASE
)
_STRUCTURED: Final = re.compile(r"^(?:\{(?!\{)|\[(?!\[)).*[\]}]$|[\"']\s*:|^\w+\s*=", re.DOTALL)
_SEVERAL: Final = re.compile(r"[;\n\r•]|,[^,]*,[^,]*,")
"""Separators that occur only between several cities."""
_COMPOUND: Final = re.compile(r" [–—-] |\(.+\)|, |/| (?:&|\+|and|et|u\.|und) ", re.IGNORECASE)
_ADDITION: Final = re.compile(r"\((.+?)\)| [–—-] (.+)$|, (.+)$")
"""An addition to a name: in brackets, or after a dash or a comma."""
_ERROR_VALUE: Final = re.compile(r"#[¡¿]?[^\W\d_][\w/]* ?[!?]?")
"""The error values of spreadsheets in any language: #REF!, #NAME?, #N/A, #¡REF!, #ЗНАЧ!."""
_STOP: Final = re.compile(r":$|[。！？]$|\w{6,}\. +[A-Z]\w\w|(?:\S+ +){3,}\S*\w{5,}[.…]$")
"""A colon or a full stop that ends a sentence; abbreviations ("i. d. OPf.") have shorter words."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_BRACKETS: Final = re.compile(r"\(.*?\)")
_LOST: Final = re.compile(r"\ufffd|\w\?+\w")
_BLANK_LETTERS: Final = frozenset("\u034f\u115f\u1160\u3164\uffa0") | set(map(chr, range(0xFE00, 0xFE10)))
"""Characters that Unicode counts as letters or marks, and that are invisible: fillers and variation selectors."""
_JOINERS: Final = "\u200c\u200d"
"""Invisible characters that words of some scripts need."""


def past_words(language: str | None = None, statuses: Mapping[str, Status] | None = None) -> frozenset[str]:
    """The words, folded, that mark a partnership as not in force, in a language, with those of a profile.

    Without a language the words of all languages count, except those that are also names, as "Antigua" is.
    """
    own = {fold(word) for word, status in (statuses or {}).items() if status is not Status.ACTIVE}
    if language is None:
        words = {word for each in _PAST.values() for word in each} - set(_WORDS["past_or_name"])
    else:
        words = set(_PAST.get(language.partition("-")[0], ()))
    return frozenset((words | own) - {""})


class CheckedName(NamedTuple):
    """The result of the gate for one text."""

    name: str | None
    """The cleaned name; ``None`` if it was rejected."""
    remarks: tuple[Remark, ...] = ()
    """What was cleaned, and what may be wrong; if the name was rejected, the last one is the reason."""


def check_name(text: str, past: Collection[str] = past_words()) -> CheckedName:
    """Clean the name of a city, or reject it with a reason.

    Args:
        text: The text.
        past: The words that mark a partnership as not in force; a name with one of them beside it is rejected.

    Example:
        >>> check_name("Ulm[2]").name, check_name("Ulm").remarks
        ('Ulm', ())
        >>> [check_name(text).remarks[-1].reason.value for text in ("1994", "Ulm (ended 2010)", "Q3012")]
        ['year_for_city', 'note_in_name', 'id_for_city']
    """
    name = composed(text)
    if _is_plain(name) and not _is_misread(text) and not _is_missing(name):
        return CheckedName(name)
    name, remarks = _clean_name(name)
    if not name:
        return CheckedName(None, (*remarks, Remark(Reason.BLANK_CITY, "no city is named")))
    tests = (*_DEFECTS, (lambda name: _has_note(name, past), Reason.NOTE_IN_NAME, _NOTE), *_DOUBTS)
    found = next(((reason, detail) for is_defect, reason, detail in tests if is_defect(name)), None)
    if _is_misread(text):
        found = Reason.UNFIT_NAME, "is UTF-8 read in another encoding; set encoding in [file] of the profile"
    if found is not None:
        return CheckedName(None, (*remarks, Remark(found[0], f"{short(name)} {found[1]}")))
    if _COMPOUND.search(name):
        remarks.append(Remark(Reason.COMPOUND_NAME, f"{short(name)} is imported as one city"))
    return CheckedName(name, tuple(remarks))


def _is_plain(name: str) -> bool:
    """Whether a name is one or two words of letters, as most are: only tests of words and of the encoding apply."""
    words = name.replace("-", " ").replace("'", " ").replace("’", " ").split(" ")
    if not name.isascii() and not _BLANK_LETTERS.isdisjoint(name):
        return False
    return len(words) <= _PLAIN_WORDS and len(name) <= _MOST_CHARACTERS and all(map(str.isalpha, words))


def _clean_name(text: str) -> tuple[str, list[Remark]]:
    """A text without invisible characters, marks of footnotes, and the mark that our CSV files add to an apostrophe."""
    name = text.replace("\xa0", " ")
    if not name.isascii():
        invisible = (each for each in name if each in _BLANK_LETTERS or unicodedata.category(each) == "Cf")
        name = _remove_letters(name, set(invisible) - set(_JOINERS))
    name = re.sub(" +", " ", name.strip(f"{_JOINERS} \t\r\n"))
    if name.startswith("'") and mark_formulas(unmark_formulas(name)) == name:  # as in our own CSV files
        name = unmark_formulas(name)
    marks = _FOOTNOTE.findall(name)
    if not marks:
        return name, []
    shown = " and ".join(short(mark.strip()) for mark in marks)
    remark = Remark(Reason.FOOTNOTE, f"removed the mark of a footnote, {shown}; check what the footnote states")
    return _FOOTNOTE.sub("", name).strip(), [remark]


def _remove_letters(text: str, letters: Collection[str]) -> str:
    return "".join(each for each in text if each not in letters) if letters else text


def _is_no_name(name: str) -> bool:
    return (
        len(name) > _MOST_CHARACTERS
        or not is_text(name)
        or name[0] in "=+@"
        or not any(map(str.isalpha, name))
        or _is_missing(name)
        or _ERROR_VALUE.fullmatch(name) is not None
        or re.search(r":\s*[0-9]", name) is not None
    )


def _is_missing(name: str) -> bool:
    return fold(name) in _MISSING or name in _MISSING_AS_WRITTEN


def _is_sentence(name: str) -> bool:
    """Whether a text has the full stop of a sentence, or more words in lower case than a name has."""
    words = _WORD.findall(_BRACKETS.sub("", name))
    long = 0 if name[0].islower() else sum(word.islower() and len(word) > len("von") for word in words)
    return _STOP.search(name) is not None or long > 2 or (long == 2 and len(words) > 6) or len(words) > 12  # noqa: PLR2004


def _is_misread(name: str) -> bool:
    """Whether a name is UTF-8 that was decoded as Windows-1252 or Latin-1: "KÃ¶ln" for "Köln"."""
    for encoding in () if name.isascii() else ("cp1252", "latin-1"):
        with suppress(UnicodeError):
            name.encode(encoding).decode()
            return True
    return False


_DEFECTS: Final[tuple[tuple[Callable[[str], object], Reason, str], ...]] = (
    (_YEAR.fullmatch, Reason.YEAR_FOR_CITY, "is a year"),
    (_FILE.search, Reason.FILE_FOR_CITY, "is the name of a file or an address"),
    (_ID.fullmatch, Reason.ID_FOR_CITY, "is an identifier"),
    (_MISSING_AS_WRITTEN.__contains__, Reason.UNFIT_NAME, "is a missing-value marker"),
    (_STRUCTURED.search, Reason.TEXT_FOR_CITY, "is structured text"),
    (_MARKUP.search, Reason.MARKUP, "contains markup or the mark of a footnote"),
    (_SEVERAL.search, Reason.SEVERAL_CITIES, "names several cities; give each a row"),
    (_is_no_name, Reason.UNFIT_NAME, "is not a name"),
    (_LOST.search, Reason.UNFIT_NAME, "has lost a letter; set encoding in [file] of the profile"),
)
"""The defects of a name: the test for each, its reason, and its description."""
_NOTE: Final = "contains a note; give the note a column"
_DOUBTS: Final[tuple[tuple[Callable[[str], object], Reason, str], ...]] = (
    (_is_sentence, Reason.TEXT_FOR_CITY, "is a sentence"),
    (lambda name: "?" in name, Reason.NOTE_IN_NAME, "expresses doubt; give the doubt a column"),
)


def _has_note(name: str, past: Collection[str]) -> bool:
    """Whether the addition to a name concerns the partnership: a date, or that it is over."""
    for addition in (each for groups in _ADDITION.findall(name) for each in groups):
        words = fold(addition)
        if _YEAR_INSIDE.search(addition) or words in past or words.partition(" ")[0] in past:
            return True
    return False
