"""``friendcities fetch``: statements of Wikidata from an endpoint, page by page, into a folder."""

import argparse
import os
from typing import Any, Final

from friendcities.cli.exits import Exit
from friendcities.cli.output import counter_of, print_lines
from friendcities.importers import fetch_wikidata
from friendcities.importers.wikidata.endpoint import PUBLIC

__all__ = ["add_to"]

_CONTACT: Final = "FRIENDCITIES_CONTACT"
_PAGE: Final = 500
_PAUSE: Final = 1.0


def add_to(commands: Any) -> None:
    """Add the command to the command line."""
    command = commands.add_parser(
        "fetch",
        description="Fetch statements of Wikidata's property P190, twinned administrative body, into a folder, which "
        "'friendcities import FOLDER --profile wikidata' reads. A fetch that was broken off goes on where it stopped "
        "when the same is asked for again.",
        epilog="Exit codes: 0 all of it is there, 1 no answer that can be used, or the folder cannot be written, "
        "2 wrong usage.",
    )
    command.add_argument("source", choices=("wikidata",), help="what to fetch from")
    chosen = command.add_mutually_exclusive_group(required=True)
    chosen.add_argument(
        "--city",
        action="append",
        default=[],
        metavar="QID",
        help="the statements of a city, by its Wikidata id, and those that name it; may repeat",
    )
    chosen.add_argument("--country", metavar="CC", help="those of all that lies in a country, by its code, like NZ")
    chosen.add_argument("--all", action="store_true", help="all there are")
    command.add_argument("-o", "--output", metavar="DIR", required=True, help="the folder to put them in")
    command.add_argument("--endpoint", metavar="URL", default=PUBLIC, help=f"a SPARQL endpoint (default: {PUBLIC})")
    command.add_argument(
        "--contact",
        metavar="TEXT",
        default=os.environ.get(_CONTACT),
        help=f"how you can be reached, which Wikidata wants to know (default: the variable {_CONTACT})",
    )
    command.add_argument(
        "--page-size", type=int, default=_PAGE, metavar="N", help=f"statements a request (default: {_PAGE})"
    )
    command.add_argument(
        "--pause", type=_seconds, default=_PAUSE, metavar="S", help="seconds between requests (default: 1)"
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Fetch, and say what there is.

    Raises:
        InvalidQueryError: If the choice makes no sense, or the folder holds something else.
        FetchError: If the endpoint gives no answer that can be used.
    """
    with counter_of("fetching statements") as count:
        found = fetch_wikidata(
            options.output,
            cities=options.city,
            country=options.country,
            everything=options.all,
            endpoint=options.endpoint,
            contact=options.contact,
            page_size=options.page_size,
            pause=options.pause,
            progress=lambda _, statements: count(statements),
        )
    pages = f"{found.pages:,} {'page' if found.pages == 1 else 'pages'}"
    before = f", {found.kept:,} of them there before" if found.kept else ""
    print_lines([f"{found.statements:,} statements in {pages}{before}: {found.folder}"])
    return Exit.ANSWERED


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= _LONGEST_PAUSE:
        message = f"{text!r} is no number of seconds from 0 to {_LONGEST_PAUSE}"
        raise argparse.ArgumentTypeError(message)
    return seconds


_LONGEST_PAUSE: Final = 3600
