"""What changed between two versions of the data: found record by record, told in sentences, Markdown or JSON."""

from friendcities.diff.compare import compare
from friendcities.diff.diff_json import as_json
from friendcities.diff.markdown import as_markdown
from friendcities.diff.merges import merge_as_json, merge_as_markdown, merge_as_text
from friendcities.diff.plain_text import as_line, as_text
from friendcities.diff.results import Action, Changes, FieldChange, RecordChange, RedirectChange

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
    "merge_as_json",
    "merge_as_markdown",
    "merge_as_text",
]
