"""``friendcities diff``: what changed between two versions of the data."""

import argparse
import io
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from attrs import evolve

from friendcities.cli.options import add_format, add_with_bundled
from friendcities.cli.output import print_lines
from friendcities.datasets.bundled import dataset
from friendcities.datasets.dataset import Dataset
from friendcities.diff import as_json, as_line, as_markdown, as_text, compare
from friendcities.errors import DataError, InvalidQueryError, Problem

DESCRIPTION = (
    "What changed between two versions of the data, in sentences. A version is a folder of records, a file that "
    "Dataset.save wrote, or a tag, branch or commit of the repository in which you stand; where there is both a path "
    "and a revision of that name, the path."
)
EPILOG = (
    "Exit codes: 0 compared, whether or not there are differences; 1 a version that cannot be read, or, with "
    "--exit-code, differences; 2 wrong usage."
)
_DATA_FOLDER = "src/friendcities/data"
_EXPECTED = "a folder of records, a file that Dataset.save wrote, or a tag, branch or commit"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    command.add_argument("old", metavar="OLD", help="the version to compare with")
    help_ = f"(default: {_DATA_FOLDER} here or above, else the data that is installed)"
    command.add_argument("new", metavar="NEW", nargs="?", help=help_)
    add_format(command, "text", "line", "markdown", "json")
    add_with_bundled(command, "the data that is installed")
    command.add_argument("--exit-code", action="store_true", help="let the exit code be 1 where there are differences")


def run(options: argparse.Namespace) -> int:
    """Compare two versions."""
    base = dataset() if options.with_bundled else None
    old = _load_version(options.old, base)
    new = _load_current(base) if options.new is None else _load_version(options.new, base)
    differences = compare(old, new)
    formatters = {"text": as_text, "line": as_line, "markdown": as_markdown, "json": as_json}
    print_lines([formatters[options.format](differences).rstrip("\n")])
    return int(options.exit_code and bool(differences))


def _load_current(base: Dataset | None) -> Dataset:
    """The data of the checkout that contains the current folder, else the installed data."""
    current = Path.cwd()
    for folder in (current, *current.parents):
        if (folder / _DATA_FOLDER).is_dir():
            return Dataset.load(folder / _DATA_FOLDER, base=base)
    return dataset()


def _load_version(name: str, base: Dataset | None) -> Dataset:
    if name and "\0" not in name and os.path.lexists(name):
        return Dataset.load(name, base=base)
    if not name or name.startswith("-") or "\0" in name:
        message = f"{name!r} cannot name a version of the data; pass {_EXPECTED}"
        raise InvalidQueryError(message, name)
    return _load_revision(name, base)


def _load_revision(name: str, base: Dataset | None) -> Dataset:
    """The data of a revision of the repository that contains the current folder."""
    git = shutil.which("git")
    if git is None:
        raise _version_error(name, "there is no such path, and git, which knows of revisions, is not installed")
    top = _run_git(git, "rev-parse", "--show-toplevel")
    if top.returncode:
        message = (
            f"there is no such path, and no repository in which to look for a revision ({_first_line(top.stderr)})"
        )
        raise _version_error(name, message)
    commit = _run_git(git, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    if commit.returncode:
        raise _version_error(name, "there is no such path, and no such revision in the repository")
    tree = _run_git(git, "rev-parse", "--verify", "--quiet", f"{_decode_line(commit.stdout)}:{_DATA_FOLDER}")
    if tree.returncode:
        raise _version_error(name, f"the revision has no folder {_DATA_FOLDER}", f"a revision that has {_DATA_FOLDER}")
    archive = _run_git(git, "-C", _decode_line(top.stdout), "archive", "--format=tar", _decode_line(tree.stdout))
    if archive.returncode:
        raise _version_error(name, f"git cannot give out its data ({_first_line(archive.stderr)})")
    with tempfile.TemporaryDirectory(prefix="friendcities-", ignore_cleanup_errors=True) as folder:
        try:
            with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
                tar.extractall(folder, filter="data")
        except (tarfile.TarError, OSError) as error:
            raise _version_error(name, f"its data cannot be laid out: {error}") from None
        try:
            return Dataset.load(folder, base=base)
        except DataError as error:
            label = f"{name}:{_DATA_FOLDER}"
            problems = (evolve(problem, path=problem.path.replace(folder, label)) for problem in error.problems)
            raise DataError(problems) from None


def _run_git(git: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    # No shell reads the arguments, and no revision among them begins like an option.
    return subprocess.run([git, *arguments], capture_output=True, check=False, stdin=subprocess.DEVNULL)  # noqa: S603


def _decode_line(output: bytes) -> str:
    return os.fsdecode(output).removesuffix("\n")


def _first_line(output: bytes) -> str:
    return next(iter(output.decode(errors="replace").splitlines()), "git gives no reason")


def _version_error(name: str, message: str, expected: str = _EXPECTED) -> DataError:
    return DataError([Problem(path=name, message=message, expected=expected)])
