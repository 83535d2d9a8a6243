"""Cleans the names of cities, or rejects invalid names with a reason."""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

from importlib_resources import files

from friendcities.exporters.csv_files import mark_formulas, unmark_formulas
from friendcities.importers.import_report import Reason, Remark
from friendcities.limits import CITY_NAME_CHARACTERS, IMPORTED_NAME_CHARACTERS
from friendcities.model import Status
from friendcities.model.claimed_history import END_ACTIONS
from friendcities.model.record import is_text, short
from friendcities.names.lookup import geonames_ids_by_name
from friendcities.names.normalize import composed, fold

_TABLES: Final = tomllib.loads(files("friendcities.importers").joinpath("words.toml").read_text("utf-8"))
_WORDS: Final = _TABLES["cells"]
_TOTALS: Final = frozenset(_WORDS["totals"])
_MISSING: Final = frozenset(_WORDS["missing"] + _WORDS["booleans"]) | _TOTALS
"""Normalized missing-value markers, booleans and similar words."""
_MISSING_AS_WRITTEN: Final = frozenset(_WORDS["missing_as_written"] + _WORDS["booleans_as_written"])
_BOOLEANS: Final = frozenset(map(fold, _WORDS["booleans"] + _WORDS["booleans_as_written"]))
_MISSING_OR_NAME: Final = frozenset(_WORDS["missing_or_name"])
_HEADINGS: Final = frozenset(_WORDS["headings"])
"""Folded names of columns."""
_PAST: Final[Mapping[str, Sequence[str]]] = _WORDS["past"]
"""For each language, normalized words such as "ended"."""
_FORMER: Final = frozenset(_WORDS["former"])
"""Words before the name of a former partner, or before the former name of a city in brackets."""
_PAST_IN_NAMES: Final = frozenset(_WORDS["past_in_names"])
_KINDS: Final = frozenset(
    word
    for meanings in (_TABLES["kinds"], _TABLES["statuses"])
    for meaning, words in meanings.items()
    for word in words
    if meaning not in END_ACTIONS or " " in word
).union(_WORDS["documents"])
"""Normalized words for documents, the kinds of partnerships, and all statuses but those in :func:`past_words`."""
_DOUBT: Final = frozenset(_WORDS["doubt"]) - frozenset(_WORDS["doubt_in_names"])
"""Normalized words that express doubt and are not words of names."""
_PARTICLES: Final = frozenset(_WORDS["particles"])
"""Lower-case words inside place names: articles, prepositions and "city"."""
_MOST_WORDS: Final = 12
_PLAIN_WORDS: Final = 2
_YEAR: Final = re.compile(r"^(?:1[0-9]|20)[0-9]{2}(?:\s*[-–]\s*(?:1[0-9]|20)[0-9]{2})?$")
_YEAR_INSIDE: Final = re.compile(r"(?<!\w)(?:1[0-9]|20)[0-9]{2}(?!\w)")
_FILE: Final = re.compile(
    r"https?://|www\.|^(?:file|image|datei|fichier):|^(?:\.{0,2}[/\\]|[a-z]:\\)|\S@\S+\.\w|"
    r"\.(?:jpe?g|png|gif|svg|webp|pdf|html?)$|(?:^|\s)[a-z0-9-]{2,}(?:\.[a-z0-9-]{2,})*\.(?:[a-z]{2}|[a-z]{3,}/|com|org|net|info|gov|edu)(?:$|/)",
    re.IGNORECASE,
)
_ID: Final = re.compile(
    r"^(?:\(?(?:wd:)?(?:[A-Z]{1,5}[-_: ]?[0-9]{3,}|[Qq][0-9]+)\)?\.?(?: \(.*\))?|(?:node|way|relation|viaf)/[0-9]+"
    r"|[nrw][0-9]{3,}|[A-Z]{2}-[A-Z0-9]{1,3}|(?:ISO|NUTS|LAU|UN/LOCODE|OSM|GND|INSEE|FIPS|[Gg]eo[Nn]ames) .+"
    r"|[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}|(?=\w*[0-9])(?=\w*[a-z][A-Z])\w{20,})$"
)
"""Identifiers: Q64, wd:Q64, AGS 09162000, relation/62422, r62422, DE-BW, a UUID, a place id of Google."""
_ID_INSIDE: Final = re.compile(r"(?<!\w)[Qq][0-9]+(?!\w)")
"""A Wikidata id beside a name: Ulm (Q3012)."""
_FOOTNOTE: Final = re.compile(
    r"\s*\[(?:[0-9]{1,3}|[A-Za-z]{1,2}|[^\W\d_]{1,5}\.? ?[0-9]{1,3}|[a-zà-ÿа-яё]+\.?(?: [a-zà-ÿа-яё]+\.?){0,3})\]"
    r"(?=$|[\s,;(\[])"
    r"|\s*\((?:[0-9]{1,3}|[a-z]|\*+|[¹²³⁰⁴-⁹]+|(?:note|n\.|fn\.?|[aA]nm\.) ?[0-9]{1,3})\)(?=$|[,;(\[])"
    r"|(?<=[^\W\d_])\s*(?:\*+|[¹²³⁰⁴-⁹⁽⁾₀-₉⁎※]+)(?=$|,)"
    r"|(?<=[^\W\d_]{2})(?<![A-Z])[0-9]{1,2}(?:, ?[0-9]{1,2})*(?=$|, ?[^\W\d_])"
)
"""Footnote marks: [1], [a], [note 3], [citation needed], (1), asterisks, superscript digits, and digits after a letter.

"SS2" does not match, because this is a name.
"""
_MARKUP: Final = re.compile(
    r"^(?:(?!\w)[^\s(’ʻ‘`ʼ'\x22]|\d+[.)]|\(\w{1,2}\)|[a-z]\)) |[→►▪✓✔]|[\[\]]|\{\{|\}\}|<[/a-z!]|''|\||&#?[a-z0-9]+;"
    r"|&(?:#\d+|nbsp|amp|quot|[lg]t|szlig|[a-z](?:uml|acute|grave|circ|tilde|cedil|ring|slash))$"
    r"|^=+ | =+$|^[^(]+\s\d{1,2}\)$|^[^()]*\)|\([^()]*$|#|->|=>|<-|[↔⇔⇒←]|^\*"
    r"|^[^\x22„“”«»]*(?:(?<!\w)[\x22„“”«»]|[\x22„“”«»](?!\w))[^\x22„“”«»]*$|\w\x22\w|^`.*`$|[*†‡§¶¹²³⁰⁴-⁹①-⑳]$",
    re.IGNORECASE,
)
"""Marks of lists ("1. Ulm", "• Ulm"), of pages and of footnotes, and brackets and quotation marks without a pair."""
_STRUCTURED: Final = re.compile(
    r"""^(?:\{(?!\{)|\[(?!\[)).*[\]}]$|["']\s*:|"\s*,|^\w+\s*=|\w\(\w+\s*=|^[bfru]{1,2}(['"]).*\1$"""
    r"|\S@|@\S|\S: |^[a-z]+:[^a-z]|^[A-Z][a-z]{3,}:[A-Z]|^c/o |^[a-z]+:\w+:"
    r"|\([(\s]*[-+]?(?![0-9]{4}[ ,])[0-9.]+[ ,]+[-+]?[0-9]",
    re.DOTALL,
)
"""JSON, assignments, literals of Python (b'Ulm') and RDF ("Ulm"@de), labels (en: Ulm), and points in brackets."""
_ENCODED: Final = re.compile(r"[\\%$^{}~_]|=[0-9A-F]{2}|\+[a-z0-9/]{2,}-", re.IGNORECASE)
"""Escapes of URLs, strings and templates: K%C3%B6ln, K\\u00f6ln, New_York."""
_POSTAL_CODE: Final = re.compile(r"^(?:[A-Z]{1,2}-)?[0-9]{4,5} +(?![A-Z]{3}$)[^\W\d_]{3}|[^\W\d_][ ,]+[0-9]{5}$")
"""A postal code beside a name: 75001 Paris. "Courchevel 1850" does not match."""
_MARK_AT_END: Final = re.compile("[*†‡§¶¹²³⁰⁴-⁹①-⑳]$")
_SQUARE_BRACKETS: Final = re.compile(r"\s*\[(.+?)\]")
_IN_BRACKETS: Final = re.compile(r"^\([^()]*\)$")
_NO_NAME: Final = re.compile(rf"^[=+@]|^\.[A-Za-z_]$|^-?1\.#|^#\S|:\s*[0-9]|^.{{{CITY_NAME_CHARACTERS + 1}}}")
"""Formulas and the error values of spreadsheets in any language, such as #REF! and #N/A N/A; times; long texts."""
_NUMBER: Final = re.compile(r"\d[.,]\d|\d ?[°º] ?\d|^\d+[Ee]\d+$")
"""A number with decimals or an exponent, or a point in degrees."""
_SEVERAL: Final = re.compile(r"[;；\n\r•]|,[^,]*,[^,]*,|[&+] *(?:[Cc]o|[Aa]l)\.?$")
"""Separators that occur between several cities, but not inside one name."""
_COMPOUND: Final = re.compile(r" [–—-] |\(.+\)|, |/| (?:&|\+|and|et|och|og|u\.|und|y) ", re.IGNORECASE)
_NUMBER_AT_END: Final = re.compile(r"[^\W\d_] [0-9]+$")
"""A footnote mark, or a number that is part of the name: Reims 1, Prague 6."""
BETWEEN_CITIES: Final = re.compile(
    r"\s*[/&+]\s*| (?:and|as well as|e|eller|en|es|et|i|ili|ir|ja|lub|o|och|oder|og|or|oraz|ou|plus|si|sowie|u\.|un"
    r"|und|ve|y|и|или|та|și|και|avec|com|con|med|mit|s|vs\.?|with|z) |\s*[、，・和与與及]\s*",
    re.IGNORECASE,
)
"""The texts between two cities. Between two names of one city, there can be a slash, too.

A dash stands between a city and its district, as in "Berlin – Mitte"."""
_ADDITION: Final = re.compile(r"\((.+?)\)| [–—-] (.+)$|, (.+)$")
"""An addition to a name: in brackets, or after a dash or a comma."""
_BETWEEN_THREE: Final = re.compile(rf"{BETWEEN_CITIES.pattern}| [–—-] |\s*,\s*", re.IGNORECASE)
_LONG_WORD_AND_STOP: Final = re.compile(r"^[^\W\d_]{4,}\.$")
"""One word and a full stop. The word is too long for an abbreviation."""
_CUT: Final = re.compile(r"\.\.|[…⋯]")
"""Marks of an incomplete text."""
_SHORT_YEAR: Final = re.compile(r"\s['’‘`´][0-9]{2}$")
"""A year of two digits after a name: Ulm '84."""
_STOP: Final = re.compile(
    r"^(?:see|siehe|voir|vedi|vgl|cf|bkz)\.? |:$|[。！？]$|\w{6,}\. +[A-Z]\w\w|(?:\S+ +){3,}\S*\w{5,}[.…]$"
    rf"| (?:{'|'.join(_WORDS['verbs'])}) .*\w[.!…]$|{'|'.join(_WORDS['parts_of_sentences'])}"
)
"""The end of a sentence. A full stop after a short word needs a verb; otherwise, the word may be an abbreviation."""
_BRACKETS: Final = re.compile(r"\(.*?\)")
_SIGNS: Final = "-–—*()[]{}_. "
_PARTS: Final = re.compile(r"\s*[,;]\s*|\s+/\s+|\s+\(")
_PARTNERSHIP: Final = re.compile(
    r"(?:^| )(?:twinned|twinning|twin (?:cities|towns?)|(?:sister|partner|friendship) (?:city|cities|towns?)"
    r"|[a-z]*(?:partner|patenschaft)(?:s|schaft|schaften|stadt|stadte|gemeinde|gemeinden|orte?)?"
    r"|jumele(?:es?|s)?|jumelages?|(?:ciudad|ciudades) hermanas?|hermanad[ao]s?|hermanamientos?"
    r"|gemellat[aeio]|gemellagg(?:io|i)|stedenband|побратимы?|города побратимы|姉妹都市|姐妹城市|姊妹(?:城|都)?市"
    r"|友好(?:城|都)市|友城|자매도시|우호도시)(?: |$)"
)
"""Normalized words about partnerships, such as "twinned"."""


