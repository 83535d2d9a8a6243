"""The dataset: an immutable collection of records and the questions it answers."""

from friendcities.dataset.dataset import Dataset
from friendcities.dataset.timeline import TimelineEntry

__all__ = ["Dataset", "TimelineEntry"]
