"""The HTML that a notebook shows for one record: its fields, or the history of a partnership, with the evidence.

A record has ids of other records, so they are shown; for known sources the publisher is shown too.
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
from friendcities.notebook.markup import (
    Content,
    Element,
    element,
    html_list,
    html_table,
    isolated_text,
    lines,
    unbroken_text,
)

__all__ = ["mapping_card", "mark_disputed", "record_card", "source_link"]

Sources = Mapping[Any, Source]

_NO_SOURCES: Final[Sources] = FrozenMap()
_URL_FIELDS: Final = {"address", "archived"}
_STEP_COLUMNS: Final = ("Date", "What happened", "Kind", "Who acted", "Memorandum", "Term", "Note", "Sources")


def record_card(record: Record) -> str:
    """A record as HTML, without its empty fields."""
    if isinstance(record, Partnership):
        return _history_card(record)
    rows = [
        (field_in_words(name).capitalize(), _field_content(record, name, value))
        for name, value in _filled_fields(record)
        if name != "id"
    ]
    return html_table(_title(record), (), rows)


def mapping_card(values: Mapping[Any, Any]) -> str | None:
    """A mapping of texts to texts or whole numbers as HTML; ``None`` for any other, whose repr says more."""
    if not all(is_text(key) and (type(value) is int or is_text(value)) for key, value in values.items()):
        return None
    rows = [(key, value if isinstance(value, str) else f"{value:,}") for key, value in values.items()]
    return html_table(f"{len(rows)} {'entry' if len(rows) == 1 else 'entries'}", (), rows) if rows else None


def source_link(url: str, text: str) -> Element:
    """A link to a source, which does not reveal the page with the link."""
    return element("a", isolated_text(text), href=url, rel="noreferrer")


def mark_disputed(text: str, *, disputed: bool) -> Element:
    """A text, with a mark if sources disagree."""
    return element("span", text, ", ", element("strong", "disputed")) if disputed else element("span", text)


def _title(record: Record) -> Element:
    name = type(record).__name__
    id_ = getattr(record, "id", None)
    return element("strong", name) if id_ is None else element("strong", f"{name} ", isolated_text(id_))


def _filled_fields(record: Record) -> Iterator[tuple[str, Any]]:
    """The names and values of the public fields that are not empty."""
    for attribute in attrs.fields(type(record)):
        value = getattr(record, attribute.name)
        if not attribute.name.startswith("_") and not is_empty(value):
            yield attribute.name, value


def _field_content(record: Record, name: str, value: Any) -> Content:
    match value:
        case str() if isinstance(record, City) and name == "country":
            return f"{record.country_name} ({value})"
        case str() if name in _URL_FIELDS:
            return source_link(value, value)
        case FrozenMap() if isinstance(record, Evidence):
            return html_list(isolated_text(said_of(key, claim)) for key, claim in value.items())
        case FrozenMap():
            return html_list(element("span", f"{key}: ", isolated_text(str(each))) for key, each in value.items())
        case tuple() if name == "evidence" and isinstance(record, Sourced):
            return _evidence_list(record, _NO_SOURCES)
        case _:
            return html_list(map(_item_content, value)) if isinstance(value, tuple) else _value_content(value)


def _item_content(value: Any) -> Content:
    """One of several values of a field."""
    if not isinstance(value, Sourced):
        return _value_content(value)
    fields = [f"{field_in_words(name)} {in_words(each)}" for name, each in _filled_fields(value) if name != "evidence"]
    text = isolated_text("; ".join(fields))
    return element("span", text, _evidence_list(value, _NO_SOURCES)) if value.evidence else text


def _value_content(value: Any) -> Element:
    match value:
        case Name(text=text, language=language):
            until = "" if value.until is None else f", until {value.until}"
            details = f" ({language}, {in_words(value.kind)}{until})"
            return element("span", isolated_text(text, language), details)
        case SourceTerm(text=text, language=language):
            return element("span", isolated_text(text, language), f" ({language})")
        case _:
            return isolated_text(value if type(value) is str else in_words(value))


def _history_card(partnership: Partnership) -> str:
    sources: Sources = partnership._sources  # noqa: SLF001 - they come with it
    rows = [_step_row(step, sources) for step in partnership.steps]
    filled = [any(cell != "" for cell in cells) for cells in zip(*rows, strict=True)]
    columns = [*compress(_STEP_COLUMNS, filled)]
    return html_table(lines(_caption(partnership, sources)), columns, [[*compress(row, filled)] for row in rows])


def _caption(partnership: Partnership, sources: Sources) -> Iterator[Content]:
    """The title, the state, the reliability and the note of a partnership."""
    yield _title(partnership)
    text = _state_in_words(partnership.state)
    if partnership.cites <= sources.keys():
        attested = partnership.last_attested
        text += f", {in_words(partnership.reliability)}" + ("" if attested is None else f", last attested {attested}")
    yield mark_disputed(text, disputed=partnership.disputed)
    if partnership.note is not None:
        yield isolated_text(partnership.note)


def _state_in_words(state: State) -> str:
    kind = "partnership of no stated kind" if state.kind == "unspecified" else in_words(state.kind)
    since = "" if state.since is None else f" since {state.since}"
    return f"{in_words(state.status)} {kind}{since}"


def _step_row(step: Step, sources: Sources) -> tuple[Content, ...]:
    return (
        "undated" if step.date is None else unbroken_text(str(step.date)),
        in_words(step.action),
        "" if step.kind == "unspecified" else in_words(step.kind),
        step.initiator or "",
        step.memorandum or "",
        "" if step.term is None else _value_content(step.term),
        step.note or "",
        _evidence_list(step, sources) if step.evidence else "",
    )


def _evidence_list(owner: Sourced, sources: Sources) -> Content:
    return html_list(_evidence_content(owner, item, sources.get(item.source)) for item in owner.evidence)


def _evidence_content(owner: Sourced, item: Evidence, source: Source | None) -> Element:
    """One source's evidence; contrary claims are marked by words, not by a colour."""
    content: list[Content] = [] if source is None else [isolated_text(source.publisher), ", "]
    content += [element("code", item.source), ", ", isolated_text(item.locator)]
    separator = ": "
    if item.supports:
        content += [separator, "supports ", ", ".join(map(field_in_words, item.supports))]
        separator = "; "
    for name, claim in item.claims.items():
        text = isolated_text(said_of(name, claim))
        contrary = owner.contradicts(name, claim)
        content += [separator, element("strong", "says otherwise: ", text) if contrary else text]
        separator = "; "
    if item.note is not None:
        content += [" (", isolated_text(item.note), ")"]
    return element("span", *content)
