"""The command line as a whole: its options, its exit codes, and how it says that something went wrong."""

import argparse
import os
import sys
from collections.abc import Sequence
from enum import IntEnum
from io import TextIOWrapper

from friendcities import __version__, data_version
from friendcities.bundled import dataset
from friendcities.cli import cite, find, partners, show, sources
from friendcities.cli.output import remark
from friendcities.collection import Dataset
from friendcities.errors import FriendcitiesError, InvalidQueryError

__all__ = ["Exit", "main"]


class Exit(IntEnum):
    """What the exit code says."""

    ANSWERED = 0
    NOT_FOUND = 1
    """What was asked for is not there or ambiguous, the data cannot be read, or the answer cannot be written."""
    USAGE = 2
    INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # it was closed
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - as long as we run
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        code = options.run(options) if "data" not in options else _answer(options)
        sys.stdout.flush()
    except InvalidQueryError as error:
        remark(f"friendcities: {error}")
        return Exit.USAGE
    except FriendcitiesError as error:
        remark(f"friendcities: {error}")
        return Exit.NOT_FOUND
    except BrokenPipeError:  # the reader, such as head, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.ANSWERED
    except OSError as error:
        remark(f"friendcities: the answer could not be written: {error.strerror}")
        return Exit.NOT_FOUND
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    return int(code)


def _answer(options: argparse.Namespace) -> int:
    data = dataset() if options.data is None else Dataset.load(options.data, base=dataset())
    options.run(data, options)
    return Exit.ANSWERED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="friendcities",
        description="Sister cities, friendship cities and what ties them: typed, sourced, offline.",
        epilog="Exit codes: 0 answered, 1 not found or ambiguous, 2 wrong usage.",
    )
    parser.add_argument("--version", action="version", version=f"friendcities {__version__}, data of {data_version}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="print JSON")
    common.add_argument("--data", metavar="PATH", help="a register of your own, laid over the bundled data")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for question in (partners, show, find, sources, cite):
        question.add_to(commands, common)
    return parser
