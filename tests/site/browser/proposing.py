"""The proposal form in a browser: how it is filled, and the files that come of it."""

from pathlib import Path
from typing import Final

import attrs
from playwright.sync_api import Page, expect

__all__ = ["Form", "put"]

FOLDER: Final = "src/friendcities/data"


@attrs.frozen
class Form:
    """The form on a page that is open."""

    page: Page

    def write(self, id_: str, text: str) -> None:
        """Write into a field."""
        self.page.locator(f"#{id_}").fill(text)

    def choose(self, id_: str, value: str) -> None:
        """Choose one of the values that a field offers."""
        self.page.locator(f"#{id_}").select_option(value)

    def find(self, id_: str, text: str) -> None:
        """Type into a field that suggests, and take what is suggested first."""
        field = self.page.locator(f"#{id_}")
        field.fill(text)
        field.press("ArrowDown")
        field.press("Enter")

    def date(self, id_: str, year: str, month: str = "", day: str = "") -> None:
        """Write a date, as precisely as it is known."""
        self.write(id_, year)
        parts = self.page.locator(f"#{id_} ~ *")
        parts.nth(0).select_option(month)
        parts.nth(1).fill(day)

    def new(self, part: str) -> None:
        """Say that a city or a source is not on record."""
        self.page.locator(f"#{part}-new").check()

    def make(self) -> dict[str, str]:
        """Have the files made: their texts, by where they belong in a register."""
        self.page.get_by_role("button", name="Make the files").click()
        expect(self.page.locator(".fc-file").first).to_be_visible()
        paths = self.page.locator(".fc-file h3").all_text_contents()
        texts = self.page.locator(".fc-file pre").all_text_contents()
        assert all(path.startswith(f"{FOLDER}/") for path in paths)
        return {path.removeprefix(f"{FOLDER}/"): text for path, text in zip(paths, texts, strict=True)}

    def refusals(self) -> dict[str, str]:
        """Try to have the files made: what is wrong, by field."""
        self.page.get_by_role("button", name="Make the files").click()
        expect(self.page.locator(".fc-result h2")).to_have_count(0)
        wrong = self.page.locator(".fc-field .fc-wrong:not(:empty):visible")
        told = wrong.evaluate_all("all => all.map(each => [each.id.replace(/-wrong$/, ''), each.textContent])")
        return dict(told)

    def fill_simple(self) -> None:
        """Answer as simply as can be: two cities on record, a source on record."""
        self.find("first-city", "Porto")
        self.find("second-city", "横浜")
        self.choose("action", "established")
        self.date("date", "1990")
        self.find("source", "shine-2023-12-02")
        self.write("locator", "paragraph 4")

    def fill_new(self) -> None:
        """Answer with a city and a source that are not on record."""
        self.find("first-city", "Hiroshima")
        self.new("second")
        self.write("second-name", "Exempleville")
        self.choose("second-country", "FR")
        self.choose("second-subdivision", "FR-69M")
        self.choose("second-level", "municipality")
        self.write("second-other", "エグザンプルヴィル")
        self.find("second-other-language", "Japanese")
        self.choose("second-other-kind", "exonym")
        self.choose("action", "established")
        self.date("date", "1959", "04", "7")
        self.choose("kind", "sister_city")
        self.write("term", "姉妹都市")
        self.find("term-language", "Japanese")
        self.new("source")
        self.write("source-title", "Sister and friendship cities")
        self.write("source-publisher", "The City of Hiroshima (Japan)")
        self.choose("source-kind", "city_government")
        self.page.locator("#source-speaks-for input").first.check()
        self.date("source-published", "2024", "03")
        self.find("source-language", "Japanese")
        self.write("source-address", "https://hiroshima.example/sister-cities")
        self.write("locator", "row of Exempleville")


def put(files: dict[str, str], root: Path) -> None:
    """Write files into a register."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
