"""``tools/update_examples.py`` brings the documents up to date with the bundled data."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from friendcities import Dataset
from tests.docs.blocks import ROOT
from tests.frozen import FROZEN, answer_from
from tests.worlds import a_city, a_tie
from tools import update_examples
from tools.update_examples import COUNTS, OUTPUTS, main, updated, updated_session

DOCUMENTS = sorted({*COUNTS, *OUTPUTS})


@pytest.fixture
def _one_more() -> Iterator[None]:
    """The data has grown by a partner of Shanghai."""
    answer_from(Dataset([*FROZEN, a_city("nz-nelson"), a_tie("cn-shanghai", "nz-nelson")]))
    yield
    answer_from(FROZEN)


def text_of(document: str) -> str:
    """The text of a document of the project."""
    return (ROOT / document).read_text(encoding="utf-8")


@pytest.mark.usefixtures("_one_more")
def test_counts_are_those_of_the_bundled_data() -> None:
    """They stand where they stood, and nothing else changes."""
    before, after = text_of("README.md"), updated("README.md", text_of("README.md"))

    assert "127 partnerships of Shanghai" in after
    assert "122 sources in all" in after
    assert before.count("\n") == after.count("\n")
    assert after == updated("README.md", after)


@pytest.mark.usefixtures("_one_more")
def test_only_the_named_outputs_are_updated() -> None:
    """The others are compared by the tests, and are left as they are."""
    session = (
        ">>> import friendcities as fc\n>>> len(\n...     fc.cities())\n148\n1\n>>> len(fc.cities())\n3\n>>> None\n\n"
    )

    assert session.replace("148\n1\n", "149\n") == updated_session(session, ("len(\n",), {})


@pytest.mark.parametrize(
    ("document", "text", "reason"),
    [
        ("docs/why.md", "", "has 0 places like"),
        ("docs/index.md", "\n>>> fc.dataset()\n" * 2, "or several"),
        ("docs/index.md", "```pycon\n>>> fc.dataset()\n\n```\n", "NameError"),
    ],
)
def test_what_cannot_be_updated_is_an_error(document: str, text: str, reason: str) -> None:
    """A document that was written anew takes its place in the tool, too."""
    with pytest.raises(ValueError, match=reason):
        updated(document, text)


@pytest.mark.usefixtures("_one_more")
def test_documents_are_updated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One call updates all that need it."""
    monkeypatch.setattr(update_examples, "ROOT", tmp_path)
    for document in DOCUMENTS:
        (tmp_path / document).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / document, tmp_path / document)

    main()

    assert "\n<Dataset: 149 cities, 127 partnerships, " in (tmp_path / "docs" / "index.md").read_text(encoding="utf-8")
    assert "districts: 127 pairs" in (tmp_path / "docs" / "why.md").read_text(encoding="utf-8")
