"""``friendcities rules``: list or explain the rules of ``friendcities check``."""

import argparse
from typing import Any

from friendcities.checks import Rule, all_rules
from friendcities.checks.runner import find_rule
from friendcities.cli.options import add_json
from friendcities.cli.output import ExitCode, Paragraph, print_answer, print_paragraphs
from friendcities.cli.parser import CommandParser, complete_with

DESCRIPTION = "List the rules of 'friendcities check', or explain the given rules."
EXAMPLES = ("friendcities rules", "friendcities rules unused-source")


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    help_ = "a rule to explain (default: list all rules)"
    complete_with(command.add_argument("names", nargs="*", metavar="RULE", help=help_), all_rules)
    add_json(command)


def run(options: argparse.Namespace) -> int:
    """List or explain rules."""
    chosen = [find_rule(name) for name in options.names] or list(all_rules().values())
    if options.names and not options.json:
        print_paragraphs([paragraph for rule in chosen for paragraph in _explain_rule(rule)][:-1])
    else:
        rows = ((rule.name, rule.scope.value, "yes" if rule.fix else "", rule.summary) for rule in chosen)
        print_answer(None, options, map(_rule_to_json, chosen), ("Rule", "Scope", "Fixable", "Requires that"), rows)
    return ExitCode.ANSWERED


def _explain_rule(rule: Rule) -> list[Paragraph]:
    fix = " 'friendcities check --fix' fixes some or all of these problems." if rule.fix else ""
    exception = " 'exceptions.json' may list exceptions." if rule.excusable else ""
    heading = Paragraph(f"{rule.name} ({rule.scope}): {rule.summary}", is_strong=True)
    return [heading, Paragraph(f"{rule.description}{fix}{exception}", indent=2), Paragraph("")]


def _rule_to_json(rule: Rule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "scope": rule.scope.value,
        "summary": rule.summary,
        "description": rule.description,
        "fix": rule.fix is not None,
        "excusable": rule.excusable,
    }
