"""JSON text to records and back: strict on the way in, canonical on the way out.

* :mod:`~friendcities.codec.json_text` reads JSON text into plain values and refuses what JSON leaves open.
* :mod:`~friendcities.codec.reader` makes records of plain values that nobody has checked; it alone knows cattrs.
* :mod:`~friendcities.codec.trusted` makes records of plain values that were checked when they were written.
* :mod:`~friendcities.codec.writer` writes records as the one text that stands for them.
* :mod:`~friendcities.codec.schema` tells editors and validators what the strict reading takes, as JSON Schemas.
"""
