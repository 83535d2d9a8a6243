"""The entry point of the command line: its parser, its exit codes, and its error messages."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import Final

from friendcities import __version__, data_version
from friendcities.cli.options import add_overlay
from friendcities.cli.output import ExitCode, print_note
from friendcities.datasets.bundled import dataset
from friendcities.datasets.dataset import Dataset
from friendcities.errors import FriendcitiesError, InvalidQueryError

_QUESTIONS: Final = {
    "partners": "whom a city is tied to, since when, on whose word",
    "timeline": "what happened between a city and its partners, in order",
    "stats": "how many partnerships there are, by country, kind, status, decade and more",
    "map": "a map of whom a city is tied to, as one file",
    "show": "all that is on record about a city",
    "find": "cities whose names match or come near",
    "sources": "what the facts rest on",
    "cite": "the dataset, or the sources behind an answer",
    "path": "the shortest way from one city to another, from partner to partner",
    "export": "an answer, or everything, in the form that another tool reads",
}
"""The commands that query a dataset, with their help."""
_TOOLS: Final = {
    "add": "new records, by questions in plain words or by options",
    "import": "other people's data as records, with a report of every row",
    "fetch": "statements of Wikidata, to be imported",
    "check": "everything that is wrong with a folder of records",
    "rules": "the rules of 'check'",
    "format": "write records in canonical form",
    "diff": "what changed between two versions of the data",
    "merge": "two datasets made one, with a report of what disagrees",
    "schema": "the JSON Schema of a record's file",
}
"""The commands that work on records, with their help."""
COMMANDS: Final = _QUESTIONS | _TOOLS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # it was closed
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - as long as we run
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    given = sys.argv[1:] if arguments is None else list(arguments)
    options = parser_for(next(iter(given), None)).parse_args(given)
    try:
        code = _run_command(options)
        sys.stdout.flush()
    except InvalidQueryError as error:
        print_note(f"friendcities: {error.shell_message}")
        return ExitCode.USAGE
    except FriendcitiesError as error:
        print_note(f"friendcities: {error.shell_message}")
        return ExitCode.NOT_FOUND
    except BrokenPipeError:  # the reader, such as head, has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.ANSWERED
    except OSError as error:
        file = "the answer" if error.filename is None else str(error.filename)
        print_note(f"friendcities: {file} could not be written: {error.strerror}")
        return ExitCode.NOT_FOUND
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    return int(code)


def _run_command(options: argparse.Namespace) -> int:
    if "overlay" not in options:
        code: int = options.run(options)
        return code
    data = dataset() if options.overlay is None else Dataset.load(options.overlay, base=dataset())
    options.run(data, options)
    return ExitCode.ANSWERED


def parser_for(chosen: str | None) -> argparse.ArgumentParser:
    """The parser, with the arguments of the chosen command only: some modules take longer to import than to answer."""
    parser = argparse.ArgumentParser(
        prog="friendcities",
        description="Sister cities, friendship cities and what ties them: typed, sourced, offline.",
        epilog="Exit codes: 0 answered, 1 not found or ambiguous, 2 wrong usage.",
    )
    parser.add_argument("--version", action="version", version=f"friendcities {__version__}, data of {data_version}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="print JSON")
    add_overlay(common)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, help_ in COMMANDS.items():
        if name != chosen:
            commands.add_parser(name, help=help_)
            continue
        module = import_module(f"friendcities.cli.{'import_command' if name == 'import' else name}")
        command = commands.add_parser(
            name,
            parents=[common] if name in _QUESTIONS and name != "export" else [],
            description=module.DESCRIPTION,
            epilog=getattr(module, "EPILOG", None),
        )
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser
