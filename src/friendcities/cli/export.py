"""``friendcities export``: a dataset or an answer in the format of another tool."""

import argparse

from friendcities.cli.options import OUTPUT, add_city, add_filters, chosen_filters
from friendcities.cli.output import print_bytes, print_note
from friendcities.cli.parser import CommandParser, as_list, choice
from friendcities.datasets.dataset import Dataset
from friendcities.errors import InvalidQueryError
from friendcities.exporters.data_package import BUNDLED_LICENCE, LICENCES
from friendcities.exporters.formats import FORMATS, OutputKind
from friendcities.exporters.output_files import write_file, write_folder
from friendcities.exporters.tables import TABLE_SCHEMAS

DESCRIPTION = (
    "Export all records. With a city or filters, export only the selected partnerships, with their cities, memoranda "
    "and sources."
)
EXAMPLES = (
    "friendcities export --format csv --table partnerships",
    "friendcities export Shanghai --format geojson -o shanghai.geojson",
    "friendcities export --country JP --format sqlite -o japan.db",
)


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    add_city(command, optional=True)
    output = command.group(OUTPUT)
    help_ = "one of the formats listed below"
    output.add_argument("--format", **choice("format", FORMATS, required=True, metavar="FORMAT", help=help_))
    help_ = "the file or folder to write (default for text: standard output)"
    output.add_argument("-o", "--output", metavar="PATH", help=help_)
    help_ = f"the table to export as csv, csv-excel or parquet (default: partnerships): {', '.join(TABLE_SCHEMAS)}"
    output.add_argument("--table", **choice("table", TABLE_SCHEMAS, metavar="TABLE", help=help_))
    help_ = (
        f"the licence that a data-package states: {', '.join(LICENCES)} (default: {BUNDLED_LICENCE}, or none with "
        "--overlay)"
    )
    output.add_argument("--licence", **choice("licence", LICENCES, metavar="ID", help=help_))
    add_filters(command)
    command.add_argument_group("formats", as_list({each.name: each.summary for each in FORMATS.values()}))


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Export."""
    format_ = FORMATS[options.format]
    if options.table is not None and not format_.one_table:
        names = ", ".join(each.name for each in FORMATS.values() if each.one_table)
        message = f"--table applies only to {names}; {format_.name} contains all tables"
        raise InvalidQueryError(message, options.table)
    if options.licence is not None and format_.name != "data-package":
        message = f"--licence applies to data-package only; {format_.name} states no licence"
        raise InvalidQueryError(message, options.licence)
    if options.output is None and format_.output is not OutputKind.TEXT:
        message = f"{format_.name} cannot be printed; name the file or folder with -o PATH"
        raise InvalidQueryError(message, format_.name)
    selection = _select(data, options)
    licence = options.licence or (BUNDLED_LICENCE if options.overlay is None else None)
    content = format_.export(selection, options.on, options.table or "partnerships", licence)
    if isinstance(content, dict):
        write_folder(options.output, content)
    elif options.output is not None:
        write_file(options.output, content)
    else:
        print_bytes(content)
    if not selection.partnerships():
        print_note("no matching partnership on record")


def _select(data: Dataset, options: argparse.Namespace) -> Dataset:
    """The whole dataset, or the selected partnerships with all records that they name."""
    filters = chosen_filters(options)
    if options.city is not None:
        return data.extract([data.city(options.city), *data.partnerships_of(options.city, **filters)])
    filters.pop("include_parts")
    if options.status is None and all(value is None for name, value in filters.items() if name != "status"):
        return data
    return data.extract(data.find_partnerships(**filters))
