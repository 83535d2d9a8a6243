"""``friendcities timeline``: list the steps of a city's partnerships in order of date."""

import argparse

from friendcities.cli.options import FILTERS_GROUP, add_city, add_filters, add_limit, read_date
from friendcities.cli.output import print_answer, print_note, print_number_left_out
from friendcities.cli.parser import CommandParser
from friendcities.cli.record_rows import first_publisher, text_or_none, value_in_words
from friendcities.datasets.dataset import Dataset
from friendcities.datasets.timeline import TimelineEntry
from friendcities.model.partnership import sources_in_order

DESCRIPTION = "List the steps of a city's partnerships by date. Undated steps come last."
EXAMPLES = (
    "friendcities timeline Dunedin",
    "friendcities timeline Shanghai --since 1979 --until 1985 --kind sister_city",
)
_COLUMNS = ("Date", "What", "Kind", "Partner", "Country", "Sources")


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    add_city(command)
    filters = command.group(FILTERS_GROUP)
    help_ = "only steps on or after DATE"
    filters.add_argument("--since", type=read_date, metavar="DATE", help=help_)
    help_ = "only steps on or before DATE; 1985 means 1985-12-31"
    filters.add_argument("--until", type=read_date, metavar="DATE", help=help_)
    add_filters(command, "kind", "country", "include_parts")
    add_limit(command)


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Print the steps."""
    filters = {name: getattr(options, name) for name in ("since", "until", "kind", "country", "include_parts")}
    entries = data.timeline(options.city, **filters)
    shown = entries[: options.limit]
    columns = (*_COLUMNS, "City") if options.include_parts else _COLUMNS
    rows = ((*_row(entry), entry.city.name)[: len(columns)] for entry in shown)
    print_answer(data, options, (entry.to_dict() for entry in shown), columns, rows)
    if not entries:
        print_note("no matching step on record")
    print_number_left_out(entries, shown, "step")


def _row(entry: TimelineEntry) -> tuple[str, ...]:
    step = entry.step
    return (
        text_or_none(entry.date) or "undated",
        value_in_words(step.action),
        value_in_words(step.kind),
        entry.partner.name,
        entry.partner.country,
        first_publisher(entry.partnership, sources_in_order([step])),
    )
