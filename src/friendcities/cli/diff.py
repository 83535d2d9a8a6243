"""``friendcities diff``: compare two versions of the data."""

import argparse
import io
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import IO

from attrs import evolve

from friendcities.cli.options import OUTPUT, add_format, add_with_bundled
from friendcities.cli.output import print_json, print_lines
from friendcities.cli.parser import CommandParser
from friendcities.datasets.bundled import dataset
from friendcities.datasets.dataset import Dataset
from friendcities.diff import as_line, as_markdown, as_text, compare
from friendcities.errors import DataError, InvalidQueryError, Problem

DESCRIPTION = (
    "Compare two versions of the data. A version is a path, or a tag, branch or commit of the current git repository."
    " A path is a folder of records or a saved file."
)
EPILOG = "Exit codes: 0 compared; 1 not readable, or different with --exit-code; 2 wrong usage."
EXAMPLES = (
    "friendcities diff HEAD",
    "friendcities diff old/ new/ --format markdown",
    "friendcities diff my-records/ new.json --with-bundled",
)
_DATA_FOLDER = "src/friendcities/data"
_EXPECTED = "a folder of records, a saved file, or a tag, branch or commit"


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    command.add_argument("old", metavar="OLD", help="the old version")
    help_ = "the new version (default: the data of the current clone, or the bundled data)"
    command.add_argument("new", metavar="NEW", nargs="?", help=help_)
    add_format(command, "text", "line", "markdown", "json")
    help_ = "exit with 1 if there are differences"
    command.group(OUTPUT).add_argument("--exit-code", action="store_true", help=help_)
    add_with_bundled(command)


def run(options: argparse.Namespace) -> int:
    """Compare two versions."""
    base = dataset() if options.with_bundled else None
    old = _load_version(options.old, base)
    new = _load_current(base) if options.new is None else _load_version(options.new, base)
    differences = compare(old, new)
    if options.format == "json":
        print_json(differences.to_dict())
    else:
        formatters = {"text": as_text, "line": as_line, "markdown": as_markdown}
        print_lines([formatters[options.format](differences).rstrip("\n")])
    return int(options.exit_code and bool(differences))


def _load_current(base: Dataset | None) -> Dataset:
    current = Path.cwd()
    for folder in (current, *current.parents):
        if (folder / _DATA_FOLDER).is_dir():
            return Dataset.load(folder / _DATA_FOLDER, base=base)
    return dataset()


def _load_version(name: str, base: Dataset | None) -> Dataset:
    if name and "\0" not in name and os.path.lexists(name):
        return Dataset.load(name, base=base)
    if not name or name.startswith("-") or "\0" in name:
        message = f"invalid version {name!r}; expected {_EXPECTED}"
        raise InvalidQueryError(message, name)
    return _load_revision(name, base)


def _load_revision(name: str, base: Dataset | None) -> Dataset:
    git = shutil.which("git")
    if git is None:
        raise _version_error(name, "there is no such file or folder; to compare git revisions, install git")
    top = _run_git(git, "rev-parse", "--show-toplevel")
    if top.returncode:
        raise _version_error(
            name, f"there is no such path, and the current folder is no git repository ({_first_line(top.stderr)})"
        )
    commit = _run_git(git, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    if commit.returncode:
        raise _version_error(name, "there is no such path or git revision")
    tree = _run_git(git, "rev-parse", "--verify", "--quiet", f"{_decode_line(commit.stdout)}:{_DATA_FOLDER}")
    if tree.returncode:
        raise _version_error(
            name, f"the revision has no folder {_DATA_FOLDER}", f"a revision with the folder {_DATA_FOLDER}"
        )
    listing = _run_git(git, "ls-tree", "-r", "-z", "--full-tree", _decode_line(tree.stdout))
    entries = [entry.partition(b"\t") for entry in listing.stdout.split(b"\0") if entry]
    ids = b"".join(words.split()[2] + b"\n" for words, _, _ in entries)  # the words are mode, type and id
    blobs = _run_git(git, "cat-file", "--batch", stdin=ids)
    if listing.returncode or blobs.returncode:
        raise _version_error(name, f"git cannot read this revision ({_first_line(listing.stderr or blobs.stderr)})")
    with tempfile.TemporaryDirectory(prefix="friendcities-", ignore_cleanup_errors=True) as folder:
        try:
            _write_blobs(Path(folder), [(words, file) for words, _, file in entries], io.BytesIO(blobs.stdout))
        except (ValueError, OSError) as error:
            raise _version_error(name, f"cannot write this revision to a temporary folder: {error}") from None
        try:
            return Dataset.load(folder, base=base)
        except DataError as error:
            label = f"{name}:{_DATA_FOLDER}"
            problems = (evolve(problem, path=problem.path.replace(folder, label)) for problem in error.problems)
            raise DataError(problems) from None


def _write_blobs(folder: Path, paths: list[tuple[bytes, bytes]], blobs: IO[bytes]) -> None:
    """Write the output of ``git cat-file --batch`` to files. ``paths`` contains the mode and the path of each file.

    ``git archive`` would leave out some files.
    """
    for mode, path in paths:
        header = blobs.readline().split()
        file = folder / os.fsdecode(path)
        is_file = mode.startswith(b"100") and header[1:2] == [b"blob"]
        if not is_file or ".." in file.parts or not file.is_relative_to(folder):
            message = f"invalid file {os.fsdecode(path)!r}"
            raise ValueError(message)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(blobs.read(int(header[2])))
        blobs.readline()


def _run_git(git: str, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    # No shell reads the arguments, and no revision begins with a hyphen.
    return subprocess.run([git, *arguments], capture_output=True, check=False, input=stdin)  # noqa: S603


def _decode_line(output: bytes) -> str:
    return os.fsdecode(output).removesuffix("\n")


def _first_line(output: bytes) -> str:
    return next(iter(output.decode(errors="replace").splitlines()), "git gives no reason")


def _version_error(name: str, message: str, expected: str = _EXPECTED) -> DataError:
    return DataError([Problem(path=name, message=message, expected=expected)])
