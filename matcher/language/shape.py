"""Does a document have the keys and values its kind of file must have?

pydantic checks the shape; its errors become diagnostics at the place of the key in the file.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from matcher.language.diagnostics import Diagnostics, nearest
from matcher.language.text import Text
from matcher.language.yaml_text import Document, Path_


def _shown_as_written(text: str) -> str:
    """Refuse control and direction characters: a text must show what the file says."""
    hidden = (c for c in text if c != "\n" and unicodedata.category(c) in _HIDDEN)
    if any(hidden):
        raise ValueError("hidden")
    return text


_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


class Shape(BaseModel):
    """The base of all shapes: nothing unknown, nothing converted, inputs never echoed."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, hide_input_in_errors=True, populate_by_name=True
    )


Prose = Annotated[
    str,
    StringConstraints(min_length=1, max_length=4_000, strip_whitespace=True),
    AfterValidator(_shown_as_written),
]
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
NAME = r"^[a-z][a-z0-9_]*$"
FACT_KEY = r"^[a-z_]+(\.[a-z0-9_]+)+$"
DAY = r"^\d{4}-\d{2}-\d{2}$"
URL = r"^https?://\S+$"
Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=80)]
Name = Annotated[str, StringConstraints(pattern=NAME, max_length=60)]
FactKey = Annotated[str, StringConstraints(pattern=FACT_KEY, max_length=80)]
Day = Annotated[str, StringConstraints(pattern=DAY)]
Expression = str | bool | int | Decimal
Url = Annotated[str, StringConstraints(pattern=URL, max_length=500)]


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
        for mistake in _one_a_place(error, document):
            _record(mistake, document, found)
        return None


@dataclass(frozen=True, slots=True)
class _Mistake:
    """One error of pydantic, at a part of the file; `rest` is what pydantic adds to its path."""

    path: Path_
    rest: tuple[int | str, ...]
    type: str
    context: dict[str, Any]
    message: str

    @property
    def name(self) -> str:
        keys = [str(part) for part in self.path if isinstance(part, str)]
        return str(self.rest[-1]) if self.type == "missing" else keys[-1] if keys else "…"


def _one_a_place(error: ValidationError, document: Document) -> list[_Mistake]:
    """The errors, of which the alternatives of one value count as one."""
    kept: dict[tuple[Path_, str], _Mistake] = {}
    for detail in error.errors(include_url=False, include_input=False):
        path, rest = _path(detail["loc"], document)
        context = dict(detail.get("ctx", {}))
        mistake = _Mistake(path, rest, detail["type"], context, detail["msg"])
        key = (path, mistake.name if mistake.type == "missing" else "")
        if key not in kept or mistake.type in _TELLING:
            kept[key] = mistake
    return list(kept.values())


_TELLING = frozenset({"string_pattern_mismatch", "literal_error", "extra_forbidden", "missing"})


def _record(mistake: _Mistake, document: Document, found: Diagnostics) -> None:
    name = mistake.name
    place = document.value_place(mistake.path)
    at_key = document.place(mistake.path)
    match mistake.type:
        case "missing":
            found.add("S01", at_key, key=name)
        case "extra_forbidden":
            near = nearest(name, _keys()) if len(found) < MOST_SUGGESTIONS else None
            found.add("S02", at_key, suggestion=near, key=name)
        case "string_pattern_mismatch":
            where = at_key if "[key]" in mistake.rest else place
            found.add("S04", where, key=name, pattern=_form(mistake.context["pattern"]))
        case "string_too_short":
            found.add("S05", place, key=name)
        case "literal_error" | "enum":
            choices = str(mistake.context["expected"]).replace(" or ", ", ")
            found.add("S06", place, key=name, choices=choices)
        case type_ if type_ in _WANTED:
            found.add("S03", place, key=name, wanted=_WANTED[type_])
        case _:
            found.add("S07", place, key=name, problem=_problem(mistake))


_TEXT = Text("un texte", "a text")
_MAPPING = Text("des clés et des valeurs", "keys and values")
_WANTED = {
    "string_type": _TEXT,
    "int_type": Text("un nombre entier", "a whole number"),
    "is_instance_of": Text("un nombre", "a number"),
    "decimal_type": Text("un nombre", "a number"),
    "bool_type": Text("true ou false", "true or false"),
    "list_type": Text("une liste", "a list"),
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
}
_FORMS = {
    SLUG: Text("lettres minuscules, chiffres et traits d'union", "lower case, digits, hyphens"),
    NAME: Text("lettres minuscules, chiffres et tirets bas", "lower case, digits, underscores"),
    FACT_KEY: Text("groupe.nom_du_fait", "group.name_of_the_fact"),
    DAY: Text("AAAA-MM-JJ, entre guillemets", "YYYY-MM-DD, quoted"),
    URL: Text("https://…", "https://…"),
}


def _form(pattern: str) -> Text:
    return _FORMS.get(pattern, Text("voir docs/language.md", "see docs/language.md"))


def _problem(mistake: _Mistake) -> Text:
    context = mistake.context
    match mistake.type:
        case "too_short":
            least = context.get("min_length", 1)
            return Text(f"il en faut au moins {least}", f"at least {least} wanted")
        case "too_long" | "string_too_long":
            most = context.get("max_length", "?")
            return Text(f"au plus {most}", f"at most {most}")
        case "greater_than_equal":
            return Text(f"au moins {context.get('ge')}", f"at least {context.get('ge')}")
        case "less_than_equal":
            return Text(f"au plus {context.get('le')}", f"at most {context.get('le')}")
        case "value_error":
            forms = str(context.get("error", ""))
            if forms == "hidden":
                return Text("il contient un caractère invisible", "it holds an invisible character")
            return Text(f"une seule de ces formes : {forms}", f"one of these forms only: {forms}")
        case _:
            return Text("valeur non admise", "value not allowed")


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
