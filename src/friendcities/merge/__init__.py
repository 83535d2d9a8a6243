"""Two datasets made one: the same city recognised, contrary facts kept beside each other, and a report of it all."""

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
