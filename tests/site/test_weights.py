"""The size of a page: all files that are loaded to show it, compressed as a static host does."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from tests.site.built import HTML, PAGES, document
from tests.site.serving import compress

HOME_AT_MOST: Final = 300_000
CITY_AT_MOST: Final = 300_000
CITIES: Final = [page for page in PAGES if page.startswith("cities/")]


@cache
def size(path: Path) -> int:
    """How many bytes a file is on the wire."""
    return len(compress(path))


def fetched(page: str) -> Iterator[Path]:
    """The files that a page is made of: itself, and what it loads."""
    yield HTML / page
    for address in {urlsplit(link.address).path for link in document(page).links if link.loads}:
        yield HTML / page / ".." / address


def weight(page: str) -> int:
    """The size of all files of a page."""
    return sum(size(path.resolve()) for path in fetched(page))


def test_the_home_page_is_light() -> None:
    """The home page is at most 300 kB."""
    assert 0 < weight("index.html") <= HOME_AT_MOST


def test_every_page_of_a_city_is_light() -> None:
    """The page of a city is at most 300 kB."""
    assert CITIES
    assert [] == [page for page in CITIES if not 0 < weight(page) <= CITY_AT_MOST]
