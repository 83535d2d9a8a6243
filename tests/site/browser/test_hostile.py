"""Names and titles that are markup are shown as text everywhere."""

import json
from typing import Final

import attrs
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.browser.conftest import SITE
from tests.site.browser.hostile import PLAIN, TEXTS
from tests.site.browser.visiting import PHONE, PHONE_WIDTH, Visitor, width
from tests.site.built import HTML

HERE: Final = "§"
"""Stands for the text of a page where two pages are compared."""
ELEMENTS: Final = """page => [...page.querySelectorAll("*")].map(element => [
    element.tagName, ...element.getAttributeNames().filter(name => !["class", "tabindex"].includes(name)).sort()
].join(" "))"""
"""What each element is, but for what scripts change: a class says what is in view, and what scrolls is a stop."""
WITHOUT_CODE: Final = "page => { page.querySelectorAll('pre').forEach(pre => pre.remove()); return page.textContent; }"
"""The words of a page, but for BibTeX, which writes some letters in a way of its own."""

ADDRESSES: Final = ["cities/nz-{}.html", "sources/on-{}.html"]
"""The pages of one text, by its key."""

each_text = pytest.mark.parametrize("key", [key for key in TEXTS if key != PLAIN])
of_each_kind = pytest.mark.parametrize("address", ADDRESSES)


@attrs.frozen
class Shown:
    """What a page of one text is made of, and what it shows."""

    elements: list[str]
    words: str
    """Its words, with a sign in the place of the text."""
    title: str
    name: str
    """The name in its linked data."""
    width: int
    """In pixels, on a phone."""


def elements(page: Page) -> list[str]:
    """The elements of a whole page with the names of their attributes, as the browser has them."""
    found: list[str] = page.locator("html").evaluate(ELEMENTS)
    return found


def words(page: Page, key: str) -> str:
    """What a page tells, whatever its text is."""
    told: str = page.locator("article[role=main]").evaluate(WITHOUT_CODE)
    return told.replace(TEXTS[key], HERE).replace(f"-{key}", HERE)


def look(page: Page, key: str) -> Shown:
    """Look at the page of one text."""
    title = page.evaluate("document.querySelector('head > title').textContent")
    (linked,) = page.locator("script[type='application/ld+json']").all_text_contents()
    return Shown(elements(page), words(page, key), title, json.loads(linked)["name"], width(page))


@pytest.fixture(scope="module")
def plain(browser: Browser, hostile_home: str) -> dict[str, Shown]:
    """The pages of the plain text."""
    visitor = Visitor(browser, hostile_home)
    found = {address: look(visitor.open(address.format(PLAIN), PHONE), PLAIN) for address in ADDRESSES}
    visitor.leave()
    return found


@each_text
@of_each_kind
def test_a_text_is_shown_as_it_is(hostile: Visitor, plain: dict[str, Shown], key: str, address: str) -> None:
    """The page of a hostile text has the elements and attributes of that of a plain one, and shows each letter of it.

    No dialog opens, nothing complains, the title and the linked data are the text itself, and however long a word is,
    the page need not be moved sideways on a phone.
    """
    expected, shown = plain[address], look(hostile.open(address.format(key), PHONE), key)

    assert expected.elements == shown.elements
    assert expected.words.count(HERE) > 10
    assert expected.words == shown.words
    assert f"{TEXTS[key]} - friendcities" == shown.title
    assert TEXTS[key] == shown.name
    assert shown.width <= PHONE_WIDTH
    assert [] == hostile.faults


@each_text
def test_a_preview_has_the_text(hostile: Visitor, key: str) -> None:
    """The tags for a shared link have the text, and absolute addresses of the page and its picture."""
    page = hostile.open(ADDRESSES[0].format(key))
    tags = dict(
        page.locator("meta[property^='og:']").evaluate_all(
            "all => all.map(tag => [tag.getAttribute('property'), tag.content])"
        )
    )

    assert tags["og:title"] == TEXTS[key]
    assert tags["og:description"] == f"{TEXTS[key]}, New Zealand: 1 active partnership, with dates and sources."
    assert tags["og:url"] == f"{SITE}/cities/nz-{key}.html"
    assert tags["og:image"].startswith(f"{SITE}/")
    assert (HTML / tags["og:image"].removeprefix(f"{SITE}/")).is_file()


@pytest.mark.parametrize(
    ("address", "links"),
    [
        ("cities/index.html", "nz-{}.html"),
        ("countries/nz.html", "../cities/nz-{}.html"),
        ("cities/nz-a.html", "../cities/nz-{}.html"),
        ("sources/index.html", "on-{}.html"),
    ],
)
def test_lists_have_the_texts(hostile: Visitor, address: str, links: str) -> None:
    """The lists of cities and sources, the page of the country, and that of a partner show the texts in their links."""
    page = hostile.open(address)
    shown = {key: page.locator(f"a[href$='{links.format(key)}']").first.text_content() for key in TEXTS}

    assert TEXTS == shown
    assert [] == hostile.faults


@each_text
def test_the_search_shows_the_text(hostile: Visitor, key: str) -> None:
    """Whoever searches for the text gets it as the text of a result, and back in the field."""
    page = hostile.open("index.html")
    search = page.get_by_role("textbox", name="Search")
    search.fill(TEXTS[key])
    search.press("Enter")
    expect(page.locator(".search-summary")).to_contain_text("Search finished")
    results = page.locator("ul.search a")

    assert TEXTS[key] in results.all_text_contents()
    assert [] == page.locator("ul.search a *, ul.search img, ul.search script").all_text_contents()
    assert [] == hostile.faults
