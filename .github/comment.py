"""The comment on a pull request that changes the data, from the report that ``workflows/data.yml`` left.

The report was made by the code of the pull request, so it may hold anything. It is read up to a size, and shown as
plain text: in a fence that nothing in it can close, where nothing is a link, a mention or markup.

Usage: comment.py REPORT.zip COMMIT ADDRESS-OF-THE-RUN
"""

import re
import sys
import zlib
from textwrap import fill
from zipfile import BadZipFile, ZipFile

MARK = "<!-- friendcities: data -->"
"""How the comment is found again when there is a newer one."""
MOST = 25_000
"""The characters of each part that are shown; a comment may have 65,536."""
WIDTH = 110
HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""Characters that cannot be seen and would change what is: controls, and those that turn the direction of text."""


def comment(archive: ZipFile, commit: str, run: str) -> str:
    """The text of the comment.

    Raises:
        BadZipFile, KeyError, NotImplementedError, RuntimeError, zlib.error: If a part is missing or cannot be unpacked.
    """
    changes = "\n".join(_wrapped(line) for line in _part(archive, "changes.txt").splitlines())
    fix = _part(archive, "fix.patch")
    whence = (
        f"At {commit}, as `friendcities diff` in [this run]({run}) said; the summary there has it in full. "
        "The run used the code of the pull request, and nobody has looked at this text."
    )
    parts = [MARK, "### What this pull request changes in the data", whence, _fenced(changes or "Nothing.", "text")]
    if fix:
        offer = "Some of what the check found can be mended: run <code>friendcities check --fix</code>, or apply this"
        parts += [f"<details>\n<summary>{offer}</summary>", _fenced(fix, "diff"), "</details>"]
    return "\n\n".join(parts) + "\n"


def _part(archive: ZipFile, name: str) -> str:
    """One file of the report, and no more of it than is shown."""
    with archive.open(name) as file:
        text = file.read(4 * MOST).decode(errors="replace").replace("\r\n", "\n")
    text = HIDDEN.sub("\ufffd", text).strip("\n")
    return text if len(text) <= MOST else f"{text[:MOST]}\n… (the report of the run has the rest)"


def _wrapped(line: str) -> str:
    """A line that need not be scrolled to be read, with what follows its first line indented."""
    indent = line[: len(line) - len(line.lstrip(" "))]
    return fill(line, WIDTH, subsequent_indent=f"{indent}  ", break_long_words=False, break_on_hyphens=False)


def _fenced(text: str, language: str) -> str:
    """A fence around a text, longer than any that the text has."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}{language}\n{text}\n{fence}"


def main(report: str, commit: str, run: str) -> None:
    """Print the comment.

    Raises:
        SystemExit: If there is none to be made of the report.
    """
    try:
        with ZipFile(report) as archive:
            text = comment(archive, commit, run)
    except (BadZipFile, EOFError, KeyError, NotImplementedError, OSError, RuntimeError, zlib.error) as error:
        sys.exit(f"the report cannot be read: {error}")
    sys.stdout.buffer.write(text.encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
