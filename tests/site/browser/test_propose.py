"""The proposal form: what comes of it passes the check, and is what ``friendcities add`` would write."""

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

import friendcities as fc
from friendcities.checks import RecordTree, check
from friendcities.cli import main
from friendcities.importers.names_gate import check_name
from tests.city_names import CLEANED, FOOTNOTES, NAMES, NUMBERED, ONE_CITY, REJECTED
from tests.site.browser.hostile import TEXTS
from tests.site.browser.proposing import FOLDER, Form, put
from tests.site.browser.visiting import COLOURS, DESKTOP, DEVICES, PHONE, Visitor, grave_faults, width
from tests.site.built import ROOT

FORM: Final = "propose.html"
REPOSITORY: Final = "https://repository.example/friendcities"
MARKUP: Final = "<script>alert(1)</script><img src=x onerror=alert(2)> \"'& {{ 7 }} שלום 🕊️"


@pytest.fixture
def form(visitor: Visitor) -> Form:
    """The form, empty."""
    return Form(visitor.open(FORM))


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A copy of the register."""
    return Path(shutil.copytree(ROOT / FOLDER, tmp_path / "register"))


def changed(register: Path) -> dict[str, str]:
    """The files of a copy of the register that are not in the register itself."""
    return {
        path.relative_to(register).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(register.rglob("*.json"))
        if not (ROOT / FOLDER / path.relative_to(register)).exists()
    }


SIMPLE: Final = [
    *("add", "partnership", "Porto", "横浜市", "--action", "established", "--date", "1990", "--kind", "unspecified"),
    *("--source", "shine-2023-12-02", "--locator", "paragraph 4"),
]
NEW: Final = [
    *("add", "partnership", "Hiroshima", "Exempleville", "--action", "established", "--date", "1959-04-07"),
    *("--second-country", "FR", "--second-subdivision", "FR-69M", "--second-level", "municipality"),
    *(
        "--second-other-name",
        "エグザンプルヴィル",
        "--second-other-name-language",
        "ja",
        "--second-other-name-kind",
        "exonym",
    ),
    *("--kind", "sister_city", "--term", "姉妹都市", "--term-language", "ja"),
    *("--source", "Sister and friendship cities", "--source-publisher", "The City of Hiroshima (Japan)"),
    *("--source-kind", "city_government", "--source-speaks-for", "Hiroshima", "--source-published", "2024-03"),
    *("--source-language", "ja", "--source-url", "https://hiroshima.example/sister-cities"),
    *("--locator", "row of Exempleville"),
]


@pytest.mark.parametrize(
    ("fill", "command"), [(Form.fill_simple, SIMPLE), (Form.fill_new, NEW)], ids=["on record", "new"]
)
def test_what_comes_of_it_passes_the_check(
    form: Form, visitor: Visitor, register: Path, fill: Callable[[Form], None], command: list[str]
) -> None:
    """The files, put at their places, are as the command line writes them, and the check finds nothing wrong."""
    fill(form)
    files = form.make()
    put(files, register)

    assert 0 == main(["check", str(register)])
    assert files == changed(register)

    for path in files:
        (register / path).unlink()
    assert 0 == main([*command, "--yes", "--records", str(register)])
    assert files == changed(register)
    assert [] == visitor.faults


def test_whatever_happened_passes_the_check(form: Form) -> None:
    """Each step can be told; what is only listed has no date."""
    register = RecordTree.read(ROOT / FOLDER)
    form.fill_simple()
    for what in fc.StepAction:
        form.choose("action", what)
        ((path, text),) = form.make().items()
        (step,) = json.loads(text)["steps"]

        assert (what, None if what == "listed" else "1990") == (step["action"], step.get("date"))
        after = register.with_file(ROOT / FOLDER / path, fc.Partnership, text.encode())
        assert () == check(after).problems


def test_a_date_is_as_precise_as_it_is_written(form: Form) -> None:
    """A year, a month or a day, each as ISO 8601 has it."""
    form.fill_simple()
    for written in (("1990",), ("1990", "02"), ("2000", "02", "29"), ("1990", "12", "1")):
        form.date("date", *written)
        (text,) = form.make().values()

        assert "-".join(part.zfill(2) for part in written) == json.loads(text)["steps"][0]["date"]


def test_nothing_answered_is_told_where_it_is_needed(form: Form) -> None:
    """Each field says what it needs, and the first of them gets the focus."""
    told = form.refusals()

    assert ["first-city", "second-city", "action", "source", "locator"] == list(told)
    assert "5 answers are invalid." == form.page.locator("[role=alert]").inner_text()
    assert "first-city" == form.page.evaluate("document.activeElement.id")
    assert "true" == form.page.locator("#first-city").get_attribute("aria-invalid")


def test_a_new_city_and_a_new_source_need_more(form: Form) -> None:
    """What is new says what it needs itself."""
    form.new("first")
    form.new("source")
    form.choose("source-kind", "city_government")

    expected = [
        *("first-name", "first-country", "first-level", "second-city", "action"),
        *("source-title", "source-publisher", "source-speaks-for", "locator"),
    ]
    assert sorted(expected) == sorted(form.refusals())


def shine(form: Form) -> None:
    """A new source at an address that one on record has."""
    form.new("source")
    form.write("source-title", "T")
    form.write("source-publisher", "P")
    form.choose("source-kind", "press")
    form.date("source-published", "2020")
    form.write("source-address", f"http://www.{str(fc.source('shine-2023-12-02').address).partition('://www.')[2]}/")


def springfield(form: Form, name: str, country: str = "NZ", id_: str = "") -> None:
    """A new city in the place of the second one."""
    form.new("second")
    form.write("second-name", name)
    form.choose("second-country", country)
    form.choose("second-level", "municipality")
    form.write("second-id", id_)


def publisher(form: Form, name: str, id_: str = "") -> None:
    """A new source of a publisher."""
    form.new("source")
    form.write("source-title", "T")
    form.write("source-publisher", name)
    form.choose("source-kind", "press")
    form.date("source-published", "2020")
    form.write("source-id", id_)


def relative(form: Form) -> None:
    """A new source at an address that is none."""
    shine(form)
    form.write("source-address", "here")


def elsewhere(form: Form) -> None:
    """A new source at an address of another kind."""
    shine(form)
    form.write("source-address", "ftp://x.example/")


def to_come(form: Form) -> None:
    """A new source that is yet to be published."""
    shine(form)
    form.date("source-published", "2999")


REFUSED: Final[list[tuple[Callable[[Form], None], str, str]]] = [
    (lambda form: form.find("second-city", "Shanghai"), "second-city", "The partnership exists"),
    (lambda form: form.find("second-city", "Porto"), "second-city", "the same city"),
    (lambda form: form.write("second-city", "Atlantis"), "second-city", "Choose a city from the list"),
    (lambda form: form.date("date", "2999"), "date", "in the future"),
    (lambda form: form.date("date", "1990", "02", "30"), "date", "Invalid date"),
    (lambda form: form.date("date", "", "02", ""), "date", "Invalid date"),
    (lambda form: form.date("date", "199"), "date", "Enter a year, a year and a month, or all three"),
    (lambda form: form.date("date", "2024"), "date", "after the source"),
    (lambda form: form.write("term", "jumelage"), "term-language", "Choose the language"),
    (lambda form: form.write("locator", "x" * 81), "locator", "at most 80 characters"),
    (lambda form: form.write("locator", "row\u202e 4"), "locator", "cannot be displayed"),
    (lambda form: form.write("source", "Some paper"), "source", "Choose a source from the list"),
    (shine, "source-address", "This source exists: shine-2023-12-02"),
    (relative, "source-address", "https://example.org"),
    (elsewhere, "source-address", "https://"),
    (to_come, "source-published", "in the future"),
    (lambda form: springfield(form, "Dunedin"), "second-name", "exists (nz-dunedin)"),
    (lambda form: springfield(form, "Dunedin", id_="nz-dunedin"), "second-id", "is or was the id of another city"),
    (lambda form: springfield(form, "Dunedin", id_="Otago"), "second-id", "like nz-name"),
    (lambda form: springfield(form, "上野"), "second-id", "No id can be made from this name"),
    (lambda form: publisher(form, "人民日報"), "source-id", "No id can be made from this publisher"),
    (lambda form: publisher(form, "The Times", "Times 1"), "source-id", "lower-case letters, digits and hyphens"),
    (lambda form: publisher(form, "The Times", "shine-2023-12-02"), "source-id", "is or was the id of another"),
]
"""What is changed in a form that could be taken, the field that cannot be then, and a part of what is said of it."""


def test_what_cannot_be_is_refused_where_it_stands(form: Form, visitor: Visitor) -> None:
    """One answer that cannot be taken is told beside it, in words, and no file is made."""
    for change, field, words in REFUSED:
        form.page.get_by_role("button", name="Clear all answers").click()
        form.fill_simple()
        change(form)

        assert words in form.refusals().get(field, ""), (field, words)
    assert [] == visitor.faults


def test_a_proposal_may_be_of_what_its_source_has_yet_to_see(form: Form) -> None:
    """A source can tell of what is wished for later, but of nothing else."""
    form.fill_simple()
    form.choose("action", "proposed")
    form.date("date", "2024")

    assert 1 == len(form.make())


def test_a_second_source_of_a_publisher_and_a_date_gets_a_number(form: Form) -> None:
    """No id is given twice; its small words are left out."""
    form.fill_simple()
    publisher(form, "The SHINE")
    form.date("source-published", "2023", "12", "2")

    assert "sources/shine-2023-12-02-2.json" in form.make()


def test_a_source_may_have_no_date(form: Form, register: Path) -> None:
    """An undated web page is a source, too; its id is that of its publisher alone."""
    form.fill_simple()
    publisher(form, "The Evening Courier of Porto")
    form.date("source-published", "")
    form.write("source-address", "https://courier.example/sister-cities")
    files = form.make()
    put(files, register)

    source = json.loads(files["sources/evening-courier-porto.json"])
    assert (None, None) == (source.get("published"), source.get("as_of"))
    assert 0 == main(["check", str(register)])


def test_a_homonym_gets_its_state_or_an_id_of_its_own(form: Form, register: Path) -> None:
    """A city of a name that is taken is another place, if one says so."""
    form.fill_simple()
    springfield(form, "Dunedin", "US", "us-fl-dunedin")
    form.choose("second-subdivision", "US-FL")
    files = form.make()
    put(files, register)

    assert "cities/us/us-fl-dunedin.json" in files
    assert 0 == main(["check", str(register)])


def test_an_answer_that_changes_takes_the_files_back(form: Form) -> None:
    """What is shown is never what the answers no longer say."""
    form.fill_simple()
    form.make()
    form.write("note", "Another thing.")

    expect(form.page.locator(".fc-file")).to_have_count(0)
    (text,) = form.make().values()
    assert "Another thing." == json.loads(text)["steps"][0]["note"]


def test_files_are_downloaded_as_they_are_shown(form: Form, tmp_path: Path) -> None:
    """To the byte, under the name that they are to have."""
    form.fill_new()
    files = form.make()
    for link, (path, text) in zip(form.page.locator(".fc-file a[download]").all(), files.items(), strict=True):
        with form.page.expect_download() as download:
            link.click()
        download.value.save_as(tmp_path / download.value.suggested_filename)

        assert text.encode() == (tmp_path / Path(path).name).read_bytes()


def answers(form: Form) -> list[object]:
    """What stands in each field."""
    found: list[object] = form.page.locator(".fc-propose input, .fc-propose select").evaluate_all(
        "all => all.map(each => each.type === 'checkbox' ? each.checked : each.value)"
    )
    return found


def test_answers_survive_a_reload_and_the_way_back(form: Form) -> None:
    """All of them, and they give the same files; they can be cleared."""
    form.fill_new()
    before = answers(form)
    form.page.reload()
    assert before == answers(form)
    expect(form.page.locator(".fc-suggestions:visible")).to_have_count(0)
    form.page.goto(form.page.url.replace("propose.html", "index.html"))
    form.page.go_back()
    form.page.wait_for_selector(".fc-propose form")
    assert before == answers(form)
    assert 3 == len(form.make())
    form.page.get_by_role("button", name="Clear all answers").click()
    cleared = answers(form)
    assert cleared != before
    form.page.reload()
    assert cleared == answers(form)
    assert ["first-city", "second-city", "action", "source", "locator"] == list(form.refusals())


def test_an_existing_pair_is_recognised_when_it_is_chosen(form: Form) -> None:
    """The form says what is recorded, and how to add a source or correct it."""
    existing = form.page.locator(".fc-existing")
    form.find("first-city", "Shanghai")
    expect(existing).to_be_hidden()
    form.find("second-city", "Dunedin")

    expect(existing).to_contain_text("This partnership exists: active sister city since 1994-10-21.")
    expect(existing).to_contain_text("friendcities correct cn-shanghai--nz-dunedin")
    form.find("second-city", "Porto")
    expect(existing).to_contain_text("1995")
    form.write("second-city", "Nowhere")
    expect(existing).to_be_hidden()
    form.find("second-city", "Dunedin")
    existing.get_by_role("link").first.click()
    form.page.wait_for_url("**/cities/cn-shanghai.html#cn-shanghai--nz-dunedin")


def test_an_exact_name_is_accepted_as_typed(form: Form) -> None:
    """In any language, without a choice from the list; a name of two cities is not."""
    form.fill_simple()
    expected = form.make()
    form.write("first-city", "porto")
    form.write("second-city", "横浜市")
    form.page.keyboard.press("Escape")

    assert expected == form.make()


def test_all_files_are_one_download(form: Form) -> None:
    """The archive has the files in their folders, and each file can be copied."""
    form.fill_new()
    files = form.make()
    with form.page.expect_download() as download:
        form.page.get_by_role("link", name="Download all files (zip)").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert {f"{FOLDER}/{path}": text for path, text in files.items()} == {
            name: archive.read(name).decode() for name in archive.namelist() if not name.endswith("/")
        }
    form.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    form.page.get_by_role("button", name="Copy").first.click()
    expect(form.page.get_by_role("button", name="Copied")).to_have_count(1)
    assert next(iter(files.values())) == form.page.evaluate("navigator.clipboard.readText()")


def with_repository(page: Page, address: str) -> None:
    """Open the form as it is where the repository is known."""

    def answer(route: Route) -> None:
        route.fulfill(body=route.fetch().text().replace('"repository":""', f'"repository":"{REPOSITORY}"'))

    page.route("**/propose.html", answer)
    page.goto(address)


def test_where_the_repository_is_known_its_new_file_page_is_filled_in(visitor: Visitor, home: str) -> None:
    """The link names the file and has its text; nothing is opened before somebody follows it."""
    page = visitor.page()
    with_repository(page, home + FORM)
    form = Form(page)
    form.fill_new()
    files = form.make()
    links = [urlsplit(str(link.get_attribute("href"))) for link in page.locator(".fc-file a:not([download])").all()]
    asked = [parse_qs(link.query) for link in links]

    assert {f"{link.scheme}://{link.netloc}{link.path}" for link in links} == {f"{REPOSITORY}/new/main"}
    assert {f"{FOLDER}/{path}": text for path, text in files.items()} == {
        each["filename"][0]: each["value"][0] for each in asked
    }


def test_where_no_repository_is_known_files_are_downloaded_only(form: Form) -> None:
    """No address is made up."""
    form.fill_simple()
    form.make()

    expect(form.page.locator(".fc-file a:not([download])")).to_have_count(0)
    assert "save it under its path in a clone of the project" in form.page.locator(".fc-result").inner_text()


def test_a_text_that_is_too_long_for_a_link_is_downloaded(visitor: Visitor, home: str) -> None:
    """Addresses have an end; the file has not."""
    page = visitor.page()
    with_repository(page, home + FORM)
    form = Form(page)
    form.fill_simple()
    form.write("note", "é" * 5001)
    assert {"note": "Enter at most 5,000 characters."} == form.refusals()
    form.write("note", "é" * 5000)
    form.make()

    expect(page.locator(".fc-file a:not([download])")).to_have_count(0)
    expect(page.locator(".fc-file a[download]")).to_have_count(1)


def test_markup_is_text_on_the_page_and_in_the_file(form: Form, visitor: Visitor, register: Path) -> None:
    """Whatever is written, nothing of it is obeyed, and it comes out as it went in."""
    form.fill_new()
    form.write("source-title", MARKUP)
    form.write("source-publisher", MARKUP)
    form.write("source-id", "markup-2024")
    form.write("term", MARKUP)
    form.write("note", MARKUP)
    form.write("locator", MARKUP)
    files = form.make()
    put(files, register)
    source = json.loads(files["sources/markup-2024.json"])
    step = json.loads(files["partnerships/fr-jp/fr-exempleville--jp-hiroshima.json"])["steps"][0]

    assert [MARKUP] * 5 == [
        source["title"],
        source["publisher"],
        step["term"]["text"],
        step["note"],
        step["evidence"][0]["locator"],
    ]
    assert 0 == form.page.locator(".fc-propose :is(img, b, script:not(.fc-data))").count()
    assert fc.Dataset.load(register).source("markup-2024").title == MARKUP
    assert [] == visitor.faults


def test_hostile_names_on_record_are_text(hostile: Visitor) -> None:
    """What is suggested is shown as it is."""
    page = hostile.open("propose.html")
    for key, text in TEXTS.items():
        page.locator("#first-city").fill(f"nz-{key}")
        assert f"{text}, New Zealand" in page.locator(".fc-suggestions li").all_text_contents()
        page.locator("#source").fill(f"on-{key}")
        assert f"{text}: {text} (on-{key})" in page.locator(".fc-suggestions li").all_text_contents()

    assert 0 == page.locator(".fc-propose :is(img, b, svg, script:not(.fc-data))").count()
    assert [] == hostile.faults


@pytest.mark.parametrize(("device", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_axe_finds_no_grave_fault_in_any_state(visitor: Visitor, device: str, scheme: str) -> None:
    """Empty and refused, with all that is new open, and with files shown."""
    page = visitor.open(FORM, device, scheme)
    form = Form(page)
    options = None if scheme == "light" else COLOURS
    form.refusals()
    assert [] == grave_faults(page, options)
    form.fill_new()
    form.make()
    page.locator("#first-city").focus()
    assert [] == grave_faults(page, options)
    assert width(page) <= DEVICES[device]["viewport"]["width"]
    assert [] == visitor.faults


def test_the_keyboard_is_enough(form: Form) -> None:
    """Suggestions are opened, walked through, taken and closed without a pointer."""
    field = form.page.locator("#first-city")
    field.focus()
    form.page.keyboard.type("yoko")
    expect(field).to_have_attribute("aria-expanded", "true")
    form.page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    form.page.keyboard.press("ArrowDown")
    expect(form.page.locator("li[aria-selected=true]")).to_have_text("Yokohama, Japan")
    form.page.keyboard.press("Enter")
    expect(field).to_have_value("Yokohama, Japan")
    form.page.keyboard.press("Tab")
    form.page.keyboard.press("Space")
    expect(form.page.locator("#first-new")).to_be_checked()


NAMES_MADE: Final = """texts => texts.map(text => {
  document.querySelector("#second-name").value = text;
  document.querySelector(".fc-propose form").requestSubmit();
  if (document.querySelector("#second-name-wrong").textContent) return null;
  const records = [...document.querySelectorAll(".fc-file pre")].map(each => JSON.parse(each.textContent));
  return records.find(record => record.name).name;
})"""
"""Submits the form with each name, and returns the names in the files; null where the name is rejected."""


def test_names_are_rejected_as_by_the_gate_of_the_importers(form: Form) -> None:
    """The form has the rules of the gate, so that it rejects the same texts and cleans the others alike."""
    form.fill_new()
    form.write("second-id", "fr-name")
    texts = [*(text for _, text in (*REJECTED, *FOOTNOTES, *CLEANED)), *NAMES, *NUMBERED, *ONE_CITY]
    found = form.page.evaluate(NAMES_MADE, texts)

    assert {text: check_name(text).name for text in texts} == dict(zip(texts, found, strict=True))
