"""What the other tests rest on: a visitor hears every kind of fault."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.site.browser.visiting import Visitor, grave_faults, width
from tests.site.serving import served

FAULTY = """<!doctype html><html><head><title></title></head><body style="width: 3000px">
<img src="missing.png"><img src="http://elsewhere.example/there.png"><button></button>
<script>console.error("heard"); alert("asked"); missing();</script></body></html>
"""


def test_a_visitor_hears_every_kind_of_fault(browser: Browser, tmp_path: Path) -> None:
    """Complaints, errors, dialogs, what is missing, what is asked of another host: all noted; axe and the width too."""
    (tmp_path / "faulty.html").write_text(FAULTY, encoding="utf-8")
    with served(tmp_path) as home:
        visitor = Visitor(browser, home)
        page = visitor.open("faulty.html")
        kinds = {fault.partition(": ")[0] for fault in visitor.faults}
        grave, wide = grave_faults(page), width(page)
        visitor.leave()

    assert {"404", "dialog", "elsewhere", "error"} <= kinds
    assert any(kind.startswith("net::") for kind in kinds)
    assert any("heard" in fault for fault in visitor.faults)
    assert any("missing is not defined" in fault for fault in visitor.faults)
    assert any("button-name" in fault for fault in grave)
    assert 3000 <= wide
