"""Applies the rules to a folder of records."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from attrs import evolve, frozen

from friendcities.checks.record_tree import EXCEPTION_RULE, EXCEPTIONS_FILE, RecordTree
from friendcities.checks.records_folder import is_below_any
from friendcities.checks.rule import Rule, Scope
from friendcities.checks.rules import RULES
from friendcities.codec.parse_json import decode_text
from friendcities.codec.positions import locate_problems
from friendcities.datasets.folder import read_file
from friendcities.errors import InvalidQueryError, Problem
from friendcities.model import RECORD_TYPES
from friendcities.model.record import short


@cache
def all_rules() -> Mapping[str, Rule]:
    """Return all rules by name, in alphabetical order.

    Example:
        >>> "unknown-reference" in all_rules()
        True
    """
    return MappingProxyType({rule.name: rule for rule in sorted(RULES, key=lambda rule: rule.name)})


def find_rule(name: str) -> Rule:
    """Return the rule with this name.

    Raises:
        InvalidQueryError: If the rule is unknown.
    """
    if name in all_rules():
        return all_rules()[name]
    similar = get_close_matches(name, all_rules(), n=1)
    hint = f"did you mean {similar[0]!r}?" if similar else "'friendcities rules' lists all rules"
    message = f"unknown rule {short(name)}; {hint}"
    raise InvalidQueryError(message, name, similar)


@frozen
class Report:
    """The result of a check."""

    problems: tuple[Problem, ...]
    """All problems, by path, line and column."""
    files: int
    """The number of checked record files."""

    @property
    def passed(self) -> bool:
        """Whether there are no problems."""
        return not self.problems

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain JSON values."""
        return {"files": self.files, "problems": [problem.to_dict() for problem in self.problems]}

    def __repr__(self) -> str:
        return f"<Report: {_count(len(self.problems), 'problem')} in {_count(self.files, 'file')}>"

    def _repr_html_(self) -> str:
        """Return the table for a notebook."""
        from friendcities.notebook.tables import cell_table  # noqa: PLC0415 - only a notebook needs it

        rows = [(each.path, each.line, each.rule, each.message, each.hint) for each in self.problems]
        return cell_table(repr(self).strip("<>"), ("File", "Line", "Rule", "Problem", "Hint"), rows)

    def restricted_to(self, paths: Iterable[Path]) -> "Report":
        """Return a report with only the problems in these files and folders."""
        is_covered = is_below_any(paths)
        return evolve(self, problems=tuple(each for each in self.problems if is_covered(Path(each.path))))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def check(
    tree: RecordTree,
    *,
    only: Iterable[str] = (),
    skip: Iterable[str] = (),
    progress: Callable[[Iterable[Rule]], Iterable[Rule]] = iter,
) -> Report:
    """Apply the rules to a folder of records and report all problems.

    Args:
        tree: The folder.
        only: The names of the rules to apply; by default, all rules.
        skip: The names of rules not to apply.
        progress: Wraps the rules, to show progress.

    Raises:
        InvalidQueryError: If a rule is unknown.

    Example:
        >>> import pathlib
        >>> from friendcities.checks import RecordTree
        >>> check(RecordTree.read(pathlib.Path("no such folder"))).problems[0].message
        'this path cannot be read: no such file or directory'
    """
    wanted, unwanted = {find_rule(name).name for name in only}, {find_rule(name).name for name in skip}
    names = (wanted or set(all_rules())) - unwanted
    applied = [rule for name, rule in all_rules().items() if name in names]
    found: list[Problem] = []
    for rule in progress(applied):
        found.extend(find_problems(rule, tree))
    kept = _apply_exceptions(found, tree, names)
    problems = dict.fromkeys(_add_positions(kept, tree))
    ordered = sorted(problems, key=lambda each: (each.path, each.line or 0, each.column or 0, each.rule, each.message))
    return Report(tuple(ordered), len(tree.files))


def find_problems(rule: Rule, tree: RecordTree) -> Iterator[Problem]:
    """Yield the problems that one rule finds."""
    yield from (problem for problem in tree.reading_problems if problem.rule == rule.name)
    if rule.find is None:
        return
    if rule.scope is Scope.DATASET:
        yield from (evolve(problem, rule=rule.name) for problem in rule.find(tree))
        return
    for file in tree.files:
        subject = file if rule.scope is Scope.FILE else file.record
        for problem in rule.find(subject, tree) if subject is not None else ():
            yield evolve(problem, rule=rule.name, path=str(file.path))


def _apply_exceptions(found: list[Problem], tree: RecordTree, applied: set[str]) -> Iterator[Problem]:
    folders = {cls: folder for folder, cls in RECORD_TYPES.items()}
    names = {str(file.path): f"{folders[file.cls]}/{file.id}" for file in tree.files}
    broken = {names[str(file.path)] for file in tree.files if file.record is None}
    used: dict[str, set[str]] = defaultdict(set)
    for problem in found:
        name = names.get(problem.path, "")
        if all_rules()[problem.rule].excusable and name in tree.exceptions.get(problem.rule, {}):
            used[problem.rule].add(name)
        else:
            yield problem
    path = str(tree.root / EXCEPTIONS_FILE)
    excusable = [rule.name for rule in all_rules().values() if rule.excusable]
    for rule_name, reasons in tree.exceptions.items() if EXCEPTION_RULE in applied else ():
        if rule_name not in excusable:
            is_known = rule_name in all_rules()
            message = f"the rule {rule_name!r} allows no exceptions" if is_known else f"unknown rule {rule_name!r}"
            expected = f"one of {', '.join(map(repr, excusable))}"
            yield Problem(rule=EXCEPTION_RULE, path=path, field=rule_name, message=message, expected=expected)
            continue
        for name in reasons if rule_name in applied else ():
            if name not in used[rule_name] | broken:
                message, field = f"unused exception for {name!r}", f"{rule_name}.{name}"
                yield Problem(rule=EXCEPTION_RULE, path=path, field=field, message=message, hint="delete the exception")


def _add_positions(problems: Iterable[Problem], tree: RecordTree) -> Iterator[Problem]:
    by_path: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_path[problem.path].append(problem)
    data = {str(file.path): file.data for file in tree.files if str(file.path) in by_path}
    for path, in_file in by_path.items():
        try:
            text = decode_text(data[path] if path in data else read_file(Path(path)))
        except (OSError, ValueError):  # a file that cannot be read has no lines
            yield from in_file
        else:
            yield from locate_problems(in_file, text)