def _one_of(*lists: str) -> str:
    return f"(?:{'|'.join(word for each in lists for word in _WORDS['notes'][each])})"


_NUMBERS: Final = "[0-9]+(?: [0-9]+)*"
_NOTES: Final = (
    rf"{_one_of('refer')} (?:\w+ )?(?:{_one_of('referred')}(?: .+)?|{_one_of('before_number')} {_NUMBERS})",  # see list
    rf"{_one_of('pending')} .+",  # to be announced
    rf"{_one_of('preposition')} {_one_of('to_do')}",  # à définir
    rf"{_one_of('negation')} {_one_of('stated')}",  # not specified
    rf"(?:[0-9]+|{_one_of('quantity')}) {_one_of('place')}(?: {_one_of('inside')} .+)?",  # 3 cities
    rf"{_one_of('article')} {_one_of('place')}(?: {_one_of('inside')} .+)?",  # a city in France
    rf"{_one_of('small')} {_one_of('inside')} .+",  # city in France
    rf"{_one_of('also')} (?:[0-9]+ )?{_one_of('rest')}(?: .+)?",  # and 2 more
    rf"{_one_of('somewhere')}(?: .+)?",
    rf"{_one_of('before_number')} {_NUMBERS}",  # page 3
    rf"{_NUMBERS} ?{_one_of('unit')}(?: {_NUMBERS} {_one_of('unit')})?",  # 12 km; 50 N 8 E
    "(?=[a-z]{4})m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})",
)
_NOTE: Final = re.compile(f"^(?:{'|'.join(_NOTES)})$")
"""Normalized notes and numbers instead of a name."""
_ROMAN: Final = frozenset("ivxlcdm")
_FIRST_WORDS: Final = frozenset(word.split()[0] for words in _WORDS["notes"].values() for word in words)
"""The first words of all notes. If a name begins with another word, no search is needed."""
_MONTH: Final = (
    f"(?:{'|'.join([fold(month) for months in _TABLES['months'].values() for month in months])}|{_one_of('month')})"
)
_YEARS: Final = "(?:1[0-9]|20)[0-9]{2}(?:s|er|年)?"
_DATE_WORD: Final = rf"(?:{_YEARS}|{_MONTH}|{_one_of('beside_date')}|[0-9]{{1,2}}(?:st|nd|rd|th|er)?)"
_DATE: Final = re.compile(
    rf"^(?=.*[^0-9])(?=.*(?:1[0-9]|20)[0-9]{{2}}){_DATE_WORD}(?: {_DATE_WORD})*$|^{_MONTH} [0-9]{{2}}$"
    rf"|^(?:[0-9]+(?:st|nd|rd|th|s|er)?|[ivx]+) {_one_of('century')}$"
    "|^(?:明治|大正|昭和|平成|令和|民国|民國)(?:[0-9]+|元)年|^[0-9]+年"
)
"""Folded dates."""
_DATED: Final = re.compile(rf" (?:{_MONTH}|{_one_of('beside_date')}) {_YEARS}$")
"""A date after a name. "Courchevel 1850" does not match, because this is a name."""
_REST: Final = re.compile(rf". (?:{_one_of('and_so_on')}|{_one_of('also')} (?:[0-9]+ )?{_one_of('rest')})$")
"""Normalized words for more cities after a name, such as "and others"."""
_LAST_WORDS: Final = frozenset(word.split()[-1] for each in ("and_so_on", "rest") for word in _WORDS["notes"][each])
_LOST: Final = re.compile(r"[\ufffd□■▯\u2500-\u257f]|\w\?+\w")
_LATER_BYTES: Final = "".join(bytes(range(0x80, 0xC0)).decode(each, "ignore") for each in ("cp1252", "latin-1"))
"""The characters that the later bytes of UTF-8 have in Windows-1252 or Latin-1."""
_LATER_SYMBOLS: Final = "¡-©«¬®-³¶¸¹»-¿€‚ƒ„†‡ˆ‰‹›™˜•"
_MISREAD: Final = re.compile(
    rf"^(?=.*[^\x00-\x7f])(?:[\x00-\x7f]|[Â-É][{_LATER_BYTES}]|(?<![A-Za-z])[Ê-ß][{_LATER_BYTES}](?![A-Za-z])"
    rf"|[à-ï][{_LATER_BYTES}]{{2}}|[ð-ô][{_LATER_BYTES}]{{3}})+$"
    rf"|[Â-Þ][ºª{_LATER_SYMBOLS}]|[à-ï][ºª{_LATER_SYMBOLS}]{{2}}|[ĂĹ][{_LATER_SYMBOLS}ˇ˘˛łąşľżĽŁ]"
    r"|[√≈∆¬ƒ][^\x00-\x7f]|(?:[РС][^\x00-\x7fА-ЯЁа-щы-я]){2}"
    r"|(?<=[^\W\d_])[¢£¤¥¦§¨©ª¬®¯±²³µ¶¸¹º¼½¾¿×÷√∂∆≈](?=[^\W\d_])|(?<!\w)[¢£¤¥¬±](?=[^\W\d_])|(?<!\w)[À-ÿ]{4,}(?!\w)"
)
"""UTF-8 text that was decoded as Windows-1250, -1251 or -1252, Latin-1 or Mac Roman.

The characters Ê to ß begin letters that are not Latin. Beside a letter of ASCII, they are letters themselves: Úžice."""
_LETTERS_ELSEWHERE: Final = {"CZ": "ìøòùÌØÒÙ", "HU": "õûÕÛ", "RO": "ãþºªÞ", "SK": "ìøòùÌØÒÙ", "TR": "ðýþÐÝÞ"}
"""For some countries, letters that are not in their names, but that result from reading a name as Windows-1252."""
_MISSING_ELSEWHERE: Final = {"none": "IT"}
"""Missing-value markers that are also the name of a city, each with the country of the city."""
_QUOTED: Final = re.compile("^(?:[\"“„«]([^\"“”„«»]+)[\"“”»]|'([^']+)')$")
_BLANK_LETTERS: Final = frozenset("\u034f\u115f\u1160\u3164\uffa0") | set(map(chr, range(0xFE00, 0xFE10)))
"""Invisible characters that Unicode classifies as letters or marks: fillers and variation selectors."""
_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code).isalnum()} | {0x3000: " "}
"""The full-width forms of the space, and of ASCII letters and digits."""
_CHANGED: Final = _BLANK_LETTERS.union(map(chr, _FULL_WIDTH))
_PICTURES: Final = re.compile("[\U0001f000-\U0001faff]")
"""Emoji and the letters of flags."""
_JOINERS: Final = "\u200c\u200d"
"""Invisible characters that words of some scripts need."""
_KEPT: Final = f"{_JOINERS}\u202d\u202e"
"""Invisible characters that are not removed. A text with an override of its direction is displayed in another order."""
_EDGES: Final = f"{_JOINERS} \t\r\n"


