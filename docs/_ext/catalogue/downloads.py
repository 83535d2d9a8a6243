"""The dataset in several formats, and the directive ``list-of-downloads`` with their sizes and digests."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docutils import nodes
from jinja2 import Template
from sphinx.util.docutils import SphinxDirective

import friendcities as fc
from catalogue.parser import catalogue_of
from friendcities.codec.writer import dumps, encode
from friendcities.datasets.folder import record_path
from friendcities.datasets.redirects import redirects_to_plain
from friendcities.exporters import citations
from friendcities.exporters.data_frames import as_parquet
from friendcities.exporters.data_package import package_files
from friendcities.exporters.geojson import as_geojson
from friendcities.exporters.sqlite import as_sqlite
from friendcities.exporters.tables import build_tables
from friendcities.exporters.xlsx import as_xlsx

if TYPE_CHECKING:
    from catalogue.views import Catalogue

__all__ = ["ListOfDownloads", "downloads"]

ROOT = Path(__file__).parents[3]
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every file in an archive, so that the same data gives the same bytes."""
CONTENTS = {
    "friendcities.json": "the whole dataset as one file, for Dataset.load",
    "friendcities.zip": "the folder data with one file for each record, the licence and the citation",
    "friendcities-csv.zip": "all tables as CSV, with a description of every column (Frictionless Data Package)",
    "friendcities.xlsx": "all tables as a workbook for a spreadsheet",
    "friendcities-parquet.zip": "all tables as Parquet, for data frames",
    "friendcities.sqlite": "all tables as a database",
    "friendcities.geojson": "cities as points and partnerships as lines, for maps",
}
TABLE = Template(
    '<table class="docutils align-default fc-downloads"><thead><tr>'
    "<th>File</th><th>Contains</th><th>Size</th><th>SHA-256</th></tr></thead><tbody>"
    "{% for name, contents, size, digest in files %}<tr>"
    '<td><a href="download/{{ name }}" download>{{ name }}</a></td><td>{{ contents }}</td>'
    "<td>{{ size }} kB</td><td><code>{{ digest }}</code></td></tr>{% endfor %}</tbody></table>",
    autoescape=True,
)


class ListOfDownloads(SphinxDirective):
    """A table of the files for download, for a page in the first folder of the site."""

    def run(self) -> list[nodes.Node]:
        """Make the table."""
        config = self.config
        catalogue = catalogue_of(config.friendcities_data, config.friendcities_repository, config.html_baseurl)
        files = [
            (name, CONTENTS[name], round(len(content) / 1000), hashlib.sha256(content).hexdigest())
            for name, content in downloads(catalogue).items()
        ]
        return [nodes.raw("", TABLE.render(files=files), format="html")]


@cache
def downloads(catalogue: "Catalogue") -> Mapping[str, bytes]:
    """The content of each file for download, by name."""
    data = catalogue.data
    tables = build_tables(data)
    return {
        "friendcities.json": _saved(data),
        "friendcities.zip": _archive(_record_files(catalogue)),
        "friendcities-csv.zip": _archive(package_files(data).items()),
        "friendcities.xlsx": as_xlsx([*tables.values()]),
        "friendcities-parquet.zip": _archive((f"{name}.parquet", as_parquet(each)) for name, each in tables.items()),
        "friendcities.sqlite": as_sqlite(data),
        "friendcities.geojson": as_geojson(data),
    }


def _saved(data: fc.Dataset) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, "data.json")
        data.save(path)
        return path.read_bytes()


def _record_files(catalogue: "Catalogue") -> Iterator[tuple[str, bytes]]:
    """The folder of records as in the repository, the licence and the citation."""
    readme = (
        f"{citations.dataset_as_text()}\n\nThe folder `data` is one that `friendcities check` and Dataset.load read.\n"
    )
    yield "README.txt", readme.encode()
    yield "LICENSE-DATA", (ROOT / "LICENSE-DATA").read_bytes()
    for record in catalogue.data:
        yield f"data/{record_path(record)}", encode(record).encode()
    moved = redirects_to_plain(catalogue.data.redirects)
    if moved:
        yield "data/redirects.json", dumps(moved).encode()
    if catalogue.data is fc.dataset():
        yield "data/exceptions.json", (ROOT / "src" / "friendcities" / "data" / "exceptions.json").read_bytes()


def _archive(files: Iterable[tuple[str, bytes]]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for path, content in files:
            archive.writestr(ZipInfo(path, EARLIEST), content, ZIP_DEFLATED, 9)
    return made.getvalue()
