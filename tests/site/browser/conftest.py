"""A browser, the built site, and a second site made of names that are markup."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.site.browser.hostile import DATASET, HUB
from tests.site.browser.visiting import CHROMIUM, FLAGS, Visitor
from tests.site.built import HTML, ROOT
from tests.site.serving import served

SITE: Final = "https://example.org/cities-of-tests"
"""The address of the hostile site, which nobody asks."""
PATIENCE: Final = 120
"""The time in seconds for which a worker waits until another one has built the hostile site."""
PAGES: Final = {
    "index.md": "# Hostile\n",
    "map.md": f"---\norphan:\n---\n\n# Map\n\n```{{partnership-map}} {HUB}\n```\n",
    "propose.md": "---\norphan:\n---\n\n# Form\n\n```{proposal-form}\n```\n",
}
"""The pages of the hostile site that are not of its catalogue."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def home() -> Iterator[str]:
    """The address of the built site."""
    with served(HTML) as address:
        yield address


@pytest.fixture
def visitor(browser: Browser, home: str) -> Iterator[Visitor]:
    """A visitor of the built site."""
    visitor = Visitor(browser, home)
    yield visitor
    visitor.leave()


@pytest.fixture(scope="session")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site of the hostile dataset, built as the documentation is, once for all workers."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "hostile"
    html = folder / "html"
    try:
        folder.mkdir()
    except FileExistsError:
        end = time.monotonic() + PATIENCE
        while not html.exists() and time.monotonic() < end:
            time.sleep(0.1)
    else:
        build_hostile(folder).rename(html)
    with served(html) as address:
        yield address


def build_hostile(folder: Path) -> Path:
    """Build the site of the hostile dataset, and return its folder."""
    DATASET.save(folder / "data.json")
    (folder / "pages").mkdir()
    for name, text in PAGES.items():
        (folder / "pages" / name).write_text(text, encoding="utf-8")
    build(folder / "pages", folder / "built", folder / "data.json")
    return folder / "built"


@pytest.fixture
def hostile(browser: Browser, hostile_home: str) -> Iterator[Visitor]:
    """A visitor of the site of the hostile dataset."""
    visitor = Visitor(browser, hostile_home)
    yield visitor
    visitor.leave()


def build(pages: Path, html: Path, data: Path) -> None:
    """Build a site of a dataset as the documentation is built for publishing; a warning is an error."""
    built = ("-n", "-W", "-q", "-b", "html", "-c", ROOT / "docs", "-D", f"friendcities_data={data}")
    subprocess.run(
        [sys.executable, "-m", "sphinx", *built, pages, html], env=os.environ | {"FRIENDCITIES_SITE": SITE}, check=True
    )
