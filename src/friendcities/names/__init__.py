"""Names of places: how they are folded, looked up, and suggested."""

from friendcities.names.lookup import Gazetteer
from friendcities.names.normalize import fold

__all__ = ["Gazetteer", "fold"]
