"""The command line: ``friendcities`` or ``python -m friendcities``. Internal."""

TYPE_CHECKING = False  # nothing is imported before `main` handles Ctrl-C; type checkers know the name

if TYPE_CHECKING:
    from collections.abc import Sequence

_INTERRUPTED = 130


def main(arguments: "Sequence[str] | None" = None) -> int:
    """Run the command line and return its exit code."""
    try:
        from friendcities.cli.commands import run  # noqa: PLC0415 - see above

        return run(arguments)
    except KeyboardInterrupt:
        return _INTERRUPTED
