"""Prints the output of commands: tables, plain lines, JSON and notes. Also defines the exit codes."""

import argparse
import difflib
import json
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import frozen

from friendcities import __version__
from friendcities.cli.table_layout import Line, fold_text, table_lines, text_of
from friendcities.datasets.dataset import Dataset
from friendcities.datasets.folder import replace_file
from friendcities.errors import InvalidQueryError, on_one_line

if TYPE_CHECKING:
    from rich.progress import Progress

_CUT_COLUMNS = ("Sources", "Address")
"""The columns whose cells are cut in a narrow terminal. Cells of other columns are wrapped."""
T = TypeVar("T")


class ExitCode(IntEnum):
    """The exit codes."""

    ANSWERED = 0
    NOT_FOUND = 1
    """No record or more than one was found, the data cannot be read, or the result cannot be written."""
    PROBLEMS = 1
    USAGE = 2
    INTERRUPTED = 130


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows. A terminal shows a table; a pipe gets tab-separated lines without a heading."""
    if not rows or not in_terminal():
        print_lines(["\t".join(row) for row in rows])
        return
    _print_styled(*table_lines(columns, rows, _CUT_COLUMNS, shutil.get_terminal_size().columns))


@frozen
class Paragraph:
    """Text that is wrapped to the width of a terminal."""

    text: str
    indent: int = 0
    is_strong: bool = False


def print_paragraphs(paragraphs: Iterable[Paragraph]) -> None:
    """Print paragraphs. In a terminal, text is wrapped; in a pipe, each paragraph is one line."""
    width = shutil.get_terminal_size().columns if in_terminal() else None
    for each in paragraphs:
        texts = [each.text] if width is None else fold_text(each.text, max(width - each.indent, 1))
        lines = [[(" " * each.indent + text, "")] for text in texts]
        _print_styled(*((lines, []) if each.is_strong else ([], lines)))


def _print_styled(headings: Sequence[Line], lines: Sequence[Line]) -> None:
    """Print headings and lines. If rich is installed, headings are bold and addresses are links."""
    if in_terminal():
        try:
            from friendcities.cli.rich_lines import print_rich_lines  # noqa: PLC0415 - rich is an extra
        except ImportError:
            pass
        else:
            print_rich_lines(headings, lines)
            return
    print_lines([*map(text_of, headings), *map(text_of, lines)])


def print_answer(
    data: Dataset | None,
    options: argparse.Namespace,
    results: Iterable[Any],
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
) -> None:
    """Print results as JSON if ``--json`` is set; otherwise as rows."""
    if options.json:
        print_results(data, options, results)
    else:
        print_table(columns, list(rows))


def in_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout.isatty()


def print_lines(lines: Sequence[str]) -> None:
    """Print lines unchanged."""
    for line in lines:
        print(line)


def make_patch(path: Path, before: bytes, after: bytes) -> list[str]:
    """Return the lines of a patch that changes a file."""
    old, new = (data.decode("utf-8-sig").splitlines() for data in (before, after))
    name = on_one_line(path.as_posix())
    return list(difflib.unified_diff(old, new, f"a/{name}", f"b/{name}", lineterm=""))


def print_bytes(data: bytes) -> None:
    """Print the content of a file, byte for byte."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def print_results(data: Dataset | None, options: argparse.Namespace, results: Iterable[Any], **more: Any) -> None:
    """Print the results of a command as JSON, with the name and version of the dataset. ``more`` adds keys."""
    described = None
    if data is not None:
        date = data.data_version or None
        described = {
            "name": options.dataset or "friendcities",
            "version": __version__,
            "date": date,
            "overlay": options.overlay,
        }
    print_json({"dataset": described, "results": list(results), **more})


def print_json(value: Any) -> None:
    """Print one JSON value. Non-ASCII characters are escaped unless standard output is UTF-8."""
    has_all_letters = (getattr(sys.stdout, "encoding", None) or "").lower() in {"utf-8", "utf8"}
    print(json.dumps(value, ensure_ascii=not has_all_letters, indent=2))


