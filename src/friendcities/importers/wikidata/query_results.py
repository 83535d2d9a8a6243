"""Reads the JSON results of the SPARQL query of ``friendcities fetch wikidata``."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from friendcities.importers.wikidata.statements import (
    Item,
    Reference,
    StatedDate,
    Statement,
    make_reference,
    read_date,
    read_point,
)
from friendcities.model.grammar import is_wikidata
from friendcities.model.record import short

FETCH_DAY: Final = "friendcities_fetched"
"""The key with the day on which ``friendcities fetch`` received the results."""
_ENTITY: Final = re.compile(r"https?://[^/\s]+/entity/(?:statement/)?(\S+)")
_DEGREES: Final = r"(-?\d+(?:\.\d+)?(?:[eE]-?\d+)?)"
_POINT: Final = re.compile(rf"Point\({_DEGREES} {_DEGREES}\)", re.ASCII)
_NUMBER: Final = re.compile("[0-9]{1,2}")
_COUNT: Final = re.compile("[0-9]{1,9}")
_ITEMS: Final = ("item", "partner")
"""The variables for items. The names of the other variables start with one of these names."""
_RANKS: Final = {"PreferredRank": "preferred", "NormalRank": "normal", "DeprecatedRank": "deprecated"}

Binding = Mapping[str, Any]


def list_bindings(plain: Any) -> list[Binding] | None:
    """Return the rows of a document; ``None`` if the document contains no query results."""
    results = plain.get("results") if isinstance(plain, dict) else None
    bindings = results.get("bindings") if isinstance(results, dict) else None
    return [each for each in bindings if isinstance(each, dict)] if isinstance(bindings, list) else None


def read_items(bindings: list[Binding]) -> Iterator[Item]:
    """Yield the items of the rows, once for each occurrence."""
    for row in bindings:
        for name in _ITEMS:
            id_ = _read_entity_id(row, name)
            if id_ is None or not is_wikidata(id_):
                continue
            label, country = _read_text(row, f"{name}Label") or "", _read_text(row, f"{name}Country")
            place = _read_text(row, f"{name}Point")
            degrees = _POINT.fullmatch(place or "")
            point = None if degrees is None else read_point(float(degrees[2]), float(degrees[1]))
            is_omitted = place is not None and point is None
            yield Item(
                id=id_,
                labels={_read_language(row, f"{name}Label"): label} if label and label != id_ else {},
                countries=() if country is None else (_last_segment(country),),
                point=point,
                omitted=(f"invalid coordinates {short(place)}",) if is_omitted else (),
            )


def list_statements(bindings: list[Binding]) -> list[str]:
    """Return the addresses of all statements, without repeats."""
    return list(dict.fromkeys(filter(None, (_read_text(row, "statement") for row in bindings))))


def read_number(plain: Any) -> int:
    """Return the number in the result of a count query; 0 if there is no number."""
    texts = [_read_text(row, "number") or "" for row in list_bindings(plain) or ()]
    return int(texts[0]) if texts and _COUNT.fullmatch(texts[0]) else 0


def read_statements(bindings: list[Binding]) -> Iterator[Statement]:
    """Yield the statements of the rows, in order of first occurrence."""
    groups: dict[str, list[Binding]] = {}
    for number, row in enumerate(bindings, start=1):
        if "item" in row or "partner" in row or "statement" in row:
            item, partner = _read_entity_id(row, "item"), _read_entity_id(row, "partner")
            pair = f"{item} to {partner}" if item and partner else f"row {number} of the results"
            groups.setdefault(_read_entity_id(row, "statement") or pair, []).append(row)
    for id_, rows in groups.items():
        if any("partner" in row or "statement" in row for row in rows):
            yield _read_statement(id_, rows)


def _read_statement(id_: str, rows: list[Binding]) -> Statement:
    first = rows[0]
    item, partner = _read_entity_id(first, "item"), _read_entity_id(first, "partner")
    references = [(row, _read_reference(row)) for row in rows]
    without_address = {_read_text(row, "reference") for row, reference in references if reference is None} - {None}
    starts, ends = (dict.fromkeys(_read_date(row, name) for row in rows) for name in ("start", "end"))
    return Statement(
        id=id_.replace("-", "$", 1) if _read_entity_id(first, "statement") else id_,
        item=str(item),
        partner=partner if partner is not None and is_wikidata(partner) else None,
        rank=_RANKS.get(_last_segment(_read_text(first, "rank") or "").rpartition("#")[2], "normal"),
        starts=tuple(filter(None, starts)),
        ends=tuple(filter(None, ends)),
        references=tuple(dict.fromkeys(reference for _, reference in references if reference is not None)),
        references_without_address=len(without_address),
        problem="" if item is not None and is_wikidata(item) else "the statement has no item",
    )


def _read_date(row: Binding, name: str) -> StatedDate | None:
    value = _read_text(row, name)
    if value is None:
        return None
    if row[name].get("type") == "bnode" or "/.well-known/genid/" in value:
        return StatedDate("unknown", problem="Wikidata marks the date as unknown")
    precision = _read_text(row, f"{name}Precision")
    number = int(precision) if precision is not None and _NUMBER.fullmatch(precision) else precision
    return read_date(value, number, _read_text(row, f"{name}Calendar"))


def _read_reference(row: Binding) -> Reference | None:
    address, title = _read_text(row, "referenceAddress"), _read_text(row, "referenceTitle")
    dates = (_read_date(row, name) for name in ("referencePublished", "referenceRetrieved"))
    return make_reference(address, title, _read_language(row, "referenceTitle"), dates)


def _read_entity_id(row: Binding, name: str) -> str | None:
    match = _ENTITY.fullmatch(_read_text(row, name) or "")
    return None if match is None else match[1]


def _read_text(row: Binding, name: str) -> str | None:
    cell = row.get(name)
    value = cell.get("value") if isinstance(cell, dict) else None
    return value if isinstance(value, str) else None


def _read_language(row: Binding, name: str) -> str:
    cell = row.get(name)
    tag = cell.get("xml:lang") if isinstance(cell, dict) else None
    return tag if isinstance(tag, str) else "en"


def _last_segment(address: str) -> str:
    return address.rpartition("/")[2]
