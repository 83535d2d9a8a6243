#!/usr/bin/env python3
"""Checks a tag before the release, and prints the release notes from the changelog.

Usage: release.py TAG [PREVIOUS-TAG]   list what does not match, or print nothing
       release.py TAG --notes          print the section of the version in the changelog
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

CODE = "src/friendcities/__init__.py"
DATA = "src/friendcities/data"
RELEASE = "src/friendcities/release.py"


def complaints(tag: str, previous: str | None, root: Path) -> Iterator[str]:
    """Mismatches between the tag, the version, the changelog, the version of the data, and the citation."""
    code, changelog = (root / CODE).read_text("utf-8"), (root / "CHANGELOG.md").read_text("utf-8")
    version, data_version = constant("__version__", code), constant("data_version", code)
    newest, *_ = re.findall(r"(?m)^## (.+)$", changelog)
    newest_data, *_ = re.findall(r"(?m)^### Data \((.+)\)$", changelog)
    if tag != version:
        yield f"the tag is {tag}, but __version__ is {version}: set __version__ in {CODE}, or tag the right commit"
    if not re.fullmatch(rf"{re.escape(version)} \(\d{{4}}-\d\d-\d\d\)", newest):
        yield f"CHANGELOG.md begins with {newest!r}: expected '{version} (YYYY-MM-DD)', the day of the release"
    if newest_data != data_version:
        yield f"the changelog's newest data is of {newest_data}, but data_version is {data_version}: make them equal"
    yield from citation_complaints(newest, root)
    yield from world_complaints((root / RELEASE).read_text("utf-8"))
    if previous is not None and git(root, "diff", "--name-only", previous, tag, "--", DATA):
        before = constant("data_version", git(root, "show", f"{previous}:{CODE}"))
        if data_version <= before:
            yield f"the data changed since {previous}, which has data of {before}: set a later data_version in {CODE}"


def citation_complaints(newest: str, root: Path) -> Iterator[str]:
    """Values of the release that are empty, or differ from the changelog or CITATION.cff."""
    release = {name: constant(name, (root / RELEASE).read_text("utf-8")) for name in ("ADDRESS", "DATE", "DOI")}
    for name in ("ADDRESS", "DATE"):
        if not release[name]:
            yield f"{name} is empty: set it in {RELEASE}"
    if release["DATE"] and not newest.endswith(f"({release['DATE']})"):
        yield f"CHANGELOG.md begins with {newest!r}, but DATE in {RELEASE} is {release['DATE']}: make them equal"
    citation = (root / "CITATION.cff").read_text("utf-8")
    for key, name in (("url", "ADDRESS"), ("date-released", "DATE"), ("doi", "DOI")):
        if release[name] and f'{key}: "{release[name]}"' not in citation.splitlines():
            yield f'CITATION.cff has no line {key}: "{release[name]}": copy {name} from {RELEASE}'


def world_complaints(code: str) -> Iterator[str]:
    """An address without a digest, a digest without an address, or a value of another form."""
    address, digest = constant("WORLD_ADDRESS", code), constant("WORLD_DIGEST", code)
    if bool(address) != bool(digest):
        yield f"of WORLD_ADDRESS and WORLD_DIGEST, one is empty: set both in {RELEASE}, or none"
    if address and not re.fullmatch(r"https://[^\s/]+/\S+/wikidata\.json", address):
        yield f"WORLD_ADDRESS is {address!r}: expected 'https://…/wikidata.json', the address of the published file"
    if digest and not re.fullmatch("[0-9a-f]{64}", digest):
        yield f"WORLD_DIGEST is {digest!r}: expected the 64 hexadecimal digits of wikidata.json from SHA256SUMS"


def notes(tag: str, root: Path) -> str:
    """The section of a version in the changelog, without its heading."""
    sections = re.split(r"(?m)^## ", (root / "CHANGELOG.md").read_text("utf-8"))
    (section,) = (each for each in sections if each.startswith(f"{tag} "))
    return section.partition("\n")[2].strip() + "\n"


def constant(name: str, code: str) -> str:
    """The value of a text constant."""
    (value,) = re.findall(rf'(?m)^{name} = "(.*)"$', code)
    return str(value)


def git(root: Path, *arguments: str) -> str:
    """The output of git."""
    return subprocess.run(["git", "-C", root, *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


def main(tag: str, other: str | None = None) -> None:
    """Print the notes, or list mismatches.

    Raises:
        SystemExit: If the tag must not be published.
    """
    root = Path(__file__).parents[1]
    if other == "--notes":
        sys.stdout.write(notes(tag, root))
    elif wrong := list(complaints(tag, other, root)):
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main(*sys.argv[1:])
