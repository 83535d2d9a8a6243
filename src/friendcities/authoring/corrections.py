"""Corrects a field of an existing record according to a source."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Final

from friendcities import model
from friendcities.authoring import parse_answers
from friendcities.authoring.form_declarations import DECLARED, Answers, Form, make_question
from friendcities.authoring.forms import NEW
from friendcities.authoring.known_records import Session
from friendcities.codec.reader import read_record
from friendcities.codec.writer import to_plain
from friendcities.errors import InvalidQueryError
from friendcities.field_path import FieldPath
from friendcities.model import AnyRecord, PartialDate, Sourced
from friendcities.model.dates import parse_date
from friendcities.model.field_spec import FieldSpec, Shape, claim_specs, field_specs
from friendcities.model.format_values import format_value
from friendcities.model.grammar import COUNTRY, CityId
from friendcities.model.record import short, value_to_plain

_Fields = Mapping[str, tuple[Sourced, FieldSpec]]
_PARSERS: Final[Mapping[type, Any]] = {
    PartialDate: parse_date,
    bool: parse_answers.parse_yes_or_no,
    Decimal: parse_answers.parse_decimal,
    int: parse_answers.parse_number,
    str: parse_answers.parse_text,
}


def list_fields(record: AnyRecord) -> _Fields:
    """Return the fields that evidence can support, by path.

    Example:
        >>> import friendcities as fc
        >>> list(list_fields(fc.partnership_between("Shanghai", "Milan")))[:2]
        ['steps[0].date', 'steps[0].action']
    """
    found: dict[str, tuple[Sourced, FieldSpec]] = {}
    for spec in field_specs(type(record)):
        if spec.item is not None and issubclass(spec.item.type, Sourced):
            for index, part in enumerate(getattr(record, spec.name)):
                fields = claim_specs(spec.item.type)
                found |= {f"{spec.name}[{index}].{name}": (part, each) for name, each in fields.items()}
        elif isinstance(record, Sourced) and spec.name in claim_specs(type(record)):
            found[spec.name] = (record, spec)
    return found


def correct(
    record: AnyRecord, field: str, value: object, source: str, locator: str, *, only_claim: bool = False
) -> AnyRecord:
    """Return a copy of a record with a corrected field.

    The new value replaces the recorded value. Sources that supported the recorded value now have a claim. Sources that
    claimed the new value now support the field. If the two values are equal, the source becomes additional evidence.

    Args:
        record: The record.
        field: The path of the field.
        value: The value as plain JSON.
        source: The id of the source.
        locator: The place in the source.
        only_claim: Whether to keep the recorded value and add the new value as a claim.

    Raises:
        InvalidRecordError: If the new record is invalid.
    """
    owner, spec = list_fields(record)[field]
    recorded = value_to_plain(getattr(owner, spec.name))
    is_claim = only_claim and value != recorded
    cited: dict[str, Any] = {"source": source, "locator": locator}
    evidence = []
    for item in map(value_to_plain, owner.evidence):
        supports, claims = list(item.get("supports", ())), dict(item.get("claims", {}))
        is_supported, claimed = spec.name in supports, claims.get(spec.name)
        is_same_source = item["source"] == source
        if is_same_source or (not is_claim and (is_supported or claimed == value)):
            supports = [name for name in supports if name != spec.name]
            claims.pop(spec.name, None)
            if not is_same_source and value in [recorded, claimed]:
                supports.append(spec.name)
            elif not is_same_source:
                claims[spec.name] = recorded
        changed = {**item, "supports": supports, "claims": claims}
        if is_same_source and item["locator"] == locator:
            cited = changed
        if supports or claims or changed is cited or item.get("denies"):
            evidence.append(changed)
    if cited not in evidence:
        evidence.append(cited)
    if is_claim:
        cited["claims"] = {**cited.get("claims", {}), spec.name: value}
    else:
        cited["supports"] = [*cited.get("supports", ()), spec.name]
    order = list(claim_specs(type(owner))).index
    for item in evidence:
        item["supports"] = sorted(item.get("supports", ()), key=order)
    plain, place = to_plain(record), FieldPath(FieldPath.parse(field)[:-1])
    part = {**place.get(plain), "evidence": evidence, **({} if is_claim else {spec.name: value})}
    return read_record(type(record), record.id, place.replace(plain, part))


def _parse_record(text: str, session: Session, _: Answers) -> AnyRecord:
    record = session.record(text)
    if not list_fields(record):
        message = f"{record.id!r} has no evidence; edit the record in {session.describe_place(record)}"
        raise InvalidQueryError(message, text)
    return record


def _parse_field(text: str, _: Session, answers: Answers) -> str:
    """Parse the path of a field."""
    fields = list_fields(answers["record"]) if answers["record"] else {text.strip(): None}
    if text.strip() not in fields:
        near = get_close_matches(text.strip(), fields, n=3)
        hint = f"did you mean {' or '.join(map(repr, near))}?" if near else f"expected one of {', '.join(fields)}"
        message = f"unknown field {short(text.strip())} of {answers['record'].id!r}"
        raise InvalidQueryError(message, text, near or list(fields), hint)
    return text.strip()


def _parse_value(text: str, session: Session, answers: Answers) -> object:
    """Parse the value of a field. A list or an object must be JSON."""
    if answers["record"] is None or answers["field"] is None:
        return text
    _, spec = list_fields(answers["record"])[answers["field"]]
    if spec.id_type is CityId:
        return session.city(text).id
    if spec.grammar is COUNTRY:
        return parse_answers.parse_country(text)
    if issubclass(spec.type, StrEnum):
        return value_to_plain(parse_answers.parse_choice(text, spec.type))
    if spec.shape is Shape.SCALAR:
        return value_to_plain(_PARSERS[spec.type](text))
    try:
        return json.loads(text)
    except ValueError:
        message = f"invalid value {short(text)}; expected {spec.expected}, as JSON"
        raise InvalidQueryError(message, text) from None


def _show_fields(_: Session, answers: Answers) -> Iterator[str]:
    for path, (owner, spec) in list_fields(answers["record"]).items():
        yield f"{path}: {format_value(getattr(owner, spec.name))}"


def _show_value(_: Session, answers: Answers) -> Iterator[str]:
    owner, spec = list_fields(answers["record"])[answers["field"]]
    supporting = [item.source for item in owner.evidence if spec.name in item.supports]
    by = f", according to {', '.join(supporting)}" if supporting else ""
    yield f"recorded: {format_value(getattr(owner, spec.name))}{by}"
    for item in owner.evidence:
        if spec.name in item.claims:
            yield f"claimed by {item.source}: {format_value(item.claims[spec.name])}"


def _default_locator(_: Session, answers: Answers) -> str:
    if any(answers[name] is None for name in ("record", "field", "source")):
        return ""
    owner, _spec = list_fields(answers["record"])[answers["field"]]
    return next((item.locator for item in owner.evidence if item.source == answers["source"].id), "")


def _build(answers: Answers, session: Session) -> AnyRecord:
    record, field, value, source = (answers[name] for name in ("record", "field", "value", "source"))
    built = correct(record, field, value, source.id, answers["locator"], only_claim=answers["only-claim"])
    if built == record:
        message = f"nothing to correct: {session.describe_place(record)} already has this value of {source.id!r}"
        raise InvalidQueryError(message)
    return built


def _warn_of_replaced_statement(answers: Answers) -> Iterator[str]:
    name, value, source = answers["field"], answers["value"], answers["source"].id
    owner, spec = list_fields(answers["record"])[name]
    recorded = getattr(owner, spec.name)
    for item in owner.evidence:
        if item.source == source:
            earlier = item.claims.get(spec.name, recorded if spec.name in item.supports else None)
            if earlier is not None and value_to_plain(earlier) != value:
                yield (
                    f"warning: the earlier statement of {source!r} about {name}, {format_value(earlier)} "
                    f"({item.locator}), is replaced"
                )


_CODE: Final[Mapping[str, Mapping[str, Any]]] = {
    "record": {"parse": _parse_record},
    "field": {"parse": _parse_field, "context": _show_fields},
    "value": {"parse": _parse_value, "context": _show_value},
    "source": NEW["source"],
    "locator": {"default": _default_locator},
}
CORRECTION: Final = Form(
    name="correction",
    summary="a value that a source states for a field of a record",
    questions=tuple(
        make_question(model.Source, name, DECLARED["shared"].get(name, {}) | keys, **_CODE.get(name, {}))
        for name, keys in DECLARED["correction"].items()
    ),
    build=_build,
    warn=_warn_of_replaced_statement,
)
"""The form of ``friendcities correct``."""
