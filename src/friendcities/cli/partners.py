"""``friendcities partners``: list a city's partners with dates and sources."""

import argparse
import shlex
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from friendcities.cli.options import OUTPUT, add_city, add_filters, add_limit, add_shared_with, chosen_filters
from friendcities.cli.output import (
    count_of,
    print_note,
    print_number_left_out,
    print_results,
    print_table,
    print_wrapped_note,
)
from friendcities.cli.parser import CommandParser, choice
from friendcities.cli.partnership_text import coverage_texts
from friendcities.cli.record_rows import PARTNER_COLUMNS, PartnerRow
from friendcities.datasets.dataset import Dataset
from friendcities.model import City, Completeness, PartnershipKind
from friendcities.names.normalize import fold

DESCRIPTION = "List the partners of a city. The earliest partner comes first."
EXAMPLES = (
    "friendcities partners Shanghai",
    "friendcities partners Shanghai --on 1990 --country JP --country KR",
    "friendcities partners Shanghai --shared-with Hamburg",
    "friendcities partners Shanghai --since 2015",
    "friendcities partners Dunedin --status any --json",
)
_KINDS: Final = list(PartnershipKind)
_SORT_KEYS: Final[dict[str, Callable[[PartnerRow], Any]]] = {
    "since": lambda _: (),  # the query already sorts by date
    "name": lambda row: (fold(row.partner.name), row.partner.id),
    "country": lambda row: row.partner.country,
    "kind": lambda row: _KINDS.index(row.state.kind),
}
"""The sort keys. Rows with equal keys keep the order of the query."""


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    add_city(command)
    add_filters(command)
    add_shared_with(command)
    help_ = "sort by since (the date), name, country or kind (default: since)"
    sort = choice("sort key", _SORT_KEYS, default="since", metavar="KEY", help=help_)
    command.group(OUTPUT).add_argument("--sort", **sort)
    add_limit(command)


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Print the partners."""
    city = data.city(options.city)
    filters = chosen_filters(options)
    partnerships = data.partnerships_of(city, **filters)
    rows = [PartnerRow.from_city(data, city, partnership, options.on) for partnership in partnerships]
    asked = [city]
    if options.shared_with is not None:
        asked.append(data.city(options.shared_with))
        shared = set(data.common_partners(*asked, **filters))
        rows = [row for row in rows if row.partner in shared]
    rows.sort(key=_SORT_KEYS[options.sort])
    shown = rows[: options.limit]
    columns = (*PARTNER_COLUMNS, "City") if options.include_parts else PARTNER_COLUMNS
    if options.json:
        coverage = [record.to_dict() for each in asked for record in data.coverage_of(each)]
        print_results(data, options, (row.to_dict() for row in shown), coverage=coverage)
    else:
        print_table(columns, [(*row.cells, row.view.city.name)[: len(columns)] for row in shown])
    print_number_left_out(rows, shown, "partnership")
    if options.shared_with is not None:
        _print_shared_notes(data, asked, options, rows)
    elif options.status is None:
        any_status: dict[str, Any] = filters | {"status": "any"}
        every = data.partnerships_of(city, **any_status)
        if not every:
            print_note("no matching partnership on record")
        active = {partnership.id for partnership in partnerships}
        others = [partnership for partnership in every if partnership.id not in active]
        states = [partnership.state if options.on is None else partnership.at(options.on) for partnership in others]
        for status, number in sorted(Counter(str(state.status) for state in states).items()):
            print_note(f"{count_of(number, f'{status} partnership')} not shown: --status {status}")
    _print_undated(data, city, options, filters)
    _print_partnerships_of_parts(data, city, options, filters)
    for each in asked:
        for text in coverage_texts(data, each):
            print_wrapped_note(text)
        if options.dataset is None and options.overlay is None:
            _propose_download(data, each)


def _print_shared_notes(data: Dataset, cities: list[City], options: argparse.Namespace, rows: list[PartnerRow]) -> None:
    """Print notes about shared partners."""
    one, other = cities
    every = data.common_partners(one, other, status="any", include_parts=options.include_parts)
    if rows:
        print_wrapped_note(f"the dates and statuses are from the partnerships of {one.name}")
    elif every:
        print_wrapped_note(f"{one.name} and {other.name} have no partner in common with these filters")
    else:
        print_note(f"{one.name} and {other.name} have no partner in common on record")
    more = len(every) - len({row.partner for row in rows})
    if more:
        print_note(f"{count_of(more, 'more partner')} in common with --status any and no other filter")


def _print_undated(data: Dataset, city: City, options: argparse.Namespace, filters: dict[str, Any]) -> None:
    """Print how many undated partnerships ``--since`` and ``--until`` leave out."""
    if options.shared_with is None and not (options.since is None and options.until is None):
        others = {name: value for name, value in filters.items() if name not in {"since", "until"}}
        partnerships = data.partnerships_of(city, **others)
        undated = sum(partnership.established is None for partnership in partnerships)
        if undated:
            print_wrapped_note(f"{count_of(undated, 'undated partnership')} not shown; leave out --since and --until")


def _print_partnerships_of_parts(
    data: Dataset, city: City, options: argparse.Namespace, filters: dict[str, Any]
) -> None:
    """Print how many partnerships of the city's parts match the same filters."""
    if options.shared_with is None and not options.include_parts:
        wider: dict[str, Any] = filters | {"include_parts": True}
        with_parts = data.partnerships_of(city, **wider)
        others = len(with_parts) - len(data.partnerships_of(city, **filters))
        if others:
            number = count_of(others, "partnership")
            print_wrapped_note(f"{number} of districts and other parts not shown; add --include-parts")


def _propose_download(data: Dataset, city: City) -> None:
    """If the dataset lacks the city's own list, print a download command."""
    if any(coverage.completeness is Completeness.INCIDENTAL for coverage in data.coverage_of(city)):
        name = shlex.quote(city.identifiers.get("wikidata") or f"{city.name}, {city.country}")
        print_note(
            f"Wikidata may have more partners: friendcities download wikidata --city {name} --contact you@example.org"
        )
