"""A map of partnerships in a browser: what it shows, and what it is asked with."""

from typing import Final

import attrs
from playwright.sync_api import Page, expect

__all__ = ["Map"]

LATEST: Final = "today"
INK: Final = """canvas => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, index) => index % 4 === 3 && value).length;
}"""


@attrs.frozen
class Map:
    """The map on a page that is open."""

    page: Page

    @classmethod
    def on(cls, page: Page) -> "Map":
        """The map of a page, once it is drawn."""
        page.wait_for_selector(".fc-map canvas[data-arcs]")
        return cls(page)

    def expect(self, arcs: int, rows: int | None = None) -> None:
        """Wait for so many arcs on the canvas, and as many rows in the table."""
        expect(self.page.locator(".fc-map canvas")).to_have_attribute("data-arcs", str(arcs))
        expect(self.page.locator(".fc-map tbody tr")).to_have_count(arcs if rows is None else rows)

    @property
    def told(self) -> str:
        """What is said to everybody, screen readers too, when the view changes."""
        return str(self.page.locator(".fc-summary").inner_text())

    @property
    def ties(self) -> list[str]:
        """The ids of the partnerships in the table."""
        found: list[str] = self.page.locator(".fc-map tbody tr").evaluate_all(
            "all => all.map(row => row.dataset.partnership)"
        )
        return found

    @property
    def hash(self) -> str:
        """What the address says of the view."""
        return str(self.page.evaluate("decodeURIComponent(location.hash)"))

    def year(self, year: str) -> None:
        """Move the slider to the end of a year, or to today."""
        slider = self.page.get_by_role("slider", name="Year")
        slider.fill(str(int(str(slider.get_attribute("max")))) if year == LATEST else year)

    def tick(self, value: str) -> None:
        """Tick a box of the filters, or untick it."""
        self.page.locator(".fc-filters").evaluate("element => { element.open = true; }")
        self.page.locator(f".fc-filters input[value={value}]").click()

    def country(self, code: str) -> None:
        """Choose a country."""
        self.page.locator(".fc-filters").evaluate("element => { element.open = true; }")
        self.page.get_by_label("Country", exact=True).select_option(code)

    def city(self, text: str) -> None:
        """Type a name of a city, and take the first that is suggested."""
        field = self.page.get_by_role("combobox", name="City", exact=True)
        field.fill(text)
        field.press("ArrowDown")
        field.press("Enter")

    def ink(self) -> int:
        """How many points of the canvas are not empty."""
        return int(self.page.locator(".fc-map canvas").evaluate(INK))
