"""Names of cities as lists have them: what stands where one should, and what stands beside one."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from friendcities.importers.import_report import Reason, Remark
from friendcities.model import Status
from friendcities.model.record import is_text, short
from friendcities.names.normalize import fold

__all__ = ["NO_NAMES", "OVER", "doubts_about_name", "over_words"]

NO_NAMES: Final = frozenset(
    {
        *("aucun", "aucune", "kein", "keine", "nessuna", "nessuno", "ninguna", "ninguno", "no partner"),
        *("inconnu", "n a", "null", "sconosciuto", "tba", "tbd", "unbekannt", "unknown", "desconocido"),
        *("gesamt", "idem", "see above", "siehe oben", "summe", "voir ci dessus"),
    }
)
"""What stands in cells instead of a name, folded. ("None" is a town in Italy, and "Nan" one in Thailand.)"""
OVER: Final = frozenset(
    {
        *("beendet", "ehemalig", "ehemalige", "ehemals", "erloschen", "inaktiv", "ruht", "ruhend", "aufgelost"),
        *("cancelled", "dissolved", "dormant", "ended", "former", "inactive", "suspended", "terminated"),
        *("ancien", "ancienne", "antigua", "inactif", "inactiva", "inactivo", "rompu", "terminado"),
    }
)
"""Words, folded, that say beside a name that a partnership is over or dormant."""
_LONGEST: Final = 200
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
"""What stands between names only where there are several cities: nothing else is written so."""
_COMPOUND: Final = re.compile(r" [–—-] |\(.+\)|, |/| (?:&|\+|and|et|u\.|und) ", re.IGNORECASE)
_BESIDE: Final = re.compile(r"\((.+?)\)| [–—-] (.+)$|, (.+)$")
"""What stands beside a name: in brackets, or behind a dash or a comma."""
_A_YEAR: Final = re.compile(r"\b(?:1[0-9]|20)[0-9]{2}\b")
_SUM: Final = re.compile(r":\s*[0-9]")


def over_words(statuses: Mapping[str, Status]) -> frozenset[str]:
    """The words, folded, that say beside a name that a partnership is not in force; a profile may have its own."""
    return OVER | {fold(word) for word, status in statuses.items() if status is not Status.ACTIVE and fold(word)}


def doubts_about_name(name: str, over: Collection[str] = OVER) -> Iterator[Remark]:
    """What there is to say of what stands where the name of a city should.

    Args:
        name: It, without blanks around it.
        over: The words that say that a partnership is over.

    Example:
        >>> [remark.reason.value for name in ("1994", "Ulm (ended 2010)") for remark in doubts_about_name(name)]
        ['year_for_city', 'note_in_name']
    """
    if not name:
        yield Remark(Reason.BLANK_CITY, "no city is named")
    elif _YEAR.fullmatch(name):
        yield Remark(Reason.YEAR_FOR_CITY, f"{short(name)} is a year")
    elif _FILE.search(name):
        yield Remark(Reason.FILE_FOR_CITY, f"{short(name)} is the name of a file or an address")
    elif _MARKUP.search(name):
        yield Remark(Reason.MARKUP, f"{short(name)} has markup or the mark of a footnote in it")
    elif _SEVERAL.search(name):
        yield Remark(Reason.SEVERAL_CITIES, f"{short(name)} names several cities; give each a row")
    elif _is_no_name(name):
        yield Remark(Reason.UNFIT_NAME, f"{short(name)} is no name")
    elif _is_misread(name):
        yield Remark(Reason.UNFIT_NAME, f"{short(name)} is UTF-8 read as something else; mend encoding in the profile")
    elif any(_is_note(beside, over) for found in _BESIDE.findall(name) for beside in found):
        yield Remark(Reason.NOTE_IN_NAME, f"{short(name)} is a name and a note; give the note a column")
    elif _COMPOUND.search(name):
        yield Remark(Reason.COMPOUND_NAME, f"{short(name)} is taken for one city")


def _is_no_name(name: str) -> bool:
    return (
        len(name) > _LONGEST
        or not is_text(name)
        or name[0] in "=+@"
        or not any(map(str.isalpha, name))
        or fold(name) in NO_NAMES
        or _SUM.search(name) is not None
    )


def _is_misread(name: str) -> bool:
    """Whether a name is what becomes of UTF-8 that is read as Windows-1252 or Latin-1: "KÃ¶ln" for "Köln"."""
    if name.isascii():
        return False
    for encoding in ("cp1252", "latin-1"):
        try:
            name.encode(encoding).decode()
        except UnicodeError:
            continue
        return True
    return False


def _is_note(beside: str, over: Collection[str]) -> bool:
    """Whether what stands beside a name tells of the partnership: when, or that it is over."""
    words = fold(beside)
    return bool(words) and (_A_YEAR.search(beside) is not None or words in over or words.split()[0] in over)
