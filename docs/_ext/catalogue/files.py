"""The files of the catalogue: placeholders that name its pages, and files for download."""

import shutil
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from jinja2 import Template

import friendcities as fc
from catalogue.kinds import INDEX, KINDS
from catalogue.parser import SUFFIX
from catalogue.views import FOLDERS, Catalogue
from friendcities.codec.writer import dumps, encode
from friendcities.datasets.folder import record_path, replace_file
from friendcities.datasets.redirects import redirects_to_plain
from friendcities.exporters import citations

__all__ = ["name_pages", "publish"]

ROOT = Path(__file__).parents[3]
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the archive, so that the same data gives the same bytes."""
MOVED = Template(
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Moved</title>'
    '<meta http-equiv="refresh" content="0; url={{ now }}.html"><link rel="canonical" href="{{ now }}.html">'
    '<p>This page has moved: <a href="{{ now }}.html">{{ now }}</a>.</p></html>\n',
    autoescape=True,
)


def name_pages(catalogue: Catalogue, folder: Path) -> None:
    """Write a placeholder for each page of the catalogue, and remove those of removed pages.

    Args:
        catalogue: The catalogue.
        folder: The folder of the documents.
    """
    for name, kind in KINDS.items():
        pages = folder / name
        pages.mkdir(exist_ok=True)
        wanted = {f"{stem}{SUFFIX}" for stem in (INDEX, *kind.ids(catalogue))}
        for path in pages.glob(f"*{SUFFIX}"):
            if path.name not in wanted:
                path.unlink()
        for file in wanted - {path.name for path in pages.iterdir()}:
            (pages / file).write_text("This page is made from the data; see docs/_ext/catalogue.\n", encoding="utf-8")


def publish(catalogue: Catalogue, folder: Path) -> None:
    """Write the files for download: the dataset as one file and as a folder, and each city and source.

    A moved id gets a page that leads to the new one.

    Args:
        catalogue: The catalogue.
        folder: The folder of the pages.
    """
    downloads = folder / "download"
    shutil.rmtree(downloads, ignore_errors=True)
    downloads.mkdir()
    catalogue.data.save(downloads / "friendcities.json")
    replace_file(downloads / "friendcities.zip", _archive(_packed(catalogue)))
    for name in ("cities", "sources"):
        for record in catalogue.data:
            if FOLDERS[type(record)] == name:
                (folder / name / f"{record.id}.json").write_text(encode(record), encoding="utf-8")
    for cls, moved in catalogue.data.redirects.items():
        if FOLDERS[cls] in KINDS:
            for old, now in moved.items():
                (folder / FOLDERS[cls] / f"{old}.html").write_text(MOVED.render(now=now), encoding="utf-8")


def _packed(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """The files of the archive: the folder of records as in the repository, the licence and the citation."""
    readme = (
        f"{citations.dataset_as_text()}\n\nThe folder `data` is one that `friendcities check` and Dataset.load read.\n"
    )
    yield "README.txt", readme
    yield "LICENSE-DATA", (ROOT / "LICENSE-DATA").read_text(encoding="utf-8")
    for record in catalogue.data:
        yield f"data/{record_path(record)}", encode(record)
    moved = redirects_to_plain(catalogue.data.redirects)
    if moved:
        yield "data/redirects.json", dumps(moved)
    exceptions = ROOT / "src" / "friendcities" / "data" / "exceptions.json"
    if catalogue.data is fc.dataset():
        yield "data/exceptions.json", exceptions.read_text(encoding="utf-8")


def _archive(files: Iterable[tuple[str, str]]) -> bytes:
    """Files as one archive."""
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for path, text in files:
            archive.writestr(ZipInfo(path, EARLIEST), text.encode(), ZIP_DEFLATED, 9)
    return made.getvalue()
