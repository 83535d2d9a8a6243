"""``friendcities find``: cities whose names match or are similar."""

import argparse

from friendcities.cli.output import print_answer, record_to_json
from friendcities.cli.record_rows import CITY_COLUMNS, city_row
from friendcities.datasets.dataset import Dataset
from friendcities.errors import UnknownCityError

DESCRIPTION = "Cities whose names match or come near, best first."


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    command.add_argument("name", help="a name, or a part of one")
    command.add_argument("--limit", type=int, default=10, metavar="N", help="how many at most (default: 10)")


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Print the cities."""
    cities = data.find_cities(options.name, limit=options.limit)
    if not cities:
        message = f"no city's name comes near {options.name!r}"
        raise UnknownCityError(message, options.name)
    print_answer(options, map(record_to_json, cities), CITY_COLUMNS, map(city_row, cities))
