"""What makes data right: one rule a module, and every problem at once, each with its line, its column and its mend.

* :mod:`~friendcities.checks.register` is what is looked at: a folder of records as it stands, broken files and all.
* :mod:`~friendcities.checks.rule` says what a rule is; each module of ``friendcities.checks.rules`` is one.
* :mod:`~friendcities.checks.run` applies the rules; :mod:`~friendcities.checks.mending` mends what can be mended.
"""

from friendcities.checks.mending import Mended, mend
from friendcities.checks.register import Register
from friendcities.checks.rule import Rule, Scope
from friendcities.checks.run import Report, all_rules, check

__all__ = ["Mended", "Register", "Report", "Rule", "Scope", "all_rules", "check", "mend"]
