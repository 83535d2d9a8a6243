"""The shape of a file before anybody has declared it: its encoding, what parts its cells, and where its heading is."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from attrs import evolve, frozen

from friendcities.importers.formats.graphs import ENDINGS, graph_columns
from friendcities.importers.formats.tables import DELIMITERS, first_rows, is_separated
from friendcities.importers.profile import End, Profile
from friendcities.model import Level

__all__ = ["Shape", "shape_of"]

_ENCODINGS: Final = ("cp1252", "latin-1")
"""What text is tried as that is not UTF-8: the second has a letter for every byte."""
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_CHUNK: Final = 1 << 16
_ANY: Final = Profile(
    first=End("first", country_is="CH"), second=End("second", country_is="CH"), level=Level.MUNICIPALITY
)
"""Says nothing of how a file is written; its columns are not looked at."""


@frozen
class Shape:
    """How a file seems to be written; ``None`` where it is as a file with its ending usually is."""

    columns: tuple[str, ...]
    encoding: str | None = None
    delimiter: str | None = None
    heading: int = 1


def shape_of(path: Path) -> Shape:
    """What a file seems to look like.

    Raises:
        DataError: If it cannot be read as what its name says it is.
        MissingExtraError: If a library that reads it is not installed.
    """
    is_graph = path.suffix.casefold() in ENDINGS
    encoding = _encoding(path) if is_graph or is_separated(path) else None
    profile = _ANY if encoding is None else evolve(_ANY, encoding=encoding)
    if is_graph:
        return Shape(tuple(graph_columns(path, profile)), encoding)
    usual = first_rows(path, profile)
    if not is_separated(path):
        return _headed(usual, encoding, None)
    several = {each: first_rows(path, evolve(profile, delimiter=each)) for each in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda each: _cells(several[each]))
    if _cells(several[delimiter]) <= _cells(usual):
        return _headed(usual, encoding, None)
    return _headed(several[delimiter], encoding, delimiter)


def _encoding(path: Path) -> str | None:
    """In what a file is written that is not UTF-8."""
    try:
        with path.open("rb") as file:
            if file.read(2) in _UTF_16:
                return "utf-16"
    except OSError:  # the reader of the file says what is wrong with it
        return None
    return next((None if each == "utf-8" else each for each in ("utf-8", *_ENCODINGS) if _is_in(path, each)), None)


def _is_in(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding) as text:
            while text.read(_CHUNK):
                pass
    except UnicodeDecodeError:
        return False
    return True


Rows = Sequence[tuple[int, Sequence[str]]]
"""Rows of a table, each with its number."""


def _cells(rows: Rows) -> tuple[bool, int, int]:
    """How much a way to part cells speaks for itself: whether rows have several, how many rows as many, how many."""
    counted = Counter(len(row) for _, row in rows if any(row))
    width, alike = max(counted.items(), key=lambda each: (each[0] > 1, each[1], each[0]), default=(0, 0))
    return width > 1, alike, width


def _headed(rows: Rows, encoding: str | None, delimiter: str | None) -> Shape:
    """The shape of a table: its heading is the first row of which more cells have a text than half of any other's."""
    texts = [sum(map(bool, row)) for _, row in rows]
    at = next((place for place, count in enumerate(texts) if 2 * count > max(texts)), 0)
    number, heading = rows[at]
    return Shape(tuple(heading), encoding, delimiter, number)
