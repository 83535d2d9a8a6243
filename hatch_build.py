"""The build hook: the tree of records goes into the wheel as one file, ``friendcities/data/bundle.json``.

The tree is loaded strictly on the way, so a wheel of invalid data cannot be built; and the bundle is made anew for
each wheel, outside the source tree, so a stale one cannot be shipped.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BundleHook(BuildHookInterface[Any]):
    """Writes the bundle to a temporary folder and has it put into the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the bundle, unless the build is an editable one: that reads the tree itself."""
        if version == "editable":
            return
        self._folder = TemporaryDirectory(prefix="friendcities-bundle-")
        bundle = Path(self._folder.name, "bundle.json")
        _save_bundle(Path(self.root, "src"), bundle)
        build_data["force_include"][str(bundle)] = "friendcities/data/bundle.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        del build_data, artifact_path
        if version != "editable":
            self._folder.cleanup()


def _save_bundle(source: Path, bundle: Path) -> None:
    """Write the records under ``source`` as one file, with the library that lies beside them."""
    sys.path.insert(0, str(source))
    try:
        from friendcities import Dataset  # noqa: PLC0415 - importable only from here on
    finally:
        sys.path.remove(str(source))
    Dataset.load(source / "friendcities" / "data").save(bundle)