def past_words(language: str | None = None, statuses: Mapping[str, Status] | None = None) -> frozenset[str]:
    """Return words such as "ended", from a language and the statuses of a profile.

    If no language is given, the words of all languages are returned.
    """
    own = {fold(word) for word, status in (statuses or {}).items() if status is not Status.ACTIVE}
    if language is None:
        words = {word for each in _PAST.values() for word in each} - set(_WORDS["past_or_name"])
    else:
        words = set(_PAST.get(language.partition("-")[0], ()))
    return frozenset((words | own) - {""})


_EVERY_PAST: Final = past_words()


class CheckedName(NamedTuple):
    """The result of :func:`check_name`."""

    name: str | None
    """The cleaned name; ``None`` if it was rejected."""
    remarks: tuple[Remark, ...] = ()
    """Remarks on changes and possible errors. If the name was rejected, the last remark is the reason."""


def check_name(text: str, past: Collection[str] = past_words()) -> CheckedName:
    """Clean the name of a city, or reject it with a reason.

    Args:
        text: The content of the cell.
        past: Words such as "ended", normalized. For example, "Ulm ended" is rejected.

    Example:
        >>> check_name("Ulm[2]").name, check_name("Ulm").remarks
        ('Ulm', ())
        >>> [check_name(text).remarks[-1].reason.value for text in ("1994", "Ulm (ended 2010)", "Q3012")]
        ['year_for_city', 'note_in_name', 'id_for_city']
    """
    if len(text) > IMPORTED_NAME_CHARACTERS:
        return CheckedName(None, (Remark(Reason.INVALID_NAME, f"{short(text)} is too long for a name"),))
    name = composed(text)
    is_misread = not text.isascii() and _MISREAD.search(text) is not None
    if _is_plain(name) and not (
        is_misread
        or _is_missing(name)
        or _is_heading(name)
        or _names_partnership(name)
        or _is_note(name)
        or _is_list(name)
        or names_several_cities(name)
        or _has_past_word(name, past)
        or _is_doubtful(name)
        or (not name.isascii() and _STOP.search(name))
    ):
        return CheckedName(name)
    name, remarks = _clean_name(name)
    if not name:
        return CheckedName(None, (*remarks, Remark(Reason.BLANK_CITY, "no city is named")))
    reason, defect = (Reason.INVALID_NAME, _ENCODING) if is_misread else _find_defect(name, past)
    if reason is not None:
        return CheckedName(None, (*remarks, Remark(reason, f"{short(name)} {defect}")))
    if _NUMBER_AT_END.search(name):
        detail = f"{short(name)} is imported with its number; check that the number is not a footnote mark"
        remarks.append(Remark(Reason.COMPOUND_NAME, detail))
    elif _COMPOUND.search(name) or _YEAR_INSIDE.search(name):
        remarks.append(Remark(Reason.COMPOUND_NAME, f"{short(name)} is imported as one city"))
    return CheckedName(name, tuple(remarks))


