"""Records as linked data."""

import json
import re
from typing import Any

import pytest

import friendcities as fc
from friendcities.exporters.json_ld import as_script, city_as_json_ld, dataset_as_json_ld, source_as_json_ld


def a_city(**more: Any) -> fc.City:
    """A city of which as little as may be is known."""
    given: dict[str, Any] = {"id": fc.parse_city_id("is-vik"), "name": "Vík", "country": "IS", "level": fc.Level.TOWN}
    return fc.City(**(given | more))


def test_a_city_that_is_known() -> None:
    """Names with their languages, ids elsewhere, the point, the country, and active partners by Wikidata's property."""
    told = city_as_json_ld(fc.dataset(), fc.city("Dunedin"), "https://friendcities.example/cities/nz-dunedin.html")

    assert "https://friendcities.example/cities/nz-dunedin.html" == told["@id"] == told["url"]
    assert {"@value": "Ōtepoti", "@language": "mi"} in told["alternateName"]
    assert ["friendcities", "geonames", "wikidata"] == [each["propertyID"] for each in told["identifier"]]
    assert ["http://www.wikidata.org/entity/Q133073", "https://sws.geonames.org/2191562"] == told["sameAs"]
    assert {"@type": "GeoCoordinates", "latitude": -45.87416, "longitude": 170.50361} == told["geo"]
    assert {"@type": "Country", "name": "New Zealand", "identifier": "NZ"} == told["containedInPlace"]
    assert ["http://www.wikidata.org/entity/Q8686"] == [each["sameAs"][0] for each in told["wdt:P190"]]


def test_a_city_of_which_little_is_known() -> None:
    """What is not known is left out, and nothing is put in its place."""
    city = a_city()

    told = city_as_json_ld(fc.Dataset([city]), city)

    assert {"@context", "@type", "@id", "name", "identifier", "containedInPlace"} == set(told)
    assert "" == told["@id"]


def test_a_part_lies_in_its_whole() -> None:
    """A district is an administrative area, and lies in its city and in the country."""
    told = city_as_json_ld(fc.dataset(), fc.city("Pudong New Area"))

    assert "AdministrativeArea" == told["@type"]
    assert ["Shanghai", "China"] == [each["name"] for each in told["containedInPlace"]]


def test_only_active_partners_are_partners() -> None:
    """A letter of intent or a claim is no twinning."""
    [port_of_spain] = fc.partnerships_of("Port of Spain", status="proposed")

    assert "proposed" == port_of_spain.state.status
    assert "wdt:P190" not in city_as_json_ld(fc.dataset(), fc.city("Port of Spain"))


def test_a_source_of_which_little_is_known() -> None:
    """A work without author, date, language or address has none."""
    source = fc.Source(
        id=fc.parse_source_id("gazette-1994"),
        kind=fc.SourceKind.OTHER,
        publisher="Gazette",
        title="Twins",
        as_of=fc.PartialDate(1994),
    )

    told = source_as_json_ld(source)

    assert {"@context", "@type", "@id", "name", "publisher", "identifier"} == set(told)
    assert "CreativeWork" == told["@type"]


def test_the_dataset_says_where_it_is() -> None:
    """The version and the day of the data, and where to have it."""
    told = dataset_as_json_ld("download/friendcities.json")

    assert [fc.__version__, fc.data_version] == [told["version"], told["dateModified"]]
    assert "download/friendcities.json" == told["distribution"][0]["contentUrl"]


@pytest.mark.parametrize("name", ["</script><script>alert(1)</script>", "<!--", "]]>", "a & b", '"\\'])
def test_no_name_ends_the_element(name: str) -> None:
    """Whatever a name is, the element has one end, and reading it gives the name."""
    city = a_city(name=name)

    script = as_script(city_as_json_ld(fc.Dataset([city]), city))

    inside = re.fullmatch(r'<script type="application/ld\+json">([^<>&\u2028\u2029]*)</script>', script)
    assert inside is not None
    assert name == json.loads(inside[1])["name"]


def test_separators_of_lines_are_written_out() -> None:
    """Two characters that old readers of scripts take for the end of a line never stand in one."""
    assert r'{"name": "\u2028\u2029"}' in as_script({"name": "\u2028\u2029"})
