"""What a user does with a view of the map: keep a card, zoom, see why it is empty, download it."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Locator, expect

import friendcities as fc
from friendcities.exporters.html_map import map_page
from tests.site.browser.mapping import Map
from tests.site.browser.visiting import DESKTOP, PHONE, Visitor

CENTRE_COLOURS: Final = """canvas => {
    const copy = Object.assign(document.createElement("canvas"), { width: 1, height: canvas.height });
    const context = copy.getContext("2d", { willReadFrequently: true });
    context.drawImage(canvas, -Math.round(canvas.width / 2), 0);
    const { data } = context.getImageData(0, 0, 1, canvas.height);
    const at = place => [...data.slice(4 * place, 4 * place + 3)].join();
    return [...Array(canvas.height).keys()].map(at);
}"""
PATTERNS: Final = """() => {
    const used = [];
    const set = CanvasRenderingContext2D.prototype.setLineDash;
    CanvasRenderingContext2D.prototype.setLineDash = function (pattern) {
        used.push(pattern.join());
        set.call(this, pattern);
    };
    return ["beforeprint", "afterprint"].map(name => { dispatchEvent(new Event(name)); return used.splice(0); });
}"""
"""The patterns of lines that are drawn for paper, and those that are drawn for the screen again."""
ACCENT: Final = "10,75,255"
"""The colour of the selected city in the light theme of the file."""


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The map of Shanghai as one file."""
    path = tmp_path_factory.mktemp("map") / "map.html"
    path.write_text(map_page(fc.dataset(), "Shanghai"), encoding="utf-8")
    return path


@pytest.fixture
def opened(browser: Browser, file: Path) -> Iterator[Callable[..., Map]]:
    """Open a view of the map; nothing may go wrong on any page."""
    visitor = Visitor(browser, "file://")

    def open_view(view: str = "", device: str = DESKTOP) -> Map:
        return Map.on(visitor.open(f"{file}{view}", device))

    yield open_view
    visitor.leave()
    assert [] == visitor.faults


def card(shown: Map) -> Locator:
    """The card of the selected partnership."""
    return shown.page.locator(".fc-card")


def point_at(shown: Map, city: str) -> dict[str, float]:
    """Point at the canvas, from place to place, until the card shows a partner; return the middle of its place."""
    found: dict[str, float] = shown.page.evaluate(
        """city => {
            const canvas = document.querySelector('.fc-map canvas');
            const {left, top, width, height} = canvas.getBoundingClientRect();
            const shows = (x, y) => {
                const at = {clientX: left + x, clientY: top + y, pointerType: 'mouse', bubbles: true};
                canvas.dispatchEvent(new PointerEvent('pointermove', at));
                return document.querySelector('.fc-card strong')?.textContent.endsWith(city);
            };
            for (let y = 4; y < height; y += 5) for (let x = 4; x < width; x += 5) if (shows(x, y)) {
                const near = [];
                for (let b = y; b < y + 15; b += 1) for (let a = x - 15; a < x + 15; a += 1)
                    if (shows(a, b)) near.push([a, b]);
                const middle = index => near.reduce((sum, place) => sum + place[index], 0) / near.length;
                const place = {x: Math.round(middle(0)), y: Math.round(middle(1))};
                return shows(place.x, place.y) && place;
            }
        }""",
        city,
    )
    return found


def table_top(shown: Map) -> float:
    """The place of the table on the page."""
    top: float = shown.page.locator(".fc-table").evaluate("table => table.getBoundingClientRect().top + scrollY")
    return top


def accents(shown: Map) -> list[int]:
    """The places on the middle line of the canvas that have the colour of the selected city."""
    shown.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    colours = shown.page.locator(".fc-map canvas").evaluate(CENTRE_COLOURS)
    return [place for place, colour in enumerate(colours) if colour == ACCENT]


def test_a_clicked_card_stays_until_it_is_closed(opened: Callable[..., Map]) -> None:
    """The pointer and the rows of the table do not change it, and the table stays in its place."""
    shown = opened()
    before = table_top(shown)
    canvas = shown.page.locator(".fc-map canvas")
    canvas.click(position=point_at(shown, "Milan"))  # type: ignore[arg-type]
    shown.page.locator(".fc-table tbody tr").first.hover()
    canvas.hover(position={"x": 5, "y": 5})

    expect(card(shown).locator("strong")).to_have_text("Shanghai – Milan")
    assert before == table_top(shown)
    card(shown).hover()
    expect(card(shown).locator("ul a").first).to_be_visible()
    shown.page.keyboard.press("Escape")
    expect(card(shown)).to_contain_text("Point at an arc")
    canvas.press("ArrowRight")
    card(shown).get_by_role("button", name="Close").click()
    expect(card(shown)).to_contain_text("Point at an arc")
    assert before == table_top(shown)


