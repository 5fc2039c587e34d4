"""Is YAML read as it is written, and refused when it could mean something else?"""

import time
import unicodedata
from decimal import Decimal

import pytest

from matcher.language import yaml_text
from matcher.language.diagnostics import Place, RuleError
from matcher.language.yaml_text import read_yaml, read_yaml_file


def codes(raw, **options):
    """The codes and places of what is refused; empty when the text is read."""
    try:
        read_yaml(raw, "f.yaml", **options)
    except RuleError as error:
        return [(d.code, d.place.line, d.place.column) for d in error.diagnostics]
    return []


def data(raw, **options):
    return read_yaml(raw, "f.yaml", **options).data


# ------------------------------------------------------------------------- what YAML readers retype


@pytest.mark.parametrize(
    "text",
    [
        "01247",
        "007",
        "-01",
        "12:30:45",
        "1.2.3",
        "1_000",
        "1e5",
        "1.5e3",
        "0x1F",
        "0o17",
        "0b11",
        "+5",
        ".5",
        "5.",
        ".inf",
        "-.inf",
        ".nan",
        "2026-05-04",
        "2026-05-04T10:00:00",
        "NO",
        "no",
        "off",
        "On",
        "yes",
        "Y",
        "n",
        "True",
        "FALSE",
    ],
)
def test_an_ambiguous_value_wants_quotes(text):
    assert codes(f"a: {text}") == [("Y15", 1, 4)]
    assert data(f'a: "{text}"') == {"a": text}
    assert data(f"a: '{text}'") == {"a": text}
    assert data(f"a: {text}", strict=False) == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("0", 0),
        ("400000", 400000),
        ("-3", -3),
        ("0.35", Decimal("0.35")),
        ("85.10", Decimal("85.10")),
        ("-1.50", Decimal("-1.50")),
        ("2A004", "2A004"),
        ("22.22Z", "22.22Z"),
        ("non", "non"),
        ("fonds-vert", "fonds-vert"),
        ("applicant.headcount >= 10", "applicant.headcount >= 10"),
        ("1 234,56 €", "1 234,56 €"),
        ("41194, 41018", "41194, 41018"),
    ],
)
def test_a_plain_value_keeps_what_was_written(text, value):
    read = data(f"a: {text}")["a"]
    assert read == value
    assert type(read) is type(value)
    assert data(f"a: {text}", strict=False) == {"a": text}


def test_a_decimal_keeps_its_last_zero():
    assert str(data("naf: 85.10")["naf"]) == "85.10"


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_a_key_without_a_value_is_a_mistake_in_rules_and_an_absence_in_profiles(text):
    assert codes(f"a: {text}\nb: x") == [("Y14", 1, 4 if text else 3)]
    assert data(f"a: {text}\nb: x", strict=False) == {"a": None, "b": "x"}
    assert data('a: ""') == {"a": ""}


def test_a_comma_in_an_unquoted_text_is_caught():
    assert codes("name: {fr: oui, sauf exception, en: yes}")[0][0] == "Y14"
    assert [c for c, *_ in codes("name: {fr: a, b, en: c}")] == ["Y14"]
    assert data('name: {fr: "a, b", en: "c"}') == {"name": {"fr": "a, b", "en": "c"}}


def test_several_mistakes_are_told_at_once():
    assert codes("a: 01\nb:\nc: no\n") == [("Y15", 1, 4), ("Y14", 2, 3), ("Y15", 3, 4)]


# ---------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("a: &x [1]\nb: *x", ("Y07", 1, 4), id="anchor"),
        pytest.param("a: *x", ("Y07", 1, 4), id="alias"),
        pytest.param("&x a: b", ("Y07", 1, 1), id="anchor on a key"),
        pytest.param("&x [*x]", ("Y07", 1, 1), id="alias of itself"),
        pytest.param("a: b\n<<: {c: d}", ("Y07", 2, 1), id="merge key"),
        pytest.param("a: !!python/object/apply:os.system [ls]", ("Y08", 1, 4), id="python tag"),
        pytest.param("a: !!binary aGk=", ("Y08", 1, 4), id="standard tag"),
        pytest.param("!x a: b", ("Y08", 1, 1), id="tag on a key"),
        pytest.param("a: b\n---\nc: d", ("Y09", 2, 1), id="two documents"),
        pytest.param("[a, b]: c", ("Y12", 1, 1), id="list as key"),
        pytest.param("{a: b}: c", ("Y12", 1, 1), id="mapping as key"),
        pytest.param("a: [b", ("Y04", 1, 6), id="open list"),
        pytest.param('a: "b', ("Y04", 1, 6), id="open quote"),
        pytest.param("a:\n\tb: c", ("Y04", 2, 1), id="tab"),
        pytest.param("a: b: c", ("Y04", 1, 5), id="two colons"),
        pytest.param("a: b\n  c: d", ("Y04", 2, 4), id="indentation"),
        pytest.param("a: `b`", ("Y04", 1, 4), id="reserved sign"),
        pytest.param("a: @b", ("Y04", 1, 4), id="other reserved sign"),
    ],
)
def test_what_is_not_plain_yaml_is_refused_where_it_stands(text, found, strict):
    assert codes(text, strict=strict) == [found]


