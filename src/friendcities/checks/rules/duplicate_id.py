"""The rule ``duplicate-id``."""

from friendcities.checks.rule import Rule, Scope, when_read

__all__ = ["RULE"]

RULE = Rule(
    name="duplicate-id",
    scope=Scope.DATASET,
    summary="an id is that of one record",
    description=(
        "Two files of one name in two folders are two records with one id, of which a reader would get one. "
        "Join the two, or give one an id of its own."
    ),
    find=when_read("duplicate-id"),
)
