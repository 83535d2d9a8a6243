"""The rule ``repeated-key``."""

from friendcities.checks.rule import Rule, Scope, when_read

__all__ = ["RULE"]

RULE = Rule(
    name="repeated-key",
    scope=Scope.FILE,
    summary="a key stands once in an object",
    description=(
        "Readers of JSON keep the last of two values in silence, so one of the two facts would be lost. "
        "Delete all but one; where both are claimed, the other belongs into the evidence of its source."
    ),
    find=when_read("repeated-key"),
)
