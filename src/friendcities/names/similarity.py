"""The names most like a text, the same ones that difflib finds, without its comparing every one of them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from math import ceil
from typing import Any, Final

__all__ = ["CUTOFF", "MOST", "Likeness"]

CUTOFF: Final = 0.6
"""The likeness (difflib's ratio) below which a name is not worth suggesting."""
MOST: Final = 5
"""How many names are suggested."""

_LEVELS: Final = (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, CUTOFF)
"""The likenesses down to which names are looked for, one after the other, until enough are found."""


class Likeness:
    """Some names, ready to be compared with a text.

    How alike two texts are is said by :class:`difflib.SequenceMatcher`: twice the number of letters in common pieces,
    by the number of all letters. That cannot be more than what it would be if every letter of both could be matched,
    whatever the order; and this is counted for all names at once, each of them being one bit of a large number. Nor
    can it be more than what the longest common subsequence makes of it, which takes a fraction of the time. So only
    those names are compared that these two bounds leave.

    Args:
        names: The names, each once.

    Example:
        >>> Likeness(["yokohama", "yokosuka", "dunedin"]).to("yokohma")
        ['yokohama', 'yokosuka']
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(names)
        self._all = (1 << len(self._names)) - 1
        self._with: dict[tuple[str, int], list[int]] = {}
        """The places of the names in which a letter stands at least so many times."""
        self._long: dict[int, list[int]] = {}
        """The places of the names that are so long."""
        self._bits: dict[tuple[str, int] | int, int] = {}
        """The same places as the bits of a number, for what has been asked for."""
        for place, name in enumerate(self._names):
            self._long.setdefault(len(name), []).append(place)
            for letter in _numbered(name):
                self._with.setdefault(letter, []).append(place)

    def to(self, text: str) -> list[str]:
        """The names most like this text, the likest first, at most five; of two alike, the later in order."""
        from difflib import SequenceMatcher  # noqa: PLC0415 - only a miss needs it

        compare = SequenceMatcher()
        compare.set_seq2(text)
        found: list[tuple[float, str]] = []
        least = CUTOFF
        common = _Common(text)
        waiting: list[tuple[float, str]] = []
        for level, names in self._by_letters(text):
            waiting += ((2.0 * common.to(name) / (len(text) + len(name)), name) for name in names)
            waiting.sort()
            while waiting and waiting[-1][0] >= max(level, least):
                _, name = waiting.pop()
                compare.set_seq1(name)
                ratio = compare.ratio()
                if ratio >= least:
                    found.append((ratio, name))
                    found.sort(reverse=True)
                    del found[MOST:]
                    if len(found) == MOST:
                        least = found[-1][0]
            if len(found) == MOST and least >= level:  # whatever is left is less like it than the level
                break
        return [name for _, name in found]

    def _by_letters(self, text: str) -> Iterator[tuple[float, list[str]]]:
        """For each level, the names that may be so like a text, going by their letters, and were not given before."""
        at_least = cache(_Count(self._all, [self._having(letter, self._with) for letter in _numbered(text)]).at_least)
        given = 0
        for level in _LEVELS:
            may_be = 0
            for long in self._long:
                matched = ceil(level * (len(text) + long) / 2 - _ROUNDING)
                may_be |= at_least(max(1, matched)) & self._having(long, self._long)
            new, given = may_be & ~given, may_be
            yield level, [self._names[place] for place in _places(new)]

    def _having(self, key: tuple[str, int] | int, places: dict[Any, list[int]]) -> int:
        """The names that have a letter so often, or are so long, as the bits of a number."""
        bits = self._bits.get(key)
        if bits is None:
            octets = bytearray(len(self._names) // 8 + 1)
            for place in places.get(key, ()):
                octets[place >> 3] |= 1 << (place & 7)
            bits = self._bits[key] = int.from_bytes(octets, "little")
        return bits


_ROUNDING: Final = 1e-9
"""What a product of floats may be too large by; a bound that is a little too low costs nothing."""


class _Count:
    """How often each bit is set in some numbers, as digits of the binary system: one number holds a digit of all."""

    def __init__(self, every: int, numbers: Iterable[int]) -> None:
        self._every = every
        self._digits: list[int] = []
        for number in numbers:
            carry = number
            for place, digit in enumerate(self._digits):
                self._digits[place], carry = digit ^ carry, digit & carry
            if carry:
                self._digits.append(carry)

    def at_least(self, times: int) -> int:
        """The bits that are set in at least so many of the numbers."""
        if times >> len(self._digits):
            return 0
        more, equal = 0, self._every
        for place in reversed(range(len(self._digits))):
            digit = self._digits[place]
            if times >> place & 1:
                equal &= digit
            else:
                more |= equal & digit
                equal &= ~digit
        return more | equal


class _Common:
    """The length of the longest common subsequence with a text, by the bits of a number (after Hyyrö, 2004)."""

    def __init__(self, text: str) -> None:
        self._all = (1 << len(text)) - 1
        self._where: dict[str, int] = {}
        for place, letter in enumerate(text):
            self._where[letter] = self._where.get(letter, 0) | 1 << place

    def to(self, name: str) -> int:
        """Its length."""
        free, where = self._all, self._where
        for letter in name:
            match = free & where.get(letter, 0)
            free = free + match | free - match
        return (~free & self._all).bit_count()


def _places(bits: int) -> Iterator[int]:
    """Where a number has its bits."""
    digits = f"{bits:b}"[::-1]
    place = digits.find("1")
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)


def _numbered(text: str) -> list[tuple[str, int]]:
    """The letters of a text, each with how often it stood there before."""
    seen: Counter[str] = Counter()
    numbered = []
    for letter in text:
        numbered.append((letter, seen[letter]))
        seen[letter] += 1
    return numbered
