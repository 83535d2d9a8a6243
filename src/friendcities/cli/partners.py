"""``friendcities partners``: whom a city is tied to, since when, on whose word."""

import argparse
from collections import Counter
from typing import Any

from friendcities.cli.output import print_json, print_table, remark
from friendcities.cli.rows import PARTNER_COLUMNS, partner_json, partner_row
from friendcities.collection import Dataset
from friendcities.model import Assurance, Level, PartnershipKind, Status

__all__ = ["add_to"]


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the command line."""
    command = commands.add_parser(
        "partners",
        parents=[common],
        description="Whom a city is tied to, the earliest partnership first.",
    )
    command.add_argument("city", help="an id, any name, 'name, country', or a Wikidata id")
    command.add_argument("--on", metavar="DATE", help="as things stood at the end of a date: 1985, 1985-06, 1985-06-30")
    for name, vocabulary, words in (
        ("status", Status, "how the partnership stands (default: active)"),
        ("kind", PartnershipKind, "of what kind it is"),
        ("level", Level, "the partner's level of government"),
        ("assurance", Assurance, "on how good a word it stands"),
    ):
        values = [member.value for member in vocabulary] + ["any"]
        command.add_argument(
            f"--{name}", action="append", choices=values, metavar=name.upper(), help=f"{words}: {', '.join(values)}"
        )
    command.add_argument("--country", action="append", help="the partner's country, by code or name")
    command.add_argument("--disputed", action=argparse.BooleanOptionalAction, help="only those whose sources disagree")
    command.add_argument("--source", metavar="ID", help="only what one source says")
    command.add_argument("--include-parts", action="store_true", help="also the partners of its districts")
    command.set_defaults(run=run)


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Answer."""
    city = data.city(options.city)
    asked = {
        name: getattr(options, name)
        for name in ("on", "kind", "country", "level", "assurance", "disputed", "source", "include_parts")
    }
    found = data.partnerships_of(city, status=options.status or "active", **asked)
    if options.json:
        print_json([partner_json(data, city, each, options.on) for each in found])
    else:
        print_table(PARTNER_COLUMNS, [partner_row(data, city, each, options.on) for each in found])
    if options.status is None:
        _say_what_is_left_out(data.partnerships_of(city, status="any", **asked), found, options)


def _say_what_is_left_out(every: tuple[Any, ...], shown: tuple[Any, ...], options: argparse.Namespace) -> None:
    if not every:
        remark("no partnership on record fits")
    shown_ids = {each.id for each in shown}
    left_out = [each for each in every if each.id not in shown_ids]
    hidden = Counter(str((each.state if options.on is None else each.at(options.on)).status) for each in left_out)
    for status, count in sorted(hidden.items()):
        noun = "partnership" if count == 1 else "partnerships"
        remark(f"{count} {status} {noun} not shown: --status {status}")
