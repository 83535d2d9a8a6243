"""The commands that install optional packages."""

import shlex
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, entry_points
from pathlib import Path

import pytest

from friendcities import extras

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


@pytest.mark.parametrize(("pip", "installer"), [("pip", "{} -m pip install"), (None, "uv pip install --python {}")])
def test_the_command_is_for_this_python(pip: str | None, installer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command uses pip of this Python, or uv if this Python has no pip."""
    monkeypatch.setattr(extras, "find_spec", lambda _: pip)
    monkeypatch.setattr(
        extras, "requires", lambda _: ["attrs>=24", 'pandas>=2; extra == "frames"', "a[b]>1; extra == 'x'"]
    )

    assert f"{installer.format(shlex.quote(sys.executable))} pandas" == extras.install_command("frames")


def test_without_metadata_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """In an archive of modules the metadata of the package may be missing."""

    def requires(name: str) -> list[str]:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(extras, "requires", requires)

    assert shlex.split(extras.install_command("cli"))[-1] == "friendcities[cli]"


@pytest.mark.skipif(not PYPROJECT.is_file(), reason="the project's folder is not there")
def test_the_extra_all_has_every_other_extra() -> None:
    """Whoever installs ``friendcities[all]`` needs no other extra."""
    optional = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    (everything,) = optional.pop("all")

    assert f"friendcities[{','.join(sorted(optional))}]" == everything


def test_pyinstaller_finds_the_hook() -> None:
    """The entry point names the folder with the hook."""
    (entry,) = (each for each in entry_points(group="pyinstaller40") if each.value.startswith("friendcities."))
    (folder,) = entry.load()()

    assert (Path(folder) / "hook-friendcities.py").is_file()
