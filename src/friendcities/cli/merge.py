"""``friendcities merge``: two datasets made one, with a report of what was joined, added, contrary or in doubt."""

import argparse
from pathlib import Path
from typing import Any, Final

from friendcities.cli.exits import Exit
from friendcities.cli.output import print_lines, remark
from friendcities.cli.places import check_places, written_first
from friendcities.datasets.bundled import dataset
from friendcities.datasets.dataset import Dataset
from friendcities.datasets.folder import lay_out
from friendcities.errors import InvalidQueryError

__all__ = ["add_to"]

_ONE_FILE: Final = ".json"
_LISTS: Final = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".parquet", ".graphml", ".gexf", ".geojson"})
_FORMATS: Final = {".json": "json", ".md": "markdown"}
"""The forms of a report by the ending of its file; any other file is text."""


def add_to(commands: Any) -> None:
    """Add the command to the command line."""
    command = commands.add_parser(
        "merge",
        description="Make two datasets one. A city of the second is one of the first if it has its id or its id in "
        "another register, such as Wikidata, and nothing speaks against it; else if the two share a name and the "
        "country and lie within 30 kilometres, or share a partner too, where only the place is in doubt. What cannot "
        "be told so stands apart, and the report says which it may be. Ids and values of the first stay; what the "
        "second says otherwise stands beside, as evidence.",
        epilog="Exit codes: 0 merged, whatever the report says; 1 a dataset that cannot be read, or a result that "
        "cannot be written; 2 wrong usage.",
    )
    command.add_argument(
        "one", metavar="ONE", nargs="?", help="a folder of records or a saved file (default: the installed data)"
    )
    command.add_argument("other", metavar="OTHER", help="what to take into it: a folder of records or a saved file")
    command.add_argument(
        *("-o", "--output"),
        metavar="OUT",
        required=True,
        help="where to put the result: one file if it ends with '.json', else a new folder of records",
    )
    command.add_argument(
        "--report", metavar="FILE", help="write the report to a file: '.json' in full, '.md' Markdown, else text"
    )
    command.add_argument(
        "--same",
        metavar="THEIRS=OURS",
        action="append",
        default=[],
        help="take a city of OTHER for this one of ONE, by their ids; may repeat",
    )
    command.add_argument(
        "--distinct",
        metavar="THEIRS",
        action="append",
        default=[],
        help="take a city of OTHER for none of ONE; may repeat",
    )
    command.add_argument(
        "--with-bundled", action="store_true", help="lay both over the installed data, as registers of your own"
    )
    command.add_argument("--force", action="store_true", help="replace files that are there; a folder never is")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Merge, and write the report and the result, both or neither.

    Raises:
        DataError: If a dataset cannot be read.
        InvalidQueryError: If a city is said to be two, or there is something in the place of the result.
        OSError: If the report or the result cannot be written.
        UnknownRecordError: If a city that is named is not there.
    """
    out = Path(options.output)
    report = None if options.report is None else Path(options.report)
    check_places([options.one, options.other], _files(out, report), force=options.force)
    for path in (options.one, options.other):
        if path is not None and Path(path).suffix.casefold() in _LISTS:
            message = f"{path} is a list and no dataset; make one of it: friendcities import {path} --output made.json"
            raise InvalidQueryError(message, path)
    base = dataset() if options.with_bundled else None
    ours = dataset() if options.one is None else Dataset.load(options.one, base=base)
    theirs = Dataset.load(options.other, base=base)
    merge = ours.merge(theirs, same=_pairs(options.same), distinct=options.distinct)
    if report is None:
        _write(merge.dataset, out)
        print_lines([merge.report.as_text().rstrip("\n")])
    else:
        writers = {"json": merge.report.as_json, "markdown": merge.report.as_markdown, "text": merge.report.as_text}
        text = writers[_FORMATS.get(report.suffix, "text")]()
        with written_first(report, text.encode()):
            _write(merge.dataset, out)
    found = merge.report
    more = f"disagreements: {len(found.disagreements):,}; for a person to answer: {len(found.doubts):,}"
    remark(f"{len(merge.dataset):,} records; {more}")
    return Exit.ANSWERED


def _files(out: Path, report: Path | None) -> dict[str, Path | None]:
    """The places that are written as files; a folder is checked where it is written, for it is never replaced."""
    if out.suffix == _ONE_FILE:
        return {"--output": out, "--report": report}
    if report is not None and out.resolve() in {report.resolve(), *report.resolve().parents}:
        message = f"{report} is where --output writes, so --report cannot write there too; name another file"
        raise InvalidQueryError(message, str(report))
    return {"--report": report}


def _write(merged: Dataset, out: Path) -> None:
    if out.suffix == _ONE_FILE:
        merged.save(out)
    else:
        lay_out(out, merged, merged.redirects)


def _pairs(given: list[str]) -> dict[str, str]:
    """What ``--same`` says.

    Raises:
        InvalidQueryError: If it does not name two cities, or one of them twice.
    """
    pairs: dict[str, str] = {}
    for each in given:
        their_id, mark, id_ = each.partition("=")
        if not (their_id and mark and id_) or their_id in pairs:
            message = f"--same {each!r} will not do; write THEIRS=OURS, the ids of two cities, each city of OTHER once"
            raise InvalidQueryError(message, each)
        pairs[their_id] = id_
    return pairs
