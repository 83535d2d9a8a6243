"""Mending what can be mended without a person: each file is replaced whole, or left as it was."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from attrs import frozen

from friendcities.checks.record_tree import Register
from friendcities.checks.runner import all_rules, check
from friendcities.datasets.storage import replace_file
from friendcities.datasets.tree import RecordFile
from friendcities.errors import DataError, Problem

__all__ = ["Mended", "mend"]

_MOST_ROUNDS = 10
"""Mending one thing shows the next; no file needs more rounds than this."""


@frozen
class Mended:
    """A file that was mended, or would be."""

    path: Path
    """The file."""
    before: bytes
    """What it held."""
    after: bytes
    """What it holds now."""


def mend(
    register: Register, *, only: Iterable[str] = (), skip: Iterable[str] = (), wanted: Callable[[Path], bool] = bool
) -> tuple[Mended, ...]:
    """What mending would make of the files of a register: nothing is written.

    Args:
        register: The register.
        only: The names of the rules to apply; all, where none is named.
        skip: The names of rules not to apply.
        wanted: Whether a file may be mended.
    """
    only, skip = tuple(only), tuple(skip)
    before = {file.path: file.data for file in register.files}
    for _ in range(_MOST_ROUNDS):
        broken: dict[str, list[Problem]] = defaultdict(list)
        for problem in check(register, only=only, skip=skip).problems:
            broken[problem.path].append(problem)
        better = {}
        for file in register.files:
            data = _mended(file, broken[str(file.path)], register) if wanted(file.path) else None
            if data is not None and data != file.data:
                better[file.path] = data
        if not better:
            break
        register = register.with_contents(better)
    after = {file.path: file.data for file in register.files}
    return tuple(Mended(path, data, after[path]) for path, data in before.items() if after[path] != data)


def _mended(file: RecordFile, problems: list[Problem], register: Register) -> bytes | None:
    """The file after the first fix that knows what to do about one of its problems."""
    for name in sorted({problem.rule for problem in problems}):
        fix = all_rules()[name].fix
        data = None if fix is None else fix(file, register)
        if data is not None:
            return data
    return None


def write(mended: Iterable[Mended], tell: Callable[[Mended], object] = bool) -> None:
    """Write files that were mended, each all or nothing, and none that somebody else changed meanwhile.

    Args:
        mended: The files.
        tell: Is told of each file once it is written.

    Raises:
        DataError: If some could not be written; the others were.
    """
    problems = []
    for each in mended:
        try:
            if each.path.read_bytes() != each.before:
                what = "it was changed while it was being mended, and is left as it is"
                problems.append(Problem(path=str(each.path), message=what, hint="run the command again"))
                continue
            replace_file(each.path, each.after)
            tell(each)
        except OSError as error:
            what = f"it could not be written and is as it was: {str(error.strerror or error).lower()}"
            problems.append(Problem(path=str(each.path), message=what))
    if problems:
        raise DataError(problems)
