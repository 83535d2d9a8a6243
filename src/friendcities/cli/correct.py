"""``friendcities correct``: correct a field of a record according to a source."""

from typing import Final

from friendcities.authoring.corrections import CORRECTION
from friendcities.cli.add import EPILOG, add_form_arguments, run
from friendcities.cli.parser import CommandParser

__all__ = ["DESCRIPTION", "EPILOG", "EXAMPLES", "add_arguments", "run"]

DESCRIPTION: Final = (
    "Correct a value in a record, or add a source for the value. The old value stays in the record as a "
    "claim. With --only-claim, only the claims change. In a "
    "terminal, the command asks for missing arguments. The command checks and shows the change before writing."
)
EXAMPLES: Final = (
    "friendcities correct",
    "friendcities correct nz-dunedin level town --source shine-2023-12-02 --locator 'line 4' --only-claim --dry-run",
)


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    add_form_arguments(command, CORRECTION)
