"""Finds the line and the column of values in JSON text. The text may be invalid JSON."""

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
"""A node of the tree: the offset of a value, and its members by key or its items by index."""
_NONE: Final[_Members] = {}


class Positions:
    r"""Finds the line and the column of each value in a JSON text.

    The member of an object has the position of its key.

    Example:
        >>> text = '{\n  "steps": [\n    {"action": "established"}\n  ]\n}'
        >>> Positions(text).of("steps[0].action")
        (3, 6)
        >>> Positions(text).of("steps[0].kind")  # missing: the position of its parent
        (3, 5)
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._breaks = [match.end() for match in re.finditer(r"\n", text)]

    def of(self, field: str) -> tuple[int, int]:
        """Return the line and the column of a field, counted from 1.

        A missing field has the position of the object that should contain it.
        """
        offset = self._offset(field) if field else len(self._text) - len(self._text.lstrip())
        line = bisect_right(self._breaks, offset)
        return line + 1, offset - (self._breaks[line - 1] if line else 0) + 1

    @cached_property
    def _tree(self) -> tuple[_Node, tuple[int, ...]]:
        return _read_tree(self._text)

    def _offset(self, field: str) -> int:
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
    """Add lines and columns to the problems of the record at the path ``within``."""
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
    """Keys can contain dots, so a path can have several meanings. The most likely member comes last."""
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
    document: _Members = {}
    lengths: set[int] = set()
    members, index = document, None  # the current container, and the next index if it is a list
    stack: list[tuple[_Members, int | None]] = []
    key: str | int = ""
    place = 0
    key_follows = False
    for match in _TOKEN.finditer(text):
        mark = match.group()
        if key_follows and mark[0] == '"':
            key, place, key_follows = _decode_string(mark), match.start(), False
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


def _decode_string(token: str) -> str:
    try:
        return str(json.loads(token, strict=False)) if "\\" in token else token[1:-1]
    except ValueError:  # the reader reports invalid JSON
        return token[1:-1]
