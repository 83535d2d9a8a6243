"""Values of a record in a few words."""

import re
from decimal import Decimal
from enum import Enum
from typing import Any

from friendcities.model.city import Coordinates, Name
from friendcities.model.dates import Period, RecurringPeriod
from friendcities.model.event import Participant
from friendcities.model.evidence import Evidence
from friendcities.model.memorandum import Party, StatedCount
from friendcities.model.official import Office
from friendcities.model.partnership import SourceTerm, Step
from friendcities.model.statistic import Statistic, StatisticChange
from friendcities.model.vocabulary import ValueQualifier

__all__ = ["amount", "cut", "field_in_words", "in_words", "said_of", "span"]

_LONGEST = 80
_SLUG = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")


def cut(text: str, longest: int = _LONGEST) -> str:
    """Text that is not longer than this, cut where it is.

    Example:
        >>> cut("Twin towns", 6)
        'Twin…'
    """
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def span(period: Period) -> str:
    """A period in words.

    Example:
        >>> from friendcities import PartialDate
        >>> span(Period(start=PartialDate(2023, 1), end=PartialDate(2023, 9)))
        '2023-01 to 2023-09'
    """
    start, end = period.start, period.end
    if start is not None and end is not None:
        words = str(start) if start == end else f"{start} to {end}"
    elif start is not None or end is not None:
        words = f"from {start}" if start is not None else f"until {end}"
    else:
        words = ""
    each = "" if period.each is None else f"each of {in_words(period.each)}"
    stated = "" if period.wording is None else f"“{cut(period.wording)}”"
    return ", ".join(filter(None, (each, words, stated)))


def in_words(value: Any) -> str:  # noqa: C901, PLR0911, PLR0912 - one way out for each type of value
    """A value as a sentence has it, cut where it is long.

    Example:
        >>> from friendcities import StepAction, PartialDate, PartnershipKind, Step
        >>> in_words(Step(action=StepAction.ESTABLISHED, date=PartialDate(1994), kind=PartnershipKind.SISTER_CITY))
        'established 1994 (sister city)'
    """
    match value:
        case None:
            return "nothing"
        case Enum():
            return str(value.value).replace("_", " ")
        case bool():
            return "yes" if value else "no"
        case str():
            return _text(value)
        case Decimal():
            return f"{value:,f}"
        case tuple():
            return ", ".join(map(in_words, value)) or "nothing"
        case Step():
            kind = "" if value.kind == "unspecified" else f" ({in_words(value.kind)})"
            return f"{in_words(value.action)} {value.date or 'undated'}{kind}"
        case Office():
            return ", ".join(cut(text) for text in (value.title, value.body, value.city) if text is not None)
        case Participant():
            return value.city
        case Evidence():
            return f"{value.source}, {cut(value.locator)}"
        case Name():
            until = "" if value.until is None else f", until {value.until}"
            return f"{cut(value.text)} ({value.language}, {in_words(value.kind)}{until})"
        case SourceTerm():
            return f"{cut(value.text)} ({value.language})"
        case Coordinates():
            return f"{value.latitude}, {value.longitude} ({cut(value.point)})"
        case Period():
            return span(value)
        case RecurringPeriod():
            return f"{value.number} {value.unit.value}{'' if value.number == 1 else 's'}"
        case StatedCount():
            return " ".join(filter(None, (_number(value), cut(value.counted))))
        case Party():
            return _party(value)
        case StatisticChange():
            bound = "" if value.qualifier == "exactly" else f"{in_words(value.qualifier)} "
            return f"{bound}{value.percent:+,f} % against {span(value.compared_with)}"
        case _:
            return cut(str(value))


def amount(statistic: Statistic) -> str:
    """The value of a statistic in words, with its bound, its unit and its change.

    Example:
        >>> import friendcities as fc
        >>> [ventures] = fc.statistics_of("Shanghai", measure="new_foreign_ventures")
        >>> amount(ventures)
        '4,321 foreign ventures (+35 %)'
    """
    change = ""
    if statistic.change is not None:
        change = f" ({_bound(statistic.change.qualifier)}{statistic.change.percent:+} %)"
    return f"{_bound(statistic.qualifier)}{statistic.value:,} {statistic.unit.replace('_', ' ')}{change}"


def _bound(bound: ValueQualifier) -> str:
    return "" if bound is ValueQualifier.EXACTLY else f"{in_words(bound)} "


def field_in_words(name: str) -> str:
    """What people call a field.

    Example:
        >>> field_in_words("part_of"), field_in_words("action")
        ('part of', 'what happened')
    """
    return _FIELDS.get(name, name.replace("_", " "))


_FIELDS = {"action": "what happened", "initiator": "who acted"}
"""What fields are called where their own names say too little."""


def said_of(name: str, said: object) -> str:
    """What a source says of a field instead of what is recorded.

    Example:
        >>> from friendcities import StepAction, PartialDate
        >>> said_of("date", PartialDate(1994)), said_of("date", None), said_of("action", StepAction.LISTED)
        ('date 1994', 'no date', 'only lists it')
    """
    if said is None:
        return "that it did not happen" if name == "action" else f"no {field_in_words(name)}"
    if said == "unspecified":
        return f"no {field_in_words(name)}"
    if name == "action" and said == "listed":
        return "only lists it"
    return f"{field_in_words(name)} {said if type(said) is str else in_words(said)}"


def _text(text: str) -> str:
    """A word for programs as words, and what has blanks in it in quotation marks."""
    if _SLUG.fullmatch(text):
        return text.replace("_", " ")
    return f"“{cut(text)}”" if " " in text else cut(text)


def _number(count: StatedCount) -> str:
    if count.wording is None:
        return f"{count.number:,}"
    return f"“{cut(count.wording)}”" if count.number is None else f"{count.number:,} (“{cut(count.wording)}”)"


def _party(party: Party) -> str:
    if party.city is not None:
        words = str(party.city)
    else:
        words = cut(str(party.organisation)) + ("" if party.named else " (unnamed)")
    more = [
        *([] if party.based_in is None else [f"of {party.based_in}"]),
        *([] if party.on_behalf_of is None else [f"acting for {party.on_behalf_of}"]),
        *([] if party.count is None else [in_words(party.count)]),
    ]
    return ", ".join((words, *more))
