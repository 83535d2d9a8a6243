"""The rule ``readable``."""

from friendcities.checks.rule import Rule, Scope, when_read

__all__ = ["RULE"]

RULE = Rule(
    name="readable",
    scope=Scope.FILE,
    summary="files can be read",
    description=(
        "A file that the system does not hand out (no permission, a link that leads nowhere or in a circle) "
        "cannot be checked. Give yourself the right to read it, or remove it."
    ),
    find=when_read("readable"),
)
