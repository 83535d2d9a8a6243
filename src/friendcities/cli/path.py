"""``friendcities path``: the shortest way from one city to another, from partner to partner."""

import argparse
from typing import Any

from friendcities.cli.options import add_city, add_filters, filters
from friendcities.cli.output import print_json, print_table
from friendcities.cli.rows import CITY_COLUMNS, city_json, city_row
from friendcities.datasets.dataset import Dataset
from friendcities.graph import Network

__all__ = ["add_to"]

_FILTERS = ("on", "status", "kind", "reliability", "disputed", "source")


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the command line."""
    command = commands.add_parser(
        "path",
        parents=[common],
        description="The shortest way from one city to another, from partner to partner; of several, the one whose ids "
        "come first by the alphabet.",
    )
    add_city(command)
    command.add_argument("other", metavar="OTHER", help="the city at the other end")
    add_filters(command, *_FILTERS)
    command.set_defaults(run=run)


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Answer."""
    network = Network(data, status=options.status or "active", **filters(options))
    found = network.shortest_path(options.city, options.other)
    if options.json:
        print_json([city_json(city) for city in found])
    else:
        print_table(CITY_COLUMNS, [city_row(city) for city in found])
