"""The size of a page as a browser transfers it, with what its scripts load."""

from typing import Final

from tests.site.browser.visiting import Visitor
from tests.site.built import HTML, PAGES

CITY_AT_MOST: Final = 300_000
HOME_AT_MOST: Final = 400_000
MAP_AT_MOST: Final = 1_200_000
HEAVIEST: Final = max(
    (page for page in PAGES if page.startswith("cities/")), key=lambda page: (HTML / page).stat().st_size
)


def transferred(visitor: Visitor, address: str) -> int:
    """How many bytes of bodies the browser gets for a page."""
    visitor.open(address, until="networkidle")
    return sum(answer.request.sizes()["responseBodySize"] for answer in visitor.answers)


def test_the_home_page_is_light(visitor: Visitor) -> None:
    """The home page is at most 400 kB, with its map."""
    assert 0 < transferred(visitor, "index.html") <= HOME_AT_MOST


def test_the_map_is_light(visitor: Visitor) -> None:
    """The page of the map is at most 1.2 MB, with its script, its outlines of land and all partnerships."""
    assert 0 < transferred(visitor, "map.html") <= MAP_AT_MOST


def test_the_heaviest_page_of_a_city_is_light(visitor: Visitor) -> None:
    """It is at most 300 kB; tests/site/test_weights.py has all pages by their files."""
    assert 0 < transferred(visitor, HEAVIEST) <= CITY_AT_MOST
