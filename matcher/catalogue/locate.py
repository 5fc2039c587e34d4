"""Where are the rules, the vocabulary and the compiled catalogue that come with the library?"""

from __future__ import annotations

from pathlib import Path

from matcher.catalogue.layout import Layout, files_in
from matcher.language.diagnostics import Diagnostics, Place, RuleError

_PACKAGE = Path(__file__).resolve().parent.parent
_INSTALLED = _PACKAGE / "_data"
_HOME = _INSTALLED if (_INSTALLED / "rules").is_dir() else _PACKAGE.parent
RULES = _HOME / "rules"
FACTS = _HOME / "profiles" / "facts"
COMPILED = _INSTALLED / "catalogue.json"


def shipped() -> Layout:
    """The catalogue that comes with the library."""
    return Layout(RULES, FACTS, shown_from=_HOME)


def layout_at(path: Path) -> Layout:
    """The catalogue at a path: a whole rules folder, a folder of schemes, or one scheme file.

    Schemes alone are read with the vocabulary, sets and tables that come with the library.
    Raises `RuleError` when there is no rule file.
    """
    if _holds_schemes(path):
        facts = path.parent / "profiles" / "facts"
        return Layout(path, facts if facts.is_dir() else FACTS)
    schemes = _scheme_files(path)
    if not schemes:
        found = Diagnostics()
        found.add("C21", Place(str(path)))
        raise RuleError(tuple(found))
    others = frozenset(p.stem for p in files_in(RULES / "schemes"))
    return Layout(RULES, FACTS, schemes, others)


def _holds_schemes(path: Path) -> bool:
    try:
        return (path / "schemes").is_dir()
    except (OSError, ValueError):
        return False


def _scheme_files(path: Path) -> tuple[Path, ...]:
    try:
        if path.is_dir():
            return tuple(files_in(path))
        return (path,) if path.is_file() else ()
    except (OSError, ValueError):
        return ()
