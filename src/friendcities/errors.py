"""The exceptions of friendcities, and ``Problem``, the description of one problem in the data.

A message contains the given value, the expected value and a hint. The attributes of the
error contain the same information for programs. Each error is a :class:`FriendcitiesError` and also a built-in error,
such as :class:`LookupError` or :class:`ValueError`.
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
    """Return the repr of a value for an error message. A long or deep repr is shortened."""
    try:
        return _SHORT.repr(value)
    except ValueError:  # an integer with thousands of digits
        return f"a value of type {type(value).__name__} too long to be shown"


@frozen(kw_only=True)
class Problem:
    """One problem in a record or in a file of records.

    ``str()`` returns one line: ``path:line:column: rule: field: message; expected …; hint``. Empty parts are left out.
    The rule is shown only if the problem has a path.

    Example:
        >>> print(Problem(path="cities/nz/nz-dunedin.json", field="level", message="invalid level 'citty'",
        ...               expected="one of 'municipality', 'district'", hint="did you mean 'municipality'?"))
        cities/nz/nz-dunedin.json: level: invalid level 'citty'; expected one of 'municipality', 'district'; did you \
mean 'municipality'?
    """

    path: str = ""
    """The path of the file, as the caller wrote it. Empty for a record that was created in Python."""
    line: int | None = None
    """The number of the line; the first line is 1."""
    column: int | None = None
    """The number of the character in the line; the first character is 1."""
    rule: str = ""
    """The name of the broken rule. The command ``friendcities rules`` explains all rules."""
    field: str = ""
    """The path of the field, such as ``steps[0].date``. Empty if the problem concerns the whole file."""
    message: str
    """The error, with the invalid value."""
    expected: str = ""
    """The expected value."""
    hint: str = ""
    """One action that fixes the problem; may be empty."""

    def within(self, place: str) -> "Problem":
        """Return a copy of the problem with ``place`` added before the path of the field.

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
    """Replace unprintable characters, such as line breaks, with escapes."""
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


class FriendcitiesError(Exception):
    """The base class of all errors of friendcities."""

    @property
    def shell_message(self) -> str:
        """The message for the command line, with escaped control characters."""
        return "\n".join(map(on_one_line, str(self).split("\n")))


class _QueryError(FriendcitiesError):
    """The base class of errors about the arguments of a query.

    Args:
        message: The given value and the expected value.
        query: The given value, unchanged.
        candidates: The possible meanings of the query, or the allowed values; the best comes first.
        hint: One action that helps in Python.
        command: One action that helps on the command line; by default, ``hint``.
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
        """The message for the command line, on one line, with a hint for the shell."""
        return on_one_line(f"{self.message}; {self._command}" if self._command else str(self))


class LookupFailedError(_QueryError, LookupError):
    """A lookup finds no record, or more than one record.

    Attributes:
        message: The given value and the expected value.
        query: The given value, unchanged.
        candidates: The possible meanings of the query; the best comes first. Empty if nothing is similar.
        hint: One action that helps; may be empty.
    """


class UnknownCityError(LookupFailedError):
    """No city has the given id or name. ``candidates`` contains cities with similar names."""


class AmbiguousCityError(LookupFailedError):
    """More than one city has the given name. ``candidates`` contains all these cities."""


class UnknownPartnershipError(LookupFailedError):
    """No partnership links the two cities. ``candidates`` contains partnerships between districts of the cities."""


class NoPathError(LookupFailedError):
    """No chain of partnerships connects the two cities."""


class UnknownRecordError(LookupFailedError):
    """No record of this type has the given id. ``candidates`` contains similar ids."""


class InvalidQueryError(_QueryError, ValueError):
    """An argument is invalid, such as a malformed date.

    Attributes:
        message: The given value and the expected value.
        query: The invalid value.
        candidates: Allowed or similar values; may be empty.
        hint: One action that helps; may be empty.
    """


class _ProblemsError(FriendcitiesError, ValueError):
    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class InvalidRecordError(_ProblemsError):
    """A record is invalid. For example, the latitude of a city is 123.

    Attributes:
        problems: All problems, as :class:`Problem` objects.
    """


class DataError(_ProblemsError):
    """A file or folder of records cannot be read or written.

    Attributes:
        problems: All problems, as :class:`Problem` objects, in the order of the files.
    """


class FetchError(FriendcitiesError, ConnectionError):
    """A server sent no valid response.

    Attributes:
        address: The web address of the server.
    """

    def __init__(self, message: str, address: str = "") -> None:
        self.address = address
        super().__init__(message, address)

    def __str__(self) -> str:
        return str(self.args[0])


class MissingExtraError(FriendcitiesError, ImportError):
    """A feature needs a package that is not installed. The message contains the command that installs the package."""
