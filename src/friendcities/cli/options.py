"""The arguments that several commands share."""

import argparse
from enum import StrEnum
from typing import Any, Final

from friendcities.model import Level, PartnershipKind, Reliability, Status


def _multiple_choice(vocabulary: type[StrEnum], help_: str) -> dict[str, Any]:
    values = [member.value for member in vocabulary] + ["any"]
    return {"action": "append", "choices": values, "help": f"{help_}: {', '.join(values)}"}


FILTERS: Final[dict[str, dict[str, Any]]] = {
    "on": {"metavar": "DATE", "help": "as things stood at the end of a date: 1985, 1985-06, 1985-06-30"},
    "status": _multiple_choice(Status, "how the partnership stands (default: active)"),
    "kind": _multiple_choice(PartnershipKind, "of what kind it is"),
    "level": _multiple_choice(Level, "the partner's level of government"),
    "reliability": _multiple_choice(Reliability, "on how good a word it stands"),
    "country": {"action": "append", "help": "the partner's country, by code or name"},
    "disputed": {"action": argparse.BooleanOptionalAction, "help": "only those whose sources disagree"},
    "source": {"metavar": "ID", "help": "only what one source says"},
    "include_parts": {"action": "store_true", "help": "also what is on record about its districts and other parts"},
}
"""The arguments of the ``PartnershipFilters``, in the order of the help."""


def add_city(command: argparse.ArgumentParser, *, optional: bool = False) -> None:
    """Add the city of the question."""
    help_ = "an id, any name, 'name, country', or a Wikidata id"
    command.add_argument("city", nargs="?" if optional else None, help=help_)


def add_paths(command: argparse.ArgumentParser) -> None:
    """Add the folders and files of records."""
    command.add_argument("paths", nargs="*", metavar="PATH", help="folders or files (default: the project's own data)")


def add_format(command: argparse.ArgumentParser, *names: str, help_: str = "(default: text)") -> None:
    """Add the format of the output; the first is the default."""
    command.add_argument("--format", choices=names, default=names[0], help=help_)


def add_with_bundled(command: argparse.ArgumentParser, data: str) -> None:
    """Add whether two versions are combined with the bundled data."""
    help_ = f"lay both over {data}, as registers of your own"
    command.add_argument("--with-bundled", action="store_true", help=help_)


def add_overlay(command: argparse.ArgumentParser) -> None:
    """Add the user's own records."""
    command.add_argument("--overlay", metavar="PATH", help="a register of your own, laid over the bundled data")


def add_filters(command: argparse.ArgumentParser, *names: str) -> None:
    """Add some of the filters of partnerships, or all."""
    for name in names or FILTERS:
        arguments = dict(FILTERS[name])
        if "choices" in arguments:
            arguments["metavar"] = name.upper()
        command.add_argument(f"--{name.replace('_', '-')}", **arguments)


def add_limit(command: argparse.ArgumentParser) -> None:
    """Add the maximum number of rows."""
    command.add_argument("--limit", type=_positive, metavar="N", help="how many to show at most (default: all)")


def chosen_filters(options: argparse.Namespace) -> dict[str, Any]:
    """The values of the command's filters; by default, of active partnerships."""
    filters = {name: getattr(options, name) for name in FILTERS if name in options}
    return filters | {"status": options.status or "active"} if "status" in filters else filters


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        message = f"{text!r} is no whole number of 1 or more"
        raise argparse.ArgumentTypeError(message)
    return int(text)
