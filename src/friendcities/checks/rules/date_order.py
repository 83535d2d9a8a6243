"""The rule ``date-order``."""

from friendcities.checks.rule import Rule, Scope, when_read

__all__ = ["RULE"]

RULE = Rule(
    name="date-order",
    scope=Scope.RECORD,
    summary="dates run forwards",
    description=(
        "The known dates of steps never decrease, and nothing ends before it begins. Steps count in the order "
        "of the file."
    ),
    find=when_read("date-order"),
)
