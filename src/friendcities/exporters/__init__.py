"""Exporters: write records in the formats of other tools; each format has its own module."""
