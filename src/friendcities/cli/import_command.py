"""``friendcities import``: other people's data as records, with a report of every row."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any, Final

from friendcities.cli.exits import Exit
from friendcities.cli.output import print_lines, remark
from friendcities.cli.places import check_places, written_first
from friendcities.datasets.bundled import dataset
from friendcities.errors import InvalidQueryError
from friendcities.importers import ImportResult, Report, packaged_profiles, read_table, read_wikidata, suggest_profile

__all__ = ["add_to"]


def add_to(commands: Any) -> None:
    """Add the command to the command line."""
    command = commands.add_parser(
        "import",
        description=(
            "Read a table (CSV, TSV, Excel, Parquet), a graph (GraphML, GEXF, an edge list), a map (GeoJSON) or what "
            "Wikidata says (its JSON) into records, and say of every row what became of it. Nothing is dropped in "
            "silence, and no row stops the rest."
        ),
        epilog="Without --profile a profile is proposed, for you to correct and save; nothing is read by a guess.",
    )
    command.add_argument("file", help="the file; its ending says what it is; for Wikidata also a folder")
    profiles = ", ".join(packaged_profiles())
    command.add_argument(
        "--profile", metavar="NAME", help=f"what its columns mean: a TOML file, or one of {profiles}, wikidata"
    )
    command.add_argument("--output", "-o", metavar="FILE", help="where to save the records, as one file")
    command.add_argument("--report", metavar="FILE", help="where to save the report: .json, .csv, or else text")
    command.add_argument("--publisher", metavar="NAME", help="who published the file, where the profile does not say")
    command.add_argument("--title", help="its title, where the profile does not say (default: the name of the file)")
    command.add_argument("--as-of", metavar="DATE", help="the date whose state it describes")
    command.add_argument("--url", metavar="URL", help="where it is published")
    command.add_argument(
        "--limit", type=int, default=3, metavar="N", help="how many rows of a reason to show (default: 3)"
    )
    command.add_argument("--force", action="store_true", help="replace files that are there; never what is read")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Answer."""
    if options.profile is None:
        print_lines([suggest_profile(options.file).rstrip()])
        remark(
            "friendcities: this is a guess at what the columns mean: correct it, save it, and pass it with --profile"
        )
        return Exit.USAGE
    output, report = (None if path is None else Path(path) for path in (options.output, options.report))
    check_places([options.file, options.profile], {"--output": output, "--report": report}, force=options.force)
    found = _wikidata(options) if options.profile == _WIKIDATA else _table(options)
    if report is None:
        _save(found, output)
    else:
        with written_first(report, _format_report(found.report, report.suffix).encode("utf-8", "backslashreplace")):
            _save(found, output)
    print_lines([found.report.as_text(max(0, options.limit)).rstrip()])
    if not found.report.imported:
        remark("friendcities: no row was imported, so no records were saved; if some should be, correct the profile")
        return Exit.NOT_FOUND
    return Exit.ANSWERED


def _save(found: ImportResult, output: Path | None) -> None:
    """Save the records, where there are any; an empty file in their place would only look like an answer."""
    if output is not None and found.report.imported:
        found.dataset.save(output)


_WIKIDATA: Final = "wikidata"


def _wikidata(options: argparse.Namespace) -> ImportResult:
    """What Wikidata says, its items being the cities of the data that is installed where that has them."""
    for name in ("publisher", "title", "url"):
        if getattr(options, name) is not None:
            message = f"--{name} says nothing here, for Wikidata is the source; leave it out"
            raise InvalidQueryError(message, getattr(options, name))
    return read_wikidata(options.file, base=dataset(), as_of=options.as_of, accessed=_today())


def _table(options: argparse.Namespace) -> ImportResult:
    return read_table(
        options.file,
        profile=options.profile,
        publisher=options.publisher,
        title=options.title,
        as_of=options.as_of,
        accessed=_today(),
        address=options.url,
    )


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the day it is here


def _format_report(report: Report, ending: str) -> str:
    match ending.casefold():
        case ".json":
            return report.as_json()
        case ".csv":
            return report.as_csv()
        case _:
            return report.as_text(None)
