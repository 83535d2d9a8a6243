"""Records as linked data."""

import json
import re
from typing import Any

import pytest

import friendcities as fc
from friendcities.exporters.json_ld import as_script, city_as_json_ld, dataset_as_json_ld, source_as_json_ld


def a_city(**more: Any) -> fc.City:
    """A city with only the required fields."""
    given: dict[str, Any] = {"id": fc.parse_city_id("is-vik"), "name": "Vík", "country": "IS", "level": fc.Level.TOWN}
    return fc.City(**(given | more))


def test_a_city_that_is_known() -> None:
    """A city has its names, identifiers, coordinates, country and active partners."""
    node = city_as_json_ld(fc.dataset(), fc.city("Dunedin"), "https://friendcities.example/cities/nz-dunedin.html")

    assert "https://friendcities.example/cities/nz-dunedin.html" == node["@id"] == node["url"]
    assert {"@value": "Ōtepoti", "@language": "mi"} in node["alternateName"]
    assert ["friendcities", "geonames", "wikidata"] == [each["propertyID"] for each in node["identifier"]]
    assert ["http://www.wikidata.org/entity/Q133073", "https://sws.geonames.org/2191562"] == node["sameAs"]
    assert {"@type": "GeoCoordinates", "latitude": -45.87416, "longitude": 170.50361} == node["geo"]
    assert {"@type": "Country", "name": "New Zealand", "identifier": "NZ"} == node["containedInPlace"]
    assert ["http://www.wikidata.org/entity/Q8686"] == [each["sameAs"][0] for each in node["wdt:P190"]]


def test_a_city_of_which_little_is_known() -> None:
    """Unknown values are left out."""
    city = a_city()

    node = city_as_json_ld(fc.Dataset([city]), city)

    assert {"@context", "@type", "@id", "name", "identifier", "containedInPlace"} == set(node)
    assert "" == node["@id"]


def test_a_part_lies_in_its_whole() -> None:
    """A district is an administrative area in its city and its country."""
    node = city_as_json_ld(fc.dataset(), fc.city("Pudong New Area"))

    assert "AdministrativeArea" == node["@type"]
    assert ["Shanghai", "China"] == [each["name"] for each in node["containedInPlace"]]


def test_only_active_partners_are_partners() -> None:
    """Proposed partners are left out."""
    [port_of_spain] = fc.partnerships_of("Port of Spain", status="proposed")

    assert "proposed" == port_of_spain.state.status
    assert "wdt:P190" not in city_as_json_ld(fc.dataset(), fc.city("Port of Spain"))


def test_a_source_of_which_little_is_known() -> None:
    """Unknown author, date, language and address are left out."""
    source = fc.Source(
        id=fc.parse_source_id("gazette-1994"),
        kind=fc.SourceKind.OTHER,
        publisher="Gazette",
        title="Twins",
        as_of=fc.PartialDate(1994),
    )

    node = source_as_json_ld(source)

    assert {"@context", "@type", "@id", "name", "publisher", "identifier"} == set(node)
    assert "CreativeWork" == node["@type"]


def test_the_dataset_says_where_it_is() -> None:
    """The dataset has its version, date and download."""
    node = dataset_as_json_ld("download/friendcities.json")

    assert [fc.__version__, fc.data_version] == [node["version"], node["dateModified"]]
    assert "download/friendcities.json" == node["distribution"][0]["contentUrl"]


@pytest.mark.parametrize("name", ["</script><script>alert(1)</script>", "<!--", "]]>", "a & b", '"\\'])
def test_no_name_ends_the_element(name: str) -> None:
    """No name ends the script element, and every name is read back unchanged."""
    city = a_city(name=name)

    script = as_script(city_as_json_ld(fc.Dataset([city]), city))

    inside = re.fullmatch(r'<script type="application/ld\+json">([^<>&\u2028\u2029]*)</script>', script)
    assert inside is not None
    assert name == json.loads(inside[1])["name"]


def test_separators_of_lines_are_written_out() -> None:
    """The line and paragraph separators are escaped for old readers of scripts."""
    assert r'{"name": "\u2028\u2029"}' in as_script({"name": "\u2028\u2029"})
