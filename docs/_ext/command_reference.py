"""The directive ``command-line``: every command with its arguments, from the parsers."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from friendcities.cli.commands import COMMANDS, parser_for

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


class CommandLine(SphinxDirective):
    """A section for each command: its description and its arguments."""

    def run(self) -> list[nodes.Node]:
        """Make the sections."""
        # `parser_for` builds the parser of one command only.
        return [section_of(subcommands(parser_for(name))[name]) for name in COMMANDS]


def subcommands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The parsers of the commands within a command, by name."""
    found: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:  # noqa: SLF001 - argparse has no public way
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            found |= action.choices
    return found


def section_of(parser: argparse.ArgumentParser) -> nodes.section:
    """The section of a command, with a subsection for each of its commands."""
    section = nodes.section(ids=[parser.prog.replace(" ", "-")], names=[parser.prog], support_smartquotes=False)
    section += nodes.title("", "", nodes.literal(text=parser.prog))
    section += [nodes.paragraph(text=each) for each in (parser.description or "").split("\n\n") if each]
    within = subcommands(parser)
    arguments = nodes.definition_list()
    in_order = sorted(parser._actions, key=lambda action: bool(action.option_strings))  # noqa: SLF001
    arguments += [item for action in in_order for item in entry(action)]
    if len(arguments):
        section += arguments
    for group in parser._action_groups:  # noqa: SLF001
        if group.description and group.title != "types of records":
            section += [nodes.paragraph(text=f"{group.title}:".capitalize()), literal(group.description)]
    section += [nodes.paragraph(text=each) for each in (parser.epilog or "").split("\n\n") if each]
    if examples := getattr(parser, "examples", ()):
        section += [nodes.paragraph(text="Examples:"), literal("\n".join(examples))]
    section += [section_of(each) for each in within.values()]
    return section


def literal(text: str) -> nodes.literal_block:
    """A block of text as it is."""
    return nodes.literal_block(text, text, language="text")


def entry(action: "argparse.Action") -> Iterator[nodes.definition_list_item]:
    """The names and the meaning of an argument; nothing for the help option and for subcommands."""
    if isinstance(action, (argparse._HelpAction, argparse._SubParsersAction)):  # noqa: SLF001
        return
    names: list[Any] = [nodes.literal(text=name) for name in action.option_strings]
    value = action.metavar or (action.dest.upper() if names else action.dest)
    shown = [part for name in names for part in (nodes.Text(", "), name)][1:]
    if action.nargs != 0:
        shown += [nodes.Text(" ")] if shown else []
        shown.append(nodes.literal(text=str(value)))
    meant = (action.help or "").replace("%(default)s", str(action.default)).replace("%%", "%")
    choices = ", ".join(map(str, action.choices or ()))
    meant += f": {choices}" if choices and choices not in meant else ""
    yield nodes.definition_list_item(
        "", nodes.term("", "", *shown), nodes.definition("", nodes.paragraph(text=meant or "see above"))
    )


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Register the extension with Sphinx."""
    app.add_directive("command-line", CommandLine)
    return {"parallel_read_safe": True}
