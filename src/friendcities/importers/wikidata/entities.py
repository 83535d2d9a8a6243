"""Wikidata's entity JSON: one entity, or several under ``entities``, as the site, its API and its dumps give them."""

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


def entities_in(plain: Any) -> list[dict[str, Any]] | None:
    """The entities of a document; ``None`` where it is no such document."""
    if isinstance(plain, dict) and isinstance(plain.get("entities"), dict):
        found = list(plain["entities"].values())
    elif isinstance(plain, dict) and "claims" in plain:
        found = [plain]
    else:
        return None
    return [each for each in found if isinstance(each, dict)]


def modified(entity: dict[str, Any]) -> str | None:
    """The day on which an entity was last changed, as ISO 8601 text."""
    when = entity.get("modified")
    return when[:10] if isinstance(when, str) else None


def item_of(entity: dict[str, Any]) -> Item | None:
    """What an entity says of itself; ``None`` where it has no id of an item."""
    id_ = entity.get("id")
    if not isinstance(id_, str) or not is_wikidata(id_):
        return None
    left_out: list[str] = []
    return Item(
        id=id_,
        labels={language: text for language, [text] in _texts(entity.get("labels"), left_out)},
        aliases={language: tuple(texts) for language, texts in _texts(entity.get("aliases"), left_out)},
        countries=tuple(dict.fromkeys(each for each in map(_item_id, _values(entity, _COUNTRY, today=True)) if each)),
        code=next((value for value in _values(entity, _ISO) if isinstance(value, str)), None),
        point=next(iter(_points(entity, left_out)), None),
        geonames=tuple(dict.fromkeys(value for value in _values(entity, _GEONAMES) if is_text(value))),
        left_out=tuple(left_out),
    )


def statements_of(entity: dict[str, Any]) -> Iterator[Statement]:
    """The statements of an entity that tie it to another."""
    item = str(entity.get("id"))
    for number, claim in enumerate(_claims(entity, _TIES)):
        yield _statement(item, claim, number)


def _statement(item: str, claim: Any, number: int) -> Statement:
    if not isinstance(claim, dict) or not isinstance(claim.get("mainsnak"), dict):
        return Statement(
            id=f"{item}, statement {number + 1}", item=item, partner=None, broken="it has no value to read"
        )
    id_ = claim.get("id")
    qualifiers = claim.get("qualifiers") or {}
    references = claim.get("references") or []
    read = [_reference(each) for each in references] if isinstance(references, list) else []
    others = [f"{name}: {_shown(snaks)}" for name, snaks in _pairs(qualifiers) if name not in {_START, _END}]
    return Statement(
        id=id_ if isinstance(id_, str) and is_text(id_) else f"{item}, statement {number + 1}",
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
    dates = {name: [moment_of_snak(snak) for snak in snaks.get(name, [])] for name in (_PUBLISHED, _RETRIEVED)}
    known = {name: next((each.date for each in some if each and each.date), None) for name, some in dates.items()}
    return Reference(address, title.get("text"), title.get("language"), known[_PUBLISHED], known[_RETRIEVED])


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
    """The lists of an object by their names; an empty object is given as an empty list."""
    for name, values in plain.items() if isinstance(plain, dict) else ():
        if isinstance(values, list):
            yield name, values


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


def _texts(plain: Any, left_out: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Texts by language: of labels one each, of aliases several."""
    for language, given in plain.items() if isinstance(plain, dict) else ():
        texts = [
            each.get("value") for each in (given if isinstance(given, list) else [given]) if isinstance(each, dict)
        ]
        fit = [text.strip() for text in texts if isinstance(text, str) and is_text(text.strip())]
        if len(fit) < len(texts):
            left_out.append(f"a name in {short(language)} cannot be shown")
        if fit:
            yield language, fit


def _shown(snaks: list[Any]) -> str:
    return short([_value(snak) for snak in snaks])
