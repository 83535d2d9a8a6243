"""The rule ``schema``."""

from friendcities.checks.rule import Rule, Scope, when_read

__all__ = ["RULE"]

RULE = Rule(
    name="schema",
    scope=Scope.FILE,
    summary="values have the types and the form of their record",
    description=(
        "Fields that are missing or unknown, values of a wrong type, words outside the vocabularies, and "
        "values that no record can have (a latitude of 123, a partnership without a step). Nothing is "
        "converted on the quiet: write numbers without quotation marks and decimal amounts in them."
    ),
    find=when_read("schema"),
)
