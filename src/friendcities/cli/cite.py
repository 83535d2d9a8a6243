"""``friendcities cite``: cite the dataset or the sources of an answer, as text or BibTeX."""

import argparse
from typing import Any

from friendcities.cli.options import add_city, add_format
from friendcities.cli.output import print_lines, print_results
from friendcities.cli.parser import CommandParser
from friendcities.datasets.dataset import Dataset
from friendcities.exporters.citations import as_bibtex, as_text, dataset_as_bibtex, dataset_as_text

DESCRIPTION = (
    "Cite the dataset. With one city, cite the sources about that city. With two cities, cite the sources of their "
    "partnership."
)
EXAMPLES = (
    "friendcities cite",
    "friendcities cite Dunedin Shanghai",
    "friendcities cite Shanghai --format bibtex",
)


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    add_city(command, "city", "cite the sources about this city", optional=True)
    add_city(command, "partner", "cite only the sources of the partnership between CITY and PARTNER", optional=True)
    add_format(command, "text", "bibtex", help_="text or bibtex; --json prints both")


def run(data: Dataset, options: argparse.Namespace) -> None:
    """Print the citations."""
    citations: list[tuple[dict[str, Any], str, str]]
    if options.city is None:
        citations = [({}, dataset_as_text(), dataset_as_bibtex())]
    else:
        if options.partner is None:
            sources = tuple(data.sources_of(options.city))
        else:
            partnership = data.partnership_between(options.city, options.partner)
            sources = tuple(map(data.source, sorted(partnership.cites)))
        citations = [(source.to_dict(), as_text(source), as_bibtex([source])) for source in sources]
    if options.json:
        results = ({**record, "citation": text, "bibtex": bibtex} for record, text, bibtex in citations)
        print_results(data, options, results)
    elif options.format == "bibtex":
        print_lines(["\n".join(bibtex for _, _, bibtex in citations).rstrip("\n")])
    else:
        print_lines([text for _, text, _ in citations])
