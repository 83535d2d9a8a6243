"""Countries as lists spell them."""

import pytest

from friendcities.importers.countries import ALIASES, TERRITORIES, read_country
from friendcities.names.countries import country_names


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Bermuda, United Kingdom", "BM"),
        ("Jersey, UK", "JE"),
        ("American Samoa, United States", "AS"),
        ("Puerto Rico, U.S.", "PR"),
        ("Virgin Islands, United States", "VI"),
        ("Virgin Islands, United Kingdom", "VG"),
        ("Saint Martin, France", "MF"),
        ("Sint Maarten, Netherlands", "SX"),
        ("Willemstad, Curaçao, Kingdom of the Netherlands", "CW"),
        ("Bonaire, Netherlands", "BQ"),
        ("Svalbard, Norway", "SJ"),
        ("Greenland, Kingdom of Denmark", "GL"),
        ("Åland, Finland", "AX"),
        ("Saint Pierre and Miquelon, France", "PM"),
        ("Macau, China", "MO"),
        ("Taiwan, China", "TW"),
        ("Taiwan, Province of China", "TW"),
        ("Congo, Democratic Republic of the", "CD"),
        ("Congo, Republic of the", "CG"),
        ("Korea, South", "KR"),
        ("Bahamas, The", "BS"),
        ("Ireland, Northern", "GB"),
        ("Georgia, United States", "US"),
        ("Lower Saxony, Germany", "DE"),
        ("Congo, Africa", None),
        ("India, Atlantis", None),
        ("Atlantis, Guinea, New", None),
    ],
)
def test_a_part_a_country(text: str, code: str | None) -> None:
    """Of a part and its country the country is meant, or the part if ISO 3166-1 codes it; nothing else is guessed."""
    assert code == read_country(text).code


@pytest.mark.parametrize(("code", "whole"), TERRITORIES.items())
def test_territories_are_what_the_standard_codes_them_as(code: str, whole: str) -> None:
    """Each is read as itself when it is named with its country, by code and by every name that the standard has."""
    names = [code, *(name for name, its in country_names().items() if its == code)]

    assert {code} == {read_country(f"{name}, {whole}").code for name in names}


def test_spellings_are_none_that_are_known_already() -> None:
    """The table holds only what is no usual name of a country."""
    assert [] == [name for name in ALIASES if read_country(name).standard]
