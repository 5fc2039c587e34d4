"""Does the reference of the language name every key that a file may hold, with fine examples?"""

import inspect
import re
from pathlib import Path

import pytest

from matcher.catalogue import shapes, shapes_cases
from matcher.facts import shapes as facts_shapes
from matcher.language.shape import Shape
from matcher.language.yaml_text import read_yaml

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "language.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
SHAPES = {
    name: shape
    for module in (shapes, shapes_cases, facts_shapes)
    for name, shape in inspect.getmembers(module, inspect.isclass)
    if issubclass(shape, Shape) and shape is not Shape
}
KEYS = sorted(
    {
        (name, field.alias or key)
        for name, shape in SHAPES.items()
        for key, field in shape.model_fields.items()
    }
)


@pytest.mark.parametrize(("shape", "key"), KEYS, ids=[".".join(pair) for pair in KEYS])
def test_every_key_is_named(shape, key):
    written = re.search(rf"(?<![\w-]){key}:|`{key}`", PAGE)
    assert written, f"docs/language.md does not name `{key}` of {shape}"


def test_there_are_keys_and_examples():
    assert len(SHAPES) > 30
    assert len(BLOCKS) > 9


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_every_example_parses(number):
    read_yaml(BLOCKS[number].replace("{…}", "…"), "language.md")


def _choices(shape, key):
    return [str(one) for one in re.findall(r"'(\w+)'", str(shape.model_fields[key].annotation))]


@pytest.mark.parametrize(
    ("shape", "key"),
    [
        ("FactShape", "type"),
        ("FactShape", "check"),
        ("AidShape", "form"),
        ("UnknownShape", "type"),
        ("ExpectShape", "outcome"),
        ("ExpectShape", "window"),
        ("IntakesShape", "afterwards"),
        ("SchemeShape", "confidence"),
    ],
)
def test_every_choice_is_named(shape, key):
    for choice in _choices(SHAPES[shape], key):
        assert re.search(rf"(?<!\w){choice}(?!\w)", PAGE), choice
