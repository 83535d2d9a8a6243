"""The map: what it shows is what the library answers, however it is asked and by whom."""

from collections import Counter
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

import friendcities as fc
from tests.site.browser.hostile import TEXTS
from tests.site.browser.mapping import LATEST, Map
from tests.site.browser.visiting import COLOURS, DESKTOP, DEVICES, PHONE, PHONE_WIDTH, Visitor, grave_faults, width
from tests.site.built import document

MAP: Final = "map.html"
ROWS: Final = 200
"""The number of rows that the table shows first."""


def ids(city: str = "Shanghai", **asked: Any) -> list[str]:
    """The ids of the partnerships that the library answers with, in its order."""
    return [tie.id for tie in fc.partnerships_of(city, **asked)]


@pytest.fixture
def shown(visitor: Visitor) -> Map:
    """The map as it opens."""
    return Map.on(visitor.open(MAP))


def test_it_opens_with_shanghai_today(shown: Map) -> None:
    """Every active partnership is an arc and a row, in the order of the library, and something is drawn."""
    number = len(ids())
    shown.expect(number)

    assert ids() == shown.ties
    assert shown.told.startswith(f"{number} partnerships of Shanghai today; {number} of {number} on the map")
    assert ". Coverage of Shanghai: partial; " in shown.told
    assert "; coverage: partial; " in shown.page.locator(".fc-map caption").inner_text()
    assert shown.ink() > 10_000


def test_a_year_can_be_chosen(shown: Map) -> None:
    """The slider goes back to the end of a year, and says so to everybody."""
    number = len(ids(on="1985"))
    shown.expect(len(ids()))
    shown.year("1985")
    shown.expect(number)

    assert ids(on="1985") == shown.ties
    assert shown.told.startswith(
        f"{number} partnerships of Shanghai at the end of 1985; {number} of {number} on the map"
    )
    assert "end of 1985" == shown.page.get_by_role("slider", name="Year").get_attribute("aria-valuetext")
    shown.year(LATEST)
    shown.expect(len(ids()))


def test_every_year_is_as_the_library_answers(shown: Map) -> None:
    """Wherever the slider stands, what was in force at the end of that year is shown."""
    for year in range(1973, 2026, 4):
        shown.year(str(year))
        expected = ids(on=str(year))
        shown.expect(len(expected))

        assert expected == shown.ties


@pytest.mark.parametrize(
    ("boxes", "asked", "told"),
    [
        (["proposed"], {"status": ["active", "proposed"]}, "status=active,proposed"),
        (["active", "ended", "suspended"], {"status": ["ended", "suspended"]}, "status=suspended,ended"),
        (["sister_city"], {"kind": ["friendship_city", "friendly_exchange", "unspecified"]}, "kind=friendship_city,"),
        (["official", "listed"], {"reliability": "reported"}, "reliability=reported"),
    ],
    ids=["status", "another status", "kind", "reliability"],
)
def test_each_filter_changes_map_and_table_alike(
    shown: Map, boxes: list[str], asked: dict[str, Any], told: str
) -> None:
    """A box that is ticked or not lets through what the library lets through, and stands in the address."""
    for box in boxes:
        shown.tick(box)
    expected = ids(**asked)
    shown.expect(len(expected))

    assert expected == shown.ties
    assert told in shown.hash


def test_the_country_changes_map_and_table_alike(shown: Map) -> None:
    """The country is the partner's."""
    shown.country("JP")
    expected = ids(country="JP")
    shown.expect(len(expected))

    assert expected == shown.ties
    assert "#country=JP" == shown.hash


def test_filters_fit_the_state_at_the_date(visitor: Visitor) -> None:
    """Kind and status are those of the date that is shown, and not those of today."""
    shown = Map.on(visitor.open(f"{MAP}#on=1990&kind=friendly_exchange"))
    expected = ids(on="1990", kind="friendly_exchange")
    shown.expect(len(expected))

    assert expected == shown.ties


@pytest.mark.parametrize(
    ("typed", "city"), [("横浜", "Yokohama"), ("otepoti", "Dunedin"), ("pudong", "Pudong New Area")]
)
def test_a_city_is_found_by_any_of_its_names(shown: Map, typed: str, city: str) -> None:
    """Without accents and in any language, with the keyboard alone."""
    shown.city(typed)
    expected = ids(city)
    shown.expect(len(expected))

    assert expected == shown.ties
    assert f"of {city} today" in shown.told
    assert f"#city={fc.city(city).id}" == shown.hash


