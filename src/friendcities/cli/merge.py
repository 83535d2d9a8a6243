"""``friendcities merge``: merge two datasets, and report the differences."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from friendcities.checks.record_tree import EXCEPTIONS_FILE, read_exceptions
from friendcities.cli.options import OUTPUT, add_with_bundled, read_output_path
from friendcities.cli.output import ExitCode, check_output_paths, print_lines, print_note, written_first
from friendcities.cli.parser import CommandParser
from friendcities.datasets.bundled import dataset
from friendcities.datasets.dataset import Dataset
from friendcities.datasets.folder import write_folder
from friendcities.errors import DataError, InvalidQueryError, Problem, on_one_line
from friendcities.merge import Added, Agreement, Joined, MergeReport
from friendcities.model import RECORD_TYPES

DESCRIPTION = (
    "Merge two datasets. Two cities match if they have the same id, or the same identifier, such as a Wikidata id. "
    "Two cities with the same name and country match if their distance is at most 30 kilometres. The report lists "
    "other possible matches. The result keeps the ids and values of BASE. If a value of OTHER differs, the result "
    "contains the value as a claim."
)
EPILOG = "Exit codes: 0 merged; 1 a dataset cannot be read, or the result cannot be written; 2 wrong usage."
EXAMPLES = (
    "friendcities merge twins.json -o merged.json --report report.md",
    "friendcities merge old/ new.json -o merged/ --same nz-otepoti=nz-dunedin",
)
_FILE_SUFFIX: Final = ".json"


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    help_ = "a folder of records or a saved file (default: the bundled data)"
    command.add_argument("base", metavar="BASE", nargs="?", help=help_)
    command.add_argument("other", metavar="OTHER", help="the folder of records, or the saved file, to merge into BASE")
    matches = command.group("matches")
    help_ = "the city THEIRS of OTHER is the city OURS of BASE; may be repeated"
    matches.add_argument("--same", metavar="THEIRS=OURS", action="append", default=[], help=help_)
    help_ = "keep the city THEIRS of OTHER as a separate city; may be repeated"
    matches.add_argument("--distinct", metavar="THEIRS", action="append", default=[], help=help_)
    output = command.group(OUTPUT)
    help_ = "write the result to a .json file, or to a new folder of records"
    output.add_argument("-o", "--output", type=read_output_path, metavar="PATH", required=True, help=help_)
    help_ = "save the report to this file (.json, .md or .txt)"
    output.add_argument("--report", type=read_output_path, metavar="FILE", help=help_)
    output.add_argument("--force", action="store_true", help="replace existing files")
    add_with_bundled(command)


def run(options: argparse.Namespace) -> int:
    """Merge two datasets. Write both the result and the report, or nothing."""
    out = Path(options.output)
    report = None if options.report is None else Path(options.report)
    check_output_paths([options.base, options.other], _output_files(out, report), force=options.force)
    base = dataset() if options.with_bundled else None
    ours = dataset() if options.base is None else Dataset.load(options.base, base=base)
    theirs = Dataset.load(options.other, base=base)
    merge = ours.merge(theirs, same=_parse_matches(options.same), distinct=options.distinct)
    exceptions = _merge_exceptions(options.base, options.other, merge.report)
    if report is None:
        _write_result(merge.dataset, out, exceptions)
        print_lines([merge.report.as_text().rstrip("\n")])
    else:
        formatters = {".json": merge.report.as_json, ".md": merge.report.as_markdown}
        text = formatters.get(report.suffix, merge.report.as_text)()
        with written_first(report, text.encode()):
            _write_result(merge.dataset, out, exceptions)
    disagreements, doubts = len(merge.report.disagreements), len(merge.report.doubts)
    unconfirmed = sum(each.by is Agreement.ID_ONLY for each in merge.report.joined)
    counts = f"disagreements: {disagreements:,}; doubts: {doubts:,}; matches by id only: {unconfirmed:,}"
    print_note(f"{len(merge.dataset):,} records; {counts}")
    return ExitCode.ANSWERED


def _output_files(out: Path, report: Path | None) -> dict[str, Path | None]:
    """Return the output files by option."""
    if out.suffix == _FILE_SUFFIX:
        return {"--output": out, "--report": report}
    if report is not None and out.resolve() in {report.resolve(), *report.resolve().parents}:
        message = f"--report and --output both write to {report}; name another file"
        raise InvalidQueryError(message, str(report))
    return {"--report": report}


def _merge_exceptions(base: str | None, other: str, report: MergeReport) -> dict[str, dict[str, str]]:
    """Merge the exceptions of two folders under the new ids. Exceptions of the base have priority."""
    folders = {cls: folder for folder, cls in RECORD_TYPES.items()}
    entries: list[Joined | Added] = [*report.joined, *report.added]
    new_ids = {f"{folders[each.record_type]}/{each.their_id}": each.id for each in entries if each.their_id}
    problems: list[Problem] = []
    merged: dict[str, dict[str, str]] = {}
    for rule, reasons in read_exceptions(Path(other), problems).items():
        for record, reason in reasons.items():
            folder, _, id_ = record.partition("/")
            merged.setdefault(rule, {})[f"{folder}/{new_ids.get(record, id_)}"] = reason
    for rule, reasons in ({} if base is None else read_exceptions(Path(base), problems)).items():
        merged.setdefault(rule, {}).update(reasons)
    if problems:
        raise DataError(problems)
    return merged


def _write_result(merged: Dataset, out: Path, exceptions: Mapping[str, Mapping[str, str]]) -> None:
    if out.suffix != _FILE_SUFFIX:
        write_folder(out, merged, merged.redirects, {EXCEPTIONS_FILE: exceptions})
        return
    merged.save(out)
    if exceptions:
        print_note(
            on_one_line(
                f"{out} does not contain {EXCEPTIONS_FILE}; to keep the exceptions, write the result to a folder"
            )
        )


def _parse_matches(arguments: list[str]) -> dict[str, str]:
    matches: dict[str, str] = {}
    for argument in arguments:
        their_id, mark, id_ = argument.partition("=")
        if not (their_id and mark and id_) or their_id in matches:
            message = (
                f"invalid --same {argument!r}; expected THEIRS=OURS with two city ids, each city of OTHER only once"
            )
            raise InvalidQueryError(message, argument)
        matches[their_id] = id_
    return matches