def check_name_in_country(name: str, country: str) -> Remark | None:
    """Return the reason if a name of a city is not a name in its country.

    Example:
        >>> check_name_in_country("Gyõr", "HU").detail
        "'Gyõr' has letters that names in HU do not have; correct the name, or set encoding in [file] of the profile"
        >>> check_name_in_country("None", "IT") is None, check_name_in_country("None", "ES").detail
        (True, "'None' is a missing-value marker, except in IT")
    """
    if not set(_LETTERS_ELSEWHERE.get(country, "")).isdisjoint(name):
        detail = f"{short(name)} has letters that names in {country} do not have"
        correction = "correct the name, or set encoding in [file] of the profile"
        return Remark(Reason.INVALID_NAME, f"{detail}; {correction}")
    home = _MISSING_ELSEWHERE.get(fold(name), country)
    if home != country:
        return Remark(Reason.INVALID_NAME, f"{short(name)} is a missing-value marker, except in {home}")
    return None


def check_country(text: str, past: Collection[str], is_country: Callable[[str], bool]) -> CheckedName:
    """Remove footnote marks from the name of a country, or reject a name with a note, such as "France (ended 2010)".

    Args:
        text: The country.
        past: Words such as "ended", normalized.
        is_country: Whether a text with an addition is a name of a country, such as "Korea (South)".
    """
    name, remarks = _clean_name(composed(text))
    written = _SQUARE_BRACKETS.sub(r" (\1)", name)
    has_note = _YEAR_INSIDE.search(written) is not None or _has_note(written, past)
    if _is_doubtful(written) or (has_note and not is_country(written)):
        detail = f"{short(text)} contains a note; move the note to its own column"
        return CheckedName(None, (*remarks, Remark(Reason.NOTE_IN_NAME, detail)))
    if _MARK_AT_END.search(name):
        return CheckedName(None, (*remarks, Remark(Reason.MARKUP, f"{short(text)} contains a footnote mark")))
    return CheckedName(name, tuple(remarks))


