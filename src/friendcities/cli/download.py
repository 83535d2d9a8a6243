"""``friendcities download``: install partnerships from Wikidata as a dataset."""

import argparse
import json
import shlex
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any, Final

from friendcities import release
from friendcities.cli.fetch import add_request_options, chosen_languages
from friendcities.cli.options import OUTPUT, read_text
from friendcities.cli.output import ExitCode, count_of, print_lines, print_note, show_count
from friendcities.cli.parser import CommandParser, choice
from friendcities.datasets.bundled import dataset
from friendcities.datasets.dataset import Dataset
from friendcities.datasets.folder import read_file, replace_file
from friendcities.datasets.installed import (
    DOWNLOAD_FILE,
    HOME_VARIABLE,
    REPORT_FILE,
    Description,
    dataset_folder,
    home_folder,
    install,
    installed_names,
    lock_dataset,
    make_private_folder,
    read_description,
)
from friendcities.datasets.references import replace_ids
from friendcities.diff import as_text, compare
from friendcities.errors import FetchError, FriendcitiesError, InvalidQueryError
from friendcities.extras import extra
from friendcities.importers import Report, fetch_wikidata, read_wikidata
from friendcities.importers.wikidata.city_search import find_city_item
from friendcities.importers.wikidata.download import MANIFEST, check_selection, count_statements, first_day
from friendcities.limits import DATASET_NAME_CHARACTERS
from friendcities.model import RECORD_TYPES, Source

DESCRIPTION = (
    "Download partnerships from Wikidata, combine them with the bundled data, and install the result as a dataset. "
    "Query the dataset with --dataset NAME. To continue an interrupted download, repeat the command. If a download "
    "fails, an existing dataset stays unchanged."
)
EPILOG = "Exit codes: 0 installed; 1 no valid response, or the dataset cannot be written; 2 wrong usage."
EXAMPLES = (
    "friendcities download wikidata --contact me@example.org",
    "friendcities download wikidata --city 'Berlin, Germany' --contact me@example.org",
    "friendcities download wikidata --country NZ --update --contact me@example.org",
    "friendcities download world --from wikidata.json",
)
_SOURCES: Final = ("wikidata", "world")
_SOURCE_HELP: Final = "wikidata, or world (one file with a published copy of Wikidata's partnerships)"
_LICENCE: Final = "CC BY 4.0; the statements of Wikidata alone: CC0 1.0"
_MIN_SHARE: Final = 0.99
"""The minimum share of statements that must arrive. Other people edit Wikidata during a download."""


def add_arguments(command: CommandParser) -> None:
    """Add the arguments of the command."""
    command.add_argument("source", **choice("source", _SOURCES, metavar="SOURCE", help=_SOURCE_HELP))
    selection = command.group("selection (default: all partnerships)").add_mutually_exclusive_group()
    help_ = "the partnerships of this city, such as 'Berlin, Germany' or Q64; may be repeated"
    selection.add_argument("--city", action="append", type=read_text, default=[], metavar="CITY", help=help_)
    help_ = "the partnerships of all cities in this country, such as NZ"
    selection.add_argument("--country", metavar="CC", help=help_)
    help_ = "import a downloaded file, or a folder of 'friendcities fetch'"
    selection.add_argument("--from", dest="path", metavar="PATH", help=help_)
    help_ = "download the dataset again, and print the differences"
    command.group(OUTPUT).add_argument("--update", action="store_true", help=help_)
    add_request_options(command)


