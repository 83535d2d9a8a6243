"""What the columns of a file mean: a profile, declared in a few lines of TOML."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from attrs import asdict, fields, frozen
from importlib_resources import files

from friendcities.errors import InvalidQueryError
from friendcities.importers.declaring import declared
from friendcities.importers.fitting import unfit
from friendcities.model import Level, PartialDate, PartnershipKind, SourceKind, Status
from friendcities.model.record import short

__all__ = ["End", "Profile", "packaged_profiles"]

_FOLDER: Final = "profiles"


@frozen
class End:
    """The columns that tell of one of the two cities of a row."""

    name: str
    country: str | None = None
    country_is: str | None = None
    """The country of all of them, where no column has it."""
    latitude: str | None = None
    longitude: str | None = None
    wikidata: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are looked at."""
        every = (self.name, self.country, self.latitude, self.longitude, self.wikidata)
        return tuple(column for column in every if column is not None)


@frozen
class Profile:
    """What the columns of a file mean, and what the file is as a source.

    A column is named by its heading, or by its place: ``#3`` is the third.

    Raises:
        InvalidQueryError: If no file can be read by it; all that is wrong is said.

    Example:
        >>> Profile.named("pairs").first.columns
        ('city1', 'country1', 'lat1', 'lng1')
    """

    first: End
    second: End
    level: Level
    """The level of the places that the file lists."""
    source_kind: SourceKind = SourceKind.DATABASE
    publisher: str | None = None
    title: str | None = None
    as_of: PartialDate | None = None
    language: str | None = None
    address: str | None = None
    date: str | None = None
    """The column with the date of a partnership."""
    kind: str | None = None
    """The column with the kind of a partnership."""
    kinds: Mapping[str, PartnershipKind] = {}
    """What the words of that column mean."""
    status: str | None = None
    """The column that tells how a partnership stands; blank: in force."""
    statuses: Mapping[str, Status] = {}
    """What the words of that column mean."""
    end: str | None = None
    """The column with the date at which a partnership was suspended or ended."""
    date_formats: tuple[str, ...] = ()
    """How dates are written besides ISO 8601: ``%d``, ``%m`` or ``%B``, and ``%Y``; what can be two dates is none."""
    months: tuple[str, ...] = ()
    """The names of the months that ``%B`` stands for, the first for January."""
    countries: Mapping[str, str] = {}
    """What the file calls countries besides their English names and those in its language, each with its ISO code."""
    encoding: str = "utf-8-sig"
    delimiter: str | None = None
    """What stands between two cells; ``None``: a tab in ``.tsv``, else a comma."""
    sheet: str | None = None
    """The sheet of a workbook; ``None``: the first."""
    heading: int = 1
    """The row with the names of the columns; those above it are no rows of the table."""
    fill_down: tuple[str, ...] = ()
    """The columns of which a blank cell has the text of the one above it, as merged cells of a workbook have."""
    blank: tuple[str, ...] = ()
    """What stands in cells that say nothing, such as "-" or "unknown"; case does not matter."""

    def __attrs_post_init__(self) -> None:
        values = {each.name: getattr(self, each.name) for each in fields(Profile)}
        problems = list(unfit(values | {end: asdict(values[end]) for end in ("first", "second")}))
        if problems:
            message = f"the profile: {'; '.join(problems)}"
            raise InvalidQueryError(message, self)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are looked at."""
        steps = (column for column in (self.date, self.kind, self.status, self.end) if column is not None)
        return (*self.first.columns, *self.second.columns, *steps)

    @classmethod
    def named(cls, name: str | Path) -> "Profile":
        """A profile of this package, by name, or one in a file, by its path.

        Raises:
            InvalidQueryError: If there is none, or something is wrong with it.
        """
        _check_that_it_names(name)
        if str(name) in packaged_profiles():
            text = (files("friendcities.importers") / _FOLDER / f"{name}.toml").read_text(encoding="utf-8")
            return cls.parse(text, str(name))
        try:
            text = Path(name).read_text(encoding="utf-8-sig")
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) and error.strerror else "it is no text"
            known = ", ".join(map(repr, packaged_profiles()))
            message = f"there is no profile {short(str(name))}: {why}; pass the path of a TOML file, or one of {known}"
            raise InvalidQueryError(message, str(name), packaged_profiles()) from None
        return cls.parse(text, str(name))

    @classmethod
    def parse(cls, text: str, name: str = "the profile") -> "Profile":
        r"""Read a profile from TOML.

        Raises:
            InvalidQueryError: If anything is wrong with it: all that is.

        Example:
            >>> Profile.parse('[cities]\nlevel = "town"\n[first]\nname = "a"\ncountry_is = "IS"\n')
            Traceback (most recent call last):
            friendcities.errors.InvalidQueryError: the profile: [second] is missing
        """
        values = declared(text, name)
        return cls(first=End(**values.pop("first")), second=End(**values.pop("second")), **values)


def _check_that_it_names(name: object) -> None:
    if not isinstance(name, (str, Path)):
        message = f"{short(name)} names no profile; pass the name of one, or the path of a TOML file"
        raise InvalidQueryError(message, name)


def packaged_profiles() -> tuple[str, ...]:
    """The names of the profiles that come with the package.

    Example:
        >>> packaged_profiles()
        ('pairs', 'register-of-a-country')
    """
    folder = files("friendcities.importers") / _FOLDER
    return tuple(sorted(each.name.removesuffix(".toml") for each in folder.iterdir() if each.name.endswith(".toml")))
