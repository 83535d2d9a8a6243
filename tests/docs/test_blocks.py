"""No block of a document goes unrun: each is of a language that is evaluated, and is evaluated by itself.

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
from tests.cases import for_each_case
from tests.docs.blocks import BLOCKS, DOCUMENTS, ROOT, Block
from tests.frozen import write_tree

STEP_BY_STEP: Final = ("docs/guides/importing.md",)
"""The guides whose commands use the files that the page shows, or that earlier commands of the page wrote."""
ELSEWHERE: Final = {"pycon": "test_documents", "python": "test_documents"}
"""The languages whose blocks another test runs."""
ANY_FENCE: Final = re.compile(r"[\s>*-]*(`{3,}|~{3,}|:{3,}\s*\{(code|sourcecode|literalinclude))")
"""The beginning of a line that opens or closes a block of code, in whatever form."""
CODE_DIRECTIVES: Final = ("{code", "{sourcecode", "{literalinclude")
"""Directives that show code, which would go unrun; the build of the documentation runs the others."""
PLAIN: Final[Mapping[tuple[str, str], str]] = {
    ("docs/architecture.md", "friendcities  "): "the packages; another test compares them with the tree",
}
"""The blocks of plain text, by document and beginning, each with the reason why it is no code."""
FAIL: Final[Mapping[tuple[str, str], str]] = {
    ("docs/guides/checking.md", "friendcities check my-register/"): "shows how a problem is told of",
    ("docs/guides/importing.md", "friendcities import partner.csv >"): "proposes a profile and imports nothing",
}
"""Commands whose exit code is not 0, by document and beginning, each with the reason."""
EXCEPTIONS: Final[Mapping[tuple[str, str], str]] = {
    ("README.md", "python3 -m venv"): "tests/packaging and CI run both lines",
    ("README.md", "nox "): "CI runs it",
    ("README.md", "pip install "): "tests/packaging installs the package, with every extra",
    ("README.md", "friendcities download "): "asks Wikidata; tests/unit/test_download.py plays the endpoint",
    ("README.md", "friendcities partners Berlin"): "tests/unit/test_download.py asks a downloaded dataset",
    ("docs/guides/world.md", "pip install "): "tests/packaging installs the package, with every extra",
    ("docs/guides/world.md", "friendcities "): "asks Wikidata; tests/unit/test_download.py plays the endpoint",
    ("CONTRIBUTING.md", "python3 -m venv"): "the same lines as in README.md",
    ("CONTRIBUTING.md", "nox "): "CI runs it",
    ("CONTRIBUTING.md", "friendcities add partnership"): "asks questions; tests/docs/test_adding.py has such a session",
    ("CONTRIBUTING.md", "git "): "git is not ours; what it commits is what the lines above wrote",
    ("docs/guides/adding.md", "friendcities "): "tests/docs/test_adding.py has the session anew, and runs the script",
    ("docs/guides/wikidata.md", "pip install "): "tests/packaging installs the package, with every extra",
    (
        "docs/guides/wikidata.md",
        "friendcities ",
    ): "asks Wikidata; tests/unit/test_wikidata_download.py plays the endpoint",
    ("docs/gallery.md", "python3 -m pip install "): "tests/packaging installs the package, with every extra",
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
        return entry(EXCEPTIONS, self.block, self.text)


def entry(listed: Mapping[tuple[str, str], str], block: Block, text: str) -> tuple[str, str] | None:
    """The entry for a text of a block, in what is listed by document and beginning."""
    fits = (key for key in listed if key[0] == block.document and text.startswith(key[1]))
    return next(fits, None)


def commands() -> Iterator[Command]:
    """The commands of all blocks that are for a shell."""
    for block in BLOCKS:
        if block.language == "sh":
            for line in block.text.replace("\\\n", "").splitlines():
                yield Command(block, line.partition("  #")[0].strip().removeprefix(".venv/bin/"), None)
        elif block.language == "console":
            for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
                text, _, shown = part.partition("\n")
                yield Command(block, text, shown)


COMMANDS: Final = list(commands())
RUN: Final = [command for command in COMMANDS if command.exception is None]


@pytest.fixture(scope="module")
def fresh_clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone with two tags and a branch, and beside the records what the documents name; to be copied."""
    tmp_path = tmp_path_factory.mktemp("clone")
    records = tmp_path / "src" / "friendcities" / "data"
    write_tree(records)
    shutil.copytree(records, tmp_path / "old-register")
    fc.dataset().save(tmp_path / "new.json")
    town = tmp_path / "my-register" / "cities" / "no" / "no-fjord.json"
    town.parent.mkdir(parents=True)
    town.write_text('{\n  "name": "Fjord",\n  "country": "NO",\n  "level": "twon"\n}\n', encoding="utf-8")
    environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull}
    told = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]
    said = (["init", "-q", "-b", "main"], ["add", "src"], ["commit", "-q", "-m", "The data"])
    for command in (*said, ["tag", "26.1.0"], ["tag", "26.2.0"], ["branch", "my-branch"], ["gc", "-q"]):
        subprocess.run(["git", *told, *command], cwd=tmp_path, env=environment, check=True, capture_output=True)  # noqa: S607
    return tmp_path


