"""Formats partnerships and coverage as text, with their sources."""

from collections.abc import Iterator

from friendcities.cli.output import Paragraph
from friendcities.datasets.dataset import Dataset
from friendcities.model import City, Evidence, Partnership, Step
from friendcities.model.format_values import format_evidence, format_reliability, format_state, format_value


def partnership_paragraphs(data: Dataset, partnership: Partnership) -> Iterator[Paragraph]:
    """Yield paragraphs about a partnership and about the coverage of its two cities."""
    cities = [data.city(id_) for id_ in partnership.cities]
    yield Paragraph(f"{' and '.join(city.name for city in cities)} ({partnership.id})", is_strong=True)
    disputed = ", disputed" if partnership.disputed else ""
    yield Paragraph(f"{format_state(partnership.state)}, {format_reliability(partnership)}{disputed}")
    if partnership.note is not None:
        yield Paragraph(partnership.note)
    for step in partnership.steps:
        yield Paragraph("")
        yield Paragraph(format_value(step), is_strong=True)
        yield from (Paragraph(text, indent=2) for text in _details(data, step))
        for item in step.evidence:
            source = partnership.source(item.source)
            cited = f"{source.publisher}, {source.date_text}: {source.title} ({source.id}), {item.locator}"
            yield Paragraph(cited, indent=2)
            yield from _statements(step, item)
    yield Paragraph("")
    for city in cities:
        yield from map(Paragraph, coverage_texts(data, city))


def coverage_texts(data: Dataset, city: City) -> Iterator[str]:
    """Yield a text for each coverage record of a city."""
    for coverage in data.coverage_of(city):
        publishers = dict.fromkeys(data.source(item.source).publisher for item in coverage.evidence)
        sources = f"; source: {', '.join(publishers)}" if publishers else ""
        note = "" if coverage.note is None else f". {coverage.note}"
        yield f"coverage of {city.name}: {format_value(coverage)}{sources}{note}"


def _details(data: Dataset, step: Step) -> Iterator[str]:
    """Yield texts about the fields of a step that are not in the heading."""
    if step.initiator is not None:
        yield f"by {data.city(step.initiator).name}"
    if step.memorandum is not None:
        yield f"memorandum: {step.memorandum}"
    if step.term is not None:
        yield f"term: {format_value(step.term)}"
    if step.note is not None:
        yield step.note


def _statements(step: Step, item: Evidence) -> Iterator[Paragraph]:
    for text, contrary in format_evidence(step, item):
        yield Paragraph(text, indent=4, is_strong=contrary)
    if item.note is not None:
        yield Paragraph(item.note, indent=4)
