"""Internal. Converts JSON text to records with strict validation, and records to JSON text."""
