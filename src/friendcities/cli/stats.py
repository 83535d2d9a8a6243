"""``friendcities stats``: count partnerships by country, kind, status and more."""

import argparse
from typing import Final, get_args

from friendcities.cli.options import OUTPUT, add_city, add_filters, chosen_filters
from friendcities.cli.output import in_terminal, print_lines, print_note, print_results, print_table
from friendcities.cli.parser import CommandParser, choice
from friendcities.cli.record_rows import value_in_words
from friendcities.datasets.counts import CountBy
from friendcities.datasets.dataset import Dataset

DESCRIPTION = (
    "Count partnerships by country, kind, status and more. If no city is given, a partnership between two countries "
    "is counted in both countries. By default, only active partnerships are counted. The count by status "
    "includes every status."
)
EXAMPLES = (
    "friendcities stats Shanghai",
    "friendcities stats Shanghai --by decade --status any",
    "friendcities stats Shanghai --by year",
    "friendcities stats --by country --json",
)
_COUNTED_BY: Final[tuple[CountBy, ...]] = get_args(CountBy)
_BY_DEFAULT: Final[list[CountBy]] = [by for by in _COUNTED_BY if by != "year"]
"""The default counts, without the long count by year."""


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    add_city(command, optional=True)
    help_ = f"count by this property; may be repeated. Values: {', '.join(_COUNTED_BY)}"
    by = choice("group", _COUNTED_BY, action="append", metavar="GROUP", help=help_)
    command.group(OUTPUT).add_argument("--by", **by)
    add_filters(command)


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Print the counts."""
    counts = {}
    groups: list[CountBy] = options.by or _BY_DEFAULT
    for by in groups:
        filters = chosen_filters(options)
        if by == "status" and not options.status:
            filters["status"] = "any"
        counts[by] = data.count_partnerships(by, options.city, **filters)
    if options.json:
        results = [
            {"by": by, "value": value, "partnerships": n} for by, ns in counts.items() for value, n in ns.items()
        ]
        print_results(data, options, results)
    elif in_terminal():
        for by, numbers in counts.items():
            if numbers:
                print_lines(["", _heading(by, options)])
                rows = [(_label(data, by, value), str(number)) for value, number in numbers.items()]
                print_table((by.capitalize(), "Partnerships"), rows)
    else:
        print_lines([f"{by}\t{value}\t{number}" for by, numbers in counts.items() for value, number in numbers.items()])
    if not any(counts.values()):
        print_note("no matching partnership on record")


def _heading(by: CountBy, options: argparse.Namespace) -> str:
    if by == "status":
        return "Partnerships by status"
    statuses = [status for status in options.status or ["active"] if status != "any"]
    counted = f"{' and '.join(statuses)} partnerships" if statuses else "partnerships"
    return f"{counted.capitalize()} by {by}"


def _label(data: Dataset, by: CountBy, value: str) -> str:
    if by != "country":
        return value_in_words(value)
    return f"{value}  {next(city for city in data.cities() if city.country == value).country_name}"
