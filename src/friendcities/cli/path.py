"""``friendcities path``: the shortest path from one city to another, from partner to partner."""

import argparse

from friendcities.cli.options import add_city, add_filters, chosen_filters
from friendcities.cli.output import print_json, print_table
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
    if options.json:
        print_json([city_json(city) for city in cities])
    else:
        print_table(CITY_COLUMNS, [city_row(city) for city in cities])
