"""What is built of JavaScript comes with the package."""

import importlib_resources
import pytest

from friendcities import MissingExtraError
from friendcities.web_assets import asset


def test_assets_are_read_as_text() -> None:
    """The outlines of land are a TopoJSON."""
    assert '{"type":"Topology"' == asset("land.json")[:18]


def test_a_source_tree_without_them_says_how_to_build_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Where nothing was installed, the message names the command that builds them."""
    empty = tmp_path_factory.mktemp("empty")
    monkeypatch.setattr(importlib_resources, "files", lambda _package: empty)

    with pytest.raises(MissingExtraError, match=r"pip install --editable \."):
        asset("map.js")