def _is_plain(name: str) -> bool:
    """Names of one or two words of letters skip most tests."""
    words = name.replace("-", " ").replace("'", " ").replace("’", " ").split(" ")
    if (
        words[0] in _WORDS["notes"]["refer"]
        or ("-" in name and name.isupper())
        or (not name.isascii() and not _CHANGED.isdisjoint(name))
    ):
        return False
    return len(words) <= _PLAIN_WORDS and len(name) <= CITY_NAME_CHARACTERS and all(map(str.isalpha, words))


def _clean_name(text: str) -> tuple[str, list[Remark]]:
    name = text.replace("\xa0", " ")
    if not name.isascii():
        name = _PICTURES.sub("", name)
        invisible = (each for each in name if each in _BLANK_LETTERS or unicodedata.category(each) == "Cf")
        name = _remove_letters(name, set(invisible) - set(_KEPT))
        name = name.translate(_FULL_WIDTH)
    name = re.sub(" +", " ", name.strip(_EDGES))
    if name.startswith("'") and mark_formulas(unmark_formulas(name)) == name:  # as in friendcities' CSV files
        name = unmark_formulas(name)
    while quoted := _QUOTED.search(name):
        name = (quoted[1] or quoted[2]).strip(_EDGES)
    marks = [mark for mark in _FOOTNOTE.findall(name) if fold(mark) not in _EVERY_PAST]
    if not marks:
        name = name.rstrip(_EDGES + ",;")
        return (name[:-1] if _LONG_WORD_AND_STOP.search(name) else name), []
    shown = " and ".join(short(mark.strip()) for mark in marks)
    remark = Remark(Reason.FOOTNOTE, f"removed the footnote mark {shown}; check the text of the footnote")
    kept = _FOOTNOTE.sub(lambda mark: mark[0] if fold(mark[0]) in _EVERY_PAST else "", name)
    return kept.strip(" ,"), [remark]


