"""What changed between two versions of the data: found record by record, told in sentences, Markdown or JSON."""

from friendcities.changes.comparison import compare
from friendcities.changes.documents import as_json
from friendcities.changes.markdown import as_markdown
from friendcities.changes.merges import merge_as_json, merge_as_markdown, merge_as_text
from friendcities.changes.results import Action, Changes, FieldChange, RecordChange, RedirectChange
from friendcities.changes.sentences import as_line, as_text

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
