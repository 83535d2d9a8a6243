"""Writes records in the formats of other tools. Each format has its own module."""
