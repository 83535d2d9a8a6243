"""``friendcities format``: records in the one form that stands for them."""

import argparse
import difflib
from pathlib import Path
from typing import Any

from friendcities.checks import Mended, mend
from friendcities.checks.fixes import write
from friendcities.cli.check import registers, wanted_in
from friendcities.cli.exits import Exit
from friendcities.cli.output import print_lines, remark

__all__ = ["add_to"]

_RULES = ("canonical-form", "encoding", "id-inside")


def add_to(commands: Any) -> None:
    """Add the command to the command line."""
    command = commands.add_parser(
        "format",
        description="Write records in canonical form: the fields in their order, defaults left out, two spaces, one "
        "newline at the end. A file whose record cannot be read is left as it is.",
        epilog="Exit codes: 0 all is in canonical form (now), 1 something is not, or could not be read or written, "
        "2 wrong usage.",
    )
    command.add_argument("paths", nargs="*", metavar="PATH", help="folders or files (default: the project's own data)")
    command.add_argument("--check", action="store_true", help="write nothing; exit with 1 if anything would change")
    command.add_argument("--diff", action="store_true", help="write nothing; print what would change, as a patch")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Format, or say what would change."""
    code = Exit.ANSWERED
    for register, paths in registers(options.paths):
        wanted = wanted_in(paths)
        formatted = {each.path: each for each in mend(register, only=_RULES, wanted=wanted)}
        after = register.with_contents({path: each.after for path, each in formatted.items()})
        mended = [formatted[file.path] for file in after.files if file.path in formatted and file.record is not None]
        whole = {str(each.path) for each in mended}
        for problem in register.met:
            if wanted(Path(problem.path)) and problem.path not in whole:
                remark(str(problem))
                code = Exit.PROBLEMS
        if options.diff:
            print_lines([line for each in mended for line in _patch(each)])
        elif options.check:
            for each in mended:
                remark(f"would format {each.path}")
        else:
            write(mended, lambda each: remark(f"formatted {each.path}"))
        if mended and (options.check or options.diff):
            code = Exit.PROBLEMS
    return code


def _patch(mended: Mended) -> list[str]:
    before, after = (data.decode("utf-8-sig").splitlines() for data in (mended.before, mended.after))
    path = mended.path.as_posix()
    return list(difflib.unified_diff(before, after, f"a/{path}", f"b/{path}", lineterm=""))
