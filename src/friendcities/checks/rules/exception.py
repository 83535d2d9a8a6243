"""The rule ``exception``."""

from friendcities.checks.rule import Rule, Scope, when_read
from friendcities.checks.suppressions import RULE as NAME

__all__ = ["RULE"]

RULE = Rule(
    name=NAME,
    scope=Scope.DATASET,
    summary="an exception to a rule has a reason and is needed",
    description=(
        "Some rules only suspect. Where one is wrong about a record, 'exceptions.json' names the rule, the record "
        "('cities/nz-dunedin') and the reason. Once the record no longer breaks the rule, the exception must go."
    ),
    find=when_read(NAME),
)
