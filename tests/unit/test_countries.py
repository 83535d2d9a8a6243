"""Countries as lists spell them."""

import pytest

from friendcities.names import countries
from friendcities.names.countries import (
    ALIASES,
    EVERYDAY,
    TERRITORIES,
    CountrySpellings,
    country_names,
    read_country,
    translated_countries,
)
from friendcities.names.normalize import fold
from tests.cases import for_each_case


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


@for_each_case(TERRITORIES.items())
def test_territories_are_what_the_standard_codes_them_as(code: str, whole: str) -> None:
    """Each is read as itself when it is named with its country, by code and by every name that the standard has."""
    names = [code, *(name for name, its in country_names().items() if its == code)]

    assert {code} == {read_country(f"{name}, {whole}").code for name in names}


def test_spellings_are_none_that_are_known_already() -> None:
    """The table holds only what is no usual name of a country."""
    assert [] == [name for name in ALIASES if read_country(name).standard]


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("de", "Frankreich", "FR"),
        ("de-AT", "POLEN", "PL"),
        ("de", "Korea, Republik", "KR"),
        ("de", "Republik Korea", "KR"),
        ("de", "Bayern, Deutschland", "DE"),
        ("de", "France", "FR"),
        ("fr", "Pologne", "PL"),
        ("nb", "Tyskland", "DE"),
        ("sr-Latn", "Nemačka", "DE"),
        ("zh", "法国", "FR"),
        ("zh-Hant", "法國", "FR"),
        ("pt-BR", "Polônia", "PL"),
        ("tlh", "Frankreich", "FR"),
        (None, "Frankreich", "FR"),
        (None, "OESTERREICH", "AT"),
    ],
)
def test_countries_in_the_language_of_the_file(language: str | None, text: str, code: str | None) -> None:
    """Names are read in the language of the file first, and then in any language."""
    assert code == read_country(text, spellings=CountrySpellings(language)).code


def test_a_translation_that_is_another_country_in_english_is_not_guessed() -> None:
    """Vietnamese for Austria is, without its accent, the code of Angola; the point may say which is meant."""
    vietnamese = CountrySpellings("vi")

    assert ("AO", "AT") == read_country("Ao", spellings=vietnamese).candidates
    assert ("AT", "AT") == (
        read_country("Áo", spellings=vietnamese).code,
        read_country("Ao", (48.2, 16.4), vietnamese).code,
    )


def test_a_translation_of_two_countries_is_not_guessed() -> None:
    """As translators err."""
    assert (
        ("LT", "LV")
        == translated_countries("tk")["litwiya"]
        == read_country("Litwiýa", spellings=CountrySpellings("tk")).candidates
    )


def test_spellings_of_a_file_go_first() -> None:
    """What a profile says of a spelling counts, whatever else it may mean."""
    own = CountrySpellings(own={"Georgia": "GE", "Großbritannien": "GB"})

    assert "GE" == read_country("GEORGIA", spellings=own).code
    assert "GB" == read_country("Schottland, Grossbritannien", spellings=own).code


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Frankreich, Italien", ("FR", "IT")),
        ("Gibraltar, Spanien", ("GI", "ES")),
        ("Kongo", ("CD", "CG")),
        ("Luxembourg, Belgium", ("LU", "BE")),
    ],
)
def test_two_countries_are_not_guessed(text: str, candidates: tuple[str, ...]) -> None:
    """Neither of the names of two, nor of a name that English has for two; the point may say which is meant."""
    assert candidates == read_country(text, spellings=CountrySpellings("de")).candidates
    assert "CD" == read_country("Kongo", (-11.66, 27.48), CountrySpellings("de")).code


@pytest.mark.parametrize(("language", "names"), EVERYDAY.items())
def test_everyday_names_are_none_that_are_translated(
    language: str, names: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table has what people say and the translated standard does not, and each of it can be read."""
    assert list(names.values()) == [read_country(name, spellings=CountrySpellings(language)).code for name in names]
    monkeypatch.setattr(countries, "EVERYDAY", {})
    without = translated_countries.__wrapped__(language)
    assert [] == [
        name for name in names if fold(name) in without or (read_country(name).standard and read_country(name).code)
    ]


def test_umlauts_may_be_written_out() -> None:
    """As capitals often are."""
    assert ["AT", "GB", "TR"] == [
        read_country(text, spellings=CountrySpellings("de")).code
        for text in ("OESTERREICH", "Grossbritannien", "Tuerkei")
    ]
