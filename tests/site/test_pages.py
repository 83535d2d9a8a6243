"""Every kind of page in a browser: nothing complains, nothing comes from elsewhere, everybody can use it."""

from typing import Final

import pytest

from tests.site.built import CATALOGUE, PAGES, WRITTEN
from tests.site.visiting import COLOURS, DEVICES, PHONE, PHONE_WIDTH, Visitor, grave_faults, width

DUNEDIN: Final = "cities/nz-dunedin.html"
SHANGHAI: Final = "cities/cn-shanghai.html"
A_SOURCE: Final = "sources/shine-2023-12-02.html"
FOUND: Final = "search.html?q=Shanghai"
KINDS: Final = [
    *WRITTEN,
    *(f"{folder}/index.html" for folder in CATALOGUE),
    *(DUNEDIN, SHANGHAI, A_SOURCE, "countries/cn.html", FOUND),
]
HUNDREDS: Final = 100
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


@on_each_device
@pytest.mark.parametrize("address", KINDS)
def test_a_page_is_without_fault(visitor: Visitor, address: str, device: str) -> None:
    """The console is silent, every request is answered and goes to the site itself, and axe finds nothing grave.

    What axe looks at depends on the colours only under the rules about colours, so these alone are asked in the dark.
    """
    page = visitor.open(address, device, until="networkidle")

    assert [] == grave_faults(page)
    page.emulate_media(color_scheme="dark")
    assert [] == grave_faults(page, COLOURS)
    assert [] == visitor.faults


@pytest.mark.parametrize("folder", CATALOGUE)
def test_no_page_of_the_catalogue_has_a_fault_or_is_too_wide_for_a_phone(visitor: Visitor, folder: str) -> None:
    """All pages of a folder of the catalogue, one after another."""
    page = visitor.page(PHONE)
    widths = {}
    for address in (each for each in PAGES if each.startswith(f"{folder}/")):
        page.goto(visitor.home + address)
        widths[address] = width(page)

    assert widths
    assert {} == {address: wide for address, wide in widths.items() if wide > PHONE_WIDTH}
    assert [] == visitor.faults


@pytest.mark.parametrize("address", [*WRITTEN, FOUND])
def test_nothing_is_too_wide_for_a_phone(visitor: Visitor, address: str) -> None:
    """No page has to be moved sideways."""
    assert width(visitor.open(address, PHONE)) <= PHONE_WIDTH


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

    assert any(reached)
    assert "上海" == page.get_by_role("textbox", name="Search").input_value()


@on_each_device
def test_a_code_block_that_scrolls_is_reached_by_the_keyboard(visitor: Visitor, device: str) -> None:
    """A block of code is a stop of the keyboard if, and only if, it is wider than its place."""
    page = visitor.open("index.html", device)
    blocks = page.locator("pre").evaluate_all(
        "all => all.map(pre => [pre.scrollWidth > pre.clientWidth, pre.tabIndex])"
    )

    assert blocks
    assert [[wide, 0 if wide else -1] for wide, _ in blocks] == blocks
