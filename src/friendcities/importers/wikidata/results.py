"""Results of SPARQL queries in JSON, as the query of ``friendcities fetch wikidata`` gives them, or one like it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from friendcities.importers.wikidata.statements import Item, Moment, Reference, Statement
from friendcities.importers.wikidata.times import moment
from friendcities.model.grammar import is_address, is_wikidata
from friendcities.model.record import is_text, short

__all__ = ["FETCHED", "bindings_in", "items_in", "statements_in"]

FETCHED: Final = "friendcities_fetched"
"""The key under which ``friendcities fetch`` notes the day beside the results."""
_ENTITY: Final = re.compile(r"https?://[^/\s]+/entity/(?:statement/)?(\S+)")
_POINT: Final = re.compile(r"Point\((-?[\d.]+(?:[eE]-?\d+)?) (-?[\d.]+(?:[eE]-?\d+)?)\)", re.ASCII)
_NUMBER: Final = re.compile("[0-9]{1,2}")
_NORTH, _EAST = 90.0, 180.0
_ENDS: Final = ("item", "partner")
"""The variables that name items; what is known of an item stands in variables that begin so."""
_RANKS: Final = {"PreferredRank": "preferred", "NormalRank": "normal", "DeprecatedRank": "deprecated"}

Binding = Mapping[str, Any]


def bindings_in(plain: Any) -> list[Binding] | None:
    """The rows of a document; ``None`` where it holds no results of a query."""
    results = plain.get("results") if isinstance(plain, dict) else None
    bindings = results.get("bindings") if isinstance(results, dict) else None
    if not isinstance(bindings, list):
        return None
    return [each for each in bindings if isinstance(each, dict)]


def items_in(bindings: list[Binding]) -> Iterator[Item]:
    """What the rows say of items, each as often as it is said."""
    for row in bindings:
        for name in _ENDS:
            id_ = _entity(row, name)
            if id_ is None or not is_wikidata(id_):
                continue
            label, country = _text(row, f"{name}Label"), _text(row, f"{name}Country")
            language = _language(row, f"{name}Label")
            point, wrong = _point(_text(row, f"{name}Point"))
            yield Item(
                id=id_,
                labels={language: label} if label is not None and is_text(label) and label != id_ else {},
                countries=() if country is None else (_last(country),),
                point=point,
                left_out=(wrong,) if wrong else (),
            )


def statements_in(bindings: list[Binding]) -> Iterator[Statement]:
    """The statements of the rows: those of one statement together, in the order of the first row of each."""
    groups: dict[str, list[Binding]] = {}
    for number, row in enumerate(bindings):
        if "item" in row or "partner" in row or "statement" in row:
            item, partner = _entity(row, "item"), _entity(row, "partner")
            pair = f"{item} to {partner}" if item and partner else f"row {number + 1} of the results"
            groups.setdefault(_entity(row, "statement") or pair, []).append(row)
    for id_, rows in groups.items():
        if any("partner" in row or "statement" in row for row in rows):
            yield _statement(id_, rows)


def _statement(id_: str, rows: list[Binding]) -> Statement:
    first = rows[0]
    item, partner = _entity(first, "item"), _entity(first, "partner")
    broken = "" if item is not None and is_wikidata(item) else "it names no item that has it"
    references = tuple(dict.fromkeys(each for row in rows if (each := _reference(row)) is not None))
    bare = {_text(row, "reference") for row in rows if _reference(row) is None} - {None}
    return Statement(
        id=id_.replace("-", "$", 1) if _entity(first, "statement") else id_,
        item=str(item),
        partner=partner if partner is not None and is_wikidata(partner) else None,
        rank=_RANKS.get(_last(_text(first, "rank") or "").rpartition("#")[2], "normal"),
        starts=_moments(rows, "start"),
        ends=_moments(rows, "end"),
        references=references,
        without_address=len(bare),
        broken=broken,
    )


def _moments(rows: list[Binding], name: str) -> tuple[Moment, ...]:
    found = [_moment(row, name) for row in rows]
    return tuple(dict.fromkeys(each for each in found if each is not None))


def _moment(row: Binding, name: str) -> Moment | None:
    """The date in a variable, with how precise it is in another, and its calendar in a third."""
    stated = _text(row, name)
    if stated is None:
        return None
    if row[name].get("type") == "bnode" or "/.well-known/genid/" in stated:
        return Moment("unknown", why="Wikidata says that it is not known")
    precision = _text(row, f"{name}Precision")
    known = int(precision) if precision is not None and _NUMBER.fullmatch(precision) else precision
    return moment(stated, known, _text(row, f"{name}Calendar"))


def _reference(row: Binding) -> Reference | None:
    address = _text(row, "referenceAddress")
    if address is None or not is_text(address) or not is_address(address):
        return None
    title = _text(row, "referenceTitle")
    dates = [_moment(row, name) for name in ("referencePublished", "referenceRetrieved")]
    known = [None if each is None else each.date for each in dates]
    return Reference(address, title if is_text(title) else None, _language(row, "referenceTitle"), *known)


def _point(text: str | None) -> tuple[tuple[float, float] | None, str]:
    if text is None:
        return None, ""
    match = _POINT.fullmatch(text)
    try:
        east, north = (float(match[1]), float(match[2])) if match is not None else (_EAST + 1, 0)
    except ValueError:
        east, north = _EAST + 1, 0
    if abs(north) <= _NORTH and abs(east) <= _EAST:
        return (north, east), ""
    return None, f"{short(text)} is no point on the earth"


def _entity(row: Binding, name: str) -> str | None:
    text = _text(row, name)
    match = None if text is None else _ENTITY.fullmatch(text)
    return None if match is None else match[1]


def _text(row: Binding, name: str) -> str | None:
    cell = row.get(name)
    value = cell.get("value") if isinstance(cell, dict) else None
    return value if isinstance(value, str) else None


def _language(row: Binding, name: str) -> str:
    cell = row.get(name)
    tag = cell.get("xml:lang") if isinstance(cell, dict) else None
    return tag if isinstance(tag, str) else "en"


def _last(address: str) -> str:
    """The end of an address; text that is none as it is."""
    return address.rpartition("/")[2]
