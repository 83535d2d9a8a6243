"""Merges two datasets, and makes a report of the merge. See :meth:`friendcities.Dataset.merge`."""

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
