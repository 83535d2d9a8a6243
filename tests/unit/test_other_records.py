"""City, source, memorandum, official, statistic, event, cooperation: their rules and what is derived."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any
from unittest.mock import ANY

import pytest

from friendcities import (
    City,
    Cooperation,
    Coordinates,
    Event,
    InvalidRecordError,
    Level,
    Memorandum,
    Name,
    Office,
    Official,
    PartialDate,
    Participant,
    Party,
    Source,
    StatedCount,
    Statistic,
)
from friendcities.codec.reader import read_record
from friendcities.model import AnyRecord
from tests.cases import for_each_case
from tests.documents import DOCUMENTS


def made(cls: type[AnyRecord], **places: Any) -> Any:
    """A record of this type with every field set, but for evidence, and some of them otherwise."""
    id_, plain = DOCUMENTS[cls]
    plain = {key: value for key, value in plain.items() if key != "evidence"} | places
    return read_record(cls, plain.pop("id", id_), {key: value for key, value in plain.items() if value is not None})


@contextmanager
def suppress_and_note(fields: list[str]) -> Iterator[None]:
    """Note the fields of the problems of what is made here, if it cannot be made."""
    try:
        yield
    except InvalidRecordError as error:
        fields.extend(problem.field for problem in error.problems)


def faults(cls: type[Any], **fields: Any) -> list[tuple[str, str]]:
    """Field and fault of each problem of what cannot be made."""
    with pytest.raises(InvalidRecordError) as caught:
        cls(**fields)
    return [(problem.field, problem.message) for problem in caught.value.problems]


@for_each_case(
    [
        (City, {"id": "au-dunedin"}, "country", "the country 'NZ' contradicts the id 'au-dunedin'"),
        (City, {"id": "nz-Dunedin", "evidence": []}, "id", "invalid city id 'nz-Dunedin'"),
        (City, {"country": "NZL"}, "country", "invalid country code 'NZL'"),
        (City, {"subdivision": "OTA"}, "subdivision", "invalid subdivision code 'OTA'"),
        (City, {"subdivision": "US-IL"}, "subdivision", ANY),
        (City, {"subdivision": "NZL-1"}, "subdivision", "invalid subdivision code 'NZL-1'"),
        (City, {"part_of": "nz-dunedin"}, "part_of", "the city is a part of itself"),
        (City, {"part_of": "otago"}, "part_of", "invalid city id 'otago'"),
        (City, {"identifiers": {"Wikidata": "Q1"}}, "identifiers", "invalid scheme 'Wikidata' of the identifier 'Q1'"),
        (City, {"identifiers": {"wikidata": "133073"}}, "identifiers", ANY),
        (City, {"identifiers": {"wikidata": "q133073"}}, "identifiers", ANY),
        (City, {"identifiers": {"wikidata": "Q133073x"}}, "identifiers", ANY),
        (City, {"identifiers": {"wikidata": "Q"}}, "identifiers", ANY),
        (City, {"identifiers": {"wikidata": "Q１３"}}, "identifiers", ANY),
        (City, {"identifiers": {"geonames": "2191562", "wikidata": "P1"}}, "identifiers", ANY),
        (Source, {"language": "english"}, "language", "invalid language tag 'english'"),
        (Source, {"speaks_for": ["nz-dunedin", "x"]}, "speaks_for[1]", "invalid city id 'x'"),
        (Source, {"address": "example.org"}, "address", "invalid address 'example.org'"),
        (Source, {"archived": "https://a b"}, "archived", "invalid address 'https://a b'"),
        (Source, {"address": "ftp://example.org"}, "address", "invalid address 'ftp://example.org'"),
        (Memorandum, {"id": "No Id"}, "id", "invalid id 'No Id'"),
        (Memorandum, {"signatories": []}, "signatories", "the list is empty"),
        (Official, {"id": "No Id"}, "id", "invalid id 'No Id'"),
        (Statistic, {"city": "x"}, "city", "invalid city id 'x'"),
        (Statistic, {"measure": "New ventures"}, "measure", "invalid measure 'New ventures'"),
        (Statistic, {"unit": "US$"}, "unit", "invalid unit 'US$'"),
        (Statistic, {"stated_by": "Hua Yuan"}, "stated_by", "invalid id 'Hua Yuan'"),
        (Event, {"place": "x"}, "place", "invalid city id 'x'"),
        (Event, {"id": "No Id"}, "id", "invalid id 'No Id'"),
        (Cooperation, {"cities": []}, "cities", "the list is empty"),
        (Cooperation, {"cities": ["nz-dunedin", "x"]}, "cities[1]", "invalid city id 'x'"),
        (Cooperation, {"area": "Public transport"}, "area", "invalid area 'Public transport'"),
        (Cooperation, {"stated_by": "Hua Yuan"}, "stated_by", "invalid id 'Hua Yuan'"),
    ],
)
def test_what_no_record_can_be(cls: type[AnyRecord], places: dict[str, Any], field: str, what: str) -> None:
    """What one record can know by itself is known: each rule with the field that breaks it and what was found."""
    with pytest.raises(InvalidRecordError) as caught:
        made(cls, **places)
    (problem,) = caught.value.problems
    assert (field, what) == (problem.field, problem.message)
    assert "" != problem.expected


@pytest.mark.parametrize(
    ("cls", "fields", "field", "what"),
    [
        (Name, {"text": "a", "language": "x"}, "language", "invalid language tag 'x'"),
        (Participant, {"city": "x"}, "city", "invalid city id 'x'"),
        (Participant, {"city": "nz-dunedin", "delegate": "A B"}, "delegate", "invalid id 'A B'"),
        (Office, {"title": "mayor", "city": "x"}, "city", "invalid city id 'x'"),
        (
            Office,
            {"title": "mayor", "city": "nz-dunedin", "start": PartialDate(2022, 6), "end": PartialDate(2022, 5)},
            "end",
            "the end 2022-05 is before the start 2022-06",
        ),
        (StatedCount, {"counted": "cities"}, "", "the count is empty"),
        (StatedCount, {"counted": "cities", "number": -1}, "number", "-1 is out of range"),
        (Party, {}, "", "neither 'city' nor 'organisation' is given"),
        (
            Party,
            {"city": "nz-dunedin", "organisation": "council"},
            "",
            "'city' and 'organisation' are both given",
        ),
        (Party, {"city": "x"}, "city", "invalid city id 'x'"),
        (Party, {"organisation": "council", "based_in": "x"}, "based_in", "invalid city id 'x'"),
        (Party, {"organisation": "council", "on_behalf_of": "x"}, "on_behalf_of", "invalid city id 'x'"),
        (
            Party,
            {"city": "nz-dunedin", "named": False},
            "city",
            "'city' is combined with 'named', 'based_in' or 'on_behalf_of'",
        ),
        (
            Party,
            {"city": "nz-dunedin", "based_in": "nz-otago"},
            "city",
            "'city' is combined with 'named', 'based_in' or 'on_behalf_of'",
        ),
        (
            Party,
            {"city": "nz-dunedin", "on_behalf_of": "nz-otago"},
            "city",
            "'city' is combined with 'named', 'based_in' or 'on_behalf_of'",
        ),
    ],
)
def test_what_no_part_of_a_record_can_be(cls: type[Any], fields: dict[str, Any], field: str, what: str) -> None:
    """The parts of records have rules of their own."""
    if cls is Name:
        fields = {**fields, "kind": read_record(City, *DOCUMENTS[City]).names[0].kind}  # type: ignore[union-attr]
    assert [(field, what)] == faults(cls, **fields)


@pytest.mark.parametrize(
    ("latitude", "longitude", "fields"),
    [
        (90.0, 180.0, []),
        (-90.0, -180.0, []),
        (90.5, 0.0, ["latitude"]),
        (-90.5, 0.0, ["latitude"]),
        (0.0, 180.5, ["longitude"]),
        (123.0, -181.0, ["latitude", "longitude"]),
    ],
)
def test_coordinates_lie_on_the_earth(latitude: float, longitude: float, fields: list[str]) -> None:
    """Latitude within ±90, longitude within ±180, the ends included; both are looked at."""
    found: list[str] = []
    with suppress_and_note(found):
        Coordinates(latitude=latitude, longitude=longitude, point="city")
    assert fields == found


@pytest.mark.parametrize(
    ("country", "name"),
    [("NZ", "New Zealand"), ("VE", "Venezuela"), ("GB", "United Kingdom"), ("ZZ", "ZZ")],
)
def test_a_country_has_its_common_name(country: str, name: str) -> None:
    """Its common name, else its short one; a code that pycountry does not know stands for itself, and is no error."""
    city: Any = City
    id_ = f"{country.lower()}-x"
    assert name == city(id=id_, name="X", country=country, level=Level.TOWN).country_name


def test_an_office_may_have_any_of_its_dates() -> None:
    """Seen, begun, ended: each may be unknown, and a year may both begin and end an office."""
    office: Any = Office
    year = PartialDate(2022)
    for dates in ({}, {"attested": year}, {"start": year}, {"end": year}, {"start": year, "end": year}):
        assert dates == {name: getattr(office(title="mayor", city="nz-dunedin", **dates), name) for name in dates}


def test_the_cities_of_a_record_are_named_once() -> None:
    """Whatever a record ties to a city is counted once a city, in the order of the record."""
    party: Any = Party
    delegation = party(organisation="delegation", based_in="nz-dunedin", on_behalf_of="nz-otago")
    assert ("nz-dunedin", "nz-otago") == delegation.cities
    assert ("cn-shanghai",) == party(city="cn-shanghai").cities
    assert () == party(organisation="universities", named=False).cities
    parties = [
        {"city": "cn-shanghai"},
        {"organisation": "a", "based_in": "nz-dunedin", "on_behalf_of": "nz-dunedin"},
        {"city": "cn-shanghai"},
    ]
    assert ("cn-shanghai", "nz-dunedin") == made(Memorandum, signatories=parties).cities
    offices = [{"title": title, "city": city} for title, city in (("a", "nz-a"), ("b", "nz-b"), ("c", "nz-a"))]
    assert ("nz-a", "nz-b") == made(Official, offices=offices).cities
    participants = [{"city": "nz-a"}, {"city": "cn-shanghai"}, {"city": "nz-a"}]
    assert ("cn-shanghai", "nz-a") == made(Event, participants=participants).cities


@pytest.mark.parametrize(
    ("cls", "places", "shown"),
    [
        (City, {}, "<City nz-dunedin: Dunedin, NZ>"),
        (Source, {}, "<Source gazette-1994: The Gazette, 1994>"),
        (Source, {"published": None}, "<Source gazette-1994: The Gazette, 1994-10>"),
        (Memorandum, {}, "<Memorandum dunedin-1994: partnership_agreement, 1994-10-21>"),
        (Memorandum, {"signed": None}, "<Memorandum dunedin-1994: partnership_agreement>"),
        (Official, {}, "<Official nz-jules-radich: Jules Radich>"),
        (Statistic, {}, "<Statistic ventures-2023: more_than 4321 foreign_ventures, forecast>"),
        (Event, {}, "<Event forum-2023: Forum>"),
        (Cooperation, {}, "<Cooperation buses: planned>"),
    ],
)
def test_a_repr_says_what_a_reader_asks_first(cls: type[AnyRecord], places: dict[str, Any], shown: str) -> None:
    """The id, and what tells it from the others."""
    assert shown == repr(made(cls, **places))


@pytest.mark.parametrize(
    ("value", "holds"),
    [
        ("1E+39", True),
        ("-1E+39", True),
        ("1E+40", False),
        ("1E-40", True),
        ("1E-41", False),
        ("0", True),
        ("NaN", False),
    ],
)
def test_a_statistic_has_a_value_that_can_be_written_out(value: str, *, holds: bool) -> None:
    """Forty digits on either side of the point: what can be made can be written, and read again."""
    statistic: Any = made(Statistic)
    fields = {name: getattr(statistic, name) for name in ("id", "city", "measure", "unit", "period")}
    found: list[str] = []
    with suppress_and_note(found):
        Statistic(**fields, value=Decimal(value))
    assert ["value"] * (not holds) == found
