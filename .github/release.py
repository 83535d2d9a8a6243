#!/usr/bin/env python3
"""Whether a tag may be published, and what is said of it: the changelog is where both are written.

Usage: release.py TAG [PREVIOUS-TAG]   complain about what does not fit, or say nothing
       release.py TAG --notes          print what the changelog says of the version
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

CODE = "src/friendcities/__init__.py"
DATA = "src/friendcities/data"


def complaints(tag: str, previous: str | None, root: Path) -> Iterator[str]:
    """What does not fit: the tag, the version, the changelog, and the version of the data."""
    code, changelog = (root / CODE).read_text("utf-8"), (root / "CHANGELOG.md").read_text("utf-8")
    version, data_version = constant("__version__", code), constant("data_version", code)
    newest, *_ = re.findall(r"(?m)^## (.+)$", changelog)
    newest_data, *_ = re.findall(r"(?m)^### Data \((.+)\)$", changelog)
    if tag != version:
        yield f"the tag is {tag}, but __version__ is {version}: set __version__ in {CODE}, or tag the right commit"
    if not re.fullmatch(rf"{re.escape(version)} \(\d{{4}}-\d\d-\d\d\)", newest):
        yield f"CHANGELOG.md begins with {newest!r}: expected '{version} (YYYY-MM-DD)', the day of the release"
    if newest_data != data_version:
        yield f"the changelog's newest data is of {newest_data}, but data_version is {data_version}: make them agree"
    if previous is not None and git(root, "diff", "--name-only", previous, tag, "--", DATA):
        before = constant("data_version", git(root, "show", f"{previous}:{CODE}"))
        if data_version <= before:
            yield f"the data changed since {previous}, which has data of {before}: set a later data_version in {CODE}"


def notes(tag: str, root: Path) -> str:
    """What the changelog says of a version, without its heading."""
    sections = re.split(r"(?m)^## ", (root / "CHANGELOG.md").read_text("utf-8"))
    (section,) = (each for each in sections if each.startswith(f"{tag} "))
    return section.partition("\n")[2].strip() + "\n"


def constant(name: str, code: str) -> str:
    """The value of a constant that is a text."""
    (value,) = re.findall(rf'(?m)^{name} = "(.+)"$', code)
    return str(value)


def git(root: Path, *arguments: str) -> str:
    """What git prints."""
    return subprocess.run(["git", "-C", root, *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


def main(tag: str, other: str | None = None) -> None:
    """Print the notes, or complain.

    Raises:
        SystemExit: If the tag may not be published.
    """
    root = Path(__file__).parents[1]
    if other == "--notes":
        sys.stdout.write(notes(tag, root))
    elif wrong := list(complaints(tag, other, root)):
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main(*sys.argv[1:])
