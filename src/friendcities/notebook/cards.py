"""What a notebook shows of one record: its fields, or its history, with who says so and who says otherwise.

A record holds ids, and so they are what is shown; of sources that are at hand the publisher is shown too.
"""

from collections.abc import Iterator, Mapping
from itertools import compress
from typing import Any, Final

import attrs

from friendcities.model.city import City, Name
from friendcities.model.evidence import Evidence, Sourced, is_empty
from friendcities.model.history import State
from friendcities.model.partnership import Partnership, SourceTerm, Step
from friendcities.model.record import FrozenMap, Record, is_text
from friendcities.model.source import Source
from friendcities.model.words import field_in_words, in_words, said_of
from friendcities.notebook.markup import Content, Element, alone, element, items, lines, table, unbroken

__all__ = ["card", "link", "map_card", "with_dispute"]

Sources = Mapping[Any, Source]

_NO_SOURCES: Final[Sources] = FrozenMap()
_ADDRESSES: Final = {"address", "archived"}
_STEP_COLUMNS: Final = ("Date", "What happened", "Kind", "Who acted", "Memorandum", "Term", "Note", "Sources")


def card(record: Record) -> str:
    """A record as HTML; what it leaves empty is left out."""
    if isinstance(record, Partnership):
        return _history(record)
    rows = [
        (field_in_words(name).capitalize(), _field(record, name, value))
        for name, value in _said_fields(record)
        if name != "id"
    ]
    return table(_title(record), (), rows)


def map_card(values: Mapping[Any, Any]) -> str | None:
    """A mapping of text to text or whole numbers as HTML; ``None`` for any other, whose repr says more."""
    if not all(is_text(key) and (type(value) is int or is_text(value)) for key, value in values.items()):
        return None
    rows = [(key, value if isinstance(value, str) else f"{value:,}") for key, value in values.items()]
    return table(f"{len(rows)} {'entry' if len(rows) == 1 else 'entries'}", (), rows) if rows else None


def link(address: str, shown: str) -> Element:
    """A link to the address of a source, which tells nobody whence it was followed."""
    return element("a", alone(shown), href=address, rel="noreferrer")


def with_dispute(words: str, *, disputed: bool) -> Element:
    """Words of ours, and that sources disagree where they do."""
    return element("span", words, ", ", element("strong", "disputed")) if disputed else element("span", words)


def _title(record: Record) -> Element:
    name = type(record).__name__
    id_ = getattr(record, "id", None)
    return element("strong", name) if id_ is None else element("strong", f"{name} ", alone(id_))


def _said_fields(record: Record) -> Iterator[tuple[str, Any]]:
    """The public fields that say something."""
    for attribute in attrs.fields(type(record)):
        value = getattr(record, attribute.name)
        if not attribute.name.startswith("_") and not is_empty(value):
            yield attribute.name, value


def _field(record: Record, name: str, value: Any) -> Content:
    match value:
        case str() if isinstance(record, City) and name == "country":
            return f"{record.country_name} ({value})"
        case str() if name in _ADDRESSES:
            return link(value, value)
        case FrozenMap() if isinstance(record, Evidence):
            return items(alone(said_of(key, said)) for key, said in value.items())
        case FrozenMap():
            return items(element("span", f"{key}: ", alone(str(each))) for key, each in value.items())
        case tuple() if name == "evidence" and isinstance(record, Sourced):
            return _testimonies(record, _NO_SOURCES)
        case _:
            return items(map(_item, value)) if isinstance(value, tuple) else _value(value)


def _item(value: Any) -> Content:
    """One of several values of a field."""
    if not isinstance(value, Sourced):
        return _value(value)
    fields = [f"{field_in_words(name)} {in_words(each)}" for name, each in _said_fields(value) if name != "evidence"]
    told = alone("; ".join(fields))
    return element("span", told, _testimonies(value, _NO_SOURCES)) if value.evidence else told


def _value(value: Any) -> Element:
    match value:
        case Name(text=text, language=language):
            until = "" if value.until is None else f", until {value.until}"
            return element("span", alone(text, language), f" ({language}, {in_words(value.kind)}{until})")
        case SourceTerm(text=text, language=language):
            return element("span", alone(text, language), f" ({language})")
        case str() if type(value) is str:
            return alone(value)
        case _:
            return alone(in_words(value))


def _history(partnership: Partnership) -> str:
    sources: Sources = partnership._sources  # noqa: SLF001 - they come with it, and are nobody else's business
    every = [_step(step, sources) for step in partnership.steps]
    filled = [any(cell != "" for cell in cells) for cells in zip(*every, strict=True)]
    caption = lines([*_standing(partnership, sources)])
    return table(caption, [*compress(_STEP_COLUMNS, filled)], [[*compress(cells, filled)] for cells in every])


def _standing(partnership: Partnership, sources: Sources) -> Iterator[Content]:
    """What it is called, how it stands, on whose word, and what is noted of it."""
    yield _title(partnership)
    words = _state_in_words(partnership.state)
    if partnership.cites <= sources.keys():
        attested = partnership.last_attested
        words += f", {in_words(partnership.reliability)}" + ("" if attested is None else f", last attested {attested}")
    yield with_dispute(words, disputed=partnership.disputed)
    if partnership.note is not None:
        yield alone(partnership.note)


def _state_in_words(state: State) -> str:
    kind = "partnership of no stated kind" if state.kind == "unspecified" else in_words(state.kind)
    since = "" if state.since is None else f" since {state.since}"
    return f"{in_words(state.status)} {kind}{since}"


def _step(step: Step, sources: Sources) -> tuple[Content, ...]:
    """A step as a row."""
    return (
        "undated" if step.date is None else unbroken(str(step.date)),
        in_words(step.action),
        "" if step.kind == "unspecified" else in_words(step.kind),
        step.initiator or "",
        step.memorandum or "",
        "" if step.term is None else _value(step.term),
        step.note or "",
        _testimonies(step, sources) if step.evidence else "",
    )


def _testimonies(owner: Sourced, sources: Sources) -> Content:
    return items(_testimony(owner, item, sources.get(item.source)) for item in owner.evidence)


def _testimony(owner: Sourced, item: Evidence, source: Source | None) -> Element:
    """Who says what, and where; what is contrary is marked by its words, so that nobody needs to see a colour."""
    told: list[Content] = [] if source is None else [alone(source.publisher), ", "]
    told += [element("code", item.source), ", ", alone(item.locator)]
    before = ": "
    if item.supports:
        told += [before, "supports ", ", ".join(map(field_in_words, item.supports))]
        before = "; "
    for name, said in item.claims.items():
        words = alone(said_of(name, said))
        told += [before, element("strong", "says otherwise: ", words) if owner.contradicts(name, said) else words]
        before = "; "
    if item.note is not None:
        told += [" (", alone(item.note), ")"]
    return element("span", *told)