@pytest.fixture
def clone(fresh_clone: Path, tmp_path: Path) -> Path:
    """A clone of the test's own, so that no command sees what another one wrote."""
    return shutil.copytree(fresh_clone, tmp_path / "clone", copy_function=os.link)


ALONE: Final = [command for command in RUN if command.block.document not in STEP_BY_STEP]


@pytest.mark.parametrize("command", ALONE, ids=[f"{each.block.place} {each.text}" for each in ALONE])
def test_commands_answer_as_shown(command: Command, clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of a document is one of ours and is understood, and what is shown of its answer is its answer."""
    monkeypatch.chdir(clone)
    run_as_shown(command, monkeypatch)


@pytest.mark.parametrize("document", STEP_BY_STEP)
def test_a_guide_can_be_followed(document: str, clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who saves the files of a page and runs its commands in order gets what the page shows."""
    monkeypatch.chdir(clone)
    for block in (each for each in BLOCKS if each.document == document):
        if block.file is not None:
            Path(block.file).write_text(block.text, encoding="utf-8")
        for command in RUN:
            if command.block == block:
                run_as_shown(command, monkeypatch)


def run_as_shown(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a command in the current folder, and compare its answer with what is shown of it."""
    text, _, redirected = command.text.partition(" > ")
    program, *arguments = shlex.split(text)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "dumb")
    in_terminal = command.shown is not None and "\n----" in command.shown
    monkeypatch.setattr(output, "in_terminal", lambda: in_terminal)
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = main(arguments)
    if redirected:
        Path(redirected).write_text(said.getvalue(), encoding="utf-8")

    assert "friendcities" == program
    assert (entry(FAIL, command.block, command.text) is not None) == bool(code), said.getvalue()
    if command.shown is not None:
        assert _ends_trimmed(command.shown) == _ends_trimmed(said.getvalue())


def _ends_trimmed(text: str) -> list[str]:
    """The lines of a text; of blanks at their ends a document has none."""
    return [line.rstrip() for line in text.splitlines()]


def test_exceptions_are_needed() -> None:
    """What is left out is left out for a reason, and a reason for which nothing is left out has to go."""
    assert set(EXCEPTIONS) == {command.exception for command in COMMANDS} - {None}
    assert set(PLAIN) == {entry(PLAIN, block, block.text) for block in BLOCKS if block.language == "text"} - {None}
    assert set(FAIL) == {entry(FAIL, command.block, command.text) for command in RUN} - {None}


@for_each_case(BLOCKS)
def test_every_block_is_evaluated(block: Block) -> None:
    """Every block is a directive, or of a language that is evaluated; data can be read."""
    match block.language:
        case "json":
            assert json.loads(block.text)
        case "yaml":
            assert yaml.safe_load(block.text)
        case "toml":
            assert Profile.parse(block.text).columns
        case "text":
            used = block.document in STEP_BY_STEP and block.file is not None
            assert used or entry(PLAIN, block, block.text) is not None, block.place
        case language if language.startswith("{"):
            assert not language.startswith(CODE_DIRECTIVES), block.place
        case language:
            assert language in {*ELSEWHERE, "console", "sh"}, block.place


@for_each_case(DOCUMENTS)
def test_every_fence_is_that_of_a_block(path: Path) -> None:
    """No block hides from these tests by its form: indented, fenced with tildes, or as a directive with colons."""
    lines = path.read_text(encoding="utf-8").splitlines()
    fences = {number for number, line in enumerate(lines, 1) if ANY_FENCE.match(line)}
    blocks = (block for block in BLOCKS if ROOT / block.document == path)

    assert fences <= {number for block in blocks for number in range(block.line, block.last + 1)}


@pytest.mark.parametrize("hidden", ["  ```sh", "- ```", "~~~", "> ~~~ python", ":::{code-block} python"])
def test_fences_are_known_in_every_form(hidden: str) -> None:
    """A fence is known as one in every form that the documents could give it."""
    assert ANY_FENCE.match(hidden)


def test_blocks_were_found() -> None:
    """There are blocks of every language that is evaluated, so that none goes unseen for its form."""
    assert {"console", "json", "pycon", "sh", "yaml"} <= {block.language for block in BLOCKS}
    assert len(RUN) > 10
