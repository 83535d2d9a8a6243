"""Update what README.md and the documentation state about the bundled data as a whole: counts, and output with counts.

    python tools/update_examples.py

Run it (or ``nox -s examples``) before a release that changes the data. All other examples of the documentation show the
fixture dataset of the tests, which does not change with the data.
"""

import doctest
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import friendcities as fc

__all__ = ["COUNTS", "OUTPUTS", "main", "updated"]

ROOT: Final = Path(__file__).parents[1]
SESSION: Final = re.compile(r"(?<=^```pycon\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)


def partners(on: str | None = None) -> int:
    """The number of Shanghai's partnerships in force."""
    return len(fc.partnerships_of("Shanghai", on=on))


def of_shanghai() -> int:
    """The number of partnerships of Shanghai and its districts, whatever their status."""
    return len(fc.partnerships_of("Shanghai", include_parts=True, status="any"))


COUNTS: Final[Mapping[str, Mapping[str, Callable[[], int]]]] = {
    "README.md": {
        r"\d+(?= partnerships of Shanghai and its districts)": of_shanghai,
        r"\d+(?= partnerships of their partners)": lambda: len(fc.partnerships()) - of_shanghai(),
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
"""By document, each place of a count, as a pattern, and what is counted."""

OUTPUTS: Final[Mapping[str, tuple[str, ...]]] = {
    "docs/index.md": ("fc.dataset()",),
    "docs/data/coverage.md": ("fc.dataset()", "len(in_force), ", "[len(fc.part", "of_parts, ", "len([each for "),
}
"""By document, the beginning of each statement in a Python session whose output depends on all of the bundled data."""


class Recorder(doctest.OutputChecker):
    """Accepts every output, and keeps it."""

    def __init__(self) -> None:
        self.outputs: list[str] = []

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        """Keep the output of the next statement."""
        del want, optionflags
        self.outputs.append(got)
        return True


def updated(document: str, text: str) -> str:
    """The text of a document, with the counts and outputs of the bundled data.

    Raises:
        ValueError: If a place that is to be updated is not there exactly once, or a session fails.
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
    return SESSION.sub(lambda session: updated_session(session[0], statements), text) if statements else text


def updated_session(session: str, statements: tuple[str, ...]) -> str:
    """A Python session, with the outputs that some of its statements have."""
    recorder, messages = Recorder(), list[str]()
    test = doctest.DocTestParser().get_doctest(session, {}, "session", None, None)
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
    """Update the documents, where anything in them is out of date."""
    for document in sorted({*COUNTS, *OUTPUTS}):
        path = ROOT / document
        before = path.read_text(encoding="utf-8")
        after = updated(document, before)
        if after != before:
            path.write_text(after, encoding="utf-8")


if __name__ == "__main__":
    main()
