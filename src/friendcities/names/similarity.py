"""Finds similar names, faster than :func:`difflib.get_close_matches`."""

from collections.abc import Iterable, Iterator
from typing import Final

CUTOFF: Final = 0.8
"""The minimum similarity of a suggestion (difflib's ratio). A name of five letters may have one wrong letter."""
SHORT_CUTOFF: Final = 0.75
"""The minimum similarity for texts of at most four letters."""
_SHORT: Final = 4
LIMIT: Final = 5
"""The maximum number of suggestions."""


class SimilarNames:
    """An index of names by their letters. A text is compared only with names that share enough letters.

    Example:
        >>> SimilarNames(["yokohama", "dunedin"]).find("yokohma")
        ['yokohama']
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._bits: dict[tuple[str, int], int] = {}
        """A bit for each occurrence of a letter: the first "a" and the second "a" of a name have different bits."""
        self._by_length: dict[int, list[tuple[str, int]]] = {}
        """The names by their length. Each name is paired with the bits of its letters."""
        for name in names:
            letters = 0
            for numbered in _number_letters(name):
                letters |= self._bits.setdefault(numbered, 1 << len(self._bits))
            self._by_length.setdefault(len(name), []).append((name, letters))

    def find(self, text: str) -> list[str]:
        """Return at most five similar names. The most similar name comes first."""
        from difflib import get_close_matches  # noqa: PLC0415 - only an unknown name needs it

        cutoff = CUTOFF if len(text) > _SHORT else SHORT_CUTOFF
        letters = 0
        for numbered in _number_letters(text):
            letters |= self._bits.get(numbered, 0)
        near: list[str] = []
        for length, names in self._by_length.items():
            least_shared = cutoff * (len(text) + length) / 2
            if 0 < least_shared <= min(len(text), length):
                near += [name for name, own in names if (own & letters).bit_count() >= least_shared]
        return get_close_matches(text, near, LIMIT, cutoff)


def _number_letters(text: str) -> Iterator[tuple[str, int]]:
    """Number equal letters: "anna" gives a0, n0, n1, a1."""
    seen: dict[str, int] = {}
    for letter in text:
        times = seen[letter] = seen.get(letter, -1) + 1
        yield letter, times
