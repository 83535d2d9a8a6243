"""``friendcities map``: write a map of a city's partnerships to one HTML file."""

import argparse
from pathlib import Path
from typing import Any, Final

from friendcities.cli.options import OUTPUT, add_city, add_filters, chosen_filters, read_output_path
from friendcities.cli.output import check_output_paths, print_note, print_results
from friendcities.cli.parser import CommandParser
from friendcities.datasets.dataset import Dataset
from friendcities.datasets.folder import replace_file
from friendcities.errors import DataError, InvalidQueryError, Problem
from friendcities.exporters.html_map import map_page
from friendcities.model import City

DESCRIPTION = (
    "Draw a map of a city's partnerships. An .html file is an interactive map that works offline. The formats .svg, "
    ".pdf and .png require the extra 'plot'."
)
EXAMPLES = ("friendcities map Shanghai", "friendcities map Dunedin --on 2000 -o dunedin.svg")
_FIGURES: Final = (".pdf", ".png", ".svg")


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    add_city(command)
    help_ = "the file to write (default: ID.html, such as cn-shanghai.html)"
    output = command.group(OUTPUT)
    output.add_argument("-o", "--output", type=read_output_path, metavar="FILE", help=help_)
    output.add_argument("--force", action="store_true", help="replace an existing file")
    add_filters(command)


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Write the file, and print its name."""
    city = data.city(options.city)
    path = Path(options.output or f"{city.id}.html")
    check_output_paths([options.overlay], {"--output": path}, force=options.force)
    content = _make_map(data, city, chosen_filters(options), path)
    try:
        replace_file(path, content)
    except OSError as error:
        message = f"cannot write the map: {error.strerror}"
        raise DataError([Problem(path=str(path), message=message, hint="name another file")]) from None
    if options.json:
        print_results(data, options, [{"city": city.id, "file": str(path)}])
    else:
        print_note("written: ", path)


def _make_map(data: Dataset, city: City, filters: dict[str, Any], path: Path) -> bytes:
    suffix = path.suffix.lower()
    if suffix in {".html", ".htm"}:
        return map_page(data, city, **filters).encode()
    if suffix in _FIGURES:
        from friendcities import plot  # noqa: PLC0415 - an extra

        return plot.as_bytes(plot.map_of(city, data=data, **filters), suffix[1:])
    message = f"unknown format of the file {path.name!r}; expected a name that ends in .html, {', '.join(_FIGURES)}"
    raise InvalidQueryError(message, str(path), (".html", *_FIGURES))
