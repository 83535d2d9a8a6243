"""Installs datasets in the user's data folder.

A dataset's folder contains the download, the dataset merged with the bundled data, a report and a description. The
description is written last.

The folder also contains the compiled dataset for fast queries. The dataset is compiled again if it changed, or if
another user can write to the folder.
"""

import json
import os
import re
import shlex
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import asdict, evolve, frozen

from friendcities import __version__, data_version
from friendcities.datasets.folder import read_file, replace_file
from friendcities.errors import InvalidQueryError
from friendcities.limits import DATASET_NAME_CHARACTERS
from friendcities.model import City
from friendcities.model.record import short
from friendcities.names.countries import read_country

if TYPE_CHECKING:
    from friendcities.datasets.dataset import Dataset

HOME_VARIABLE: Final = "FRIENDCITIES_HOME"
"""The environment variable with the path of the user's data folder. By default, the system defines the path."""
DOWNLOAD_FILE: Final = "download.json"
"""The file with the download before the merge with the bundled data."""
REPORT_FILE: Final = "report.txt"
_DATASET_FILE: Final = "dataset.json"
_DESCRIPTION_FILE: Final = "about.json"
_COMPILED_FILE: Final = "compiled.jsonl"
_MANIFEST_FILE: Final = "manifest.json"
_NAME: Final = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")


@frozen(kw_only=True)
class Description:
    """The description of an installed dataset."""

    date: str
    """The day of the download, as an ISO 8601 date."""
    source: str
    """The publisher and the address of the download."""
    licence: str
    merged_with: str = ""
    """The version of the bundled data with which the download is merged."""
    country: str | None = None
    """The code of the country whose cities were selected."""
    items: tuple[str, ...] = ()
    """The Wikidata ids of the selected cities. An empty list means all cities."""
    cities: int = 0
    """The number of cities of the dataset."""
    partnerships: int = 0
    """The number of partnerships of the dataset."""

    def covers(self, city: City) -> bool:
        """Whether the download includes the partnerships of a city."""
        if self.items:
            return city.identifiers.get("wikidata") in self.items
        return self.country in {None, city.country}


def home_folder() -> Path:
    """Return the path of the user's data folder, which may not exist."""
    if home := os.environ.get(HOME_VARIABLE):
        return Path(home)
    import platformdirs  # noqa: PLC0415 - only installed datasets need it

    return platformdirs.user_data_path("friendcities", appauthor=False)


def dataset_folder(name: str) -> Path:
    """Return the path of a dataset's folder, which may not exist.

    Raises:
        InvalidQueryError: If the name is invalid.

    Example:
        >>> dataset_folder("wikidata-nz").name
        'wikidata-nz'
    """
    if len(name) > DATASET_NAME_CHARACTERS or not _NAME.fullmatch(name):
        message = f"invalid name of a dataset, {short(name)}; expected lower-case letters, digits and hyphens"
        hint = "load the file with Dataset.load" if Path(name).exists() else ""
        raise InvalidQueryError(message, name, (), hint, hint and f"query the file with --overlay {shlex.quote(name)}")
    return home_folder() / "datasets" / name


def dataset_file(name: str) -> Path:
    """Return the path of a dataset's file, which may not exist."""
    return dataset_folder(name) / _DATASET_FILE


def make_private_folder(folder: Path) -> None:
    """Make a folder that only the user can read."""
    home = home_folder()
    home.parent.mkdir(parents=True, exist_ok=True)
    for each in (*reversed([each for each in folder.parents if each == home or home in each.parents]), folder):
        each.mkdir(mode=0o700, exist_ok=True)


def installed_names() -> tuple[str, ...]:
    """Return the names of the installed datasets, sorted."""
    files = sorted((home_folder() / "datasets").glob(f"*/{_DATASET_FILE}"))
    return tuple(file.parent.name for file in files if _NAME.fullmatch(file.parent.name))


def check_installed(name: str) -> None:
    """Raise InvalidQueryError unless a dataset with this name is installed."""
    if not dataset_file(name).is_file():
        names = installed_names()
        message = f"no dataset {name!r} is installed; installed: {', '.join(names) or 'none'}"
        command = _download_command(name)
        hint = f"install it in a shell: {command}"
        raise InvalidQueryError(message, name, names, hint, f"install the dataset: {command}")


def _download_command(name: str) -> str:
    """Return the command that downloads a dataset, by its default name."""
    if name == "world":
        return "friendcities download world"
    chosen = name.removeprefix("wikidata-").upper() if name.startswith("wikidata-") else ""
    if re.fullmatch("Q[1-9][0-9]{0,9}", chosen):  # the command rejects more digits
        chosen = f" --city {chosen}"
    elif read_country(chosen).code == chosen:
        chosen = f" --country {chosen}"
    else:
        chosen = ""
    return f"friendcities download wikidata{chosen} --contact you@example.org"


