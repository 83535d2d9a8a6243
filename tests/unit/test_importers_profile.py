"""Profiles: what may stand in one, and what is said of one that is wrong."""

from pathlib import Path

import pytest

import friendcities as fc
from friendcities.importers import Profile, packaged_profiles

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
    assert Profile.named(name).columns


def test_everything_that_can_be_said(tmp_path: Path) -> None:
    """Each key of each table has its place."""
    source = 'kind = "press"\npublisher = "P"\ntitle = "T"\nas_of = "2026-02"\nlanguage = "de"\naddress = "https://a.example/"'
    first = 'name = "a"\ncountry_is = "IS"\nlatitude = "lat"\nlongitude = "lng"\nwikidata = "q"'
    steps = 'date = "d"\nkind = "k"\nkinds = {p = "sister_city"}'
    file = 'encoding = "latin-1"\ndelimiter = ";"\nsheet = "S"'
    path = tmp_path / "mine.toml"
    path.write_text(told(source=source, first=first, steps=steps, file=file), encoding="utf-8")

    profile = Profile.named(path)
    assert ("a", "lat", "lng", "q", "b", "land", "d", "k") == profile.columns
    assert (fc.SourceKind.PRESS, "P", "T", "de", "https://a.example/") == (
        profile.source_kind,
        profile.publisher,
        profile.title,
        profile.language,
        profile.address,
    )
    assert ("2026-02", {"p": "sister_city"}) == (str(profile.as_of), profile.kinds)
    assert ("latin-1", ";", "S") == (profile.encoding, profile.delimiter, profile.sheet)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("this is no TOML", "["),
        (r"\[second\] is missing", told(second="")),
        (r"there is no table \[third\]", told(third="x = 1")),
        ("cities is to be a table", 'cities = "town"\n' + told(cities="")),
        ("'name' in .second. is missing", told(second='country = "x"')),
        ("needs 'country' or 'country_is'", told(second='name = "b"')),
        ("needs 'country' or 'country_is'", told(second='name = "b"\ncountry = "c"\ncountry_is = "IS"')),
        ("and needs both", told(second='name = "b"\ncountry = "c"\nlatitude = "l"')),
        ("has no 'nmae'", told(second='nmae = "b"')),
        ("'name' in .second. is to be text", told(second="name = 1\ncountry = 'c'")),
        ("'kinds' in .steps. is to be a table", told(steps='kinds = "p"')),
        ("level = 'village'; it can be 'municipality'", told(cities='level = "village"')),
        ("kind of .source. = 'rumour'", told(source='kind = "rumour"')),
        ("kind 'p' = 'twin'", told(steps='kinds = {p = "twin"}')),
        ("as_of: 'now' is no date", told(source='as_of = "now"')),
    ],
)
def test_what_is_wrong_is_said(words: str, text: str) -> None:
    """The error says which table and key, and what could stand there."""
    with pytest.raises(fc.InvalidQueryError, match=words):
        Profile.parse(text)


def test_everything_wrong_is_said_at_once() -> None:
    """Two slips are two clauses of one error."""
    with pytest.raises(fc.InvalidQueryError, match=r"\[second\] is missing; .*has no 'x'"):
        Profile.parse(told(second="", cities='x = "y"'))


def test_no_such_profile(tmp_path: Path) -> None:
    """A name that is none is answered with those there are; a file that is no text is said to be none."""
    with pytest.raises(fc.InvalidQueryError, match=r"No such file.*or one of 'pairs'"):
        Profile.named("pears")
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xff")
    with pytest.raises(fc.InvalidQueryError, match="it is no text"):
        Profile.named(path)
