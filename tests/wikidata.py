"""Documents of Wikidata's shape, about places that are not there."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

GREGORIAN = "http://www.wikidata.org/entity/Q1985727"
EARTH = "http://www.wikidata.org/entity/Q2"


def snak(value: Any) -> dict[str, Any]:
    """What says a value."""
    return {"snaktype": "value", "datavalue": {"value": value}}


def item(id_: str) -> dict[str, Any]:
    """What names an item."""
    return snak({"entity-type": "item", "id": id_})


def when(time: str, precision: int = 11, **more: Any) -> dict[str, Any]:
    """What says a date."""
    return snak({"time": f"{time}T00:00:00Z", "precision": precision, "calendarmodel": GREGORIAN, **more})


def claim(mainsnak: Any, id_: str = "", rank: str = "normal", **more: Any) -> dict[str, Any]:
    """A statement."""
    return {"mainsnak": mainsnak, "rank": rank, **({"id": id_} if id_ else {}), **more}


def twinned(partner: str, start: Any = None, end: Any = None, **more: Any) -> dict[str, Any]:
    """A statement that names a partner, with the dates of its start and its end."""
    qualifiers = {name: [one] for name, one in (("P580", start), ("P582", end)) if one is not None}
    return claim(item(partner), qualifiers=qualifiers, **more)


def entity(id_: str, label: str | None, country: str | None, *ties: Any, **more: Any) -> dict[str, Any]:
    """An item, with its English label, its country and its statements."""
    claims = {"P17": [claim(item(country))]} if country else {}
    labels = {"en": {"language": "en", "value": label}} if label else {}
    return {
        "id": id_,
        "modified": "2026-01-31T08:00:00Z",
        "labels": labels | more.pop("labels", {}),
        "claims": claims | ({"P190": list(ties)} if ties else {}) | more.pop("claims", {}),
        **more,
    }


def written(file: Path, *entities: Mapping[str, Any]) -> Path:
    """A file that holds entities."""
    file.write_text(json.dumps({"entities": {each["id"]: each for each in entities}}), encoding="utf-8")
    return file
