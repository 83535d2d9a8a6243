"""``friendcities import``: read tables of others into records, with a report of every row."""

import argparse
from datetime import date
from pathlib import Path
from typing import Final

from friendcities.cli.output import ExitCode, check_output_paths, print_lines, print_note, written_first
from friendcities.datasets.bundled import dataset
from friendcities.errors import InvalidQueryError
from friendcities.importers import ImportResult, Report, packaged_profiles, read_table, read_wikidata, suggest_profile

DESCRIPTION = (
    "Read a table (CSV, TSV, Excel, Parquet), a graph (GraphML, GEXF, an edge list), a map (GeoJSON) or what Wikidata "
    "says (its JSON) into records, and say of every row what became of it. Nothing is dropped in silence, and no row "
    "stops the rest."
)
EPILOG = "Without --profile a profile is proposed, for you to correct and save; nothing is read by a guess."
_WIKIDATA: Final = "wikidata"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    command.add_argument("file", help="the file; its ending says what it is; for Wikidata also a folder")
    help_ = f"what its columns mean: a TOML file, or one of {', '.join(packaged_profiles())}, wikidata"
    command.add_argument("--profile", metavar="NAME", help=help_)
    command.add_argument("--output", "-o", metavar="FILE", help="where to save the records, as one file")
    command.add_argument("--report", metavar="FILE", help="where to save the report: .json, .csv, or else text")
    command.add_argument("--publisher", metavar="NAME", help="who published the file, where the profile does not say")
    command.add_argument("--title", help="its title, where the profile does not say (default: the name of the file)")
    command.add_argument("--as-of", metavar="DATE", help="the date whose state it describes")
    command.add_argument("--url", metavar="URL", help="where it is published")
    help_ = "how many rows of a reason to show (default: 3)"
    command.add_argument("--limit", type=int, default=3, metavar="N", help=help_)
    command.add_argument("--force", action="store_true", help="replace files that are there; never what is read")


def run(options: argparse.Namespace) -> int:
    """Import, and write the records and the report."""
    if options.profile is None:
        print_lines([suggest_profile(options.file).rstrip()])
        message = "this is a guess at what the columns mean: correct it, save it, and pass it with --profile"
        print_note(f"friendcities: {message}")
        return ExitCode.USAGE
    output, report = (None if path is None else Path(path) for path in (options.output, options.report))
    outputs = {"--output": output, "--report": report}
    check_output_paths([options.file, options.profile], outputs, force=options.force)
    imported = _read_file(options)
    if report is None:
        _save_records(imported, output)
    else:
        text = _format_report(imported.report, report.suffix)
        with written_first(report, text.encode("utf-8", "backslashreplace")):
            _save_records(imported, output)
    print_lines([imported.report.as_text(max(0, options.limit)).rstrip()])
    if not imported.report.imported:
        message = "no row was imported, so no records were saved; if some should be, correct the profile"
        print_note(f"friendcities: {message}")
        return ExitCode.NOT_FOUND
    return ExitCode.ANSWERED


def _save_records(imported: ImportResult, output: Path | None) -> None:
    """Save the records if there are any; an empty file would look like an answer."""
    if output is not None and imported.report.imported:
        imported.dataset.save(output)


def _read_file(options: argparse.Namespace) -> ImportResult:
    """Read a table; or statements of Wikidata, with the cities of the installed data for the items that they have."""
    accessed = date.today()  # noqa: DTZ011 - the user's day
    if options.profile != _WIKIDATA:
        about = {name: getattr(options, name) for name in ("profile", "publisher", "title", "as_of")}
        return read_table(options.file, accessed=accessed, address=options.url, **about)
    for name in ("publisher", "title", "url"):
        if getattr(options, name) is not None:
            message = f"--{name} says nothing here, for Wikidata is the source; leave it out"
            raise InvalidQueryError(message, getattr(options, name))
    return read_wikidata(options.file, base=dataset(), as_of=options.as_of, accessed=accessed)


def _format_report(report: Report, suffix: str) -> str:
    formatters = {".json": report.as_json, ".csv": report.as_csv}
    formatter = formatters.get(suffix.casefold())
    return report.as_text(None) if formatter is None else formatter()
