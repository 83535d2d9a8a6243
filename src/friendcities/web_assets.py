"""Reads the built scripts, styles and outlines of land that come with the package.

The build hook makes these files from locked packages; a source tree without installation does not contain them.
"""

from typing import Final, Literal

from friendcities.errors import MissingExtraError

Asset = Literal["LICENCES.txt", "land.json", "map.css", "map.js", "propose.css", "propose.js"]
"""The names of the files."""

_FOLDER: Final = "web"


def asset(name: Asset) -> str:
    """Return the text of a file.

    Raises:
        MissingExtraError: If the file is not built.

    Example:
        >>> "public domain" in asset("LICENCES.txt")
        True
    """
    import importlib_resources  # noqa: PLC0415 - it takes long to import, and only maps need it

    file = importlib_resources.files("friendcities") / _FOLDER / name
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        message = f"{name} is not built; in a source tree, run 'pip install --editable .'"
        raise MissingExtraError(message) from None
