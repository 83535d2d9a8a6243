"""The site as it was built: its pages, and what each leads to and loads."""

import os
from collections.abc import Iterable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import attrs

ROOT: Final = Path(__file__).parents[2]
HTML: Final = Path(os.environ.get("FRIENDCITIES_HTML") or ROOT / "docs" / "_build" / "html")
"""The folder of the built site: the one nox names, or the one it builds into."""
PAGES: Final = sorted(path.relative_to(HTML).as_posix() for path in HTML.rglob("*.html"))
CATALOGUE: Final = ("cities", "countries", "sources")
"""The folders of the catalogue."""
WRITTEN: Final = [page for page in PAGES if page.partition("/")[0] not in CATALOGUE]
"""The pages that people wrote, with the few that Sphinx adds."""
FOLLOWED: Final = {"canonical", "index", "next", "prev", "search"}
"""What links in the head of a page are for that are there to be followed."""
ADDRESS_OF_A_SOURCE: Final = "address"
"""The class of a link to a source itself, whose address is what it is."""

assert PAGES, "the site is not built: `nox -s docs` builds it"


@attrs.frozen
class Link:
    """An address in a page."""

    tag: str
    address: str
    classes: tuple[str, ...] = ()
    rel: str = ""

    @property
    def loads(self) -> bool:
        """Whether the browser fetches it to show the page, rather than when somebody follows it."""
        return self.tag not in {"a", "form", "use"} and self.rel not in FOLLOWED


class Document(HTMLParser):
    """What a page holds.

    Args:
        text: The page.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[Link] = []
        self.structured: list[str] = []
        """The texts of its elements of linked data."""
        self._in_structured = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        """Note the addresses and the ids of an element."""
        found = {name: value or "" for name, value in attrs}
        self.ids |= {found["id"]} if "id" in found else set()
        self._in_structured = found.get("type") == "application/ld+json"
        self.structured += [""] if self._in_structured else []
        for name in ("href", "src", "action"):
            if name in found:
                classes = tuple(found.get("class", "").split())
                self.links.append(Link(tag, found[name], classes, found.get("rel", "")))

    def handle_data(self, data: str) -> None:
        """Note linked data."""
        if self._in_structured:
            self.structured[-1] += data

    def handle_endtag(self, tag: str) -> None:
        """Linked data ends with its element."""
        del tag
        self._in_structured = False


@cache
def document(page: str) -> Document:
    """A page of the site, read once."""
    return Document((HTML / page).read_text(encoding="utf-8"))
