"""The rule ``country-agreement``."""

from friendcities.checks.rule import Rule, Scope, when_read

__all__ = ["RULE"]

RULE = Rule(
    name="country-agreement",
    scope=Scope.RECORD,
    summary="id, country and subdivision agree",
    description=(
        "A city's id begins with its country's code in small letters, its subdivision lies in its country, "
        "and so does the city that it is a part of."
    ),
    find=when_read("country-agreement"),
)
