"""Exports records as JSON-LD (linked data) with the vocabulary of schema.org and the ids of Wikidata.

A sister-city partnership becomes a value of Wikidata's property P190 (twinned administrative body). The partnership
must be active, with official or reported evidence.
"""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from friendcities import __version__, data_version
from friendcities.model import City, DateLike, Level, Source, SourceKind

if TYPE_CHECKING:
    from friendcities.datasets.dataset import Dataset

_CONTEXT: Final = {"@vocab": "https://schema.org/", "wdt": "http://www.wikidata.org/prop/direct/"}
_TWINNED: Final = "wdt:P190"
_RELIABILITIES: Final = ("official", "reported")
_SAME_PLACES: Final = {"wikidata": "http://www.wikidata.org/entity/", "geonames": "https://sws.geonames.org/"}
"""The addresses of places on other sites, without the id."""
_CITY_TYPES: Final = {Level.MUNICIPALITY: "City", Level.TOWN: "City", Level.PROVINCE_OR_STATE: "State"}
"""The schema.org types of levels. Other levels are "AdministrativeArea"."""
_SOURCE_TYPES: Final = {
    SourceKind.PRESS: "NewsArticle",
    SourceKind.NEWS_AGENCY: "NewsArticle",
    SourceKind.ACADEMIC: "ScholarlyArticle",
    SourceKind.DATABASE: "Dataset",
    SourceKind.SOCIAL_MEDIA: "SocialMediaPosting",
}
"""The schema.org types of kinds of sources. Other kinds are "CreativeWork"."""
_SCRIPT_ESCAPES: Final = str.maketrans(
    {each: f"\\u{ord(each):04x}" for each in ("<", ">", "&", "\N{LINE SEPARATOR}", "\N{PARAGRAPH SEPARATOR}")}
)


def _reference_node(city: City) -> dict[str, Any]:
    identifiers = [_identifier("friendcities", city.id)]
    same = _same_as(city)
    return _drop_unknown({"@type": _city_type(city), "name": city.name, "identifier": identifiers, "sameAs": same})


def city_as_json_ld(
    data: "Dataset",
    city: City,
    address: str = "",
    on: DateLike | None = None,
    reference: Callable[[City], dict[str, Any]] = _reference_node,
) -> dict[str, Any]:
    """Return a city with references to its sister cities on a date.

    ``address`` is the URL of the city's page, or empty on that page itself.

    Example:
        >>> import friendcities as fc
        >>> node = city_as_json_ld(fc.dataset(), fc.city("Dunedin"))
        >>> node["@type"], node["sameAs"][0], node["wdt:P190"][0]["name"]
        ('City', 'http://www.wikidata.org/entity/Q133073', 'Shanghai')
    """
    point, country = city.coordinates, {"@type": "Country", "name": city.country_name, "identifier": city.country}
    identifiers = [("friendcities", city.id), *sorted(city.identifiers.items())]
    partners = data.partners_of(city, on=on, kind="sister_city", reliability=_RELIABILITIES)
    return _drop_unknown(
        {
            "@context": _CONTEXT,
            "@type": _city_type(city),
            "@id": address,
            "name": city.name,
            "url": "" if address.startswith("#") else address,
            "alternateName": [{"@value": name.text, "@language": name.language} for name in city.names],
            "identifier": [_identifier(scheme, value) for scheme, value in identifiers],
            "sameAs": _same_as(city),
            "geo": point and {"@type": "GeoCoordinates", "latitude": point.latitude, "longitude": point.longitude},
            "containedInPlace": [_reference_node(data.city(city.part_of)), country] if city.part_of else country,
            _TWINNED: list(map(reference, partners)),
        }
    )


def source_as_json_ld(source: Source, address: str = "") -> dict[str, Any]:
    """Return a source as JSON-LD. ``address`` is the URL of the source's page, or empty on that page.

    Example:
        >>> import friendcities as fc
        >>> node = source_as_json_ld(fc.source("shine-2023-12-02"))
        >>> node["@type"], node["datePublished"], node["publisher"]["name"]
        ('NewsArticle', '2023-12-02', 'SHINE (Shanghai Daily)')
    """
    return _drop_unknown(
        {
            "@context": _CONTEXT,
            "@type": _SOURCE_TYPES.get(source.kind, "CreativeWork"),
            "@id": address,
            "name": source.title,
            "publisher": {"@type": "Organization", "name": source.publisher},
            "identifier": [_identifier("friendcities", source.id)],
            "author": [{"@type": "Person", "name": author} for author in source.authors],
            "datePublished": source.published and str(source.published),
            "inLanguage": source.language,
            "sameAs": [each for each in (source.address, source.archived) if each is not None],
        }
    )


def dataset_as_json_ld(download: str) -> dict[str, Any]:
    """Return the bundled dataset as JSON-LD.

    Example:
        >>> node = dataset_as_json_ld("friendcities.json")
        >>> node["@type"], node["license"]
        ('Dataset', 'https://creativecommons.org/licenses/by/4.0/')
    """
    return {
        "@context": _CONTEXT,
        "@type": "Dataset",
        "name": "friendcities",
        "description": "Sister cities and city partnerships, with a source for every fact.",
        "creator": {"@type": "Organization", "name": "The friendcities contributors"},
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "version": __version__,
        "dateModified": data_version,
        "isAccessibleForFree": True,
        "distribution": [{"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": download}],
    }


def as_json_ld(data: "Dataset", *, on: DateLike | None = None) -> bytes:
    """Return the cities and the sources of a dataset as one JSON-LD document.

    Example:
        >>> import friendcities as fc
        >>> document = json.loads(as_json_ld(fc.dataset()))
        >>> len(document["@graph"]) == len(fc.cities()) + len(fc.sources())
        True
        >>> document["@graph"][0]["@id"], document["@graph"][0]["wdt:P190"][0]["@id"]
        ('#cities/ae-dubai', '#cities/cn-shanghai')
    """

    def reference(city: City) -> dict[str, Any]:
        return {"@id": f"#cities/{city.id}", "name": city.name}

    graph = [city_as_json_ld(data, city, f"#cities/{city.id}", on, reference) for city in data.cities()]
    graph += [source_as_json_ld(source, f"#sources/{source.id}") for source in data.sources()]
    for node in graph:
        del node["@context"]
    document = {"@context": _CONTEXT, "@graph": graph}
    return (json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode()


def as_script(data: dict[str, Any], kind: str = "application/ld+json", name: str = "") -> str:
    r"""Return data as a ``<script>`` element with a media type and a class. Text in the data cannot end the element.

    Example:
        >>> print(as_script({"name": "</script>"}))
        <script type="application/ld+json">{"name": "\u003c/script\u003e"}</script>
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":") if name else None).translate(_SCRIPT_ESCAPES)
    class_ = f' class="{name}"' if name else ""
    return f'<script type="{kind}"{class_}>{text}</script>'


def _drop_unknown(node: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if value or name == "@id"}


def _city_type(city: City) -> str:
    return _CITY_TYPES.get(city.level, "AdministrativeArea")


def _same_as(city: City) -> list[str]:
    identifiers = sorted(city.identifiers.items(), reverse=True)
    return [f"{_SAME_PLACES[scheme]}{id_}" for scheme, id_ in identifiers if scheme in _SAME_PLACES]


def _identifier(scheme: str, value: str) -> dict[str, str]:
    return {"@type": "PropertyValue", "propertyID": scheme, "value": value}
