"""``friendcities format``: write records in canonical form."""

import argparse
from pathlib import Path

from friendcities.checks import fix_files
from friendcities.checks.fixes import write_fixes
from friendcities.checks.records_folder import is_below_any
from friendcities.cli.check import read_record_trees
from friendcities.cli.options import OUTPUT, add_paths
from friendcities.cli.output import ExitCode, make_patch, print_lines, print_note
from friendcities.cli.parser import CommandParser

DESCRIPTION = (
    "Rewrite record files with a fixed order of fields and an indent of two spaces. Invalid files stay unchanged."
)
EPILOG = "Exit codes: 0 all files have this layout; 1 a file has another layout or is not readable; 2 wrong usage."
EXAMPLES = ("friendcities format", "friendcities format --diff my-records/")
_RULES = ("canonical-form", "encoding", "id-inside")


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    add_paths(command)
    output = command.group(OUTPUT)
    output.add_argument("--check", action="store_true", help="write nothing; exit with 1 if a file would change")
    output.add_argument("--diff", action="store_true", help="write nothing; print the changes as a patch")


def run(options: argparse.Namespace) -> int:
    """Write the files in canonical form, or show what would change."""
    code = ExitCode.ANSWERED
    for tree, paths in read_record_trees(options.paths):
        wanted = is_below_any(paths)
        fixed = {file.path: file for file in fix_files(tree, only=_RULES, wanted=wanted)}
        after = tree.with_contents({path: file.after for path, file in fixed.items()})
        formatted = [fixed[file.path] for file in after.files if file.path in fixed and file.record is not None]
        formatted_paths = {str(file.path) for file in formatted}
        for problem in tree.reading_problems:
            if wanted(Path(problem.path)) and problem.path not in formatted_paths:
                print_note(str(problem))
                code = ExitCode.PROBLEMS
        if options.diff:
            print_lines([line for file in formatted for line in make_patch(file.path, file.before, file.after)])
        elif options.check:
            for file in formatted:
                print_note("would format ", file.path)
        else:
            write_fixes(formatted, lambda file: print_note("formatted ", file.path))
        if formatted and (options.check or options.diff):
            code = ExitCode.PROBLEMS
    return code
