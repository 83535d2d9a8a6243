"""The site is read from a folder, without a server and without a network."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.site.browser.test_pages import DARK, brightness
from tests.site.browser.visiting import Visitor
from tests.site.built import HTML


@pytest.fixture
def reader(browser: Browser) -> Iterator[Visitor]:
    """Somebody who has unpacked the pages into a folder."""
    reader = Visitor(browser, f"{HTML.as_uri()}/")
    yield reader
    reader.leave()


def test_links_are_followed(reader: Visitor) -> None:
    """From the home page one gets to a city by its links alone, and nothing complains."""
    page = reader.open("index.html")
    for link in ("Cities", "Dunedin"):
        page.get_by_role("link", name=link, exact=True).first.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Dunedin")
    assert page.url.startswith("file://")
    assert [] == reader.faults


def test_the_pages_have_their_looks(reader: Visitor) -> None:
    """Style sheets and scripts beside the pages are loaded."""
    page = reader.open("cities/index.html", scheme="dark")
    page.get_by_label("Find a city").fill("dunedin")

    assert DARK > brightness(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    expect(page.locator(".catalogue output")).to_have_text(re.compile("1 of [0-9]+"))
    assert [] == reader.faults


def test_the_search_searches(reader: Visitor) -> None:
    """The search needs no server either: its index is a script."""
    page = reader.open("search.html?q=上海")
    expect(page.locator(".search-summary")).to_contain_text("Search finished")

    assert "Shanghai" == page.locator("ul.search a").first.inner_text()
    assert [] == reader.faults
