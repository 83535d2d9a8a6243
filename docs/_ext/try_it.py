"""The directive ``try-it``: the questions of README.md, which a visitor can change and run in the browser.

Python for browsers is Pyodide, from the npm registry (``python tools/web.py pyodide``). The page loads it only when the
visitor starts it. The folder ``python`` of the site contains Pyodide, and the package with its dependencies as one
archive. A build without Pyodide makes a page that says so.
"""

import doctest
import re
import shutil
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile

from attrs import frozen
from docutils import nodes
from jinja2 import Environment, select_autoescape
from map_and_form import ScriptPlaceholder
from sphinx.util.docutils import SphinxDirective

import friendcities
import friendcities as fc
from friendcities.datasets.dataset import compile_dataset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

README: Final = Path(__file__).parents[2] / "README.md"
QUESTION: Final = re.compile(
    r"^\*\*(?P<title>[^*]+\?)\*\*.*?^```pycon\n(?P<session>.*?)^```$", re.DOTALL | re.MULTILINE
)
IMPORT: Final = "import friendcities as fc\n"
"""The statement that runs when Python starts."""
FOLDER: Final = "python"
PYODIDE_FILES: Final = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json", "python_stdlib.zip")
DEPENDENCIES: Final = ("attrs", "cattrs", "importlib-resources", "platformdirs", "pycountry", "typing-extensions")
UNUSED: Final = ("__pycache__", "locales", "tests")
"""Folders of the dependencies that the archive does not contain."""
MEGABYTE: Final = 1_000_000
TEMPLATE: Final = Environment(autoescape=select_autoescape(default=True), trim_blocks=True).from_string("""\
<div class="fc-try">
<p><button type="button" class="start">Start Python (about {{ size }} MB)</button> <output role="status"></output></p>
<p>The button loads Python and the package from this site, and runs <code>import friendcities as fc</code>. Change a
question as you like. Ctrl+Enter runs it.</p>
{% for question in questions %}
<section class="question">
<h2>{{ question.title }}</h2>
<textarea aria-label="Python: {{ question.title }}" rows="{{ question.code.count("\\n") }}" spellcheck="false"
 autocapitalize="off" autocomplete="off">{{ question.code }}</textarea>
<p><button type="button" class="run" disabled>Run</button></p>
<pre class="output" role="log" aria-label="Output: {{ question.title }}" tabindex="0" hidden></pre>
</section>
{% endfor %}
<noscript><p>This part of the page needs JavaScript.</p></noscript>
</div>
""")
MISSING: Final = (
    "<p>Python for browsers is not in this build. The build fetches it from the npm registry with "
    "<code>python tools/web.py pyodide</code>.</p>"
)


@frozen
class Question:
    """A question with its answer in Python."""

    title: str
    code: str


def questions() -> "Iterator[Question]":
    """The questions of README.md."""
    parser = doctest.DocTestParser()
    for found in QUESTION.finditer(README.read_text(encoding="utf-8")):
        code = "".join(example.source for example in parser.get_examples(found["session"]))
        yield Question(found["title"], code.removeprefix(IMPORT))


def pyodide_of(app: "Sphinx") -> Path:
    """The folder of Pyodide, which may be missing."""
    return Path(app.confdir, "_build", "pyodide", "node_modules", "pyodide")


def write_packages(archive: ZipFile) -> None:
    """Write the package, its data in one file, and its dependencies."""
    package = Path(friendcities.__file__).parent
    for path in sorted(package.rglob("*")):
        name = path.relative_to(package.parent)
        if path.is_file() and not {"__pycache__", "data"} & set(name.parts):
            archive.write(path, name)
    archive.writestr("friendcities/data/bundle.jsonl", compile_dataset(fc.dataset()))
    for dependency in DEPENDENCIES:
        for file in distribution(dependency).files or ():
            if file.suffix != ".pyc" and ".." not in file.parts and not set(UNUSED) & set(file.parts):
                archive.write(str(file.locate()), file)


def write_python(app: "Sphinx") -> None:
    """Write the files that the page loads."""
    if app.builder.format == "html" and Path(app.srcdir, "try.md").exists() and pyodide_of(app).is_dir():
        folder = Path(app.outdir, FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        for name in PYODIDE_FILES:
            shutil.copyfile(pyodide_of(app) / name, folder / name)
        with ZipFile(folder / "packages.zip", "w", ZIP_DEFLATED) as archive:
            write_packages(archive)


class TryIt(SphinxDirective):
    """The questions, or a note if the build has no Pyodide."""

    def run(self) -> list[nodes.Node]:
        """Make the part of the page."""
        folder = Path(self.env.app.outdir, FOLDER)
        if not folder.is_dir():
            return [nodes.raw("", MISSING, format="html")]
        size = round(sum(path.stat().st_size for path in folder.iterdir()) / MEGABYTE)
        html = TEMPLATE.render(size=size, questions=list(questions()))
        return [ScriptPlaceholder("", nodes.raw("", html, format="html"), script="try_it")]


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Register the extension with Sphinx."""
    app.add_directive("try-it", TryIt)
    app.connect("builder-inited", write_python)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
