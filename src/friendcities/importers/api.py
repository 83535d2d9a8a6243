"""The ways in: a file or a data frame, with a profile, to records and a report."""

from pathlib import Path
from typing import Any

from friendcities.errors import InvalidQueryError
from friendcities.importers.building import Imported, build
from friendcities.importers.examining import shape_of
from friendcities.importers.formats.graphs import ENDINGS, graph_table
from friendcities.importers.formats.tables import frame_table, table_of
from friendcities.importers.profile import Profile
from friendcities.importers.suggest import guessed
from friendcities.model import DateLike, PartialDate, Source, SourceId, as_date
from friendcities.model.record import is_text, short
from friendcities.names.normalize import fold

__all__ = ["read_frame", "read_table", "suggested_profile"]


def read_table(
    path: str | Path,
    *,
    profile: str | Path | Profile,
    publisher: str | None = None,
    title: str | None = None,
    as_of: DateLike | None = None,
    seen: DateLike | None = None,
    address: str | None = None,
) -> Imported:
    r"""Read a table, a graph or a map: CSV, TSV, Excel, Parquet, GraphML, GEXF, an edge list or GeoJSON.

    Nothing is dropped in silence and nothing stops the run: every row is in the report. What a file says is no better
    than the file: partnerships without a date are ``listed``, and the file is the source of every fact.

    Args:
        path: The file; its ending says what it is.
        profile: What its columns mean: a :class:`Profile`, the name of one that comes with the package, or a TOML file.
        publisher: Who published it, where the profile does not say.
        title: Its title, where the profile does not say; the name of the file where neither does.
        as_of: The date whose state it describes, where the profile does not say.
        seen: When it was read.
        address: Where it is published, where the profile does not say.

    Raises:
        DataError: If the file cannot be read at all.
        InvalidQueryError: If something is wrong with the profile, or the file lacks a column that it names.
        MissingExtraError: If the library that reads such files is not installed.

    Example:
        >>> import pathlib, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = pathlib.Path(folder, "mine.csv")
        ...     columns = "city1,country1,lat1,lng1,city2,country2,lat2,lng2"
        ...     _ = file.write_text(f"{columns}\nVik,Iceland,,,Lyon,France,,\n")
        ...     found = read_table(file, profile="pairs", publisher="Me", as_of="2026")
        >>> found.dataset.partnerships()
        (<Partnership fr-lyon--is-vik: active unspecified>,)
        >>> print(found.report.as_text(), end="")
        1 row: 1 taken, 0 merged, 0 not taken
    """
    file = _path(path)
    meant = profile if isinstance(profile, Profile) else Profile.named(profile)
    source = _source(meant, title or meant.title or file.name, publisher, as_of, seen, address)
    if file.suffix.casefold() in ENDINGS:
        graph = graph_table(file, meant)
        return build(graph.rows, meant, source, graph.unread)
    with table_of(file, meant) as table:
        return build(table.rows, meant, source, table.unread)


def read_frame(
    frame: Any,
    *,
    profile: str | Path | Profile,
    title: str | None = None,
    publisher: str | None = None,
    as_of: DateLike | None = None,
    seen: DateLike | None = None,
    address: str | None = None,
) -> Imported:
    """Read a data frame of pandas, polars, PyArrow or another that narwhals knows; see :func:`read_table`."""
    meant = profile if isinstance(profile, Profile) else Profile.named(profile)
    name = title or meant.title
    if name is None:
        message = "a data frame has no name of its own; pass title=, or say it in [source] of the profile"
        raise InvalidQueryError(message)
    table = frame_table(frame, meant)
    return build(table.rows, meant, _source(meant, name, publisher, as_of, seen, address), table.unread)


def suggested_profile(path: str | Path) -> str:
    """A profile in TOML that may fit a file, for a person to look at and to correct; it is never used by itself.

    Raises:
        DataError, MissingExtraError: As :func:`read_table` does.
    """
    shape = shape_of(_path(path))
    return guessed(shape.columns, encoding=shape.encoding, delimiter=shape.delimiter, heading=shape.heading)


def _path(path: object) -> Path:
    if isinstance(path, (str, Path)) and str(path) and "\0" not in str(path):
        return Path(path)
    message = f"{short(path)} is no path; pass that of a file"
    raise InvalidQueryError(message, path)


def _source(  # noqa: PLR0917 - one call from each way in
    profile: Profile,
    title: str,
    publisher: str | None,
    as_of: DateLike | None,
    seen: DateLike | None,
    address: str | None,
) -> Source:
    if not is_text(title):
        message = f"{short(title)} is no title that can be shown; pass title=, or say it in [source] of the profile"
        raise InvalidQueryError(message, title)
    who = publisher or profile.publisher
    state = profile.as_of if as_of is None else as_date(as_of)
    missing = [name for name, value in (("publisher", who), ("as_of", state)) if value is None]
    if who is None or state is None:
        message = (
            f"the file is to be a source, so say its {' and its '.join(missing)}; or put it in [source] of the profile"
        )
        raise InvalidQueryError(message, missing)
    words = "-".join(["".join(each if each.isascii() else " " for each in fold(title)).strip().replace(" ", "-")])
    return Source(
        id=SourceId(_id(words, state)),
        kind=profile.source_kind,
        publisher=who,
        title=title,
        as_of=state,
        accessed=None if seen is None else as_date(seen),
        language=profile.language,
        address=address or profile.address,
    )


def _id(words: str, state: PartialDate) -> str:
    kept = "-".join(each for each in words.split("-") if each)[:60].strip("-")
    return f"{kept or 'file'}-{state}"
