"""Does a document have the keys and values its kind of file must have?

pydantic checks the shape; its errors become diagnostics at the place of the key in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from matcher.language.diagnostics import Diagnostics, nearest
from matcher.language.text import Text
from matcher.language.yaml_text import Document, Path_


class Shape(BaseModel):
    """The base of all shapes: nothing unknown, nothing converted, inputs never echoed."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, hide_input_in_errors=True, populate_by_name=True
    )


Prose = Annotated[str, StringConstraints(min_length=1, max_length=4_000, strip_whitespace=True)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
FactKey = Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\.[a-z0-9_]+)+$", max_length=80)]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Expression = str | bool | int | Decimal
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=500)]


class TextShape(Shape):
    """The same text in French and English."""

    fr: Prose
    en: Prose

    def text(self) -> Text:
        """The text as the engine keeps it."""
        return Text(self.fr, self.en)


MOST_SUGGESTIONS = 20
Model = TypeVar("Model", bound=Shape)


def shaped(document: Document, model: type[Model], found: Diagnostics) -> Model | None:
    """The document as a model, or None after recording every mistake of shape."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=False):
            _record(detail, document, found)
        return None


def _record(detail: ErrorDetails, document: Document, found: Diagnostics) -> None:
    path, rest = _path(detail["loc"], document)
    name = str(rest[-1] if rest else path[-1] if path else document.file)
    place = document.value_place(path)
    match detail["type"]:
        case "missing":
            found.add("S01", document.place(path), key=name)
        case "extra_forbidden":
            near = nearest(name, _keys()) if len(found) < MOST_SUGGESTIONS else None
            found.add("S02", document.place(path), suggestion=near, key=name)
        case "string_type" | "int_type" | "bool_type" | "list_type" | "dict_type" | "model_type":
            found.add("S03", place, key=name, wanted=_WANTED[detail["type"]])
        case "model_attributes_type" | "decimal_type" | "is_instance_of":
            found.add("S03", place, key=name, wanted=_WANTED["model_type"])
        case "string_pattern_mismatch":
            found.add("S04", place, key=name, pattern=detail["ctx"]["pattern"])
        case "string_too_short":
            found.add("S05", place, key=name)
        case "literal_error" | "enum":
            found.add("S06", place, key=name, choices=detail["ctx"]["expected"])
        case _:
            found.add("S07", place, key=name, problem=detail["msg"])


_WANTED = {
    "string_type": "text",
    "int_type": "integer",
    "bool_type": "true / false",
    "list_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
}


def _path(loc: tuple[int | str, ...], document: Document) -> tuple[Path_, tuple[int | str, ...]]:
    """The part of a pydantic location that stands in the file, and what is left of it."""
    path: Path_ = ()
    rest: tuple[int | str, ...] = ()
    for part in loc:
        if (*path, part) in document.places:
            path, rest = (*path, part), ()
        else:
            rest = (*rest, part)
    return path, rest


def _keys() -> Iterator[str]:
    """Every key that some shape knows, for suggestions."""
    for shape in _all_shapes():
        for name, field in shape.model_fields.items():
            yield str(field.alias or name)


def _all_shapes() -> Iterator[type[Any]]:
    waiting = [Shape]
    while waiting:
        shape = waiting.pop()
        yield shape
        waiting.extend(shape.__subclasses__())
