"""Does the repository keep the rules of the house?

Each check reads the source with `ast` and returns one line per breach: where, what, and what to do.
The checks themselves are tried on small bad examples at the end of the file.
"""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent

# From what is depended on to what depends: a module imports from its own layer or an earlier one.
LAYERS = (
    "language",
    "facts",
    "meaning",
    "catalogue",
    "engines",
    "answers",
    "api",
    "portfolio",
    "authoring",
    "web",
    "cli",
)
# Modules of the public interface that have a file of their own.
BESIDE_API = {"session": "api"}

# The only third-party packages of the inner layers, and the only files that may import them.
INNER = {
    "language": {"yaml": "yaml_text.py", "pydantic": "shape.py", "pydantic_core": "shape.py"},
    "meaning": {},
}
EXTRAS = (
    "polars",
    "durable",
    "starlette",
    "uvicorn",
    "jinja2",
    "pyspark",
    "xlsxwriter",
    "rich",
    "obstore",
)

FACT = re.compile(r"^  ([a-z_]+\.[a-z0-9_]+):", re.MULTILINE)

MAX_FILE = 400
MAX_FUNCTION = 25
SHORT_FUNCTIONS = 0.90


@dataclass(frozen=True)
class Module:
    """One file of the package, parsed."""

    path: Path
    package: Path
    text: str
    tree: ast.Module

    @property
    def parts(self) -> tuple[str, ...]:
        """The dotted name below `matcher`: ("language", "tree")."""
        parts = self.path.relative_to(self.package).with_suffix("").parts
        return parts[:-1] if parts[-1] == "__init__" else parts

    @property
    def layer(self) -> str:
        """The first part of the name; the package itself is the public API."""
        first = self.parts[0] if self.parts else "api"
        return BESIDE_API.get(first, first)

    def at(self, line: int) -> str:
        """Where, as an editor opens it."""
        return f"{self.path.relative_to(self.package.parent)}:{line}"


def modules(package: Path) -> list[Module]:
    """Every module of the package but the generated data."""
    found = [path for path in sorted(package.rglob("*.py")) if "_data" not in path.parts]
    texts = [(path, path.read_text(encoding="utf-8")) for path in found]
    return [Module(path, package, text, ast.parse(text, str(path))) for path, text in texts]


