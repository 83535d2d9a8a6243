"""Names of places: normalised, looked up, and suggested. Internal."""

from friendcities.names.lookup import Gazetteer
from friendcities.names.normalize import fold

__all__ = ["Gazetteer", "fold"]
