"""The fenced blocks of the documents, each with its language and its place."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import frozen

from tools.update_examples import updated

__all__ = ["BLOCKS", "DOCUMENTS", "ROOT", "Block", "text_of"]

ROOT: Final = Path(__file__).parents[2]
GENERATED: Final = ("_build", "cities", "countries", "sources")
DOCUMENTS: Final = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "benchmarks/README.md")),
    *sorted(
        path for path in (ROOT / "docs").rglob("*.md") if path.relative_to(ROOT / "docs").parts[0] not in GENERATED
    ),
]
FENCE: Final = re.compile(r"^(`{3,})([^`\n]*)\n(.*?)^\1[ ]*$", re.DOTALL | re.MULTILINE)


@frozen
class Block:
    """One fenced block."""

    document: str
    """The document, as seen from the top of the project."""
    line: int
    """Where its first fence stands."""
    last: int
    """Where its last fence stands."""
    language: str
    """What stands behind that."""
    text: str
    """What stands within."""
    file: str | None
    """The name of the file that it shows, which stands behind the language."""

    @property
    def place(self) -> str:
        """Where it is, in words."""
        return f"{self.document}:{self.line}"


def text_of(path: Path) -> str:
    """The text of a document; where it states counts of the bundled data, those of the fixture dataset."""
    return updated(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def found() -> Iterator[Block]:
    """The blocks of all documents, in order."""
    for path in DOCUMENTS:
        text = text_of(path)
        for match in FENCE.finditer(text):
            line, last = (text.count("\n", 0, place) + 1 for place in match.span())
            language, _, file = match[2].strip().partition(" ")
            if language.startswith("{"):
                language, file = match[2].strip(), ""
            yield Block(path.relative_to(ROOT).as_posix(), line, last, language, match[3], file or None)


BLOCKS: Final = list(found())
