"""The command line ``friendcities``, also ``python -m friendcities``. Internal."""

from collections.abc import Sequence

_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    try:
        from friendcities.cli.commands import run  # noqa: PLC0415 - Ctrl-C may come while modules are imported

        return run(arguments)
    except KeyboardInterrupt:
        return _INTERRUPTED