def is_total(text: str) -> bool:
    """Whether a text marks a row of totals, such as "Total" and "Summe: 5".

    Example:
        >>> is_total("Razem: 12"), is_total("Total Valley")
        (True, False)
    """
    if len(text) > CITY_NAME_CHARACTERS:
        return False
    return " ".join(word for word in fold(text).split() if not word.isdecimal()) in _TOTALS


def _remove_letters(text: str, letters: Collection[str]) -> str:
    return "".join(each for each in text if each not in letters) if letters else text


def _is_missing(name: str) -> bool:
    words = fold(name)
    if words in _MISSING or name.strip(_SIGNS) in _MISSING_AS_WRITTEN:
        return True
    if name.isalpha():
        return False
    if " " in words and len(set(words.split())) == 1:  # null null
        return _is_missing(words.split()[0]) or words.split()[0] in _MISSING_OR_NAME
    first, *parts = _PARTS.split(name)
    if not parts:
        return False
    return _is_missing(first) or (
        fold(first) in _MISSING_OR_NAME and all(fold(part) in _MISSING_OR_NAME for part in parts)
    )


def _is_heading(name: str) -> bool:
    return name.replace(" ", "").isalpha() and fold(name) in _HEADINGS


def _is_sentence(name: str) -> bool:
    words = [word.strip(".,;:!?") for word in _BRACKETS.sub("", name).split()]
    others = [word for word in words[1:] if word.isalpha() and word.islower() and word not in _PARTICLES]
    least = 2 if words[-1:] == others[-1:] or fold(words[0]) in _HEADINGS else 3
    is_phrase = not name[0].islower() and len(others) >= least and max(map(len, others)) > len("von")
    return is_phrase or len(words) > _MOST_WORDS or _STOP.search(name) is not None or _names_partnership(name)


