"""The page for a wrong address: it looks like the site wherever it is shown, and leads on."""

from typing import Final

from playwright.sync_api import expect

from tests.site.browser.visiting import Visitor, grave_faults
from tests.site.built import HTML

PAGE: Final = (HTML / "404.html").read_text(encoding="utf-8")
MISSING: Final = "a/folder/that/is/missing.html"


def test_it_works_at_any_depth(visitor: Visitor) -> None:
    """A server sends it in the place of a missing page; its style, its links and its search still work."""
    page = visitor.page()
    page.route(f"**/{MISSING}", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    page.goto(visitor.home + MISSING)

    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    assert [] == grave_faults(page)
    field = page.get_by_role("searchbox", name="Search the pages")
    field.fill("Dunedin")
    field.press("Enter")
    page.wait_for_url("**/search.html?q=Dunedin")
    page.goto(visitor.home + MISSING)
    page.locator("article").get_by_role("link", name="all cities").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cities")
    assert [] == visitor.faults
