"""Makes the HTML that a notebook shows for one record.

A card shows the publishers of attached sources, and the ids of other records. This module imports no record class,
because records import this module.
"""

from collections.abc import Iterator, Mapping
from itertools import compress
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import Element

from friendcities.model.field_spec import FieldSpec, Shape, field_specs, is_empty
from friendcities.model.format_values import (
    field_label,
    format_claim,
    format_evidence,
    format_reliability,
    format_state,
    format_value,
    shorten,
)
from friendcities.model.grammar import ADDRESS, COUNTRY, is_text
from friendcities.notebook.markup import Content, element, html_list, html_table, isolated_text, joined, unbroken_text

if TYPE_CHECKING:
    from friendcities.model import Evidence, Partnership, Record, Source, Sourced, Step

Sources = Mapping[Any, "Source"]

_NO_SOURCES: Final[Sources] = {}
_STEP_COLUMNS: Final = ("Date", "What happened", "Kind", "Who acted", "Memorandum", "Term", "Note", "Sources")


def record_card(record: "Record") -> str:
    """Return a record as HTML, without empty fields."""
    rows = [
        (field_label(spec.name).capitalize(), _field_content(record, spec, value))
        for spec, value in _filled_fields(record)
        if spec.name != "id"
    ]
    return html_table(_title(record), (), rows)


def mapping_card(values: Mapping[Any, Any]) -> str | None:
    """Return a simple mapping as HTML. Return ``None`` for other mappings."""
    if not all(is_text(key) and (type(value) is int or is_text(value)) for key, value in values.items()):
        return None
    rows = [(key, value if isinstance(value, str) else f"{value:,}") for key, value in values.items()]
    return html_table(f"{len(rows)} {'entry' if len(rows) == 1 else 'entries'}", (), rows) if rows else None


def source_link(text: str, url: str | None, language: str | None = None) -> Element:
    """Return a link to a source, or only the text if there is no URL. The link sends no referrer."""
    content = isolated_text(text, language)
    return content if url is None else element("a", content, href=url, rel="noreferrer")


def mark_disputed(text: str, *, disputed: bool) -> Element:
    """Return a text, followed by "disputed" if the sources disagree."""
    return element("span", text, ", ", element("strong", "disputed")) if disputed else element("span", text)


def _title(record: "Record") -> Element:
    name = type(record).__name__
    id_ = getattr(record, "id", None)
    return element("strong", name) if id_ is None else element("strong", f"{name} ", isolated_text(id_))


def _filled_fields(record: "Record") -> Iterator[tuple[FieldSpec, Any]]:
    for spec in field_specs(type(record)):
        value = getattr(record, spec.name)
        if not is_empty(value) and (spec.name != "denies" or value):
            yield spec, value


def _field_content(record: Any, spec: FieldSpec, value: Any) -> Content:
    if spec.grammar is COUNTRY:
        return f"{record.country_name} ({value})"
    if spec.grammar is ADDRESS:
        return source_link(value, value)
    if spec.name == "claims":
        return html_list(isolated_text(format_claim(name, claim)) for name, claim in value.items())
    if spec.shape is Shape.MAP:
        return html_list(element("span", f"{key}: ", isolated_text(str(each))) for key, each in value.items())
    if spec.name == "evidence":
        return _evidence_list(record, _NO_SOURCES)
    return html_list(map(_item_content, value)) if isinstance(value, tuple) else _value_content(value)


def _item_content(value: Any) -> Content:
    if not hasattr(value, "evidence"):
        return _value_content(value)
    fields = [(spec.name, each) for spec, each in _filled_fields(value) if spec.name != "evidence"]
    text = isolated_text("; ".join(f"{field_label(name)} {format_value(each)}" for name, each in fields))
    return element("span", text, _evidence_list(value, _NO_SOURCES)) if value.evidence else text


def _value_content(value: Any) -> Element:
    if type(value) is str:
        return isolated_text(value)
    text = format_value(value)
    if hasattr(value, "text") and hasattr(value, "language"):
        return element("span", isolated_text(value.text, value.language), text.removeprefix(shorten(value.text)))
    return isolated_text(text)


def partnership_card(partnership: "Partnership", sources: Sources) -> str:
    """Return the history of a partnership as HTML. A source in ``sources`` is shown by its publisher, not its id."""
    rows = [_step_row(step, sources) for step in partnership.steps]
    filled = [any(cell != "" for cell in cells) for cells in zip(*rows, strict=True)]
    caption = joined(_caption_lines(partnership, sources), "\n")
    return html_table(caption, [*compress(_STEP_COLUMNS, filled)], [[*compress(row, filled)] for row in rows])


def _caption_lines(partnership: "Partnership", sources: Sources) -> Iterator[Content]:
    yield _title(partnership)
    text = format_state(partnership.state)
    if partnership.cites <= sources.keys():
        text += f", {format_reliability(partnership)}"
    yield mark_disputed(text, disputed=partnership.disputed)
    if partnership.note is not None:
        yield isolated_text(partnership.note)


def _step_row(step: "Step", sources: Sources) -> tuple[Content, ...]:
    return (
        "undated" if step.date is None else unbroken_text(str(step.date)),
        format_value(step.action),
        "" if step.kind == "unspecified" else format_value(step.kind),
        step.initiator or "",
        step.memorandum or "",
        "" if step.term is None else _value_content(step.term),
        step.note or "",
        _evidence_list(step, sources) if step.evidence else "",
    )


def _evidence_list(owner: "Sourced", sources: Sources) -> Content:
    return html_list(_evidence_content(owner, item, sources.get(item.source)) for item in owner.evidence)


def _evidence_content(owner: "Sourced", item: "Evidence", source: "Source | None") -> Element:
    content: list[Content] = [] if source is None else [isolated_text(source.publisher), ", "]
    content += [element("code", item.source), ", ", isolated_text(item.locator), ": "]
    parts = (
        element("strong", isolated_text(text)) if contrary else isolated_text(text)
        for text, contrary in format_evidence(owner, item)
    )
    content.append(joined(parts, "; "))
    if item.note is not None:
        content += [" (", isolated_text(item.note), ")"]
    return element("span", *content)
