"""What is published: the sdist, the wheel, and that the one can be made from the other."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
from email.message import Message
from email.parser import HeaderParser
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Final
from zipfile import ZipFile

import pytest
from packaging.utils import parse_wheel_filename

import friendcities
from friendcities.model import RECORD_TYPES

ROOT: Final = Path(__file__).parents[2]
TREE: Final = ROOT / "src" / "friendcities" / "data"
BUNDLE: Final = "friendcities/data/bundle.jsonl"


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with one sdist and the wheel made from it: the one nox built, or a new one."""
    return Path(os.environ.get("FRIENDCITIES_DIST") or build(ROOT, tmp_path_factory.mktemp("dist")))


@pytest.fixture(scope="session")
def wheel(dist: Path) -> Path:
    """The wheel."""
    (path,) = dist.glob("*.whl")
    return path


@pytest.fixture(scope="session")
def sdist(dist: Path) -> Path:
    """The sdist."""
    (path,) = dist.glob("*.tar.gz")
    return path


@pytest.fixture
def unpacked(sdist: Path, tmp_path: Path) -> Path:
    """A copy of the project as somebody has it who fetched the sdist."""
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (path,) = tmp_path.iterdir()
    return path


@pytest.fixture
def fresh_python(tmp_path: Path) -> Path:
    """The interpreter of a new, empty environment."""
    environment = tmp_path / "environment"
    run("-m", "uv", "venv", "--quiet", f"--python={sys.executable}", environment)
    (path,) = [*environment.glob("bin/python"), *environment.glob("Scripts/python.exe")]
    return path


