"""Countries as lists and people spell them."""

import json
from pathlib import Path
from typing import Any, Final

import pycountry
import pytest
from importlib_resources import files

from friendcities import Dataset
from friendcities.authoring.parse_answers import parse_country
from friendcities.errors import InvalidQueryError
from friendcities.names import countries
from friendcities.names.countries import (
    ALIASES,
    EVERYDAY,
    TERRITORIES,
    CountrySpellings,
    comparison_key,
    country_code,
    country_names,
    read_country,
    translated_countries,
)
from friendcities.names.normalize import fold
from tests.cases import for_each_case
from tests.worlds import a_city


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
        ("China PR", "CN"),
        ("West Germany", "DE"),
        ("Cymru", "GB"),
        ("Germany (Bavaria)", "DE"),
        ("USA (Ohio)", "US"),
        ("USA - Ohio", "US"),
        ("United Kingdom - Scotland", "GB"),
        ("Canada – Québec", "CA"),
        ("Australia: Victoria", "AU"),
        ("Brasil - SP", "BR"),
        ("Russia (Tatarstan)", "RU"),
        ("Lebanon, Ohio", None),
        ("Lower Saxony, Germany", "DE"),
        ("Congo, Africa", None),
        ("India, Atlantis", None),
        ("Atlantis, Guinea, New", None),
    ],
)
def test_a_part_a_country(text: str, code: str | None) -> None:
    """Of a part and its country the country is meant, or the part if ISO 3166-1 codes it; nothing else is guessed."""
    assert code == read_country(text).code


@for_each_case(
    [
        ("Nga", "vi", ("RU",)),
        ("Nga", None, ("NG", "RU")),
        ("nga", None, ("NG", "RU")),
        ("nga", "de", ("NG",)),
        ("NGA", None, ("NG",)),
        ("Ao", "vi", ("AO", "AT")),
        ("Áo", "vi", ("AT",)),
        ("NGA", "vi", ("NG", "RU")),
        ("de", "vi", ("DE",)),
        ("276", "vi", ("DE",)),
        ("nz", None, ("NZ",)),
        ("Usa", None, ("US",)),
        ("Çin", None, ("CN",)),
        ("Fas", None, ("MA",)),
        ("Çad", None, ("TD",)),
        ("Cad", None, ("TD",)),
        ("Man", None, ()),
        ("Fas", "tr", ("MA",)),
    ]
)
def test_a_code_that_is_not_in_capitals_can_be_a_name(text: str, language: str | None, codes: tuple[str, ...]) -> None:
    """An everyday name in the language of the file is read first; without a language, both are possible."""
    assert codes == read_country(text, None, CountrySpellings(language)).codes


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


@for_each_case(
    [
        ("Filistin", "PS"),
        ("Galler", "GB"),
        ("Kuzey İrlanda", "GB"),
        ("Уэльс", "GB"),
        ("ウェールズ", "GB"),
        ("Republika Hrvatska", "HR"),
        ("Rzeczpospolita Polska", "PL"),
        ("Република Србија", "RS"),
        ("Ελληνική Δημοκρατία", "GR"),
        ("Konungariket Sverige", "SE"),
        ("Suomen tasavalta", "FI"),
        ("Lietuvos Respublika", "LT"),
        ("Schweizerische Eidgenossenschaft", "CH"),
        ("מדינת ישראל", "IL"),
    ]
)
def test_official_names_and_parts_in_other_languages(text: str, code: str) -> None:
    """A file needs no declared language for them."""
    assert code == read_country(text).code


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


