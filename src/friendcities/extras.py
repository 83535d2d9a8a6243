"""Optional packages, and the error if one is not installed."""

from collections.abc import Iterator
from contextlib import contextmanager

from friendcities.errors import MissingExtraError


@contextmanager
def extra(name: str, doing: str) -> Iterator[None]:
    """Return a context for imports from an extra; the error for a missing package names the command to install it.

    Args:
        name: The extra.
        doing: The feature that needs the extra.

    Raises:
        MissingExtraError: If a package is not installed.

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