def read_description(name: str) -> Description | None:
    """Return the description of a dataset; ``None`` if the description is missing or invalid."""
    try:
        plain: Any = json.loads(read_file(dataset_folder(name) / _DESCRIPTION_FILE))
        return Description(**plain | {"items": tuple(plain["items"])})
    except (OSError, ValueError, RecursionError, AttributeError, KeyError, TypeError):
        return None


def install(name: str, data: "Dataset", description: Description) -> Description:
    """Install a dataset and return its description. If an OSError is raised, the earlier dataset is unchanged."""
    description = evolve(
        description, merged_with=data_version, cities=len(data.cities()), partnerships=len(data.partnerships())
    )
    file = dataset_file(name)
    make_private_folder(file.parent)
    data.save(file)
    replace_file(file.parent / _DESCRIPTION_FILE, json.dumps(asdict(description), indent=2).encode())
    data.load_installed(name)  # compiles the dataset
    return description


def read_compiled(name: str) -> bytes | None:
    """Return the compiled dataset; ``None`` if it is outdated or not trusted."""
    folder = dataset_folder(name)
    try:
        if not (_is_private(folder) and _is_own(folder / _MANIFEST_FILE) and _is_own(folder / _COMPILED_FILE)):
            return None
        manifest = json.loads(read_file(folder / _MANIFEST_FILE))
        bundle = (folder / _COMPILED_FILE).read_bytes()
        is_current = (
            manifest["version"] == __version__
            and _matches(manifest["compiled"], folder / _COMPILED_FILE, lambda: bundle)
            and _matches(manifest["dataset"], folder / _DATASET_FILE, (folder / _DATASET_FILE).read_bytes)
        )
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return None
    return bundle if is_current else None


def write_compiled(name: str, dataset: Mapping[str, Any], compile_: Callable[[], bytes]) -> None:
    """Write the compiled dataset, unless another user can write to the folder.

    ``dataset`` describes the file that was compiled; see :func:`describe_file`.
    """
    folder = dataset_folder(name)
    if not _is_private(folder) or not os.access(folder, os.W_OK):
        return
    bundle = compile_()
    with suppress(OSError):
        replace_file(folder / _COMPILED_FILE, bundle)
        compiled = describe_file(folder / _COMPILED_FILE, bundle)
        manifest = {"version": __version__, "dataset": dataset, "compiled": compiled}
        replace_file(folder / _MANIFEST_FILE, json.dumps(manifest, indent=2).encode())


def describe_file(file: Path, content: bytes) -> dict[str, Any]:
    """Return the size, the modification time and the digest of a file with this content."""
    status = file.stat()
    return {"size": status.st_size, "mtime_ns": status.st_mtime_ns, "sha256": _digest(content)}


def _matches(expected: Mapping[str, Any], file: Path, read: Callable[[], bytes]) -> bool:
    """The content is read only if the size or the modification time differs."""
    status = file.stat()
    same_time = (status.st_size, status.st_mtime_ns) == (expected["size"], expected["mtime_ns"])
    return same_time or _digest(read()) == expected["sha256"]


def _digest(content: bytes) -> str:
    import hashlib  # noqa: PLC0415 - an unchanged file does not need it

    return hashlib.sha256(content).hexdigest()


def _is_private(folder: Path) -> bool:
    """Whether only the user can read and write a folder; always true on Windows."""
    mode = folder.stat().st_mode
    return not hasattr(os, "geteuid") or (_is_own(folder) and not mode & (stat.S_IRWXG | stat.S_IRWXO))


def _is_own(path: Path) -> bool:
    """Whether a file or folder belongs to the user; always true on Windows."""
    return not hasattr(os, "geteuid") or path.stat().st_uid == os.geteuid()


@contextmanager
def lock_dataset(name: str) -> Iterator[None]:
    """Return a context manager that prevents parallel downloads of a dataset.

    Raises:
        InvalidQueryError: If another process downloads the dataset.
    """
    import sqlite3  # noqa: PLC0415 - its locks work on all systems

    file = dataset_folder(name).parent.with_name(f".{name}.lock")
    make_private_folder(file.parent)
    file.touch(mode=0o600)
    connection = sqlite3.connect(file, timeout=0, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        connection.close()
        message = f"another process is downloading the dataset {name!r}; wait until that process ends"
        raise InvalidQueryError(message, name) from None
    try:
        yield
    finally:
        connection.close()
