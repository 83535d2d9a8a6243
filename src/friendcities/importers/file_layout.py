"""Detects the layout of a file: encoding, delimiter, heading row and first rows."""

import codecs
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import Final, NamedTuple

from attrs import evolve, frozen
from importlib_resources import files

from friendcities.errors import DataError
from friendcities.extras import extra
from friendcities.importers.formats.tables import (
    DELIMITERS,
    cell_texts,
    find_unicode_or_escaped,
    is_delimited,
    is_graph,
    open_file,
)
from friendcities.importers.profile import CityColumns, Profile
from friendcities.model import Level
from friendcities.names.countries import read_country
from friendcities.names.normalize import fold

_WORDS: Final = tomllib.loads(files("friendcities.importers").joinpath("words.toml").read_text("utf-8"))
_ALPHABETS: Final[Mapping[str, str]] = _WORDS["alphabets"]
_ENCODINGS: Final[Sequence[str]] = _WORDS["encodings"]
_KNOWN: Final = frozenset(map(fold, chain(*(chain(*fields.values()) for fields in _WORDS["headings"].values()))))
_SEPARATOR: Final = re.compile(r'[;,|"\t\r\n]+')
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_UTF_7: Final = re.compile(rb"\+[A-Za-z0-9/+]{3,}")
_MOST_TEXT: Final = 10_000
_SIGN_AT_LETTER: Final = re.compile(r"(?<=[^\W\d_])[^\w\s!-~’·ªº]|[^\w\s!-~’·ªº](?=[^\W\d_])")
"""A non-ASCII sign next to a letter. Such signs are frequent in a text that is decoded with the wrong encoding."""
_FIRST_GREEK: Final = "\u0370"
"""The first letter after the Latin letters."""
_CERTAIN: Final = 0.5
_MOST_BYTES: Final = 1 << 20
"""The maximum number of bytes that are examined to find the encoding."""
_MOST_EXAMINED: Final = 20
"""The maximum number of rows that are examined to find the heading."""
_MOST_ROWS: Final = 1000
_MOST_CELLS: Final = 100_000
"""The maximum number of cells that are examined to find what the columns contain."""
_NEUTRAL: Final = Profile(
    first=CityColumns("first", country_is="CH"), second=CityColumns("second", country_is="CH"), level=Level.MUNICIPALITY
)
"""A profile that can open any file. The column names in this profile are not used."""


@frozen
class FileLayout:
    """The detected layout of a file; ``None`` means the default for the file extension."""

    columns: tuple[str, ...]
    encoding: str | None = None
    delimiter: str | None = None
    heading: int = 1
    rows: tuple[Sequence[str], ...] = ()
    """The first rows after the heading."""
    unread_sheets: tuple[str, ...] = ()
    comment: str | None = None
    names: str | None = None
    """The name of the file with the names of the nodes, as in data of KONECT; ``None`` if there is no such file."""

    def cells_of(self, place: int) -> list[str]:
        """The non-blank cells of a column."""
        return [row[place] for row in self.rows if place < len(row) and row[place]]


class _FirstRows(NamedTuple):
    heading: list[str]
    rows: list[tuple[int, list[str]]]
    unread_sheets: tuple[str, ...]


def examine_file(path: Path) -> FileLayout:
    """Detect the layout of a file.

    Raises:
        DataError: If the file cannot be read.
    """
    is_text = is_delimited(path)
    content = _read_start(path) if path.is_file() and (is_graph(path) or is_text) else b""
    encoding = _detect_encoding(content)
    comment = "%" if content.startswith(b"%") and not content.startswith(b"%PDF") else None
    has_names = is_graph(path) or path.suffix.casefold() in {".parquet", ".pq"}
    profile = evolve(_NEUTRAL, encoding=encoding or _NEUTRAL.encoding, heading=1 if has_names else 0, comment=comment)
    tried: list[tuple[str | None, _FirstRows]] = []
    errors: list[DataError] = []
    for delimiter in (None, *DELIMITERS, *([] if comment is None else [" "])) if is_text or comment else (None,):
        try:
            tried.append((delimiter, _read_first_rows(path, evolve(profile, delimiter=delimiter))))
        except DataError as error:  # such as a closing quotation mark without this delimiter after it
            errors.append(error)
    if not tried:
        raise errors[0]
    delimiter, (heading, rows, sheets) = max(tried, key=lambda each: _rate_rows(each[1].rows[:_MOST_EXAMINED]))
    names = next((each.name for each in sorted(path.parent.glob("ent.*name*"))), None) if comment is not None else None
    layout = FileLayout((), encoding, delimiter, unread_sheets=sheets, comment=comment, names=names)
    if has_names:
        return evolve(layout, columns=tuple(heading), rows=tuple(cells for _, cells in rows))
    # the heading is the first row with more than half as many texts as the fullest row
    texts = [sum(map(bool, row)) for _, row in rows[:_MOST_EXAMINED]]
    place = next((place for place, number in enumerate(texts) if 2 * number > max(texts)), 0)
    number, columns = rows[place] if rows else (1, [])
    below = tuple(cells for _, cells in rows[place + 1 :] if cells != columns)
    return evolve(layout, columns=tuple(columns), heading=number, rows=below)


