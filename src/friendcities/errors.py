"""Everything friendcities raises, and the problems its errors carry.

An error says what was asked, what was wrong with it, where, and what to do next; what it says in words it also
carries as attributes, so that a program can act on it. Each is a :class:`FriendcitiesError` *and* one of Python's
own kinds (:class:`LookupError`, :class:`ValueError`, :class:`ImportError`), so that either can be caught.
"""

from collections.abc import Iterable
from reprlib import Repr
from typing import Final

from attrs import evolve, frozen

from friendcities.field_path import join_fields

_SHORT: Final = Repr()
_SHORT.maxstring = _SHORT.maxother = _SHORT.maxlong = 60
_SHORT.maxlevel = 2
_SHORT.maxlist = _SHORT.maxdict = _SHORT.maxtuple = 3


def short(value: object) -> str:
    """Return the repr of a value as an error message shows it, cut where it is long or deep."""
    try:
        return _SHORT.repr(value)
    except ValueError:  # Python writes no whole number of thousands of digits
        return f"a value of type {type(value).__name__} too long to be shown"


@frozen(kw_only=True)
class Problem:
    """One thing that is wrong with a record or a file of records.

    ``str()`` of it is one line: ``path:line:column: rule: field: what is wrong; what was expected; the hint``,
    less what is not known; and less the rule where there is no file.

    Example:
        >>> print(Problem(path="cities/nz/nz-dunedin.json", field="level", message="'citty' is no level",
        ...               expected="one of 'municipality', 'district'", hint="write 'municipality'"))
        cities/nz/nz-dunedin.json: level: 'citty' is no level; expected one of 'municipality', 'district'; write \
'municipality'
    """

    path: str = ""
    """The file, as it was named to us; empty for a record that was made in Python."""
    line: int | None = None
    """The line, from 1."""
    column: int | None = None
    """The column, from 1, in characters."""
    rule: str = ""
    """The name of the rule that is broken, one of those that ``friendcities rules`` explains."""
    field: str = ""
    """The field, with the way to it: ``steps[0].evidence[1].source``; empty where the whole file is meant."""
    message: str
    """What is wrong, with the value that was found."""
    expected: str = ""
    """What was expected instead."""
    hint: str = ""
    """One way to fix it, if one is known."""

    def within(self, place: str) -> "Problem":
        """The same problem, its field seen from one level further out.

        Example:
            >>> Problem(field="date", message="").within("steps[0]").field
            'steps[0].date'
        """
        return evolve(self, field=join_fields(place, self.field))

    def __str__(self) -> str:
        position = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        place = "".join(f"{part}: " for part in (position, self.rule if self.path else "", self.field) if part)
        wanted = f"; expected {self.expected}" if self.expected else ""
        hint = f"; {self.hint}" if self.hint else ""
        return _on_one_line(f"{place}{self.message}{wanted}{hint}")


def _on_one_line(text: str) -> str:
    """Text with what cannot be printed, a line break in a key say, as the escape that Python writes for it."""
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


class FriendcitiesError(Exception):
    """The root of every error that friendcities raises on purpose."""


class LookupFailedError(FriendcitiesError, LookupError):
    """A look-up that could not name exactly one thing.

    Attributes:
        query: What was asked for, unchanged.
        candidates: What it may have meant, best first; empty where nothing comes near.
    """

    def __init__(self, message: str, query: object = None, candidates: Iterable[object] = ()) -> None:
        self.query = query
        self.candidates = tuple(candidates)
        super().__init__(message, query, self.candidates)

    def __str__(self) -> str:
        return str(self.args[0])


class UnknownCityError(LookupFailedError):
    """No city has that id or name; ``candidates`` are the cities whose names come near."""


class AmbiguousCityError(LookupFailedError):
    """More than one city has that name; ``candidates`` are all of them."""


class UnknownPartnershipError(LookupFailedError):
    """The two cities have no partnership on record; ``candidates`` are those that their parts have."""


class NoPathError(LookupFailedError):
    """No way leads from one city to the other, from partner to partner."""


class UnknownRecordError(LookupFailedError):
    """No record of the wanted type has that id; ``candidates`` are the ids that come near."""


class InvalidQueryError(FriendcitiesError, ValueError):
    """A question that makes no sense: an unknown filter value, a malformed date, an empty name.

    Attributes:
        query: The value that was refused.
        candidates: The values that would have been taken, where they can be listed.
    """

    def __init__(self, message: str, query: object = None, candidates: Iterable[object] = ()) -> None:
        self.query = query
        self.candidates = tuple(candidates)
        super().__init__(message, query, self.candidates)

    def __str__(self) -> str:
        return str(self.args[0])


class _ProblemsError(FriendcitiesError, ValueError):
    """Something is wrong with records, perhaps several things at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class InvalidRecordError(_ProblemsError):
    """A record that cannot be: a latitude of 123, an id with capitals, dates that run backwards.

    Attributes:
        problems: All of them, one :class:`Problem` each.
    """


class DataError(_ProblemsError):
    """A file or a folder of records that cannot be read as they stand.

    Attributes:
        problems: All of them, in the order of the files, one :class:`Problem` each.
    """


class FetchError(FriendcitiesError, ConnectionError):
    """An endpoint gave no answer, or none that can be used.

    Attributes:
        address: Where it is.
    """

    def __init__(self, message: str, address: str = "") -> None:
        self.address = address
        super().__init__(message, address)

    def __str__(self) -> str:
        return str(self.args[0])


class MissingExtraError(FriendcitiesError, ImportError):
    """A feature needs a package that is not installed; the message names the command that installs it."""
