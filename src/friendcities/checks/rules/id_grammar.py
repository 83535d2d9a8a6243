"""The rule ``id-grammar``."""

from friendcities.checks.rule import Rule, Scope, when_read

__all__ = ["RULE"]

RULE = Rule(
    name="id-grammar",
    scope=Scope.FILE,
    summary="ids are well formed",
    description=(
        "An id is lower-case letters and digits in groups joined by single hyphens, at most 100 characters. A "
        "city's begins with its country's two letters ('nz-dunedin'); a partnership's is its two cities' in "
        "alphabetical order ('cn-shanghai--nz-dunedin')."
    ),
    find=when_read("id-grammar"),
)