def test_a_duplicate_key_is_told_with_both_places():
    with pytest.raises(RuleError) as raised:
        read_yaml("a: x\nb:\n  c: x\n  d: x\n  c: z\n", "f.yaml")
    (one,) = raised.value.diagnostics
    assert (one.code, str(one.place)) == ("Y11", "f.yaml:5:3")
    assert "(déjà à la ligne 3)" in one.message("fr")
    assert "(already on line 3)" in one.message("en")


def test_keys_that_differ_only_in_their_writing_are_the_same():
    composed, decomposed = "é", unicodedata.normalize("NFD", "é")
    assert composed != decomposed
    assert [c for c, *_ in codes(f"{composed}: x\n{decomposed}: z")] == ["Y11"]
    assert [c for c, *_ in codes("a: x\n'a': z")] == ["Y11"]


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor():
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 10)]
    bomb = "l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n" + "\n".join(levels)
    assert codes(bomb) == [("Y07", 1, 5)]


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 900 + "]" * 900, id="900 lists"),
        pytest.param("[" * 100_000, id="100 000 lists"),
        pytest.param("{a: " * 100_000, id="100 000 mappings"),
        pytest.param("- " * 100_000, id="100 000 block lists"),
        pytest.param("".join(" " * n + "a:\n" for n in range(900)), id="900 block mappings"),
    ],
)
def test_depth_is_bounded_before_anything_is_built(text, strict):
    begun = time.perf_counter()
    assert [c for c, *_ in codes(text, strict=strict)] == ["Y05"]
    assert time.perf_counter() - begun < 5


def test_the_deepest_text_that_is_read():
    assert codes("[" * 32 + "x" + "]" * 32)[0][0] == "Y05"
    assert codes("[" * 31 + "x" + "]" * 31) == []


def test_sizes_are_bounded(monkeypatch):
    monkeypatch.setattr(yaml_text, "MAX_NODES", 50)
    assert codes("[" + "x, " * 48 + "x]") == []
    assert [c for c, *_ in codes("[" + "x, " * 49 + "x]")] == ["Y06"]
    assert [c for c, *_ in codes("{" + "x, " * 49 + "x}", strict=False)] == ["Y06"]


def test_the_limits_are_those_of_the_reference():
    limits = (yaml_text.MAX_BYTES, yaml_text.MAX_DEPTH, yaml_text.MAX_NODES)
    assert limits == (1_000_000, 32, 50_000)


def test_a_text_or_number_that_is_too_long():
    assert codes("a: " + "x" * 20_000) == []
    assert codes("a: " + "x" * 20_001) == [("Y13", 1, 4)]
    assert codes("a: " + "9" * 30) == []
    assert codes("a: " + "9" * 31) == [("Y13", 1, 4)]
    assert codes("a: 0." + "9" * 31) == [("Y13", 1, 4)]


def test_more_than_a_megabyte_is_refused_unread(tmp_path):
    assert codes(b"a: b\n" + b"#" * 999_995) == []
    assert codes(b"a: b\n" + b"#" * 999_996) == [("Y02", 0, 0)]
    path = tmp_path / "large.yaml"
    path.write_bytes(b"a: [" + b"[" * 5_000_000)
    with pytest.raises(RuleError) as raised:
        read_yaml_file(path)
    assert [d.code for d in raised.value.diagnostics] == ["Y02"]


# ------------------------------------------------------------------------------------- the encoding


def test_utf8_with_or_without_a_mark_at_the_start():
    assert data("a: été".encode()) == {"a": "été"}
    assert data("\ufeffa: été".encode()) == {"a": "été"}
    assert data("\ufeffa: été") == {"a": "été"}
    document = read_yaml("\ufeffa: été".encode(), "f.yaml")
    assert document.place(("a",)) == Place("f.yaml", 1, 1)


def test_windows_encodings_are_told_with_their_line():
    assert codes("a: b\nc: été\n".encode("cp1252")) == [("Y03", 2, 1)]
    assert codes("a: été".encode("utf-16")) == [("Y03", 1, 1)]


