"""Names of cities in other languages: what is found, what is ambiguous, and that no name means another city."""

import csv
import re
from pathlib import Path

import pytest

from friendcities import AmbiguousCityError, Dataset, Level, UnknownCityError
from friendcities.names import lookup
from friendcities.names.normalize import fold
from tests.cases import for_each_case
from tests.unit.test_lookup import ids
from tests.worlds import a_city, a_name

ROOT = Path(__file__).parents[2]
with Path(__file__).with_name("names_in_languages.csv").open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines))
LANGUAGES = list(ROWS[0])[2:]
FAMOUS = Dataset(
    a_city(f"xx-{row['geonames']}", row["name"], identifiers={"geonames": row["geonames"]}) for row in ROWS
)
"""Well-known cities, each with its English name alone."""


def test_names_in_eight_languages_are_found_as_the_readme_states() -> None:
    """The share of names that are found, and none that means another city."""
    found = []
    for row in ROWS:
        for language in LANGUAGES:
            try:
                found.append(FAMOUS.city(row[language]).name)
            except UnknownCityError:
                found.append("")
    expected = [row["name"] for row in ROWS for _ in LANGUAGES]
    readme = (ROOT / "README.md").read_text("utf-8")
    stated = re.search(
        r"names\s+of\s+(\d+)\s+well-known\s+cities.*found\s+(\d+)\s%\s+of\s+the\s+names", readme, re.DOTALL
    )

    assert [] == [(right, each) for right, each in zip(expected, found, strict=True) if each not in {right, ""}]
    assert stated is not None
    assert stated.groups() == (str(len(ROWS)), str(int(100 * sum(map(bool, found)) / len(found))))


WORLD = Dataset(
    [
        a_city("gb-birmingham", "Birmingham", identifiers={"geonames": "2655603"}),
        a_city("us-birmingham", "Birmingham", identifiers={"geonames": "4049979"}),
        a_city("cn-guangzhou", "Guangzhou", identifiers={"geonames": "1809858"}),
        a_city("es-barcelona", "Barcelona", identifiers={"geonames": "3128760"}),
        a_city("de-cologne", "Cologne", identifiers={"geonames": "2886242"}),
        a_city("jp-osaka", "Osaka", identifiers={"geonames": "1853909"}),
        a_city("it-venice", "Venice", identifiers={"geonames": "3164603"}),
        a_city("us-portsmouth", "Portsmouth", identifiers={"geonames": "4779999"}),
        a_city("ni-leon", "León", identifiers={"geonames": "3618030"}),
        a_city("us-san-diego", "San Diego", identifiers={"geonames": "5391811"}),
        a_city("de-frankfurt", "Frankfurt am Main", identifiers={"geonames": "2925533"}),
        a_city("mx-monterrey", "Monterrey", identifiers={"geonames": "3995465"}),
        a_city("ua-odesa", "Odesa", identifiers={"geonames": "698740"}),
        a_city("jp-osaka-prefecture", "Osaka Prefecture", level=Level.PROVINCE_OR_STATE),
        a_city("pl-malopolska", "Province of Małopolska", level=Level.PROVINCE_OR_STATE),
        a_city("ru-saint-petersburg", "Saint Petersburg", identifiers={"geonames": "498817"}),
    ]
)


@for_each_case(
    [
        ("Canton", "cn-guangzhou"),
        ("Cantón", "cn-guangzhou"),
        ("City of Canton", "cn-guangzhou"),
        ("Барселона", "es-barcelona"),
        ("바르셀로나", "es-barcelona"),
        ("バルセロナ", "es-barcelona"),
        ("Colonia", "de-cologne"),
        ("오사카", "jp-osaka"),
        ("오사카시", "jp-osaka"),
        ("오사카 시", "jp-osaka"),
        ("Venise", "it-venice"),
        ("Petersburg", "ru-saint-petersburg"),
        ("г. Санкт-Петербург", "ru-saint-petersburg"),
        ("Hansestadt Frankfurt am Main", "de-frankfurt"),
        ("Prefecture of Osaka", "jp-osaka-prefecture"),
        ("Osaka Prefecture", "jp-osaka-prefecture"),
        ("Malopolska Province", "pl-malopolska"),
        ("Portsmut, США", "us-portsmouth"),
        ("Портсмут, США", "us-portsmouth"),
        ("Odessa", "ua-odesa"),
        ("León", "ni-leon"),
    ]
)
def test_a_name_of_several_places_is_the_citys_that_is_known_by_it(query: str, expected: str) -> None:
    """Small places with the same name do not count, and neither do other places if the country is given."""
    assert expected == WORLD.city(query).id


