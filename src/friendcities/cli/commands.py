"""Runs a command: parses the arguments, prints errors and returns the exit code."""

import os
import re
import shlex
import sys
from argparse import SUPPRESS, Namespace
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final

from friendcities import __version__, data_version
from friendcities.cli.options import add_dataset, add_json, add_overlay
from friendcities.cli.output import ExitCode, print_note
from friendcities.cli.parser import CommandParser, as_list, did_you_mean
from friendcities.datasets.bundled import dataset
from friendcities.datasets.dataset import Dataset
from friendcities.errors import FriendcitiesError, InvalidQueryError, UnknownCityError, on_one_line
from friendcities.model.record import is_text

_QUESTIONS: Final = {
    "partners": "list a city's partners with dates and sources",
    "timeline": "list the steps of a city's partnerships by date",
    "stats": "count partnerships by country, kind, status, decade and more",
    "map": "draw a map of a city's partnerships",
    "show": "show the records about a city, or show one partnership",
    "find": "find cities by name or part of a name",
    "sources": "list sources, or show the facts from one source",
    "cite": "print citations of the dataset or of sources",
    "path": "find the shortest chain of partners between two cities",
    "export": "write records to a file for another tool, such as Excel",
}
"""The commands that query a dataset, with their help."""
_TOOLS: Final = {
    "add": "add a record",
    "correct": "correct a value in a record, or add a source for the value",
    "import": "convert a table to records",
    "download": "install partnerships from Wikidata as a dataset",
    "datasets": "list, describe or remove installed datasets",
    "fetch": "download partnerships from Wikidata to a folder",
    "check": "report every problem in record files",
    "rules": "list or explain the rules of 'check'",
    "format": "rewrite record files with a fixed layout",
    "diff": "compare two versions of the data",
    "merge": "merge two datasets, and report disagreements",
    "schema": "print the JSON Schema of a record type",
    "completion": "print a script that completes commands in your shell",
}
"""The commands that work on records, with their help."""
_MAX_CITY: Final = 80
"""The maximum length of a city's name in a proposed command."""
_ID: Final = re.compile("[a-z0-9]+(?:-+[a-z0-9]+)+")
"""Matches record ids, which are not names to search for in Wikidata."""
COMMANDS: Final = _QUESTIONS | _TOOLS
_EXAMPLES: Final = ("friendcities partners Shanghai", "friendcities help partners")


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    _prepare_streams()
    if "_ARGCOMPLETE" in os.environ:  # a shell asks for completions
        _complete(os.environ.get("COMP_LINE", ""))
    options = Namespace()
    try:
        options = _parse(sys.argv[1:] if arguments is None else arguments)
        code = _run_command(options)
        sys.stdout.flush()
    except InvalidQueryError as error:
        print_note(f"friendcities: {error.shell_message}")
        return ExitCode.USAGE
    except FriendcitiesError as error:
        print_note(f"friendcities: {error.shell_message}")
        if isinstance(error, UnknownCityError) and "overlay" in options and not (options.overlay or options.dataset):
            for hint in _propose_dataset(str(error.query)):
                print_note(hint)
        return ExitCode.NOT_FOUND
    except BrokenPipeError:  # the reader of the pipe, such as head, has stopped
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.ANSWERED
    except OSError as error:
        file = "the answer" if error.filename is None else str(error.filename)
        if isinstance(error, FileNotFoundError) and error.filename is None:
            print_note("friendcities: the current folder was deleted; change to another folder")
        elif isinstance(error, NotADirectoryError) and "pycountry" in file:
            action = "build the archive with shiv, which unpacks the files when it starts"
            print_note(f"friendcities: pycountry cannot read {file} in an archive; {action}")
        else:
            reason = error.strerror or "standard output is closed"
            print_note(on_one_line(f"friendcities: cannot write {file}: {reason}"))
        return ExitCode.NOT_FOUND
    return int(code)


