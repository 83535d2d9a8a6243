"""The glossary is short: each term has one sentence and one example."""

import re
from typing import Final

from tests.docs.blocks import ROOT

PAGE: Final = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
GLOSSARIES: Final = "\n".join(re.findall(r"(?s)\{glossary\}\n(.*?)```", PAGE))
ENTRIES: Final = re.findall(r"^(\S.*)\n((?:  .*\n)+)", GLOSSARIES, re.MULTILINE)


def test_there_are_few_terms() -> None:
    """There are at most 60 terms, each once."""
    terms = [term for term, _ in ENTRIES]

    assert 40 < len(terms) <= 60
    assert len(terms) == len(set(terms))
    assert PAGE.count("\n  ") == sum(text.count("\n") for _, text in ENTRIES)


def test_each_has_one_sentence_and_one_example() -> None:
    """A definition is a sentence, which an example follows."""
    without_links = {term: re.sub(r"\]\(\S+\)", "]", " ".join(text.split())) for term, text in ENTRIES}

    assert [] == [term for term, text in without_links.items() if not re.fullmatch(r"[^.]+\. Example: .+", text)]
