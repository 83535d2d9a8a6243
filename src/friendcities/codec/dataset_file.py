"""Writes a dataset as one JSON file. Each record has its own line."""

import json
from collections.abc import Mapping
from typing import Any, Final

from friendcities.codec.writer import to_plain
from friendcities.model import RECORD_TYPES, AnyRecord

FORMAT: Final = 1
FORMAT_KEY: Final = "friendcities"
REDIRECTS: Final = "redirects"


def dataset_text(
    records: Mapping[type[AnyRecord], Mapping[str, AnyRecord]], redirects: Mapping[str, Mapping[str, str]]
) -> str:
    """Return the text of the file. Equal datasets have equal texts."""
    write = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
    version, *parts = dataset_to_plain(records, redirects).items()
    pieces = [f"{{{write(version[0])}:{write(version[1])}"]
    for name, entries in parts:
        lines = ",\n".join(f"{write(key)}:{write(plain)}" for key, plain in entries.items())
        pieces.append(f",{write(name)}:{{\n{lines}\n}}")
    return "".join([*pieces, "}\n"])


def dataset_to_plain(
    records: Mapping[type[AnyRecord], Mapping[str, AnyRecord]], redirects: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """Return the plain JSON values of the file: the format version, and the records by type and id."""
    parts: dict[str, Any] = {
        folder: {id_: to_plain(record) for id_, record in sorted(records[cls].items())}
        for folder, cls in RECORD_TYPES.items()
    }
    parts[REDIRECTS] = {folder: dict(moved) for folder, moved in redirects.items()}
    return {FORMAT_KEY: FORMAT, **{name: entries for name, entries in parts.items() if entries}}
