"""``friendcities sources``: all sources, or those about a city."""

import argparse

from friendcities.cli.options import add_city, add_filters, chosen_filters
from friendcities.cli.output import print_answer
from friendcities.cli.parser import CommandParser
from friendcities.cli.record_rows import text_or_none, value_in_words
from friendcities.datasets.dataset import Dataset

DESCRIPTION = "List all sources. With a city, list the sources of the records about that city."
EXAMPLES = ("friendcities sources", "friendcities sources Dunedin --json")


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    add_city(command, optional=True)
    add_filters(command, "include_parts")


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Print the sources."""
    filters = chosen_filters(options)
    sources = data.sources() if options.city is None else data.sources_of(options.city, **filters)
    rows = (
        (each.id, value_in_words(each.kind), each.publisher, text_or_none(each.as_of) or "", each.address or "")
        for each in sources
    )
    columns = ("Id", "Kind", "Publisher", "As of", "Address")
    print_answer(data, options, (source.to_dict() for source in sources), columns, rows)