def run(options: argparse.Namespace) -> int:
    """Download, merge and install a dataset, and print a summary."""
    if options.source == "world" and (options.city or options.country):
        message = "'download world' has no selection; leave out --city and --country, or download wikidata"
        raise InvalidQueryError(message)
    items = tuple(sorted({_find_item(each, options) for each in options.city}))
    check_selection(items, options.country, everything=not items and options.country is None)
    name = "-".join([options.source, *([options.country] if options.country else []), *items]).lower()
    if len(name) > DATASET_NAME_CHARACTERS:
        message = f"{len(items)} cities are too many for one dataset; name fewer cities, or download all with --country"
        raise InvalidQueryError(message, items)
    before = read_description(name) if name in installed_names() else None
    if options.update and before is None:
        message = f"no dataset {name!r} is installed; leave out --update"
        raise InvalidQueryError(message, name)
    if before is not None and not options.update:
        print_note(f"the dataset {name!r} of {before.date} is installed; fetch it again with --update")
        return ExitCode.ANSWERED
    with _explained(), lock_dataset(name):
        folder = home_folder() / "downloads" / name
        pages = Path(options.path or folder)
        if options.source == "world":
            lines = _install(name, Dataset.load(options.path or _fetch_world(folder)), None, items, options)
        else:
            if not options.path:
                if before is not None and first_day(pages) <= before.date:
                    shutil.rmtree(pages, ignore_errors=True)  # a killed download installed these pages
                _fetch(pages, items, options)
            print_note("reading the statements")
            cities = [city for city in dataset().cities() if "wikidata" in city.identifiers]
            known = {city.identifiers["wikidata"]: city for city in cities}
            levels = {item: city.level for item, city in known.items()}  # avoids disagreements about levels
            known = known if options.path else {}  # fetched pages are published under Wikidata's licence alone
            found = read_wikidata(pages, accessed=date.today(), levels=levels, known=known)  # noqa: DTZ011 - local day
            lines = _install(name, found.dataset, found.report, items, options)
        shutil.rmtree(folder, ignore_errors=True)
    asked = shlex.quote(options.city[0]) if options.city else "CITY"
    print_lines([*lines, f"query: friendcities partners {asked} --dataset {name}"])
    return ExitCode.ANSWERED


@contextmanager
def _explained() -> Iterator[None]:
    """Add advice for the user to a system error."""
    try:
        yield
    except FriendcitiesError:
        raise
    except OSError as error:
        action = (
            f"nothing was installed; make room on the disk, or set {HOME_VARIABLE} to another folder, and try again"
        )
        raise OSError(error.errno, f"{error.strerror or error}; {action}", error.filename) from None


def _find_item(city: str, options: argparse.Namespace) -> str:
    return find_city_item(city, languages=chosen_languages(options), endpoint=options.endpoint, contact=options.contact)


def _fetch(folder: Path, items: Sequence[str], options: argparse.Namespace) -> None:
    """Download the pages of the selection. Raise FetchError if statements are missing."""
    make_private_folder(folder)
    selection: dict[str, Any] = {"cities": items, "country": options.country, "endpoint": options.endpoint}
    selection |= {"everything": not items and options.country is None, "contact": options.contact}
    expected = count_statements(**selection)
    if not expected:
        chosen = f" of {', '.join(items) or options.country}" if items or options.country else ""
        action = "check --city, --country or --endpoint" if chosen else "check --endpoint"
        message = f"{options.endpoint} has no partnership{chosen}; nothing was installed; {action}"
        raise FetchError(message, options.endpoint)
    selection |= {
        "languages": chosen_languages(options),
        "page_size": options.page_size,
        "pause": options.pause,
    }
    with show_count("fetching statements", expected) as show_number:
        selection["progress"] = lambda _, statements: show_number(statements)
        try:
            found = fetch_wikidata(folder, **selection)
        except InvalidQueryError as error:
            if error.query != str(folder):
                raise
            shutil.rmtree(folder)  # the pages have other languages, another size or another endpoint
            found = fetch_wikidata(folder, **selection)
    if found.statements < expected * _MIN_SHARE:
        shutil.rmtree(folder)
        message = f"{options.endpoint} sent {found.statements:,} of {expected:,} statements; nothing was installed"
        raise FetchError(message, options.endpoint)


