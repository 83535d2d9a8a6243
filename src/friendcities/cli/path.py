"""``friendcities path``: the shortest path from one city to another, from partner to partner."""

import argparse

from friendcities.cli.options import add_city, add_filters, chosen_filters
from friendcities.cli.output import print_answer
from friendcities.cli.record_rows import CITY_COLUMNS, city_json, city_row
from friendcities.datasets.dataset import Dataset
from friendcities.graph import Network

DESCRIPTION = (
    "The shortest way from one city to another, from partner to partner; of several, the one whose ids come first by "
    "the alphabet."
)


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_city(command)
    command.add_argument("other", metavar="OTHER", help="the city at the other end")
    add_filters(command, "on", "status", "kind", "reliability", "disputed", "source")


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Print the cities of the path."""
    cities = Network(data, **chosen_filters(options)).shortest_path(options.city, options.other)
    print_answer(options, map(city_json, cities), CITY_COLUMNS, map(city_row, cities))
