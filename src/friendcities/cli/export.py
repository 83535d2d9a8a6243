"""``friendcities export``: an answer, or everything, in the form that another tool reads."""

import argparse
from typing import Any

from friendcities.cli.options import add_city, add_data, add_filters, filters
from friendcities.cli.output import print_bytes, remark
from friendcities.datasets.dataset import Dataset
from friendcities.errors import InvalidQueryError
from friendcities.exporters.data_package import BUNDLED_LICENCE_LICENCE, LICENCES
from friendcities.exporters.formats import FORMATS, ExportOptions, OutputKind
from friendcities.exporters.output_files import write_file, write_folder
from friendcities.exporters.tables import TABLE_SCHEMAS

__all__ = ["add_to"]

_TABLE = "partnerships"


def add_to(commands: Any, _: argparse.ArgumentParser) -> None:
    """Add the command to the command line."""
    formats = "; ".join(f"{each.name}: {each.summary}" for each in FORMATS.values())
    command = commands.add_parser(
        "export",
        description="Everything on record; or, with a city or filters, the partnerships that they let through, with "
        "all that these name: cities, memoranda, sources.",
        epilog=f"Formats: {formats}.",
    )
    add_city(command, "?")
    command.add_argument("--format", required=True, choices=tuple(FORMATS), metavar="FORMAT", help="one of those below")
    command.add_argument(
        "-o", "--output", metavar="PATH", help="the file or folder to write (default: standard output, for text)"
    )
    command.add_argument(
        "--table",
        choices=tuple(TABLE_SCHEMAS),
        metavar="TABLE",
        help=f"for csv and parquet, one of {', '.join(TABLE_SCHEMAS)}",
    )
    command.add_argument(
        "--licence",
        choices=tuple(LICENCES),
        metavar="ID",
        help=f"for data-package, the licence that it names: {', '.join(LICENCES)} (default: {BUNDLED_LICENCE_LICENCE}, unless "
        "there is data of your own)",
    )
    add_filters(command)
    add_data(command)
    command.set_defaults(run=run)


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Export.

    Raises:
        InvalidQueryError: If options do not go together.
    """
    wanted = FORMATS[options.format]
    if options.table is not None and not wanted.one_table:
        message = f"--table is for csv and parquet; {wanted.name} has all tables"
        raise InvalidQueryError(message, options.table)
    if options.licence is not None and wanted.name != "data-package":
        message = f"--licence is for data-package; {wanted.name} names none"
        raise InvalidQueryError(message, options.licence)
    if options.output is None and wanted.output is not OutputKind.TEXT:
        message = f"{wanted.name} is not for reading; say with '-o PATH' where to write it"
        raise InvalidQueryError(message, wanted.name)
    chosen = _chosen(data, options)
    licence = options.licence or (BUNDLED_LICENCE_LICENCE if options.overlay is None else None)
    wish = ExportOptions(data=chosen, on=options.on, table=options.table or _TABLE, licence=licence)
    made = wanted.export(wish)
    if isinstance(made, dict):
        write_folder(options.output, made)
    elif options.output is not None:
        write_file(options.output, made)
    else:
        print_bytes(made)
    if not chosen.partnerships():
        remark("no partnership on record fits")


def _chosen(data: Dataset, options: argparse.Namespace) -> Dataset:
    """Everything, or what the options let through, with all that it names."""
    asked = filters(options)
    status: Any = options.status or "active"
    if options.city is not None:
        return data.extract([data.city(options.city), *data.partnerships_of(options.city, status=status, **asked)])
    if options.include_parts:
        message = "--include-parts needs a city; without one, those of all cities and parts are exported already"
        raise InvalidQueryError(message, options.include_parts)
    del asked["include_parts"]
    if options.status is None and all(each is None for each in asked.values()):
        return data
    return data.extract(data.find_partnerships(status=status, **asked))
