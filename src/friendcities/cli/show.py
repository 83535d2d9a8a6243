"""``friendcities show``: show the records about a city, or one partnership."""

import argparse
from collections.abc import Iterable
from typing import Any

from friendcities.cli.options import CITY_HELP, add_city
from friendcities.cli.output import Paragraph, print_lines, print_paragraphs, print_results, print_table
from friendcities.cli.parser import CommandParser
from friendcities.cli.partnership_text import coverage_texts, partnership_paragraphs
from friendcities.cli.record_lookup import find_record
from friendcities.cli.record_rows import PARTNER_COLUMNS, PartnerRow, text_or_none, value_in_words
from friendcities.datasets.dataset import Dataset
from friendcities.errors import InvalidQueryError
from friendcities.model import City, Memorandum, Office, PartialDate, Partnership, Period, Source
from friendcities.model.format_values import format_statistic

DESCRIPTION = (
    "Show the records about a city. If two cities are given, show the steps and the sources of their partnership."
)
EXAMPLES = (
    "friendcities show Dunedin",
    "friendcities show Shanghai Milan",
    "friendcities show cn-shanghai--it-milan --json",
)


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    add_city(command, help_=f"{CITY_HELP}; or the id of a partnership", or_record=Partnership)
    add_city(command, "other", "a partner of CITY", optional=True)


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Print the records."""
    if options.other is not None:
        _show_partnership(data, options, data.partnership_between(options.city, options.other))
        return
    match find_record(data, options.city):
        case City() as city:
            _show_city(data, options, city)
        case Partnership() as partnership:
            _show_partnership(data, options, partnership)
        case record:
            noun = type(record).__name__.lower()
            message = f"record {record.id!r} has the type {noun}; expected a city or a partnership"
            command = f"see: friendcities sources {record.id}" if isinstance(record, Source) else ""
            raise InvalidQueryError(f"{message}; {command}".removesuffix("; "), options.city)


def _show_partnership(data: Dataset, options: argparse.Namespace, partnership: Partnership) -> None:
    if options.json:
        result = {
            "partnership": partnership.to_dict(),
            "cities": [data.city(id_).summary() for id_ in partnership.cities],
            "coverage": [record.to_dict() for id_ in partnership.cities for record in data.coverage_of(id_)],
            "sources": [data.source(id_).to_dict() for id_ in sorted(partnership.cites)],
        }
        print_results(data, options, [result])
    else:
        print_paragraphs(partnership_paragraphs(data, partnership))


def _show_city(data: Dataset, options: argparse.Namespace, city: City) -> None:
    if options.json:
        print_results(data, options, [_to_json(data, city)])
        return
    print_paragraphs(map(Paragraph, _description(data, city)))
    for heading, columns, rows in _sections(data, city):
        if rows:
            print_lines(["", heading])
            print_table(columns, rows)


def _to_json(data: Dataset, city: City) -> dict[str, Any]:
    return {
        "city": city.to_dict(),
        "parts": data.parts_of(city).to_dicts(),
        "partnerships": data.partnerships_of(city, status="any").to_dicts(),
        "memoranda": data.memoranda_of(city).to_dicts(),
        "officials": data.officials_of(city).to_dicts(),
        "statistics": data.statistics_of(city).to_dicts(),
        "events": data.events_of(city).to_dicts(),
        "cooperations": data.cooperations_of(city).to_dicts(),
        "coverage": data.coverage_of(city).to_dicts(),
        "sources": data.sources_of(city).to_dicts(),
    }


def _description(data: Dataset, city: City) -> list[str]:
    lines = [f"{city.name} ({city.id}): {value_in_words(city.level)}, {city.country_name}"]
    if city.part_of is not None:
        lines.append(f"part of {data.city(city.part_of).name}")
    if city.names:
        lines.append("also " + ", ".join(dict.fromkeys(name.text for name in city.names)))
    if city.coordinates is not None:
        lines.append(f"at {city.coordinates.latitude}, {city.coordinates.longitude} ({city.coordinates.point})")
    lines.extend(f"{scheme}: {value}" for scheme, value in city.identifiers.items())
    if city.note is not None:
        lines.append(city.note)
    lines.extend(coverage_texts(data, city))
    return lines


def _sections(data: Dataset, city: City) -> Iterable[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
    yield "Parts", ("City", "Id"), [(part.name, part.id) for part in data.parts_of(city)]
    partnerships = data.partnerships_of(city, status="any")
    rows = [PartnerRow.from_city(data, city, partnership, None).cells for partnership in partnerships]
    yield "Partnerships", PARTNER_COLUMNS, rows
    records = data.memoranda_of(city)
    rows = [(text_or_none(each.signed) or "", value_in_words(each.kind), _signatories(data, each)) for each in records]
    yield "Memoranda", ("Signed", "Kind", "Signatories"), rows
    people = [(each, [office for office in each.offices if office.city == city.id]) for each in data.officials_of(city)]
    rows = [(person.name, "; ".join(map(_office, offices))) for person, offices in people if offices]
    yield "Officials", ("Name", "Office"), rows
    values = data.statistics_of(city)
    rows = [(value_in_words(each.measure), format_statistic(each), _period(each.period), each.basis) for each in values]
    yield "Statistics", ("Measure", "Value", "Period", "Basis"), rows
    events = data.events_of(city)
    rows = [(_period(record.period), record.name, data.city(record.place).name) for record in events]
    yield "Events", ("When", "Event", "Where"), rows
    rows = [(value_in_words(record.area), record.summary, record.stage.value) for record in data.cooperations_of(city)]
    yield "Cooperations", ("Area", "What", "Stage"), rows
    rows = [(source.id, source.publisher, text_or_none(source.as_of) or "") for source in data.sources_of(city)]
    yield "Sources", ("Id", "Publisher", "As of"), rows


def _signatories(data: Dataset, memorandum: Memorandum) -> str:
    texts = []
    for party in memorandum.signatories:
        name = data.city(party.city).name if party.city is not None else str(party.organisation)
        texts.append(f"{party.count.wording or party.count.number} {name}" if party.count is not None else name)
    return "; ".join(texts)


def _office(office: Office) -> str:
    attested = "" if office.attested is None else f"attested {office.attested}"
    return ", ".join(filter(None, (office.title, office.body, _date_range(office.start, office.end), attested)))


def _date_range(start: PartialDate | None, end: PartialDate | None) -> str:
    if start is None or end is None:
        return f"from {start}" if start is not None else f"until {end}" if end is not None else ""
    return str(start) if start == end else f"{start} to {end}"


def _period(period: Period) -> str:
    text = _date_range(period.start, period.end) or period.wording or ""
    if period.each is not None:
        each = f"each of {period.each.number} {period.each.unit.value}s"
        return each if text == period.wording else f"{each}, {text}"
    return text
