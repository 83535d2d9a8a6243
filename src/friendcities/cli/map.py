"""``friendcities map``: a city's partnerships as great circles on a map, in one file."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from friendcities.cli.options import add_city, add_filters, filters
from friendcities.cli.output import print_json, remark
from friendcities.datasets.dataset import Dataset
from friendcities.datasets.storage import replace_file
from friendcities.errors import DataError, InvalidQueryError, Problem

__all__ = ["add_to"]

_FIGURES: Final = (".pdf", ".png", ".svg")


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the command line."""
    command = commands.add_parser(
        "map",
        parents=[common],
        description="A map of a city's partnerships, as one file: .html is interactive and opens without a network, "
        ".svg, .pdf and .png are figures for a paper and need the extra 'plot'. A file of that name is replaced.",
    )
    add_city(command)
    command.add_argument("-o", "--output", metavar="FILE", type=Path, help="the file to write (default: ID.html)")
    add_filters(command)
    command.set_defaults(run=run)


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Write the file, and say where it is.

    Raises:
        InvalidQueryError: If the file's name does not say what to write.
        DataError: If it cannot be written.
    """
    city = data.city(options.city)
    path: Path = options.output or Path(f"{city.id}.html")
    make = _maker(path)
    made = make(data, city, {**filters(options), "status": options.status or "active"}, path)
    try:
        replace_file(path, made)
    except OSError as error:
        what = f"the map cannot be written: {error.strerror}"
        raise DataError([Problem(path=str(path), message=what, hint="name another file")]) from None
    if options.json:
        print_json({"city": city.id, "file": str(path)})
    else:
        remark(f"written: {path}")


def _maker(path: Path) -> Callable[[Dataset, Any, dict[str, Any], Path], bytes]:
    """What makes a file of that name."""
    suffix = path.suffix.lower()
    if suffix in {".html", ".htm"}:
        return _page
    if suffix in _FIGURES:
        return _figure
    message = f"{path.name!r} does not say what to write; let it end on .html, or on {', '.join(_FIGURES)}"
    raise InvalidQueryError(message, str(path), (".html", *_FIGURES))


def _page(data: Dataset, city: Any, asked: dict[str, Any], path: Path) -> bytes:
    from friendcities.exporters.html_map import map_page  # noqa: PLC0415 - only one of the two is needed

    del path
    return map_page(data, city, **asked).encode()


def _figure(data: Dataset, city: Any, asked: dict[str, Any], path: Path) -> bytes:
    from friendcities import plot  # noqa: PLC0415 - an extra

    return plot.as_bytes(plot.map_of(city, data=data, **asked), path.suffix[1:].lower())
