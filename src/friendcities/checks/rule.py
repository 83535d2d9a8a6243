"""What a rule is."""

import inspect
from collections.abc import Callable, Iterable
from enum import StrEnum, unique

from attrs import frozen

from friendcities.checks.record_tree import RecordTree
from friendcities.datasets.folder import RecordFile
from friendcities.errors import Problem

Fix = Callable[[RecordFile, RecordTree], bytes | None]
"""Returns the fixed content of a file; ``None`` if only a person can fix it."""


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
    """The name: lower-case words joined by hyphens."""
    scope: Scope
    """The subject of the rule."""
    summary: str
    """The requirement, in one line."""
    description: str
    """The reason, and how to fix a problem."""
    find: Callable[..., Iterable[Problem]] | None = None
    """Finds problems in addition to those of the reader, each with its field. The scope decides how it is called: with
    each file and the tree, with each valid record and the tree, or once with the tree (problems then have a path). The
    runner adds line, column and rule."""
    fix: Fix | None = None
    """Fixes a file, if no person is needed."""
    excusable: bool = False
    """Whether ``exceptions.json`` may list exceptions to it."""


def rule(
    scope: Scope, *, fix: Fix | None = None, excusable: bool = False
) -> Callable[[Callable[..., Iterable[Problem]]], Rule]:
    """Make a rule from a function that finds problems; the function provides the name and the explanation."""

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
