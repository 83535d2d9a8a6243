"""``friendcities sources``: all sources, or those about a city."""

import argparse

from friendcities.cli.options import add_city, add_filters
from friendcities.cli.output import print_answer, record_to_json
from friendcities.cli.record_rows import text_or_none, value_in_words
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
    rows = (
        (each.id, value_in_words(each.kind), each.publisher, text_or_none(each.as_of) or "", each.address or "")
        for each in sources
    )
    columns = ("Id", "Kind", "Publisher", "As of", "Address")
    print_answer(options, map(record_to_json, sources), columns, rows)
