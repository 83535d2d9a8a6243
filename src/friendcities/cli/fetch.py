"""``friendcities fetch``: statements of Wikidata from an endpoint, page by page, into a folder."""

import argparse
import os
from typing import Final

from friendcities.cli.output import ExitCode, print_lines, show_count
from friendcities.importers import fetch_wikidata
from friendcities.importers.wikidata.endpoint import PUBLIC

DESCRIPTION = (
    "Fetch statements of Wikidata's property P190, twinned administrative body, into a folder, which 'friendcities "
    "import FOLDER --profile wikidata' reads. A fetch that was broken off goes on where it stopped when the same is "
    "asked for again."
)
EPILOG = (
    "Exit codes: 0 all of it is there, 1 no answer that can be used, or the folder cannot be written, 2 wrong usage."
)
_CONTACT_VARIABLE: Final = "FRIENDCITIES_CONTACT"
_LONGEST_PAUSE: Final = 3600


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    command.add_argument("source", choices=("wikidata",), help="what to fetch from")
    selection = command.add_mutually_exclusive_group(required=True)
    help_ = "the statements of a city, by its Wikidata id, and those that name it; may repeat"
    selection.add_argument("--city", action="append", default=[], metavar="QID", help=help_)
    selection.add_argument("--country", metavar="CC", help="those of all that lies in a country, by its code, like NZ")
    selection.add_argument("--all", action="store_true", help="all there are")
    command.add_argument("-o", "--output", metavar="DIR", required=True, help="the folder to put them in")
    command.add_argument("--endpoint", metavar="URL", default=PUBLIC, help=f"a SPARQL endpoint (default: {PUBLIC})")
    help_ = f"how you can be reached, which Wikidata wants to know (default: the variable {_CONTACT_VARIABLE})"
    command.add_argument("--contact", metavar="TEXT", default=os.environ.get(_CONTACT_VARIABLE), help=help_)
    help_ = "statements a request (default: 500)"
    command.add_argument("--page-size", type=int, default=500, metavar="N", help=help_)
    help_ = "seconds between requests (default: 1)"
    command.add_argument("--pause", type=_parse_seconds, default=1.0, metavar="S", help=help_)


def run(options: argparse.Namespace) -> int:
    """Fetch, and print how much."""
    with show_count("fetching statements") as show_number:
        found = fetch_wikidata(
            options.output,
            cities=options.city,
            country=options.country,
            everything=options.all,
            endpoint=options.endpoint,
            contact=options.contact,
            page_size=options.page_size,
            pause=options.pause,
            progress=lambda _, statements: show_number(statements),
        )
    pages = f"{found.pages:,} {'page' if found.pages == 1 else 'pages'}"
    before = f", {found.kept:,} of them there before" if found.kept else ""
    print_lines([f"{found.statements:,} statements in {pages}{before}: {found.folder}"])
    return ExitCode.ANSWERED


def _parse_seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= _LONGEST_PAUSE:
        message = f"{text!r} is no number of seconds from 0 to {_LONGEST_PAUSE}"
        raise argparse.ArgumentTypeError(message)
    return seconds
