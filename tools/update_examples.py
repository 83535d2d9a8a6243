"""Update the counts of the bundled data in README.md and the documentation, and outputs that contain such counts.

    python tools/update_examples.py

Run this tool (or ``nox -s examples``) before a release that changes the data. All other examples in the documentation
use the fixture dataset of the tests. That dataset does not change with the data.
"""

import doctest
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import friendcities as fc

__all__ = ["COUNTS", "OUTPUTS", "main", "updated"]

ROOT: Final = Path(__file__).parents[1]
SESSION: Final = re.compile(r"(?<=^```pycon\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)

IMPORT: Final = re.compile(r"^>>> ((?:import|from) .+)$", re.MULTILINE)


def partners(on: str | None = None) -> int:
    """The number of Shanghai's partnerships in force."""
    return len(fc.partnerships_of("Shanghai", on=on))


def of_shanghai() -> int:
    """The number of partnerships of Shanghai and its districts, with any status."""
    return len(fc.partnerships_of("Shanghai", include_parts=True, status="any"))


COUNTS: Final[Mapping[str, Mapping[str, Callable[[], int]]]] = {
    "README.md": {
        r"\d+(?= partnerships of Shanghai and its districts)": of_shanghai,
        r"\d+(?= partnerships of these partners)": lambda: len(fc.partnerships()) - of_shanghai(),
        r"\d+(?= sources in all)": lambda: len(fc.sources()),
    },
    "docs/gallery.md": {
        r"(?<=from Shanghai to its )\d+(?= partners, )": partners,
        r"(?<=from Shanghai to its )\d+(?= partners of 1985)": lambda: partners("1985"),
        r"(?<=from 1 partnership in 1973 to )\d+": partners,
    },
    "docs/why.md": {
        r"(?<=Shanghai and its districts: )\d+(?= pairs)": of_shanghai,
        r"(?<=their partners: )\d+(?= pairs)": lambda: len(fc.partnerships()) - of_shanghai(),
    },
}
"""For each document, the patterns of counts, with the function for each count."""

OUTPUTS: Final[Mapping[str, tuple[str, ...]]] = {
    "docs/index.md": ("fc.dataset()",),
    "docs/data/coverage.md": ("fc.dataset()", "len(in_force), ", "[len(fc.part", "of_parts, ", "len([each for "),
}
"""For each document, the beginnings of Python statements with an output that depends on the bundled data."""


class Recorder(doctest.OutputChecker):
    """Accepts and keeps every output."""

    def __init__(self) -> None:
        self.outputs: list[str] = []

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        """Keep the output of the next statement."""
        del want, optionflags
        self.outputs.append(got)
        return True


def updated(document: str, text: str) -> str:
    """The text of a document with updated counts and outputs.

    Raises:
        ValueError: If a place to update does not exist exactly once, or a session fails.
    """
    for pattern, count in COUNTS.get(document, {}).items():
        text, found = re.subn(pattern, str(count()), text)
        if found != 1:
            message = f"{document} has {found} places like {pattern!r}; expected 1"
            raise ValueError(message)
    statements = OUTPUTS.get(document, ())
    for statement in statements:
        if text.count(f"\n>>> {statement}") != 1:
            message = f"{document} has no statement that begins with {statement!r}, or several; expected 1"
            raise ValueError(message)
    if not statements:
        return text
    names: dict[str, Any] = {}
    exec("\n".join(IMPORT.findall(text)), names)  # noqa: S102 - the documents are our own
    return SESSION.sub(lambda session: updated_session(session[0], statements, names), text)


def updated_session(session: str, statements: tuple[str, ...], names: Mapping[str, Any]) -> str:
    """A Python session with updated outputs of some statements.

    Args:
        session: The session.
        statements: The beginnings of the statements.
        names: What the imports of the document define.
    """
    recorder, messages = Recorder(), list[str]()
    test = doctest.DocTestParser().get_doctest(session, dict(names), "session", None, None)
    doctest.DocTestRunner(recorder, verbose=False).run(test, out=messages.append)
    if messages:
        raise ValueError("".join(messages))
    lines = session.splitlines(keepends=True)
    for example, output in reversed([*zip(test.examples, recorder.outputs, strict=True)]):
        if example.source.startswith(statements):
            begin = example.lineno + example.source.count("\n")
            lines[begin : begin + example.want.count("\n")] = [output]
    return "".join(lines)


def main() -> None:
    """Update the documents that are out of date."""
    for document in sorted({*COUNTS, *OUTPUTS}):
        path = ROOT / document
        before = path.read_text(encoding="utf-8")
        after = updated(document, before)
        if after != before:
            path.write_text(after, encoding="utf-8")


if __name__ == "__main__":
    main()
