"""``friendcities merge``: merge two datasets, with a report of matches, additions, disagreements and doubts."""

import argparse
from pathlib import Path
from typing import Final

from friendcities.cli.options import add_with_bundled
from friendcities.cli.output import ExitCode, check_output_paths, print_lines, print_note, written_first
from friendcities.datasets.bundled import dataset
from friendcities.datasets.dataset import Dataset
from friendcities.datasets.folder import write_folder
from friendcities.errors import InvalidQueryError

DESCRIPTION = (
    "Make two datasets one. A city of the second is one of the first if it has its id or its id in another register, "
    "such as Wikidata, and nothing speaks against it; else if the two share a name and the country and lie within 30 "
    "kilometres, or share a partner too, where only the place is in doubt. Other cities stay distinct, and the report "
    "says which of the first they may be. Ids and values of the first stay; what the second says otherwise stands "
    "beside, as evidence."
)
EPILOG = (
    "Exit codes: 0 merged, whatever the report says; 1 a dataset that cannot be read, or a result that cannot be "
    "written; 2 wrong usage."
)
_FILE_SUFFIX: Final = ".json"
_TABLE_SUFFIXES: Final = {".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".parquet", ".graphml", ".gexf", ".geojson"}


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    help_ = "a folder of records or a saved file (default: the installed data)"
    command.add_argument("one", metavar="ONE", nargs="?", help=help_)
    command.add_argument("other", metavar="OTHER", help="what to take into it: a folder of records or a saved file")
    help_ = "where to put the result: one file if it ends with '.json', else a new folder of records"
    command.add_argument("-o", "--output", metavar="OUT", required=True, help=help_)
    help_ = "write the report to a file: '.json' in full, '.md' Markdown, else text"
    command.add_argument("--report", metavar="FILE", help=help_)
    help_ = "take a city of OTHER for this one of ONE, by their ids; may repeat"
    command.add_argument("--same", metavar="THEIRS=OURS", action="append", default=[], help=help_)
    help_ = "take a city of OTHER for none of ONE; may repeat"
    command.add_argument("--distinct", metavar="THEIRS", action="append", default=[], help=help_)
    add_with_bundled(command, "the installed data")
    command.add_argument("--force", action="store_true", help="replace files that are there; a folder never is")


def run(options: argparse.Namespace) -> int:
    """Merge, and write the report and the result, both or neither."""
    out = Path(options.output)
    report = None if options.report is None else Path(options.report)
    check_output_paths([options.one, options.other], _output_files(out, report), force=options.force)
    for path in (options.one, options.other):
        if path is not None and Path(path).suffix.casefold() in _TABLE_SUFFIXES:
            message = f"{path} is a list and no dataset; make one of it: friendcities import {path} --output made.json"
            raise InvalidQueryError(message, path)
    base = dataset() if options.with_bundled else None
    ours = dataset() if options.one is None else Dataset.load(options.one, base=base)
    theirs = Dataset.load(options.other, base=base)
    merge = ours.merge(theirs, same=_parse_matches(options.same), distinct=options.distinct)
    if report is None:
        _write_result(merge.dataset, out)
        print_lines([merge.report.as_text().rstrip("\n")])
    else:
        formatters = {".json": merge.report.as_json, ".md": merge.report.as_markdown}
        text = formatters.get(report.suffix, merge.report.as_text)()
        with written_first(report, text.encode()):
            _write_result(merge.dataset, out)
    disagreements, doubts = len(merge.report.disagreements), len(merge.report.doubts)
    print_note(f"{len(merge.dataset):,} records; disagreements: {disagreements:,}; for a person to answer: {doubts:,}")
    return ExitCode.ANSWERED


def _output_files(out: Path, report: Path | None) -> dict[str, Path | None]:
    """The files that are written; a folder is checked when it is written, because it is never replaced."""
    if out.suffix == _FILE_SUFFIX:
        return {"--output": out, "--report": report}
    if report is not None and out.resolve() in {report.resolve(), *report.resolve().parents}:
        message = f"{report} is where --output writes, so --report cannot write there too; name another file"
        raise InvalidQueryError(message, str(report))
    return {"--report": report}


def _write_result(merged: Dataset, out: Path) -> None:
    if out.suffix == _FILE_SUFFIX:
        merged.save(out)
    else:
        write_folder(out, merged, merged.redirects)


def _parse_matches(arguments: list[str]) -> dict[str, str]:
    """The values of ``--same``: ids of the other dataset to ids of the base."""
    matches: dict[str, str] = {}
    for argument in arguments:
        their_id, mark, id_ = argument.partition("=")
        if not (their_id and mark and id_) or their_id in matches:
            expected = "write THEIRS=OURS, the ids of two cities, each city of OTHER once"
            message = f"--same {argument!r} will not do; {expected}"
            raise InvalidQueryError(message, argument)
        matches[their_id] = id_
    return matches
