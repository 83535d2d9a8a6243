"""``friendcities correct``: correct a field of a record according to a source."""

from typing import Final

from friendcities.authoring.corrections import CORRECTION
from friendcities.cli.add import EPILOG, add_form_arguments, run
from friendcities.cli.parser import CommandParser

__all__ = ["DESCRIPTION", "EPILOG", "EXAMPLES", "add_arguments", "run"]

DESCRIPTION: Final = (
    "Correct a field of a record, or add a source for its value. The old value becomes a claim of its "
    "sources. With --only-claim, the recorded value stays, and the new value becomes a claim of the new source. An "
    "earlier statement of the same source about the field is replaced, with a warning. In a terminal, the command asks "
    "for each missing argument. The command shows and checks the change before writing the file."
)
EXAMPLES: Final = (
    "friendcities correct",
    "friendcities correct nz-dunedin level town --source shine-2023-12-02 --locator 'line 4' --only-claim --dry-run",
)


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    add_form_arguments(command, CORRECTION)
