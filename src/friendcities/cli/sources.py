"""``friendcities sources``: what the facts rest on."""

import argparse
from typing import Any

from friendcities.cli.output import print_json, print_table, with_id
from friendcities.collection import Dataset

__all__ = ["add_to"]


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the command line."""
    command = commands.add_parser(
        "sources",
        parents=[common],
        description="All sources, or those behind what is on record about a city.",
    )
    command.add_argument("city", nargs="?", help="an id, any name, 'name, country', or a Wikidata id")
    command.set_defaults(run=run)


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Answer."""
    found = data.sources() if options.city is None else data.sources_of(options.city)
    if options.json:
        print_json([with_id(source) for source in found])
        return
    rows = [
        (source.id, source.kind.value.replace("_", " "), source.publisher, str(source.as_of), source.address or "")
        for source in found
    ]
    print_table(("Id", "Kind", "Publisher", "As of", "Address"), rows)