def run(*arguments: str | Path, python: str | Path = sys.executable) -> str:
    """What this interpreter, or another, prints; its complaints go to the test's own output."""
    return subprocess.run([python, *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


def build(project: Path, folder: Path, *what: str) -> Path:
    """Build into a folder, as any user would, and return the folder."""
    run("-m", "build", "--installer=uv", f"--outdir={folder}", *what, project)
    return folder


def tool() -> ModuleType:
    """``tools/web.py``, which says what is built of JavaScript."""
    spec = spec_from_file_location("tools_web", ROOT / "tools" / "web.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def members(wheel: Path) -> set[str]:
    """The names of the files in a wheel."""
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def bundle_in(wheel: Path) -> bytes:
    """The bundle, as it lies in a wheel."""
    with ZipFile(wheel) as archive:
        return archive.read(BUNDLE)


def metadata_of(wheel: Path) -> Message:
    """The metadata of a wheel."""
    (name,) = (name for name in members(wheel) if name.endswith(".dist-info/METADATA"))
    with ZipFile(wheel) as archive:
        return HeaderParser().parsestr(archive.read(name).decode())


def members_of_sdist(sdist: Path) -> set[PurePosixPath]:
    """The paths of the files in an sdist, without the folder around them."""
    with tarfile.open(sdist) as archive:
        return {PurePosixPath(*PurePosixPath(one.name).parts[1:]) for one in archive.getmembers() if one.isfile()}


def records(folder: Path) -> set[PurePosixPath]:
    """The files of the authored tree, relative to a folder above it."""
    return {PurePosixPath(path.relative_to(folder).as_posix()) for path in TREE.rglob("*") if path.is_file()}


def test_what_is_tested_is_what_is_published() -> None:
    """Where nox built a wheel, the tests run on it: the source tree is out of reach."""
    in_source_tree = Path(friendcities.__file__).is_relative_to(ROOT / "src")

    assert not (in_source_tree and "FRIENDCITIES_DIST" in os.environ)


def test_the_package_index_would_take_both(sdist: Path, wheel: Path) -> None:
    """The metadata are valid, and README.md can be rendered."""
    printed = run("-m", "twine", "--no-color", "check", "--strict", sdist, wheel)

    assert 2 == printed.count("PASSED")


def test_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    """No tests, documents or build files come with an installation."""
    _, version, _, _ = parse_wheel_filename(wheel.name)

    assert {"friendcities", f"friendcities-{version}.dist-info"} == {name.split("/")[0] for name in members(wheel)}


def test_wheel_holds_the_bundle_instead_of_the_tree(wheel: Path) -> None:
    """The library reads one file; the thousands of small ones are for people."""
    assert {BUNDLE} == {name for name in members(wheel) if name.startswith("friendcities/data/")}


def test_wheel_holds_the_schemas(wheel: Path) -> None:
    """The schema of each type of file comes with an installation."""
    expected = {f"friendcities/schema/{path.name}" for path in (ROOT / "src/friendcities/schema").iterdir()}

    assert {f"friendcities/schema/{cls.__name__.lower()}.schema.json" for cls in RECORD_TYPES.values()} <= expected
    assert expected == {name for name in members(wheel) if name.startswith("friendcities/schema/")}


def test_wheel_and_sdist_hold_what_is_built_of_javascript(wheel: Path, sdist: Path) -> None:
    """The scripts of the map and the form, the outlines of land, and the licences of what is in them."""
    files = tool().FILES
    folder = PurePosixPath("src/friendcities/web")

    assert {f"friendcities/web/{name}" for name in files} == {
        name for name in members(wheel) if name.startswith("friendcities/web/")
    }
    assert {folder / name for name in files} == {
        path for path in members_of_sdist(sdist) if path.is_relative_to(folder)
    }


def test_what_is_built_is_made_of_what_is_there(wheel: Path) -> None:
    """The stamp is that of the sources; ``python tools/web.py`` brings an editable installation up to it."""
    with ZipFile(wheel) as archive:
        shipped = archive.read("friendcities/web/stamp").decode()
    installed = Path(friendcities.__file__).with_name("web") / "stamp"

    assert tool().stamp_of(ROOT) == shipped
    assert tool().stamp_of(ROOT) == installed.read_text(encoding="utf-8")


def test_a_change_of_a_source_is_a_change_of_the_stamp(tmp_path: Path) -> None:
    """So is a new name; a folder of packages that npm left there is not."""
    shutil.copytree(ROOT / "web", tmp_path / "web", ignore=shutil.ignore_patterns("node_modules"))
    stamp_of = tool().stamp_of
    before = stamp_of(tmp_path)
    (tmp_path / "web" / "node_modules").mkdir()
    (tmp_path / "web" / "node_modules" / "left.js").touch()
    assert before == stamp_of(tmp_path)
    with (tmp_path / "web" / "map" / "main.js").open("a", encoding="utf-8") as file:
        file.write("\n")
    changed = stamp_of(tmp_path)
    (tmp_path / "web" / "map" / "main.js").rename(tmp_path / "web" / "map" / "more.js")

    assert 3 == len({before, changed, stamp_of(tmp_path)})


def test_licences_of_what_is_built_come_with_it(wheel: Path) -> None:
    """Each package that is in the scripts is named with its licence; land is in the public domain."""
    with ZipFile(wheel) as archive:
        licences = archive.read("friendcities/web/LICENCES.txt").decode()
        scripts = [archive.read(f"friendcities/web/{name}.js").decode() for name in ("map", "propose")]

    for package in ("d3-geo", "d3-array", "topojson-client", "world-atlas"):
        assert f"{package} " in licences
        assert f"{package} " in scripts[0]
    assert "@cfworker/json-schema " in licences
    assert "@cfworker/json-schema " in scripts[1]
    assert "Natural Earth" in licences
    assert "eval(" not in "".join(scripts)
    assert "new Function" not in "".join(scripts)


@pytest.mark.parametrize("folder", ["web", "web/pyodide"])
def test_packages_are_locked_by_their_hashes_and_by_no_address(folder: str) -> None:
    """The lock names no host, so each machine asks the registry that it is set to; what comes is held to its hash."""
    text = (ROOT / folder / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: each for name, each in json.loads(text)["packages"].items() if name}

    assert packages
    assert "://" not in text
    assert [] == [name for name, each in packages.items() if not each["integrity"].startswith("sha512-")]


def test_an_sdist_is_built_without_npm_and_without_its_registry(unpacked: Path) -> None:
    """What is built is in it already, so its build asks for no Node.js; a changed source does."""
    needs = tool().needs

    assert [] == needs(unpacked)
    assert tool().is_built(unpacked)
    (unpacked / "web" / "build.mjs").write_text("", encoding="utf-8")
    assert not tool().is_built(unpacked)


def test_where_there_is_no_npm_the_build_brings_it(unpacked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes from a package of Python, and only where something is to be built."""
    monkeypatch.setenv("PATH", "")
    assert [] == tool().needs(unpacked)
    (unpacked / "src/friendcities/web/map.js").unlink()

    assert [tool().NODE] == tool().needs(unpacked)


def test_a_build_that_cannot_reach_npm_says_so(unpacked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What npm says is told, and nothing half-made is left behind."""
    programs = tmp_path / "programs"
    programs.mkdir()
    npm = programs / "npm"
    npm.write_text(f"#!{sys.executable}\nimport sys\nsys.exit('no network')\n", encoding="utf-8")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    (unpacked / "web" / "map" / "main.js").write_text("", encoding="utf-8")
    before = (unpacked / "src/friendcities/web/stamp").read_text(encoding="utf-8")

    with pytest.raises(SystemExit, match="npm ci failed; npm needs its registry\nno network"):
        tool().update(unpacked)
    assert before == (unpacked / "src/friendcities/web/stamp").read_text(encoding="utf-8")


def test_wheel_says_that_it_is_typed(wheel: Path) -> None:
    """Type checkers use annotations only of a package with a ``py.typed``."""
    assert "friendcities/py.typed" in members(wheel)


def test_wheel_holds_both_licences(wheel: Path) -> None:
    """The licence of the code and that of the data travel with them, as the metadata say."""
    metadata = metadata_of(wheel)

    assert "MIT AND CC-BY-4.0 AND Unicode-3.0" == metadata["License-Expression"]
    licences = ["LICENSE", "LICENSE-DATA", "LICENSE-UNICODE"]
    assert licences == metadata.get_all("License-File")
    assert set(licences) == {name.split("/")[-1] for name in members(wheel) if "/licenses/" in name}


def test_version_has_one_place(wheel: Path) -> None:
    """What the package says of itself is what its metadata say."""
    assert friendcities.__version__ == metadata_of(wheel)["Version"]


def test_sdist_holds_every_record(sdist: Path) -> None:
    """The authored tree, which the wheel lacks, is published in the sdist."""
    expected = records(ROOT)

    assert expected
    assert expected == {path for path in members_of_sdist(sdist) if path.is_relative_to("src/friendcities/data")}


@pytest.mark.parametrize(
    "path",
    [
        ".ci/run",
        ".github/workflows/ci.yml",
        ".pre-commit-hooks.yaml",
        ".vscode/settings.json",
        "CHANGELOG.md",
        "CITATION.cff",
        "CONTRIBUTING.md",
        "LICENSE",
        "LICENSE-DATA",
        "LICENSE-UNICODE",
        "README.md",
        "SECURITY.md",
        "benchmarks/run.py",
        "docs/conf.py",
        "hatch_build.py",
        "noxfile.py",
        "pyproject.toml",
        "src/friendcities/__init__.py",
        "tests/packaging/test_distribution.py",
        "tools/country_boxes.py",
        "tools/web.py",
        "web/.npmrc",
        "web/package-lock.json",
        "web/pyodide/package-lock.json",
    ],
)
def test_sdist_can_be_worked_with(sdist: Path, path: str) -> None:
    """Whoever has only the sdist can build, test, cite and document the project."""
    assert PurePosixPath(path) in members_of_sdist(sdist)


def test_bundle_depends_on_nothing_but_the_records(wheel: Path, tmp_path: Path) -> None:
    """Two builds, one from the sdist and one from the tree, give the same bundle to the byte."""
    (again,) = build(ROOT, tmp_path, "--wheel").glob("*.whl")

    assert bundle_in(wheel) == bundle_in(again)


def test_building_leaves_no_bundle_behind(wheel: Path) -> None:
    """A bundle in the source tree could grow stale, so there is none, even after a build."""
    assert wheel.exists()
    assert [] == list(ROOT.glob("src/**/bundle.jsonl"))


def test_invalid_records_cannot_be_built(unpacked: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """One malformed record stops the build, and the complaint names its file."""
    (unpacked / "src/friendcities/data/cities/zz-nowhere.json").write_text("{", encoding="utf-8")

    with pytest.raises(subprocess.CalledProcessError) as caught:
        build(unpacked, tmp_path / "dist", "--wheel")

    assert "zz-nowhere.json" in caught.value.stdout + capfd.readouterr().err


def test_wheel_installs(wheel: Path, fresh_python: Path) -> None:
    """In an empty environment the wheel and what it asks for are enough to import it and to open its data."""
    run("-m", "uv", "pip", "install", "--quiet", f"--python={fresh_python}", wheel)

    question = "import friendcities; friendcities.dataset(); print(friendcities.__version__)"

    assert f"{friendcities.__version__}\n" == run("-I", "-c", question, python=fresh_python)


def test_a_frozen_program_has_the_data_and_the_commands(wheel: Path, fresh_python: Path, tmp_path: Path) -> None:
    """PyInstaller finds the hook of the package: the frozen program answers, and runs a command with a file."""
    run("-m", "uv", "pip", "install", "--quiet", f"--python={fresh_python}", wheel, "pyinstaller")
    program = tmp_path / "program.py"
    program.write_text("import sys, friendcities.cli\nsys.exit(friendcities.cli.main(sys.argv[1:]))\n", "utf-8")
    folders = (f"--distpath={tmp_path}", f"--workpath={tmp_path / 'work'}", f"--specpath={tmp_path}")
    run("-I", "-m", "PyInstaller", "--log-level=ERROR", *folders, program, python=fresh_python)
    (frozen,) = (tmp_path / "program").glob("program*")

    assert "Shanghai" in run("partners", "Dunedin", python=frozen)
    assert "friendcities: " not in run("map", "Shanghai", "-o", tmp_path / "map.html", python=frozen)
    assert (tmp_path / "map.html").stat().st_size


def test_the_package_works_in_a_zip_archive(wheel: Path, fresh_python: Path, tmp_path: Path) -> None:
    """An archive made by zipapp answers; where pycountry cannot read its files, the message says so."""
    run("-m", "uv", "pip", "install", "--quiet", f"--python={fresh_python}", f"--target={tmp_path / 'app'}", wheel)
    archive = tmp_path / "friendcities.pyz"
    run("-m", "zipapp", "--main=friendcities.cli:main", f"--output={archive}", tmp_path / "app")

    assert "Shanghai" in run(archive, "partners", "Dunedin", python=fresh_python)
    assert "Wikipedia" in run(archive, "show", "Shanghai", "Milan", python=fresh_python)
    for arguments in (
        ("show", "Shanghai"),
        ("map", "Shanghai", "-o", str(tmp_path / "map.html")),
        ("partners", "Shanghai", "--country", "Japan"),
        ("import", "list.csv"),
    ):
        unread = [str(fresh_python), str(archive), *arguments]
        failed = subprocess.run(unread, check=False, capture_output=True, text=True)
        assert 1 == len(failed.stderr.splitlines()), failed.stderr
        assert "pycountry cannot read" in failed.stderr
        assert "in an archive; build the archive with shiv" in failed.stderr


def test_editable_installation_reads_the_tree(unpacked: Path, fresh_python: Path) -> None:
    """Who works on the data sees a change at once: no bundle stands between."""
    run("-m", "uv", "pip", "install", "--quiet", f"--python={fresh_python}", "--editable", unpacked)

    question = "import friendcities; friendcities.dataset(); print(friendcities.__file__)"

    assert f"{unpacked / 'src' / 'friendcities' / '__init__.py'}\n" == run("-I", "-c", question, python=fresh_python)
    assert [] == list(unpacked.glob("src/**/bundle.jsonl"))


def test_ci_runs_what_the_readme_says() -> None:
    """Two lines run every check, and they are the same for a person and in CI."""
    *_, first, second = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()

    assert readme.index(first) < readme.index(second)
    assert first.endswith(" && .venv/bin/nox")
    assert ".venv/bin/nox -s full" == second
