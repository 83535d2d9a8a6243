"""A public network of sister cities, and its figures as the documentation tells them."""

import re
from pathlib import Path
from typing import Final

import pytest

from friendcities.graph import Network
from friendcities.importers import read_table

ROOT: Final = Path(__file__).parents[2]
SAMPLE: Final = ROOT.parent / "shared" / "samples" / "hekman_twin_cities.csv"
GUIDE: Final = ROOT / "docs" / "guides" / "graphs.md"

pytestmark = pytest.mark.slow


@pytest.mark.skipif(not SAMPLE.exists(), reason="the samples are no part of the project")
def test_figures_are_those_that_the_guide_tells() -> None:
    """Every figure that the guide gives as ours is what the network answers; those of paths take too long."""
    data = read_table(SAMPLE, profile="pairs", publisher="Wikipedia", as_of="2026-02").dataset
    figures = Network(data).figures()
    expected = {
        "Cities": f"{figures.cities:,}",
        "Partnerships": f"{figures.partnerships:,}",
        "Mean number of partners of a city": f"{figures.mean_degree:.2f}",
        "Most partners of one city": f"{figures.most_partners:,}",
        "Cities in the largest component": f"{figures.largest_component:,}",
        "Triangles": f"{figures.triangles:,}",
        "Clustering": f"{figures.clustering:.3f}",
        "Assortativity by degree": f"{figures.degree_assortativity:+.3f}",
    }
    rows = re.findall(r"^\| ([^|]+?) \| [^|]+ \| ([^|]+?) \|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)

    assert expected == {name: told for name, told in rows if name in expected}
