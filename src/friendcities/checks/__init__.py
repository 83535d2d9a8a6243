"""Checks a folder of records and reports all problems, each with line, column and hint.

* :mod:`~friendcities.checks.record_tree` reads a folder of valid and invalid record files.
* :mod:`~friendcities.checks.rule` defines the class of rules.
* ``friendcities.checks.rules`` contains the rules, by subject.
* :mod:`~friendcities.checks.runner` applies the rules.
* :mod:`~friendcities.checks.fixes` fixes files.
"""

from friendcities.checks.fixes import FixedFile, fix_files
from friendcities.checks.record_tree import RecordTree
from friendcities.checks.rule import Rule, Scope
from friendcities.checks.runner import Report, all_rules, check

__all__ = ["FixedFile", "RecordTree", "Report", "Rule", "Scope", "all_rules", "check", "fix_files"]
