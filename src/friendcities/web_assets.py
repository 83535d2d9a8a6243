"""Reads the web files of the package: scripts, styles and outlines of land.

The build of the package makes these files. A source tree does not contain these files.
"""

from typing import Final, Literal

from friendcities.errors import MissingExtraError

Asset = Literal["LICENCES.txt", "land.json", "map.css", "map.js", "propose.css", "propose.js"]
"""The name of a web file."""

_FOLDER: Final = "web"


def asset(name: Asset) -> str:
    """Return the text of a web file.

    Raises:
        MissingExtraError: If the file is not built.

    Example:
        >>> "public domain" in asset("LICENCES.txt")
        True
    """
    import importlib_resources  # noqa: PLC0415 - importing it is slow, and only maps need it

    file = importlib_resources.files("friendcities") / _FOLDER / name
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        message = f"the file {name} is missing; if this is a source tree, run 'pip install --editable .'"
        raise MissingExtraError(message) from None