def test_accents_have_one_form():
    decomposed = unicodedata.normalize("NFD", "Orléans")
    assert data(f"ville: {decomposed}") == {"ville": "Orléans"}
    assert data(f"{decomposed}: ville") == {"Orléans": "ville"}


def test_windows_line_ends_change_nothing():
    text = 'a: "é"\nb:\n  - c\n  - d\ne: >-\n  f\n  g\n'
    unix, windows = read_yaml(text, "f"), read_yaml(text.replace("\n", "\r\n"), "f")
    assert windows.data == unix.data == {"a": "é", "b": ["c", "d"], "e": "f g"}
    assert windows.places == unix.places


@pytest.mark.parametrize("text", ["", "  \n\n", "# un commentaire\n", "---\n", "--- \n...\n", "~"])
@pytest.mark.parametrize("strict", [True, False])
def test_an_empty_file(text, strict):
    assert [c for c, *_ in codes(text, strict=strict)] == ["Y10"]
    assert [c for c, *_ in codes(text.encode(), strict=strict)] == ["Y10"]


@pytest.mark.parametrize(
    "text", ["{}", "[]", "---\na: b\n", "a: b\n...\n", "%YAML 1.1\n---\na: b\n"]
)
def test_what_is_short_but_not_empty(text):
    assert codes(text) == []


@pytest.mark.parametrize("text", ["a: \x00b", 'a: "\ud800"', "a: \x1b[31m"])
def test_control_characters_are_refused(text):
    assert [c for c, *_ in codes(text)] == ["Y04"]


# ---------------------------------------------------------------------------------------- the files


def test_a_file_is_named_as_it_should_be_shown(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("a: 01\n", encoding="utf-8")
    for shown_as, name in (("schemes/a.yaml", "schemes/a.yaml"), (None, str(path))):
        with pytest.raises(RuleError) as raised:
            read_yaml_file(path, shown_as=shown_as)
        assert [str(d.place) for d in raised.value.diagnostics] == [f"{name}:1:4"]


def test_a_folder_and_a_missing_file(tmp_path):
    for path in (tmp_path, tmp_path / "absent.yaml", tmp_path / "a.yaml" / "b.yaml"):
        with pytest.raises(RuleError) as raised:
            read_yaml_file(path)
        (one,) = raised.value.diagnostics
        assert (one.code, one.place) == ("Y01", Place(str(path)))
        assert "None" not in one.render("fr")


def test_an_error_shows_nothing_of_the_python_that_read():
    with pytest.raises(RuleError) as raised:
        read_yaml("a: [", "f.yaml")
    assert raised.value.__suppress_context__
    assert "yaml." not in str(raised.value)


# --------------------------------------------------------------------------------------- the places


def test_places_of_keys_items_and_values():
    text = "a: x\nb:\n  c: {d: z, e: [1, 2]}\nf:\n  - g\n  - h: i\n  -   - j\nk: >-\n  l\n"
    document = read_yaml(text, "f")

    def key(*path):
        return str(document.place(path)).removeprefix("f:")

    def value(*path):
        return str(document.value_place(path)).removeprefix("f:")

    assert (key("a"), value("a")) == ("1:1", "1:4")
    assert (key("b", "c"), value("b", "c")) == ("3:3", "3:6")
    assert (key("b", "c", "d"), value("b", "c", "d")) == ("3:7", "3:10")
    assert (key("b", "c", "e", 1), value("b", "c", "e", 1)) == ("3:20", "3:20")
    assert (key("f", 0), value("f", 0)) == ("5:5", "5:5")
    assert (key("f", 1), key("f", 1, "h"), value("f", 1, "h")) == ("6:5", "6:5", "6:8")
    assert value("f", 2, 0) == "7:9"
    assert (key("k"), value("k")) == ("8:1", "8:4")


def test_columns_count_characters_not_bytes():
    document = read_yaml('{é: "été", à: b}', "f")
    assert str(document.place(("à",))) == "f:1:12"
    assert str(document.value_place(("à",))) == "f:1:15"


def test_the_place_of_what_is_not_there_is_that_of_what_encloses_it():
    document = read_yaml("a:\n  b: c\n", "f")
    assert document.place(("a", "z", 3)) == document.place(("a",))
    assert document.value_place(("a", "z")) == document.place(("a",))
    assert document.place(("z",)) == Place("f", 1, 1)


def test_the_representation_holds_no_value():
    assert "secret" not in repr(read_yaml("a: b", "secret.yaml")).replace("secret.yaml", "")
