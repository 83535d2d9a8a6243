"""Compares two versions of the data."""

from friendcities.diff.changes import Action, Changes, FieldChange, RecordChange, RedirectChange
from friendcities.diff.compare import compare
from friendcities.diff.diff_json import as_json
from friendcities.diff.markdown import as_markdown
from friendcities.diff.plain_text import as_line, as_text

__all__ = [
    "Action",
    "Changes",
    "FieldChange",
    "RecordChange",
    "RedirectChange",
    "as_json",
    "as_line",
    "as_markdown",
    "as_text",
    "compare",
]
