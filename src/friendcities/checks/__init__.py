"""Checks a folder of records: every problem at once, each with its line, its column and a hint.

* :mod:`~friendcities.checks.record_tree` reads a folder of records as it is, broken files included.
* :mod:`~friendcities.checks.rule` defines what a rule is; ``friendcities.checks.rules`` holds them, by subject.
* :mod:`~friendcities.checks.runner` applies the rules; :mod:`~friendcities.checks.fixes` fixes what needs no person.
"""

from friendcities.checks.fixes import FixedFile, fix_files
from friendcities.checks.record_tree import RecordTree
from friendcities.checks.rule import Rule, Scope
from friendcities.checks.runner import Report, all_rules, check

__all__ = ["FixedFile", "RecordTree", "Report", "Rule", "Scope", "all_rules", "check", "fix_files"]
