"""How answers reach the reader: tables in a terminal, plain lines in a pipe, JSON for programs."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any, TypeVar

from friendcities.codec.writer import to_plain
from friendcities.model import AnyRecord

__all__ = [
    "counter_of",
    "in_terminal",
    "print_bytes",
    "print_heading",
    "print_json",
    "print_lines",
    "print_table",
    "progress_of",
    "remark",
    "say_how_many_more",
    "with_id",
]

_NO_RICH = "for tables with borders: pip install 'friendcities[cli]'"


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, cut: Sequence[str] = ()) -> None:
    """Print rows: as a table in a terminal, as lines of tab-separated fields without a heading in a pipe.

    Args:
        columns: The headings.
        rows: The cells.
        cut: The columns whose cells are cut where the terminal has no room; those of others are folded.
    """
    if rows and in_terminal():
        try:
            from friendcities.cli.tables import print_rich  # noqa: PLC0415 - rich is an extra, and for a terminal only
        except ImportError:
            _say_what_rich_is_for()
        else:
            print_rich(columns, rows, cut)
            return
    print_lines(["\t".join(row) for row in rows])


@cache
def _say_what_rich_is_for() -> None:
    """Say it once, however many tables there are."""
    remark(_NO_RICH)


def in_terminal() -> bool:
    """Whether the answer is shown in a terminal, and not read by a program."""
    return sys.stdout.isatty()


def print_lines(lines: Sequence[str]) -> None:
    """Print lines as they are."""
    for line in lines:
        print(line)


def print_bytes(data: bytes) -> None:
    """Print a file as it is, byte for byte."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def print_heading(text: str) -> None:
    """Print what the rows below are."""
    print(f"\n{text}")


def print_json(value: Any) -> None:
    """Print one JSON value."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def remark(text: str) -> None:
    """Say something beside the answer, on standard error."""
    with suppress(OSError):  # a full disk takes no remark about a full disk
        print(text, file=sys.stderr)


def say_how_many_more(every: Sequence[Any], shown: Sequence[Any], noun: str) -> None:
    """Say how many a limit left out."""
    more = len(every) - len(shown)
    if more:
        remark(f"{more} more {noun if more == 1 else f'{noun}s'} not shown: --limit {len(every)}")


T = TypeVar("T")


@contextmanager
def progress_of(doing: str) -> Iterator[Callable[[Iterable[T]], Iterable[T]]]:
    """A wrapper that shows on standard error, if that is a terminal, how far a loop is; elsewhere it shows nothing."""
    if not sys.stderr.isatty():
        yield iter
        return
    try:
        from rich.console import Console  # noqa: PLC0415 - an extra, and only a terminal needs it
        from rich.progress import Progress  # noqa: PLC0415
    except ImportError:
        yield iter
        return
    with Progress(console=Console(stderr=True), transient=True) as progress:
        yield lambda items: progress.track(list(items), description=doing)


@contextmanager
def counter_of(doing: str) -> Iterator[Callable[[int], None]]:
    """Shows on standard error, if that is a terminal, how many there are by now; elsewhere it shows nothing."""
    shown = None
    if sys.stderr.isatty():
        with suppress(ImportError):
            from rich.console import Console  # noqa: PLC0415 - an extra, and only a terminal needs it
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            shown = Progress(*columns, console=Console(stderr=True), transient=True)
    if shown is None:
        yield lambda _: None
        return
    with shown:
        task = shown.add_task(doing, total=None)
        yield lambda number: shown.update(task, completed=number)


def with_id(record: AnyRecord) -> dict[str, Any]:
    """A record as it stands in its file, its id in front."""
    return {"id": record.id, **to_plain(record)}
