"""Wikidata's entity JSON, as the site, its API and its dumps give it: one entity, an object of several, or a list."""

from collections.abc import Iterator
from typing import Any, Final, TypeGuard

from friendcities.importers.wikidata.statements import Item, Moment, Reference, Statement
from friendcities.importers.wikidata.times import moment_of_snak
from friendcities.model.grammar import is_address, is_wikidata
from friendcities.model.record import is_text, short

__all__ = ["entities_in", "item_of", "modified", "statements_of"]

_TIES: Final = "P190"
_COUNTRY, _POINT, _GEONAMES, _ISO = "P17", "P625", "P1566", "P297"
_START, _END = "P580", "P582"
_ADDRESS, _TITLE, _PUBLISHED, _RETRIEVED = "P854", "P1476", "P577", "P813"
_EARTH: Final = "Q2"
_NORTH, _EAST = 90, 180


def entities_in(plain: Any) -> list[Any] | None:
    """What stands for entities in a document; ``None`` where it is no such document."""
    if isinstance(plain, list) and any(isinstance(each, dict) and "claims" in each for each in plain):
        return plain
    if isinstance(plain, dict) and isinstance(plain.get("entities"), dict):
        return list(plain["entities"].values())
    return [plain] if isinstance(plain, dict) and "claims" in plain else None


def modified(entity: Any) -> str | None:
    """The day on which an entity was last changed, as ISO 8601 text."""
    when = entity.get("modified") if isinstance(entity, dict) else None
    return when[:10] if isinstance(when, str) else None


def item_of(entity: Any) -> Item | None:
    """What an entity says of itself; ``None`` where it has no id of an item."""
    id_ = _id_of(entity)
    if id_ is None:
        return None
    left_out: list[str] = []
    return Item(
        id=id_,
        labels={language: texts[0] for language, texts in _texts(entity.get("labels"), left_out, most=1)},
        aliases={language: tuple(texts) for language, texts in _texts(entity.get("aliases"), left_out)},
        countries=tuple(dict.fromkeys(each for each in map(_item_id, _values(entity, _COUNTRY, today=True)) if each)),
        code=next((value for value in _values(entity, _ISO) if isinstance(value, str)), None),
        point=next(iter(_points(entity, left_out)), None),
        geonames=tuple(dict.fromkeys(value for value in _values(entity, _GEONAMES) if is_text(value))),
        left_out=tuple(left_out),
    )


def statements_of(entity: Any, place: str) -> Iterator[Statement]:
    """The statements of an entity that tie it to another.

    Args:
        entity: The entity, or what stands in its stead.
        place: Where it stands, in words.
    """
    if not isinstance(entity, dict):
        yield Statement(id=place, item="", partner=None, broken=f"it is no entity: {short(entity)}")
        return
    item = _id_of(entity)
    for number, claim in enumerate(_claims(entity, _TIES), start=1):
        numbered = f"{place if item is None else item}, statement {number}"
        if item is None:
            why = f"it belongs to {short(entity.get('id'))}, which is no item"
            yield Statement(id=numbered, item="", partner=None, broken=why)
        elif not isinstance(claim, dict) or not isinstance(claim.get("mainsnak"), dict):
            yield Statement(id=numbered, item=item, partner=None, broken="it has no value to read")
        else:
            yield _statement(item, claim, numbered)


def _id_of(entity: Any) -> str | None:
    id_ = entity.get("id") if isinstance(entity, dict) else None
    return id_ if isinstance(id_, str) and is_wikidata(id_) else None


def _statement(item: str, claim: dict[str, Any], numbered: str) -> Statement:
    id_ = claim.get("id")
    qualifiers = claim.get("qualifiers") or {}
    references = claim.get("references") or []
    read = [_reference(each) for each in (references if isinstance(references, list) else [references])]
    others = [f"{name}: {_shown(snaks)}" for name, snaks in _pairs(qualifiers) if name not in {_START, _END}]
    return Statement(
        id=id_ if isinstance(id_, str) and is_text(id_) else numbered,
        item=item,
        partner=_item_id(_value(claim["mainsnak"])),
        rank=str(claim.get("rank")),
        starts=_moments(qualifiers, _START),
        ends=_moments(qualifiers, _END),
        references=tuple(each for each in read if each is not None),
        without_address=read.count(None),
        left_out=tuple(others),
    )


