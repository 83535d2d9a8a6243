"""Changes as Markdown, for a comment on a pull request and for the changelog of the data."""

import re
from collections.abc import Iterator, Mapping

from friendcities.diff.counting import plural, summary
from friendcities.diff.plain_text import redirections, statements
from friendcities.diff.results import Changes, RecordChange
from friendcities.model import Source, SourceId

__all__ = ["as_markdown", "escaped"]

_MOST_OPEN = 50
"""How many lines a comment may have before they are folded away."""
_LONGEST = 60_000
"""How many characters the lines may have together: a comment on a pull request may have 65,536."""
_BREAK = "\u200b"
"""A space of no width: invisible, and it takes the sense from what stands at both sides of it."""


def as_markdown(changes: Changes, *, longest: int = _LONGEST) -> str:
    """Changes as Markdown: how many there are, then by type of record a bullet each.

    More than fifty lines are folded away. All that comes from the records is escaped, so that nothing in them acts as
    Markdown or HTML, mentions anybody, or refers to an issue.

    Args:
        changes: The changes.
        longest: How many characters the bullets may have together; what has no more room is counted.

    Example:
        >>> import friendcities as fc
        >>> from friendcities.diff import as_markdown, compare
        >>> old = fc.Dataset([*fc.cities(), *fc.sources()])
        >>> rest = [city for city in fc.cities() if city.id != "us-los-angeles"]
        >>> new = fc.Dataset([*rest, *fc.sources()])
        >>> print(as_markdown(compare(old, new)), end="")
        **1 city removed**
        <BLANKLINE>
        ### Cities
        <BLANKLINE>
        - **Los Angeles** (`us-los-angeles`): removed
    """
    if not changes:
        return f"{summary(changes)}\n"
    lines: list[str] = []
    room = longest
    left = len(changes) + len(changes.redirects_alone)
    latest = ""
    for heading, bullet in _bullets(changes):
        opening = ["", f"### {heading}", ""] if heading != latest else []
        room -= sum(len(line) + 1 for line in (*opening, *bullet))
        if room < 0:
            lines += ["", f"And {left:,} more."]
            break
        lines += [*opening, *bullet]
        latest = heading
        left -= 1
    title = f"**{summary(changes)}**"
    if len(lines) > _MOST_OPEN:
        lines = ["", "<details>", "<summary>What changed</summary>", *lines, "", "</details>"]
    return "\n".join([title, *lines]) + "\n"


def _bullets(changes: Changes) -> Iterator[tuple[str, list[str]]]:
    """The lines of each change, with the heading under which they belong."""
    for change in changes:
        yield plural(change.record_type, 2).capitalize(), _bullet(change, changes.sources)
    for sentence in redirections(changes):
        yield "Redirects", [f"- {escaped(sentence)}"]


def _bullet(change: RecordChange, sources: Mapping[SourceId, Source]) -> list[str]:
    head = f"- **{escaped(change.label)}** (`{change.id}`)"
    told = [escaped(each) for each in statements(change, sources)]
    if len(told) == 1:
        return [f"{head}: {told[0]}"]
    return [head, *(f"  - {each}" for each in told)]


def escaped(text: str) -> str:
    r"""Text that reads as it is where Markdown is rendered, also on GitHub.

    Example:
        >>> escaped("*not* bold, <b>not</b> either")
        '\\*not\\* bold, &lt;b&gt;not&lt;/b&gt; either'
    """
    text = _SPECIAL.sub(r"\\\g<0>", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _AT_THE_START.sub(r"\g<1>\\\g<2>", text)
    text = _ACTING.sub(rf"\g<0>{_BREAK}", text)
    return text.replace("://", "&#58;//").replace("www.", "www&#46;")  # with escapes in it, it would be a wrong link


_SPECIAL = re.compile(r"[\\`*_\[\]#|~$!]")
_AT_THE_START = re.compile(r"^(\d*)([-+.)=])")
_ACTING = re.compile(r"@(?=\w)|#(?=\d)|\bGH-(?=\d)|:(?=[\w+-]+:)", re.IGNORECASE)
"""What GitHub looks for in the text that Markdown leaves: mentions, issues, emoji."""
