"""How answers reach the reader: tables in a terminal, plain lines in a pipe, JSON for programs."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from friendcities.codec.canonical import to_plain
from friendcities.model import AnyRecord

__all__ = ["print_heading", "print_json", "print_lines", "print_table", "progress_of", "remark", "with_id"]

_NO_RICH = "for tables with borders: pip install 'friendcities[cli]'"


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows: as a table in a terminal, as lines of tab-separated fields without a heading in a pipe."""
    if rows and sys.stdout.isatty():
        try:
            _print_rich(columns, rows)
        except ImportError:
            remark(_NO_RICH)
        else:
            return
    print_lines(["\t".join(row) for row in rows])


def print_lines(lines: Sequence[str]) -> None:
    """Print lines as they are."""
    for line in lines:
        print(line)


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


def with_id(record: AnyRecord) -> dict[str, Any]:
    """A record as it stands in its file, its id in front."""
    return {"id": record.id, **to_plain(record)}


def _print_rich(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich import box  # noqa: PLC0415 - an extra, and only a terminal needs it
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    Console().print(table)