def _names_partnership(name: str) -> bool:
    return _PARTNERSHIP.search(fold(name)) is not None


def _has_past_word(name: str, past: Collection[str]) -> bool:
    """Whether the first or the last word is a word such as "ended", or the first is "ex" in lower case."""
    words = fold(name).split(" ")
    is_former = len(words) > 1 and name.startswith(words[0]) and words[0] in _FORMER
    return is_former or any(word in past and word not in _PAST_IN_NAMES for word in (words[0], words[-1]))


def _is_note(name: str) -> bool:
    folded = fold(name)
    first = folded.partition(" ")[0]
    may_be = first in _FIRST_WORDS or first[:1].isdigit() or _ROMAN.issuperset(first)
    return may_be and _NOTE.search(folded) is not None


def _is_date(name: str) -> bool:
    return _DATE.search(fold(name)) is not None


DEFECTS: Final[tuple[tuple[re.Pattern[str], Reason, str], ...]] = (
    (_YEAR, Reason.YEAR_FOR_CITY, "is a year"),
    (_FILE, Reason.FILE_FOR_CITY, "is the name of a file or an address"),
    (_ID, Reason.ID_FOR_CITY, "is an identifier"),
    (_ID_INSIDE, Reason.ID_FOR_CITY, "contains a Wikidata id; move the id to its own column"),
    (_NO_NAME, Reason.INVALID_NAME, "is not a name"),
    (_POSTAL_CODE, Reason.NOTE_IN_NAME, "contains a postal code; remove the code"),
    (_STRUCTURED, Reason.TEXT_FOR_CITY, "is structured text"),
    (_SHORT_YEAR, Reason.NOTE_IN_NAME, "contains a date; move the date to its own column"),
    (_NUMBER, Reason.INVALID_NAME, "is a number or a point"),
    (_MARKUP, Reason.MARKUP, "contains markup or a footnote mark"),
    (_SEVERAL, Reason.SEVERAL_CITIES, "names several cities; give each city its own row"),
    (
        _LOST,
        Reason.INVALID_NAME,
        "has a damaged letter; correct the name, or set encoding in [file] if the file has a profile",
    ),
    (_ENCODED, Reason.TEXT_FOR_CITY, "contains escaped characters; decode the text"),
    (_IN_BRACKETS, Reason.TEXT_FOR_CITY, "is structured text"),
    (_CUT, Reason.INVALID_NAME, "is not complete; write the whole name"),
)
"""The defects of names: the pattern, the reason and the description of each."""
_ENCODING: Final = (
    "is text read with the wrong encoding; correct the name, or set encoding in [file] if the file has a profile"
)


def _find_defect(name: str, past: Collection[str]) -> tuple[Reason | None, str]:
    tests: tuple[tuple[Callable[[str], object], Reason, str], ...] = (
        (lambda name: fold(name) in _BOOLEANS and _is_missing(name), Reason.INVALID_NAME, "is a boolean"),
        (_is_missing, Reason.INVALID_NAME, "is a missing-value marker"),
        (_is_heading, Reason.INVALID_NAME, "is the name of a column"),
        (_is_date, Reason.YEAR_FOR_CITY, "is a date"),
        *((pattern.search, reason, defect) for pattern, reason, defect in DEFECTS),
        (_is_list, Reason.SEVERAL_CITIES, "names several cities; give each city its own row"),
        (names_several_cities, Reason.SEVERAL_CITIES, "names several cities; give each city its own row"),
        (_is_no_text, Reason.INVALID_NAME, "is not a name"),
        (_is_note, Reason.TEXT_FOR_CITY, "is a note or a number"),
        (lambda name: _has_note(name, past), Reason.NOTE_IN_NAME, "contains a note; move the note to its own column"),
        (_is_sentence, Reason.TEXT_FOR_CITY, "is a sentence"),
        (_is_dated, Reason.NOTE_IN_NAME, "contains a date; move the date to its own column"),
        (_is_doubtful, Reason.NOTE_IN_NAME, "expresses doubt; move the doubt to its own column"),
    )
    return next(((reason, defect) for is_defect, reason, defect in tests if is_defect(name)), (None, ""))


def _is_no_text(name: str) -> bool:
    return not is_text(name) or not any(map(str.isalpha, name))


def _is_list(name: str) -> bool:
    folded = fold(name)
    return folded.rpartition(" ")[2] in _LAST_WORDS and _REST.search(folded) is not None


