"""Every kind of page in a browser: nothing complains, nothing comes from elsewhere, everybody can use it."""

from typing import Final

import pytest
from playwright.sync_api import expect

from tests.site.browser.visiting import DESKTOP, DEVICES, LAID_OUT, PHONE, PHONE_WIDTH, Visitor, grave_faults, width
from tests.site.built import CATALOGUE, HTML, PAGES, WRITTEN

DUNEDIN: Final = "cities/nz-dunedin.html"
SHANGHAI: Final = "cities/cn-shanghai.html"
A_SOURCE: Final = "sources/shine-2023-12-02.html"
FOUND: Final = "search.html?q=Shanghai"
REFERENCE: Final = next(page for page in WRITTEN if page.startswith("reference/api/"))
EXAMPLES: Final = [
    *("index.html", "tutorial.html", "gallery.html", "glossary.html", REFERENCE, FOUND),
    *("cities/index.html", DUNEDIN, SHANGHAI, "countries/cn.html", A_SOURCE),
]
"""One page of each kind; the tests of the map and of the form look at their pages."""
HEAVIEST: Final = 10
"""The number of pages of each folder of the catalogue that are visited."""
GROUPS: Final = {
    "written": [*WRITTEN, FOUND],
    **{
        folder: sorted(
            (page for page in PAGES if page.startswith(f"{folder}/")), key=lambda page: -(HTML / page).stat().st_size
        )[:HEAVIEST]
        for folder in CATALOGUE
    },
}
OVERFLOWING: Final = """() => [...document.querySelectorAll("article pre:not([hidden])")].filter(block => {
    const column = block.closest("article").getBoundingClientRect();
    const { left, right } = block.getBoundingClientRect();
    const wide = block.scrollWidth > block.clientWidth + 1 && getComputedStyle(block).overflowX !== "auto";
    return wide || left < column.left - 1 || right > column.right + 1;
}).map(block => block.textContent.slice(0, 50))"""
"""The blocks of code that are wider than their column and do not scroll."""
PAPER_WIDTH: Final = 703
"""The width of the text on A4, in the pixels of the style sheets."""
LIGHT: Final = 0.8
DARK: Final = 0.2

on_each_device = pytest.mark.parametrize("device", DEVICES)


def brightness(colour: str) -> float:
    """How bright a colour is, from 0 to 1, as the browser writes it: ``rgb(255, 255, 255)``."""
    red, green, blue = (int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(","))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def background(visitor: Visitor, address: str, scheme: str) -> float:
    """How bright the background of a page is."""
    page = visitor.open(address, scheme=scheme)
    return brightness(page.evaluate("getComputedStyle(document.body).backgroundColor"))


@pytest.mark.parametrize(("device", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
@pytest.mark.parametrize("address", EXAMPLES)
def test_a_page_is_accessible(visitor: Visitor, address: str, device: str, scheme: str) -> None:
    """On a page of each kind axe finds nothing serious."""
    assert [] == grave_faults(visitor.open(address, device, scheme))
    assert [] == visitor.faults


@pytest.mark.parametrize("group", GROUPS)
def test_no_page_has_a_fault_or_is_too_wide_for_a_phone(visitor: Visitor, group: str) -> None:
    """The console is silent, every request is answered by the site itself, and no page has to be moved sideways.

    A block of code fits its column or scrolls within, on a phone and on a desktop. All pages that people wrote are
    visited, and of those that are made of records the heaviest.
    """
    page = visitor.page(PHONE)
    widths, blocks = {}, {}
    for address in GROUPS[group]:
        page.goto(visitor.home + address)
        page.evaluate(LAID_OUT)
        widths[address] = width(page)
        blocks[address] = page.evaluate(OVERFLOWING)
        page.set_viewport_size(DEVICES[DESKTOP]["viewport"])
        blocks[address] += page.evaluate(OVERFLOWING)
        page.set_viewport_size(DEVICES[PHONE]["viewport"])

    assert widths
    assert {} == {address: wide for address, wide in widths.items() if wide > PHONE_WIDTH}
    assert {} == {address: texts for address, texts in blocks.items() if texts}
    assert [] == visitor.faults


@pytest.mark.parametrize("address", ["index.html", DUNEDIN])
def test_the_page_is_dark_where_the_reader_prefers_it(visitor: Visitor, address: str) -> None:
    """The reader's own preference decides, without a click."""
    assert background(visitor, address, "light") > LIGHT
    assert background(visitor, address, "dark") < DARK


def test_the_keyboard_reaches_the_search(visitor: Visitor) -> None:
    """A few steps of the Tab key lead to the search, and Enter searches."""
    page = visitor.open("index.html")
    search = page.get_by_role("textbox", name="Search")
    reached = []
    for _ in range(10):
        page.keyboard.press("Tab")
        reached.append(search.evaluate("element => element === document.activeElement"))
    search.focus()
    page.keyboard.type("上海")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")

    expect(page.get_by_role("searchbox")).to_have_value("上海")
    assert any(reached)


@on_each_device
def test_a_code_block_that_scrolls_is_reached_by_the_keyboard(visitor: Visitor, device: str) -> None:
    """A block of code is a stop of the keyboard if, and only if, it is wider than its place."""
    page = visitor.open("index.html", device)
    blocks = page.locator("pre").evaluate_all(
        "all => all.map(pre => [pre.scrollWidth > pre.clientWidth, pre.tabIndex])"
    )

    assert blocks
    assert [[wide, 0 if wide else -1] for wide, _ in blocks] == blocks


def test_code_is_not_cut_in_print(visitor: Visitor) -> None:
    """Long lines of a printed block of code are wrapped, and no buttons are printed over it."""
    page = visitor.open("index.html")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER_WIDTH, "height": 1000})
    blocks = page.locator("article pre")

    assert blocks.evaluate_all("all => all.map(pre => pre.scrollWidth > pre.clientWidth)") == [False] * blocks.count()
    assert blocks.count() > 0
    assert [] == [each for each in page.locator(".copybtn, .skip-to-content").all() if each.is_visible()]
