"""``friendcities sources``: all sources, or those about a city."""

import argparse

from friendcities.cli.options import add_city, add_filters
from friendcities.cli.output import print_json, print_table, record_to_json
from friendcities.cli.record_rows import CUT_COLUMNS, text_or_none, value_in_words
from friendcities.datasets.dataset import Dataset
from friendcities.errors import InvalidQueryError

DESCRIPTION = "All sources, or those behind what is on record about a city."


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_city(command, optional=True)
    add_filters(command, "include_parts")


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Print the sources."""
    if options.city is not None:
        sources = data.sources_of(options.city, include_parts=options.include_parts)
    elif options.include_parts:
        message = "--include-parts needs a city; without one, all sources are listed already"
        raise InvalidQueryError(message, options.include_parts)
    else:
        sources = data.sources()
    if options.json:
        print_json([record_to_json(source) for source in sources])
        return
    rows = [
        (
            source.id,
            value_in_words(source.kind),
            source.publisher,
            text_or_none(source.as_of) or "",
            source.address or "",
        )
        for source in sources
    ]
    print_table(("Id", "Kind", "Publisher", "As of", "Address"), rows, cut=CUT_COLUMNS)