SPELLINGS: Final = """
Bosnia & Herzegovina = BA
St. Lucia = LC
Republic of Kosovo = XK
Holy See = VA
PRC = CN
FYROM = MK
Republic of Macedonia = MK
Palestinian territories = PS
England = GB
Scotland = GB
Congo, Republic of the = CG
ロシア = RU
韓國 = KR
США = US
Egypt, Arab Rep. = EG
Korea, Rep. = KR
Korea, Dem. People's Rep. = KP
Congo, Dem. Rep. = CD
Congo, Rep. = CG
Micronesia, Fed. Sts. = FM
Macedonia, FYR = MK
Venezuela, RB = VE
Lao PDR = LA
Gambia, The = GM
Bahamas, The = BS
Hong Kong SAR, China = HK
Macao SAR, China = MO
St. Martin (French part) = MF
Sint Maarten (Dutch part) = SX
West Bank and Gaza = PS
Kyrgyz Republic = KG
Slovak Republic = SK
Cote d'Ivoire = CI
Cote d Ivoire = CI
Viet Nam = VN
Virgin Islands (U.S.) = VI
Virgin Islands (British) = VG
Congo (Kinshasa) = CD
Congo (Brazzaville) = CG
Korea (South) = KR
Korea (Republic of) = KR
Iran (Islamic Republic of) = IR
Bolivia (Plurinational State of) = BO
Falkland Islands (Malvinas) = FK
Taiwan (Province of China) = TW
Taiwan, China = TW
China (Taiwan) = TW
France (Réunion) = RE
Denmark, Greenland = GL
Congo DR = CD
Faeroe Islands = FO
Falklands = FK
Chinese Taipei = TW
N.Z. = NZ
Commonwealth of Australia = AU
Western Samoa = WS
ФРГ = DE
ЮАР = ZA
호주 = AU
俄國 = RU
大韓民国 = KR
الإمارات = AE
Netherlands (Kingdom of the) = NL
Myanmar (Burma) = MM
Swaziland (Eswatini) = SZ
Czechia (Czech Republic) = CZ
Palestine (State of) = PS
Georgia (country) = GE
Chad (country) = TD
Chad (state) = -
Atlantis (country) = -
Georgia (USA) = US
Punjab (India) = IN
Niger (state) = -
Ireland (Republic) = IE
Ireland (Eire) = IE
Republic of Ireland = IE
Former Yugoslav Republic of Macedonia = MK
Macedonia, the former Yugoslav Republic of = MK
People's Republic of China = CN
P.R. China = CN
P. R. China = CN
U.S.A. = US
U. S. A. = US
U.S. = US
U.K. = GB
U.A.E. = AE
D.R. Congo = CD
S. Korea = KR
N. Ireland = GB
E. Timor = TL
W. Sahara = EH
St Vincent & the Grenadines = VC
St Kitts = KN
Trinidad/Tobago = TT
Antigua & Barbuda = AG
São Tomé & Príncipe = ST
Serbia & Montenegro = RS ME
Congo = CG CD
Korea = KP KR
Kongo = CD CG
Corea = KP KR
Frankreich = FR
Bosnien & Herzegowina = BA
Bosnie-Herzégovine = BA
Weißrussland = BY
Türkei = TR
Almanya = DE
ألمانيا = DE
المانيا = DE
الإمارات العربية المتحدة = AE
德国 = DE
德國 = DE
Германия = DE
Németország = DE
Saksa = DE
독일 = DE
Wielka Brytania = GB
Österreich = AT
Corée du Sud = KR
Côte d’Ivoire = CI
Democratic Republic of the Congo = CD
DRC = CD
UK = GB
United Kingdom (England) = GB
England/UK = GB
France/Italy = FR IT
France, United Kingdom = FR GB
Solomon Is. = SB
Cayman Is = KY
NA = NA
ROC = TW
R.O.C. = TW
ROI = IE
KKTC = CY
TRNC = CY
Corée = KP KR
Coreia = KP KR
Kore = KP KR
Корея = KP KR
USA (Texas) = US
USA, Texas = US
USA (TX) = US
Canada (Quebec) = CA
Australia (NSW) = AU
Mexico (Jalisco) = MX
Canada (Texas) = -
Congo (Texas) = -
Korea, South = KR
South-Korea = KR
Rep. of Korea = KR
Atlantis = -
Republic of Atlantis = -
Republic of Georgia = GE
Islamic Republic of Pakistan = PK
Socialist Republic of Vietnam = VN
Hashemite Kingdom of Jordan = JO
Kingdom of Denmark = DK
SU = -
Yugoslavia = -
Soviet Union = -
Czechoslovakia = CZ SK
Channel Islands = GG JE
Sudan = SD
Great Britain and Northern Ireland = GB
Republic of China = TW
Republic of China (Taiwan) = TW
Russian Fed. = RU
Russian Federation = RU
Türkiye/Turkey = TR
Dem. Rep. of the Congo = CD
Congo, the Democratic Republic of the = CD
the Netherlands = NL
Éire = IE
Brunei = BN
中国 = CN
Hong Kong = HK
Scotland, UK = GB
Scotland (UK) = GB
Vatican City State = VA
Sri Lanka (Ceylon) = LK
U.S. Virgin Is. = VI
Central African Rep. = CF
Dominican Rep. = DO
Guinea Bissau = GW
Timor Leste = TL
"""
"""Spellings in lists, each with the codes of the countries that it can mean; ``-`` for none."""


