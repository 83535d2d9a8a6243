"""Finds years, and words such as "ended", in the columns that a profile does not name."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any, Final

from friendcities.importers.claims import states_end

_YEAR: Final = re.compile(r"(?<!\d)(?:1[89]|20)[0-9]{2}(?!\d)")
_ADDRESS: Final = re.compile(r"https?:|www\.", re.IGNORECASE)
_MOST_COLUMNS: Final = 30
"""The maximum number of columns that are examined."""
_MOST_CHARACTERS: Final = 500
_MOST_TEXTS: Final = 10_000
"""The maximum number of different texts of a column that are examined."""
_MOST: Final = 0.8
"""The minimum share of years in a column of numbers."""


def is_note(text: str) -> bool:
    """Whether a text contains a year or a word such as "ended".

    Example:
        >>> [is_note(text) for text in ("signed in 1994", "ophørt", "Town hall", "https://example.org/1994")]
        [True, True, False, False]
    """
    if _ADDRESS.match(text):
        return False
    return _YEAR.search(text) is not None or states_end(text)


class NoteFinder:
    """Examines the cells of the ignored columns."""

    def __init__(self, columns: Mapping[int, str] | None = None) -> None:
        self._columns = dict(list((columns or {}).items())[:_MOST_COLUMNS])
        self._notes: dict[int, str] = {}
        self._years: dict[int, str] = {}
        self._texts = defaultdict[int, set[str]](set)
        self._numbers, self._numbers_like_years = Counter[int](), Counter[int]()

    @property
    def places(self) -> list[int]:
        """The columns that still need to be examined."""
        return [place for place in self._columns if place not in self._notes]

    def examine_cell(self, place: int, cell: Any) -> None:
        """Examine a cell by the number of its column."""
        text = cell[:_MOST_CHARACTERS] if isinstance(cell, str) else "" if cell is None else str(cell)
        if text.isdecimal():
            self._numbers[place] += 1
            if _YEAR.fullmatch(text):
                self._numbers_like_years[place] += 1
                self._years.setdefault(place, text)
        elif text and text not in (seen := self._texts[place]) and len(seen) < _MOST_TEXTS:
            seen.add(text)
            if is_note(text):
                self._notes[place] = text

    def found(self) -> dict[str, str]:
        """Return the first note of each column with notes."""
        years = {
            place: text
            for place, text in self._years.items()
            if self._numbers_like_years[place] >= _MOST * self._numbers[place]
        }
        notes = years | self._notes
        return {name: notes[place] for place, name in self._columns.items() if place in notes}
