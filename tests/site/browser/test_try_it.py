"""The package runs in the browser."""

import pytest
from playwright.sync_api import expect

import friendcities as fc
from tests.site.browser.visiting import Visitor, grave_faults
from tests.site.built import HTML

pytestmark = pytest.mark.skipif(not (HTML / "python").is_dir(), reason="the site was built without Pyodide")
AT_MOST = 120_000
"""How many milliseconds the start of Python and the first answer may take on a busy machine."""


def test_a_question_of_the_readme_runs(visitor: Visitor) -> None:
    """Python is loaded only when it is started. The first question has its answer, and a changed one an error."""
    page = visitor.open("try.html", until="networkidle")
    assert [] == [answer.url for answer in visitor.answers if "/python/" in answer.url]
    assert [] == grave_faults(page)

    page.get_by_role("button", name="Start Python").click()
    expect(page.get_by_text("is ready.")).to_be_visible(timeout=AT_MOST)
    first = page.locator(".question").first
    first.get_by_role("button", name="Run").click()
    answer = f"{fc.partnership_between('上海', '横浜市')!r}\n"
    expect(first.get_by_role("log")).to_have_text(answer, timeout=AT_MOST)

    first.get_by_role("textbox").fill('fc.city("Dunedn")')
    first.get_by_role("textbox").press("Control+Enter")
    expect(first.get_by_role("log")).to_contain_text("Dunedin", timeout=AT_MOST)
    assert [] == grave_faults(page)
    assert [] == visitor.faults


def test_the_start_states_its_size() -> None:
    """The button has the number of megabytes that the start loads."""
    size = sum(path.stat().st_size for path in (HTML / "python").iterdir())

    assert f"about {round(size / 1_000_000)} MB" in (HTML / "try.html").read_text(encoding="utf-8")
