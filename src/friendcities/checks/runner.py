"""The rules, and what they say of a register."""

import pkgutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from attrs import evolve, frozen

from friendcities.checks import rules as package
from friendcities.checks.places import covers
from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule
from friendcities.checks.suppressions import FILE as EXCEPTIONS_FILE
from friendcities.checks.suppressions import RULE as EXCEPTION
from friendcities.codec.json_text import decoded
from friendcities.codec.positions import located
from friendcities.datasets.tree import contents
from friendcities.errors import InvalidQueryError, Problem
from friendcities.model import RECORD_TYPES
from friendcities.model.record import short

__all__ = ["Report", "all_rules", "check", "rule_named", "within"]


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by its name, in alphabetical order.

    Example:
        >>> "unknown-reference" in all_rules()
        True
    """
    modules = (import_module(f"{package.__name__}.{each.name}") for each in pkgutil.iter_modules(package.__path__))
    found: list[Rule] = [module.RULE for module in modules]
    return MappingProxyType({rule.name: rule for rule in sorted(found, key=lambda rule: rule.name)})


def rule_named(name: str) -> Rule:
    """The rule of a name.

    Raises:
        InvalidQueryError: If there is none; ``candidates`` are the names that come near.

    Example:
        >>> rule_named("repeated-keys")
        Traceback (most recent call last):
        friendcities.errors.InvalidQueryError: there is no rule 'repeated-keys'; did you mean 'repeated-key'?
    """
    if name in all_rules():
        return all_rules()[name]
    from difflib import get_close_matches  # noqa: PLC0415 - only a miss needs it

    near = get_close_matches(name, all_rules(), n=1)
    hint = f"did you mean {near[0]!r}?" if near else "'friendcities rules' lists them"
    message = f"there is no rule {short(name)}; {hint}"
    raise InvalidQueryError(message, name, near)


@frozen
class Report:
    """What a check found."""

    problems: tuple[Problem, ...]
    """Every problem, by path, line and column."""
    files: int
    """How many files of records were looked at."""

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def check(
    register: Register,
    *,
    only: Iterable[str] = (),
    skip: Iterable[str] = (),
    progress: Callable[[Iterable[Rule]], Iterable[Rule]] = iter,
) -> Report:
    """Apply the rules to a register: every problem at once.

    Args:
        register: What to look at.
        only: The names of the rules to apply; all, where none is named.
        skip: The names of rules not to apply.
        progress: Wraps the rules on their way, to show how far the check is.

    Raises:
        InvalidQueryError: If there is no rule of a name.

    Example:
        >>> import pathlib
        >>> from friendcities.checks import Register
        >>> check(Register.read(pathlib.Path("no such folder"))).problems[0].message
        'it cannot be read: no such file or directory'
    """
    wanted, unwanted = {rule_named(name).name for name in only}, {rule_named(name).name for name in skip}
    applied = [
        rule for rule in all_rules().values() if (not wanted or rule.name in wanted) and rule.name not in unwanted
    ]
    found: list[Problem] = []
    for rule in progress(applied):
        found.extend(evolve(problem, rule=rule.name) for problem in rule.find(register))
    kept = [*_without_exceptions(found, register, {rule.name for rule in applied})]
    problems = sorted(_placed(kept, register), key=_order)
    return Report(tuple(dict.fromkeys(problems)), len(register.files))


def _order(problem: Problem) -> tuple[str, int, int, str, str]:
    return (problem.path, problem.line or 0, problem.column or 0, problem.rule, problem.message)


def _without_exceptions(found: list[Problem], register: Register, applied: set[str]) -> Iterator[Problem]:
    """The problems for which there is no exception, and the exceptions for which there is no problem."""
    folders = {cls: folder for folder, cls in RECORD_TYPES.items()}
    places = {str(file.path): f"{folders[file.cls]}/{file.id}" for file in register.files}
    unread = {places[str(file.path)] for file in register.files if file.record is None}
    needed: dict[str, set[str]] = defaultdict(set)
    for problem in found:
        place = places.get(problem.path, "")
        if all_rules()[problem.rule].excusable and place in register.exceptions.get(problem.rule, {}):
            needed[problem.rule].add(place)
        else:
            yield problem
    path = str(register.root / EXCEPTIONS_FILE)
    for name, reasons in register.exceptions.items() if EXCEPTION in applied else ():
        rule = all_rules().get(name)
        if rule is None or not rule.excusable:
            expected = "one of " + ", ".join(repr(each.name) for each in all_rules().values() if each.excusable)
            what = "no exception can be made to this rule" if rule else f"there is no rule {name!r}"
            yield Problem(rule=EXCEPTION, path=path, field=name, message=what, expected=expected)
            continue
        for place in reasons if name in applied else ():
            if place not in needed[name] | unread:
                what = f"{place!r} breaks the rule no longer, or is not there"
                where = f"{name}.{place}"
                yield Problem(rule=EXCEPTION, path=path, field=where, message=what, hint="remove the exception")


def _placed(problems: Iterable[Problem], register: Register) -> Iterator[Problem]:
    """The problems with the lines and columns of their fields."""
    by_path: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_path[problem.path].append(problem)
    held = {str(file.path): file.data for file in register.files if str(file.path) in by_path}
    for path, each in by_path.items():
        try:
            text = decoded(held[path] if path in held else contents(Path(path)))
        except (OSError, ValueError):  # what cannot be read has no lines
            yield from each
        else:
            yield from located(each, text)


def within(report: Report, paths: Iterable[Path]) -> Report:
    """Of a report, what it says of files in some places."""
    places = [covers(path) for path in paths]
    kept = [each for each in report.problems if any(covered(Path(each.path)) for covered in places)]
    return Report(tuple(kept), report.files)
