"""The exceptions that friendcities raises, and their problems.

The message of an error contains the given value, the expected value and one action that helps. Attributes contain the
same information for programs. Each error is a :class:`FriendcitiesError`, and also a :class:`LookupError`,
:class:`ValueError` or :class:`ImportError`.
"""

from collections.abc import Iterable
from reprlib import Repr
from typing import Any, Final

from attrs import asdict, evolve, frozen

from friendcities.field_path import join_fields

_SHORT: Final = Repr()
_SHORT.maxstring = _SHORT.maxother = _SHORT.maxlong = 60
_SHORT.maxlevel = 2
_SHORT.maxlist = _SHORT.maxdict = _SHORT.maxtuple = 3


def short(value: object) -> str:
    """Return the repr of a value for an error message, shortened if it is long or deep."""
    try:
        return _SHORT.repr(value)
    except ValueError:  # an integer of thousands of digits
        return f"a value of type {type(value).__name__} too long to be shown"


@frozen(kw_only=True)
class Problem:
    """A problem of a record or of a file of records.

    ``str()`` returns one line: ``path:line:column: rule: field: message; expected …; hint``. Unknown parts are left
    out. The rule is shown only with a path.

    Example:
        >>> print(Problem(path="cities/nz/nz-dunedin.json", field="level", message="invalid level 'citty'",
        ...               expected="one of 'municipality', 'district'", hint="did you mean 'municipality'?"))
        cities/nz/nz-dunedin.json: level: invalid level 'citty'; expected one of 'municipality', 'district'; did you \
mean 'municipality'?
    """

    path: str = ""
    """The file, as the caller named it; empty for a record that was made in Python."""
    line: int | None = None
    """The line, from 1."""
    column: int | None = None
    """The column, from 1, in characters."""
    rule: str = ""
    """The name of the broken rule; ``friendcities rules`` explains each."""
    field: str = ""
    """The path of the field: ``steps[0].evidence[1].source``; empty for the whole file."""
    message: str
    """What is wrong, with the value."""
    expected: str = ""
    """What is expected instead."""
    hint: str = ""
    """One action that fixes it, if one is known."""

    def within(self, place: str) -> "Problem":
        """Return the problem with a field path that begins at an outer record.

        Example:
            >>> Problem(field="date", message="").within("steps[0]").field
            'steps[0].date'
        """
        return evolve(self, field=join_fields(place, self.field))

    def to_dict(self) -> dict[str, Any]:
        """Return the problem as plain JSON values."""
        return asdict(self)

    def __str__(self) -> str:
        position = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        place = "".join(f"{part}: " for part in (position, self.rule if self.path else "", self.field) if part)
        wanted = f"; expected {self.expected}" if self.expected else ""
        hint = f"; {self.hint}" if self.hint else ""
        return on_one_line(f"{place}{self.message}{wanted}{hint}")


def on_one_line(text: str) -> str:
    """Replace unprintable characters, such as a line break in a key or a file name, with escapes."""
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


class FriendcitiesError(Exception):
    """The base class of all errors that friendcities raises on purpose."""

    @property
    def shell_message(self) -> str:
        """The message for the command line, with a hint that works in a shell."""
        return str(self)


class _QueryError(FriendcitiesError):
    """An error in a query.

    Args:
        message: The given and the expected value, in words that are valid in Python and in a shell.
        query: What was given, unchanged.
        candidates: The possible meanings of the query, best first, or the allowed values.
        hint: One action that helps: a Python call, or words that are valid in Python and in a shell.
        command: The hint for the shell, if different: a command or an option.
    """

    def __init__(
        self, message: str, query: object = None, candidates: Iterable[object] = (), hint: str = "", command: str = ""
    ) -> None:
        self.query = query
        self.candidates = tuple(candidates)
        self.hint = hint
        self.message, self._command = message, command
        super().__init__(message, query, self.candidates, hint, command)

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message

    @property
    def shell_message(self) -> str:
        """The message for the command line, with a hint that works in a shell."""
        return f"{self.message}; {self._command}" if self._command else str(self)


class LookupFailedError(_QueryError, LookupError):
    """A lookup that does not find exactly one record.

    Attributes:
        message: What was given, and what is expected.
        query: The query, unchanged.
        candidates: The possible meanings, best first; empty if nothing is similar.
        hint: One action that helps; may be empty.
    """


class UnknownCityError(LookupFailedError):
    """No city has the id or name; ``candidates`` contains the cities with similar names."""


class AmbiguousCityError(LookupFailedError):
    """More than one city has the name; ``candidates`` contains all of these cities."""


class UnknownPartnershipError(LookupFailedError):
    """The two cities have no recorded partnership; ``candidates`` contains the partnerships of their parts."""


class NoPathError(LookupFailedError):
    """There is no path from one city to the other along partnerships."""


class UnknownRecordError(LookupFailedError):
    """No record of the type has the id; ``candidates`` contains similar ids."""


class InvalidQueryError(_QueryError, ValueError):
    """An invalid argument: an unknown value of a filter, a malformed date, an empty name.

    Attributes:
        message: What was given, and what is expected.
        query: The invalid value.
        candidates: The allowed or similar values; may be empty.
        hint: One action that helps; may be empty.
    """


class _ProblemsError(FriendcitiesError, ValueError):
    """One or more problems with records."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class InvalidRecordError(_ProblemsError):
    """An invalid record: a latitude of 123, an id with capitals, an end before the start.

    Attributes:
        problems: All problems, as :class:`Problem` objects.
    """


class DataError(_ProblemsError):
    """A file or folder of records that cannot be read or written.

    Attributes:
        problems: All problems, as :class:`Problem` objects, in the order of the files.
    """


class FetchError(FriendcitiesError, ConnectionError):
    """An endpoint sent no valid response.

    Attributes:
        address: The web address of the endpoint.
    """

    def __init__(self, message: str, address: str = "") -> None:
        self.address = address
        super().__init__(message, address)

    def __str__(self) -> str:
        return str(self.args[0])


class MissingExtraError(FriendcitiesError, ImportError):
    """A feature needs a package that is not installed; the message contains the command to install the package."""