def test_all_cities_are_shown_together(shown: Map) -> None:
    """Each partnership on record once, with both of its cities in the table."""
    shown.page.get_by_role("button", name="All cities").click()
    expected = [tie for tie in fc.partnerships() if tie.state.status is fc.Status.ACTIVE]
    shown.expect(len(expected), rows=min(len(expected), ROWS))

    assert {tie.id for tie in expected} >= set(shown.ties)
    assert "City" == shown.page.locator(".fc-map th").first.inner_text()


def test_a_shared_address_reopens_the_view(shown: Map, visitor: Visitor) -> None:
    """What was chosen by hand is there again at the address that came of it."""
    shown.year("2004")
    shown.tick("proposed")
    shown.tick("sister_city")
    shown.country("KR")
    expected = ids(
        on="2004",
        status=["active", "proposed"],
        kind=["friendship_city", "friendly_exchange", "project_partnership", "contact", "unspecified"],
        country="KR",
    )
    shown.expect(len(expected))
    again = Map.on(visitor.open(MAP + shown.page.evaluate("location.hash")))
    again.expect(len(expected))

    assert expected
    assert shown.ties == again.ties == expected
    assert shown.told == again.told
    assert shown.hash == again.hash


def test_an_address_typed_over_another_is_followed(shown: Map) -> None:
    """The page need not be loaded anew."""
    shown.page.evaluate("location.hash = '#city=nz-dunedin'")
    shown.expect(len(ids("Dunedin")))

    assert ids("Dunedin") == shown.ties


def test_an_address_that_tells_nothing_is_no_harm(shown: Map, visitor: Visitor) -> None:
    """What cannot be is left out; what is left is what the address says."""
    for address in ("#on=soon", "#country=XX", "#kind=%3Cscript%3E,sister", "#%%%", "#top"):
        shown.page.evaluate("hash => { location.hash = hash; }", address)
        shown.expect(len(ids()))
    assert [] == visitor.faults


def test_the_slider_and_the_arcs_are_reached_by_the_keyboard(shown: Map) -> None:
    """An arrow moves the year; on the map it goes from one partnership to the next, and tells of it."""
    shown.expect(len(ids()))
    slider = shown.page.get_by_role("slider", name="Year")
    slider.press("Home")
    shown.expect(len(ids(on=str(slider.get_attribute("min")))))
    shown.year("1973")
    shown.expect(len(ids(on="1973")))
    slider.press("ArrowRight")
    shown.expect(len(ids(on="1974")))
    canvas = shown.page.locator(".fc-map canvas")
    canvas.press("ArrowRight")
    expect(shown.page.locator(".fc-card strong")).to_have_text("Shanghai – Yokohama")
    canvas.press("ArrowRight")
    expect(shown.page.locator(".fc-card strong")).to_have_text("Shanghai – Osaka")
    canvas.press("ArrowLeft")
    canvas.press("ArrowLeft")
    expect(shown.page.locator(".fc-card strong")).to_have_text("Shanghai – Osaka")


def test_it_plays_from_the_first_year_to_today(shown: Map) -> None:
    """And can be paused where one likes."""
    shown.expect(len(ids()))
    shown.page.get_by_role("button", name="Play").click()
    year = shown.page.locator(".fc-year output")
    expect(year).not_to_have_text(LATEST)
    shown.page.get_by_role("button", name="Pause").click()
    paused = year.inner_text()
    shown.expect(len(ids(on=paused)))

    assert paused == year.inner_text()
    assert "Play" in shown.page.locator(".fc-year button").inner_text()


def test_the_curve_leads_to_a_year(shown: Map) -> None:
    """A click on it chooses the year below."""
    shown.expect(len(ids()))
    curve = shown.page.locator(".fc-growth")
    box = curve.bounding_box()
    assert box is not None
    curve.click(position={"x": 41, "y": box["height"] / 2})
    first = str(shown.page.get_by_role("slider", name="Year").get_attribute("min"))
    count = len(ids(on=first))
    shown.expect(count)

    assert f"#on={first}" == shown.hash
    assert f"from {count} in {first} to {len(ids())} in " in str(curve.get_attribute("aria-label"))


