"""``friendcities show``: all that is on record about a city."""

import argparse
from typing import Any

from friendcities.cli.output import print_heading, print_json, print_lines, print_table, with_id
from friendcities.cli.rows import CUT, PARTNER_COLUMNS, Tie
from friendcities.datasets.dataset import Dataset
from friendcities.model import City, Memorandum, Office, PartialDate, Period
from friendcities.model.words import amount

__all__ = ["add_to"]


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the command line."""
    command = commands.add_parser(
        "show",
        parents=[common],
        description="A city: its names, partnerships, memoranda, officials, statistics, events and sources.",
    )
    command.add_argument("city", help="an id, any name, 'name, country', or a Wikidata id")
    command.set_defaults(run=run)


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Answer."""
    city = data.city(options.city)
    if options.json:
        print_json(_as_json(data, city))
        return
    print_lines(list(_description(data, city)))
    for heading, columns, rows in _sections(data, city):
        if rows:
            print_heading(heading)
            print_table(columns, rows, cut=CUT)


def _as_json(data: Dataset, city: City) -> dict[str, Any]:
    every = data.partnerships_of(city, status="any")
    return {
        "city": with_id(city),
        "parts": [with_id(part) for part in data.parts_of(city)],
        "partnerships": [
            Tie.of(data, city, each, None).as_json() | {"steps": with_id(each)["steps"]} for each in every
        ],
        "memoranda": [with_id(each) for each in data.memoranda_of(city)],
        "officials": [with_id(each) for each in data.officials_of(city)],
        "statistics": [with_id(each) for each in data.statistics_of(city)],
        "events": [with_id(each) for each in data.events_of(city)],
        "cooperations": [with_id(each) for each in data.cooperations_of(city)],
        "sources": [with_id(each) for each in data.sources_of(city)],
    }


def _description(data: Dataset, city: City) -> list[str]:
    lines = [f"{city.name} ({city.id}): {city.level.value.replace('_', ' ')}, {city.country_name}"]
    if city.part_of is not None:
        lines.append(f"part of {data.city(city.part_of).name}")
    if city.names:
        lines.append("also " + ", ".join(dict.fromkeys(name.text for name in city.names)))
    if city.coordinates is not None:
        lines.append(f"at {city.coordinates.latitude}, {city.coordinates.longitude} ({city.coordinates.point})")
    lines.extend(f"{scheme}: {value}" for scheme, value in city.identifiers.items())
    if city.note is not None:
        lines.append(city.note)
    return lines


def _sections(data: Dataset, city: City) -> list[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
    def names(ids: tuple[Any, ...]) -> str:
        return ", ".join(data.city(id_).name for id_ in ids)

    return [
        ("Parts", ("City", "Id"), [(part.name, part.id) for part in data.parts_of(city)]),
        (
            "Partnerships",
            PARTNER_COLUMNS,
            [Tie.of(data, city, each, None).row() for each in data.partnerships_of(city, status="any")],
        ),
        (
            "Memoranda",
            ("Signed", "DocumentKind", "Signatories"),
            [
                (str(each.signed or ""), each.kind.value.replace("_", " "), _signatories(data, each))
                for each in data.memoranda_of(city)
            ],
        ),
        (
            "Officials",
            ("Name", "Office"),
            [
                (
                    each.name,
                    "; ".join(map(_office, offices)),
                )
                for each in data.officials_of(city)
                if (offices := [office for office in each.offices if office.city == city.id])
            ],
        ),
        (
            "Statistics",
            ("Measure", "Value", "Period", "Basis"),
            [
                (each.measure.replace("_", " "), amount(each), _span(each.period), each.basis.value)
                for each in data.statistics_of(city)
            ],
        ),
        (
            "Events",
            ("When", "Event", "Where"),
            [(_span(e.period), e.name, names((e.place,))) for e in data.events_of(city)],
        ),
        (
            "Cooperations",
            ("Area", "What", "Stage"),
            [(each.area.replace("_", " "), each.summary, each.stage.value) for each in data.cooperations_of(city)],
        ),
        ("Sources", ("Id", "Publisher", "As of"), [(s.id, s.publisher, str(s.as_of)) for s in data.sources_of(city)]),
    ]


def _signatories(data: Dataset, memorandum: Memorandum) -> str:
    words = []
    for party in memorandum.signatories:
        name = data.city(party.city).name if party.city is not None else str(party.organisation)
        words.append(f"{party.count.wording or party.count.number} {name}" if party.count is not None else name)
    return "; ".join(words)


def _from_to(start: PartialDate | None, end: PartialDate | None) -> str:
    if start is None or end is None:
        return f"from {start}" if start is not None else f"until {end}" if end is not None else ""
    return str(start) if start == end else f"{start} to {end}"


def _office(office: Office) -> str:
    seen = "" if office.attested is None else f"seen {office.attested}"
    return ", ".join(filter(None, (office.title, office.body, _from_to(office.start, office.end), seen)))


def _span(period: Period) -> str:
    words = _from_to(period.start, period.end) or period.wording or ""
    if period.each is not None:
        each = f"each of {period.each.number} {period.each.unit.value}s"
        return each if words == period.wording else f"{each}, {words}"
    return words
