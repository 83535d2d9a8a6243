"""Formats values of records as short text, for tables, reports and notebooks."""

import re
from decimal import Decimal
from enum import Enum
from typing import Any, Final

DENIAL: Final = "denies that it happened"
"""The text for evidence that denies a step, an office or a participation."""
_LONGEST: Final = 80
_SLUG: Final = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")


def shorten(text: str, longest: int = _LONGEST) -> str:
    """Cut text that is longer than this.

    Example:
        >>> shorten("Twin towns", 6)
        'Twin…'
    """
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def format_value(value: Any) -> str:  # noqa: PLR0911 - one return for each type
    """Format a value as part of a sentence; long text is cut.

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
        case str() if _SLUG.fullmatch(value):
            return value.replace("_", " ")
        case str():
            return f"“{shorten(value)}”" if " " in value else shorten(value)
        case Decimal():
            return f"{value:,f}"
        case tuple():
            return ", ".join(map(format_value, value)) or "nothing"
        case _:
            describe = getattr(value, "_describe", None)
            return shorten(str(value)) if describe is None else str(describe())


def format_statistic(statistic: Any) -> str:
    """Format the value of a statistic with its qualifier, its unit and its change.

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
    """Format a qualifier with a blank after it; the text is empty for an exact value."""
    return "" if qualifier.value == "exactly" else f"{format_value(qualifier)} "


def field_label(name: str) -> str:
    """Return the label of a field.

    Example:
        >>> field_label("part_of"), field_label("action")
        ('part of', 'what happened')
    """
    return _LABELS.get(name, name.replace("_", " "))


_LABELS: Final = {"action": "what happened", "initiator": "who acted"}
"""The labels of fields whose names need an explanation."""


def format_claim(name: str, value: object) -> str:
    """Format the value that a source states for a field instead of the recorded value.

    Example:
        >>> from friendcities import StepAction, PartialDate
        >>> format_claim("date", PartialDate(1994)), format_claim("action", StepAction.LISTED)
        ('date 1994', 'only lists it')
    """
    if name == "action" and value == "listed":
        return "only lists it"
    return f"{field_label(name)} {value if type(value) is str else format_value(value)}"
