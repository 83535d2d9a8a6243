"""What a rule is."""

import inspect
from collections.abc import Callable, Iterable
from enum import StrEnum, unique

from attrs import frozen

from friendcities.checks.record_tree import RecordTree
from friendcities.datasets.folder import RecordFile
from friendcities.errors import Problem

Fix = Callable[[RecordFile, RecordTree], bytes | None]
"""Returns the fixed content of a file; ``None`` where nothing can be fixed without a person."""


@unique
class Scope(StrEnum):
    """What a rule looks at."""

    FILE = "file"
    """One file: its place and its text."""
    RECORD = "record"
    """One record: its values."""
    DATASET = "dataset"
    """All records: how they fit together."""


@frozen(kw_only=True)
class Rule:
    """One condition that records must meet.

    Example:
        >>> from friendcities.checks import all_rules
        >>> all_rules()["repeated-key"].scope
        <Scope.FILE: 'file'>
    """

    name: str
    """Its name: lower-case words joined by hyphens."""
    scope: Scope
    """What it looks at."""
    summary: str
    """What it requires, in one line."""
    description: str
    """Why it requires it, and how to fix a problem."""
    find: Callable[..., Iterable[Problem]] | None = None
    """Finds the problems that the reader does not report under this name, each with its field. It is called with each
    file and the tree, with each valid record and the tree, or once with the tree, by scope; then the problems have
    paths. The runner adds line, column and rule."""
    fix: Fix | None = None
    """Fixes a file, where that needs no person."""
    excusable: bool = False
    """Whether ``exceptions.json`` may excuse records from it."""


def rule(
    scope: Scope, *, fix: Fix | None = None, excusable: bool = False
) -> Callable[[Callable[..., Iterable[Problem]]], Rule]:
    """Turn a function that finds problems into a rule; its name and its docstring become those of the rule."""

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
