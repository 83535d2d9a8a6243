"""``friendcities correct``: correct a field of a record according to a source."""

from typing import Final

from friendcities.authoring.corrections import CORRECTION
from friendcities.cli.add import EPILOG, add_form_arguments, run
from friendcities.cli.parser import CommandParser

__all__ = ["DESCRIPTION", "EPILOG", "EXAMPLES", "add_arguments", "run"]

DESCRIPTION: Final = (
    "Correct a field of a record, or add a source for the value of the field. The evidence keeps the old value as a "
    "claim of the old sources. With --only-claim, the record keeps the old value, and the evidence records the new "
    "value as a claim of the new source. If the source already has a statement about the field, the command replaces "
    "the statement, and prints a warning. In a terminal, the command asks for each missing argument. The command shows "
    "and checks the change before writing the file."
)
EXAMPLES: Final = (
    "friendcities correct",
    "friendcities correct nz-dunedin level town --source shine-2023-12-02 --locator 'line 4' --only-claim --dry-run",
)


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    add_form_arguments(command, CORRECTION)
