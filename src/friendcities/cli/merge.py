"""``friendcities merge``: two datasets made one, with a report of what was joined, added, contrary or in doubt."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from friendcities.bundled import dataset
from friendcities.cli.exits import Exit
from friendcities.cli.output import print_lines, remark
from friendcities.collection.laying import lay_out
from friendcities.collection.storage import replace_file
from friendcities.datasets import Dataset
from friendcities.errors import InvalidQueryError

__all__ = ["add_to"]

_ONE_FILE: Final = ".json"
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
        "--apart",
        metavar="THEIRS",
        action="append",
        default=[],
        help="take a city of OTHER for none of ONE; may repeat",
    )
    command.add_argument(
        "--over-bundled", action="store_true", help="lay both over the installed data, as registers of your own"
    )
    command.add_argument("--force", action="store_true", help="replace a file that is there; a folder never is")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Merge, and write the report and the result, both or neither.

    Raises:
        DataError: If a dataset cannot be read.
        InvalidQueryError: If a city is said to be two, or there is something in the place of the result.
        OSError: If the report or the result cannot be written.
        UnknownRecordError: If a city that is named is not there.
    """
    from friendcities import changes  # noqa: PLC0415 - only some commands need it

    out = Path(options.output)
    report = None if options.report is None else Path(options.report)
    if out.suffix == _ONE_FILE and out.exists() and not options.force:
        message = f"{out} is there already; name another file, or replace it with --force"
        raise InvalidQueryError(message, str(out))
    if report is not None:
        _check_apart(report, out)
    base = dataset() if options.over_bundled else None
    ours = dataset() if options.one is None else Dataset.load(options.one, base=base)
    theirs = Dataset.load(options.other, base=base)
    merge = ours.merge(theirs, same=_pairs(options.same), apart=options.apart)
    if report is None:
        _write(merge.dataset, out)
        print_lines([changes.merge_as_text(merge.report).rstrip("\n")])
    else:
        ways = {"json": changes.merge_as_json, "markdown": changes.merge_as_markdown, "text": changes.merge_as_text}
        told = ways[_FORMATS.get(report.suffix, "text")](merge.report)
        with _written_first(report, told.encode()):
            _write(merge.dataset, out)
    found = merge.report
    more = f"disagreements: {len(found.disagreements):,}; for a person to answer: {len(found.doubts):,}"
    remark(f"{len(merge.dataset):,} records; {more}")
    return Exit.ANSWERED


def _check_apart(report: Path, out: Path) -> None:
    """Refuse a report in the place of the result.

    Raises:
        InvalidQueryError: If it would be the same file, or a file in the folder, which is to hold records alone.
    """
    if out.resolve() in {report.resolve(), *report.resolve().parents}:
        message = f"the report cannot stand at {report}, for {out} is where the result goes; name another file"
        raise InvalidQueryError(message, str(report))


def _write(merged: Dataset, out: Path) -> None:
    if out.suffix == _ONE_FILE:
        merged.save(out)
    else:
        lay_out(out, merged, merged.redirects)


@contextmanager
def _written_first(path: Path, data: bytes) -> Iterator[None]:
    """Write a file before something else is written; if that fails, the place of the file is as it was."""
    before = path.read_bytes() if path.exists() else None
    replace_file(path, data)
    try:
        yield
    except BaseException:
        if before is None:
            path.unlink()
        else:
            replace_file(path, before)
        raise


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
