"""No block of a document goes unrun: each is of a language that is evaluated, and is evaluated.

Blocks of Python are run by ``test_documents``, and directives (in braces) by the build of the documentation.
"""

import contextlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest
import yaml
from attrs import frozen

import friendcities as fc
from friendcities.cli import main, output
from friendcities.importers import Profile
from tests.docs.blocks import BLOCKS, ROOT, Block
from tests.tables import in_csv

LIST: Final = [
    ("Vík", "Iceland", "", "", "Lyon", "France", "", ""),
    ("Ely", '"England, United Kingdom"', "", "", "Lyon", "France", "", ""),
    ("Lyon", "France", "", "", "Vík", "Iceland", "", ""),
    ("1994", "Iceland", "", "", "Lyon", "France", "", ""),
]
"""The rows of the list in the guide to importing."""
ELSEWHERE: Final = {"pycon": "test_documents", "python": "test_documents"}
"""The languages whose blocks another test runs."""
PLAIN: Final = "text"
"""What is no code: the layout of a folder, a form with gaps to fill."""
EXCEPTIONS: Final[Mapping[tuple[str, str], str]] = {
    ("README.md", "python3 -m venv"): "tests/packaging and CI run both lines",
    ("CONTRIBUTING.md", "python3 -m venv"): "the same lines as in README.md",
    ("CONTRIBUTING.md", "friendcities add partnership"): "asks questions; tests/docs/test_adding.py has such a session",
    ("CONTRIBUTING.md", "git "): "git is not ours; what it commits is what the lines above wrote",
    ("docs/guides/adding.md", "friendcities "): "tests/docs/test_adding.py has the session anew, and runs the script",
    ("docs/index.md", "python3 -m pip install "): "tests/packaging installs the package",
    ("docs/tutorial.md", "python3 -m pip install "): "tests/packaging installs the package",
    ("docs/benchmarks.md", "python3 "): "takes minutes, and wants a quiet machine",
    ("benchmarks/README.md", "python3 "): "takes minutes, and wants a quiet machine",
}
"""Commands that are not run here, by document and beginning, each with the reason."""


@frozen
class Command:
    """A command that a document shows."""

    block: Block
    text: str
    """The command, on one line and without a comment."""
    shown: str | None
    """What the document shows of its answer; ``None`` where it shows none."""

    @property
    def exception(self) -> tuple[str, str] | None:
        """The exception under which it falls."""
        fits = (key for key in EXCEPTIONS if key[0] == self.block.document and self.text.startswith(key[1]))
        return next(fits, None)


def commands() -> Iterator[Command]:
    """The commands of all blocks that are for a shell."""
    for block in BLOCKS:
        if block.language == "sh":
            for line in block.text.replace("\\\n", "").splitlines():
                text = line.partition("  #")[0].strip().removeprefix(".venv/bin/")
                if text:
                    yield Command(block, text, None)
        elif block.language == "console":
            for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
                text, _, shown = part.partition("\n")
                yield Command(block, text, shown)


COMMANDS: Final = list(commands())
RUN: Final = [command for command in COMMANDS if command.exception is None]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone with two tags and a branch, and beside the records what the documents name."""
    tmp_path = tmp_path_factory.mktemp("clone")
    records = tmp_path / "src" / "friendcities" / "data"
    shutil.copytree(ROOT / "src" / "friendcities" / "data", records)
    shutil.copytree(records, tmp_path / "old-register")
    fc.dataset().save(tmp_path / "new.json")
    town = tmp_path / "my-register" / "cities" / "no" / "no-fjord.json"
    town.parent.mkdir(parents=True)
    (tmp_path / "list.csv").write_text(in_csv(*LIST), encoding="utf-8")
    town.write_text('{\n  "name": "Fjord",\n  "country": "NO",\n  "level": "twon"\n}\n', encoding="utf-8")
    environment = os.environ | {"GIT_CONFIG_GLOBAL": "/dev/null"}
    told = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]
    said = (["init", "-q", "-b", "main"], ["add", "src"], ["commit", "-q", "-m", "The data"])
    for command in (*said, ["tag", "26.1.0"], ["tag", "26.2.0"], ["branch", "my-branch"]):
        subprocess.run(["git", *told, *command], cwd=tmp_path, env=environment, check=True, capture_output=True)  # noqa: S607
    return tmp_path


@pytest.mark.parametrize("command", RUN, ids=[f"{each.block.place} {each.text}" for each in RUN])
def test_commands_answer_as_shown(command: Command, clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of a document is one of ours and is understood, and what is shown of its answer is its answer."""
    monkeypatch.chdir(clone)
    program, *arguments = shlex.split(command.text)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "dumb")
    in_terminal = command.shown is not None and "──" in command.shown
    monkeypatch.setattr(output, "in_terminal", lambda: in_terminal)
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = main(arguments)

    assert "friendcities" == program
    assert code in {0, 1} or command.shown is not None, said.getvalue()
    if command.shown is not None:
        assert _ends_trimmed(command.shown) == _ends_trimmed(said.getvalue())


def _ends_trimmed(text: str) -> list[str]:
    """The lines of a text; of blanks at their ends a document has none."""
    return [line.rstrip() for line in text.splitlines()]


def test_exceptions_are_needed() -> None:
    """A command is left out for a reason, and a reason for which no command is left out has to go."""
    assert set(EXCEPTIONS) == {command.exception for command in COMMANDS} - {None}


@pytest.mark.parametrize("block", BLOCKS, ids=[block.place for block in BLOCKS])
def test_every_block_is_evaluated(block: Block) -> None:
    """Every block is a directive, or of a language that is evaluated; data can be read."""
    match block.language:
        case "json":
            assert json.loads(block.text)
        case "yaml":
            assert yaml.safe_load(block.text)
        case "toml":
            assert Profile.parse(block.text)
        case language:
            assert language.startswith("{") or language in {*ELSEWHERE, "console", "sh", PLAIN}, block.place


def test_blocks_were_found() -> None:
    """There are blocks of every language that is evaluated, so that none goes unseen for its form."""
    assert {"console", "json", "pycon", "sh", "yaml"} <= {block.language for block in BLOCKS}
    assert len(RUN) > 10
