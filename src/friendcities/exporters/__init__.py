"""Exporters: records in the formats that other tools read, one module each."""
