"""Normalizes, looks up and suggests names of places. Internal."""

from friendcities.names.lookup import Gazetteer
from friendcities.names.normalize import fold

__all__ = ["Gazetteer", "fold"]
