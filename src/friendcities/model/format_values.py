"""Formats values of records as short text, for tables, reports and notebooks."""

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, Final

DENIAL: Final = "denies that it happened"
"""The text for evidence that denies a step, an office or a participation."""
_LONGEST: Final = 80
_SLUG: Final = r"[a-z0-9]+(?:_[a-z0-9]+)+"


def shorten(text: str, longest: int = _LONGEST) -> str:
    """Cut text to a maximum length.

    Example:
        >>> shorten("Twin towns", 6)
        'Twin…'
    """
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def format_value(value: Any) -> str:  # noqa: PLR0911 - one return for each type
    """Return a value as text for use in a sentence. Long text is cut.

    Example:
        >>> from friendcities import StepAction, PartialDate, PartnershipKind, Step
        >>> format_value(Step(action=StepAction.ESTABLISHED, date=PartialDate(1994), kind=PartnershipKind.SISTER_CITY))
        'established 1994 (sister city)'
    """
    match value:
        case None:
            return "nothing"
        case Enum():
            return str(value.value).replace("_", " ")
        case bool():
            return "yes" if value else "no"
        case str() if re.fullmatch(_SLUG, value):
            return value.replace("_", " ")
        case str():
            return f"“{shorten(value)}”" if " " in value else shorten(value)
        case Decimal():
            return f"{value:,f}"
        case tuple():
            return ", ".join(map(format_value, value)) or "nothing"
        case Mapping():
            return ", ".join(f"{key} {format_value(item)}" for key, item in value.items()) or "nothing"
        case _:
            describe = getattr(value, "_describe", None)
            return shorten(str(value)) if describe is None else str(describe())


def format_statistic(statistic: Any) -> str:
    """Return a statistic as text: qualifier, value, unit and change.

    Example:
        >>> import friendcities as fc
        >>> [ventures] = fc.statistics_of("Shanghai", measure="new_foreign_ventures")
        >>> format_statistic(ventures)
        '4,321 foreign ventures (+35 %)'
    """
    change = ""
    if statistic.change is not None:
        change = f" ({format_qualifier(statistic.change.qualifier)}{statistic.change.percent:+} %)"
    return f"{format_qualifier(statistic.qualifier)}{statistic.value:,} {statistic.unit.replace('_', ' ')}{change}"


def format_qualifier(qualifier: Enum) -> str:
    """Return a qualifier and a space, such as ``"about "``. For ``exactly``, return ``""``."""
    return "" if qualifier.value == "exactly" else f"{format_value(qualifier)} "


def field_label(name: str) -> str:
    """Return the label of a field.

    Example:
        >>> field_label("part_of"), field_label("action")
        ('part of', 'what happened')
    """
    return _LABELS.get(name, name.replace("_", " "))


_LABELS: Final = {"action": "what happened", "initiator": "who acted"}
"""The labels that differ from the name of the field."""


def format_claim(name: str, value: object) -> str:
    """Return a claimed value as text, after the label of its field.

    Example:
        >>> from friendcities import StepAction, PartialDate
        >>> format_claim("date", PartialDate(1994)), format_claim("action", StepAction.ENDED)
        ('date 1994', 'what happened “ended”')
    """
    if name == "action" and value == "listed":
        return "only lists it"
    text = value if type(value) is str else format_value(value)
    return f"{field_label(name)} “{text}”" if isinstance(value, Enum) else f"{field_label(name)} {text}"


def format_evidence(owner: Any, item: Any) -> list[tuple[str, bool]]:
    """Return each statement of a source as text, and whether it contradicts the record.

    Example:
        >>> import friendcities as fc
        >>> [step] = fc.partnership_between("Dunedin", "Shanghai").steps
        >>> format_evidence(step, step.evidence[0])[0]
        ('supports date, what happened, kind', False)
    """
    statements = [(DENIAL, True)] if item.denies else []
    if item.supports:
        statements.append((f"supports {', '.join(map(field_label, item.supports))}", False))
    for name, claim in item.claims.items():
        contrary = owner.contradicts(name, claim)
        text = format_claim(name, claim)
        if contrary:
            text = f"contrary claim: {text}"
        elif (name, claim) != ("action", "listed"):
            text = f"claims {text}"
        statements.append((text, contrary))
    return statements


def format_state(state: Any) -> str:
    """Return the state of a partnership as text.

    Example:
        >>> import friendcities as fc
        >>> format_state(fc.partnership_between("Dunedin", "Shanghai").state)
        'active sister city since 1994-10-21'
    """
    kind = "partnership of unspecified kind" if state.kind == "unspecified" else format_value(state.kind)
    since = "" if state.since is None else f" since {state.since}"
    return f"{format_value(state.status)} {kind}{since}"


def format_reliability(partnership: Any) -> str:
    """Return the reliability and the last attested date as text.

    Example:
        >>> import friendcities as fc
        >>> format_reliability(fc.partnership_between("Dunedin", "Shanghai"))
        'official, last attested 2026-02'
    """
    attested = partnership.last_attested
    return format_value(partnership.reliability) + ("" if attested is None else f", last attested {attested}")
