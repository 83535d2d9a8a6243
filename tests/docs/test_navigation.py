"""The navigation is short, every page is in it, and each task of the first page is one click away."""

import re
from pathlib import Path
from typing import Final

from tests.docs.blocks import ROOT

DOCS: Final = ROOT / "docs"
HOME: Final = (DOCS / "index.md").read_text(encoding="utf-8")
TOCTREE: Final = re.compile(r"^```\{toctree\}\n(.*?)^```$", re.DOTALL | re.MULTILINE)
GENERATED: Final = {"cities", "countries", "sources"}
"""The folders whose pages the build makes of the data."""


def entries(page: str) -> list[str]:
    """The pages that a page has in its table of contents, as seen from the folder of documents."""
    text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
    lines = [line for tree in TOCTREE.findall(text) for line in tree.splitlines() if line and not line.startswith(":")]
    named = [re.sub(r".*<(.*)>", r"\1", line) for line in lines]
    return [(DOCS / page).parent.joinpath(name).resolve().relative_to(DOCS).as_posix() for name in named]


def below(page: str) -> set[str]:
    """A page, and all pages below it in the navigation."""
    if page.partition("/")[0] in GENERATED:
        return {page}
    return {page}.union(*map(below, entries(page)))


def test_there_are_few_entries() -> None:
    """The navigation of the first page has at most 25 entries, each once."""
    found = entries("index")

    assert 10 < len(found) <= 25
    assert len(found) == len(set(found))


def test_every_page_is_in_the_navigation() -> None:
    """No page is left out."""
    pages = {path.relative_to(DOCS).with_suffix("").as_posix() for path in DOCS.rglob("*.md")}
    written = {page for page in pages if page.partition("/")[0] not in {*GENERATED, "_build"}}

    assert written == {page for page in below("index") if page.partition("/")[0] not in GENERATED}


def test_the_tasks_of_the_first_page_lead_to_sections() -> None:
    """A link to a section names a heading of that page, as GitHub and the build make its anchor."""
    links = re.findall(r"\]\(([\w/-]+\.md)#([\w-]+)\)", HOME)

    assert len(links) > 4
    for page, anchor in links:
        path = Path(DOCS, page)
        if path.name == "contributing.md":
            path = ROOT / "CONTRIBUTING.md"
        headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert anchor in {re.sub(r"[^\w\s-]", "", heading).lower().replace(" ", "-") for heading in headings}


def test_pages_of_directives_can_be_read_in_the_repository() -> None:
    """A page whose content the build makes says so, for readers of the repository."""
    made = re.compile(
        r"^```\{(command-line|figure-from-code|list-of-\w+|notebook-output|partnership-map|proposal-form|record-types)",
        re.MULTILINE,
    )
    pages = {path.name: path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md")}
    with_directives = {name: text for name, text in pages.items() if made.search(text)}

    assert len(with_directives) > 6
    assert [] == [name for name, text in with_directives.items() if "n the repository" not in " ".join(text.split())]
