"""``friendcities datasets``: list, describe and remove installed datasets."""

import argparse
import shutil
from typing import Any

from attrs import asdict

from friendcities.cli.options import add_json
from friendcities.cli.output import ExitCode, print_answer, print_lines, print_note
from friendcities.cli.parser import CommandParser, complete_with
from friendcities.datasets.installed import (
    check_installed,
    dataset_folder,
    home_folder,
    installed_names,
    lock_dataset,
    read_description,
)

DESCRIPTION = (
    "List, describe or delete the datasets that 'friendcities download' installed. The environment variable "
    "FRIENDCITIES_HOME sets the folder of all datasets."
)
EXAMPLES = ("friendcities datasets", "friendcities datasets show wikidata", "friendcities datasets remove wikidata")
_COLUMNS = ("Name", "Date", "Source", "Licence", "Cities", "Partnerships")


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    add_json(command)
    actions = command.add_subparsers(dest="action", metavar="ACTION", title="actions")
    for name, help_ in (
        ("list", "list the installed datasets (default)"),
        ("show", "describe a dataset"),
        ("path", "print the folder of a dataset"),
        ("remove", "delete a dataset"),
    ):
        example = f"friendcities datasets {name}{'' if name == 'list' else ' wikidata'}"
        action = actions.add_parser(name, help=help_, description=f"{help_.capitalize()}.", examples=(example,))
        if name != "list":
            complete_with(action.add_argument("name", metavar="NAME", help="the name of the dataset"), installed_names)


def run(options: argparse.Namespace) -> int:
    """List, describe or remove datasets."""
    if options.action in {None, "list"}:
        described = [_describe(name) for name in installed_names()]
        rows = ([str(each[column.lower()]) for column in _COLUMNS] for each in described)
        print_answer(None, options, described, _COLUMNS, rows)
        if not described:
            command = "friendcities download wikidata --city 'Berlin, Germany' --contact me@example.org"
            print_note(f"no dataset is installed; to install one: {command}")
        return ExitCode.ANSWERED
    check_installed(options.name)
    if options.action == "show":
        print_lines([f"{key.replace('_', ' ')}: {value}" for key, value in _describe(options.name).items() if value])
    elif options.action == "path":
        print_lines([str(dataset_folder(options.name))])
    else:
        with lock_dataset(options.name):
            shutil.rmtree(dataset_folder(options.name))
            shutil.rmtree(home_folder() / "downloads" / options.name, ignore_errors=True)
    return ExitCode.ANSWERED


def _describe(name: str) -> dict[str, Any]:
    description = read_description(name)
    known = {} if description is None else asdict(description)
    return {"name": name, "date": "", "source": "", "licence": "", "cities": "", "partnerships": ""} | known