def _fetch_world(folder: Path) -> str:
    """Download the published file to a folder. Raise FetchError if the file is missing or has a wrong digest."""
    if not release.WORLD_ADDRESS:
        message = "no address of a published download is set in this version; use: friendcities download wikidata"
        raise FetchError(message)
    with extra("world", "the published download"):
        import pooch  # noqa: PLC0415 - an extra
    make_private_folder(folder)
    pooch.get_logger().setLevel("WARNING")
    try:
        file: str = pooch.retrieve(release.WORLD_ADDRESS, f"sha256:{release.WORLD_DIGEST}", "world.json", folder)
    except (ValueError, OSError) as error:
        message = f"{release.WORLD_ADDRESS} sent no file with the expected digest: {error}"
        raise FetchError(message, release.WORLD_ADDRESS) from None
    return file


def _install(
    name: str, data: Dataset, rows: Report | None, items: tuple[str, ...], options: argparse.Namespace
) -> list[str]:
    """Merge a download with the bundled data, and install the result. Return the lines of the summary."""
    days = [str(source.as_of) for source in data.sources() if source.id.startswith("wikidata-p190-")]
    if not data.partnerships() or not days:
        message = f"{options.path or options.endpoint} has no partnership of Wikidata to import; nothing was installed"
        raise FetchError(message)
    print_note("merging them with the bundled data")
    merge = dataset().merge(data)
    folder = dataset_folder(name)
    earlier = Dataset.load(folder / DOWNLOAD_FILE) if options.update else None
    make_private_folder(folder)
    report = f"{rows.as_text(None) if rows else ''}\n{merge.report.as_text()}"
    replace_file(folder / REPORT_FILE, report.encode("utf-8", "backslashreplace"))
    data.save(folder / DOWNLOAD_FILE)
    description = install(name, merge.dataset, _describe(max(days), rows, items, options))
    changes = [] if earlier is None else [as_text(compare(_with_sources_of(data, earlier), data))]
    return [
        *changes,
        f"dataset: {name}, {description.date}, from {description.source}, merged with the bundled data",
        f"licence: {description.licence}",
        f"contents: {description.cities:,} cities, {description.partnerships:,} partnerships",
        *([f"rejected: {rows.rejected:,} of {count_of(rows.total, 'row')}"] if rows else []),
        f"doubts: {len(merge.report.doubts):,}; conflicts: {len(merge.report.disagreements):,}",
        f"report: {folder / REPORT_FILE}",
    ]


def _describe(day: str, rows: Report | None, items: tuple[str, ...], options: argparse.Namespace) -> Description:
    """Describe a download."""
    selection: dict[str, Any] = {"country": options.country, "cities": items, "endpoint": options.endpoint}
    if options.source == "world":
        selection["endpoint"] = options.path or release.WORLD_ADDRESS
    elif rows is not None and options.path:
        own = {dict(row.cells)["item"] for row in rows.rows}
        selection = {"country": None, "cities": sorted(own), "endpoint": options.path}
        with suppress(OSError, ValueError):
            selection = json.loads(read_file(Path(options.path, MANIFEST)))
    return Description(
        date=day,
        source=f"Wikidata ({selection['endpoint']})",
        licence=_LICENCE,
        country=selection["country"],
        items=tuple(selection["cities"]),
    )


def _with_sources_of(new: Dataset, earlier: Dataset) -> Dataset:
    """Return the earlier download with the source ids of the new download. Source ids contain dates."""
    ids = {source.id for source in new.sources()}
    by_address = {source.address: source.id for source in new.sources()}
    moved: dict[str, str] = {
        each.id: by_address[each.address]
        for each in earlier.sources()
        if each.id not in ids and each.address in by_address
    }
    new_ids = {cls: moved if cls is Source else {} for cls in RECORD_TYPES.values()}
    records = {(type(each), each.id): each for each in (replace_ids(record, new_ids) for record in earlier)}
    records |= {(Source, id_): new.source(id_) for cls, id_ in records if cls is Source and id_ in ids}
    return Dataset(records.values())
