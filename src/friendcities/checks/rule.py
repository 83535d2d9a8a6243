"""Defines the class Rule, and a decorator that makes a rule from a function."""

import inspect
from collections.abc import Callable, Iterable
from enum import StrEnum, unique

from attrs import frozen

from friendcities.checks.record_tree import RecordTree
from friendcities.datasets.folder import RecordFile
from friendcities.errors import Problem

Fix = Callable[[RecordFile, RecordTree], bytes | None]
"""A function that returns the fixed content of a file; ``None`` if a person must decide."""


@unique
class Scope(StrEnum):
    """The subject of a rule."""

    FILE = "file"
    """One file: its path and its text."""
    RECORD = "record"
    """One record: its values."""
    DATASET = "dataset"
    """All records and their relations."""


@frozen(kw_only=True)
class Rule:
    """One condition that records must meet.

    Example:
        >>> from friendcities.checks import all_rules
        >>> all_rules()["repeated-key"].scope
        <Scope.FILE: 'file'>
    """

    name: str
    """The name: lower-case words with hyphens."""
    scope: Scope
    """The subject of the rule."""
    summary: str
    """The requirement, in one line."""
    description: str
    """The reason for the rule, and the way to fix a problem."""
    find: Callable[..., Iterable[Problem]] | None = None
    """A function that finds problems that the reader does not find.

    The arguments depend on the scope: a file and the tree, a valid record and the tree, or only the tree. The runner
    adds the rule, the line and the column to each problem. For the scope ``DATASET``, the function must add the path.
"""
    fix: Fix | None = None
    """A function that fixes a file; ``None`` if only a person can fix problems of the rule."""
    excusable: bool = False
    """Whether ``exceptions.json`` may contain exceptions to the rule."""


def rule(
    scope: Scope, *, fix: Fix | None = None, excusable: bool = False
) -> Callable[[Callable[..., Iterable[Problem]]], Rule]:
    """Make a rule from a function that finds problems. The docstring of the function becomes the description."""

    def make_rule(find: Callable[..., Iterable[Problem]]) -> Rule:
        summary, _, description = inspect.cleandoc(find.__doc__ or "").partition("\n\n")
        return Rule(
            name=find.__name__.replace("_", "-"),
            scope=scope,
            summary=f"{summary[:1].lower()}{summary[1:].removesuffix('.')}",
            description=" ".join(description.split()),
            find=find,
            fix=fix,
            excusable=excusable,
        )

    return make_rule
