"""The packages that only some features need, and what is said where one is not installed."""

from collections.abc import Iterator
from contextlib import contextmanager

from friendcities.errors import MissingExtraError


@contextmanager
def extra(name: str, doing: str) -> Iterator[None]:
    """Import within this what an extra brings; where it is missing, the error names the command that installs it.

    Args:
        name: The extra.
        doing: What it is needed for.

    Raises:
        MissingExtraError: If something that is imported within is not there.

    Example:
        >>> with extra("pandas", "a pandas data frame"):
        ...     import no_such_package
        Traceback (most recent call last):
        friendcities.errors.MissingExtraError: a pandas data frame needs a package that is not installed \
(no_such_package): pip install 'friendcities[pandas]'
    """
    try:
        yield
    except ImportError as error:
        missing = error.name or str(error)
        message = f"{doing} needs a package that is not installed ({missing}): pip install 'friendcities[{name}]'"
        raise MissingExtraError(message, name=error.name) from error
