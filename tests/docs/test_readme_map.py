"""The map of README.md: small, described in words, and made by one command."""

import re
from pathlib import Path

from PIL import Image

from tests.docs.blocks import ROOT
from tools.draw_readme_map import PICTURE, draw

LARGEST = 150_000
"""The most bytes that a reader of README.md should have to load."""


def test_the_picture_can_be_drawn_again(tmp_path: Path) -> None:
    """The tool draws a picture of the same size as the one in the repository, and a small file."""
    drawn = tmp_path / "map.png"
    draw(drawn)

    with Image.open(PICTURE) as committed, Image.open(drawn) as redrawn:
        assert committed.size == redrawn.size
        assert "PNG" == committed.format
    assert drawn.stat().st_size < LARGEST
    assert PICTURE.stat().st_size < LARGEST


def test_readme_shows_and_describes_it() -> None:
    """README.md shows the picture, with a text for those who do not see it."""
    [(description, path)] = re.findall(r"!\[([^]]+)\]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))

    assert (ROOT / path).samefile(PICTURE)
    assert "Shanghai" in description