def print_note(text: str, path: object = None) -> None:
    """Print a note on standard error. Control characters in the path are escaped."""
    text += "" if path is None else on_one_line(str(path))
    with suppress(OSError):  # for example, the disk is full
        print(text, file=sys.stderr)


def print_wrapped_note(text: str) -> None:
    """Print a note on standard error, wrapped to the width of a terminal."""
    lines = fold_text(text, shutil.get_terminal_size().columns) if sys.stderr.isatty() else [text]
    print_note("\n".join(lines))


def print_number_left_out(every: Sequence[Any], shown: Sequence[Any], noun: str) -> None:
    """Print how many rows are not shown because of ``--limit``."""
    more = len(every) - len(shown)
    if more:
        print_note(f"{count_of(more, f'more {noun}')} not shown; add --limit {len(every)}")


def count_of(number: int, noun: str) -> str:
    """Return a number with its noun in the singular or plural.

    Example:
        >>> count_of(1, "file"), count_of(2, "file")
        ('1 file', '2 files')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


@contextmanager
def progress_of(activity: str) -> Iterator[Callable[[Iterable[T]], Iterable[T]]]:
    """Make a wrapper that shows the progress of a loop in a terminal."""
    progress = _rich_progress(counting=False)
    if progress is None:
        yield iter
        return
    with progress:
        yield lambda items: progress.track(list(items), description=activity)


@contextmanager
def show_count(activity: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Make a function that shows a growing number in a terminal."""
    progress = _rich_progress(counting=True)
    if progress is not None:
        with progress:
            task = progress.add_task(activity, total=total)
            yield lambda number: progress.update(task, completed=number)
        return
    out_of = "" if total is None else f" of {total:,}"
    is_terminal = sys.stderr.isatty()

    def show(number: int) -> None:
        if is_terminal:
            print(f"\r{activity}: {number:,}{out_of}", end="", file=sys.stderr, flush=True)

    yield show
    if is_terminal:
        print_note("")


def _rich_progress(*, counting: bool) -> "Progress | None":
    """Return a progress display. Return ``None`` without rich or without a terminal."""
    if not sys.stderr.isatty():
        return None
    try:
        from rich.console import Console  # noqa: PLC0415 - an extra, and only a terminal needs it
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415
    except ImportError:
        return None
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()) if counting else ()
    return Progress(*columns, console=Console(stderr=True), transient=True)


def check_output_paths(reads: Iterable[str | Path | None], writes: Mapping[str, Path | None], *, force: bool) -> None:
    """Reject an output file that exists, is an input file, or is named twice.

    ``writes`` maps options to output files. With ``force``, existing files are allowed, but not input files.
    """
    read = {Path(path).resolve() for path in reads if path is not None}
    options: dict[Path, str] = {}
    for option, path in writes.items():
        if path is None:
            continue
        resolved = path.resolve()
        other = next((options[each] for each in (resolved, *resolved.parents) if each in options), None)
        if resolved in read:
            message = f"{option} cannot replace the input file {path}; name another file"
        elif other is not None:
            message = f"{option} and {other} both write to {path}; name another file"
        elif path.is_dir():
            message = f"{option} cannot write to the folder {path}; name a file"
        elif path.is_file() and not force:
            message = f"{path} already exists; name another file, or replace it with --force"
        else:
            options[resolved] = option
            continue
        raise InvalidQueryError(message, str(path))


@contextmanager
def written_first(path: Path, data: bytes) -> Iterator[None]:
    """Write a file, then run the body of the context. If the body fails, restore the previous file.

    What was written to a device or a pipe stays written.
    """
    before = path.read_bytes() if path.is_file() else None
    replace_file(path, data)
    try:
        yield
    except BaseException:
        if before is not None:
            replace_file(path, before)
        elif path.is_file():
            path.unlink()
        raise
