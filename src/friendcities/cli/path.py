"""``friendcities path``: find the shortest chain of partners between two cities."""

import argparse

from friendcities.cli.options import add_city, add_filters, chosen_filters
from friendcities.cli.output import print_answer
from friendcities.cli.parser import CommandParser
from friendcities.cli.record_rows import CITY_COLUMNS, city_row
from friendcities.datasets.dataset import Dataset

DESCRIPTION = (
    "Find the shortest chain of partners from one city to another. If several chains are equally short, the command "
    "prints one of them."
)
EXAMPLES = ("friendcities path Dunedin Yokohama", "friendcities path Dunedin Milan --kind sister_city")


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    add_city(command)
    add_city(command, "other", "the city at the other end of the path")
    add_filters(command, "on", "since", "until", "status", "kind", "reliability", "disputed", "source")


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Print the cities of the path."""
    cities = data.shortest_path(options.city, options.other, **chosen_filters(options))
    print_answer(data, options, (city.summary() for city in cities), CITY_COLUMNS, map(city_row, cities))
