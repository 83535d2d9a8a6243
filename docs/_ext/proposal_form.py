"""The data of the proposal form: existing records, possible answers, and the schemas of the files."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

import pycountry

from friendcities.codec.schema import schema_of
from friendcities.importers.names_gate import rules_for_browser
from friendcities.model import City, Partnership, Source
from friendcities.model.format_values import format_state

if TYPE_CHECKING:
    from catalogue.views import Catalogue

__all__ = ["form_data"]

FOLDER: Final = "src/friendcities/data"
MORE_LANGUAGES: Final = [["zh-Hans", "Chinese, simplified"], ["zh-Hant", "Chinese, traditional"], ["yue", "Cantonese"]]
UNLISTED: Final = {"XK": "Kosovo"}
"""A country without a code in ISO 3166-1, with the usual code."""


def form_data(catalogue: "Catalogue") -> dict[str, Any]:
    """The data of the form.

    Args:
        catalogue: The catalogue of the build.
    """
    data = catalogue.data
    schemas = {kind: schema_of(cls) for kind, cls in (("city", City), ("partnership", Partnership), ("source", Source))}
    return {
        "folder": FOLDER,
        "repository": catalogue.repository,
        "cities": [
            [city.id, city.name, city.country, sorted({name.text for name in city.names} - {city.name})]
            for city in data.cities()
        ],
        "sources": [
            [source.id, source.publisher, source.title, _knows(source), _addresses(source)] for source in data.sources()
        ],
        "pairs": {partnership.id: format_state(partnership.state) for partnership in data.partnerships()},
        "taken": {
            "city": [*(city.id for city in data.cities()), *data.redirects.get(City, {})],
            "source": [*(source.id for source in data.sources()), *data.redirects.get(Source, {})],
        },
        "countries": _countries(),
        "subdivisions": _subdivisions(),
        "languages": _languages(),
        "levels": _values(schemas["city"], "Level"),
        "nameKinds": _values(schemas["city"], "NameKind"),
        "sourceKinds": _values(schemas["source"], "SourceKind"),
        "stepActions": _values(schemas["partnership"], "StepAction"),
        "kinds": _values(schemas["partnership"], "PartnershipKind"),
        "nameRules": rules_for_browser(),
        "schemas": schemas,
    }


def _knows(source: Source) -> list[str]:
    return [str(day) for day in (source.as_of, source.published) if day is not None]


def _addresses(source: Source) -> list[str]:
    return [address for address in (source.address, source.archived) if address is not None]


def _countries() -> dict[str, str]:
    named = {each.alpha_2: getattr(each, "common_name", each.name) for each in pycountry.countries} | UNLISTED
    return dict(_by_name(named.items()))


def _subdivisions() -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for code, name in _by_name((each.code, each.name) for each in pycountry.subdivisions):
        found.setdefault(code[:2], []).append([code, f"{name} ({code})"])
    return found


def _languages() -> list[list[str]]:
    short = ((each.alpha_2, each.name) for each in pycountry.languages if hasattr(each, "alpha_2"))
    return sorted([*([tag, name] for tag, name in short), *MORE_LANGUAGES], key=lambda each: each[1])


def _by_name(named: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(named, key=lambda each: (each[1], each[0]))


def _values(schema: dict[str, Any], name: str) -> list[list[str]]:
    vocabulary = schema["$defs"][name]
    if "oneOf" in vocabulary:
        return [[each["const"], each["description"]] for each in vocabulary["oneOf"]]
    return [[each, ""] for each in vocabulary["enum"]]
