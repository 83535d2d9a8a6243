"""``friendcities check``: everything that is wrong with a folder of records, at once."""

import argparse
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from attrs import asdict

from friendcities.checks import Register, check, mend
from friendcities.checks.fixes import write
from friendcities.checks.places import by_root, covers, resolved, stands_alone
from friendcities.checks.runner import within
from friendcities.cli.exits import Exit
from friendcities.cli.output import print_json, print_lines, progress_of, remark
from friendcities.datasets.tree import BESIDE
from friendcities.errors import InvalidQueryError, Problem

__all__ = ["add_to", "registers", "wanted_in"]


def add_to(commands: Any) -> None:
    """Add the command to the command line."""
    command = commands.add_parser(
        "check",
        description="Check records: every problem at once, as path:line:column: rule: what is wrong; what was "
        "expected; how to mend it.",
        epilog="Exit codes: 0 nothing is wrong, 1 there are problems, 2 wrong usage.",
    )
    command.add_argument("paths", nargs="*", metavar="PATH", help="folders or files (default: the project's own data)")
    command.add_argument(
        "--format",
        choices=("text", "json", "github"),
        default="text",
        help="lines, one JSON value, or annotations of a pull request (default: text)",
    )
    command.add_argument(
        "--only", action="append", default=[], metavar="RULE", help="apply this rule alone; may repeat"
    )
    command.add_argument("--skip", action="append", default=[], metavar="RULE", help="leave this rule out; may repeat")
    command.add_argument(
        "--standalone", action="store_true", help="take the folder as complete, not as laid over the bundled data"
    )
    command.add_argument("--fix", action="store_true", help="mend first what can be mended without a person")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check, and say what is wrong."""
    reports = []
    for register, paths in registers(options.paths, alone=options.standalone):
        if options.fix:
            register = _mended(register, paths, options)  # noqa: PLW2901 - from here on, the mended one
        with progress_of("checking") as progress:
            report = check(register, only=options.only, skip=options.skip, progress=progress)
        reports.append(within(report, paths))
    problems = [problem for report in reports for problem in report.problems]
    _FORMATS[options.format](problems)
    files = sum(report.files for report in reports)
    broken = len({problem.path for problem in problems})
    remark(_summary(len(problems), broken, files))
    return Exit.PROBLEMS if problems else Exit.ANSWERED


def registers(paths: list[str], *, alone: bool = False) -> Iterator[tuple[Register, list[Path]]]:
    """The registers that some paths lie in, each with those paths."""
    for root, each in by_root(paths).items():
        base = None
        if not (alone or stands_alone(root)):
            from friendcities.datasets.bundled import dataset  # noqa: PLC0415 - the project's own tree does without

            base = dataset()
        with progress_of("reading") as progress:
            register = Register.read(root, base=base, progress=progress)
        for path in each:
            if not _has_records(register, path):
                message = f"{str(path)!r} is no file of a record, and holds none"
                raise InvalidQueryError(message, str(path))
        yield register, each


def _has_records(register: Register, path: Path) -> bool:
    """Whether there is anything in a path to look at; a check of nothing would pass for a clean one."""
    if path.name in BESIDE or resolved(path) == resolved(register.root):
        return True
    covered = covers(path)
    return any(covered(file.path) for file in register.files) or any(covered(Path(met.path)) for met in register.met)


def wanted_in(paths: Iterable[Path]) -> Callable[[Path], bool]:
    """Whether a file is one of some paths, or lies in one."""
    places = [covers(path) for path in paths]
    return lambda path: any(covered(path) for covered in places)


def _mended(register: Register, paths: list[Path], options: argparse.Namespace) -> Register:
    mended = mend(register, only=options.only, skip=options.skip, wanted=wanted_in(paths))
    write(mended, lambda each: remark(f"mended {each.path}"))
    return Register.read(register.root, base=register.base)


def _summary(problems: int, broken: int, files: int) -> str:
    looked = f"{files} {'file' if files == 1 else 'files'}"
    if not problems:
        return f"nothing is wrong with {looked}"
    found = f"{problems} {'problem' if problems == 1 else 'problems'}"
    return f"{found} in {broken} of {looked}" if broken <= files else f"{found}; {looked} looked at"


def _text(problems: Iterable[Problem]) -> None:
    print_lines([str(problem) for problem in problems])


def _json(problems: Iterable[Problem]) -> None:
    print_json([asdict(problem) for problem in problems])


def _github(problems: Iterable[Problem]) -> None:
    """The workflow commands by which GitHub shows a problem at its line in a pull request."""
    lines = []
    for problem in problems:
        where = {"file": problem.path, "line": problem.line, "col": problem.column, "title": problem.rule}
        told = ",".join(f"{key}={_property(str(value))}" for key, value in where.items() if value)
        lines.append(f"::error {told}::{_message(problem)}")
    print_lines(lines)


def _message(problem: Problem) -> str:
    said = str(Problem(field=problem.field, message=problem.message, expected=problem.expected, hint=problem.hint))
    return said.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A").replace(":", "%3A").replace(",", "%2C")


_FORMATS: dict[str, Callable[[Iterable[Problem]], None]] = {"text": _text, "json": _json, "github": _github}
