"""``friendcities fetch``: download statements of Wikidata page by page into a folder."""

import argparse
import locale
import os
import re
from typing import Final

from friendcities.cli.options import OUTPUT, read_output_path
from friendcities.cli.output import ExitCode, print_lines, show_count
from friendcities.cli.parser import CommandParser, choice
from friendcities.errors import on_one_line
from friendcities.importers import fetch_wikidata
from friendcities.importers.wikidata.endpoint import PUBLIC

DESCRIPTION = (
    "Download statements of Wikidata's property P190 (twinned administrative body) to a folder. To import the folder,"
    " run 'friendcities import FOLDER --profile wikidata'. To continue an interrupted download, repeat the command."
)
EPILOG = (
    "Exit codes: 0 complete; 1 no statement found, no valid response, or the folder cannot be written; 2 wrong usage."
)
EXAMPLES = (
    "friendcities fetch wikidata --city Q133073 -o dunedin --contact me@example.org",
    "friendcities fetch wikidata --country NZ -o nz --contact me@example.org",
)
_CONTACT_VARIABLE: Final = "FRIENDCITIES_CONTACT"
_LENGTHS: Final = (2, 3)
"""The lengths of language codes. "C" is a locale, but not a language."""
_LONGEST_PAUSE: Final = 3600


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    command.add_argument("source", **choice("source", ["wikidata"], metavar="SOURCE", help="wikidata"))
    selection = command.group("selection (required)").add_mutually_exclusive_group(required=True)
    help_ = "the statements about this city, such as Q133073; may be repeated"
    selection.add_argument("--city", action="append", default=[], metavar="QID", help=help_)
    selection.add_argument("--country", metavar="CC", help="the statements of all places in this country, such as NZ")
    selection.add_argument("--all", action="store_true", help="all statements")
    help_ = "the folder to write"
    output = command.group(OUTPUT)
    output.add_argument("-o", "--output", type=read_output_path, metavar="DIR", required=True, help=help_)
    add_request_options(command)


def add_request_options(command: CommandParser) -> None:
    """Add the options for requests to an endpoint."""
    requests = command.group("requests")
    help_ = "also get names in this language, such as de; may be repeated (default: your language)"
    requests.add_argument("--language", action="append", metavar="CODE", help=help_)
    requests.add_argument("--endpoint", metavar="URL", default=PUBLIC, help=f"a SPARQL endpoint (default: {PUBLIC})")
    help_ = f"your e-mail or web address, for Wikidata (default: ${_CONTACT_VARIABLE})"
    requests.add_argument("--contact", metavar="TEXT", default=os.environ.get(_CONTACT_VARIABLE), help=help_)
    help_ = "statements per request (default: 500)"
    requests.add_argument("--page-size", type=int, default=500, metavar="N", help=help_)
    help_ = "seconds between requests (default: 1)"
    requests.add_argument("--pause", type=_parse_pause, default=1.0, metavar="S", help=help_)


def run(options: argparse.Namespace) -> int:
    """Download statements, and print their number."""
    with show_count("fetching statements") as show_number:
        found = fetch_wikidata(
            options.output,
            cities=options.city,
            country=options.country,
            everything=options.all,
            languages=chosen_languages(options),
            endpoint=options.endpoint,
            contact=options.contact,
            page_size=options.page_size,
            pause=options.pause,
            progress=lambda _, statements: show_number(statements),
        )
    pages = f"{found.pages:,} {'page' if found.pages == 1 else 'pages'}"
    before = f", {found.kept:,} of them downloaded before" if found.kept else ""
    print_lines([on_one_line(f"{found.statements:,} statements in {pages}{before}: {found.folder}")])
    return ExitCode.ANSWERED if found.statements else ExitCode.NOT_FOUND


def chosen_languages(options: argparse.Namespace) -> list[str]:
    """Return the languages of ``--language``. If the option is not set, return the languages of the user."""
    return options.language or system_languages()


def system_languages() -> list[str]:
    """Return the languages of the user. The environment variables of gettext override the locale."""
    names = (os.environ.get(name, "") for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    codes = next(filter(None, names), locale.getlocale()[0] or "")
    return [code for code in (re.split("[_.@]", each)[0].lower() for each in codes.split(":")) if len(code) in _LENGTHS]


def _parse_pause(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= _LONGEST_PAUSE:
        message = f"invalid pause {text!r}; expected seconds from 0 to {_LONGEST_PAUSE}"
        raise argparse.ArgumentTypeError(message)
    return seconds
