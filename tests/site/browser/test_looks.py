"""Pictures of the pages, for people to look at: ``docs/_build/screenshots`` has them after a run."""

from pathlib import Path
from typing import Final

import pytest

from tests.site.browser.visiting import DESKTOP, DEVICES, LAID_OUT, PHONE, Visitor
from tests.site.built import HTML

PICTURES: Final = HTML.parent / "screenshots"
SHOWN: Final = {
    "home": "index.html",
    "dunedin": "cities/nz-dunedin.html",
    "shanghai": "cities/cn-shanghai.html",
    "source": "sources/shine-2023-12-02.html",
    "map": "map.html",
    "form": "propose.html",
    "gallery": "gallery.html",
}
WIDTH: Final = slice(16, 20)
"""Where a PNG says how wide it is."""


@pytest.mark.parametrize(("device", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
@pytest.mark.parametrize("name", SHOWN)
def test_a_picture_is_taken(visitor: Visitor, name: str, device: str, scheme: str) -> None:
    """The picture shows what fits the screen of the device."""
    picture = PICTURES / f"{name}-{device}-{scheme}.png"
    screen = DEVICES[device]
    page = visitor.page(device, scheme)
    page.emulate_media(reduced_motion="reduce")  # the map of the home page is still
    page.goto(visitor.home + SHOWN[name])
    page.evaluate(LAID_OUT)
    page.screenshot(path=picture)

    expected = screen["viewport"]["width"] * screen.get("device_scale_factor", 1)
    assert expected == int.from_bytes(Path(picture).read_bytes()[WIDTH])
