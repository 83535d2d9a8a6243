"""``friendcities cite``: cite the dataset or its sources as text, BibTeX or CSL JSON."""

import argparse
import json
from typing import Any

from friendcities.cli.options import add_city, add_format
from friendcities.cli.output import print_json, print_lines, print_note, print_results
from friendcities.cli.parser import CommandParser
from friendcities.cli.record_lookup import find_record, find_sources
from friendcities.datasets.dataset import Dataset
from friendcities.exporters.citations import cite
from friendcities.model import Source

DESCRIPTION = (
    "Cite the dataset. If a city is given, cite the sources about this city. If two cities are given, cite the "
    "sources of their partnership. CITY can also be the id of a source or another record."
)
EXAMPLES = (
    "friendcities cite",
    "friendcities cite Dunedin Shanghai",
    "friendcities cite Shanghai --format bibtex",
)


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    help_ = "a city, or the id of a source or another record"
    add_city(command, "city", help_, optional=True, or_record=Source)
    add_city(command, "partner", "a partner of CITY", optional=True)
    add_format(command, "text", "bibtex", "csl", help_="text, bibtex, or csl (CSL JSON)")


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Print the citations."""
    if options.partner is not None:
        partnership = data.partnership_between(options.city, options.partner)
        sources = [data.source(each) for each in sorted(partnership.cites)]
    else:
        sources = [] if options.city is None else [*find_sources(data, find_record(data, options.city))]
    licence = _licence_of(options.dataset)
    if options.json:
        if options.city is None:
            results = [{"citation": cite(), "bibtex": cite(format="bibtex")} | licence]
        else:
            results = [
                {**source.to_dict(), "citation": cite(source), "bibtex": cite(source, format="bibtex")}
                for source in sources
            ]
        print_results(data, options, results)
    elif sources or options.city is None:
        text = cite(*sources, format=options.format)
        if options.format == "csl":
            print_json(json.loads(text))
        else:
            print_lines([text])
        if options.city is None:
            for key, value in licence.items():
                print_note(f"{key} of {options.dataset}: {value}")


def _licence_of(name: str | None) -> dict[str, Any]:
    """Return the source and the licence of an installed dataset."""
    if name is None:
        return {}
    from friendcities.datasets.installed import read_description  # noqa: PLC0415 - only an installed dataset needs it

    description = read_description(name)
    return {} if description is None else {"source": description.source, "licence": description.licence}
