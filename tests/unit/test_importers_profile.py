"""Profiles: what may stand in one, and what is said of one that is wrong."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import friendcities as fc
from friendcities.importers import Profile, packaged_profiles
from friendcities.importers.file_layout import FileLayout
from friendcities.importers.profile import CityColumns
from friendcities.importers.suggest import format_suggestion
from tests.cases import for_each_case

GOOD = {
    "cities": 'level = "town"',
    "first": 'name = "a"\ncountry_is = "IS"',
    "second": 'name = "b"\ncountry = "land"',
}


def told(**tables: str) -> str:
    """A profile in TOML, with some tables other than usual; an empty one is left out."""
    return "".join(f"[{name}]\n{said}\n" for name, said in (GOOD | tables).items() if said)


@pytest.mark.parametrize("name", packaged_profiles())
def test_what_comes_with_the_package_is_right(name: str) -> None:
    """Each profile of the package can be read, by its name."""
    assert Profile.load(name).columns


def test_everything_that_can_be_said(tmp_path: Path) -> None:
    """Each key of each table has its place."""
    source = 'kind = "press"\npublisher = "P"\ntitle = "T"\nas_of = "2026-02"\nlanguage = "de"\naddress = "https://a.example/"'
    first = 'name = "a"\ncountry_is = "IS"\nlatitude = "lat"\nlongitude = "lng"\nwikidata = "q"'
    steps = (
        'date = "d"\nkind = "k"\nkinds = {p = "sister_city"}\nstatus = "s"\nstatuses = {off = "ended"}\nend = "e"\n'
        'date_formats = ["%d. %B %Y"]\nmonths = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"]'
    )
    file = 'encoding = "latin-1"\ndelimiter = ";"\nsheet = "S"\nheading = 3\nfill_down = ["a"]\nblank = ["-"]'
    countries = '"Großbritannien" = "GB"'
    path = tmp_path / "mine.toml"
    path.write_text(told(source=source, first=first, steps=steps, file=file, countries=countries), encoding="utf-8")

    profile = Profile.load(path)
    assert ("a", "lat", "lng", "q", "b", "land", "d", "k", "s", "e") == profile.columns
    assert (fc.SourceKind.PRESS, "P", "T", "de", "https://a.example/") == (
        profile.source_kind,
        profile.publisher,
        profile.title,
        profile.language,
        profile.address,
    )
    assert ("2026-02", {"p": "sister_city"}) == (str(profile.as_of), profile.kinds)
    assert ({"off": "ended"}, {"Großbritannien": "GB"}) == (profile.statuses, profile.countries)
    assert (("%d. %B %Y",), tuple("abcdefghijkl")) == (profile.date_formats, profile.months)
    assert ("latin-1", ";", "S") == (profile.encoding, profile.delimiter, profile.sheet)
    assert (3, ("a",), ("-",)) == (profile.heading, profile.fill_down, profile.blank)


@for_each_case(
    [
        ("invalid TOML", "["),
        (r"\[second\] is missing", told(second="")),
        (r"unknown table \[third\]; expected one of", told(third="x = 1")),
        (r"invalid cities = 'town'; expected a table: \[cities\]", 'cities = "town"\n' + told(cities="")),
        ("second. needs either 'name' or 'name_is'", told(second='country = "x"')),
        ("needs either 'country' or 'country_is'", told(second='name = "b"')),
        ("needs either 'country' or 'country_is'", told(second='name = "b"\ncountry = "c"\ncountry_is = "IS"')),
        ("needs both 'latitude' and 'longitude', or none", told(second='name = "b"\ncountry = "c"\nlatitude = "l"')),
        ("unknown key 'nmae' in .second.; expected one of 'name'", told(second='nmae = "b"')),
        ("invalid name of .second.: 1; expected the name of a column", told(second="name = 1\ncountry = 'c'")),
        ("invalid kinds of .steps.: 'p'; expected a table", told(steps='kinds = "p"')),
        ("invalid level of .cities.: 'village'; expected one of 'municipality'", told(cities='level = "village"')),
        ("invalid kind of .source.: 'rumour'", told(source='kind = "rumour"')),
        ("invalid kinds of .steps., 'p': 'twin'; expected one of", told(steps='kinds = {p = "twin"}')),
        (
            "invalid statuses of .steps., 'off': 'over'; expected one of 'unconfirmed'",
            told(steps='statuses = {off = "over"}'),
        ),
        ("invalid date_formats of .steps.: '%Y'; expected a list of texts", told(steps='date_formats = "%Y"')),
        ("invalid date_formats of .steps.: 1; expected a text", told(steps="date_formats = [1]")),
        (
            "invalid date_formats of .steps.: '%x'; expected a format with %Y, .*, such as '%d.%m.%Y'$",
            told(steps='date_formats = ["%x"]'),
        ),
        ("'%B %Y'; .*; %B needs the key 'months' with the names", told(steps='date_formats = ["%B %Y"]')),
        ("invalid months of .steps.; expected the names of the 12 months", told(steps='months = ["May"]')),
        ("invalid months of .steps.", told(steps=f"months = {[*'abcdefghijklA']}")),
        ("invalid months of .steps.", told(steps=f"months = {[*'abcdefghijk', ' ']}")),
        ("kinds of .steps. needs a column; set kind$", told(steps='kinds = {p = "contact"}')),
        ("statuses of .steps. needs a column; set status$", told(steps='statuses = {p = "ended"}')),
        ("date_formats of .steps. needs a column; set date or end$", told(steps='date_formats = ["%Y"]')),
        ("invalid heading of .file.: 1048577; expected", told(file="heading = 1048577")),
        (
            "invalid fill_down of .file.: 'x'; expected a column that another key of the profile names",
            told(file='fill_down = ["x"]'),
        ),
        (
            "'Ost.' and 'ost' of .countries. differ only in case, .* two codes",
            told(countries='"Ost." = "DE"\nost = "AT"'),
        ),
        ("invalid '-' of .countries.; expected a name with a letter", told(countries='"-" = "DE"')),
        ("invalid heading of .file.: '3'; expected the number", told(file='heading = "3"')),
        ("invalid heading of .file.: True; expected the number", told(file="heading = true")),
        ("invalid heading of .file.: -1; expected the number of the row", told(file="heading = -1")),
        ("invalid fill_down of .file.: 'a'; expected a list", told(file='fill_down = "a"')),
        ("invalid 'Polen' of .countries.: 'Poland'; expected the ISO 3166-1 code", told(countries='Polen = "Poland"')),
        ("invalid 'Polen' of .countries.: 1; expected", told(countries="Polen = 1")),
        ("invalid 'kinds' of .countries.: {}; expected", told(countries="kinds = {}")),
        ("invalid as_of of .source.: 'now'; expected a date", told(source='as_of = "now"')),
        ("invalid publisher of .source.: ''; expected a name", told(source='publisher = ""')),
        (r"invalid title of .source.: '\\x07'; expected a title", told(source='title = "\\u0007"')),
        ("invalid language of .source.: 'German!'; expected a BCP 47 tag", told(source='language = "German!"')),
        ("invalid address of .source.: 'shelf 5'; expected a URL", told(source='address = "shelf 5"')),
        ("invalid TOML: .*digits", f"x = {'1' * 5000}"),
        ("invalid TOML: the values are nested too deep", f"x = {'[' * 100_000}"),
    ],
)
def test_what_is_wrong_is_said(words: str, text: str) -> None:
    """The error says which table and key, and what could stand there."""
    with pytest.raises(fc.InvalidQueryError, match=words):
        Profile.parse(text)


@pytest.mark.parametrize("delimiter", ["", "||", '\\"', "\\n", "\\r"])
def test_a_delimiter_is_one_character(delimiter: str) -> None:
    """An invalid separator is refused, before a file is read with it."""
    with pytest.raises(
        fc.InvalidQueryError, match=r"mine\.toml: invalid delimiter of \[file\]: .*; expected one character"
    ):
        Profile.parse(told(file=f'delimiter = "{delimiter}"'), "mine.toml")


@pytest.mark.parametrize(
    "encoding", ["", "klingon", "undefined", "base64", "rot13", "idna", "punycode", "unicode_escape", "ü", "a\\u0000b"]
)
def test_an_encoding_is_one_of_text_files(encoding: str) -> None:
    """What Python has by this name beside those, or does not have, is refused."""
    with pytest.raises(
        fc.InvalidQueryError, match=r"invalid encoding of \[file\]: .*; expected the encoding of a text file"
    ):
        Profile.parse(told(file=f'encoding = "{encoding}"'))


@pytest.mark.parametrize("country", ["", "Germany", "?", "de", "DEU", "UK", "ZZ"])
def test_a_country_is_a_code(country: str) -> None:
    """A name or another code is refused, and so is one that no country has."""
    with pytest.raises(
        fc.InvalidQueryError, match=r"invalid country_is of \[first\]: .*; expected the ISO 3166-1 code"
    ):
        Profile.parse(told(first=f'name = "a"\ncountry_is = "{country}"'))


@pytest.mark.parametrize(
    ("words", "changes"),
    [
        ("needs either 'country' or 'country_is'", {"first": CityColumns("a")}),
        ("needs both 'latitude' and 'longitude'", {"second": CityColumns("a", country="b", latitude="c")}),
        ("date_formats of .steps.: '%d %d %Y'", {"date": "d", "date_formats": ("%d %d %Y",)}),
        ("delimiter of .file.: ';;'", {"delimiter": ";;"}),
        ("'x' of .countries.: 'zz'", {"countries": {"x": "zz"}}),
        ("statuses of .steps., 'off': 'over'", {"status": "s", "statuses": {"off": "over"}}),
        ("level of .cities.: 'village'", {"level": "village"}),
        ("as_of of .source.: 'now'; expected a date", {"as_of": "now"}),
        ("heading of .file.: -1", {"heading": -1}),
    ],
)
def test_a_profile_made_in_python_is_held_to_the_same(words: str, changes: dict[str, Any]) -> None:
    """No file is read by one that cannot be right."""
    with pytest.raises(fc.InvalidQueryError, match=f"the profile: .*{words}"):
        evolve(Profile.load("pairs"), **changes)


def test_a_profile_made_in_python_converts_words() -> None:
    """A word of a vocabulary, a date as text and a list have one meaning, so they are accepted."""
    changes: dict[str, Any] = {
        "level": "town",
        "as_of": "2026",
        "status": "s",
        "statuses": {"off": "ended"},
        "blank": ["-"],
    }
    profile = evolve(Profile.load("pairs"), **changes)

    assert (fc.Level.TOWN, fc.PartialDate(2026)) == (profile.level, profile.as_of)
    assert ({"off": fc.Status.ENDED}, ("-",)) == (profile.statuses, profile.blank)


def test_everything_wrong_is_said_at_once() -> None:
    """Two slips are two clauses of one error."""
    with pytest.raises(fc.InvalidQueryError, match=r"\[second\] is missing; unknown key 'x'"):
        Profile.parse(told(second="", cities='x = "y"'))


def test_no_such_profile(tmp_path: Path) -> None:
    """A name that is none is answered with those there are; a file that is no text is said to be none."""
    with pytest.raises(fc.InvalidQueryError, match=r"No such file.*or one of 'pairs'"):
        Profile.load("pears")
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xff")
    with pytest.raises(fc.InvalidQueryError, match="the file is not UTF-8 text"):
        Profile.load(path)


def test_a_byte_order_mark_is_no_part_of_it(tmp_path: Path) -> None:
    """Editors on Windows write one before a profile."""
    path = tmp_path / "mine.toml"
    path.write_text(told(), encoding="utf-8-sig")

    assert "a" == Profile.load(path).first.name


@pytest.mark.parametrize(
    ("columns", "guess"),
    [
        (["population", "update", "capacity", "surname"], []),
        (
            ["homeCity", "homeCountry", "Partner City", "PARTNER_COUNTRY"],
            ["homeCity", "homeCountry", "Partner City", "PARTNER_COUNTRY"],
        ),
        (
            ["first", "second", "first.country", "second.country", "since"],
            ["first", "first.country", "second", "second.country", "since"],
        ),
        (["name", "lat", "long", "name.2", "latitude_2"], ["name", "lat", "long", "name.2"]),
        (["city", "country", "city", "country"], ["#1", "#2", "#3", "#4"]),
        (["first", "second", "first.name", "second.name"], ["first.name", "second.name"]),
        (["Stadt", "Land", "Partnerstadt", "Land.1", "seit"], ["Stadt", "Land", "Partnerstadt", "Land.1", "seit"]),
        (["city", "", "partner"], ["city", "partner"]),
        (["city\U000e0001", "partner"], ["city\U000e0001", "partner"]),
    ],
)
def test_a_guess_goes_by_whole_words(columns: list[str], guess: list[str]) -> None:
    """A column is taken for what a word of its name says, and not for what a part of a word does."""
    made = tomllib.loads(format_suggestion(FileLayout(tuple(columns))))

    said = [
        made[table].get(key, "?")
        for table in ("first", "second")
        for key in ("name", "country", "latitude", "longitude")
    ]
    assert guess == [each for each in [*said, made.get("steps", {}).get("date", "?")] if each != "?"]
