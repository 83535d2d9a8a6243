"""What a page weighs as transferred: all bodies that are fetched to show it, compressed as a static host does."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest

from tests.site.built import HTML, PAGES, document
from tests.site.serving import compress
from tests.site.visiting import Visitor

HOME_AT_MOST: Final = 300_000
CITY_AT_MOST: Final = 400_000
MAP_AT_MOST: Final = 1_200_000
CITIES: Final = [page for page in PAGES if page.startswith("cities/")]
HEAVIEST: Final = sorted(CITIES, key=lambda page: -(HTML / page).stat().st_size)[:3]


@cache
def size(path: Path) -> int:
    """How many bytes a file is on the wire."""
    return len(compress(path))


def fetched(page: str) -> Iterator[Path]:
    """The files that a page is made of: itself, and what it loads."""
    yield HTML / page
    for address in {urlsplit(link.address).path for link in document(page).links if link.loads}:
        yield HTML / page / ".." / address


def transferred(visitor: Visitor, address: str) -> int:
    """How many bytes of bodies the browser gets for a page."""
    visitor.open(address, until="networkidle")
    return sum(answer.request.sizes()["responseBodySize"] for answer in visitor.answers)


def test_the_home_page_is_light(visitor: Visitor) -> None:
    """The home page is at most 300 kB."""
    assert 0 < transferred(visitor, "index.html") <= HOME_AT_MOST


def test_the_map_is_light(visitor: Visitor) -> None:
    """The page of the map is at most 1.2 MB, with its script, its outlines of land and all partnerships."""
    assert 0 < transferred(visitor, "map.html") <= MAP_AT_MOST


@pytest.mark.parametrize("address", HEAVIEST)
def test_the_heaviest_pages_of_cities_are_light(visitor: Visitor, address: str) -> None:
    """The page of a city is at most 400 kB, in a browser."""
    assert size(HTML / address) < transferred(visitor, address) <= CITY_AT_MOST


def test_every_page_of_a_city_is_light() -> None:
    """The page of a city is at most 400 kB, by its files."""
    sizes = {page: sum(size(path.resolve()) for path in fetched(page)) for page in CITIES}

    assert sizes
    assert {} == {page: weight for page, weight in sizes.items() if weight > CITY_AT_MOST}
