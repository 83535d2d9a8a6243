"""Formats changes as Markdown, for a comment on a pull request or the changelog of the data."""

from collections.abc import Iterator

from friendcities.diff.changes import Changes, summarize
from friendcities.diff.plain_text import describe_record, describe_redirects
from friendcities.merge.merge_report import escape_markdown, record_noun

_MAX_OPEN_LINES = 50
"""The maximum number of lines that are not folded."""
_MAX_LENGTH = 60_000
"""The maximum number of characters. A comment on GitHub may have 65,536 characters."""


def as_markdown(changes: Changes, *, longest: int = _MAX_LENGTH) -> str:
    """Return changes as Markdown: a summary, and a bullet for each changed record.

    Lists of more than fifty lines are folded. Text from records is escaped.

    Args:
        changes: The changes.
        longest: The maximum total length of the bullets. Further changes are only counted.

    Example:
        >>> import friendcities as fc
        >>> from friendcities.diff import as_markdown, compare
        >>> old = fc.Dataset([*fc.cities(), *fc.sources()])
        >>> new = fc.Dataset(record for record in old if record.id != "us-los-angeles")
        >>> print(as_markdown(compare(old, new)), end="")
        **1 city removed**
        <BLANKLINE>
        ### Cities
        <BLANKLINE>
        - **Los Angeles** (`us-los-angeles`): removed
    """
    if not changes:
        return f"{summarize(changes)}\n"
    lines: list[str] = []
    room = longest
    left = len(changes) + len(changes.redirects_alone)
    last_heading = ""
    for heading, bullet in _format_bullets(changes):
        opening = ["", f"### {heading}", ""] if heading != last_heading else []
        room -= sum(len(line) + 1 for line in (*opening, *bullet))
        if room < 0:
            lines += ["", f"And {left:,} more changes."]
            break
        lines += [*opening, *bullet]
        last_heading = heading
        left -= 1
    if len(lines) > _MAX_OPEN_LINES:
        lines = ["", "<details>", "<summary>What changed</summary>", *lines, "", "</details>"]
    return "\n".join([f"**{summarize(changes)}**", *lines]) + "\n"


def _format_bullets(changes: Changes) -> Iterator[tuple[str, list[str]]]:
    for change in changes:
        title = f"- **{escape_markdown(change.label)}** (`{change.id}`)"
        statements = [escape_markdown(each) for each in describe_record(change, changes.sources)]
        one_line = [f"{title}: {statements[0]}"] if len(statements) == 1 else None
        heading = record_noun(change.record_type, 2).capitalize()
        yield heading, one_line or [title, *(f"  - {each}" for each in statements)]
    for sentence in describe_redirects(changes):
        yield "Redirects", [f"- {escape_markdown(sentence)}"]
