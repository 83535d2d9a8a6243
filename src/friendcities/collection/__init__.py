"""The dataset: an immutable collection of records and the questions it answers."""

from friendcities.collection.counting import CountBy
from friendcities.collection.dataset import Dataset
from friendcities.collection.timeline import TimelineEntry

__all__ = ["CountBy", "Dataset", "TimelineEntry"]
