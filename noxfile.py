"""What must hold before a change is taken: ``nox`` runs all of it, ``nox -s NAME`` one part, ``nox -l`` lists them.

Tests run against the built wheel, on every Python named in ``pyproject.toml`` that this machine has.
"""

import os
import shutil
from pathlib import Path

import nox

nox.needs_version = ">=2025.5.1"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = False
nox.options.reuse_venv = "yes"
# The quick ones first.
nox.options.sessions = ["lint", "types", "build", "data", "docs", "tests", "coverage", "site"]

ROOT = Path(__file__).parent
DIST = ROOT / "dist"
HTML = ROOT / "docs" / "_build" / "html"
PROJECT = nox.project.load_toml(ROOT / "pyproject.toml")
PYTHONS = nox.project.python_versions(PROJECT)
HELP = (".github", ".pre-commit-hooks.yaml")
SCHEMAS = {
    "vendor.dependabot": ".github/dependabot.yml",
    "vendor.github-issue-config": ".github/ISSUE_TEMPLATE/config.yml",
    "vendor.github-issue-forms": ".github/ISSUE_TEMPLATE/[!c]*.yml",
    "vendor.github-workflows": ".github/workflows/*.yml",
}
"""Which schema GitHub has for which files; the linter carries them along, so it needs no network."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""What Chromium is called, here and there."""
DEBIAN_PACKAGES = ("chromium", "fonts-noto-cjk", "fonts-noto-color-emoji")
"""Packages of Debian: the browser, and letters for the pictures."""
ON_ALL_CORES = ("-n", "auto", "--dist", "worksteal")
MEASURED = ("--cov", "--cov-report=", "--cov-fail-under=0")
"""Coverage is kept, for the session that reports on all runs together."""

# Where Pythons come from pyenv, python3.12 answers only if that version is switched on; elsewhere this says nothing.
os.environ.setdefault("PYENV_VERSION", ":".join(PYTHONS))


def _groups(*names: str) -> tuple[str, ...]:
    return nox.project.dependency_groups(PROJECT, *names)


def _install_wheel(session: nox.Session, *more: str) -> None:
    """Install the wheel in ``dist/`` with every extra, and ``more``."""
    (wheel,) = DIST.glob("*.whl")
    extras = ",".join(PROJECT["project"]["optional-dependencies"])
    session.install(f"{wheel}[{extras}]", *more)
    # The version may be that of the wheel of the run before, but the contents may not.
    session.install("--no-deps", "--force-reinstall", str(wheel))


def _chromium(session: nox.Session) -> str:
    """Where the browser is: the one that ``CHROMIUM`` names, or the first there is; as root, Debian's is installed."""
    names = (os.environ.get("CHROMIUM", ""), *BROWSERS)
    if not any(map(shutil.which, names)) and shutil.which("apt-get") and os.geteuid() == 0:
        session.run("apt-get", "update", "-qq", external=True)
        session.run("apt-get", "install", "-qq", "--yes", *DEBIAN_PACKAGES, external=True)
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        session.error("No Chromium was found: install the package `chromium`, or say in CHROMIUM where one is.")
    return found


@nox.session
def lint(session: nox.Session) -> None:
    """Style, spelling, the direction of imports, and what GitHub and pre-commit will read."""
    session.install(*_groups("lint"))
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("codespell")
    session.run("lint-imports", env={"PYTHONPATH": "src"})
    session.run("zizmor", "--offline", "--pedantic", "--no-progress", *HELP)
    for schema, pattern in SCHEMAS.items():
        session.run("check-jsonschema", "--builtin-schema", schema, *map(str, sorted(ROOT.glob(pattern))))
    session.run("pre-commit", "validate-manifest", HELP[-1], env={"PRE_COMMIT_HOME": session.create_tmp()})


@nox.session
def types(session: nox.Session) -> None:
    """Types, as mypy sees them on the oldest and the newest Python, and as pyright does."""
    dependencies = PROJECT["project"]["dependencies"]
    extras = [one for extra in PROJECT["project"]["optional-dependencies"].values() for one in extra]
    session.install(*dependencies, *extras, *_groups("typing"))
    for python in (PYTHONS[0], PYTHONS[-1]):
        session.run("mypy", f"--python-version={python}")
    session.run("pyright")


@nox.session
def build(session: nox.Session) -> None:
    """The sdist, and from it the wheel, once for all sessions that follow."""
    session.install("build[uv]")
    shutil.rmtree(DIST, ignore_errors=True)
    session.run("python", "-m", "build", "--installer=uv")


@nox.session(requires=["build"])
def data(session: nox.Session) -> None:
    """The records alone: what to run after a change to the data."""
    _install_wheel(session, *_groups("tests"))
    session.run("pytest", "tests/data", *session.posargs)


@nox.session(requires=["build"])
def docs(session: nox.Session) -> None:
    """The documentation, without a warning."""
    _install_wheel(session, *_groups("docs"))
    shutil.rmtree(HTML, ignore_errors=True)
    session.run("sphinx-build", "-E", "-n", "-W", "--keep-going", "-j", "auto", "-b", "html", "docs", str(HTML))


@nox.session(python=PYTHONS, requires=["build"])
def tests(session: nox.Session) -> None:
    """All tests but those of the site, and the examples of the documentation, against the wheel."""
    _install_wheel(session, *_groups("tests"))
    session.run(
        *("pytest", *ON_ALL_CORES, *MEASURED, *session.posargs),
        env={"COVERAGE_FILE": f".coverage.{session.python}", "FRIENDCITIES_DIST": str(DIST)},
    )


@nox.session(requires=["docs"])
def site(session: nox.Session) -> None:
    """The built site, in a browser; pictures of it are in ``docs/_build/screenshots`` afterwards."""
    _install_wheel(session, *_groups("site"))
    session.run(
        *("pytest", "tests/site", *ON_ALL_CORES, *session.posargs),
        env={"CHROMIUM": _chromium(session), "FRIENDCITIES_HTML": str(HTML)},
    )


@nox.session(requires=["tests"])
def coverage(session: nox.Session) -> None:
    """Every line and branch, of the library and of the tests of it, on the Pythons taken together."""
    session.install("coverage[toml]")
    if not any(ROOT.glob(".coverage.3*")):
        session.error(f"No tests ran: none of Python {', '.join(PYTHONS)} was found on this machine.")
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report")


@nox.session
def mutation(session: nox.Session) -> None:
    """Whether a test notices when history, names or the codec are changed (not part of a plain run: it takes long)."""
    session.install("-e", ".[cli]", *_groups("mutation"))
    session.run("mutmut", "run", *session.posargs)
    session.run("mutmut", "results")


@nox.session(python=PYTHONS, requires=["build"])
def benchmarks(session: nox.Session) -> None:
    """Time against the budgets (not part of a plain run: it wants a quiet machine)."""
    _install_wheel(session)
    session.run("python", "benchmarks/run.py", *session.posargs)


@nox.session(python=PYTHONS[-1], requires=["build"])
def scale(session: nox.Session) -> None:
    """How time and memory grow with the world, beside other libraries (not part of a plain run: it takes long)."""
    _install_wheel(session, *_groups("benchmarks"))
    session.run("python", "benchmarks/scale.py", *session.posargs)
