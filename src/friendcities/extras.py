"""Imports optional packages. If a package is missing, the error contains the command that installs the package."""

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
    """Return a context for importing the packages of an extra.

    Args:
        name: The name of the extra.
        doing: The feature that needs the extra, for the error message.

    Raises:
        MissingExtraError: If a package is not installed.

    Example:
        >>> try:
        ...     with extra("pandas", "a pandas data frame"):
        ...         import no_such_package
        ... except MissingExtraError as error:
        ...     print(str(error).partition(": ")[0])
        a pandas data frame needs the extra 'pandas' (no_such_package is not installed)
    """
    try:
        yield
    except ImportError as error:
        missing = error.name or str(error)
        message = f"{doing} needs the extra {name!r} ({missing} is not installed): {install_command(name)}"
        raise MissingExtraError(message, name=error.name) from error


def install_command(name: str) -> str:
    """Return the shell command that installs the packages of an extra.

    The command uses pip, or uv if pip is not installed. The command names each package instead of the extra.

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
    try:
        requirements = requires("friendcities") or []
    except PackageNotFoundError:  # friendcities is not installed
        return [f"friendcities[{name}]"]
    belongs = re.compile(rf"""extra == ["']{name}["']$""")
    return [re.split(r"[^\w.-]", each)[0] for each in requirements if belongs.search(each)]
