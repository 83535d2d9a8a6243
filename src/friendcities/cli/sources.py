"""``friendcities sources``: what the facts rest on."""

import argparse
from typing import Any

from friendcities.cli.options import add_city, add_filters
from friendcities.cli.output import print_json, print_table, with_id
from friendcities.cli.rows import CUT
from friendcities.datasets.dataset import Dataset
from friendcities.errors import InvalidQueryError

__all__ = ["add_to"]


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the command line."""
    command = commands.add_parser(
        "sources",
        parents=[common],
        description="All sources, or those behind what is on record about a city.",
    )
    add_city(command, "?")
    add_filters(command, "include_parts")
    command.set_defaults(run=run)


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Answer."""
    if options.city is not None:
        found = data.sources_of(options.city, include_parts=options.include_parts)
    elif options.include_parts:
        message = "--include-parts needs a city; without one, all sources are listed already"
        raise InvalidQueryError(message, options.include_parts)
    else:
        found = data.sources()
    if options.json:
        print_json([with_id(source) for source in found])
        return
    rows = [
        (source.id, source.kind.value.replace("_", " "), source.publisher, str(source.as_of), source.address or "")
        for source in found
    ]
    print_table(("Id", "Kind", "Publisher", "As of", "Address"), rows, cut=CUT)