@pytest.mark.parametrize("line", SPELLINGS.strip().splitlines())
def test_every_spelling_is_read_or_rejected_with_candidates(line: str) -> None:
    """Ampersands, abbreviations, brackets, inversions, forms of state, parts and other languages are read alike."""
    text, _, codes = line.partition(" = ")
    expected = set(codes.replace("-", "").split())

    assert expected == set(read_country(text).codes)
    assert len(expected) <= 1 or country_codes_in_error(text) == expected
    if len(expected) == 1:
        assert expected == {country_code(text)}


@for_each_case(Path(__file__).with_name("country_spellings.txt").read_text("utf-8").splitlines())
def test_spellings_of_lists_in_many_languages(line: str) -> None:
    """As newspapers, city offices, ISO, the United Nations, FIFA and the CIA write them; ``-`` for none."""
    text, _, codes = line.partition(" = ")

    assert set(codes.replace("-", "").split()) == set(read_country(text).codes)


def country_codes_in_error(text: str) -> set[str]:
    """The codes that the error about an ambiguous name suggests."""
    with pytest.raises(InvalidQueryError, match=r"name of 2 countries|name of 3 countries") as caught:
        country_code(text)
    return {str(each).rpartition("(")[2].rstrip(")") for each in caught.value.candidates}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Liverpool, Großbritannien", "gb-liverpool"),
        ("Liverpool, イギリス", "gb-liverpool"),
        ("Pointe-Noire, Congo, Republic of the", "cg-pointe-noire"),
        ("Busan, S. Korea", "kr-busan"),
        ("Busan, 韓國", "kr-busan"),
        ("Busan, Korea (Republic of)", "kr-busan"),
    ],
)
def test_cities_and_filters_use_the_same_reader(query: str, expected: str) -> None:
    """A country after a city is read as in a table, and so are the filter ``country`` and the answers of ``add``."""
    world = Dataset([a_city(id_, name) for id_, name in CITIES.items()])
    country = query.partition(", ")[2]

    assert expected == world.city(query).id
    assert () == world.partners_of(expected, country=country)
    assert expected[:2].upper() == parse_country(country)


CITIES: Final = {"gb-liverpool": "Liverpool", "cg-pointe-noire": "Pointe-Noire", "kr-busan": "Busan"}


def test_the_names_in_all_languages_are_in_the_form_in_which_names_are_compared() -> None:
    """The generated file fits the rules of comparison; it is made anew when these change."""
    names = json.loads(files("friendcities.names").joinpath("country_names.json").read_bytes())
    listed = [(code, name) for code, joined in names.items() for name in joined.split("|")]

    assert [] == [name for _, name in listed if comparison_key(name) != name]
    assert [] == [(code, name) for code, name in listed if code not in read_country(name).codes]
    assert len(listed) > 20_000


def test_english_names_of_two_countries_do_not_fold_into_one() -> None:
    """The rules of comparison keep the names of all countries apart."""
    countries: Any = pycountry.countries
    keys = {comparison_key(country.name): country.alpha_2 for country in countries}

    assert len(keys) == len(countries)
