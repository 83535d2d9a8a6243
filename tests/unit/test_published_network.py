"""A public network of sister cities, and its figures as the documentation tells them."""

import csv
import re
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest

from friendcities import CityId, Dataset, InvalidQueryError, Source, SourceId
from friendcities.graph import Network
from friendcities.model import City, Partnership
from friendcities.names.countries import country_code
from tests.worlds import a_city, a_source, a_step, a_tie, told

ROOT: Final = Path(__file__).parents[2]
SAMPLE: Final = ROOT.parent / "shared" / "samples" / "hekman_twin_cities.csv"
GUIDE: Final = ROOT / "docs" / "guides" / "graphs.md"


OF_THE_UNITED_KINGDOM: Final = frozenset({"England", "Northern Ireland", "Scotland", "Wales"})
OTHERWISE: Final = {"Georgia (country)": "Georgia", "Republic of Ireland": "Ireland"}
"""What Wikipedia calls countries, and what they are called here."""


def read(path: Path) -> Dataset:
    """The network: a city for each name and country that can be told, and one partnership for each pair of them."""
    cities: dict[tuple[str, str], City] = {}
    ties: dict[str, Partnership] = {}
    source: Source = a_source("list", "2026-02")
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            ends = [(row[f"city{end}"].strip(), code_of(row[f"country{end}"])) for end in "12"]
            if all(name and country for name, country in ends) and ends[0] != ends[1]:
                one, other = (cities.setdefault(end, numbered(len(cities), *end)).id for end in ends)
                tie = a_tie(one, other, a_step(None, told(SourceId("list"), "what"), what="listed"))
                ties[tie.id] = tie
    return Dataset([source, *cities.values(), *ties.values()])


def code_of(country: str) -> str:
    """The code of a country; nothing where there is none of that name, or more than one."""
    name = country.removesuffix(", United Kingdom")
    if name in OF_THE_UNITED_KINGDOM:
        return "GB"
    with suppress(InvalidQueryError):
        return country_code(OTHERWISE.get(name, name)) or ""
    return ""


def numbered(number: int, name: str, country: str) -> City:
    """A city whose id is made of its country and a number."""
    return a_city(CityId(f"{country.lower()}-{number}"), name)


@pytest.mark.skipif(not SAMPLE.is_file(), reason="the samples are not beside the repository")
def test_figures_are_those_that_the_guide_tells() -> None:
    """Every figure that the guide gives as ours is what the network answers."""
    figures = Network(read(SAMPLE)).figures()
    computed = {
        "Cities": f"{figures.cities:,}",
        "Partnerships": f"{figures.partnerships:,}",
        "Partners a city, on average": f"{figures.mean_degree:.2f}",
        "Most partners of one city": f"{figures.most_partners:,}",
        "Cities in the largest component": f"{figures.largest_component:,}",
        "Triangles": f"{figures.triangles:,}",
        "Clustering": f"{figures.clustering:.3f}",
        "Assortativity by degree": f"{figures.degree_assortativity:+.3f}",
    }
    rows = re.findall(r"^\| ([^|]+?) \| [^|]+ \| ([^|]+?) \|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)

    assert computed == {name: ours for name, ours in rows if name in computed}
