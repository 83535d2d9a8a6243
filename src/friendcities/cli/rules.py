"""``friendcities rules``: the rules of ``friendcities check``, listed or explained."""

import argparse
import textwrap
from typing import Any

from friendcities.checks import Rule, all_rules
from friendcities.checks.runner import find_rule
from friendcities.cli.output import ExitCode, print_answer, print_lines

DESCRIPTION = "The rules of 'friendcities check': all listed, or some explained."


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    command.add_argument("names", nargs="*", metavar="RULE", help="a rule to explain (default: list all)")
    command.add_argument("--json", action="store_true", help="print JSON")


def run(options: argparse.Namespace) -> int:
    """List or explain rules."""
    chosen = [find_rule(name) for name in options.names] or list(all_rules().values())
    if options.names and not options.json:
        print_lines([line for rule in chosen for line in _explain_rule(rule)][:-1])
    else:
        rows = ((rule.name, rule.scope.value, "yes" if rule.fix else "", rule.summary) for rule in chosen)
        print_answer(options, map(_rule_to_json, chosen), ("Rule", "Looks at", "Fixed by --fix", "Asks that"), rows)
    return ExitCode.ANSWERED


def _explain_rule(rule: Rule) -> list[str]:
    fix = " 'friendcities check --fix' fixes it where it can." if rule.fix else ""
    exception = " An exception can be written down in 'exceptions.json'." if rule.excusable else ""
    body = textwrap.wrap(f"{rule.description}{fix}{exception}", 88)
    return [f"{rule.name} ({rule.scope}): {rule.summary}", *(f"  {line}" for line in body), ""]


def _rule_to_json(rule: Rule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "scope": rule.scope.value,
        "summary": rule.summary,
        "description": rule.description,
        "fix": rule.fix is not None,
        "excusable": rule.excusable,
    }
