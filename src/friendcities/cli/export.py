"""``friendcities export``: export a dataset or selected partnerships to the format of another tool."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from friendcities.cli.options import OUTPUT, add_city, add_filters, add_shared_with, chosen_filters
from friendcities.cli.output import check_output_paths, count_of, print_bytes, print_note
from friendcities.cli.parser import CommandParser, as_list, choice
from friendcities.cli.record_rows import PartnerRow
from friendcities.datasets.dataset import Dataset
from friendcities.errors import InvalidQueryError
from friendcities.exporters.data_package import BUNDLED_LICENCE, LICENCES
from friendcities.exporters.formats import ENDINGS, FORMATS, Format, OutputKind
from friendcities.exporters.output_files import write_file, write_folder
from friendcities.exporters.tables import TABLE_SCHEMAS, partner_list
from friendcities.model import Partnership, as_date

DESCRIPTION = (
    "Write all records to a file. If a city or a filter is given, write only the selected partnerships, and the "
    "records that these partnerships use. By default, only active partnerships are written."
)
EXAMPLES = (
    "friendcities export Shanghai -o partners.csv",
    "friendcities export Shanghai --status any -o partners.xlsx",
    "friendcities export Shanghai --shared-with Hamburg -o shared.csv",
    "friendcities export --country JP -o japan.db",
    "friendcities export --status any --format data-package -o everything",
)

_STANDARD_OUTPUT: Final = (None, "-")
"""The outputs that are printed: no file, or a hyphen."""


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    add_city(command, optional=True)
    output = command.group(OUTPUT)
    help_ = "a format from the list below (default: from the ending of PATH)"
    output.add_argument("--format", **choice("format", FORMATS, metavar="FORMAT", help=help_))
    help_ = "the file or folder to write; '-' writes to standard output"
    output.add_argument("-o", "--output", metavar="PATH", help=help_)
    output.add_argument("--force", action="store_true", help="replace an existing file or an earlier exported folder")
    help_ = (
        "export only this table. With CITY, the default is a list of partners; otherwise, partnerships. "
        f"Values: {', '.join(TABLE_SCHEMAS)}"
    )
    output.add_argument("--table", **choice("table", TABLE_SCHEMAS, metavar="TABLE", help=help_))
    help_ = (
        f"the licence of a data-package (default: {BUNDLED_LICENCE}; with --overlay: none). "
        f"Values: {', '.join(LICENCES)}"
    )
    output.add_argument("--licence", **choice("licence", LICENCES, metavar="ID", help=help_))
    add_filters(command)
    add_shared_with(command)
    endings = {
        each.name: f"{each.summary} ({', '.join(each.endings)})" if each.endings else each.summary
        for each in FORMATS.values()
    }
    command.add_argument_group("formats", as_list(endings))


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Export."""
    format_ = FORMATS[options.format] if options.format is not None else _format_by_ending(options.output)
    _check_options(format_, options)
    filters = chosen_filters(options)
    partnerships = _find_partnerships(data, options, filters)
    selection = _select(data, options, filters, partnerships)
    table = options.table
    if table is None and options.city is not None:
        city = data.city(options.city)
        views = [PartnerRow.from_city(data, city, partnership, None).view for partnership in partnerships]
        table = partner_list(views, None if options.on is None else as_date(options.on).latest)
    licence = options.licence or (BUNDLED_LICENCE if options.overlay is None else None)
    content = format_.export(selection, options.on, table, licence)
    if isinstance(content, dict):
        write_folder(options.output, content)
    elif options.output not in _STANDARD_OUTPUT:
        write_file(options.output, content)
    else:
        print_bytes(content)
    if not partnerships:
        print_note("no matching partnership on record")
    elif options.status is None:
        others = len(_find_partnerships(data, options, filters | {"status": "any"})) - len(partnerships)
        left_out = f"; {count_of(others, 'other')} left out; add --status any" if others else ""
        print_note(f"exported {count_of(len(partnerships), 'active partnership')}{left_out}")
    else:
        print_note(f"exported {count_of(len(partnerships), 'partnership')}")


def _format_by_ending(output: str | None) -> Format:
    formats = ", ".join(FORMATS)
    if output is None or output == "-":
        message = f"no output format; name a file with -o, such as partners.csv, or add --format with one of {formats}"
        raise InvalidQueryError(message)
    ending = Path(output).suffix.lower()
    if ending not in ENDINGS:
        message = f"unknown ending of {output!r}; expected one of {', '.join(ENDINGS)}, or add --format with {formats}"
        raise InvalidQueryError(message, output, tuple(ENDINGS))
    return ENDINGS[ending]


def _check_options(format_: Format, options: argparse.Namespace) -> None:
    """Reject unsupported options and existing output files."""
    if options.table is not None and not (format_.one_table or format_.several_tables):
        names = ", ".join(each.name for each in FORMATS.values() if each.one_table or each.several_tables)
        message = f"--table applies only to {names}; {format_.name} contains all tables"
        raise InvalidQueryError(message, options.table)
    if options.licence is not None and format_.name != "data-package":
        message = f"--licence applies to data-package only; {format_.name} states no licence"
        raise InvalidQueryError(message, options.licence)
    if options.output in _STANDARD_OUTPUT:
        is_folder = format_.output is OutputKind.FOLDER
        if is_folder or (options.output is None and format_.output is not OutputKind.TEXT):
            message = f"{format_.name} cannot be printed; name the file or folder with -o PATH"
            raise InvalidQueryError(message, format_.name)
        return
    path = Path(options.output)
    if format_.output is not OutputKind.FOLDER:
        check_output_paths([options.overlay], {"--output": path}, force=options.force)
    elif path.is_dir() and any(path.iterdir()) and not options.force:
        message = f"{path} already exists; name another folder, or replace it with --force"
        raise InvalidQueryError(message, str(path))


def _find_partnerships(data: Dataset, options: argparse.Namespace, filters: dict[str, Any]) -> Sequence[Partnership]:
    if options.city is not None:
        found = data.partnerships_of(options.city, **filters)
        if options.shared_with is None:
            return found
        shared = {city.id for city in data.common_partners(options.city, options.shared_with, **filters)}
        return [each for each in found if not shared.isdisjoint(each.cities)]
    if options.shared_with is not None:
        message = "--shared-with needs a city: friendcities export CITY --shared-with OTHER"
        raise InvalidQueryError(message, options.shared_with)
    return data.find_partnerships(**{name: value for name, value in filters.items() if name != "include_parts"})


def _select(
    data: Dataset, options: argparse.Namespace, filters: dict[str, Any], partnerships: Sequence[Partnership]
) -> Dataset:
    """Return the selected partnerships and the records that these partnerships use."""
    if options.city is not None:
        return data.extract([data.city(options.city), *partnerships])
    used = {name for name, value in filters.items() if value is not None} - {"status", "include_parts"}
    if used or options.status not in (None, ["any"]):
        return data.extract(partnerships)
    if options.status is not None:
        return data
    chosen = {partnership.id for partnership in partnerships}
    return data.extract(each for each in data if not isinstance(each, Partnership) or each.id in chosen)