@for_each_case(
    [
        ("Портсмут", "us-portsmouth"),
        ("포츠머스", "us-portsmouth"),
        ("Леон", "ni-leon"),
        ("レオン", "ni-leon"),
        ("聖地牙哥", "us-san-diego"),
        ("Frankfort", "de-frankfurt"),
        ("Monterey", "mx-monterrey"),
    ]
)
def test_a_name_that_also_means_a_place_outside_is_an_error_with_the_city(query: str, id_: str) -> None:
    """The name is not read in silence as that of the only city in the dataset."""
    with pytest.raises(UnknownCityError, match=f"^'{query}' is also the name of a place outside .* mean ") as at:
        WORLD.city(query)

    assert [id_] == ids(at.value.candidates)
    assert query not in WORLD


def test_the_error_for_a_name_that_also_means_a_place_outside() -> None:
    """The error names the city of the dataset that has the name."""
    with pytest.raises(UnknownCityError) as caught:
        WORLD.city("Портсмут")
    message = "'Портсмут' is also the name of a place outside this dataset"
    assert f"{message}; did you mean Portsmouth, US ('us-portsmouth')?" == str(caught.value)


def test_a_translated_name_is_as_ambiguous_as_the_recorded_name() -> None:
    """Two cities of the dataset with one name in another language are both named by the error."""
    for query in ("Birmingham", "Бирмингем", "伯明翰"):
        with pytest.raises(AmbiguousCityError, match=r"the name of 2 cities: .*GB .*US ") as caught:
            WORLD.city(query)
        assert {"gb-birmingham", "us-birmingham"} == set(ids(caught.value.candidates))


def test_a_recorded_name_comes_before_all_names_of_geonames() -> None:
    """Canton in Ohio is Canton where it is recorded, and Guangzhou is not asked for."""
    canton = a_city("us-canton", "Canton", subdivision="US-OH")
    spain = a_city("es-leon", "León", a_name("Леон"))

    assert "us-canton" == Dataset([*WORLD.cities(), canton]).city("Canton").id
    assert "es-leon" == Dataset([spain, WORLD.city("us-portsmouth")]).city("Леон").id


def test_shared_names_are_in_the_form_in_which_names_are_compared() -> None:
    """The generated file fits the folding of names, and no name of a city is both its own and shared."""
    own, shared = lookup.names_by_geonames_id(), lookup.shared_names_by_geonames_id()

    assert [] == [name for names in shared.values() for name in names if fold(name) != name]
    assert [] == [id_ for id_, names in shared.items() if not names.isdisjoint(own[id_])]
    assert len(shared) > 20


@for_each_case(
    [
        ("Rom", ["3169070"]),
        ("Řím", ["3169070"]),
        ("Şam", ["170654"]),
        ("Beč", ["2761369"]),
        # no city has twenty times the weight of every other place with the name
        ("Tan", []),
        ("Kan", []),
    ]
)
def test_names_of_three_latin_letters(name: str, expected: list[str]) -> None:
    """A short name belongs to one city that is much better known than any other place with the name."""
    assert expected == list(lookup.geonames_ids_by_name().get(fold(name), ()))


def test_two_cities_with_a_name_that_also_means_a_place_outside() -> None:
    """The error names both."""
    world = Dataset([*WORLD.cities(), a_city("us-other", "Other", identifiers=WORLD.city("us-portsmouth").identifiers)])
    with pytest.raises((AmbiguousCityError, UnknownCityError), match=r"us-other.*( or |, ).*us-portsmouth"):
        world.city("Портсмут")
