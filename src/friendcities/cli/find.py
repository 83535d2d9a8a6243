"""``friendcities find``: list cities with matching or similar names."""

import argparse

from friendcities.cli.options import add_city, add_limit
from friendcities.cli.output import print_answer
from friendcities.cli.parser import CommandParser
from friendcities.cli.record_rows import CITY_COLUMNS, city_row
from friendcities.datasets.dataset import Dataset
from friendcities.errors import UnknownCityError
from friendcities.names.countries import countries_called

DESCRIPTION = "List the cities with this name or a similar name. The best match comes first."
EXAMPLES = ("friendcities find dune", "friendcities find Petersburg --limit 3")


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    add_city(command, "name", "the name, or a part of the name")
    add_limit(command, 10)


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Print the cities."""
    cities = data.find_cities(options.name, limit=options.limit)
    if not cities:
        note = "; this is the name of a country" if countries_called(options.name) else ""
        message = f"no city on record has a name like {options.name!r}{note}"
        raise UnknownCityError(message, options.name)
    print_answer(data, options, (city.to_dict() for city in cities), CITY_COLUMNS, map(city_row, cities))
