"""``friendcities partners``: whom a city is tied to, since when, on whose word."""

import argparse
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from friendcities.cli.options import add_city, add_filters, add_limit, filters
from friendcities.cli.output import print_json, print_table, remark, say_how_many_more
from friendcities.cli.rows import CUT, PARTNER_COLUMNS, Tie
from friendcities.datasets.dataset import Dataset
from friendcities.model import PartnershipKind
from friendcities.names.normalize import fold

__all__ = ["add_to"]

_KINDS: Final = list(PartnershipKind)
_SORTS: Final[dict[str, Callable[[Tie], Any]]] = {
    "since": lambda _: (),  # the order of the answer
    "name": lambda tie: (fold(tie.partner.name), tie.partner.id),
    "country": lambda tie: tie.partner.country,
    "kind": lambda tie: _KINDS.index(tie.state.kind),
}
"""What rows can be put in order by; rows that are alike keep the order of the answer."""


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the command line."""
    command = commands.add_parser(
        "partners",
        parents=[common],
        description="Whom a city is tied to, the earliest partnership first.",
    )
    add_city(command)
    add_filters(command)
    command.add_argument(
        "--sort",
        choices=tuple(_SORTS),
        default="since",
        help="put first the earliest in force, or go by name, by country code, or by kind, the closest first "
        "(default: since)",
    )
    add_limit(command)
    command.set_defaults(run=run)


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Answer."""
    city = data.city(options.city)
    asked = filters(options)
    found = data.partnerships_of(city, status=options.status or "active", **asked)
    ties = sorted((Tie.of(data, city, each, options.on) for each in found), key=_SORTS[options.sort])
    shown = ties[: options.limit]
    if options.json:
        print_json([tie.as_json() for tie in shown])
    elif options.include_parts:
        print_table((*PARTNER_COLUMNS, "City"), [(*tie.row(), tie.city.name) for tie in shown], cut=CUT)
    else:
        print_table(PARTNER_COLUMNS, [tie.row() for tie in shown], cut=CUT)
    say_how_many_more(ties, shown, "partnership")
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
