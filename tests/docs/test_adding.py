"""The terminal session in the guide to adding records is one that can be had: it is had anew, and compared."""

import builtins
import io
import os
import re
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from friendcities.checks import record_tree
from friendcities.cli import main
from tests.frozen import write_tree

ROOT: Final = Path(__file__).parents[2]
GUIDE: Final = ROOT / "docs" / "guides" / "adding.md"
BLOCK: Final = re.compile(r"```console\n(\$ friendcities .*?)```", re.DOTALL)
SCRIPT: Final = re.compile(r"```sh\nfriendcities (add .*?)```", re.DOTALL)


class Recorded(io.StringIO):
    """A terminal at which somebody types what was typed in the record."""

    def __init__(self, record: str) -> None:
        super().__init__()
        self._record = record

    def typed(self, prompt: str = "") -> str:
        """The answer to a prompt, as it stands in the record behind everything that was shown so far."""
        self.write(prompt)
        shown = self.getvalue()
        assert self._record.startswith(shown), f"the record does not go on like this:\n{shown[-500:]}"
        answer = self._record[len(shown) :].partition("\n")[0]
        self.write(f"{answer}\n")
        return answer


class Today(date):
    """The day of the record."""

    @classmethod
    def today(cls) -> "Today":
        """The day of the record."""
        return cls(*map(int, re.findall(r'"accessed": "(\d{4})-(\d\d)-(\d\d)"', GUIDE.read_text(encoding="utf-8"))[0]))


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh clone whose data is the fixture dataset, in which we stand."""
    write_tree(tmp_path / "src" / "friendcities" / "data")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    told = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "The data"]):
        subprocess.run(["git", *told, *command], cwd=tmp_path, check=True, capture_output=True)  # noqa: S607
    monkeypatch.chdir(tmp_path)
    return tmp_path


def had(record: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What is seen at the terminal when a command and the answers of a record are typed."""
    command = record.partition("\n")[0]
    terminal = Recorded(record)
    terminal.write(f"{command}\n")
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", terminal)
        patched.setattr(sys, "stderr", terminal)
        patched.setattr(sys.stdin, "isatty", lambda: True)
        patched.setattr(builtins, "input", terminal.typed)
        patched.setattr(record_tree, "date", Today)
        assert 0 == main(shlex.split(command.removeprefix("$ friendcities ")))
    return terminal.getvalue()


@pytest.mark.usefixtures("clone")
def test_the_session_can_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a fresh clone, the commands and answers of the guide show what the guide shows, to the letter."""
    records = BLOCK.findall(GUIDE.read_text(encoding="utf-8"))

    assert [["add"], ["check"], ["format"], ["diff"], ["cite"]] == [record.split()[2:3] for record in records]
    for record in records:
        assert record == had(record, monkeypatch)


def test_the_script_writes_the_same(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The options that the guide shows for scripts write the very files of the session."""
    guide = GUIDE.read_text(encoding="utf-8")
    [script] = SCRIPT.findall(guide)
    monkeypatch.setattr(record_tree, "date", Today)

    assert 0 == main(shlex.split(script.replace("\\\n", "")))
    shown = re.findall(r"^(src/\S+\.json)\n(\{\n.*?^\}\n)", guide, re.DOTALL | re.MULTILINE)
    assert 4 == len(shown)
    for path, text in shown:
        assert text == (clone / path).read_text(encoding="utf-8")
