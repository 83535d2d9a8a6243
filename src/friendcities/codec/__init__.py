"""Internal. Converts JSON text to records with strict validation, and records to canonical JSON text.

* :mod:`~friendcities.codec.parse_json` reads JSON text into plain values.
* :mod:`~friendcities.codec.record_builder` builds records from plain values, with or without validation.
* :mod:`~friendcities.codec.reader` reads plain values, and finds all problems with cattrs.
* :mod:`~friendcities.codec.positions` finds the lines and columns of problems.
* :mod:`~friendcities.codec.writer` writes records as canonical text.
* :mod:`~friendcities.codec.schema` describes the files of records as JSON Schemas.
* :mod:`~friendcities.codec.dataset_file` writes a dataset as one JSON file.
* :mod:`~friendcities.codec.bundle` writes a validated dataset as one file, and reads such a file lazily.
"""