def test_the_card_has_each_contrary_date_and_its_source(opened: Callable[..., Map]) -> None:
    """A dispute names the recorded step, the other date, and the source that claims it, as a link."""
    shown = opened()
    shown.page.locator(".fc-map canvas").click(position=point_at(shown, "Milan"))  # type: ignore[arg-type]
    [step] = [each for each in fc.partnership_between("Shanghai", "Milan").steps if each.disputed]
    dates = [str(item.claims["date"]) for item in step.evidence if step.contradicted_by(item)]
    dispute = card(shown).locator(".fc-dispute")

    expect(dispute).to_contain_text(f"Disputed: established {step.date}")
    for date in dates:
        expect(dispute).to_contain_text(f"contrary claim: date {date} (")
    assert len(dates) == dispute.locator("a").count()


@pytest.mark.parametrize("year", ["1980", "1990", "2010"])
def test_the_curve_and_the_axis_agree(opened: Callable[..., Map], year: str) -> None:
    """The mark of a year and the step of the curve in that year stand above the label of the year."""
    shown = opened(f"#on={year}")
    label = shown.page.locator(".fc-growth text", has_text=re.compile(f"^{year}$")).get_attribute("x")
    marker = str(shown.page.locator(".fc-growth path.fc-marker").get_attribute("d"))
    steps = re.findall(r"V([\d.]+)H([\d.]+)", str(shown.page.locator(".fc-growth .fc-curve").get_attribute("d")))
    first = int(str(shown.page.get_by_role("slider", name="Year").get_attribute("min")))

    assert label is not None
    assert marker.startswith(f"M{label} ")
    assert float(label) == pytest.approx(float(steps[int(year) - first - 1][1]), abs=0.1)  # the end of the year before


def test_the_wheel_and_a_double_click_zoom_toward_the_pointer(opened: Callable[..., Map]) -> None:
    """The partner under the pointer stays under it."""
    shown = opened()
    canvas = shown.page.locator(".fc-map canvas")
    place: Any = point_at(shown, "Dunedin")
    canvas.hover(position=place)
    for _ in range(4):
        shown.page.mouse.wheel(0, -100)
    expect(canvas).to_have_class("fc-near")
    canvas.hover(position={"x": place["x"] + 1, "y": place["y"]})
    expect(card(shown).locator("strong")).to_have_text("Shanghai – Dunedin")
    shown.page.get_by_role("button", name="Reset zoom").click()
    expect(canvas).to_have_class("")
    canvas.dblclick(position=place)
    expect(canvas).to_have_class("fc-near")
    expect(card(shown).locator("strong")).to_have_text("Shanghai – Dunedin")


def test_the_buttons_zoom_toward_the_selected_city(opened: Callable[..., Map]) -> None:
    """The city stays on the map; at the whole world there is nothing to reset."""
    shown = opened()
    reset = shown.page.get_by_role("button", name="Reset zoom")
    before = accents(shown)
    expect(reset).to_be_disabled()
    for _ in range(4):
        shown.page.get_by_role("button", name="Zoom in").click()

    assert before
    assert set(before) & set(accents(shown))
    reset.click()
    expect(reset).to_be_disabled()
    assert before == accents(shown)


def test_two_fingers_zoom(opened: Callable[..., Map]) -> None:
    """Fingers that move apart zoom in, and together again zoom out."""
    shown = opened(device=PHONE)
    canvas = shown.page.locator(".fc-map canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = shown.page.context.new_cdp_session(shown.page)

    def touch(kind: str, *distances: float) -> None:
        for distance in distances:
            points = [{"x": x - distance, "y": y, "id": 0}, {"x": x + distance, "y": y, "id": 1}]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points if distance else []})

    touch("touchStart", 20)
    touch("touchMove", 25, 40, 60)
    touch("touchEnd", 0)
    expect(canvas).to_have_class("fc-near")
    touch("touchStart", 60)
    touch("touchMove", 40, 25, 5)
    touch("touchEnd", 0)
    expect(canvas).to_have_class("")


