"""An argument parser with examples in the help and suggestions in errors."""

import argparse
import re
import shutil
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from typing import Any, Final, NoReturn

from friendcities.errors import on_one_line, short

_WIDTH: Final = 80
_MIN_SIMILARITY: Final = 0.6
"""The minimum similarity (difflib's ratio) of a misspelt word and the suggested word."""
_EXPORT_OPTIONS: Final = {"-o", "--output", "--format", "--csv", "--excel", "--xlsx", "--force", "--table"}
"""Options of ``friendcities export`` that other commands do not have."""


class CommandParser(argparse.ArgumentParser):
    """A parser with examples, named groups of options, and suggestions for misspelt options.

    Args:
        examples: The example commands for the help.
        **more: Other arguments of :class:`argparse.ArgumentParser`.
    """

    def __init__(self, *, examples: Sequence[str] = (), **more: Any) -> None:
        width = min(_WIDTH, shutil.get_terminal_size().columns)
        make_formatter: Any = partial(argparse.RawDescriptionHelpFormatter, max_help_position=26, width=width)
        for name in ("description", "epilog"):
            more[name] = textwrap.fill(more.get(name) or "", width)
        super().__init__(formatter_class=make_formatter, **more)
        self._positionals.title = "arguments"
        self.examples = tuple(examples)
        self._named_groups: dict[str, Any] = {}

    def group(self, title: str) -> Any:
        """Return the group of options with this title."""
        if title not in self._named_groups:
            self._named_groups[title] = self.add_argument_group(title)
        return self._named_groups[title]

    def format_help(self) -> str:
        """Return the help with a short usage, and with the examples at the end."""
        if self.usage is None:
            shown = [action for action in self._actions if action.required or not action.option_strings]
            forms = {"?": "[{}]", "*": "[{} ...]"}
            values = (forms.get(str(action.nargs), "{}").format(action.metavar) for action in shown)
            names = (
                " ".join([*action.option_strings[-1:], value]) for action, value in zip(shown, values, strict=True)
            )
            self.usage = " ".join([self.prog, *names, "[OPTIONS]"])
        examples = [f"  {_wrap_command(example)}" for example in self.examples]
        return super().format_help() + "\n".join(["\nexamples:", *examples, ""] if examples else [])

    def error(self, message: str) -> NoReturn:
        """Print the error and the command for help, and exit with code 2."""
        program, *command = self.prog.split()
        found = re.fullmatch(r"argument (\w+): invalid choice: '(.*)' \(choose from (.*)\)", message)
        if found:  # the invalid choice is a command inside another command
            values = [value.strip("'") for value in found[3].split(", ")]
            expected = f"; expected one of {', '.join(values)}"
            message = f"invalid {found[1]} {found[2]!r}{did_you_mean(found[2], values) or expected}"
        hint = "" if message.endswith("?") else f"; see: {' '.join([program, 'help', *command])}"
        self.exit(2, on_one_line(f"{self.prog}: {message}{hint}") + "\n")

    def reject_rest(self, rest: Sequence[str]) -> NoReturn:
        """Report unknown arguments, with a suggestion for the first one."""
        name = rest[0].partition("=")[0]
        if not name.startswith("-"):
            self.error(f"unexpected argument {short(rest[0])}")
        options = [option for action in self._actions for option in action.option_strings]
        if "--overlay" in options and name in _EXPORT_OPTIONS:
            self.exit(2, f"{self.prog}: unknown option {name}; write a file with: friendcities export CITY -o FILE\n")
        self.error(f"unknown option {name}{did_you_mean(name, options)}")


def _wrap_command(command: str) -> str:
    words = re.findall(r"(?:'[^']*'|\S)+", command)
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + len(word) + len("   \\") < _WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(f"    {word}")
    return " \\\n  ".join(lines)


def as_list(texts: Mapping[str, str]) -> str:
    """Return names and their texts as a list in two columns."""
    indent = max(map(len, texts)) + 2
    fill = partial(textwrap.fill, width=_WIDTH - 2, subsequent_indent=" " * indent)
    return "\n".join(fill(f"{name:<{indent}}{text}") for name, text in texts.items())


def did_you_mean(text: str, values: Iterable[str], others: Iterable[str] = ()) -> str:
    """Return a question that suggests the most similar value. If no value is similar, return an empty text.

    Example:
        >>> did_you_mean("partner", ["partners", "path"]), did_you_mean("x", ["partners", "path"])
        ("; did you mean 'partners'?", '')
    """
    near = dict.fromkeys([*get_close_matches(text, list(values), 1, _MIN_SIMILARITY), *others])
    return f"; did you mean {' or '.join(map(repr, near))}?" if near else ""


def choice(noun: str, values: Iterable[str], **more: Any) -> dict[str, Any]:
    """Return keyword arguments of ``add_argument`` for fixed values. Case, spaces and hyphens do not matter."""
    values = tuple(values)
    return {"choices": values, "type": partial(_parse_choice, noun=noun, values=values), **more}


def _parse_choice(text: str, noun: str, values: Sequence[str]) -> str:
    by_words = {_as_words(value): value for value in values}
    words = _as_words(text)
    if words in by_words:
        return by_words[words]
    suggestion = did_you_mean(text, values, _values_that_mean(words, values))
    message = f"invalid {noun} {short(text)}" + (suggestion or f"; expected one of {', '.join(values)}")
    raise argparse.ArgumentTypeError(message)


def _as_words(text: str) -> str:
    return " ".join(text.lower().replace("_", " ").replace("-", " ").split())


def _values_that_mean(words: str, values: Iterable[str]) -> list[str]:
    """Return the values whose explanations contain the words. For example, ``sister_city`` is explained with "twin"."""
    from friendcities.authoring.form_declarations import DECLARED  # noqa: PLC0415 - only an error needs it

    meanings = {value: _as_words(DECLARED["meanings"].get(value, "")).replace(",", " ").split() for value in values}
    return [value for value, meaning in meanings.items() if words and set(words.split()) <= set(meaning)][:2]


def complete_with(action: Any, complete: Callable[[], Iterable[str]]) -> None:
    """Set the function that returns the values that a shell proposes for an argument."""
    action.completer = lambda prefix, **_: [text for text in complete() if text.startswith(prefix)]
