"""The options that questions have in common."""

import argparse
from typing import Any, Final

from friendcities.model import Level, PartnershipKind, Reliability, Status

__all__ = ["FILTERS", "add_city", "add_data", "add_filters", "add_limit", "filters"]

_CITY: Final = "an id, any name, 'name, country', or a Wikidata id"
_VOCABULARIES: Final = {
    "status": (Status, "how the partnership stands (default: active)"),
    "kind": (PartnershipKind, "of what kind it is"),
    "level": (Level, "the partner's level of government"),
    "reliability": (Reliability, "on how good a word it stands"),
}
FILTERS: Final = ("on", "status", "kind", "level", "reliability", "country", "disputed", "source", "include_parts")
"""What a question about partnerships can be narrowed by, in the order of the help."""


def add_city(command: argparse.ArgumentParser, nargs: Any = None, words: str = _CITY) -> None:
    """Add the city that is asked about."""
    command.add_argument("city", nargs=nargs, help=words)


def add_data(command: argparse.ArgumentParser) -> None:
    """Add the data that is asked."""
    command.add_argument("--overlay", metavar="PATH", help="a register of your own, laid over the bundled data")


def add_filters(command: argparse.ArgumentParser, *names: str) -> None:
    """Add some of the filters, or all."""
    for name in names or FILTERS:
        flag = f"--{name.replace('_', '-')}"
        match name:
            case "on":
                words = "as things stood at the end of a date: 1985, 1985-06, 1985-06-30"
                command.add_argument(flag, metavar="DATE", help=words)
            case "country":
                command.add_argument(flag, action="append", help="the partner's country, by code or name")
            case "disputed":
                words = "only those whose sources disagree"
                command.add_argument(flag, action=argparse.BooleanOptionalAction, help=words)
            case "source":
                command.add_argument(flag, metavar="ID", help="only what one source says")
            case "include_parts":
                words = "also what is on record about its districts and other parts"
                command.add_argument(flag, action="store_true", help=words)
            case _:
                vocabulary, words = _VOCABULARIES[name]
                values = [member.value for member in vocabulary] + ["any"]
                words = f"{words}: {', '.join(values)}"
                command.add_argument(flag, action="append", choices=values, metavar=name.upper(), help=words)


def add_limit(command: argparse.ArgumentParser) -> None:
    """Add how many to show at most."""
    command.add_argument("--limit", type=_positive, metavar="N", help="how many to show at most (default: all)")


def filters(options: argparse.Namespace) -> dict[str, Any]:
    """The filters that the command has, all but the status."""
    return {name: getattr(options, name) for name in FILTERS if name != "status" and name in options}


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        message = f"{text!r} is no whole number of 1 or more"
        raise argparse.ArgumentTypeError(message)
    return int(text)
