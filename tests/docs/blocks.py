"""The fenced blocks of the documents, each with its language and its place."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import frozen

__all__ = ["BLOCKS", "DOCUMENTS", "ROOT", "Block"]

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

    @property
    def place(self) -> str:
        """Where it is, in words."""
        return f"{self.document}:{self.line}"


def found() -> Iterator[Block]:
    """The blocks of all documents, in order."""
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        for match in FENCE.finditer(text):
            line, last = (text.count("\n", 0, place) + 1 for place in match.span())
            yield Block(path.relative_to(ROOT).as_posix(), line, last, match[2].strip(), match[3])


BLOCKS: Final = list(found())
