"""Names of places: how they are folded, looked up, and suggested."""

from friendcities.names.folding import fold
from friendcities.names.lookup import Gazetteer

__all__ = ["Gazetteer", "fold"]
