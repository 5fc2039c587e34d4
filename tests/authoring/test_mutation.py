"""Does each mutant differ in one thing, and is it judged as the whole program would judge it?"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher import Catalogue
from matcher.authoring.calendars import same_windows
from matcher.authoring.cases import case_result, case_results
from matcher.authoring.mutants import mutants_of
from matcher.authoring.mutation import Court, Trial, distinctly_named, mutation_result
from matcher.authoring.witness import witness
from matcher.authoring.written import written
from matcher.catalogue.load import load_content
from matcher.catalogue.locate import layout_at
from matcher.cli import main
from matcher.cli.progress import with_progress
from matcher.facts.values import Span
from matcher.language.tree import Any, Compare, Constant, Fact, Member, Not, Relation, Sum
from matcher.language.types import Kind
from matcher.language.yaml_text import read_yaml

DATA = Path(__file__).parent / "data" / "prime-essai.yaml"
ID = "prime-essai"
SHIPPED = Catalogue.load()


def loaded(path: Path) -> Catalogue:
    return Catalogue(load_content(layout_at(path))[0])


def without(tmp_path: Path, *names: str, more: str = "") -> Path:
    """The file of the trial scheme without some of its cases, with more text before them."""
    head, *cases = DATA.read_text(encoding="utf-8").split("  - name: ")
    kept = [case for case in cases if not any(case.startswith(f'"{name}"') for name in names)]
    assert len(cases) - len(kept) == len(names)
    path = tmp_path / DATA.name
    text = "  - name: ".join([head.replace("\ncases:", f"\n{more}cases:"), *kept])
    path.write_text(text, encoding="utf-8")
    return path


def survivors(catalogue: Catalogue, id_: str = ID) -> list[str]:
    result = mutation_result(catalogue, list(case_results(catalogue, [id_])))
    return [mutant.name for mutant in result.survivors]


def court_of(catalogue: Catalogue, id_: str, most: int = 1_000) -> Court:
    results = list(case_results(catalogue, [id_]))[:most]
    trials = [Trial(result.case, result.decision) for result in results]
    return Court(catalogue.content.schemes[id_], trials)


# -------------------------------------------------------------------------------- one thing changed
def edits(one: object, other: object) -> Iterator[object]:
    """Where two schemes differ: each smallest part, and a named set once wherever it is used."""
    if one == other:
        return
    if type(one) is not type(other) or isinstance(one, Span):
        yield (one, other)
    elif isinstance(one, Member | Relation) and one.named:
        assert (one.operand, one.named) == (other.operand, other.named)
        yield ("set", one.named, frozenset(one.values) ^ frozenset(other.values))
    elif is_dataclass(one):
        for field in fields(one):
            yield from edits(getattr(one, field.name), getattr(other, field.name))
    elif isinstance(one, Mapping):
        assert one.keys() == other.keys()
        for key in one:
            yield from edits(one[key], other[key])
    elif isinstance(one, tuple) and len(one) == len(other):
        for left, right in zip(one, other, strict=True):
            yield from edits(left, right)
    elif isinstance(one, tuple):
        left_out = [i for i in range(len(one)) if (*one[:i], *one[i + 1 :]) == other]
        yield ("left out", one[left_out[0]]) if left_out else (one, other)
    else:
        yield (one, other)


@pytest.mark.parametrize("id_", SHIPPED.schemes)
def test_each_mutant_differs_in_exactly_one_thing(id_):
    scheme = SHIPPED.content.schemes[id_]
    for mutant in mutants_of(scheme, SHIPPED.content):
        found = set(edits(scheme, mutant.part))
        assert len(found) == 1, (mutant.name, found)
        assert mutant.before != mutant.after


@pytest.mark.parametrize("id_", SHIPPED.schemes)
def test_names_tell_mutants_apart(id_):
    mutants = list(mutants_of(SHIPPED.content.schemes[id_], SHIPPED.content))
    names = [mutant.name for mutant in distinctly_named(mutants)]
    assert len(set(names)) == len(names) == len(mutants)


def test_a_threshold_moves_by_the_step_of_what_it_is_compared_with():
    moves = {
        (mutant.before, mutant.after)
        for id_ in SHIPPED.schemes
        for mutant in mutants_of(SHIPPED.content.schemes[id_], SHIPPED.content)
        if mutant.kind == "threshold"
    }
    assert ("contract.fte >= 1", "contract.fte >= 0.9999") in moves
    trial = loaded(DATA)
    here = list(mutants_of(trial.content.schemes[ID], trial.content))
    shown = {(m.before, m.after) for m in here if m.kind == "threshold"}
    assert ("50_000", "50_001") in shown
    assert ("40_000", "39_999") in shown
    line = "first {{applicant.headcount < 50: {}; otherwise: 0.2}}"
    assert (line.format("0.3"), line.format("0.31")) in shown
    assert (
        "10 <= applicant.headcount and applicant.headcount < 250",
        "11 <= applicant.headcount and applicant.headcount < 250",
    ) in shown


def test_a_guard_that_the_language_asks_for_is_not_left_out():
    trees = {
        mutant.after
        for mutant in mutants_of(SHIPPED.content.schemes["vte-ti"], SHIPPED.content)
        if mutant.spot[1:2] == ("graduated-recently",) and mutant.kind == "dropped"
    }
    assert "talent.graduation > contract.start" not in trees


# ----------------------------------------------------------------------------------- how it judges
@pytest.mark.parametrize("id_", SHIPPED.schemes)
def test_the_scheme_itself_is_not_noticed(id_):
    court = court_of(SHIPPED, id_)
    assert not court.differs(court.scheme)
    assert not court.notices(court.scheme)


@pytest.mark.parametrize(
    "id_", ["vta", "decarb-flash", "fonds-acceleration-investissements", "premiere-usine"]
)
def test_mutants_are_judged_as_the_whole_program_judges_them(id_):
    """With few cases, so that many mutants survive; one mutant in five."""
    court = court_of(SHIPPED, id_, most=12)
    cases = [trial.case for trial in court.trials]
    for mutant in list(mutants_of(court.scheme, SHIPPED.content))[::5]:
        changed = {**SHIPPED.content.schemes, id_: mutant.part}
        whole = Catalogue(replace(SHIPPED.content, schemes=changed))
        fails = any(not case_result(whole, id_, case).passed for case in cases)
        assert court.notices(mutant.part) == fails, mutant.name


def test_a_complete_scheme_leaves_nothing_unnoticed():
    catalogue = loaded(DATA)
    result = mutation_result(catalogue, list(case_results(catalogue)))
    assert result.survivors == ()
    assert result.killed == result.mutants > 50


@pytest.mark.parametrize(
    ("case", "survivor"),
    [
        ("neuf personnes, fin possible", "criteria.staff.test: 10 <= applicant.headcount and"),
        ("2025, premier jour, au seuil de l'édition", "parameters.minimum_cost.by_edition.2025"),
        ("2025, lendemain de la clôture", "editions.2025.closes"),
        ("50 personnes", "define.rate"),
        ("49 personnes, plafond atteint, clos", "parameters.maximum_grant.default"),
    ],
)
def test_without_its_boundary_case_a_mutant_survives_and_a_case_is_proposed(
    case, survivor, tmp_path
):
    catalogue = loaded(without(tmp_path, case))
    result = mutation_result(catalogue, list(case_results(catalogue)))
    found = [mutant for mutant in result.survivors if mutant.name.startswith(survivor)]
    assert found
    for mutant in result.survivors:
        proposed = witness(catalogue, result.court, mutant.part)
        assert proposed is not None, mutant.name
        assert result.court.fails(proposed.trial, mutant.part, {})


def test_a_proposed_case_can_be_pasted(tmp_path):
    path = without(tmp_path, "neuf personnes, fin possible", "2025, lendemain de la clôture")
    for _ in range(5):
        catalogue = loaded(path)
        result = mutation_result(catalogue, list(case_results(catalogue)))
        if not result.survivors:
            return
        proposed = witness(catalogue, result.court, result.survivors[0].part)
        assert proposed is not None
        path.write_text(path.read_text(encoding="utf-8") + proposed.case.text(), encoding="utf-8")
    pytest.fail("still unnoticed")


def test_failing_cases_judge_nothing(tmp_path):
    path = without(tmp_path)
    text = path.read_text(encoding="utf-8").replace("{grant: {ceiling: 80000}}", "{grant: absent}")
    path.write_text(text, encoding="utf-8")
    catalogue = loaded(path)
    result = mutation_result(catalogue, list(case_results(catalogue)))
    assert result.untested
    assert result.mutants == 0


# ------------------------------------------------------------------------------ declared equivalent
EQUIVALENT = 'editions.2025.closes: closes: "2025-12-20" → closes: "2025-12-21"'


def declared(name: str) -> str:
    return f"equivalent_mutants:\n  - {{mutant: '{name}', because: {{fr: Essai, en: Trial}}}}\n"


def test_what_is_declared_equivalent_does_not_survive(tmp_path):
    path = without(tmp_path, "2025, lendemain de la clôture", more=declared(EQUIVALENT))
    told = CliRunner().invoke(main, ["rules", "test", str(path), "--mutate", "--lang", "en"])
    assert told.exit_code == 0, told.output
    assert "1 without effect (declared), 0 unnoticed" in told.output


@pytest.mark.parametrize("name", [EQUIVALENT, "criteria.nothing: a → b"])
def test_a_declaration_that_no_longer_holds_is_told(name, tmp_path):
    path = without(tmp_path, more=declared(name))
    told = CliRunner().invoke(main, ["rules", "test", str(path), "--mutate", "--lang", "en"])
    assert told.exit_code == 1
    assert "take it off the list" in told.output
    assert name in told.output


# -------------------------------------------------------------------------------- the command line
def test_the_command_tells_the_place_the_change_and_a_case(tmp_path):
    path = without(tmp_path, "neuf personnes, fin possible", "2025, lendemain de la clôture")
    told = CliRunner().invoke(main, ["rules", "test", str(path), "--mutate", "--lang", "en"])
    assert told.exit_code == 1
    line = path.read_text(encoding="utf-8").splitlines().index("    - id: staff") + 3
    assert f"{path.name}:{line}:7: prime-essai — threshold moved by one step" in told.output
    assert "    + 9 <= applicant.headcount and applicant.headcount < 250" in told.output
    assert "this case would notice it:" in told.output
    assert 'as_of: "2025-12-21"' in told.output
    french = CliRunner().invoke(main, ["rules", "test", str(path), "--mutate"])
    assert "ce cas la verrait :" in french.output
    assert "que rien ne voit." in french.output


def test_an_unknown_scheme_is_told_plainly():
    told = CliRunner().invoke(main, ["rules", "test", "--scheme", "vte-verd"])
    assert told.exit_code == 2
    assert "vte-vert" in told.output


# --------------------------------------------------------------------------------- calendars, texts
def test_a_date_that_another_makes_useless_changes_no_window():
    editions = SHIPPED.content.schemes["decarb-flash"].editions
    (edition,) = editions
    later = replace(edition, closes=Span(edition.closes.low + 1, edition.closes.high + 1))
    sooner = replace(edition, closes=Span(edition.closes.low - 1, edition.closes.high - 1))
    assert same_windows(editions, editions)
    assert same_windows(editions, [later])
    assert not same_windows(editions, [sooner])


def test_expressions_are_written_as_the_language_reads_them():
    day = Constant(738_000, Kind.DATE)
    amount = Compare(
        Sum((Fact("a.b"), Constant(Fraction(1, 4), Kind.NUMBER))),
        ">=",
        Constant(400_000, Kind.NUMBER),
    )
    assert written(amount) == "a.b + 0.25 >= 400_000"
    assert written(Compare(Fact("x/start"), "<", day)) == 'start < "2021-07-29"'
    assert written(Not(Member(Fact("a.kind"), frozenset({"epci"})))) == 'a.kind != "epci"'
    several = Any((Member(Fact("a.on"), frozenset({True})), Member(Fact("a.r"), frozenset("12"))))
    assert written(several) == 'a.on or a.r in ["1", "2"]'


def test_expressions_of_the_catalogue_can_be_read_again():
    """What `written` gives of a test, put back in a scheme file, is the same test."""
    shown = {
        criterion.id: written(criterion.test)
        for criterion in SHIPPED.content.schemes["vte-ti"].criteria.items
        if hasattr(criterion, "test")
    }
    text = (Path("rules/schemes") / "vte-ti.yaml").read_text(encoding="utf-8")
    tests = {c["id"]: c["test"] for c in read_yaml(text).data["criteria"]["all"] if "test" in c}
    assert shown.keys() == tests.keys()
    for id_, test in shown.items():
        plain = " ".join(str(tests[id_]).split())
        assert test.replace("(", "").replace(")", "") == plain.replace("(", "").replace(")", "")


class Terminal(StringIO):
    """A text that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_long_run_says_where_it_is_and_leaves_no_trace(monkeypatch):
    monkeypatch.setattr("matcher.cli.progress.SHOWN_AFTER", -1.0)
    monkeypatch.setattr("sys.stderr", shown := Terminal())
    assert list(with_progress(["vta", "pat"], "cas")) == ["vta", "pat"]
    assert "cas 1/2 : vta" in shown.getvalue()
    assert shown.getvalue().endswith("\r\033[K")
    monkeypatch.setattr("sys.stderr", quiet := StringIO())
    assert list(with_progress(["vta"], "cas")) == ["vta"]
    assert quiet.getvalue() == ""
