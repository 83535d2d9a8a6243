"""Finds the line and the column of each value in a JSON text; reads any text, without recursion, and never fails."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from attrs import evolve

from friendcities.errors import Problem

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*+"?|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_ITEM: Final = re.compile(r"\[([0-9]{1,9})\]")
_JOINT: Final = re.compile(r"[.\[]")
_JOINTS: Final = ("", ".", "[")

_Members = dict[str | int, "_Node"]
_Node = tuple[int, _Members]
"""Where a value, or its key, begins; and its members by their keys, or its items by their indices."""
_NONE: Final[_Members] = {}


class Positions:
    r"""The places of the values of a JSON text.

    A member of an object stands where its key does, an item of a list where it begins itself. Of members that share a
    key, the last counts, as it does for readers of JSON.

    Example:
        >>> text = '{\n  "steps": [\n    {"action": "established"}\n  ]\n}'
        >>> Positions(text).of("steps[0].action")
        (3, 6)
        >>> Positions(text).of("steps[0].kind")  # is missing from what stands here
        (3, 5)
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._breaks = [match.end() for match in re.finditer(r"\n", text)]

    def of(self, field: str) -> tuple[int, int]:
        """The line and the column, both from 1, of a field; of what it is missing from, where it is missing."""
        offset = self._offset(field) if field else len(self._text) - len(self._text.lstrip())
        line = bisect_right(self._breaks, offset)
        return line + 1, offset - (self._breaks[line - 1] if line else 0) + 1

    @cached_property
    def _tree(self) -> tuple[_Node, tuple[int, ...]]:
        return _read_tree(self._text)

    def _offset(self, field: str) -> int:
        """Where a field begins; keys may contain dots, so of the paths that its text can mean the furthest wins."""
        root, lengths = self._tree
        furthest, offset = -1, 0
        todo = [(0, root)]
        while todo and furthest < len(field):
            at, (begin, members) = todo.pop()
            if at > furthest:
                furthest, offset = at, begin
            todo.extend(_below(members, lengths, field, at))
        return offset


def locate_problems(problems: Iterable[Problem], text: str, *, within: str = "") -> list[Problem]:
    """Return the problems of a text, each with a line; ``within`` is the path to the value whose fields they name."""
    positions: Positions | None = None
    found = []
    for problem in problems:
        line, column = problem.line, problem.column
        if line is None:
            positions = positions or Positions(text)
            line, column = positions.of(problem.within(within).field)
        found.append(evolve(problem, line=line, column=column))
    return found


def _below(members: _Members, lengths: Iterable[int], field: str, at: int) -> Iterator[tuple[int, _Node]]:
    """The members on the path to a field, each with where the rest of the path begins; the likeliest last."""
    start = at + 1 if at and field[at : at + 1] == "." else at
    for length in lengths:
        end = start + length
        if field[start:end] in members and field[end : end + 1] in _JOINTS:
            yield end, members[field[start:end]]
    item, joint = _ITEM.match(field, start), _JOINT.search(field, start)
    end = item.end() if item else joint.start() if joint else len(field)
    key: str | int = int(item[1]) if item else field[start:end]
    if key in members:
        yield end, members[key]


def _read_tree(text: str) -> tuple[_Node, tuple[int, ...]]:
    """The document, and how long those keys are that may be taken for a way."""
    document: _Members = {}
    lengths: set[int] = set()
    members, index = document, None  # those of the container we are in; the index of its next item, if it is a list
    stack: list[tuple[_Members, int | None]] = []
    key: str | int = ""
    place = 0
    key_follows = False
    for match in _TOKEN.finditer(text):
        mark = match.group()
        if key_follows and mark[0] == '"':
            key, place, key_follows = _text(mark), match.start(), False
            if "." in key or "[" in key:
                lengths.add(len(key))
        elif mark in "}]":
            members, index = stack.pop() if stack else (document, None)
            key_follows = False
        elif mark == ",":
            key_follows = index is None
        elif mark != ":":
            if index is not None:
                key, place, index = index, match.start(), index + 1
            elif not stack:
                key, place = "", match.start()
            if mark in "{[":
                inner: _Members = {}
                members[key] = (place, inner)
                stack.append((members, index))
                members, index = inner, 0 if mark == "[" else None
                key_follows = mark == "{"
            else:
                members[key] = (place, _NONE)
    return document.get("", (0, {})), tuple(sorted(lengths))


def _text(token: str) -> str:
    """What a string of JSON stands for."""
    try:
        return str(json.loads(token, strict=False)) if "\\" in token else token[1:-1]
    except ValueError:  # the text is not JSON, which is reported elsewhere
        return token[1:-1]
