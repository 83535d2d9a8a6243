"""Names and titles that are markup are shown as text everywhere."""

import json
from typing import Any, Final

import attrs
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.hostile import PLAIN, TEXTS
from tests.site.visiting import PHONE, PHONE_WIDTH, Visitor, width

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
class Plain:
    """What the page of the plain text is made of, and what it tells."""

    elements: list[str]
    words: str


def elements(page: Page) -> list[str]:
    """The elements of a whole page with the names of their attributes, as the browser has them."""
    found: list[str] = page.locator("html").evaluate(ELEMENTS)
    return found


def words(page: Page, key: str) -> str:
    """What a page tells, whatever its text is."""
    told: str = page.locator("article[role=main]").evaluate(WITHOUT_CODE)
    return told.replace(TEXTS[key], HERE).replace(f"-{key}", HERE)


@pytest.fixture(scope="session")
def plain(browser: Browser, hostile_home: str) -> dict[str, Plain]:
    """The pages of the plain text."""
    visitor = Visitor(browser, hostile_home)
    pages = {address: visitor.open(address.format(PLAIN)) for address in ADDRESSES}
    found = {address: Plain(elements(page), words(page, PLAIN)) for address, page in pages.items()}
    visitor.leave()
    return found


@each_text
@of_each_kind
def test_a_text_adds_no_element_and_no_attribute(
    hostile: Visitor, plain: dict[str, Plain], key: str, address: str
) -> None:
    """The page of a hostile text has the elements of that of a plain one, no dialog opens, and nothing complains."""
    assert plain[address].elements == elements(hostile.open(address.format(key)))
    assert [] == hostile.faults


@each_text
@of_each_kind
def test_a_text_is_shown_as_it_is(hostile: Visitor, plain: dict[str, Plain], key: str, address: str) -> None:
    """The page of a hostile text tells, letter by letter, what that of a plain one tells."""
    assert plain[address].words.count(HERE) > 10
    assert plain[address].words == words(hostile.open(address.format(key)), key)


@each_text
@of_each_kind
def test_a_text_is_the_title(hostile: Visitor, key: str, address: str) -> None:
    """The title of the window is the text itself."""
    title = hostile.open(address.format(key)).evaluate("document.querySelector('head > title').textContent")

    assert f"{TEXTS[key]} - friendcities" == title


@each_text
@of_each_kind
def test_linked_data_has_the_text(hostile: Visitor, key: str, address: str) -> None:
    """The linked data is read as JSON, and names the text."""
    page = hostile.open(address.format(key))
    (told,) = page.locator("script[type='application/ld+json']").all_text_contents()
    data: dict[str, Any] = json.loads(told)

    assert TEXTS[key] == data["name"]


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


@each_text
@of_each_kind
def test_a_text_is_not_too_wide_for_a_phone(hostile: Visitor, key: str, address: str) -> None:
    """However long a word is, the page need not be moved sideways."""
    assert width(hostile.open(address.format(key), PHONE)) <= PHONE_WIDTH
