"""Makes the index of the search with Pagefind when all pages are written.

The search page loads the index in small parts. From a folder without a server, it uses the index of Sphinx.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from attrs import frozen

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

FOLDER: Final = "pagefind"
NOT_INDEXED: Final = (
    *(".headerlink", ".file", ".catalogue-table thead", ".fc", ".fc-key", ".fc-small-map"),
    *("#cite", "#edit-and-cite", "noscript"),
)
"""The parts of pages without text for excerpts."""
OPTIONS: Final = (
    *("--root-selector", "#furo-main-content"),
    *("--exclude-selectors", ", ".join(NOT_INDEXED)),
    *("--force-language", "en", "--keep-index-url", "--silent"),
)
LEFT_OUT: Final = {"404.html", "embed.html", "genindex.html", "py-modindex.html", "search.html"}
"""Pages without text of their own."""
UNUSED: Final = ("*-ui.*", "pagefind-highlight.js", "wasm.unknown.pagefind")
"""Files of Pagefind that the search page does not load."""


@frozen
class PageKind:
    """A kind of page."""

    label: str
    weight: float
    """The weight of each word of the text."""
    found_by_title: bool = True
    """Whether a word in the title or in the keywords of the page counts more than in the text."""


GUIDE: Final = PageKind("Guide", 2)
REFERENCE: Final = PageKind("Reference", 0.5)
LIST: Final = PageKind("List", 0.3)
LISTS: Final = {"data/disagreements.html"}
"""The lists outside the folders of the catalogue."""
KINDS: Final = {
    "cities": PageKind("City", 1),
    "countries": PageKind("Country", 0.5),
    "reference": REFERENCE,
    "sources": PageKind("Source", 0.2, found_by_title=False),
    **dict.fromkeys(("architecture.html", "benchmarks.html", "changelog.html", "glossary.html"), REFERENCE),
}
"""The kinds by folder or page; other pages are guides."""
HEADING: Final = re.compile(r'(<(?:section|article)[^>]* id="([^"]+)">\s*(?:<span[^>]*></span>\s*)*<h[2-4])(?=>)')
KEYWORDS: Final = re.compile(r'<meta content="([^"]*)"[^>]* name="keywords"')
TITLE: Final = re.compile(r"<h1>(.*?)(?:<a class=\"headerlink\"|</h1>)", re.DOTALL)
TAG: Final = re.compile(r"<[^>]*>")


def prepare(page: str, html: str) -> str:
    """Return the HTML of a page as Pagefind reads it, with weights and the ids of the headings."""
    folder, _, name = page.partition("/")
    kind = LIST if page in LISTS or name == "index.html" else KINDS.get(folder, GUIDE)
    title = TAG.sub("", "".join(TITLE.findall(html)[:1]))
    names = ", ".join([title, *KEYWORDS.findall(html)]) if kind.found_by_title else ""
    described = f'<p data-pagefind-meta="kind:{kind.label}"></p>' + (
        f'<p data-pagefind-meta="names" data-pagefind-ignore="index">{names}</p>' if names else ""
    )
    weight = f'data-pagefind-weight="{kind.weight}"'
    html = HEADING.sub(r'\1 id="\2"', html)
    html = html.replace("</dt>", "</dt> ").replace("</dd>", "</dd> ")
    html = html.replace("<h1>", f"<h1 {weight}>", 1).replace("</h1>", f"</h1>{described}", 1)
    return html.replace('<article role="main"', f'<article {weight} role="main"', 1)


def make_index(site: Path) -> None:
    """Index all pages of a built site."""
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    with TemporaryDirectory(prefix="friendcities-search-") as folder:
        for path in site.rglob("*.html"):
            page = path.relative_to(site)
            if page.as_posix() not in LEFT_OUT and not page.as_posix().startswith("_"):
                prepared = Path(folder, page)
                prepared.parent.mkdir(parents=True, exist_ok=True)
                prepared.write_text(prepare(page.as_posix(), path.read_text(encoding="utf-8")), encoding="utf-8")
        paths = ("--site", folder, "--output-path", str(site / FOLDER))
        subprocess.run([sys.executable, "-m", "pagefind", *paths, *OPTIONS], check=True)  # noqa: S603 - our own paths
    for path in {path for pattern in UNUSED for path in (site / FOLDER).glob(pattern)}:
        path.unlink()


def after(app: "Sphinx", exception: Exception | None) -> None:
    """Make the index."""
    if exception is None and app.builder.format == "html":
        make_index(Path(app.outdir))


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Register the extension with Sphinx."""
    app.add_js_file("search.js", loading_method="defer")
    app.connect("build-finished", after)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
