"""``friendcities stats``: how many partnerships there are of each sort."""

import argparse
from typing import Any, Final, get_args

from friendcities.cli.options import add_city, add_filters, filters
from friendcities.cli.output import in_terminal, print_heading, print_json, print_lines, print_table, remark
from friendcities.cli.rows import words_of
from friendcities.datasets.counts import CountBy
from friendcities.datasets.dataset import Dataset

__all__ = ["add_to"]

_SORTS: Final[tuple[CountBy, ...]] = get_args(CountBy)


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the command line."""
    command = commands.add_parser(
        "stats",
        parents=[common],
        description="How many partnerships there are of each sort: of a city, or of all on record, where one between "
        "two countries counts for either. Those of every status are counted by status, the active ones by the rest.",
    )
    add_city(command, "?")
    command.add_argument("--by", action="append", choices=_SORTS, metavar="SORT", help=f"only by: {', '.join(_SORTS)}")
    add_filters(command)
    command.set_defaults(run=run)


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Answer."""
    asked = filters(options)
    counts = {}
    for by in options.by or _SORTS:
        status: Any = options.status or ("any" if by == "status" else "active")
        counts[by] = data.count_partnerships(by, options.city, status=status, **asked)
    if options.json:
        print_json({by: dict(each) for by, each in counts.items()})
    elif in_terminal():
        for by, each in counts.items():
            if each:
                print_heading(_heading(by, options))
                print_table(
                    (by.capitalize(), "Partnerships"), [(_label(data, by, name), str(n)) for name, n in each.items()]
                )
    else:
        print_lines([f"{by}\t{name}\t{count}" for by, each in counts.items() for name, count in each.items()])
    if not any(counts.values()):
        remark("no partnership on record fits")


def _heading(by: CountBy, options: argparse.Namespace) -> str:
    """What is counted, and by what."""
    if by == "status":
        return "Partnerships by status"
    statuses = [each for each in options.status or ["active"] if each != "any"]
    counted = f"{' and '.join(statuses)} partnerships" if statuses else "partnerships"
    return f"{counted.capitalize()} by {by}"


def _label(data: Dataset, by: CountBy, name: str) -> str:
    if by != "country":
        return words_of(name)
    return f"{name}  {next(city for city in data.cities() if city.country == name).country_name}"
