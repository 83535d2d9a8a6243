"""``friendcities sources``: list sources, or show one source."""

import argparse
from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

from friendcities.checks.find_values import find_sourced
from friendcities.cli.options import CITY_HELP, add_city, add_filters, chosen_filters
from friendcities.cli.output import (
    Paragraph,
    count_of,
    print_answer,
    print_lines,
    print_paragraphs,
    print_results,
    print_table,
)
from friendcities.cli.parser import CommandParser
from friendcities.cli.record_lookup import find_record, find_sources
from friendcities.cli.record_rows import text_or_none, value_in_words
from friendcities.datasets.dataset import Dataset
from friendcities.errors import InvalidQueryError
from friendcities.model import AnyRecord, City, Evidence, Source, Sourced
from friendcities.model.format_values import format_evidence

DESCRIPTION = (
    "List all sources. If a city is given, list the sources about this city. If the id of a source is given, list the"
    " facts that the source supports or contradicts. CITY can also be the id of another record, such as a "
    "partnership."
)
EXAMPLES = (
    "friendcities sources",
    "friendcities sources Dunedin --json",
    "friendcities sources shanghai-fao-2012-09-24",
)


@frozen
class _Citation:
    record: AnyRecord
    path: str
    """The path of the part with the evidence, such as ``steps[0]``; empty for the record itself."""
    owner: Sourced
    evidence: Evidence

    @property
    def cells(self) -> tuple[str, ...]:
        stated = "; ".join(text for text, _ in format_evidence(self.owner, self.evidence))
        return (type(self.record).__name__.lower(), self.record.id, self.path, stated, self.evidence.locator)

    def to_dict(self) -> dict[str, Any]:
        place = {"type": type(self.record).__name__.lower(), "id": str(self.record.id), "path": self.path}
        contrary = self.owner.contradicted_by(self.evidence)
        return {**place, "contrary": contrary, "evidence": self.evidence.to_dict()}


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    add_city(command, help_=f"{CITY_HELP}; or the id of a source or another record", optional=True, or_record=Source)
    add_filters(command, "include_parts")


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Print all sources, or one source with the records that cite the source."""
    filters = chosen_filters(options)
    record = None if options.city is None else find_record(data, options.city)
    if record is not None and not isinstance(record, City) and options.include_parts:
        message = (
            f"--include-parts applies to a city; record {record.id!r} has the type {type(record).__name__.lower()}"
        )
        raise InvalidQueryError(message, options.city)
    match record:
        case Source():
            _show_source(data, options, record)
        case None:
            _list_sources(data, options, data.sources())
        case _:
            _list_sources(data, options, find_sources(data, record, **filters))


def _list_sources(data: Dataset, options: argparse.Namespace, sources: Sequence[Source]) -> None:
    rows = (
        (each.id, value_in_words(each.kind), each.publisher, text_or_none(each.as_of) or "", each.address or "")
        for each in sources
    )
    columns = ("Id", "Kind", "Publisher", "As of", "Address")
    print_answer(data, options, (source.to_dict() for source in sources), columns, rows)


def _show_source(data: Dataset, options: argparse.Namespace, source: Source) -> None:
    citations = list(_citations(data, source))
    if options.json:
        result = {"source": source.to_dict(), "citations": [each.to_dict() for each in citations]}
        print_results(data, options, [result])
        return
    print_paragraphs(_describe(source))
    records = len({(type(each.record), each.record.id) for each in citations})
    print_lines(["", f"Cited by {count_of(records, 'record')}"])
    print_table(("Type", "Id", "Part", "States", "Locator"), [each.cells for each in citations])


def _citations(data: Dataset, source: Source) -> Iterator[_Citation]:
    for record in data:
        for path, owner in find_sourced(record):
            yield from (_Citation(record, path, owner, item) for item in owner.evidence if item.source == source.id)


def _describe(source: Source) -> Iterator[Paragraph]:
    yield Paragraph(f"{source.publisher}, {source.date_text}: {source.title} ({source.id})", is_strong=True)
    dates = {"published": source.published, "as of": source.as_of, "accessed": source.accessed}
    dated = [f"{name} {date}" for name, date in dates.items() if date is not None]
    yield Paragraph(", ".join([value_in_words(source.kind), *dated]))
    if source.authors:
        yield Paragraph(f"by {', '.join(source.authors)}")
    yield from (Paragraph(text) for text in (source.address, source.archived, source.note) if text is not None)
