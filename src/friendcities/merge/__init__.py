"""Merging two datasets: the result and its report. :meth:`friendcities.Dataset.merge` merges."""

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
