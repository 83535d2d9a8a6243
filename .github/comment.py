"""The comment on a pull request that changes the data, from the report of ``workflows/data.yml``.

The code of the pull request made the report, so the report may contain anything. The script reads the report up to a
maximum size. The comment shows the report as plain text, in a fence that the report cannot close, without links,
mentions or markup.

Usage: comment.py REPORT.zip COMMIT ADDRESS-OF-THE-RUN

If REPORT.zip does not exist, the report was too large. The comment then has only a link to the run.
"""

import re
import sys
import zlib
from textwrap import fill
from zipfile import BadZipFile, ZipFile

MARK = "<!-- friendcities: data -->"
"""Identifies the comment. A newer comment replaces it."""
MOST = 25_000
"""The maximum number of characters of each part. A comment may have 65,536 characters."""
REST = "\n… (the artifact whole-report of the run has the rest)"
WIDTH = 110
EVIDENCE_UNCHANGED = "value changed, evidence unchanged"
"""The warning of ``friendcities diff``."""
ADVICE = (
    "**Some values changed, but their evidence did not.** Check that each source in such a warning states the new "
    "value. If not, `friendcities correct` keeps the old value as a claim of its sources."
)
HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""Invisible characters that would change the text: controls, and marks of the writing direction."""


def comment(archive: ZipFile, commit: str, run: str) -> str:
    """The text of the comment.

    Raises:
        BadZipFile, KeyError, NotImplementedError, RuntimeError, zlib.error: If a part is missing or cannot be unpacked.
    """
    text = _part(archive, "changes.txt")
    changes = _cut("\n".join(map(_wrapped, text.splitlines())))
    fix = _part(archive, "fix.patch")
    whence = (
        f"Output of `friendcities diff` at {commit}; [the run]({run}) has the complete text in its artifact "
        "`whole-report`. The run used the code of the pull request, and nobody has reviewed this text."
    )
    parts = [MARK, "### What this pull request changes in the data", whence]
    if EVIDENCE_UNCHANGED in text:
        parts.append(ADVICE)
    parts.append(_fenced(changes or "Nothing.", "text"))
    if fix:
        offer = "Some problems can be fixed automatically: run <code>friendcities check --fix</code>, or apply this"
        parts += [f"<details>\n<summary>{offer}</summary>", _fenced(fix, "diff"), "</details>"]
    return "\n\n".join(parts) + "\n"


def _part(archive: ZipFile, name: str) -> str:
    with archive.open(name) as file:
        text = file.read(4 * MOST).decode(errors="replace").replace("\r\n", "\n")
    return _cut(HIDDEN.sub("\ufffd", text).strip("\n"))


def _cut(text: str) -> str:
    """The beginning of a text, with a note if it is cut."""
    return text if len(text) <= MOST + len(REST) else f"{text[:MOST]}{REST}"


def _wrapped(line: str) -> str:
    """Wrap a line to the width of a comment. Continuation lines are indented."""
    indent = line[: len(line) - len(line.lstrip(" "))]
    return fill(line, WIDTH, subsequent_indent=f"{indent}  ", break_long_words=False, break_on_hyphens=False)


def _fenced(text: str, language: str) -> str:
    """Put a fence around a text. The fence is longer than any fence in the text."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}{language}\n{text}\n{fence}"


def main(report: str, commit: str, run: str) -> None:
    """Print the comment.

    Raises:
        SystemExit: If the report is invalid.
    """
    try:
        with ZipFile(report) as archive:
            text = comment(archive, commit, run)
    except FileNotFoundError:
        whole = f"The report at {commit} is too large for a comment: [the run]({run}) has it."
        text = f"{MARK}\n\n### What this pull request changes in the data\n\n{whole}\n"
    except (BadZipFile, EOFError, KeyError, NotImplementedError, OSError, RuntimeError, zlib.error) as error:
        sys.exit(f"the report cannot be read: {error}")
    sys.stdout.buffer.write(text.encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
