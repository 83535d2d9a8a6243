"""Read Wikidata's entity JSON from the site, its API and its dumps: one entity, an object of several, or a list."""

from collections.abc import Iterator
from typing import Any, Final, TypeGuard

from friendcities.importers.wikidata.statements import Item, Reference, StatedDate, Statement, read_date_snak
from friendcities.model.grammar import is_address, is_wikidata
from friendcities.model.record import is_text, short

_TWINNED: Final = "P190"
_COUNTRY, _POINT, _GEONAMES, _ISO = "P17", "P625", "P1566", "P297"
_START, _END = "P580", "P582"
_ADDRESS, _TITLE, _PUBLISHED, _RETRIEVED = "P854", "P1476", "P577", "P813"
_EARTH: Final = "Q2"
_NORTH, _EAST = 90, 180


def list_entities(plain: Any) -> list[Any] | None:
    """The entities of a document, whatever they hold; ``None`` if it is no such document."""
    if isinstance(plain, list) and any(isinstance(each, dict) and "claims" in each for each in plain):
        return plain
    if isinstance(plain, dict) and isinstance(plain.get("entities"), dict):
        return list(plain["entities"].values())
    return [plain] if isinstance(plain, dict) and "claims" in plain else None


def modified_day(entity: Any) -> str | None:
    """The day on which an entity was last changed, as ISO 8601 text."""
    when = entity.get("modified") if isinstance(entity, dict) else None
    return when[:10] if isinstance(when, str) else None


def read_item(entity: Any) -> Item | None:
    """The data of an entity; ``None`` if its id is not that of an item."""
    id_ = _read_id(entity)
    if id_ is None:
        return None
    omitted: list[str] = []
    return Item(
        id=id_,
        labels={language: texts[0] for language, texts in _read_texts(entity.get("labels"), omitted, limit=1)},
        aliases={language: tuple(texts) for language, texts in _read_texts(entity.get("aliases"), omitted)},
        countries=tuple(
            dict.fromkeys(filter(None, map(_read_item_id, _property_values(entity, _COUNTRY, current=True))))
        ),
        code=next((value for value in _property_values(entity, _ISO) if isinstance(value, str)), None),
        point=next(iter(_read_points(entity, omitted)), None),
        geonames=tuple(dict.fromkeys(value for value in _property_values(entity, _GEONAMES) if is_text(value))),
        omitted=tuple(omitted),
    )


def read_statements(entity: Any, place: str) -> Iterator[Statement]:
    """The statements of partners of an entity; ``place`` names it in the report if it has no id."""
    if not isinstance(entity, dict):
        yield Statement(id=place, item="", partner=None, problem=f"it is no entity: {short(entity)}")
        return
    item = _read_id(entity)
    for number, claim in enumerate(_property_claims(entity, _TWINNED), start=1):
        numbered = f"{place if item is None else item}, statement {number}"
        if item is None:
            why = f"it belongs to {short(entity.get('id'))}, which is no item"
            yield Statement(id=numbered, item="", partner=None, problem=why)
        elif not isinstance(claim, dict) or not isinstance(claim.get("mainsnak"), dict):
            yield Statement(id=numbered, item=item, partner=None, problem="it has no value to read")
        else:
            yield _read_statement(item, claim, numbered)


def _read_id(entity: Any) -> str | None:
    id_ = entity.get("id") if isinstance(entity, dict) else None
    return id_ if isinstance(id_, str) and is_wikidata(id_) else None


def _read_statement(item: str, claim: dict[str, Any], numbered: str) -> Statement:
    id_ = claim.get("id")
    qualifiers = claim.get("qualifiers") or {}
    references = claim.get("references") or []
    read = [_read_reference(each) for each in (references if isinstance(references, list) else [references])]
    others = [(name, snaks) for name, snaks in _list_values(qualifiers) if name not in {_START, _END}]
    return Statement(
        id=id_ if isinstance(id_, str) and is_text(id_) else numbered,
        item=item,
        partner=_read_item_id(_snak_value(claim["mainsnak"])),
        rank=str(claim.get("rank")),
        starts=_read_dates(qualifiers, _START),
        ends=_read_dates(qualifiers, _END),
        references=tuple(each for each in read if each is not None),
        references_without_address=read.count(None),
        omitted=tuple(f"{name}: {short(list(map(_snak_value, snaks)))}" for name, snaks in others),
    )


