"""The map of 26,000 partnerships, and the map as one file."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, expect

import friendcities as fc
from benchmarks.world import world
from friendcities.exporters.html_map import map_data, map_page
from friendcities.exporters.json_ld import as_script
from friendcities.web_assets import asset
from tests.site.browser.hostile import DATASET, HUB, TEXTS
from tests.site.browser.mapping import Map
from tests.site.browser.visiting import DESKTOP, DEVICES, PHONE, Visitor, grave_faults, width
from tests.worlds import changed

PARTNERSHIPS: Final = 26_000
DRAWN: Final = 2_000
ROWS: Final = 200


@pytest.fixture
def from_file(browser: Browser) -> Iterator[Visitor]:
    """A visitor who opens files, and for whom everything else is elsewhere."""
    visitor = Visitor(browser, "file://")
    yield visitor
    visitor.leave()


@pytest.fixture(scope="session")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with the map of a synthetic world, whose cities lie somewhere."""
    lot = random.Random(1)  # noqa: S311 - it is to be foreseen
    placed = [
        changed(
            each, coordinates=fc.Coordinates(latitude=lot.uniform(-55, 70), longitude=lot.uniform(-180, 180), point="?")
        )
        if isinstance(each, fc.City)
        else each
        for each in world()
    ]
    data = fc.Dataset(placed)
    told = as_script(map_data(data, data.partnerships(), {"city": ""}), "application/json", "fc-data")
    path = tmp_path_factory.mktemp("world") / "map.html"
    parts = (
        "<!doctype html><meta charset=utf-8><style>",
        asset("map.css"),
        "</style><body><div class='fc fc-map'>",
        told,
    )
    path.write_text("".join([*parts, "</div><script>", asset("map.js"), "</script>"]), encoding="utf-8")
    return path


def test_many_are_thinned_openly(from_file: Visitor, big: Path) -> None:
    """A part is drawn, and the page says which part; the table has all, some rows at a time."""
    page = from_file.open(str(big))
    shown = Map.on(page)
    shown.expect(DRAWN, ROWS)

    assert "26,000 partnerships of all cities today; 2,000 of 26,000 on the map, an even sample" in shown.told
    assert "(the first 200 rows of 26000)" in page.locator(".fc-map caption").inner_text()
    page.get_by_role("button", name="Show more rows").click()
    shown.expect(DRAWN, 2 * ROWS)
    assert [] == from_file.faults


def test_the_even_choice_stays_while_the_year_moves(from_file: Visitor, big: Path) -> None:
    """At each date the ones that are drawn are part of those that are there, and all of few."""
    shown = Map.on(from_file.open(f"{big}#on=1950"))
    expected = int(shown.told.split(" ")[0])
    shown.expect(expected, ROWS)

    assert 0 < expected < DRAWN
    shown.year("2019")
    shown.expect(DRAWN, ROWS)


def saved(folder: Path, data: fc.Dataset, city: str) -> Path:
    """The map of a city as one file."""
    path = folder / "map.html"
    path.write_text(map_page(data, city), encoding="utf-8")
    return path


@pytest.mark.parametrize(("device", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_one_file_is_all_it_needs(from_file: Visitor, tmp_path: Path, device: str, scheme: str) -> None:
    """Opened from a folder it asks nobody for anything, its policy stops nothing of it, and axe finds nothing grave."""
    page = from_file.open(str(saved(tmp_path, fc.dataset(), "Shanghai")), device, scheme)
    shown = Map.on(page)
    shown.expect(len(fc.partnerships_of("Shanghai")))
    shown.year("1985")
    shown.expect(len(fc.partnerships_of("Shanghai", on="1985")))

    assert "#on=1985" == shown.hash
    assert [] == grave_faults(page)
    assert width(page) <= DEVICES[device]["viewport"]["width"]
    assert [] == from_file.faults


def test_one_file_leads_to_the_sources_themselves(from_file: Visitor, tmp_path: Path) -> None:
    """One click from the arc or the row: to the source's own address, or to what this file tells of it."""
    page = from_file.open(str(saved(tmp_path, fc.dataset(), "Porto")))
    Map.on(page).expect(1)
    addresses = page.locator(".fc-map tbody a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    cited = [fc.source(each) for each in fc.partnership_between("Shanghai", "Porto").cites]

    assert {source.address or source.archived or f"#source-{source.id}" for source in cited} == set(addresses)
    expect(page.locator(".fc-sources li")).to_have_count(len(cited))


def test_the_policy_stops_what_is_not_in_the_file(from_file: Visitor, tmp_path: Path) -> None:
    """Should a text become markup after all, nothing of it would run or be loaded."""
    path = saved(tmp_path, fc.dataset(), "Porto")
    evil = "<script>document.title = 'taken over'</script><img src='https://elsewhere.example/x.png'></body>"
    path.write_text(path.read_text(encoding="utf-8").replace("</body>", evil), encoding="utf-8")
    page = from_file.open(str(path))
    Map.on(page).expect(1)

    assert "Partnerships of Porto" == page.title()
    assert 2 <= len([fault for fault in from_file.faults if "Content Security Policy" in fault])


def test_hostile_names_are_text_in_one_file(from_file: Visitor, tmp_path: Path) -> None:
    """In the table, and in the list of sources."""
    page = from_file.open(str(saved(tmp_path, DATASET, HUB)))
    Map.on(page).expect(len(TEXTS))

    assert sorted(TEXTS.values()) == sorted(page.locator(".fc-map tbody th").all_text_contents())
    assert set(TEXTS.values()) <= set(page.locator(".fc-sources bdi").all_text_contents())
    assert [] == page.locator("img, svg svg, b, script[src]").all()
    assert [] == from_file.faults