def imports(module: Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of all that a module imports, inside functions and TYPE_CHECKING too."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                here = ("matcher", *module.parts)
                keep = len(here) - node.level + (module.path.name == "__init__.py")
                base = ".".join((*here[:keep], *([base] if base else [])))
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def imported_layer(name: str, package: Path) -> str | None:
    """The layer of an imported name; None if it is not ours. `from matcher import X` is the API."""
    head, *rest = name.split(".")
    if head != "matcher":
        return None
    first = rest[0] if rest else "api"
    is_module = (package / first).is_dir() or (package / f"{first}.py").is_file()
    return BESIDE_API.get(first, first) if is_module else "api"


# ------------------------------------------------------------------------------------------ checks


def imports_run_one_way(package: Path) -> Iterator[str]:
    """A layer imports itself and earlier ones; `testing` imports anything; nothing imports cli."""
    order = " → ".join(LAYERS)
    for module in modules(package):
        if module.layer in ("testing", "__main__"):
            continue
        if module.layer not in LAYERS:
            yield f"{module.at(1)}: no layer; move it into one of {order}, or add it to LAYERS"
            continue
        for line, name in imports(module):
            layer = imported_layer(name, package)
            if layer is None:
                continue
            own = LAYERS.index(module.layer)
            other = LAYERS.index(layer) if layer in LAYERS else len(LAYERS)
            alone = module.layer == "language" and layer != "language"
            if other > own or alone:
                yield (
                    f"{module.at(line)}: {module.layer} imports {name} ({layer}); imports run one "
                    f"way, {order}: move what is needed to the earlier layer, or pass it in"
                )


def inner_layers_stand_alone(package: Path) -> Iterator[str]:
    """`language` and `meaning` need the standard library only, but for the two borders in INNER."""
    for module in modules(package):
        allowed = INNER.get(module.layer)
        if allowed is None:
            continue
        tops = {(line, name.split(".")[0]) for line, name in imports(module)}
        for line, top in sorted(tops):
            if top == "matcher" or top in sys.stdlib_module_names:
                continue
            if allowed.get(top) != module.path.name:
                yield (
                    f"{module.at(line)}: {module.layer} imports {top}; keep this layer to the "
                    f"standard library (borders: {allowed or 'none'})"
                )


def folders_are_packages(package: Path) -> Iterator[str]:
    """Each folder of modules has an `__init__.py`, that opens with a question like any other."""
    for folder in sorted({module.path.parent for module in modules(package)}):
        if not (folder / "__init__.py").is_file():
            name = (folder / "__init__.py").relative_to(package.parent)
            yield f"{name}:1: missing; say in its docstring which question the folder answers"


def no_scheme_in_code(package: Path, schemes: Path) -> Iterator[str]:
    """What is particular to a scheme is in its YAML file."""
    ids = {path.stem for path in schemes.glob("*.yaml")}
    for module in modules(package):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and node.value in ids:
                yield (
                    f'{module.at(node.lineno)}: the scheme id "{node.value}" in Python; say what '
                    "is particular to it in rules/schemes/, with a key of the language"
                )


def no_fact_in_code(package: Path, vocabulary: Path) -> Iterator[str]:
    """Which facts the program itself must know is said under `roles` of the vocabulary."""
    texts = [path.read_text(encoding="utf-8") for path in vocabulary.glob("*.yaml")]
    keys = {key for text in texts for key in FACT.findall(text)}
    for module in modules(package):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and node.value in keys:
                yield (
                    f'{module.at(node.lineno)}: the fact "{node.value}" in Python; say what '
                    "is done with it in the rules or the vocabulary (roles, elsewhere)"
                )


def everything_public_is_explained(package: Path) -> Iterator[str]:
    """A module opens with the question it answers; a public name says what it is for."""
    for module in modules(package):
        if not module.tree.body:
            continue
        doc = ast.get_docstring(module.tree) or ""
        if not doc.split("\n\n", 1)[0].rstrip().endswith(("?", ".")):
            yield f"{module.at(1)}: open the file with the question it answers, ending with a “?”"
        for node in public(module.tree):
            if not ast.get_docstring(node):
                yield f"{module.at(node.lineno)}: {node.name} is public: say what it is for"


Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def public(tree: ast.Module | ast.ClassDef) -> Iterator[Definition]:
    """Public functions, classes and methods; not overloads and setters, explained elsewhere."""
    for node in tree.body:
        if not isinstance(node, Definition) or node.name.startswith("_"):
            continue
        marks = {ast.unparse(mark).split(".")[-1] for mark in node.decorator_list}
        if marks & {"overload", "override", "setter"}:
            continue
        yield node
        if isinstance(node, ast.ClassDef):
            yield from public(node)


def files_fit_in_a_head(package: Path) -> Iterator[str]:
    """One file, one question."""
    for module in modules(package):
        lines = len(module.text.splitlines())
        if lines > MAX_FILE:
            yield f"{module.at(lines)}: {lines} lines, at most {MAX_FILE}: split it by question"


def most_functions_are_short(package: Path) -> Iterator[str]:
    """At least nine functions in ten take under 25 lines, docstring left out."""
    sizes = [
        (length(node), f"{module.at(node.lineno)}: {node.name}, {length(node)} lines")
        for module in modules(package)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = sorted((size for size in sizes if size[0] >= MAX_FUNCTION), reverse=True)
    if len(long) > (1 - SHORT_FUNCTIONS) * len(sizes):
        yield f"{len(long)} of {len(sizes)} functions take {MAX_FUNCTION} lines or more: split some"
        yield from (line for _, line in long)


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, without the docstring."""
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is None:
        return lines
    return lines - ((first.end_lineno or first.lineno) - first.lineno + 1)


Check = Callable[[Path], Iterator[str]]


def no_fact_of_ours(package: Path) -> Iterator[str]:
    """`no_fact_in_code`, with the vocabulary beside the package."""
    return no_fact_in_code(package, package.parent / "profiles" / "facts")


def no_scheme_of_ours(package: Path) -> Iterator[str]:
    """`no_scheme_in_code`, with the schemes beside the package."""
    return no_scheme_in_code(package, package.parent / "rules" / "schemes")


CHECKS: tuple[Check, ...] = (
    imports_run_one_way,
    inner_layers_stand_alone,
    folders_are_packages,
    no_scheme_of_ours,
    no_fact_of_ours,
    everything_public_is_explained,
    files_fit_in_a_head,
    most_functions_are_short,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_package_keeps_the_rule(check):
    package = ROOT / "matcher"
    assert modules(package), "matcher/ holds no module: the checks would pass without looking"
    breaches = list(check(package))
    assert not breaches, f"{check.__doc__}\n" + "\n".join(breaches)


# ---------------------------------------------------------------------------- what an import costs


def test_import_needs_no_extra():
    code = f"import matcher, sys; print(*(m for m in {EXTRAS!r} if m in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"`import matcher` fails:\n{done.stderr}"
    loaded = done.stdout.split()
    assert not loaded, f"`import matcher` loads {loaded}: import an extra where it is used"


# ------------------------------------------------------------------------------- what is declared


def locked(name: str) -> dict[str, str]:
    """Name and version of each line of a lock file."""
    lines = (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines()
    pins = (line.split(" ")[0].split("==") for line in lines if "==" in line)
    return {pin[0]: pin[1] for pin in pins}


def project() -> dict[str, Any]:
    """`pyproject.toml`."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_locks_are_in_step():
    declared = project()
    runtime = declared["project"]["dependencies"]
    wanted = {
        "runtime.lock": runtime,
        "dev.lock": runtime + declared["dependency-groups"]["dev"],
    }
    stale = [
        f"requirements/{lock}: {requirement}: run `make lock`"
        for lock, requirements in wanted.items()
        for requirement in map(Requirement, requirements)
        if not requirement.specifier.contains(locked(lock).get(requirement.name, "0"))
    ]
    assert not stale, "\n".join(stale)
    for extra in ("session", "spark"):
        pins = locked("dev.lock") | locked(f"{extra}.lock")
        for one in map(Requirement, declared["project"]["optional-dependencies"][extra]):
            assert one.specifier.contains(pins.get(one.name, "0")), f"{extra}.lock: {one}"
    for lock in ("runtime.lock", "spark.lock"):
        pins = locked("dev.lock")
        apart = {n for n, pin in locked(lock).items() if pins.get(n, pin) != pin}
        assert not apart, f"{lock} and dev.lock disagree on {apart}: run `make lock`"
    assert locked("runtime.lock").keys() <= locked("dev.lock").keys()


@pytest.mark.parametrize("lock", ["runtime.lock", "dev.lock", "session.lock", "spark.lock"])
def test_locks_are_hashed_and_name_no_host(lock):
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    assert "://" not in text, f"requirements/{lock} names a host: run `make lock`"
    blocks = text.replace("\\\n", " ").splitlines()
    bare = [line.split()[0] for line in blocks if "--hash=sha256:" not in line]
    assert not bare, f"requirements/{lock}: no hash for {bare}: run `make lock`"


def test_publiccode_says_what_pyproject_says():
    card = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))  # noqa: TID251
    declared = project()["project"]
    assert card["softwareVersion"] == declared["version"], "publiccode.yml: softwareVersion"
    assert card["legal"]["license"] == declared["license"], "publiccode.yml: legal/license"
    for lang, texts in card["description"].items():
        assert len(texts["shortDescription"]) <= 150, f"publiccode.yml: {lang}: too long"


