"""Imports a file or a data frame."""

from pathlib import Path
from typing import Any, Final

from friendcities.errors import InvalidQueryError
from friendcities.importers.build_records import import_table
from friendcities.importers.formats.tables import check_path, frame_table, open_table
from friendcities.importers.import_report import ImportResult
from friendcities.importers.profile import Profile
from friendcities.model import DateLike, Source, SourceId, SourceKind, as_date
from friendcities.model.record import is_text, short
from friendcities.names.normalize import fold

_MOST_CHARACTERS: Final = 60


def read_table(
    path: str | Path,
    *,
    profile: str | Path | Profile,
    publisher: str | None = None,
    title: str | None = None,
    as_of: DateLike | None = None,
    accessed: DateLike | None = None,
    address: str | None = None,
) -> ImportResult:
    r"""Import partnerships from a file, such as CSV, Excel, Parquet, GraphML or GeoJSON.

    The report contains the result of every row. An invalid row does not stop the import. The file becomes the source of
    every fact. Partnerships without a date are ``listed``.

    Args:
        path: The file; the file extension determines the format.
        profile: The meaning of the columns: a :class:`Profile`, the name of a bundled profile, or a TOML file.
        publisher: The publisher of the file; overrides the profile.
        title: The title of the file; overrides the profile. The default is the file name.
        as_of: The date that the file describes; overrides the profile.
        accessed: The date on which the file was accessed.
        address: The URL of the published file; overrides the profile.

    Raises:
        DataError: If the file cannot be read.
        InvalidQueryError: If the profile is invalid, or names a column that the file lacks.
        MissingExtraError: If the extra for the file format is not installed.

    Example:
        >>> import pathlib, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = pathlib.Path(folder, "mine.csv")
        ...     columns = "city1,country1,lat1,lng1,city2,country2,lat2,lng2"
        ...     _ = file.write_text(f"{columns}\nVik,Iceland,,,Lyon,France,,\n")
        ...     result = read_table(file, profile="pairs", publisher="Me", as_of="2026")
        >>> result.dataset.partnerships()
        (<Partnership fr-lyon--is-vik: active unspecified>,)
        >>> print(result.report.as_text(), end="")
        1 row: 1 imported, 0 merged, 0 rejected
    """
    file = check_path(path)
    columns = _load_profile(profile, publisher, as_of)
    source = _make_source(columns, title or columns.title or file.name, publisher, as_of, accessed, address)
    with open_table(file, columns) as table:
        return import_table(table, columns, source)


def read_frame(
    frame: Any,
    *,
    profile: str | Path | Profile,
    title: str | None = None,
    publisher: str | None = None,
    as_of: DateLike | None = None,
    accessed: DateLike | None = None,
    address: str | None = None,
) -> ImportResult:
    """Import partnerships from a data frame, such as one of pandas or polars; see :func:`read_table`."""
    columns = _load_profile(profile, publisher, as_of)
    name = title or columns.title
    if name is None:
        message = "a data frame needs a title; pass title=, or set title in [source] of the profile"
        raise InvalidQueryError(message)
    source = _make_source(columns, name, publisher, as_of, accessed, address)
    return import_table(frame_table(frame, columns), columns, source)


def _load_profile(profile: str | Path | Profile, publisher: str | None, as_of: DateLike | None) -> Profile:
    if isinstance(profile, Profile):
        return profile
    given = {"publisher": publisher, "as_of": as_of}
    return Profile.load(profile, required=[key for key, value in given.items() if value is None])


def _make_source(  # noqa: PLR0917 - one call in each function that reads
    profile: Profile,
    title: str,
    publisher: str | None,
    as_of: DateLike | None,
    accessed: DateLike | None,
    address: str | None,
) -> Source:
    if not is_text(title):
        message = f"invalid title {short(title)}; expected printable text; pass title=, or set title in the profile"
        raise InvalidQueryError(message, title)
    publisher = publisher or profile.publisher
    state = profile.as_of if as_of is None else as_date(as_of)
    missing = [name for name, value in (("publisher", publisher), ("as_of", state)) if value is None]
    if publisher is None or state is None:
        names = " and ".join(missing)
        message = f"the source has no {names}; pass {names}, or set {names} in [source] of the profile"
        raise InvalidQueryError(message, missing)
    words = "".join(letter if letter.isascii() else " " for letter in fold(title)).split()
    slug = "-".join(words)[:_MOST_CHARACTERS].strip("-")
    return Source(
        id=SourceId(f"{slug or 'file'}-{state}"),
        kind=profile.source_kind or SourceKind.DATABASE,
        publisher=publisher,
        title=title,
        as_of=state,
        accessed=None if accessed is None else as_date(accessed),
        language=profile.language,
        address=address or profile.address,
        speaks_for=profile.speaks_for,
    )
