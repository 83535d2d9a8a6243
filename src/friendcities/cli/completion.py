"""``friendcities completion``: print the completion script for a shell."""

import argparse
from typing import Final

from friendcities.cli.output import ExitCode, print_lines
from friendcities.cli.parser import CommandParser, choice
from friendcities.extras import extra

DESCRIPTION = (
    "Print a script for a shell. With this script, the shell completes the commands and options of friendcities. The "
    "extra 'cli' is required."
)
EXAMPLES = (
    "friendcities completion bash",
    "friendcities completion zsh",
    "friendcities completion fish > friendcities.fish",
)
_SETUP: Final = """\
bash  add this line to ~/.bashrc: eval "$(friendcities completion bash)"
zsh   add this line to ~/.zshrc: eval "$(friendcities completion zsh)"
fish  write the script to ~/.config/fish/completions/friendcities.fish"""


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    shells = ("bash", "zsh", "fish")
    command.add_argument("shell", **choice("shell", shells, metavar="SHELL", help=", ".join(shells)))
    command.add_argument_group("setup", _SETUP)


def run(options: argparse.Namespace) -> int:
    """Print the script."""
    with extra("cli", "completion"):
        from argcomplete.shell_integration import shellcode  # noqa: PLC0415 - an extra
    print_lines([shellcode(["friendcities"], shell=options.shell)])
    return ExitCode.ANSWERED
