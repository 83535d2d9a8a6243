"""Imports optional packages, or raises an error with the command to install them."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, requires
from importlib.util import find_spec

from friendcities.errors import MissingExtraError


@contextmanager
def extra(name: str, doing: str) -> Iterator[None]:
    """Return a context for imports from an extra; a missing package raises MissingExtraError.

    Args:
        name: The extra.
        doing: The feature that needs the extra.

    Raises:
        MissingExtraError: If a package is not installed.

    Example:
        >>> try:
        ...     with extra("pandas", "a pandas data frame"):
        ...         import no_such_package
        ... except MissingExtraError as error:
        ...     print(str(error).partition(": ")[0])
        a pandas data frame needs a package that is not installed (no_such_package)
    """
    try:
        yield
    except ImportError as error:
        missing = error.name or str(error)
        message = f"{doing} needs a package that is not installed ({missing}): {install_command(name)}"
        raise MissingExtraError(message, name=error.name) from error


def install_command(name: str) -> str:
    """The shell command that installs the packages of an extra, with pip, or with uv if pip is missing.

    The command names the packages themselves, so that it also works before friendcities is published.

    Example:
        >>> install_command("pandas").partition(" install ")[2].split()[-1]
        'pandas'
    """
    packages = _packages(name)
    installer = [sys.executable, "-m", "pip", "install"]
    if find_spec("pip") is None:
        installer = ["uv", "pip", "install", "--python", sys.executable]
    join = subprocess.list2cmdline if sys.platform == "win32" else shlex.join
    return join([*installer, *packages])


def _packages(name: str) -> list[str]:
    """The packages of an extra without versions; the extra itself if the metadata of friendcities is missing."""
    try:
        requirements = requires("friendcities") or []
    except PackageNotFoundError:
        return [f"friendcities[{name}]"]
    belongs = re.compile(rf"""extra == ["']{name}["']$""")
    return [re.split(r"[^\w.-]", each)[0] for each in requirements if belongs.search(each)]
