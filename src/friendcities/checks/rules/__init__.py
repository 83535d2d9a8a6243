"""The rules of ``friendcities check``, by subject; ``friendcities rules`` lists them.

A new rule is a function with the decorator :func:`~friendcities.checks.rule.rule` in the module of its subject, and a
folder in ``tests/checks/golden``.
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

_MODULES: Final = (addresses, cities, codes, dates, evidence, files, near_duplicates, references, text)
RULES: Final[tuple[Rule, ...]] = (
    *reader_rules.RULES,
    *(value for module in _MODULES for value in vars(module).values() if isinstance(value, Rule)),
)
