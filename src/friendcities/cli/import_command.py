"""``friendcities import``: convert files of other publishers to records."""

import argparse
from datetime import date
from pathlib import Path
from typing import Final

from friendcities.cli.options import OUTPUT, read_date, read_output_path
from friendcities.cli.output import ExitCode, check_output_paths, print_lines, print_note, written_first
from friendcities.cli.parser import CommandParser
from friendcities.datasets.bundled import dataset
from friendcities.errors import InvalidQueryError
from friendcities.importers import ImportResult, Report, packaged_profiles, read_table, read_wikidata, suggest_profile

DESCRIPTION = (
    "Convert a table, a graph or a map to records. The input is a file in CSV, Excel, Parquet or another format. The "
    "command states why it rejects a row."
)
EPILOG = (
    "If --profile is missing, the command only prints a proposed profile. Save this profile to a file, and correct "
    "the file. Exit codes: 0 rows were imported; 1 no row was imported; 2 wrong usage or a proposed profile."
)
EXAMPLES = (
    "friendcities import list.csv > my-profile.toml",
    "friendcities import list.csv --profile pairs --publisher 'My town' --as-of 2024",
    "friendcities import nz/ --profile wikidata -o nz.json --report report.csv",
)
_WIKIDATA: Final = "wikidata"


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    command.add_argument("file", metavar="FILE", help="the file to import")
    help_ = f"a TOML file that describes the columns, or one of: {', '.join(packaged_profiles())}, wikidata"
    command.add_argument("--profile", metavar="NAME", help=help_)
    source = command.group("source, if the profile names no source")
    source.add_argument("--publisher", metavar="NAME", help="the publisher of the file")
    source.add_argument("--title", help="the title of the file (default: the file name)")
    source.add_argument("--as-of", type=read_date, metavar="DATE", help="the date that the file describes")
    source.add_argument("--url", metavar="URL", help="the web address of the file")
    output = command.group(OUTPUT)
    output.add_argument("-o", "--output", type=read_output_path, metavar="FILE", help="save the records to this file")
    help_ = "save a report of all rows to this file (.json, .csv or .txt)"
    output.add_argument("--report", type=read_output_path, metavar="FILE", help=help_)
    help_ = "print at most N rejected rows for each reason (default: 3)"
    output.add_argument("--limit", type=int, default=3, metavar="N", help=help_)
    output.add_argument("--force", action="store_true", help="replace existing output files")


def run(options: argparse.Namespace) -> int:
    """Import files, and write the records and the report."""
    if options.profile is None:
        print_lines([suggest_profile(options.file).rstrip()])
        message = "this is a proposed profile; correct and save the profile, and pass the file with --profile"
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
    summary = imported.report.as_text(max(0, options.limit)).rstrip()
    if any(path is not None and path.exists() and not path.is_file() for path in (output, report)):
        print_note(summary)  # the output may be standard output, as with -o /dev/stdout
    else:
        print_lines([summary])
    if not imported.report.imported:
        reason = "correct the profile" if imported.report.total else "the file has no rows below the column names"
        print_note(f"friendcities: no row was imported, and no records were saved; {reason}")
        return ExitCode.NOT_FOUND
    return ExitCode.ANSWERED


def _save_records(imported: ImportResult, output: Path | None) -> None:
    if output is not None and imported.report.imported:
        imported.dataset.save(output)


def _read_file(options: argparse.Namespace) -> ImportResult:
    """Read a table or a file of Wikidata. Wikidata items are matched to cities of the bundled data."""
    accessed = date.today()  # noqa: DTZ011 - the day in the user's time zone
    if options.profile != _WIKIDATA:
        about = {name: getattr(options, name) for name in ("profile", "publisher", "title", "as_of")}
        return read_table(options.file, accessed=accessed, address=options.url, **about)
    for name in ("publisher", "title", "url"):
        if getattr(options, name) is not None:
            message = f"--profile wikidata sets the source itself; leave out --{name}"
            raise InvalidQueryError(message, getattr(options, name))
    return read_wikidata(options.file, base=dataset(), as_of=options.as_of, accessed=accessed)


def _format_report(report: Report, suffix: str) -> str:
    formatters = {".json": report.as_json, ".csv": report.as_csv}
    formatter = formatters.get(suffix.casefold())
    return report.as_text(None) if formatter is None else formatter()
