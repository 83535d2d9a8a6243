"""A visitor with a browser, who notes everything that goes wrong on the pages that are opened."""

import os
import shutil
from importlib.resources import files
from typing import Any, Final

import attrs
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request, Response

CHROMIUM: Final = shutil.which(os.environ.get("CHROMIUM", "chromium"))
"""The browser: the one that nox found, or Debian's."""
FLAGS: Final = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
)
"""A browser that asks nothing of anybody; whatever a page asks of another host fails, and is a fault."""
AXE: Final = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
COLOURS: Final = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules whose outcome depends on the colours."""
LAID_OUT: Final = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Waits until scripts that look at the sizes of things have done so."""
GIVEN_UP: Final = "net::ERR_ABORTED"
GRAVE: Final = {"serious", "critical"}
DESKTOP: Final = "desktop"
PHONE: Final = "phone"
PHONE_WIDTH: Final = 360
DEVICES: Final[dict[str, dict[str, Any]]] = {
    DESKTOP: {"viewport": {"width": 1280, "height": 900}},
    PHONE: {
        "viewport": {"width": PHONE_WIDTH, "height": 740},
        "device_scale_factor": 2,
        "has_touch": True,
        "is_mobile": True,
    },
}


@attrs.define(slots=False)  # Playwright keeps things on the objects whose methods it calls
class Visitor:
    """Opens pages of one site, each in a browser without a past.

    Args:
        browser: The browser.
        home: The address of the site: whatever is asked of another one is a fault.
    """

    browser: Browser
    home: str
    faults: list[str] = attrs.field(factory=list)
    """What went wrong: complaints on the console, errors, requests that failed or went elsewhere, dialogs."""
    answers: list[Response] = attrs.field(factory=list)
    """What was fetched."""
    contexts: list[BrowserContext] = attrs.field(factory=list)

    def page(self, device: str = DESKTOP, scheme: Any = "light") -> Page:
        """A page that nothing is open in yet."""
        context = self.browser.new_context(color_scheme=scheme, **DEVICES[device])
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("dialog", self._asked)
        page.on("request", self._requested)
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)
        return page

    def open(self, address: str, device: str = DESKTOP, scheme: Any = "light", until: Any = "load") -> Page:
        """A page of the site, once it is there and has been laid out."""
        page = self.page(device, scheme)
        page.goto(self.home + address, wait_until=until)
        page.evaluate(LAID_OUT)
        return page

    def leave(self) -> None:
        """Close all pages."""
        for context in self.contexts:
            context.close()

    def _heard(self, message: ConsoleMessage) -> None:
        self.faults += [f"{message.type}: {message.text}"] if message.type in {"error", "warning"} else []

    def _asked(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _requested(self, request: Request) -> None:
        self.faults += [] if request.url.startswith(self.home) else [f"elsewhere: {request.url}"]

    def _failed(self, request: Request) -> None:
        # What is under way when the visitor goes on to another page is given up, without fault of the page.
        self.faults += [] if request.failure == GIVEN_UP else [f"{request.failure}: {request.url}"]

    def _answered(self, response: Response) -> None:
        self.answers.append(response)
        self.faults += [] if response.ok else [f"{response.status}: {response.url}"]


def grave_faults(page: Page, options: dict[str, Any] | None = None) -> list[str]:
    """What axe finds on a page that is serious or critical: the rule, and the first places."""
    page.evaluate(AXE)
    found = page.evaluate("options => axe.run(options)", {"resultTypes": ["violations"], **(options or {})})
    return [
        f"{each['id']} ({each['impact']}): {[node['target'] for node in each['nodes']][:5]}"
        for each in found["violations"]
        if each["impact"] in GRAVE
    ]


def width(page: Page) -> int:
    """How wide the document is, in the pixels of the style sheets."""
    return int(page.evaluate("document.documentElement.scrollWidth"))
