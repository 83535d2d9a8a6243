"""A city is found by any of its names."""

from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

import friendcities as fc
from friendcities.names.normalize import fold
from tests.site.browser.visiting import DESKTOP, DEVICES, Visitor

ASKED: Final = [
    ("上海", "cn-shanghai"),
    ("Shanghai", "cn-shanghai"),
    ("SHANGHAI", "cn-shanghai"),
    ("上海市", "cn-shanghai"),
    ("Ōtepoti", "nz-dunedin"),
    ("otepoti", "nz-dunedin"),
    ("达尼丁", "nz-dunedin"),
    ("Dunedin", "nz-dunedin"),
    ("横浜", "jp-yokohama"),
    ("Göteborg", "se-gothenburg"),
    ("goteborg", "se-gothenburg"),
    ("Санкт-Петербург", "ru-saint-petersburg"),
]
SEARCH: Final = """names => names.map(name =>
    Search._performSearch(...Search._parseQuery(name)).reverse().map(found => found[0]))"""
"""Asks what the form asks, once the index is there, without showing it."""
NARROW: Final = """(table, names) => {
    const input = document.querySelector(".catalogue .filter input");
    return names.map(name => {
        input.value = name;
        input.dispatchEvent(new Event("input"));
        return [...table.tBodies[0].rows].filter(row => !row.hidden).map(row => row.querySelector("a").pathname);
    });
}"""


def names_to_ask() -> list[tuple[str, str]]:
    """Each city with each of its names, also as it is typed without accents and case."""
    names = {(city.id, name) for city in fc.cities() for name in (city.name, *(each.text for each in city.names))}
    return sorted({(city, query) for city, name in names for query in (name, fold(name))})


def search_for(page: Page, query: str) -> None:
    """Type into the search of a page, and wait for the results."""
    page.get_by_role("textbox", name="Search").fill(query)
    page.keyboard.press("Enter")
    expect(page.locator(".search-summary")).to_contain_text("Search finished")


@pytest.mark.parametrize(("query", "city"), [("上海", "cn-shanghai"), ("otepoti", "nz-dunedin")])
def test_the_first_result_is_followed(visitor: Visitor, query: str, city: str) -> None:
    """Who types a name into the search and follows the first result is on the page of the city."""
    page = visitor.open("index.html")
    search_for(page, query)
    page.locator("ul.search a").first.click()
    page.wait_for_url(f"**/cities/{city}.html**")

    assert fc.city(city).name in page.title()
    assert [] == visitor.faults


def test_the_first_result_is_the_city(visitor: Visitor) -> None:
    """Whatever its language, case and accents, a name has the city as its first result."""
    page = visitor.open("search.html?q=nothing")
    page.wait_for_function("Search.hasIndex()")
    found: list[list[str]] = page.evaluate(SEARCH, [query for query, _ in ASKED])

    assert [(query, f"cities/{city}") for query, city in ASKED] == [
        (query, pages[0]) for (query, _), pages in zip(ASKED, found, strict=True)
    ]


def test_every_name_of_every_city_finds_it(visitor: Visitor) -> None:
    """The search finds each city by each of its names, also as it is typed without accents and case."""
    page = visitor.open("search.html?q=nothing")
    page.wait_for_function("Search.hasIndex()")
    asked = names_to_ask()
    found: list[list[str]] = page.evaluate(SEARCH, [query for _, query in asked])

    assert asked
    assert [] == [
        (city, query) for (city, query), pages in zip(asked, found, strict=True) if f"cities/{city}" not in pages
    ]


def test_every_name_narrows_the_list_of_cities(visitor: Visitor) -> None:
    """The field above the list of cities leaves the city there by each of its names, also without accents and case."""
    page = visitor.open("cities/index.html")
    asked = names_to_ask()
    left: list[Any] = page.locator(".catalogue-table").evaluate(NARROW, [query for _, query in asked])

    assert [] == [
        (city, query) for (city, query), pages in zip(asked, left, strict=True) if f"/cities/{city}.html" not in pages
    ]


def test_the_list_of_cities_is_narrowed_as_one_types(visitor: Visitor) -> None:
    """Only the cities with such a name stay, and how many they are is told."""
    page = visitor.open("cities/index.html")
    page.get_by_label("Find a city by any of its names or its country:").press_sequentially("otepo")

    assert ["Dunedin"] == page.locator(".catalogue-table tbody tr:visible th").all_inner_texts()
    assert f"1 of {len(fc.dataset().cities())}" == page.locator(".filter output").inner_text()


@pytest.mark.parametrize("device", DEVICES)
def test_the_search_is_at_hand(visitor: Visitor, device: str) -> None:
    """The search is on the page, or one touch away."""
    page = visitor.open("cities/nz-dunedin.html", device)
    if device != DESKTOP:
        page.locator("label[for=__navigation]:visible").first.click()
    search_for(page, "上海")

    assert "Shanghai" == page.locator("ul.search a").first.inner_text()
