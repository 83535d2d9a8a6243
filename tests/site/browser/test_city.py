"""The page of a city: one table, folded details, a small map, and few sheets of paper."""

import re
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

import friendcities as fc
from tests.site.browser.visiting import PHONE, PHONE_WIDTH, Visitor, width
from tests.site.built import HTML

SHANGHAI: Final = "cities/cn-shanghai.html"
DUNEDIN: Final = "cities/nz-dunedin.html"
TIE: Final = "cn-shanghai--nz-dunedin"
SHEETS: Final = 12
SMALL_MAP_AT_MOST: Final = 40_000
BELOW: Final = """row => {
    const range = document.createRange();
    const parts = [...row.querySelectorAll("th, td:not(:last-child), summary")];
    const bottoms = parts.map(part => (range.selectNodeContents(part), range.getBoundingClientRect().bottom));
    const first = row.querySelector(".history > :first-child");
    return first.getBoundingClientRect().top - Math.max(...bottoms);
}"""
"""The distance from the text of a row to its open history, in pixels."""
GAP_AT_MOST: Final = 20
A_SHEET: Final = re.compile(rb"/Type\s*/Page\b")


def rows(page: Page) -> Locator:
    """The rows of the table of partnerships."""
    return page.locator(".partnerships tbody tr")


def test_one_table_has_all_partnerships(visitor: Visitor) -> None:
    """Each row has the partner, the date, the status, the reliability and the sources, and its history is folded."""
    page = visitor.open(SHANGHAI)
    ties = fc.partnerships_of("Shanghai", status="any")

    assert [tie.id for tie in ties] == rows(page).evaluate_all("all => all.map(row => row.id)")
    assert ["Partner", "Established", "Status", "Reliability", "Sources"] == page.locator(
        ".partnerships thead th"
    ).all_inner_texts()
    assert 0 == page.locator(".partnerships details[open]").count()
    row = page.locator(f"#{TIE}")
    tie = fc.partnership_between("Shanghai", "Dunedin")
    cells = [f"{tie.established}", "active sister city", tie.reliability.value, f"{len(tie.cites)} sources"]
    assert ["Dunedin, New Zealand", *cells] == [" ".join(text.split()) for text in row.locator("> *").all_inner_texts()]


def test_a_link_to_a_partnership_opens_its_history(visitor: Visitor) -> None:
    """The steps are there with their sources, as wide as the table; so is that of a link followed on the page."""
    page = visitor.open(f"{DUNEDIN}#{TIE}")
    history = page.locator(f"#{TIE} .history")
    expect(history).to_be_visible()
    table = page.locator(".partnerships").bounding_box()
    wide = history.bounding_box()
    page.evaluate("location.hash = 'jp-otaru--nz-dunedin'")

    expect(page.locator("#jp-otaru--nz-dunedin .history")).to_be_visible()
    assert table is not None
    assert wide is not None
    assert table["width"] == pytest.approx(wide["width"], abs=2)
    assert table["x"] == pytest.approx(wide["x"], abs=2)


@pytest.mark.parametrize("width_", [1440, 800])
def test_a_history_begins_below_its_row(visitor: Visitor, width_: int) -> None:
    """There is no gap above it, and it covers no cell, also where a name needs two lines."""
    page = visitor.open(SHANGHAI)
    page.set_viewport_size({"width": width_, "height": 900})
    for row in rows(page).all()[:25]:
        row.locator("summary").click()
        below: float = row.evaluate(BELOW)

        assert 0 <= below <= GAP_AT_MOST
        row.locator("summary").click()


def test_the_history_fits_a_phone(visitor: Visitor) -> None:
    """Nothing has to be moved sideways when it is open."""
    page = visitor.open(f"{DUNEDIN}#{TIE}", PHONE)
    expect(page.locator(f"#{TIE} .history")).to_be_visible()

    assert PHONE_WIDTH >= width(page)


@pytest.mark.parametrize("address", [SHANGHAI, DUNEDIN])
def test_each_section_has_one_link_for_corrections(visitor: Visitor, address: str) -> None:
    """It stands at the end of the section, not at every record."""
    sections = visitor.open(address).locator(".catalogue section:has(article, .partnerships)")

    assert sections.count() > 4
    assert {1} == {section.locator(".file a").count() for section in sections.all()}


def test_the_small_map_leads_to_the_large_one(visitor: Visitor) -> None:
    """The small map is a picture with a text, and its link opens the map with the same city."""
    page = visitor.open(DUNEDIN)
    picture = page.locator(".fc-small-map")

    assert "World map with a line from Dunedin to each active partner" == picture.locator("> svg").get_attribute(
        "aria-label"
    )
    assert len(picture.inner_html()) <= SMALL_MAP_AT_MOST
    picture.get_by_role("link").click()
    expect(page.locator(".fc-summary")).to_contain_text(
        f"{len(fc.partners_of('Dunedin'))} partnerships of Dunedin today"
    )
    assert page.url.endswith("map.html#city=nz-dunedin")


def test_shanghai_fits_twelve_sheets(visitor: Visitor) -> None:
    """The printed page has all partnerships, and nothing is printed over them."""
    page = visitor.open(SHANGHAI)
    printed = page.pdf(format="A4")
    page.emulate_media(media="print")

    assert 4 < len(A_SHEET.findall(printed)) <= SHEETS
    expect(page.locator(".skip-to-content")).to_be_hidden()


def test_every_small_map_is_small() -> None:
    """At most 40 kB of each page of a city."""
    sizes = [
        len(found)
        for path in (HTML / "cities").glob("*.html")
        for found in re.findall(r'<figure class="fc-small-map">.*?</figure>', path.read_text("utf-8"), re.DOTALL)
    ]

    assert len(sizes) > len(fc.cities()) / 2
    assert max(sizes) <= SMALL_MAP_AT_MOST
