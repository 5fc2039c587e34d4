"""What does the wheel carry besides the code?

The rules, the profiles and the catalogue compiled from them. An editable install carries none of
these: the code then reads `rules/` and `profiles/` where they stand.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA = "matcher/_data"


class CatalogueBuildHook(BuildHookInterface[Any]):
    """Adds the data of the package to a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogue and say where each file goes, before the wheel is written."""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        rules, profiles = root / "rules", root / "profiles"
        self._made = tempfile.TemporaryDirectory()
        compiled = Path(self._made.name) / "catalogue.json"

        sys.path.insert(0, self.root)
        from matcher.catalogue.store import write_compiled

        write_compiled(rules, profiles, compiled)
        build_data["force_include"] |= {
            str(rules): f"{DATA}/rules",
            str(profiles): f"{DATA}/profiles",
            str(compiled): f"{DATA}/catalogue.json",
        }

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove the compiled catalogue once the wheel is written."""
        if hasattr(self, "_made"):
            self._made.cleanup()
