"""The rules of ``friendcities check``, by subject; ``friendcities rules`` lists them.

A new rule is a function and a :class:`~friendcities.checks.Rule` in the module of its subject, and a folder in
``tests/checks/golden``.
"""

from typing import Final

from friendcities.checks.rule import Rule
from friendcities.checks.rules import (
    addresses,
    cities,
    codes,
    dates,
    evidence,
    files,
    near_duplicates,
    reader_rules,
    references,
    text,
)

__all__ = ["RULES"]

RULES: Final[tuple[Rule, ...]] = (
    *reader_rules.RULES,
    *files.RULES,
    *references.RULES,
    *cities.RULES,
    *near_duplicates.RULES,
    *codes.RULES,
    *dates.RULES,
    *evidence.RULES,
    *addresses.RULES,
    *text.RULES,
)
