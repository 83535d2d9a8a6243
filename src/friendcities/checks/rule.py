"""What a rule is."""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum, unique

from attrs import evolve, frozen

from friendcities.checks.record_tree import RecordTree
from friendcities.datasets.tree import RecordFile
from friendcities.errors import Problem
from friendcities.model import AnyRecord

__all__ = ["Fix", "Rule", "Scope", "for_each_file", "for_each_record"]

Find = Callable[[RecordTree], Iterable[Problem]]
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


def _find_nothing(tree: RecordTree) -> Iterable[Problem]:
    del tree
    return ()


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
    find: Find = _find_nothing
    """Finds the problems that the reader does not report under this name, each with its path and field; the runner
    adds line, column and rule."""
    fix: Fix | None = None
    """Fixes a file, where that needs no person."""
    excusable: bool = False
    """Whether ``exceptions.json`` may excuse records from it."""


def for_each_file(find: Callable[[RecordFile, RecordTree], Iterable[Problem]]) -> Find:
    """Apply a function to every file, and add the file's path to the problems that it finds."""

    def find_in_files(tree: RecordTree) -> Iterator[Problem]:
        for file in tree.files:
            for problem in find(file, tree):
                yield evolve(problem, path=str(file.path))

    return find_in_files


def for_each_record(find: Callable[[AnyRecord, RecordTree], Iterable[Problem]]) -> Find:
    """Apply a function to every record that could be read, and add its path to the problems that it finds."""
    return for_each_file(lambda file, tree: () if file.record is None else find(file.record, tree))
