"""Texts that users and maintainers read have none of the expressions that slow a reader down.

The list is the left column of the style guide. To count the lines that have one, run ``python -m
tests.docs.test_plain_words``.
"""

import re
import subprocess
import sys
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Final

import pytest

pytestmark = pytest.mark.bundled_data

ROOT: Final = Path(__file__).parents[2]
EXPRESSIONS: Final = (
    r"mend(s|ed|ing)?",
    r"told|tells?",
    r"tied|ties?",
    r"at hand|by hand|in the house|storeys?",
    r"laid over|lays? \w+ over|has the say",
    r"on (whose|the|its|their|nobody's|one source's|a list's) word",
    r"(cannot|can not) stand|will not do",
    r"(what )?came of (it|this|them)|what became",
    r"(is|are|not|nothing) guessed at",
    r"tak(e|es|en) for (one|none)|stands? apart",
    r"word for none|a register of (your|one's) own|register of yours",
    r"judge it|travel in time",
)
PATTERN: Final = re.compile(rf"\b({'|'.join(EXPRESSIONS)})\b", re.IGNORECASE)
READ: Final = (
    *("*.md", "*.cff", "*.toml", "noxfile.py", "hatch_build.py"),
    *(".github/*", "benchmarks/*", "docs/*", "src/*", "tools/*", "web/*"),
)
"""The files that are searched."""
UNREAD: Final = ("docs/scale.json", "*/package-lock.json", "*.png", "tests/*")
"""Files that nobody reads as text, and tests."""
DATA: Final = "src/friendcities/data/"
QUOTED: Final = re.compile(r' *"(title|address|summary|locator|subject)": ')
"""The fields of records that name or locate something in a source."""
RIGHT: Final = {
    ("docs/tutorial.md", "Education ties, from"): "a recorded summary of a cooperation",
    ("docs/tutorial.md", "Items tied by property P190"): "the recorded title of a source",
    ("docs/guides/citing.md", "Items tied by property P190"): "the recorded title of a source",
    ("src/friendcities/names/city_names.json", "tell abib"): "a name of Tel Aviv",
    ("src/friendcities/names/city_names.json", "tie"): "syllables of names",
}
"""The right uses, by file and text, each with its reason."""


def tracked() -> list[str]:
    """The tracked files that are searched; all files, where git does not know the tree."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout  # noqa: S607
    names = listed.splitlines() or [
        path.relative_to(ROOT).as_posix()
        for top in ROOT.iterdir()
        if not top.name.startswith(".") or top.name == ".github"
        for path in [top, *top.rglob("*")]
        if path.is_file()
    ]
    return [
        name
        for name in names
        if any(fnmatch(name, pattern) for pattern in READ) and not any(fnmatch(name, each) for each in UNREAD)
    ]


@cache
def lines_with_expressions() -> list[tuple[str, int, str]]:
    """Each line with such an expression: its file, its number and its text."""
    return [
        (name, number, line.strip())
        for name in tracked()
        for number, line in enumerate((ROOT / name).read_text(encoding="utf-8").splitlines(), 1)
        if PATTERN.search(line) and not (name.startswith(DATA) and QUOTED.match(line))
    ]


def reason(name: str, line: str) -> tuple[str, str] | None:
    """The entry of the right uses that a line has."""
    return next((key for key in RIGHT if key[0] == name and key[1] in line), None)


def test_no_text_has_such_an_expression() -> None:
    """Only the listed right uses remain."""
    assert [] == [
        f"{name}:{number}: {line[:200]}"
        for name, number, line in lines_with_expressions()
        if reason(name, line) is None
    ]


def test_right_uses_exist() -> None:
    """A right use that no line has any more is removed from the list."""
    assert set(RIGHT) == {reason(name, line) for name, _, line in lines_with_expressions()} - {None}


def test_files_are_found() -> None:
    """The search reads the documents, the scripts of GitHub and the library."""
    assert {"README.md", ".github/comment.py", "docs/glossary.md", "src/friendcities/errors.py"} <= set(tracked())


@pytest.mark.parametrize("text", ["to mend", "as the page tells", "what came of it", "on whose word", "Travel in time"])
def test_expressions_are_recognized(text: str) -> None:
    """The pattern matches whole words in any case."""
    assert PATTERN.search(text)
    assert not PATTERN.search("recommend a property")


if __name__ == "__main__":  # pragma: no cover
    sys.stdout.write(f"{len(lines_with_expressions())} lines\n")
