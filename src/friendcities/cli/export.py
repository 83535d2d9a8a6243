"""``friendcities export``: a dataset or an answer in the format of another tool."""

import argparse

from friendcities.cli.options import add_city, add_filters, add_overlay, chosen_filters
from friendcities.cli.output import print_bytes, print_note
from friendcities.datasets.dataset import Dataset
from friendcities.errors import InvalidQueryError
from friendcities.exporters.data_package import BUNDLED_LICENCE, LICENCES
from friendcities.exporters.formats import FORMATS, ExportOptions, OutputKind
from friendcities.exporters.output_files import write_file, write_folder
from friendcities.exporters.tables import TABLE_SCHEMAS

DESCRIPTION = (
    "Everything on record; or, with a city or filters, the partnerships that they let through, with all that these "
    "name: cities, memoranda, sources."
)
EPILOG = f"Formats: {'; '.join(f'{each.name}: {each.summary}' for each in FORMATS.values())}."


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_city(command, optional=True)
    command.add_argument("--format", required=True, choices=tuple(FORMATS), metavar="FORMAT", help="one of those below")
    help_ = "the file or folder to write (default: standard output, for text)"
    command.add_argument("-o", "--output", metavar="PATH", help=help_)
    help_ = f"for csv and parquet, one of {', '.join(TABLE_SCHEMAS)}"
    command.add_argument("--table", choices=tuple(TABLE_SCHEMAS), metavar="TABLE", help=help_)
    default = f"(default: {BUNDLED_LICENCE}, unless there is data of your own)"
    help_ = f"for data-package, the licence that it names: {', '.join(LICENCES)} {default}"
    command.add_argument("--licence", choices=tuple(LICENCES), metavar="ID", help=help_)
    add_filters(command)
    add_overlay(command)


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Export."""
    format_ = FORMATS[options.format]
    if options.table is not None and not format_.one_table:
        message = f"--table is for csv and parquet; {format_.name} has all tables"
        raise InvalidQueryError(message, options.table)
    if options.licence is not None and format_.name != "data-package":
        message = f"--licence is for data-package; {format_.name} names none"
        raise InvalidQueryError(message, options.licence)
    if options.output is None and format_.output is not OutputKind.TEXT:
        message = f"{format_.name} is not for reading; say with '-o PATH' where to write it"
        raise InvalidQueryError(message, format_.name)
    selection = _select(data, options)
    licence = options.licence or (BUNDLED_LICENCE if options.overlay is None else None)
    content = format_.export(ExportOptions(selection, options.on, options.table or "partnerships", licence))
    if isinstance(content, dict):
        write_folder(options.output, content)
    elif options.output is not None:
        write_file(options.output, content)
    else:
        print_bytes(content)
    if not selection.partnerships():
        print_note("no partnership on record fits")


def _select(data: Dataset, options: argparse.Namespace) -> Dataset:
    """The whole dataset, or the selected partnerships with all records that they name."""
    filters = chosen_filters(options)
    if options.city is not None:
        return data.extract([data.city(options.city), *data.partnerships_of(options.city, **filters)])
    if filters.pop("include_parts"):
        message = "--include-parts needs a city; without one, those of all cities and parts are exported already"
        raise InvalidQueryError(message, options.include_parts)
    if options.status is None and all(value is None for name, value in filters.items() if name != "status"):
        return data
    return data.extract(data.find_partnerships(**filters))
