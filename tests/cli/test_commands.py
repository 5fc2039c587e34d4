"""Does every command explain itself, and answer in the language that is asked for?"""

import re

import click
import pytest

from matcher import Catalogue, ProfileError
from matcher.cli import main
from matcher.cli.facts import _example

DATE = "2026-05-04"


def commands(group, name=()):
    """Every command that does something, by its words."""
    context = click.Context(group)
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        if isinstance(command, click.Group):
            yield from commands(command, (*name, word))
        else:
            yield (*name, word), command


ALL = dict(commands(main))
each = pytest.mark.parametrize("name", ALL, ids=" ".join)


# --------------------------------------------------------------------------------------------- help


@each
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_each_command_explains_itself(run, name, option):
    result = run(*name, option)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert " / " in " ".join(result.stdout.split()), "in French, then in English"


@each
def test_each_command_shows_an_example(run, name):
    text = run(*name, "--help").stdout
    assert "Exemple" in text
    assert f"matcher {' '.join(name)}" in text


@each
def test_each_option_is_explained(name):
    for parameter in ALL[name].params:
        if isinstance(parameter, click.Option) and parameter.name != "help":
            assert parameter.help, parameter.name
            assert " / " in parameter.help, f"{parameter.name}: in French, then in English"


@pytest.mark.parametrize("words", [[], ["rules"]], ids=str)
def test_a_group_lists_its_commands(run, words):
    result = run(*words, "--help")
    assert result.exit_code == 0
    depth = len(words)
    inside = {name[depth] for name in ALL if list(name[:depth]) == words}
    assert inside
    listed = result.stdout
    assert all(re.search(rf"^  {word} ", listed, re.MULTILINE) for word in inside)


def test_the_first_page_shows_commands_that_exist(run):
    shown = re.findall(r"^ +matcher (\w+)", run("--help").stdout, re.MULTILINE)
    assert shown
    assert set(shown) <= {name[0] for name in ALL}


def test_the_version(run):
    result = run("--version")
    assert result.exit_code == 0
    assert re.match(r"matcher, version \S+\n\Z", result.stdout)


@pytest.mark.parametrize("words", [["matc"], ["rules", "chek"], ["zzz"], ["rules", "zzz"]], ids=str)
def test_a_command_that_is_not_there(run, words):
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert words[-1] in result.stderr
    assert "Traceback" not in result.stderr
    suggested = re.findall(r"Did you mean '(\w+)'", result.stderr)
    assert all(word in {name[-1] for name in ALL} for word in suggested)


# -------------------------------------------------------------------------------- schemes and facts


def test_the_schemes_are_listed(run, root):
    lines = run("schemes").stdout.splitlines()
    files = sorted(path.stem for path in (root / "rules" / "schemes").glob("*.yaml"))
    assert [line.split()[0] for line in lines] == files


def test_one_scheme_says_its_conditions_and_sources(run):
    result = run("schemes", "vta")
    assert result.exit_code == 0
    for part in ("• ", "[S1]", "Édition", "toutes ces conditions", "http"):
        assert part in result.stdout, part


def test_every_scheme_can_be_shown(run, root):
    for path in sorted((root / "rules" / "schemes").glob("*.yaml"))[::4]:
        for lang in ("fr", "en"):
            result = run("schemes", path.stem, "--lang", lang)
            assert result.exit_code == 0
            assert not re.search(r"[{}]|\bNone\b|Fraction", result.stdout), path.stem


def test_the_facts_are_listed_with_their_labels(run):
    result = run("facts")
    assert re.search(r"^applicant\.headcount +integer +\S", result.stdout, re.MULTILINE)


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("applicant.headcount", ["personnes", "applicant.headcount: 85"]),
        ("applicant.kind", ["epci", "Intercommunalité"]),
        ("project.firm_commitment_date", ["none"]),
        ("site.insee", ["codes", '"41194"']),
        ("applicant.size_eu", ["calculé"]),
    ],
)
def test_one_fact_says_what_may_be_written(run, key, parts):
    result = run("facts", key)
    assert result.exit_code == 0
    for part in parts:
        assert part in result.stdout, part


def test_the_example_of_a_fact_can_be_pasted_into_a_profile():
    catalogue = Catalogue.load()
    wrong = []
    for key in catalogue.facts:
        fact = catalogue.fact(key)
        if not fact.settable or (fact.codes or fact.check) not in (None, "communes"):
            continue
        line = f"{key}: {_example(fact)}"
        try:
            catalogue.profile(line.encode())
        except ProfileError:
            wrong.append(line)
    assert not wrong


@pytest.mark.parametrize(
    ("words", "near"),
    [(["schemes", "vte-tii"], "vte-ti"), (["facts", "applicant.headcoun"], "applicant.headcount")],
)
def test_a_name_that_is_not_there_is_told_with_the_nearest(run, words, near):
    for lang in ("fr", "en"):
        result = run(*words, "--lang", lang)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert near in result.stderr


