"""``friendcities schema``: print the JSON Schema of a record type."""

import argparse
from pathlib import Path

from friendcities.cli.options import OUTPUT
from friendcities.cli.output import ExitCode, print_lines
from friendcities.cli.parser import CommandParser, choice
from friendcities.codec.schema import name_of, schema_of
from friendcities.codec.writer import dumps
from friendcities.datasets.folder import replace_file
from friendcities.errors import DataError, InvalidQueryError, Problem
from friendcities.model import RECORD_TYPES

DESCRIPTION = (
    "Print the JSON Schema (draft 2020-12) of a record type, or write schemas to a folder. Editors use a schema to "
    "complete and check records."
)
EXAMPLES = ("friendcities schema city", "friendcities schema --write schemas/")


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    names = [name_of(cls) for cls in RECORD_TYPES.values()]
    command.add_argument("type", **choice("type", names, nargs="?", metavar="TYPE", help=", ".join(names)))
    help_ = "write the schema of TYPE, or all schemas, to this folder"
    command.group(OUTPUT).add_argument("--write", metavar="DIR", type=Path, help=help_)


def run(options: argparse.Namespace) -> int:
    """Print or write schemas."""
    if options.type is None and options.write is None:
        message = "name a type, as in 'friendcities schema city', or write all schemas with --write DIR"
        raise InvalidQueryError(message)
    wanted = [cls for cls in RECORD_TYPES.values() if options.type in {None, name_of(cls)}]
    texts = {f"{name_of(cls)}.schema.json": dumps(schema_of(cls)) for cls in wanted}
    if options.write is None:
        print_lines([text.rstrip("\n") for text in texts.values()])
        return ExitCode.ANSWERED
    try:
        options.write.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            replace_file(options.write / name, text.encode())
    except OSError as error:
        message = f"cannot write a schema to this folder: {error.strerror}"
        raise DataError([Problem(path=str(options.write), message=message, hint="name another folder")]) from None
    return ExitCode.ANSWERED
