"""``friendcities timeline``: what happened in the history of a city's partnerships, step by step."""

import argparse
from typing import Any

from friendcities.cli.options import add_city, add_filters, add_limit
from friendcities.cli.output import print_json, print_table, remark, say_how_many_more
from friendcities.cli.rows import CUT, best_first, city_json, first_of, text_of, words_of
from friendcities.datasets.dataset import Dataset
from friendcities.datasets.timeline import TimelineEntry
from friendcities.model import City

__all__ = ["add_to"]

_COLUMNS = ("Date", "What", "Kind", "Partner", "Country", "Sources")


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the command line."""
    command = commands.add_parser(
        "timeline",
        parents=[common],
        description="What happened in a city's partnerships, the earliest step first, undated ones last.",
    )
    add_city(command)
    command.add_argument(
        "--since", metavar="DATE", help="only what is dated, and not before: 1985, 1985-06, 1985-06-30"
    )
    command.add_argument("--until", metavar="DATE", help="only what is dated, and had happened by the end of a date")
    add_filters(command, "kind", "country", "include_parts")
    add_limit(command)
    command.set_defaults(run=run)


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Answer."""
    asked = {name: getattr(options, name) for name in ("since", "until", "kind", "country", "include_parts")}
    every = data.timeline(options.city, **asked)
    shown = every[: options.limit]
    if options.json:
        print_json([_as_json(data, entry) for entry in shown])
    elif options.include_parts:
        print_table((*_COLUMNS, "City"), [(*_row(entry), _own(data, entry).name) for entry in shown], cut=CUT)
    else:
        print_table(_COLUMNS, [_row(entry) for entry in shown], cut=CUT)
    if not every:
        remark("no step on record fits")
    say_how_many_more(every, shown, "step")


def _row(entry: TimelineEntry) -> tuple[str, ...]:
    step, partner = entry.step, entry.partner
    told = (text_of(entry.date) or "undated", words_of(step.action), words_of(step.kind))
    return (*told, partner.name, partner.country, first_of(best_first([step], [step])))


def _as_json(data: Dataset, entry: TimelineEntry) -> dict[str, Any]:
    step = entry.step
    return {
        "date": text_of(entry.date),
        "action": step.action.value,
        "kind": step.kind.value,
        "partner": city_json(entry.partner),
        "city": city_json(_own(data, entry)),
        "partnership": entry.partnership.id,
        "disputed": step.disputed,
        "sources": best_first([step], [step]),
    }


def _own(data: Dataset, entry: TimelineEntry) -> City:
    """The city, or the part of it, whose partnership it is."""
    return data.city(entry.partnership.partner_of(entry.partner.id))
