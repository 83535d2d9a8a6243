"""What a rule is, and how one that looks at a single file or record is asked about all of them."""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum, unique

from attrs import evolve, frozen

from friendcities.checks.record_tree import Register
from friendcities.datasets.tree import RecordFile
from friendcities.errors import Problem
from friendcities.model import AnyRecord

__all__ = ["Fix", "Rule", "Scope", "in_files", "in_records", "when_read"]

Find = Callable[[Register], Iterable[Problem]]
Fix = Callable[[RecordFile, Register], bytes | None]
"""What a file should hold instead; ``None`` where there is nothing to mend, or no telling how."""


@unique
class Scope(StrEnum):
    """What a rule looks at."""

    FILE = "file"
    """One file: its place, its text."""
    RECORD = "record"
    """One record: what stands in it."""
    DATASET = "dataset"
    """All records: how they fit together."""


@frozen(kw_only=True)
class Rule:
    """One thing that makes data right.

    Example:
        >>> from friendcities.checks import all_rules
        >>> all_rules()["repeated-key"].scope
        <Scope.FILE: 'file'>
    """

    name: str
    """Its name, which is also that of its module, with hyphens."""
    scope: Scope
    """What it looks at."""
    summary: str
    """What it asks, in one line."""
    description: str
    """Why it asks it, and how a problem is mended."""
    find: Find
    """Finds what breaks it: problems with path and field; line, column and rule are filled in for it."""
    fix: Fix | None = None
    """How a file is mended, where that can be done without a person."""
    excusable: bool = False
    """Whether an exception to it can be right, written down in ``exceptions.json``."""


def in_files(find: Callable[[RecordFile, Register], Iterable[Problem]]) -> Find:
    """A rule that looks at one file at a time, asked about every file."""

    def find_in_all(register: Register) -> Iterator[Problem]:
        for file in register.files:
            for problem in find(file, register):
                yield evolve(problem, path=str(file.path))

    return find_in_all


def in_records(find: Callable[[AnyRecord, Register], Iterable[Problem]]) -> Find:
    """A rule that looks at one record at a time, asked about every one that could be read."""

    def find_in_all(register: Register) -> Iterator[Problem]:
        for file in register.files:
            if file.record is not None:
                for problem in find(file.record, register):
                    yield evolve(problem, path=str(file.path))

    return find_in_all


def when_read(name: str) -> Find:
    """A rule that reading applies itself: its problems are those that were met on the way."""

    def find_in_all(register: Register) -> Iterator[Problem]:
        return (problem for problem in register.met if problem.rule == name)

    return find_in_all