def _propose_dataset(city: str) -> Iterator[str]:
    """Yield a hint on how to find the city."""
    from friendcities.datasets.installed import installed_names  # noqa: PLC0415 - only an error needs it
    from friendcities.names.countries import countries_called  # noqa: PLC0415

    for name in installed_names():
        with suppress(FriendcitiesError, OSError):
            Dataset.load_installed(name).city(city)
            yield f"dataset {name!r} has this city: add --dataset {name}"
            return
    if len(city) <= _MAX_CITY and is_text(city) and not _ID.fullmatch(city) and not countries_called(city):
        command = f"friendcities download wikidata --city {shlex.quote(city)} --contact you@example.org"
        yield f"Wikidata may have this city: {command}"


def _prepare_streams() -> None:
    """Replace closed streams. Then writing to standard output fails, and standard error is discarded."""
    for name, mode in (("stdout", "r"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - open until the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _run_command(options: Namespace) -> int:
    if "overlay" not in options:
        code: int = options.run(options)
        return code
    data = _load_data(options)
    options.run(data, options)
    if options.dataset is not None:
        print_note(f"dataset: {options.dataset}, {data.data_version or 'with an overlay'}")
    return ExitCode.ANSWERED


def _load_data(options: Namespace) -> Dataset:
    """Load the chosen dataset and the overlay. A clone of the repository replaces the bundled data."""
    data = dataset() if options.dataset is None else Dataset.load_installed(options.dataset)
    if options.overlay is None:
        return data
    from friendcities.checks.records_folder import is_project_data  # noqa: PLC0415 - only an overlay needs it

    is_complete = options.dataset is None and is_project_data(Path(options.overlay))
    return Dataset.load(options.overlay, base=None if is_complete else data)


def _parse(given: Sequence[str]) -> Namespace:
    given = [*given[1:], "--help"] if given and given[0] == "help" else given
    parser = parser_for(next(iter(given), None))
    if not given:
        parser.error("a command is missing")
    if not given[0].startswith("-") and given[0] not in COMMANDS:
        parser.error(f"unknown command {given[0]!r}{did_you_mean(given[0], COMMANDS)}")
    options, rest = parser.parse_known_args(given)
    if rest:
        chosen: CommandParser = options.parser
        chosen.reject_rest(rest)
    return options


def _complete(line: str) -> None:
    from argcomplete.finders import CompletionFinder  # noqa: PLC0415 - an extra, and only a completion needs it

    try:
        words = shlex.split(line)
    except ValueError:  # the line has an open quotation mark
        words = line.split()
    complete: Any = CompletionFinder()
    complete(parser_for(next(iter(words[1:]), None)), always_complete_options="long", exit_method=sys.exit)


def parser_for(chosen: str | None) -> CommandParser:
    """Return the parser with the arguments of the chosen command. Modules of other commands are not imported."""
    parser = CommandParser(
        prog="friendcities",
        usage="friendcities [-h] [-V] COMMAND ...",
        description="Query sister cities and city partnerships. Every fact has a source. Queries work offline.",
        epilog="'friendcities help COMMAND' shows the options and examples of a command. "
        "Exit codes: 0 success; 1 not found or ambiguous; 2 wrong usage.",
        examples=_EXAMPLES,
    )
    version = f"friendcities {__version__}, data of {data_version}"
    parser.add_argument("-V", "--version", action="version", version=version)
    parser.set_defaults(parser=parser)
    parser.add_argument_group("commands that query the data", as_list(_QUESTIONS))
    parser.add_argument_group("commands that work on records", as_list(_TOOLS))
    commands = parser.add_subparsers(prog="friendcities", metavar="COMMAND", required=True, help=SUPPRESS)
    for name, help_ in COMMANDS.items():
        if name != chosen:
            commands.add_parser(name, help=help_)
            continue
        module = import_module(f"friendcities.cli.{'import_command' if name == 'import' else name}")
        command = commands.add_parser(
            name, description=module.DESCRIPTION, epilog=getattr(module, "EPILOG", None), examples=module.EXAMPLES
        )
        command.set_defaults(run=module.run, parser=command)
        module.add_arguments(command)
        if name in _QUESTIONS:
            add_dataset(command)
            add_overlay(command)
            if name != "export":
                add_json(command)
    return parser
