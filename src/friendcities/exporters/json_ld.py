"""Records as linked data: JSON-LD in the words of schema.org, with the ids of Wikidata.

That two cities are partners has no word in schema.org; it is said by Wikidata's property P190, "twinned administrative
body", and only of sister cities whose partnership is active, and which more than a list tells of.
"""

import json
from typing import Any, Final

from friendcities import __version__, data_version
from friendcities.datasets.partnership_questions import Dataset
from friendcities.model import City, DateLike, Level, Source, SourceKind

__all__ = [
    "as_json_ld",
    "as_script",
    "city_as_json_ld",
    "dataset_as_json_ld",
    "source_as_json_ld",
]

_CONTEXT: Final = {"@vocab": "https://schema.org/", "wdt": "http://www.wikidata.org/prop/direct/"}
_TWINNED: Final = "wdt:P190"
_VOUCHED: Final = ("official", "reported")
"""On how good a word a partnership has to stand to be told of."""
_ENTITY: Final = "http://www.wikidata.org/entity/"
_PLACES: Final = {
    Level.MUNICIPALITY: "City",
    Level.TOWN: "City",
    Level.PROVINCE_OR_STATE: "State",
}
"""What schema.org calls a place of a level; all others are an "AdministrativeArea"."""
_WORKS: Final = {
    SourceKind.PRESS: "NewsArticle",
    SourceKind.NEWS_AGENCY: "NewsArticle",
    SourceKind.ACADEMIC: "ScholarlyArticle",
    SourceKind.DATABASE: "Dataset",
    SourceKind.SOCIAL_MEDIA: "SocialMediaPosting",
}
"""What schema.org calls a source of a kind; all others are a "CreativeWork"."""
_IN_SCRIPT: Final = str.maketrans(
    {each: f"\\u{ord(each):04x}" for each in ("<", ">", "&", "\N{LINE SEPARATOR}", "\N{PARAGRAPH SEPARATOR}")}
)


def city_as_json_ld(data: Dataset, city: City, address: str = "") -> dict[str, Any]:
    """A city and its sister cities.

    Args:
        data: The dataset that has the city.
        city: The city.
        address: The address of the page that tells of it; empty for the page that the result stands in.

    Example:
        >>> import friendcities as fc
        >>> told = city_as_json_ld(fc.dataset(), fc.city("Dunedin"))
        >>> told["@type"], told["sameAs"][0], told["wdt:P190"][0]["name"]
        ('City', 'http://www.wikidata.org/entity/Q133073', 'Shanghai')
    """
    told: dict[str, Any] = {"@context": _CONTEXT, "@type": _type(city), "@id": address, "name": city.name}
    told |= {"url": address} if address else {}
    if city.names:
        told["alternateName"] = [{"@value": name.text, "@language": name.language} for name in city.names]
    told["identifier"] = [
        _identifier("friendcities", city.id),
        *(_identifier(scheme, value) for scheme, value in sorted(city.identifiers.items())),
    ]
    told |= _same(city)
    if city.coordinates is not None:
        point = city.coordinates
        told["geo"] = {"@type": "GeoCoordinates", "latitude": point.latitude, "longitude": point.longitude}
    whole = None if city.part_of is None else data.city(city.part_of)
    country = {"@type": "Country", "name": city.country_name, "identifier": city.country}
    told["containedInPlace"] = country if whole is None else [_short(whole), country]
    partners = [_short(each) for each in _sisters(data, city)]
    if partners:
        told[_TWINNED] = partners
    return told


def source_as_json_ld(source: Source, address: str = "") -> dict[str, Any]:
    """A source.

    Args:
        source: The source.
        address: The address of the page that tells of it; empty for the page that the result stands in.

    Example:
        >>> import friendcities as fc
        >>> told = source_as_json_ld(fc.source("shine-2023-12-02"))
        >>> told["@type"], told["datePublished"], told["publisher"]["name"]
        ('NewsArticle', '2023-12-02', 'SHINE (Shanghai Daily)')
    """
    told: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": _WORKS.get(source.kind, "CreativeWork"),
        "@id": address,
        "name": source.title,
        "publisher": {"@type": "Organization", "name": source.publisher},
        "identifier": [_identifier("friendcities", source.id)],
    }
    if source.authors:
        told["author"] = [{"@type": "Person", "name": author} for author in source.authors]
    if source.published is not None:
        told["datePublished"] = str(source.published)
    if source.language is not None:
        told["inLanguage"] = source.language
    addresses = [each for each in (source.address, source.archived) if each is not None]
    if addresses:
        told["sameAs"] = addresses
    return told


