"""The names most like a text, the same ones that difflib finds, without its comparing every one of them."""

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Final

__all__ = ["CUTOFF", "MOST", "Likeness"]

CUTOFF: Final = 0.6
"""The likeness (difflib's ratio) below which a name is not worth suggesting."""
MOST: Final = 5
"""How many names are suggested."""


class Likeness:
    """Some names, ready to be compared with a text.

    How alike two texts are is said by :class:`difflib.SequenceMatcher`: twice the number of letters in common pieces,
    by the number of all letters. That cannot be more than what it would be if every letter of both could be matched,
    whatever the order; and this is quickly counted for all names at once. So they are compared in the order of that
    bound, until it falls below the likeness of the names found.

    Args:
        names: The names, each once.

    Example:
        >>> Likeness(["yokohama", "yokosuka", "dunedin"]).to("yokohma")
        ['yokohama', 'yokosuka']
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(names)
        self._with: dict[tuple[str, int], list[int]] = {}
        """The places of the names in which a letter stands at least so many times."""
        for place, name in enumerate(self._names):
            for letter in _numbered(name):
                self._with.setdefault(letter, []).append(place)

    def to(self, text: str) -> list[str]:
        """The names most like this text, the likest first, at most five; of two alike, the later in order."""
        from difflib import SequenceMatcher  # noqa: PLC0415 - only a miss needs it

        compare = SequenceMatcher()
        compare.set_seq2(text)
        found: list[tuple[float, str]] = []
        least = CUTOFF
        for bound, name in self._bounds(text):
            if bound < least:
                break
            compare.set_seq1(name)
            ratio = compare.ratio()
            if ratio >= least:
                found.append((ratio, name))
                found.sort(reverse=True)
                del found[MOST:]
                if len(found) == MOST:
                    least = found[-1][0]
        return [name for _, name in found]

    def _bounds(self, text: str) -> list[tuple[float, str]]:
        """The names that may be like a text, each with how like it may be at most, the greatest first."""
        letters = Counter(chain.from_iterable(self._with.get(letter, ()) for letter in _numbered(text)))
        long, names = len(text), self._names
        bounds = [(2.0 * matched / (long + len(names[place])), names[place]) for place, matched in letters.items()]
        return sorted((each for each in bounds if each[0] >= CUTOFF), reverse=True)


def _numbered(text: str) -> list[tuple[str, int]]:
    """The letters of a text, each with how often it stood there before."""
    seen: Counter[str] = Counter()
    numbered = []
    for letter in text:
        numbered.append((letter, seen[letter]))
        seen[letter] += 1
    return numbered
