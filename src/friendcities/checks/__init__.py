"""What makes data right: one rule a module, and every problem at once, each with its line, its column and its mend.

* :mod:`~friendcities.checks.record_tree` is what is looked at: a folder of records as it stands, broken files and all.
* :mod:`~friendcities.checks.rule` says what a rule is; each module of ``friendcities.checks.rules`` is one.
* :mod:`~friendcities.checks.runner` applies the rules; :mod:`~friendcities.checks.fixes` mends what can be mended.
"""

from friendcities.checks.fixes import Mended, mend
from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope
from friendcities.checks.runner import Report, all_rules, check

__all__ = ["Mended", "Register", "Report", "Rule", "Scope", "all_rules", "check", "mend"]
