"""The rules of ``friendcities check``, by subject. The command ``friendcities rules`` lists all rules.

To add a rule, write a function with the decorator :func:`~friendcities.checks.rule.rule`. Then add a folder to
``tests/checks/golden``.
"""

from typing import Final

from friendcities.checks.rule import Rule
from friendcities.checks.rules import cities, codes, dates, files, references, sources, text

_MODULES: Final = (cities, codes, dates, references, sources, text)
RULES: Final[tuple[Rule, ...]] = (
    *files.RULES,
    *(value for module in _MODULES for value in vars(module).values() if isinstance(value, Rule)),
)