@pytest.mark.parametrize(
    ("view", "invalid"),
    [
        ("#city=xx-atlantis", "city “xx-atlantis”"),
        ("#on=soon", "on “soon”"),
        ("#country=XX&kind=twin", "country “XX”, kind “twin”"),
    ],
)
def test_invalid_parts_of_an_address_are_named(opened: Callable[..., Map], view: str, invalid: str) -> None:
    """They are ignored and leave the address; no other city takes the place of an unknown one."""
    shown = opened(view)

    expect(shown.page.get_by_role("alert")).to_have_text(
        f"The address has invalid values: {invalid}. They are ignored. "
    )
    assert ("#city=" if "city" in view else "") == shown.hash
    assert ("of all cities" if "city" in view else "of Shanghai") in shown.told
    shown.year("1990")
    expect(shown.page.locator(".fc-notice")).to_be_hidden()


def test_a_name_of_no_city_is_named(opened: Callable[..., Map]) -> None:
    """The view stays as it is."""
    shown = opened()
    field = shown.page.get_by_role("combobox", name="City", exact=True)
    field.fill("Atlantis")
    field.press("Enter")

    expect(shown.page.get_by_role("alert")).to_contain_text("No city here is named “Atlantis”.")
    expect(field).to_have_value("Shanghai, China")


def test_an_empty_view_says_why(opened: Callable[..., Map]) -> None:
    """The filters hide partnerships, or none is recorded so early."""
    shown = opened("#status=ended&kind=contact")
    expect(shown.page.get_by_role("alert")).to_contain_text("The filters hide ")
    shown.page.get_by_role("button", name="Reset the filters").click()
    expect(shown.page.locator(".fc-notice")).to_be_hidden()
    expect(shown.page.locator(".fc-map tbody tr").first).to_be_visible()
    early = opened("#on=1950")
    first = min(str(tie.established) for tie in fc.partnerships_of("Shanghai", status="any") if tie.established)

    expect(early.page.get_by_role("alert")).to_have_text(f"The first recorded partnership dates from {first}.")


def test_on_a_phone_the_map_comes_first(opened: Callable[..., Map]) -> None:
    """Above the controls, and on a desktop below them."""
    tops = {}
    for device in (DESKTOP, PHONE):
        page = opened(device=device).page
        boxes = [page.locator(f".fc-map {part}").bounding_box() for part in ("canvas", ".fc-controls")]
        tops[device] = [box["y"] for box in boxes if box]

    assert tops[PHONE][0] < tops[PHONE][1]
    assert tops[DESKTOP][0] > tops[DESKTOP][1]


def test_a_view_can_be_downloaded_and_shared(opened: Callable[..., Map]) -> None:
    """As a picture, as a table with all rows, as code for another page, and as a citation."""
    shown = opened("#on=1990")
    page = shown.page
    with page.expect_download() as picture:
        page.get_by_role("button", name="Picture (PNG)").click()
    with page.expect_download() as table:
        page.get_by_role("button", name="Table (CSV)").click()
    rows = list(csv.DictReader(io.StringIO(Path(table.value.path()).read_text(encoding="utf-8-sig"))))
    answer = [fc.partnership_between("Shanghai", city) for city in fc.partners_of("Shanghai", on="1990")]

    assert Path(picture.value.path()).read_bytes().startswith(b"\x89PNG")
    assert picture.value.suggested_filename.endswith("-partnerships-of-Shanghai-at-the-end-of-1990.png")
    assert [city.name for city in fc.partners_of("Shanghai", on="1990")] == [row["Partner"] for row in rows]
    assert [str(each.at("1990").since) for each in answer] == [row["Since"] for row in rows]
    shared = page.get_by_role("textbox", name="Text to copy")
    page.get_by_role("button", name="Embed code").click()
    expect(shared).to_have_value(re.compile(r'^<iframe src="file:.*map\.html#on=1990" title="\d+ partnerships of '))
    page.get_by_role("button", name="Citation").click()
    expect(shared).to_have_value(re.compile(f"{re.escape(fc.cite())}.* at the end of 1990"))


def test_kinds_have_patterns_in_print(visitor: Visitor) -> None:
    """Without colours, the lines of an exchange differ from those of sister cities; the screen has its own again."""
    page = visitor.open("map.html")
    Map.on(page)
    on_paper, on_screen = page.evaluate(PATTERNS)
    printed = {each.state.kind.value for each in fc.partnerships_of("Shanghai")}

    assert {"sister_city", "friendly_exchange", "unspecified"} == printed
    assert {"", "4,3", "1,3"} == set(on_paper)
    assert {""} == set(on_screen)
