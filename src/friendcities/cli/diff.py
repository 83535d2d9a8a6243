"""``friendcities diff``: what changed between two versions of the data."""

import argparse
import io
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from attrs import evolve

from friendcities.cli.output import print_lines
from friendcities.datasets.bundled import dataset
from friendcities.datasets.dataset import Dataset
from friendcities.errors import DataError, InvalidQueryError, Problem

__all__ = ["add_to"]

_TREE = "src/friendcities/data"
_EXPECTED = "a folder of records, a file that Dataset.save wrote, or a tag, branch or commit"


def add_to(commands: Any) -> None:
    """Add the command to the command line."""
    command = commands.add_parser(
        "diff",
        description="What changed between two versions of the data, in sentences. A version is a folder of records, a "
        "file that Dataset.save wrote, or a tag, branch or commit of the repository in which you stand; where there is "
        "both a path and a revision of that name, the path.",
        epilog="Exit codes: 0 compared, whether or not there are differences; 1 a version that cannot be read, or, "
        "with --exit-code, differences; 2 wrong usage.",
    )
    command.add_argument("old", metavar="OLD", help="the version to compare with")
    command.add_argument(
        "new", metavar="NEW", nargs="?", help=f"(default: {_TREE} here or above, else the data that is installed)"
    )
    command.add_argument(
        "--format", choices=("text", "line", "markdown", "json"), default="text", help="(default: text)"
    )
    command.add_argument(
        "--with-bundled", action="store_true", help="lay both over the data that is installed, as registers of your own"
    )
    command.add_argument("--exit-code", action="store_true", help="let the exit code be 1 where there are differences")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compare.

    Raises:
        InvalidQueryError: If something cannot name a version.
        DataError: If a version cannot be found or read.
    """
    from friendcities import diff  # noqa: PLC0415 - only this command needs it

    base = dataset() if options.with_bundled else None
    old = _version(options.old, base)
    new = _here(base) if options.new is None else _version(options.new, base)
    found = diff.compare(old, new)
    ways = {
        "text": diff.as_text,
        "line": diff.as_line,
        "markdown": diff.as_markdown,
        "json": diff.as_json,
    }
    print_lines([ways[options.format](found).rstrip("\n")])
    return int(options.exit_code and bool(found))


def _here(base: Dataset | None) -> Dataset:
    """The data that people edit, in this folder or one above it; else the data that is installed."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / _TREE).is_dir():
            return Dataset.load(folder / _TREE, base=base)
    return dataset()


def _version(name: str, base: Dataset | None) -> Dataset:
    if name and "\0" not in name and os.path.lexists(name):
        return Dataset.load(name, base=base)
    if not name or name.startswith("-") or "\0" in name:
        message = f"{name!r} cannot name a version of the data; pass {_EXPECTED}"
        raise InvalidQueryError(message, name)
    return _revision(name, base)


def _revision(name: str, base: Dataset | None) -> Dataset:
    """The data as a revision of the repository in which we stand has it."""
    git = shutil.which("git")
    if git is None:
        raise _unreadable(name, "there is no such path, and git, which knows of revisions, is not installed")
    top = _ask(git, "rev-parse", "--show-toplevel")
    if top.returncode:
        says = _first_line(top.stderr)
        raise _unreadable(name, f"there is no such path, and no repository in which to look for a revision ({says})")
    commit = _ask(git, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    if commit.returncode:
        raise _unreadable(name, "there is no such path, and no such revision in the repository")
    tree = _ask(git, "rev-parse", "--verify", "--quiet", f"{_text(commit.stdout)}:{_TREE}")
    if tree.returncode:
        raise _unreadable(name, f"the revision has no folder {_TREE}", f"a revision that has {_TREE}")
    archive = _ask(git, "-C", _text(top.stdout), "archive", "--format=tar", _text(tree.stdout))
    if archive.returncode:
        raise _unreadable(name, f"git cannot give out its data ({_first_line(archive.stderr)})")
    with tempfile.TemporaryDirectory(prefix="friendcities-", ignore_cleanup_errors=True) as folder:
        try:
            with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
                tar.extractall(folder, filter="data")
        except (tarfile.TarError, OSError) as error:
            raise _unreadable(name, f"its data cannot be laid out: {error}") from None
        try:
            return Dataset.load(folder, base=base)
        except DataError as error:
            there = f"{name}:{_TREE}"
            problems = (evolve(each, path=each.path.replace(folder, there)) for each in error.problems)
            raise DataError(problems) from None


def _ask(git: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    # No shell reads the arguments, and no revision among them begins like an option.
    return subprocess.run([git, *arguments], capture_output=True, check=False, stdin=subprocess.DEVNULL)  # noqa: S603


def _text(output: bytes) -> str:
    return os.fsdecode(output).removesuffix("\n")


def _first_line(output: bytes) -> str:
    return next(iter(output.decode(errors="replace").splitlines()), "git gives no reason")


def _unreadable(name: str, what: str, expected: str = _EXPECTED) -> DataError:
    return DataError([Problem(path=name, message=what, expected=expected)])