def _moments(qualifiers: Any, name: str) -> tuple[Moment, ...]:
    snaks = dict(_pairs(qualifiers)).get(name, [])
    return tuple(each for each in map(moment_of_snak, snaks) if each is not None)


def _reference(plain: Any) -> Reference | None:
    snaks = dict(_pairs(plain.get("snaks") if isinstance(plain, dict) else None))
    address = next((value for value in map(_value, snaks.get(_ADDRESS, [])) if is_text(value)), None)
    if not isinstance(address, str) or not is_address(address):
        return None
    titles = [value for value in map(_value, snaks.get(_TITLE, [])) if isinstance(value, dict)]
    title = next((each for each in titles if is_text(each.get("text"))), {})
    language = title.get("language")
    dates = {name: [moment_of_snak(snak) for snak in snaks.get(name, [])] for name in (_PUBLISHED, _RETRIEVED)}
    known = {name: next((each.date for each in some if each and each.date), None) for name, some in dates.items()}
    return Reference(
        address,
        title.get("text"),
        language if isinstance(language, str) else None,
        known[_PUBLISHED],
        known[_RETRIEVED],
    )


def _points(entity: dict[str, Any], left_out: list[str]) -> Iterator[tuple[float, float]]:
    for value in _values(entity, _POINT):
        place = value if isinstance(value, dict) else {}
        north, east, globe = place.get("latitude"), place.get("longitude"), str(place.get("globe"))
        if _within(north, _NORTH) and _within(east, _EAST) and globe.endswith(f"/{_EARTH}"):
            yield float(north), float(east)
        else:
            left_out.append(f"{short(value)} is no point on the earth")


def _within(value: Any, most: int) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= most


def _values(entity: dict[str, Any], name: str, *, today: bool = False) -> list[Any]:
    """The values of a property, those of the best rank; ``today``: only those that have not ended."""
    claims = [claim for claim in _claims(entity, name) if isinstance(claim, dict) and claim.get("rank") != "deprecated"]
    if today:
        claims = [claim for claim in claims if _END not in dict(_pairs(claim.get("qualifiers")))]
    preferred = [claim for claim in claims if claim.get("rank") == "preferred"]
    found = [_value(claim.get("mainsnak")) for claim in preferred or claims]
    return [value for value in found if value is not None]


def _claims(entity: dict[str, Any], name: str) -> list[Any]:
    return dict(_pairs(entity.get("claims"))).get(name, [])


def _pairs(plain: Any) -> Iterator[tuple[str, list[Any]]]:
    """The lists of an object by their names; an empty object is given as an empty list, and one value is a list too."""
    for name, values in plain.items() if isinstance(plain, dict) else ():
        yield name, values if isinstance(values, list) else [values]


def _value(snak: Any) -> Any:
    held = snak.get("datavalue") if isinstance(snak, dict) else None
    return held.get("value") if isinstance(held, dict) else None


def _item_id(value: Any) -> str | None:
    """The id of an item; older documents give its number alone."""
    if not isinstance(value, dict):
        return None
    number = value.get("numeric-id")
    id_ = value.get("id", f"Q{number}" if type(number) is int else None)
    return id_ if isinstance(id_, str) and is_wikidata(id_) else None


def _texts(plain: Any, left_out: list[str], most: int | None = None) -> Iterator[tuple[str, list[str]]]:
    """Texts by language: of labels one each, of aliases several."""
    if plain and not isinstance(plain, dict):
        left_out.append(f"its names are no object: {short(plain)}")
    for language, given in plain.items() if isinstance(plain, dict) else ():
        told = given if isinstance(given, list) else [given]
        texts = [each.get("value") if isinstance(each, dict) else None for each in told]
        fit = [text.strip() for text in texts if isinstance(text, str) and is_text(text.strip())]
        if len(fit) < len(texts):
            left_out.append(f"a name in {short(language)} cannot be shown")
        if len(fit) > len(fit[:most]):
            left_out.append(f"of several labels in {short(language)} the first was taken: {short(fit)}")
        if fit:
            yield language, fit


def _shown(snaks: list[Any]) -> str:
    return short([_value(snak) for snak in snaks])
