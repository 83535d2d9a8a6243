"""``friendcities check``: check a folder of records, and report all problems."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from friendcities.checks import RecordTree, all_rules, check, fix_files
from friendcities.checks.fixes import write_fixes
from friendcities.checks.records_folder import group_by_root, is_below_any, is_project_data, resolve
from friendcities.cli.options import DATA, add_format, add_paths
from friendcities.cli.output import ExitCode, count_of, print_json, print_lines, print_note, progress_of
from friendcities.cli.parser import CommandParser, complete_with
from friendcities.datasets.bundled import dataset
from friendcities.datasets.folder import SUPPORT_FILES
from friendcities.errors import InvalidQueryError, Problem, on_one_line

DESCRIPTION = (
    "Check records, and report every problem with its position and a hint. 'friendcities rules' lists the rules."
)
EPILOG = "Exit codes: 0 no problems found; 1 problems found; 2 wrong usage."
EXAMPLES = (
    "friendcities check",
    "friendcities check my-records/ --fix",
    "friendcities check my-records/ --standalone --only schema --format json",
)


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    add_paths(command)
    rules = command.group("rules")
    for name, help_ in (("--only", "apply only this rule"), ("--skip", "do not apply this rule")):
        action = rules.add_argument(name, action="append", default=[], metavar="RULE", help=f"{help_}; may be repeated")
        complete_with(action, all_rules)
    rules.add_argument("--fix", action="store_true", help="fix simple problems first")
    help_ = "check the records without the bundled data"
    command.group(DATA).add_argument("--standalone", action="store_true", help=help_)
    help_ = "text, json, or github (comments in a pull request)"
    add_format(command, "text", "json", "github", help_=help_)


def run(options: argparse.Namespace) -> int:
    """Check records, and print the problems."""
    reports = []
    for tree, paths in read_record_trees(options.paths, standalone=options.standalone):
        if options.fix:
            fixed = fix_files(tree, only=options.only, skip=options.skip, wanted=is_below_any(paths))
            write_fixes(fixed, lambda file: print_note("fixed ", file.path))
            tree = RecordTree.read(tree.root, base=tree.base)  # noqa: PLW2901 - with the fixed files
        with progress_of("checking") as progress:
            report = check(tree, only=options.only, skip=options.skip, progress=progress)
        reports.append(report.restricted_to(paths))
    problems = [problem for report in reports for problem in report.problems]
    if options.format == "json":
        print_json([problem.to_dict() for problem in problems])
    else:
        print_lines([str(problem) if options.format == "text" else _as_annotation(problem) for problem in problems])
    broken = len({problem.path for problem in problems})
    print_note(_summary(len(problems), broken, sum(report.files for report in reports)))
    return ExitCode.PROBLEMS if problems else ExitCode.ANSWERED


def read_record_trees(paths: list[str], *, standalone: bool = False) -> Iterator[tuple[RecordTree, list[Path]]]:
    """Read the folders of records that contain the paths. Return each folder with the paths inside it."""
    for root, in_root in group_by_root(paths).items():
        base = None if standalone or is_project_data(root) else dataset()
        with progress_of("reading") as progress:
            tree = RecordTree.read(root, base=base, progress=progress)
        for path in in_root:
            if not _has_records(tree, path):
                message = f"{str(path)!r} contains no records; name a file or folder of records"
                raise InvalidQueryError(message, str(path))
        yield tree, in_root


def _has_records(tree: RecordTree, path: Path) -> bool:
    if path.name in SUPPORT_FILES or resolve(path) == resolve(tree.root):
        return True
    is_covered = is_below_any([path])
    found = (*(file.path for file in tree.files), *(Path(problem.path) for problem in tree.reading_problems))
    return any(map(is_covered, found))


def _summary(problems: int, files_with_problems: int, files: int) -> str:
    checked = count_of(files, "file")
    if not problems:
        return f"no problems in {checked}"
    found = count_of(problems, "problem")
    some = f"{found} in {files_with_problems} of {checked}"
    return some if files_with_problems <= files else f"{found}; {checked} checked"


def _as_annotation(problem: Problem) -> str:
    """Return a problem as a command for GitHub Actions. GitHub then shows the problem at its line in a pull request."""
    location = {"file": problem.path, "line": problem.line, "col": problem.column, "title": problem.rule}
    escaped = {
        key: _escape(on_one_line(str(value))).replace(":", "%3A").replace(",", "%2C")
        for key, value in location.items()
        if value
    }
    properties = ",".join(f"{key}={value}" for key, value in escaped.items())
    text = str(Problem(field=problem.field, message=problem.message, expected=problem.expected, hint=problem.hint))
    return f"::error {properties}::{_escape(text)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
