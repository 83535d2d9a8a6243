"""Checks on the names of cities in lists: cells that hold no name, several names, or a note beside the name."""

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from typing import Final

from importlib_resources import files

from friendcities.importers.import_report import Reason, Remark
from friendcities.model import Status
from friendcities.model.record import is_text, short
from friendcities.names.normalize import fold

_WORDS: Final = tomllib.loads(files("friendcities.importers").joinpath("words.toml").read_text("utf-8"))["cells"]
MISSING_MARKERS: Final = frozenset(_WORDS["missing"])
"""Missing-value markers and similar words, folded. ("None" is a town in Italy, and "Nan" one in Thailand.)"""
ENDED_WORDS: Final = frozenset(_WORDS["ended"])
"""Words, folded, that mark a partnership as over or dormant."""
_MOST_CHARACTERS: Final = 200
_YEAR: Final = re.compile(r"(?:1[0-9]|20)[0-9]{2}(?:\s*[-–]\s*(?:1[0-9]|20)[0-9]{2})?")
_FILE: Final = re.compile(
    r"https?://|www\.|^(?:file|image|datei|fichier):|^(?:\.{0,2}[/\\]|[a-z]:\\)|\.(?:jpe?g|png|gif|svg|webp|pdf|html?)$",
    re.IGNORECASE,
)
_MARKUP: Final = re.compile(
    r"\[\[|\]\]|\{\{|\}\}|<[/a-z!]|''|\||&[a-z]+;|&#\d+;|\[\d+\]|^=+ | =+$|^[^(]+\s\d{1,2}\)$|[*†‡¹²³⁴-⁹]+$",
    re.IGNORECASE,
)
_SEVERAL: Final = re.compile(r"[;\n\r•]|,[^,]*,[^,]*,")
"""Separators that occur only between several cities."""
_COMPOUND: Final = re.compile(r" [–—-] |\(.+\)|, |/| (?:&|\+|and|et|u\.|und) ", re.IGNORECASE)
_ADDITION: Final = re.compile(r"\((.+?)\)| [–—-] (.+)$|, (.+)$")
"""An addition to a name: in brackets, or after a dash or a comma."""
_YEAR_INSIDE: Final = re.compile(r"\b(?:1[0-9]|20)[0-9]{2}\b")
_SUM: Final = re.compile(r":\s*[0-9]")


def ended_words(statuses: Mapping[str, Status]) -> frozenset[str]:
    """The words, folded, that mark a partnership as not in force, with those of a profile."""
    return ENDED_WORDS | {fold(word) for word, status in statuses.items() if status is not Status.ACTIVE and fold(word)}


def _is_no_name(name: str) -> bool:
    return (
        len(name) > _MOST_CHARACTERS
        or not is_text(name)
        or name[0] in "=+@"
        or not any(map(str.isalpha, name))
        or fold(name) in MISSING_MARKERS
        or _SUM.search(name) is not None
    )


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
    (_MARKUP.search, Reason.MARKUP, "has markup or the mark of a footnote in it"),
    (_SEVERAL.search, Reason.SEVERAL_CITIES, "names several cities; give each a row"),
    (_is_no_name, Reason.UNFIT_NAME, "is no name"),
    (_is_misread, Reason.UNFIT_NAME, "is UTF-8 read as something else; fix encoding in the profile"),
)
"""The defects of a name: the test for each, its reason, and its description."""


def check_name(name: str, ended: Collection[str] = ENDED_WORDS) -> Remark | None:
    """The remark on the name of a city, if there is one.

    Example:
        >>> [check_name(name).reason.value for name in ("1994", "Ulm (ended 2010)")]
        ['year_for_city', 'note_in_name']
    """
    if not name:
        return Remark(Reason.BLANK_CITY, "no city is named")
    for is_defect, reason, detail in _DEFECTS:
        if is_defect(name):
            return Remark(reason, f"{short(name)} {detail}")
    if any(_is_note(addition, ended) for groups in _ADDITION.findall(name) for addition in groups):
        return Remark(Reason.NOTE_IN_NAME, f"{short(name)} is a name and a note; give the note a column")
    if _COMPOUND.search(name):
        return Remark(Reason.COMPOUND_NAME, f"{short(name)} is taken for one city")
    return None


def _is_note(addition: str, ended: Collection[str]) -> bool:
    """Whether the addition to a name concerns the partnership: a date, or that it is over."""
    words = fold(addition)
    return bool(words) and (_YEAR_INSIDE.search(addition) is not None or words in ended or words.split()[0] in ended)
