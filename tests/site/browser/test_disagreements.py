"""The page on disagreements: each dispute with its sources, and the figures of claimed dates."""

from typing import Final

import friendcities as fc
from tests.site.browser.visiting import LAID_OUT, PHONE, PHONE_WIDTH, Visitor, grave_faults, width

PAGE: Final = "data/disagreements.html"
LOADED: Final = "image => image.decode().then(() => [image.naturalWidth > 0, image.clientWidth])"


def test_each_dispute_links_to_its_sources(visitor: Visitor) -> None:
    """Every disputed partnership is there, and every contrary claim names a source."""
    page = visitor.open("index.html")
    page.get_by_role("link", name="Disagreements", exact=True).click()
    page.wait_for_url(f"**/{PAGE}")
    disputes = page.locator(".dispute")
    claims = disputes.locator("li")

    assert disputes.count() >= sum(each.disputed for each in fc.partnerships())
    assert claims.count() >= disputes.count()
    assert claims.count() == claims.locator("a[href*='sources/']").count()


def test_a_figure_has_the_claimed_dates(visitor: Visitor) -> None:
    """It opens in its place, and fits a phone."""
    page = visitor.open(PAGE, PHONE)
    dispute = page.locator(".dispute", has_text="Milan").first
    dispute.get_by_text("Figure of the claimed dates").click()
    image = dispute.get_by_role("img")
    loaded, shown = image.evaluate(LOADED)
    page.evaluate(LAID_OUT)

    assert loaded
    assert 200 < shown < PHONE_WIDTH
    assert width(page) <= PHONE_WIDTH
    assert [] == grave_faults(page)
    assert [] == visitor.faults