def _read_first_rows(path: Path, profile: Profile) -> _FirstRows:
    with open_file(path, profile) as opened:
        found = []
        most = min(_MOST_ROWS, 1 + _MOST_CELLS // max(1, len(opened.heading)))
        for number, cells, unreadable in islice(opened.rows, most):
            values = [cells.get(name, "") for name in opened.heading] if isinstance(cells, Mapping) else cells
            texts, error = cell_texts(values, unreadable)
            if error is None:
                found.append((number, [text.strip() for text in texts]))
        return _FirstRows(opened.heading, found, opened.unread_sheets)


def _rate_rows(rows: Sequence[tuple[int, Sequence[str]]]) -> tuple[bool, int, int]:
    """Rate a delimiter by the rows it makes. A better delimiter has a greater rating."""
    widths = Counter(len(row) for _, row in rows if any(row))
    width, count = max(widths.items(), key=lambda each: (each[0] > 1, each[1], each[0]), default=(0, 0))
    return width > 1, count, width


def _read_start(path: Path) -> bytes:
    with suppress(OSError), path.open("rb") as file:  # the reader of the file reports the error
        return file.read(_MOST_BYTES)
    return b""


def _detect_encoding(content: bytes) -> str | None:
    """Detect the encoding of a text. ``None`` means UTF-8 or unknown."""
    shown = find_unicode_or_escaped(content)
    if shown is not None or b"\0" in content:
        return shown
    if content.isascii() and _UTF_7.search(content) is not None and _is_utf7(content):
        return "utf-7"
    with suppress(UnicodeDecodeError):
        codecs.getincrementaldecoder("utf-8")().decode(content)
        return None
    encoding = max(_ENCODINGS, key=lambda each: _rate_encoding(content, each))
    rate = _rate_encoding(content, encoding)
    if rate > _CERTAIN:
        return encoding
    with extra("tables", "detecting the encoding of a file"):
        from charset_normalizer import from_bytes  # noqa: PLC0415 - an extra
    found = [match for match in from_bytes(content) if not _is_latin(str(match))]
    if found:
        return max(found, key=lambda match: _count_known(str(match))).encoding
    return encoding if rate > 0 else "latin-1"  # latin-1 decodes every byte


def _is_utf7(content: bytes) -> bool:
    """Whether a text is UTF-7 with non-ASCII letters only. A telephone number decodes to other characters."""
    with suppress(UnicodeDecodeError):
        beyond = [each for each in codecs.getincrementaldecoder("utf-7")().decode(content) if not each.isascii()]
        return all(map(str.isalpha, beyond)) and bool(beyond)
    return False


def _count_known(text: str) -> int:
    """Count the cells at the start of a text that are countries or contain a known heading word."""
    cells = set(_SEPARATOR.split(text[:_MOST_TEXT]))
    return sum(not _KNOWN.isdisjoint(fold(each).split()) or read_country(each).code is not None for each in cells)


def _is_latin(text: str) -> bool:
    """Whether most words with non-ASCII letters also contain ASCII letters."""
    words = [word for word in _LETTERS.findall(text[:_MOST_TEXT]) if not word.isascii()]
    return 2 * sum(any(map(str.isascii, word)) for word in words) >= len(words)


def _rate_encoding(content: bytes, encoding: str) -> float:
    """Rate how well the non-ASCII letters of a text fit one language.

    Other characters and the letters of impossible words reduce the rating. An impossible word has capitals inside, such
    as "MÅnchen", or letters of two scripts, such as "Kцln".
    """
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return -1
    if any(unicodedata.category(letter) == "Cc" for letter in set(text) if not letter.isascii()):
        return -1
    letters, other = Counter[str](), float(len(_SIGN_AT_LETTER.findall(text)))
    for word, number in Counter(_LETTERS.findall(text)).items():
        beyond = Counter(letter for letter in word if not letter.isascii())
        if word[1:] != word[1:].lower() or (beyond.total() < len(word) and max(word) >= _FIRST_GREEK):
            other += number * beyond.total()
        else:
            letters.update({letter: number * times for letter, times in beyond.items()})
            other += number / 2 if word[0] in beyond and word[0].islower() else 0
    known = max(sum(letters[letter] for letter in alphabet) for alphabet in _ALPHABETS.values())
    total = letters.total() + other
    return 2 * known / total - 1 if total else 0
