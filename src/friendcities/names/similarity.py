"""The names most similar to a text: the result of :func:`difflib.get_close_matches`, but faster."""

from collections.abc import Iterable, Iterator
from math import ceil
from typing import Final

CUTOFF: Final = 0.75
"""The similarity (difflib's ratio) below which a name is not suggested."""
LIMIT: Final = 5
"""The maximum number of suggestions."""


class SimilarNames:
    """An index of names that finds those most similar to a text.

    The similarity is the ratio of :class:`difflib.SequenceMatcher`: twice the number of letters in common blocks,
    divided by the number of all letters. Two bounds that are faster to compute leave few names to compare: the letters
    that both texts have, and their longest common subsequence.

    Example:
        >>> SimilarNames(["yokohama", "dunedin"]).find("yokohma")
        ['yokohama']
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._bits: dict[tuple[str, int], int] = {}
        """A bit for each numbered letter, so that common letters are counted with their repeats."""
        self._by_length: dict[int, list[tuple[int, str]]] = {}
        """The names of each length, each with its letters."""
        for name in names:
            letters = 0
            for numbered in _number_letters(name):
                letters |= self._bits.setdefault(numbered, 1 << len(self._bits))
            self._by_length.setdefault(len(name), []).append((letters, name))

    def find(self, text: str) -> list[str]:
        """At most five names most similar to a text, the most similar first; ties in reverse order of the alphabet."""
        from difflib import SequenceMatcher  # noqa: PLC0415 - only a miss needs it

        letters = 0
        for numbered in _number_letters(text):
            letters |= self._bits.get(numbered, 0)
        candidates: list[tuple[float, str]] = []
        for length, names in self._by_length.items():
            total = len(text) + length
            least_shared = max(1, ceil(CUTOFF * total / 2 - 1e-9))  # a product of floats may be a little too large
            if min(len(text), length) >= least_shared:
                shared = [((own & letters).bit_count(), name) for own, name in names]
                candidates += [(2.0 * count / total, name) for count, name in shared if count >= least_shared]
        if not candidates:
            return []
        candidates.sort(reverse=True)
        positions: dict[str, int] = {}
        for position, letter in enumerate(text):
            positions[letter] = positions.get(letter, 0) | 1 << position
        compare = SequenceMatcher(b=text)
        found: list[tuple[float, str]] = []
        least = CUTOFF
        for bound, name in candidates:
            if bound < least:
                break
            if 2.0 * _common_subsequence(name, positions, len(text)) / (len(text) + len(name)) >= least:
                compare.set_seq1(name)
                if (ratio := compare.ratio()) >= least:
                    found = sorted([*found, (ratio, name)], reverse=True)[:LIMIT]
                    least = found[-1][0] if len(found) == LIMIT else CUTOFF
        return [name for _, name in found]


def _number_letters(text: str) -> Iterator[tuple[str, int]]:
    """The letters of a text, each with the number of its earlier occurrences."""
    seen: dict[str, int] = {}
    for letter in text:
        times = seen[letter] = seen.get(letter, -1) + 1
        yield letter, times


def _common_subsequence(name: str, positions: dict[str, int], length: int) -> int:
    """The length of the longest common subsequence of a name and a text (Hyyrö, 2004).

    ``positions`` are those of each letter in the text, as bits; ``length`` is that of the text.
    """
    free = every = (1 << length) - 1
    for letter in name:
        match = free & positions.get(letter, 0)
        free = free + match | free - match
    return (~free & every).bit_count()