# ---------------------------------------------------------------------------------------- languages

FRENCH = re.compile(
    r"À préciser|\bÉligible\b|Non éligible|\bouvert\b|\bclos\b|à venir|non renseigné|Que faire|"
    r"Voir plutôt|Démarche|[Ss]ous réserve|\bAide :|\blu le\b|conditions? remplie|Réponse au|"
    r"examinés?\b|\bau moins\b|\bau plus\b|\bplafond\b|\bmontant\b|\btaux\b|\(édition|sans objet|"
    r"\bpersonnes\b|\bmois\b|\boui\b|\bdepuis le\b|jusqu'au|\bexemple\b|calculé|toutes ces|"
    r"\bUnité|erreur|dispositif|\bfaits?\b|réussis|Erreur|\bn'est pas\b|n'existe|Vouliez"
)
ENGLISH = re.compile(
    r"To clarify|\bEligible\b|Not eligible|\bopen\b|\bclosed\b|upcoming|not given|What to do|"
    r"Look instead|How to apply|Subject to|\bAid:|read on|conditions met|Answer as of|examined|"
    r"\bat least\b|\bat most\b|ceiling|amount|\(edition|not applicable|\bpeople\b|\bmonths\b|"
    r"\byes\b|since \d|until \d|example|computed|all of these|mistake|schemes|facts\b|passed"
)


# Addresses, commands, keys of facts, and the place and code that open a diagnostic.
QUOTED = re.compile(
    r"<?https?://\S+|`[^`]*`|\b[a-z_]+\.[a-z_]+\b|^\S+: (?=[A-Z]\d\d )", re.MULTILINE
)


def own_words(text):
    """A report without what is quoted from elsewhere: the titles of sources, names in « »."""
    lines, quoting = [], False
    for line in text.splitlines():
        quoting = line.lstrip().startswith(("[", "·", ">")) or (
            quoting and line.startswith("  ") and not line.lstrip().startswith(("✓", "✗", "?", "→"))
        )
        if not quoting:
            lines.append(line)
    return "\n".join(lines)


WRITTEN = [
    ["match", "{example}", "--on", DATE],
    ["match", "{example}", "--on", DATE, "--details"],
    ["match", "{example}", "--on", "2025-06-01", "--details"],
    ["match", "{example}", "--on", DATE, "--format", "markdown"],
    ["schemes"],
    ["schemes", "vta"],
    ["schemes", "fonds-chaleur"],
    ["facts"],
    ["facts", "applicant.headcount"],
    ["facts", "applicant.size_eu"],
    ["facts", "site.insee"],
    ["rules", "check", "{folder}", "--on", "2026-11-22"],
    ["rules", "test", "{folder}"],
]
MISTAKEN = [
    ["match", "nowhere.yaml"],
    ["match", "{folder}"],
    ["match", "{example}", "--on", "demain"],
    ["match", "{example}", "--scheme", "vte-tii"],
    ["match", "{example}", "--rules", "nowhere"],
    ["schemes", "zzz"],
    ["facts", "applicant.headcoun"],
    ["rules", "check", "nowhere"],
]


def said(run, words, folder, example, lang):
    filled = [word.format(example=example, folder=folder) for word in words]
    result = run(*filled, "--lang", lang)
    text = result.stdout + result.stderr
    text = text.replace(str(folder), "FOLDER").replace(example, "EXAMPLE")
    return QUOTED.sub("…", own_words(text))


@pytest.mark.parametrize("words", WRITTEN + MISTAKEN, ids=" ".join)
def test_english_is_complete(run, folder, example, words):
    text = said(run, words, folder, example, "en")
    assert text.strip()
    hits = [line for line in text.splitlines() if FRENCH.search(line)]
    assert not hits[:5]


@pytest.mark.parametrize("words", WRITTEN + MISTAKEN, ids=" ".join)
def test_french_is_complete(run, folder, example, words):
    text = said(run, words, folder, example, "fr")
    assert text.strip()
    hits = [line for line in text.splitlines() if ENGLISH.search(line)]
    assert not hits[:5]


@pytest.mark.parametrize("words", WRITTEN + MISTAKEN, ids=" ".join)
def test_each_language_has_its_punctuation(run, folder, example, words):
    english = said(run, words, folder, example, "en")
    assert not [line for line in english.splitlines() if re.search(r"\w [:;?!](\s|$)", line)][:5]
    french = said(run, words, folder, example, "fr")
    unspaced = re.compile(r"[^\W\d][;?!](\s|$)|[a-zé)]:(\s|$)")
    keys = re.compile(r"^(exemple|example)|[\w/.]+\.\w+:|EXAMPLE|FOLDER")
    hits = [ln for ln in french.splitlines() if unspaced.search(ln) and not keys.search(ln)]
    assert not hits[:5]
