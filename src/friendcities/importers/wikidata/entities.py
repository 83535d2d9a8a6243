"""Reads Wikidata's entity JSON. A document is an entity, an object with entities, or a list of entities."""

from collections.abc import Iterator
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
from friendcities.model import Coordinates
from friendcities.model.grammar import is_wikidata
from friendcities.model.record import is_text, short

_TWINNED: Final = "P190"
_COUNTRY, _POINT, _GEONAMES, _ISO = "P17", "P625", "P1566", "P297"
_START, _END = "P580", "P582"
_ADDRESS, _TITLE, _PUBLISHED, _RETRIEVED = "P854", "P1476", "P577", "P813"
_EARTH: Final = "Q2"


def list_entities(plain: Any) -> list[Any] | None:
    """Return the entities of a document. ``None`` means that the document is not entity JSON."""
    if isinstance(plain, list) and any(isinstance(each, dict) and "claims" in each for each in plain):
        return plain
    if isinstance(plain, dict) and isinstance(plain.get("entities"), dict):
        return list(plain["entities"].values())
    return [plain] if isinstance(plain, dict) and "claims" in plain else None


def modified_day(entity: Any) -> str | None:
    """Return the day of the latest change of an entity, as ISO 8601 text."""
    when = entity.get("modified") if isinstance(entity, dict) else None
    return when[:10] if isinstance(when, str) else None


def read_item(entity: Any) -> Item | None:
    """Return the data of an entity; ``None`` if the id is not an item id."""
    id_ = _read_id(entity)
    if id_ is None:
        return None
    omitted: list[str] = []
    countries = map(_read_item_id, _property_values(entity, _COUNTRY, current=True))
    return Item(
        id=id_,
        labels={language: texts[0] for language, texts in _read_texts(entity.get("labels"), omitted, limit=1)},
        aliases={language: tuple(texts) for language, texts in _read_texts(entity.get("aliases"), omitted)},
        countries=tuple(dict.fromkeys(filter(None, countries))),
        code=next((value for value in _property_values(entity, _ISO) if isinstance(value, str)), None),
        point=next(iter(_read_points(entity, omitted)), None),
        geonames=tuple(dict.fromkeys(filter(is_text, _property_values(entity, _GEONAMES)))),
        omitted=tuple(omitted),
    )


def read_statements(entity: Any, place: str) -> Iterator[Statement]:
    """Yield the statements about the partners of an entity. In the report, ``place`` replaces a missing id."""
    if not isinstance(entity, dict):
        yield Statement(id=place, item="", partner=None, problem=f"this is not an entity: {short(entity)}")
        return
    item = _read_id(entity)
    for number, claim in enumerate(_list_values(entity.get("claims")).get(_TWINNED, ()), start=1):
        numbered = f"{item or place}, statement {number}"
        if item is None:
            why = f"the statement belongs to {short(entity.get('id'))}; this is not the id of an item"
            yield Statement(id=numbered, item="", partner=None, problem=why)
        elif not isinstance(claim, dict) or not isinstance(claim.get("mainsnak"), dict):
            yield Statement(id=numbered, item=item, partner=None, problem="the statement has no value")
        else:
            yield _read_statement(item, claim, numbered)


def _read_id(entity: Any) -> str | None:
    id_ = entity.get("id") if isinstance(entity, dict) else None
    return id_ if isinstance(id_, str) and is_wikidata(id_) else None


def _read_statement(item: str, claim: dict[str, Any], numbered: str) -> Statement:
    id_ = claim.get("id")
    qualifiers = _list_values(claim.get("qualifiers"))
    references = claim.get("references") or []
    read = list(map(_read_reference, references if isinstance(references, list) else [references]))
    starts, ends = (tuple(filter(None, map(read_date_snak, qualifiers.pop(name, ())))) for name in (_START, _END))
    return Statement(
        id=id_ if isinstance(id_, str) and is_text(id_) else numbered,
        item=item,
        partner=_read_item_id(_snak_value(claim["mainsnak"])),
        rank=str(claim.get("rank")),
        starts=starts,
        ends=ends,
        references=tuple(filter(None, read)),
        references_without_address=read.count(None),
        omitted=tuple(f"{name}: {short(list(map(_snak_value, snaks)))}" for name, snaks in qualifiers.items()),
    )


