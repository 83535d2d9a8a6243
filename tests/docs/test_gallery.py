"""The gallery: what each figure shows is what is said of it, for those who do not see it."""

import re
from typing import Any, Final

import pytest
from matplotlib.figure import Figure

from tests.docs.blocks import BLOCKS, Block

SHOWN: Final = "{figure-from-code} "
FIGURES: Final = [block for block in BLOCKS if block.language.startswith(SHOWN)]


@pytest.mark.parametrize("block", FIGURES, ids=[block.place for block in FIGURES])
def test_what_is_said_of_a_figure_is_so(block: Block) -> None:
    """The code makes a figure, and the number of partnerships that is told, where one is, stands on it."""
    found: dict[str, Any] = {}
    exec(block.text, found)  # noqa: S102 - it is code of our own documents
    figure = found["figure"]
    assert isinstance(figure, Figure)
    (credit,) = (text.get_text() for text in figure.texts if text.get_gid() == "credit")
    told = re.search(r"(?:its|to) (\d+)\b", block.language)

    assert told is None or told[1] in re.findall(r"\d+", credit)


def test_figures_were_found() -> None:
    """There is one of each sort, so none goes unrun for a misspelt fence."""
    code = "".join(block.text for block in FIGURES)

    assert all(f"plot.{name}(" in code for name in ("map_of", "growth_of", "timeline_of", "dispute_of"))