# ---------------------------------------------------------------------------------- bad examples

GOOD = '"""What is it?"""\n'
LONG = GOOD + "def _f() -> None:\n" + "    x = 1\n" * MAX_FUNCTION
BAD = [
    (imports_run_one_way, "language/a.py", "from matcher.facts import values\n"),
    (imports_run_one_way, "meaning/a.py", "def f():\n    import matcher.answers\n"),
    (imports_run_one_way, "facts/a.py", "from matcher import Catalogue\n"),
    (imports_run_one_way, "facts/a.py", "from .. import answers\n"),
    (imports_run_one_way, "facts/a.py", "if TYPE_CHECKING:\n    from ..answers import x\n"),
    (imports_run_one_way, "web/a.py", "from matcher.cli import main\n"),
    (imports_run_one_way, "facts/a.py", "from matcher.testing import strategies\n"),
    (imports_run_one_way, "odds.py", GOOD),
    (inner_layers_stand_alone, "meaning/a.py", "import pydantic\n"),
    (inner_layers_stand_alone, "language/a.py", "from yaml import parse\n"),
    (folders_are_packages, "facts/__init__.py", GOOD),
    (no_scheme_of_ours, "answers/a.py", 'x = {"fonds-exemple": 1}\n'),
    (no_fact_of_ours, "answers/a.py", 'x = "site.place"\n'),
    (everything_public_is_explained, "facts/a.py", "x = 1\n"),
    (everything_public_is_explained, "facts/a.py", '"""Helpers"""\n'),
    (everything_public_is_explained, "facts/a.py", GOOD + "def f() -> None: ...\n"),
    (everything_public_is_explained, "facts/a.py", GOOD + "class _A: ...\nclass B: ...\n"),
    (files_fit_in_a_head, "facts/a.py", "x = 1\n" * (MAX_FILE + 1)),
    (most_functions_are_short, "facts/a.py", LONG),
]
FINE = [
    (imports_run_one_way, "answers/a.py", "from matcher.facts import values\nimport json\n"),
    (imports_run_one_way, "cli/a.py", "from matcher import Catalogue\nfrom . import b\n"),
    (imports_run_one_way, "testing.py", "from matcher.cli import main\n"),
    (imports_run_one_way, "__init__.py", "from matcher.answers import x\n"),
    (inner_layers_stand_alone, "language/yaml_text.py", "import yaml\nimport ast\n"),
    (inner_layers_stand_alone, "facts/a.py", "import pydantic\n"),
    (no_scheme_of_ours, "answers/a.py", '"""What of fonds-exemple?"""\n'),
    (no_fact_of_ours, "answers/a.py", '"""What of site.place?"""\nx = "site.other"\n'),
    (everything_public_is_explained, "facts/__init__.py", ""),
    (everything_public_is_explained, "facts/a.py", '"""What it is,\nin two lines."""\n'),
    (files_fit_in_a_head, "facts/a.py", "x = 1\n" * MAX_FILE),
    (most_functions_are_short, "facts/a.py", LONG + GOOD.join(["\ndef _g(): ...\n"] * 10)),
]


def look(check: Check, name: str, text: str, folder: Path) -> list[str]:
    """What a check says of one file in an otherwise empty package."""
    for layer in ("facts", "answers", "cli"):
        (folder / "matcher" / layer).mkdir(parents=True)
    (folder / "matcher" / "testing.py").touch()
    schemes = folder / "rules" / "schemes"
    schemes.mkdir(parents=True)
    (schemes / "fonds-exemple.yaml").touch()
    facts = folder / "profiles" / "facts"
    facts.mkdir(parents=True)
    (facts / "site.yaml").write_text("facts:\n  site.place:\n    type: code\n", encoding="utf-8")
    path = folder / "matcher" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return list(check(folder / "matcher"))


@pytest.mark.parametrize(("check", "name", "text"), BAD)
def test_a_check_sees_a_breach(check, name, text, tmp_path):
    breaches = look(check, name, text, tmp_path)
    assert breaches
    assert breaches[0].startswith((f"matcher/{name}:", "matcher/__init__.py:", "1 of 1 functions"))


@pytest.mark.parametrize(("check", "name", "text"), FINE)
def test_a_check_accepts_what_is_fine(check, name, text, tmp_path):
    assert not look(check, name, text, tmp_path)