def read_date_snak(snak: Any) -> StatedDate | None:
    """Return the date of a qualifier; ``None`` if the qualifier has the type ``novalue``."""
    kind, value = snak.get("snaktype") if isinstance(snak, dict) else None, _snak_value(snak)
    if kind == "novalue":
        return None
    if kind == "somevalue":
        return StatedDate("unknown", problem="Wikidata marks the date as unknown")
    if not isinstance(value, dict) or not isinstance(value.get("time"), str):
        return StatedDate(short(value), problem=f"invalid date {short(value)}")
    if value.get("before") or value.get("after"):
        return StatedDate(value["time"], problem="the date is stated with an uncertainty")
    return read_date(value["time"], value.get("precision"), value.get("calendarmodel"))


def _read_reference(plain: Any) -> Reference | None:
    snaks = _list_values(plain.get("snaks") if isinstance(plain, dict) else None)
    address = next(filter(is_text, map(_snak_value, snaks.get(_ADDRESS, ()))), None)
    titles = [value for value in map(_snak_value, snaks.get(_TITLE, ())) if isinstance(value, dict)]
    title = next((value for value in titles if is_text(value.get("text"))), {})
    language = title.get("language") if isinstance(title.get("language"), str) else None
    read = (filter(None, map(read_date_snak, snaks.get(name, ()))) for name in (_PUBLISHED, _RETRIEVED))
    dates = (next((stated for stated in each if stated.date), None) for each in read)
    return make_reference(address, title.get("text"), language, dates)


def _read_points(entity: dict[str, Any], omitted: list[str]) -> Iterator[Coordinates]:
    for value in _property_values(entity, _POINT):
        place = value if isinstance(value, dict) else {}
        point = read_point(place.get("latitude"), place.get("longitude"))
        if point is not None and str(place.get("globe")).endswith(f"/{_EARTH}"):
            yield point
        else:
            omitted.append(f"invalid coordinates {short(value)}")


def _property_values(entity: dict[str, Any], name: str, *, current: bool = False) -> list[Any]:
    claims = [
        claim
        for claim in _list_values(entity.get("claims")).get(name, ())
        if isinstance(claim, dict)
        and claim.get("rank") != "deprecated"
        and not (current and _END in _list_values(claim.get("qualifiers")))
    ]
    preferred = [claim for claim in claims if claim.get("rank") == "preferred"]
    values = (_snak_value(claim.get("mainsnak")) for claim in preferred or claims)
    return [value for value in values if value is not None]


def _list_values(plain: Any) -> dict[str, list[Any]]:
    """Wikidata writes an empty object as an empty list."""
    items = plain.items() if isinstance(plain, dict) else ()
    return {name: values if isinstance(values, list) else [values] for name, values in items}


def _snak_value(snak: Any) -> Any:
    value = snak.get("datavalue") if isinstance(snak, dict) else None
    return value.get("value") if isinstance(value, dict) else None


def _read_item_id(value: Any) -> str | None:
    """Older documents contain only the number of the item."""
    if not isinstance(value, dict):
        return None
    number = value.get("numeric-id")
    return _read_id({"id": f"Q{number}" if type(number) is int else None, **value})


def _read_texts(plain: Any, omitted: list[str], limit: int | None = None) -> Iterator[tuple[str, list[str]]]:
    if plain and not isinstance(plain, dict):
        omitted.append(f"names that are not a JSON object: {short(plain)}")
    for language, values in _list_values(plain).items():
        texts = [each.get("value") if isinstance(each, dict) else None for each in values]
        valid = [text.strip() for text in texts if isinstance(text, str) and text.strip()]
        if len(valid) < len(texts):
            omitted.append(f"invalid name in {short(language)}")
        if len(valid) > len(valid[:limit]):
            omitted.append(f"several labels in {short(language)}; the first is used: {short(valid)}")
        if valid:
            yield language, valid
