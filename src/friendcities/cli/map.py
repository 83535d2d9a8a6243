"""``friendcities map``: a map of a city's partnerships, in one file."""

import argparse
from pathlib import Path
from typing import Any, Final

from friendcities.cli.options import add_city, add_filters, chosen_filters
from friendcities.cli.output import print_json, print_note
from friendcities.datasets.dataset import Dataset
from friendcities.datasets.folder import replace_file
from friendcities.errors import DataError, InvalidQueryError, Problem
from friendcities.exporters.html_map import map_page
from friendcities.model import City

DESCRIPTION = (
    "A map of a city's partnerships, as one file: .html is interactive and opens without a network, .svg, .pdf and "
    ".png are figures for a paper and need the extra 'plot'. A file of that name is replaced."
)
_FIGURES: Final = (".pdf", ".png", ".svg")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_city(command)
    command.add_argument("-o", "--output", metavar="FILE", type=Path, help="the file to write (default: ID.html)")
    add_filters(command)


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Write the file, and print its name."""
    city = data.city(options.city)
    path: Path = options.output or Path(f"{city.id}.html")
    content = _make_map(data, city, chosen_filters(options), path)
    try:
        replace_file(path, content)
    except OSError as error:
        message = f"the map cannot be written: {error.strerror}"
        raise DataError([Problem(path=str(path), message=message, hint="name another file")]) from None
    if options.json:
        print_json({"city": city.id, "file": str(path)})
    else:
        print_note(f"written: {path}")


def _make_map(data: Dataset, city: City, filters: dict[str, Any], path: Path) -> bytes:
    suffix = path.suffix.lower()
    if suffix in {".html", ".htm"}:
        return _make_page(data, city, filters)
    if suffix in _FIGURES:
        from friendcities import plot  # noqa: PLC0415 - an extra

        return plot.as_bytes(plot.map_of(city, data=data, **filters), suffix[1:])
    message = f"{path.name!r} does not say what to write; let it end on .html, or on {', '.join(_FIGURES)}"
    raise InvalidQueryError(message, str(path), (".html", *_FIGURES))


def _make_page(data: Dataset, city: City, filters: dict[str, Any]) -> bytes:
    return map_page(data, city, **filters).encode()
