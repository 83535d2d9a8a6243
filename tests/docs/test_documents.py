"""What the documents show is what the installed package does."""

import ast
import re
from pathlib import Path

import pytest
from sybil import Document, Example
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser

import friendcities as fc
from friendcities.datasets.folder import record_path
from friendcities.exporters.formats import FORMATS
from tests.docs.blocks import BLOCKS, DOCUMENTS, ROOT, Block, text_of


class ConsoleParser(PythonCodeBlockParser):
    """Finds the examples in blocks of ``pycon``."""

    def __init__(self) -> None:
        super().__init__()
        self.codeblock_parser = CodeBlockParser("pycon", PythonEvaluator())


def examples_in(path: Path) -> list[Example]:
    """The examples of a document."""
    document = Document(text_of(path), str(path))
    for parser in (PythonCodeBlockParser(), ConsoleParser()):
        for region in parser(document):
            document.add(region)
    return list(document.examples())


def imports_of(example: Example) -> ast.Module:
    """The imports of an example."""
    statements = ast.parse(getattr(example.parsed, "source", example.parsed)).body
    return ast.Module([each for each in statements if isinstance(each, ast.Import | ast.ImportFrom)], [])


EXAMPLES = {path.relative_to(ROOT).as_posix(): examples_in(path) for path in DOCUMENTS}
RUN = [block for block in BLOCKS if block.language in {"pycon", "python"}]


@pytest.mark.parametrize("block", RUN, ids=[block.place for block in RUN])
def test_examples(block: Block) -> None:
    """Every block gives what it shows, with the imports of earlier blocks and no other name that they made."""
    examples = [example for example in EXAMPLES[block.document] if block.line <= example.line <= block.last]
    namespace = examples[0].document.namespace
    namespace.clear()
    for example in EXAMPLES[block.document]:
        if example.line < block.line:
            exec(compile(imports_of(example), block.place, "exec"), namespace)  # noqa: S102 - the documents are our own
    for example in examples:
        example.evaluate()


@pytest.mark.parametrize("document", [each for each in EXAMPLES if each.startswith("docs/")])
def test_a_page_has_each_import_once(document: str) -> None:
    """An example does not repeat the imports of the page; those of README.md can be copied alone."""
    imports = [ast.unparse(each) for example in EXAMPLES[document] for each in imports_of(example).body]

    assert sorted(set(imports)) == sorted(imports)


@pytest.mark.parametrize(
    "document", ["README.md", "docs/tutorial.md", "docs/data/traps.md", "docs/reference/api/questions.md"]
)
def test_examples_were_found(document: str) -> None:
    """The documents that are to have examples have some, so none of them goes unrun for a misspelt fence."""
    assert EXAMPLES[document]


def test_every_block_of_a_console_is_an_example() -> None:
    """Every prompt in a document is one that was found."""
    shown = {name: (ROOT / name).read_text(encoding="utf-8").count("\n>>> ") for name in EXAMPLES}

    assert shown == {name: len(examples) for name, examples in EXAMPLES.items()}


def test_reference_has_every_public_name() -> None:
    """The API reference documents every name of the front door."""
    pages = (ROOT / "docs" / "reference" / "api").glob("*.md")
    reference = "".join(page.read_text(encoding="utf-8") for page in pages)

    assert fc.__all__
    assert [] == [name for name in fc.__all__ if not re.search(rf"\b(friendcities|fc)\.{re.escape(name)}\b", reference)]


def test_records_named_in_the_guide_to_the_data_exist() -> None:
    """A path of a record in the guide is the path of a record."""
    guides = [path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "data").glob("*.md")]
    named = {name for guide in guides for name in re.findall(r"`([a-z]+/[\w/-]+\.json)`", guide)}

    assert named
    assert named <= {record_path(record) for record in fc.dataset()}


def test_the_guide_to_exports_has_every_form() -> None:
    """Every method that exports and every format of the command stands in its table of what is carried and lost."""
    guide = (ROOT / "docs/guides/exporting.md").read_text(encoding="utf-8")
    table = guide.partition("\n## Formats\n")[2].partition("\n\nAn extra")[0]
    rows = [
        [cell.strip() for cell in row.strip("|").split("|")] for row in re.findall(r"^\|.*\|$", table, re.MULTILINE)
    ]
    methods = [name for row in rows for name in re.findall(r"`(to_\w+)`", row[1])]
    formats = [name for row in rows for name in re.findall(r"`([a-z-]+)`", row[2])]
    extras = {name for row in rows for name in re.findall(r"`(\w+)`", row[5])}

    assert sorted(name for name in dir(fc.Dataset) if name.startswith("to_")) == sorted(methods)
    assert sorted(FORMATS) == sorted(formats)
    assert {"arrow", "geo", "graph", "pandas", "polars", "tables"} == extras
    assert all(row[3] and row[4] for row in rows)
