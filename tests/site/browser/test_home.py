"""The home page: its map plays up to today, and its numbers are those of the data."""

import re
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

import friendcities as fc
from tests.site.browser.visiting import LAID_OUT, PHONE, Visitor

HOME: Final = "index.html"
YEAR: Final = 220
"""The time for which the map shows a year, in milliseconds."""


def today() -> str:
    """What the map says of today."""
    return f"Today{sum(each.state.status == 'active' for each in fc.partnerships())} active partnerships"


def bar(page: Page) -> Locator:
    """The line below the map, with the year and the number of partnerships."""
    return page.locator(".fc-history .fc-bar")


@pytest.fixture
def still(visitor: Visitor) -> Page:
    """The home page of a reader who prefers reduced motion, with a clock that the test moves."""
    page = visitor.page()
    page.emulate_media(reduced_motion="reduce")
    page.clock.install()
    page.goto(visitor.home + HOME)
    return page


def test_the_map_is_still_for_readers_who_prefer_it(still: Page) -> None:
    """It shows today, and stays there."""
    still.clock.run_for(10 * YEAR)

    expect(bar(still)).to_contain_text(today())
    expect(bar(still).get_by_role("button")).to_have_text("▶ Play")


def test_the_map_plays_from_the_first_partnership_to_today(still: Page) -> None:
    """It begins with the first year, a button pauses it, and it ends with today."""
    button = bar(still).get_by_role("button")
    button.click()
    still.clock.run_for(YEAR)
    expect(bar(still)).to_contain_text(re.compile(r"^19[0-9]{2}[1-9] active partnership⏸"))
    button.click()
    paused = bar(still).inner_text()
    still.clock.run_for(10 * YEAR)
    assert paused.splitlines()[0] == bar(still).inner_text().splitlines()[0]
    button.click()
    still.clock.run_for(200 * YEAR)

    expect(bar(still)).to_contain_text(f"{today()}▶ Play")


def test_the_map_plays_by_itself(visitor: Visitor) -> None:
    """For other readers, it starts when the page opens."""
    expect(bar(visitor.open(HOME))).to_contain_text("⏸ Pause")


def test_paper_shows_today(visitor: Visitor) -> None:
    """Printing stops the map at today, whatever year is playing."""
    page = visitor.open(HOME)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    expect(bar(page)).to_contain_text(f"{today()}▶ Play")


def test_the_map_has_its_place_before_it_is_drawn(visitor: Visitor) -> None:
    """The text below does not move when the script has drawn the map."""
    page = visitor.page(PHONE)
    page.route("**/map.js*", lambda route: route.fulfill(body=""))
    page.goto(visitor.home + HOME)
    before = page.locator(".key-numbers").bounding_box()
    page.unroute("**/map.js*")
    page.reload()
    page.evaluate(LAID_OUT)

    assert before is not None
    assert before == page.locator(".key-numbers").bounding_box()


def test_the_map_has_a_legend(visitor: Visitor) -> None:
    """It names the kinds of the active partnerships, each with the colour of its lines."""
    kinds = {each.state.kind for each in fc.partnerships() if each.state.status == "active"}
    entries = visitor.open(HOME).locator(".fc-history + .fc-key li").all()
    colours = [entry.evaluate("item => getComputedStyle(item, '::before').backgroundColor") for entry in entries]

    assert [kind.replace("_", " ") for kind in fc.PartnershipKind if kind in kinds] == [
        entry.inner_text() for entry in entries
    ]
    assert len(kinds) == len(set(colours))


def test_the_numbers_are_those_of_the_data(visitor: Visitor) -> None:
    """Each has a link to its page."""
    data = fc.dataset()
    numbers = visitor.open(HOME).locator(".key-numbers li")

    assert [
        f"{len(data.partnerships())} partnerships",
        f"{len(data.cities())} cities",
        f"{len({city.country for city in data.cities()})} countries",
        f"{len(data.sources())} sources",
        f"{sum(each.disputed for each in data.partnerships())} disputed",
    ] == [" ".join(text.split()) for text in numbers.all_inner_texts()]
