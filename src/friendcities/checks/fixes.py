"""Fixes problems that need no decision by a person. Each file is replaced atomically."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from attrs import frozen

from friendcities.checks.record_tree import RecordTree
from friendcities.checks.runner import all_rules, check
from friendcities.datasets.folder import RecordFile, replace_file
from friendcities.errors import DataError, Problem

_MOST_ROUNDS = 10
"""The maximum number of rounds of fixes. A fix may reveal another problem."""


@frozen
class FixedFile:
    """A file with its content before and after the fixes."""

    path: Path
    before: bytes
    after: bytes


def fix_files(
    tree: RecordTree, *, only: Iterable[str] = (), skip: Iterable[str] = (), wanted: Callable[[Path], bool] = bool
) -> tuple[FixedFile, ...]:
    """Fix the files of a folder in memory. Nothing is written to disk.

    Args:
        tree: The folder.
        only: The names of the rules to apply; all by default.
        skip: The names of rules not to apply.
        wanted: A function that selects the files to fix.

    Returns:
        The files that change, in the order of the folder.

    Raises:
        InvalidQueryError: If a rule is unknown.
    """
    only, skip = tuple(only), tuple(skip)
    before = {file.path: file.data for file in tree.files}
    for _ in range(_MOST_ROUNDS):
        broken_rules: dict[str, set[str]] = defaultdict(set)
        for problem in check(tree, only=only, skip=skip).problems:
            broken_rules[problem.path].add(problem.rule)
        changes = {}
        for file in tree.files:
            data = _fix_file(file, broken_rules[str(file.path)], tree) if wanted(file.path) else None
            if data is not None and data != file.data:
                changes[file.path] = data
        if not changes:
            break
        tree = tree.with_contents(changes)
    after = {file.path: file.data for file in tree.files}
    return tuple(FixedFile(path, data, after[path]) for path, data in before.items() if after[path] != data)


def _fix_file(file: RecordFile, broken_rules: set[str], tree: RecordTree) -> bytes | None:
    fixes = (all_rules()[name].fix for name in sorted(broken_rules))
    return next((data for fix in fixes if fix is not None and (data := fix(file, tree)) is not None), None)


def write_fixes(fixed: Iterable[FixedFile], report: Callable[[FixedFile], object] = bool) -> None:
    """Write each fixed file atomically, and report each written file.

    A file that changed after the check is not written.

    Raises:
        DataError: If some files cannot be written. All other files are written.
    """
    problems = []
    for file in fixed:
        try:
            if file.path.is_symlink():
                message = "the file is a symbolic link and was not written"
                problems.append(Problem(path=str(file.path), message=message, hint="replace the link with a file"))
                continue
            if file.path.read_bytes() != file.before:
                message = "the file changed during the fix and was not written"
                problems.append(Problem(path=str(file.path), message=message, hint="run the command again"))
                continue
            replace_file(file.path, file.after)
            report(file)
        except OSError as error:
            message = f"the file could not be written: {str(error.strerror or error).lower()}"
            problems.append(Problem(path=str(file.path), message=message))
    if problems:
        raise DataError(problems)
