"""The rule ``json-syntax``."""

from friendcities.checks.rule import Rule, Scope, when_read

__all__ = ["RULE"]

RULE = Rule(
    name="json-syntax",
    scope=Scope.FILE,
    summary="files are JSON",
    description=(
        "The line and column are those at which reading stopped; what is missing often lies just before it: a "
        "comma, a quotation mark, a bracket. JSON knows no comments and no comma after the last item."
    ),
    find=when_read("json-syntax"),
)