def arc_at(shown: Map, city: str) -> dict[str, float]:
    """Where on the canvas the dot of a partner is: found by pointing at every place of a grid around it."""
    found: dict[str, float] = shown.page.evaluate(
        """async city => {
            const canvas = document.querySelector('.fc-map canvas');
            const {left, top, width, height} = canvas.getBoundingClientRect();
            for (let y = 4; y < height; y += 5) for (let x = 4; x < width; x += 5) {
                const at = {clientX: left + x, clientY: top + y, pointerType: 'mouse', bubbles: true};
                canvas.dispatchEvent(new PointerEvent('pointermove', at));
                const card = document.querySelector('.fc-card strong');
                if (card && card.textContent.endsWith(city)) return {x, y};
            }
        }""",
        city,
    )
    return found


def test_the_source_of_an_arc_is_one_click_away(shown: Map) -> None:
    """Pointing at an arc tells of it, with the links to its sources; a click keeps that while the pointer moves on."""
    shown.expect(len(ids()))
    place = arc_at(shown, "Dunedin")
    canvas = shown.page.locator(".fc-map canvas")
    canvas.click(position=place)  # type: ignore[arg-type]
    canvas.hover(position={"x": 5, "y": 5})
    sources = shown.page.locator(".fc-card ul a")
    addresses = [link.get_attribute("href") for link in sources.all()]
    cited = {item.source for step in fc.partnership_between("Shanghai", "Dunedin").steps for item in step.evidence}

    assert {f"sources/{source}.html" for source in cited} == set(addresses)
    sources.first.click()
    assert "/sources/" in shown.page.url


def test_the_legend_counts_the_kinds(shown: Map) -> None:
    """Where nothing is marked, the card names the kinds of the view, and the number of inactive partnerships."""
    legend = shown.page.locator(".fc-card .fc-key li")
    expected = Counter(tie.state.kind.value.replace("_", " ") for tie in fc.partnerships_of("Shanghai"))
    shown.expect(len(ids()))
    assert [f"{kind} {count}" for kind, count in expected.most_common()] == legend.all_inner_texts()

    shown.tick("proposed")
    proposed = len(ids(status="proposed"))
    expect(legend.last).to_have_text(f"not active {proposed}")
    shown.page.locator(".fc-map canvas").press("ArrowRight")
    expect(legend.first).to_be_hidden()


def test_the_map_is_on_the_first_screen(shown: Map) -> None:
    """On a desktop, nothing pushes the map below the edge of the window."""
    box = shown.page.locator(".fc-map canvas").bounding_box()

    assert box is not None
    assert box["y"] + box["height"] <= DEVICES[DESKTOP]["viewport"]["height"]


def test_on_a_phone_the_table_is_text(visitor: Visitor) -> None:
    """No row has to be moved sideways."""
    page = visitor.open(MAP, PHONE)
    Map.on(page).expect(len(ids()))
    sideways = page.locator(".fc-scrolled").evaluate("box => box.scrollWidth - box.clientWidth")
    cells = page.locator("tr[data-partnership='cn-shanghai--nz-dunedin'] > :not(:first-child, :last-child)")
    before = cells.evaluate_all("all => all.map(cell => getComputedStyle(cell, '::before').content)")

    assert 0 == sideways
    assert ['" · "'] * 5 == before


def test_pointing_at_nothing_tells_of_nothing(shown: Map) -> None:
    """Where nothing is marked, the card says how to mark something."""
    shown.expect(len(ids()))
    shown.page.locator(".fc-map canvas").click(position={"x": 5, "y": 5})

    assert "Point at an arc" in shown.page.locator(".fc-card").inner_text()


def test_every_row_leads_to_the_history_and_the_sources(shown: Map) -> None:
    """All links of the table are to pages of the catalogue that are there, and to the place of each partnership."""
    shown.expect(len(ids()))
    addresses = shown.page.locator(".fc-map tbody a").evaluate_all("all => all.map(a => a.getAttribute('href'))")

    assert len(addresses) > 3 * len(ids())
    for address in addresses:
        page, _, place = address.partition("#")
        assert not place or place in document(page).ids


def test_a_row_marks_its_arc(shown: Map) -> None:
    """Focusing a link of a row tells of the same partnership as its arc does."""
    shown.expect(len(ids()))
    shown.page.locator("tr[data-partnership='cn-shanghai--nz-dunedin'] th a").focus()

    expect(shown.page.locator(".fc-card strong")).to_have_text("Shanghai – Dunedin")


