"""``friendcities stats``: the number of partnerships by country, kind, status and more."""

import argparse
from typing import Final, get_args

from friendcities.cli.options import add_city, add_filters, chosen_filters
from friendcities.cli.output import in_terminal, print_json, print_lines, print_note, print_table
from friendcities.cli.record_rows import value_in_words
from friendcities.datasets.counts import CountBy
from friendcities.datasets.dataset import Dataset

DESCRIPTION = (
    "How many partnerships there are of each sort: of a city, or of all on record, where one between two countries "
    "counts for either. Those of every status are counted by status, the active ones by the rest."
)
_COUNTED_BY: Final[tuple[CountBy, ...]] = get_args(CountBy)


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_city(command, optional=True)
    help_ = f"only by: {', '.join(_COUNTED_BY)}"
    command.add_argument("--by", action="append", choices=_COUNTED_BY, metavar="SORT", help=help_)
    add_filters(command)


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Print the counts."""
    counts = {}
    for by in options.by or _COUNTED_BY:
        filters = chosen_filters(options)
        if by == "status" and not options.status:
            filters["status"] = "any"
        counts[by] = data.count_partnerships(by, options.city, **filters)
    if options.json:
        print_json({by: dict(numbers) for by, numbers in counts.items()})
    elif in_terminal():
        for by, numbers in counts.items():
            if numbers:
                print_lines(["", _heading(by, options)])
                rows = [(_label(data, by, value), str(number)) for value, number in numbers.items()]
                print_table((by.capitalize(), "Partnerships"), rows)
    else:
        print_lines([f"{by}\t{value}\t{number}" for by, numbers in counts.items() for value, number in numbers.items()])
    if not any(counts.values()):
        print_note("no partnership on record fits")


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
