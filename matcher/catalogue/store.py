"""How is a checked catalogue kept, so that it need not be read again from its texts?"""

from __future__ import annotations

from pathlib import Path

from matcher.catalogue.content import Content
from matcher.catalogue.load import Layout, load_content


def loaded(layout: Layout) -> Content:
    """The catalogue of a layout."""
    return load_content(layout)[0]


def write_compiled(rules: Path, profiles: Path, out: Path) -> None:
    """Write the compiled form of a catalogue."""
