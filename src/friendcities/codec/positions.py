"""Where in a JSON text each value stands: from the way to a field, to its line and column.

Asked only once a text is known to be wrong, so it may take its time; and of any text that is JSON, so it reads without
recursion.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable

from attrs import evolve

from friendcities.errors import Problem

__all__ = ["Positions", "located"]

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


class Positions:
    r"""The places of the values of a JSON text.

    A member of an object stands where its key does, an item of a list where it begins itself. Of members that share a
    key, the last counts, as it does for readers of JSON.

    Example:
        >>> text = '{\n  "steps": [\n    {"what": "established"}\n  ]\n}'
        >>> Positions(text).of("steps[0].what")
        (3, 6)
        >>> Positions(text).of("steps[0].kind")  # is missing from what stands here
        (3, 5)
    """

    __slots__ = ("_breaks", "_offsets")

    def __init__(self, text: str) -> None:
        self._breaks = [match.end() for match in re.finditer(r"\n", text)]
        self._offsets = _offsets(text)

    def of(self, field: str) -> tuple[int, int]:
        """The line and the column, both from 1, of a field; of what it is missing from, where it is missing."""
        while field and field not in self._offsets:
            field = field[: max(field.rfind("."), field.rfind("["), 0)]
        offset = self._offsets.get(field, 0)
        line = bisect_right(self._breaks, offset)
        return line + 1, offset - (self._breaks[line - 1] if line else 0) + 1


def located(problems: Iterable[Problem], text: str, *, within: str = "") -> list[Problem]:
    """The problems of a text, those without a line with the one of their field.

    Args:
        problems: The problems.
        text: The text, which is JSON.
        within: The way to the value whose fields they name.
    """
    positions: Positions | None = None
    found = []
    for problem in problems:
        each = problem
        if problem.line is None:
            positions = positions or Positions(text)
            line, column = positions.of(problem.within(within).field)
            each = evolve(problem, line=line, column=column)
        found.append(each)
    return found


def _offsets(text: str) -> dict[str, int]:
    """The way to each value, with the offset at which its key, or else it itself, begins."""
    offsets: dict[str, int] = {}
    stack: list[tuple[str, int | None]] = []  # the way to a container; the index of its next item, if it is a list
    way, index = "", None
    key_follows = False
    place: str | None = ""
    for match in _TOKEN.finditer(text):
        mark = match.group()
        if key_follows and mark[0] == '"':
            key = _text(mark)
            place = f"{way}.{key}" if way else key
            offsets[place] = match.start()
            key_follows = False
        elif mark in "}]":
            way, index = stack.pop() if stack else ("", None)
            key_follows = False
        elif mark == ",":
            key_follows = index is None
        elif mark != ":":
            if index is not None:
                place = f"{way}[{index}]"
                index += 1
                offsets[place] = match.start()
            elif not stack:
                offsets[""] = match.start()
            if mark in "{[":
                stack.append((way, index))
                way, index = place or "", 0 if mark == "[" else None
                key_follows = mark == "{"
    return offsets


def _text(token: str) -> str:
    """What a string of JSON stands for."""
    if "\\" not in token:
        return token[1:-1]
    import json  # noqa: PLC0415 - keys with escapes are rare

    return str(json.loads(token))