def _read_dates(qualifiers: Any, name: str) -> tuple[StatedDate, ...]:
    snaks = dict(_list_values(qualifiers)).get(name, [])
    return tuple(date for date in map(read_date_snak, snaks) if date is not None)


def _read_reference(plain: Any) -> Reference | None:
    snaks = dict(_list_values(plain.get("snaks") if isinstance(plain, dict) else None))
    address = next((value for value in map(_snak_value, snaks.get(_ADDRESS, [])) if is_text(value)), None)
    if not isinstance(address, str) or not is_address(address):
        return None
    titles = [value for value in map(_snak_value, snaks.get(_TITLE, [])) if isinstance(value, dict)]
    title = next((value for value in titles if is_text(value.get("text"))), {})
    language = title.get("language") if isinstance(title.get("language"), str) else None
    published, retrieved = (
        next((stated.date for snak in snaks.get(name, []) if (stated := read_date_snak(snak)) and stated.date), None)
        for name in (_PUBLISHED, _RETRIEVED)
    )
    return Reference(address, title.get("text"), language, published, retrieved)


def _read_points(entity: dict[str, Any], omitted: list[str]) -> Iterator[tuple[float, float]]:
    for value in _property_values(entity, _POINT):
        place = value if isinstance(value, dict) else {}
        north, east, globe = place.get("latitude"), place.get("longitude"), str(place.get("globe"))
        if _is_angle(north, _NORTH) and _is_angle(east, _EAST) and globe.endswith(f"/{_EARTH}"):
            yield float(north), float(east)
        else:
            omitted.append(f"{short(value)} is no point on the earth")


def _is_angle(value: Any, largest: int) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= largest


def _property_values(entity: dict[str, Any], name: str, *, current: bool = False) -> list[Any]:
    """The values of a property, those of the best rank; ``current``: only those that have not ended."""
    claims = [
        claim
        for claim in _property_claims(entity, name)
        if isinstance(claim, dict) and claim.get("rank") != "deprecated"
    ]
    if current:
        claims = [claim for claim in claims if _END not in dict(_list_values(claim.get("qualifiers")))]
    preferred = [claim for claim in claims if claim.get("rank") == "preferred"]
    values = (_snak_value(claim.get("mainsnak")) for claim in preferred or claims)
    return [value for value in values if value is not None]


def _property_claims(entity: dict[str, Any], name: str) -> list[Any]:
    return dict(_list_values(entity.get("claims"))).get(name, [])


def _list_values(plain: Any) -> Iterator[tuple[str, list[Any]]]:
    """The names of an object, each with its list of values: Wikidata writes an empty object as an empty list."""
    for name, values in plain.items() if isinstance(plain, dict) else ():
        yield name, values if isinstance(values, list) else [values]


def _snak_value(snak: Any) -> Any:
    value = snak.get("datavalue") if isinstance(snak, dict) else None
    return value.get("value") if isinstance(value, dict) else None


def _read_item_id(value: Any) -> str | None:
    """The id of an item; older documents give its number alone."""
    if not isinstance(value, dict):
        return None
    number = value.get("numeric-id")
    id_ = value.get("id", f"Q{number}" if type(number) is int else None)
    return id_ if isinstance(id_, str) and is_wikidata(id_) else None


def _read_texts(plain: Any, omitted: list[str], limit: int | None = None) -> Iterator[tuple[str, list[str]]]:
    """Texts by language: of labels one each, of aliases several."""
    if plain and not isinstance(plain, dict):
        omitted.append(f"its names are no object: {short(plain)}")
    for language, values in _list_values(plain):
        texts = [each.get("value") if isinstance(each, dict) else None for each in values]
        valid = [text.strip() for text in texts if isinstance(text, str) and is_text(text.strip())]
        if len(valid) < len(texts):
            omitted.append(f"a name in {short(language)} cannot be shown")
        if len(valid) > len(valid[:limit]):
            omitted.append(f"of several labels in {short(language)} the first was taken: {short(valid)}")
        if valid:
            yield language, valid
