"""Adds the command-line arguments that several commands share."""

import argparse
import os
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, Final

from friendcities.cli.parser import CommandParser, choice, complete_with
from friendcities.datasets.bundled import dataset
from friendcities.errors import InvalidQueryError
from friendcities.model import Level, Partnership, PartnershipKind, Reliability, Source, Status
from friendcities.model.dates import parse_date

FILTERS_GROUP: Final = "filters"
OUTPUT: Final = "output"
DATA: Final = "data"
DATASET_VARIABLE: Final = "FRIENDCITIES_DATASET"
"""The environment variable with the name of the installed dataset that commands query."""
CITY_HELP: Final = "the name or id of a city, such as Dunedin, 'Dunedin, NZ' or nz-dunedin"


def _choices(name: str, vocabulary: type[StrEnum], help_: str) -> dict[str, Any]:
    values = [member.value for member in vocabulary] + ["any"]
    help_ = f"{help_}; may be repeated. Values: {', '.join(values)}"
    return choice(name, values, action="append", metavar=name.upper(), help=help_)


def read_date(text: str) -> str:
    """Convert a date in any unambiguous notation to ISO 8601."""
    try:
        return str(parse_date(text))
    except InvalidQueryError as error:
        raise argparse.ArgumentTypeError(error.shell_message) from None


def read_output_path(text: str) -> str:
    """Reject ``-`` as the path of an output file. In many programs, this path means standard output."""
    if text == "-":
        message = "standard output is not supported; name a file, or ./- for a file of this name"
        raise argparse.ArgumentTypeError(message)
    return text


def read_text(text: str) -> str:
    """Decode an argument as UTF-8 in every locale."""
    return text if text.isprintable() else os.fsencode(text).decode(errors="surrogateescape")


FILTERS: Final[dict[str, dict[str, Any]]] = {
    "on": {
        "type": read_date,
        "metavar": "DATE",
        "help": "show the partnerships on this date; 1985 means 1985-12-31",
    },
    "since": {
        "type": read_date,
        "metavar": "DATE",
        "help": "only partnerships established on or after DATE",
    },
    "until": {
        "type": read_date,
        "metavar": "DATE",
        "help": "only partnerships established on or before DATE; 1985 means 1985-12-31",
    },
    "status": _choices("status", Status, "only partnerships with this status (default: active)"),
    "kind": _choices("kind", PartnershipKind, "only partnerships of this kind"),
    "level": _choices("level", Level, "only partners with this level of government"),
    "reliability": _choices("reliability", Reliability, "only partnerships with this reliability"),
    "country": {
        "type": read_text,
        "action": "append",
        "help": "only partners in this country, such as NZ or Japan; may be repeated",
    },
    "disputed": {
        "action": argparse.BooleanOptionalAction,
        "help": "only disputed partnerships, or only undisputed partnerships",
    },
    "source": {"metavar": "ID", "help": "use only the statements of this source"},
    "include_parts": {
        "action": "store_true",
        "help": "include the partnerships of the city's districts and other parts",
    },
}
"""The arguments of the ``PartnershipFilters``, in the order of the help."""


def add_city(
    command: CommandParser,
    name: str = "city",
    help_: str = CITY_HELP,
    *,
    optional: bool = False,
    or_record: type[Partnership | Source] | None = None,
) -> None:
    """Add an argument or option for a city. With ``or_record``, the id of another record is also accepted."""
    more: dict[str, Any] = {"type": read_text, "metavar": name.upper(), "help": help_}
    if name.startswith("-"):
        action = command.group(FILTERS_GROUP).add_argument(name, **more | {"metavar": "CITY"})
    else:
        action = command.add_argument(name, nargs="?" if optional else None, **more)

    def complete() -> list[str]:
        others = (record.id for record in dataset() if or_record is not None and isinstance(record, or_record))
        return sorted({*(text for city in dataset().cities() for text in (city.id, city.name)), *others})

    complete_with(action, complete)


def add_paths(command: CommandParser) -> None:
    """Add the argument for folders and files of records."""
    help_ = "folders or files of records (default: the data of the current clone)"
    command.add_argument("paths", nargs="*", metavar="PATH", help=help_)


def add_format(command: CommandParser, *names: str, help_: str = "") -> None:
    """Add the option for the output format. The first format is the default."""
    help_ = f"{help_ or ', '.join(names)} (default: {names[0]})"
    command.group(OUTPUT).add_argument(
        "--format", **choice("format", names), default=names[0], metavar="FORMAT", help=help_
    )


def add_with_bundled(command: CommandParser) -> None:
    """Add the option ``--with-bundled``."""
    help_ = "let each input refer to records of the bundled data"
    command.group(DATA).add_argument("--with-bundled", action="store_true", help=help_)


def add_json(command: CommandParser) -> None:
    """Add the option for JSON output."""
    command.group(OUTPUT).add_argument("--json", action="store_true", help="print JSON")


def add_dataset(command: CommandParser) -> None:
    """Add the option for an installed dataset."""
    help_ = f"query this installed dataset (default: ${DATASET_VARIABLE}, or the bundled data)"
    chosen = os.environ.get(DATASET_VARIABLE) or None
    action = command.group(DATA).add_argument("--dataset", metavar="NAME", default=chosen, help=help_)

    def complete() -> Iterable[str]:
        from friendcities.datasets.installed import installed_names  # noqa: PLC0415 - only a completion needs it

        return installed_names()

    complete_with(action, complete)


def add_overlay(command: CommandParser) -> None:
    """Add the option for the user's own records."""
    help_ = "also query your own records in this folder or file"
    command.group(DATA).add_argument("--overlay", metavar="PATH", help=help_)


def add_filters(command: CommandParser, *names: str) -> None:
    """Add all filter options, or only the named filter options."""
    for name in names or FILTERS:
        action = command.group(FILTERS_GROUP).add_argument(f"--{name.replace('_', '-')}", **FILTERS[name])
        if name == "source":
            complete_with(action, lambda: (source.id for source in dataset().sources()))
        elif name == "country":
            complete_with(action, lambda: sorted({city.country for city in dataset().cities()}))


def add_shared_with(command: CommandParser) -> None:
    """Add the option ``--shared-with``."""
    help_ = "only partners that are also partners of this second city"
    add_city(command, "--shared-with", help_)


def add_limit(command: CommandParser, default: int | None = None) -> None:
    """Add the option ``--limit``, the maximum number of rows."""
    help_ = f"show at most N rows (default: {default or 'all'})"
    command.group(OUTPUT).add_argument("--limit", type=_positive, default=default, metavar="N", help=help_)


def chosen_filters(options: argparse.Namespace) -> dict[str, Any]:
    """Return the values of the filter options. If no status is given, only active partnerships are selected."""
    if "include_parts" in options and options.include_parts and options.city is None:
        message = "--include-parts needs a city; name a city, or leave out --include-parts"
        raise InvalidQueryError(message)
    filters = {name: getattr(options, name) for name in FILTERS if name in options}
    return filters | {"status": options.status or "active"} if "status" in filters else filters


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        message = f"invalid number {text!r}; expected a whole number of 1 or more"
        raise argparse.ArgumentTypeError(message)
    return int(text)
