"""Checks a folder of records, and reports all problems with positions and hints."""

from friendcities.checks.fixes import FixedFile, fix_files
from friendcities.checks.record_tree import RecordTree
from friendcities.checks.rule import Rule, Scope
from friendcities.checks.runner import Report, all_rules, check

__all__ = ["FixedFile", "RecordTree", "Report", "Rule", "Scope", "all_rules", "check", "fix_files"]
