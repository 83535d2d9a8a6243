"""``friendcities schema``: the JSON Schema of a record's file, for an editor or a validator."""

import argparse
from pathlib import Path

from friendcities.cli.output import ExitCode, print_lines
from friendcities.codec.schema import name_of, schema_of
from friendcities.codec.writer import dumps
from friendcities.datasets.folder import replace_file
from friendcities.errors import DataError, InvalidQueryError, Problem
from friendcities.model import RECORD_TYPES

DESCRIPTION = (
    "Print the JSON Schema (draft 2020-12) of one type of file, or write those of all into a folder, for editors that "
    "complete and check while typing."
)


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    names = [name_of(cls) for cls in RECORD_TYPES.values()]
    command.add_argument("type", nargs="?", metavar="TYPE", choices=names, help=f"one of {', '.join(names)}")
    command.add_argument("--write", metavar="DIR", type=Path, help="write TYPE.schema.json into this folder, or all")


def run(options: argparse.Namespace) -> int:
    """Print or write schemas."""
    if options.type is None and options.write is None:
        message = "say of which type, as in 'friendcities schema city', or where to write them all, with '--write DIR'"
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
        message = f"no schema can be written into this folder: {error.strerror}"
        raise DataError([Problem(path=str(options.write), message=message, hint="name another one")]) from None
    return ExitCode.ANSWERED
