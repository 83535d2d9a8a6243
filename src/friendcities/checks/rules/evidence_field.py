"""The rule ``evidence-field``."""

from friendcities.checks.rule import Rule, Scope, when_read

__all__ = ["RULE"]

RULE = Rule(
    name="evidence-field",
    scope=Scope.RECORD,
    summary="evidence fits its record",
    description=(
        "Evidence names fields that its record has and fills in; what it says instead differs from what the "
        "record says, and has the field's type. Evidence about a step stands in the step."
    ),
    find=when_read("evidence-field"),
)
