"""``friendcities find``: cities whose names match or come near."""

import argparse
from typing import Any

from friendcities.cli.output import print_json, print_table, with_id
from friendcities.cli.rows import CITY_COLUMNS, city_row
from friendcities.datasets.dataset import Dataset
from friendcities.errors import UnknownCityError

__all__ = ["add_to"]


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the command line."""
    command = commands.add_parser(
        "find",
        parents=[common],
        description="Cities whose names match or come near, best first.",
    )
    command.add_argument("name", help="a name, or a part of one")
    command.add_argument("--limit", type=int, default=10, metavar="N", help="how many at most (default: 10)")
    command.set_defaults(run=run)


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Answer."""
    found = data.find_cities(options.name, limit=options.limit)
    if not found:
        message = f"no city's name comes near {options.name!r}"
        raise UnknownCityError(message, options.name)
    if options.json:
        print_json([with_id(city) for city in found])
    else:
        print_table(CITY_COLUMNS, [city_row(city) for city in found])