def test_closer_and_further_away(shown: Map) -> None:
    """The map can be brought nearer and moved, and goes back to the whole world."""
    shown.expect(len(ids()))
    canvas = shown.page.locator(".fc-map canvas")
    before = shown.ink()
    for _ in range(3):
        shown.page.get_by_role("button", name="Zoom in").click()
    expect(canvas).to_have_class("fc-near")
    canvas.drag_to(canvas, source_position={"x": 300, "y": 150}, target_position={"x": 200, "y": 100})
    for _ in range(9):
        shown.page.get_by_role("button", name="Zoom out").click()
    expect(canvas).to_have_class("")
    shown.page.evaluate("new Promise(requestAnimationFrame)")

    assert abs(before - shown.ink()) < before / 100


@pytest.mark.parametrize(("device", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_axe_finds_no_grave_fault_in_any_state(visitor: Visitor, device: str, scheme: str) -> None:
    """With suggestions open, the filters open, a partnership marked."""
    page = visitor.open(MAP, device, scheme)
    Map.on(page).expect(len(ids()))
    page.locator(".fc-filters").evaluate("element => { element.open = true; }")
    page.locator(".fc-map canvas").press("ArrowRight")
    page.get_by_role("combobox", name="City", exact=True).fill("s")

    assert [] == grave_faults(page, None if scheme == "light" else COLOURS)
    assert [] == visitor.faults
    assert width(page) <= DEVICES[device]["viewport"]["width"]


def test_it_follows_the_theme(shown: Map) -> None:
    """The map is drawn anew when the reader's preference changes, while it is open."""
    shown.expect(len(ids()))
    before = picture(shown.page)
    shown.page.emulate_media(color_scheme="dark")
    shown.page.evaluate("new Promise(next => requestAnimationFrame(() => requestAnimationFrame(next)))")

    assert before != picture(shown.page)


def picture(page: Page) -> str:
    """What is on the canvas."""
    return str(page.locator(".fc-map canvas").evaluate("canvas => canvas.toDataURL()"))


def test_hostile_names_are_text(hostile: Visitor) -> None:
    """In the table, in the suggestions, in the card and in what is said of the map."""
    page = hostile.open("map.html")
    shown = Map.on(page)
    shown.expect(len(TEXTS))
    names = page.locator(".fc-map tbody th").all_text_contents()

    assert sorted(TEXTS.values()) == sorted(names)
    page.get_by_role("combobox", name="City", exact=True).fill("")
    labels = page.locator(".fc-suggestions li").all_text_contents()
    assert 12 == len([label for label in labels if label.removesuffix(", New Zealand") in {*TEXTS.values(), "Hub"}])
    page.keyboard.press("Escape")
    told = []
    for _ in TEXTS:
        page.locator(".fc-map canvas").press("ArrowRight")
        told.append(str(page.locator(".fc-card strong").text_content()).removeprefix("Hub – "))
    assert names == told
    assert [] == page.locator(".fc-map img, .fc-map svg svg, .fc-map b, .fc-map script:not(.fc-data)").all()
    assert [] == hostile.faults


def test_a_hostile_city_is_shown_as_it_is(hostile: Visitor) -> None:
    """What is said of its map holds its name as it is, and the page is not too wide for a phone."""
    page = hostile.open("map.html", PHONE)
    for key, text in TEXTS.items():
        page.evaluate("hash => { location.hash = hash; }", f"#city=nz-{key}")
        expect(page.locator(".fc-summary")).to_contain_text("1 partnership of ")

        assert f"1 partnership of {text} today" in str(page.locator(".fc-summary").text_content())
        assert width(page) <= PHONE_WIDTH
    assert [] == hostile.faults


@pytest.mark.parametrize(
    ("name", "words"), [("status", fc.Status), ("kind", fc.PartnershipKind), ("reliability", fc.Reliability)]
)
def test_every_word_of_a_vocabulary_is_offered(shown: Map, name: str, words: Any) -> None:
    """Whatever the library filters by can be chosen here."""
    offered = shown.page.locator(f"input[name={name}]").evaluate_all("all => all.map(box => box.value)")

    assert sorted(words) == sorted(offered)
