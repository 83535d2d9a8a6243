"""The build hooks. They build files that are not in the repository, and complete the metadata.

The wheel contains the records as one file, ``friendcities/data/bundle.jsonl``. The hook loads the folder of records
strictly, so a wheel of invalid data cannot be built, and makes the bundle for each wheel outside the source tree, so it
cannot be out of date.

The sdist and the wheel contain the files built from ``web/`` (see ``tools/web.py``). An editable installation has these
files in the source tree.
"""

import runpy
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

if TYPE_CHECKING:
    from types import ModuleType


class FilesHook(BuildHookInterface[Any]):
    """Builds ``web/`` if it changed, and adds a new bundle to the wheel."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Further requirements of this build: Node.js, if it is missing and ``web/`` must be built."""
        found: list[str] = _tool(Path(self.root)).needs(Path(self.root))
        return found

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files. An editable installation and the sdist have no bundle, because they have the records."""
        _tool(Path(self.root)).update(Path(self.root))
        self._folder = TemporaryDirectory(prefix="friendcities-bundle-")
        if self.target_name != "wheel" or version == "editable":
            return
        bundle = Path(self._folder.name, "bundle.jsonl")
        _save_bundle(Path(self.root, "src"), bundle)
        build_data["force_include"][str(bundle)] = "friendcities/data/bundle.jsonl"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        del version, build_data, artifact_path
        self._folder.cleanup()


class ReleaseHook(MetadataHookInterface):
    """Adds the address of the project to the metadata if the address is known."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the addresses."""
        release = runpy.run_path(str(Path(self.root, "src", "friendcities", "release.py")))
        metadata["urls"] = {"Homepage": release["ADDRESS"]} if release["ADDRESS"] else {}


def _tool(root: Path) -> "ModuleType":
    """Load ``tools/web.py``. This module is not a package and not on the path of a build."""
    spec = spec_from_file_location("friendcities_tools_web", root / "tools" / "web.py")
    if spec is None or spec.loader is None:
        message = f"{root} has no tools/web.py; build from a whole source tree"
        raise ImportError(message)
    tool = module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


def _save_bundle(source: Path, bundle: Path) -> None:
    sys.path.insert(0, str(source))
    try:
        from friendcities.datasets.dataset import Dataset, compile_dataset  # noqa: PLC0415 - importable from here on
    finally:
        sys.path.remove(str(source))
    bundle.write_bytes(compile_dataset(Dataset.load(source / "friendcities" / "data")))
