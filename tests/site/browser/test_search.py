"""Newcomers' questions find their page, and a city is found by any of its names."""

from typing import Any, Final
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

import friendcities as fc
from friendcities.names.normalize import fold
from tests.site.browser.visiting import DESKTOP, DEVICES, PHONE, Visitor, grave_faults
from tests.site.built import HTML

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
QUESTIONS: Final = [
    ("how do I get Wikidata", "guides/world"),
    ("import csv", "guides/importing"),
    ("german csv", "guides/importing"),
    ("Berlin partners", "cities/de-berlin"),
    ("correct a date", "guides/contributing"),
    ("map for my website", "gallery"),
    ("cite", "guides/citing"),
    ("which source says 1976", "guides/citing"),
    ("Python 3.11 install", "tutorial"),
    ("export to excel", "guides/exporting"),
]
"""What newcomers type, and the page that answers it."""
SCRIPTS: Final = [
    ("上海", "上海"),
    ("横浜", "横浜市"),
    ("دبي", "دبي"),
    ("Санкт-Петербург", "Санкт-Петербург"),
    ("otepoti", "Ōtepoti"),
]
"""A name as it is typed, and as an excerpt marks it."""
PAGES_FOUND: Final = """async names => {
    const pagefind = await import("/pagefind/pagefind.js");
    await pagefind.options({ ranking: { metaWeights: { title: 0, kind: 0, names: 10 } } });
    const found = [];
    for (const name of names) {
        const { results } = await pagefind.search(name);
        found.push((await Promise.all(results.slice(0, FIRST).map(each => each.data()))).map(each => each.raw_url));
    }
    return found;
}"""
"""Asks what the form asks, without showing it."""
FIRST: Final = 8
"""Some names belong to several cities."""
FOLDER_SEARCH: Final = """names => names.map(name =>
    Search._performSearch(...Search._parseQuery(name)).reverse().map(found => found[0]))"""
"""The same for the search from a folder, once its index is there."""
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


def first_results(visitor: Visitor, query: str) -> list[str]:
    """The addresses of the first three results, without the ending."""
    page = visitor.open(f"search.html?{urlencode({'q': query})}")
    expect(page.locator(".search-summary")).to_contain_text("Search finished")
    links = page.locator("ul.search > li > a:first-child").all()[:3]
    return [str(link.get_attribute("href")).removeprefix("./").removesuffix(".html") for link in links]


@pytest.mark.parametrize(("query", "answer"), QUESTIONS)
def test_a_question_finds_its_page(visitor: Visitor, query: str, answer: str) -> None:
    """The page that answers a question of a newcomer is among the first three results."""
    assert answer in first_results(visitor, query)
    assert [] == visitor.faults


@pytest.mark.parametrize(("query", "marked"), SCRIPTS)
def test_excerpts_are_in_every_script(visitor: Visitor, query: str, marked: str) -> None:
    """The first result shows an excerpt in which the name is marked."""
    page = visitor.open(f"search.html?{urlencode({'q': query})}")

    expect(page.locator("ul.search li").first.locator(".context mark").filter(has_text=marked).first).to_be_visible()


def test_no_page_is_found_twice(visitor: Visitor) -> None:
    """Each result is another page, also after more results are asked for."""
    page = visitor.open("search.html?q=import+csv+files")
    page.get_by_role("button", name="More results").click()
    expect(page.locator("ul.search > li").nth(10)).to_be_visible()
    found = page.locator("ul.search > li > a:first-child").evaluate_all("links => links.map(link => link.href)")

    assert sorted(set(found)) == sorted(found)


def test_guides_come_before_the_reference(visitor: Visitor) -> None:
    """A question that guides and the reference answer lists a guide first."""
    found = first_results(visitor, "merge datasets")

    assert "guides/merging" == found[0]


@pytest.mark.parametrize("key", ["/", "Control+k"])
def test_a_key_leads_to_the_search(visitor: Visitor, key: str) -> None:
    """The key goes to the field of the search on the page."""
    page = visitor.open("guides/citing.html")
    page.keyboard.press(key)

    expect(page.get_by_role("textbox", name="Search")).to_be_focused()
    assert "" == page.get_by_role("textbox", name="Search").input_value()


def test_a_key_opens_the_search_page(visitor: Visitor) -> None:
    """Where the field is hidden, the key opens the page of the search."""
    page = visitor.open("guides/citing.html", PHONE)
    page.keyboard.press("/")

    page.wait_for_url("**/search.html")


def test_results_follow_the_typing(visitor: Visitor) -> None:
    """The page of the search searches as one types, keeps the address, and shows markup as text."""
    page = visitor.open("search.html")
    page.get_by_role("searchbox").fill("Dunedin")
    expect(page.locator("ul.search a").first).to_have_text("Dunedin")
    page.get_by_role("searchbox").fill("<img src=x onerror=alert(1)>")
    expect(page.locator(".search-summary")).to_contain_text("Search finished")

    assert page.url.endswith("q=%3Cimg+src%3Dx+onerror%3Dalert%281%29%3E")
    assert [] == visitor.faults


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_results_are_accessible(visitor: Visitor, scheme: str) -> None:
    """Axe finds no serious fault on a page of results."""
    page = visitor.open("search.html?q=Dunedin", scheme=scheme)
    expect(page.locator(".search-summary")).to_contain_text("Search finished")

    assert [] == grave_faults(page)


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
    page = visitor.open("index.html")
    found: list[list[str]] = page.evaluate(PAGES_FOUND.replace("FIRST", "1"), [query for query, _ in ASKED])

    assert [(query, [f"/cities/{city}.html"]) for query, city in ASKED] == [
        (query, pages) for (query, _), pages in zip(ASKED, found, strict=True)
    ]


def test_every_name_of_every_city_finds_it(visitor: Visitor) -> None:
    """The search finds each city by each of its names, also as it is typed without accents and case."""
    page = visitor.open("index.html")
    asked = names_to_ask()
    found: list[list[str]] = page.evaluate(PAGES_FOUND.replace("FIRST", str(FIRST)), [query for _, query in asked])

    assert asked
    assert [] == [
        (city, query) for (city, query), pages in zip(asked, found, strict=True) if f"/cities/{city}.html" not in pages
    ]


def test_the_search_from_a_folder_finds_every_name(browser: Browser) -> None:
    """Without a server, each city is found by each of its names, and is the first result for its best-known ones."""
    visitor = Visitor(browser, f"{HTML.as_uri()}/")
    page = visitor.open("search.html?q=nothing")
    page.wait_for_function("typeof Search === 'object' && Search.hasIndex()")
    asked = names_to_ask()
    found: list[list[str]] = page.evaluate(FOLDER_SEARCH, [query for _, query in asked])
    best: list[list[str]] = page.evaluate(FOLDER_SEARCH, [query for query, _ in ASKED])
    visitor.leave()

    assert [] == [
        (city, query) for (city, query), pages in zip(asked, found, strict=True) if f"cities/{city}" not in pages
    ]
    assert [(query, f"cities/{city}") for query, city in ASKED] == [
        (query, pages[0]) for (query, _), pages in zip(ASKED, best, strict=True)
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