def names_several_cities(name: str, separator: re.Pattern[str] = BETWEEN_CITIES) -> bool:
    """Whether a text consists of names of different large cities, such as "Lyon et Marseille".

    "Barking and Dagenham" is one name, because a subdivision has it. Commas and dashes separate at least three cities.
    """
    if separator is BETWEEN_CITIES and len(_BETWEEN_THREE.findall(name)) > 1:
        return names_several_cities(name, _BETWEEN_THREE)
    parts = tuple(fold(part) for part in separator.split(name))
    if len(parts) == 1:
        return False
    cities = [set(geonames_ids_by_name().get(part, ())) for part in parts]
    are_different = all(cities) and sum(map(len, cities)) == len(set().union(*cities))
    return are_different and fold(name) not in geonames_ids_by_name() and parts not in _subdivisions_with_two_names()


@cache
def _subdivisions_with_two_names() -> frozenset[tuple[str, ...]]:
    import pycountry  # noqa: PLC0415 - importing pycountry is slow

    subdivisions: Any = pycountry.subdivisions
    names = [subdivision.name for subdivision in subdivisions if BETWEEN_CITIES.search(subdivision.name)]
    return frozenset(tuple(fold(part) for part in BETWEEN_CITIES.split(name)) for name in names)


def _is_doubtful(name: str) -> bool:
    """Whether a name contains a question mark, or begins or ends with a word of doubt."""
    words = fold(name).split(" ")
    return "?" in name or (len(words) > 1 and not _DOUBT.isdisjoint((words[0], words[-1])))


def _is_dated(name: str) -> bool:
    return _DATED.search(fold(name)) is not None


def _has_note(name: str, past: Collection[str]) -> bool:
    """Whether a name contains a year, or a note such as "see below"."""
    if _has_past_word(name, past):
        return True
    for addition in (each for groups in _ADDITION.findall(name) for each in groups):
        words = fold(addition)
        is_note = (
            words in _KINDS
            or words in _FORMER
            or words in _MISSING
            or _is_note(addition)
            or _YEAR_INSIDE.search(addition)
        )
        if is_note or words in past or words.partition(" ")[0] in past or _begins_with_past(words, past):
            return True
    return False


def _begins_with_past(words: str, past: Collection[str]) -> bool:
    return not words.isascii() and any(words.startswith(each) for each in past if not each.isascii())


# The same rules in a browser


_JAVASCRIPT_CLASSES: Final = {
    r"[^\W\d_]": r"[\p{L}\p{Nl}\p{No}]",
    r"\w": r"[\p{L}\p{N}_]",
    r"\d": r"\p{Nd}",
}
"""Python's character classes that match only ASCII in JavaScript, with their JavaScript equivalents."""


def rules_for_browser() -> dict[str, Any]:
    """Return the rules of this module as data for ``web/propose/names.js``.

    Example:
        >>> rules_for_browser()["footnote"][1], len(rules_for_browser()["defects"]) == len(DEFECTS)
        ('gu', True)
    """
    return {
        "missing": sorted(_MISSING),
        "missingAsWritten": sorted(_MISSING_AS_WRITTEN),
        "missingOrName": sorted(_MISSING_OR_NAME),
        "booleans": sorted(_BOOLEANS),
        "headings": sorted(_HEADINGS),
        "past": sorted(past_words()),
        "pastInNames": sorted(_PAST_IN_NAMES),
        "former": sorted(_FORMER),
        "kinds": sorted(_KINDS),
        "doubt": sorted(_DOUBT),
        "particles": sorted(_PARTICLES),
        "blank": "".join(sorted(_BLANK_LETTERS)),
        "mostWords": _MOST_WORDS,
        "footnote": _as_javascript(_FOOTNOTE),
        "quoted": _as_javascript(_QUOTED),
        "longWordAndStop": _as_javascript(_LONG_WORD_AND_STOP),
        "misread": _as_javascript(_MISREAD),
        "defects": [[*_as_javascript(pattern), defect] for pattern, _, defect in DEFECTS],
        "addition": _as_javascript(_ADDITION),
        "yearInside": _as_javascript(_YEAR_INSIDE),
        "dated": _as_javascript(_DATED),
        "note": _as_javascript(_NOTE),
        "date": _as_javascript(_DATE),
        "parts": _as_javascript(_PARTS),
        "rest": _as_javascript(_REST),
        "brackets": _as_javascript(_BRACKETS),
        "stop": _as_javascript(_STOP),
        "partnership": _as_javascript(_PARTNERSHIP),
    }


def _as_javascript(pattern: re.Pattern[str]) -> list[str]:
    source = pattern.pattern
    for ours, theirs in _JAVASCRIPT_CLASSES.items():
        source = source.replace(ours, theirs)
    flags = "i" * bool(pattern.flags & re.IGNORECASE) + "s" * bool(pattern.flags & re.DOTALL)
    return [source, f"g{flags}u"]
