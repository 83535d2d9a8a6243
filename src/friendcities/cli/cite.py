"""``friendcities cite``: the dataset, or the sources behind an answer, as text and BibTeX."""

import argparse
from typing import Any

from friendcities.cli.output import print_json, print_lines, with_id
from friendcities.datasets.dataset import Dataset
from friendcities.exporters.citations import as_bibtex, as_text, dataset_as_bibtex, dataset_as_text

__all__ = ["add_to"]


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the command line."""
    command = commands.add_parser(
        "cite",
        parents=[common],
        description="Cite the dataset; or, with one city, what is on record about it; with two, their partnership.",
    )
    command.add_argument("city", nargs="?", help="cite the sources about this city")
    command.add_argument("partner", nargs="?", help="cite only the sources of its partnership with this city")
    command.add_argument(
        "--format", choices=("text", "bibtex"), default="text", help="(default: text; --json has both)"
    )
    command.set_defaults(run=run)


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Answer."""
    if options.city is None:
        _cite_the_dataset(options)
        return
    if options.partner is None:
        found = data.sources_of(options.city)
    else:
        found = tuple(map(data.source, sorted(data.partnership_between(options.city, options.partner).cites)))
    if options.json:
        print_json(
            [{**with_id(source), "citation": as_text(source), "bibtex": as_bibtex([source])} for source in found]
        )
    elif options.format == "bibtex":
        print_lines([as_bibtex(found).rstrip("\n")])
    else:
        print_lines([as_text(source) for source in found])


def _cite_the_dataset(options: argparse.Namespace) -> None:
    if options.json:
        print_json([{"citation": dataset_as_text(), "bibtex": dataset_as_bibtex()}])
    elif options.format == "bibtex":
        print_lines([dataset_as_bibtex().rstrip("\n")])
    else:
        print_lines([dataset_as_text()])
