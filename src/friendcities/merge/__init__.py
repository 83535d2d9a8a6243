"""Merges two datasets, and reports what was merged; see :meth:`friendcities.Dataset.merge`."""

from friendcities.merge.merge_report import (
    Added,
    Agreement,
    Disagreement,
    Doubt,
    Joined,
    Merge,
    MergeReport,
    Relation,
)

__all__ = ["Added", "Agreement", "Disagreement", "Doubt", "Joined", "Merge", "MergeReport", "Relation"]