def dataset_as_json_ld(download: str) -> dict[str, Any]:
    """The bundled dataset.

    Args:
        download: Where it is downloaded, as one JSON file.

    Example:
        >>> told = dataset_as_json_ld("friendcities.json")
        >>> told["@type"], told["license"]
        ('Dataset', 'https://creativecommons.org/licenses/by/4.0/')
    """
    return {
        "@context": _CONTEXT,
        "@type": "Dataset",
        "name": "friendcities",
        "description": "Sister cities, friendship cities and what ties them, with the source beside every fact.",
        "creator": {"@type": "Organization", "name": "The friendcities contributors"},
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "version": __version__,
        "dateModified": data_version,
        "isAccessibleForFree": True,
        "distribution": [{"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": download}],
    }


def as_json_ld(data: Dataset, *, on: DateLike | None = None) -> bytes:
    """A whole dataset as one document of linked data: its cities with their sister cities, and its sources.

    Args:
        data: The dataset.
        on: The date at whose end cities are sister cities; ``None``: after the last step on record.

    Example:
        >>> import friendcities as fc
        >>> told = json.loads(as_json_ld(fc.dataset()))
        >>> len(told["@graph"]) == len(fc.cities()) + len(fc.sources())
        True
        >>> told["@graph"][0]["@id"], told["@graph"][0]["wdt:P190"][0]["@id"]
        ('#cities/ae-dubai', '#cities/cn-shanghai')
    """
    graph = []
    for city in data.cities():
        node = city_as_json_ld(data, city) | {"@id": _here(City, city.id)}
        node.pop(_TWINNED, None)
        partners = [{"@id": _here(City, each.id), "name": each.name} for each in _sisters(data, city, on)]
        graph.append(node | ({_TWINNED: partners} if partners else {}))
    graph += [source_as_json_ld(source) | {"@id": _here(Source, source.id)} for source in data.sources()]
    for node in graph:
        del node["@context"]
    told = {"@context": _CONTEXT, "@graph": graph}
    return (json.dumps(told, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode()


def _here(cls: type[City | Source], id_: str) -> str:
    """What a node of a document with many is called in it."""
    return f"#{'cities' if cls is City else 'sources'}/{id_}"


def as_script(told: dict[str, Any], kind: str = "application/ld+json", name: str = "") -> str:
    r"""Linked or other data as the element of a page that holds it; no text in it can end the element.

    Args:
        told: The data.
        kind: The media type.
        name: The class by which a script finds it.

    Example:
        >>> print(as_script({"name": "</script>"}))
        <script type="application/ld+json">{"name": "\u003c/script\u003e"}</script>
    """
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":") if name else None).translate(_IN_SCRIPT)
    found_by = f' class="{name}"' if name else ""
    return f'<script type="{kind}"{found_by}>{text}</script>'


def _sisters(data: Dataset, city: City, on: DateLike | None = None) -> tuple[City, ...]:
    """The cities of which it may be said that they are twinned with a city."""
    return data.partners_of(city, on=on, kind="sister_city", reliability=_VOUCHED)


def _short(city: City) -> dict[str, Any]:
    return {
        "@type": _type(city),
        "name": city.name,
        "identifier": [_identifier("friendcities", city.id)],
        **_same(city),
    }


def _type(city: City) -> str:
    return _PLACES.get(city.level, "AdministrativeArea")


def _same(city: City) -> dict[str, list[str]]:
    """The same place elsewhere, where it is known."""
    elsewhere = {"wikidata": _ENTITY, "geonames": "https://sws.geonames.org/"}
    same = [
        f"{elsewhere[scheme]}{id_}"
        for scheme, id_ in sorted(city.identifiers.items(), reverse=True)
        if scheme in elsewhere
    ]
    return {"sameAs": same} if same else {}


def _identifier(scheme: str, value: str) -> dict[str, str]:
    return {"@type": "PropertyValue", "propertyID": scheme, "value": value}
