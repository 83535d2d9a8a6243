"""The sentence that describes a page, for previews and search engines."""

import re
from html import unescape
from typing import Final

from tests.site.built import HTML, WRITTEN

DESCRIPTION: Final = re.compile(r'<meta content="([^"]*)" name="description"')
WITHOUT: Final = {"404.html", "embed.html", "genindex.html", "py-modindex.html", "search.html"}


def description(page: str) -> list[str]:
    """The descriptions in the head of a page."""
    return [unescape(found) for found in DESCRIPTION.findall((HTML / page).read_text(encoding="utf-8"))]


def test_every_written_page_has_one_description() -> None:
    """It is a text of the page, and no list of its headings."""
    pages = [page for page in WRITTEN if page not in WITHOUT and not page.startswith("_")]

    assert len(pages) > 30
    assert [] == [page for page in pages if len(description(page)) != 1]


def test_a_guide_is_described_by_its_goal() -> None:
    """The label of the goal is left out."""
    [found] = description("guides/past-dates.html")

    assert found.startswith("List the partners of a city at a past date")
