"""What is built of JavaScript and of outlines of land, and comes with the package: read as text.

It is made by the build hook, from packages that are locked; a source tree from which nothing was installed has none.
"""

from typing import Final, Literal

from friendcities.errors import MissingExtraError

Asset = Literal["LICENCES.txt", "land.json", "map.css", "map.js", "propose.css", "propose.js"]
"""The names of the files."""

_FOLDER: Final = "web"


def asset(name: Asset) -> str:
    """The text of a file.

    Args:
        name: Its name.

    Raises:
        MissingExtraError: If it was not built.

    Example:
        >>> "public domain" in asset("LICENCES.txt")
        True
    """
    import importlib_resources  # noqa: PLC0415 - it takes long to import, and few need a map

    file = importlib_resources.files("friendcities") / _FOLDER / name
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        message = f"{name} was not built; in a source tree, 'pip install --editable .' builds it"
        raise MissingExtraError(message) from None
