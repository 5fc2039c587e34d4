"""Is an answer the same bytes whatever the hash seed, and the order of facts and of files?"""

import hashlib
import json
import os
import random
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from matcher import Catalogue
from matcher.catalogue.load import load_content
from matcher.catalogue.locate import layout_at
from matcher.catalogue.store import compiled_text

DATE = "2026-05-04"
# The digests of what a fresh process answers: from the texts, then from the copy it has kept.
ASK = """
import hashlib, json, sys
from pathlib import Path
from matcher import Catalogue
from matcher.authoring.schema import report_schema
from matcher.catalogue.load import load_content
from matcher.catalogue.locate import layout_at
from matcher.catalogue.store import compiled_text
from matcher.cli.markdown import report_markdown
from matcher.cli.table import report_table

examples, small = map(Path, sys.argv[1:])
told = {}
def tell(name, text):
    told[name] = hashlib.sha256(text.encode()).hexdigest()
for turn in ("first", "second"):
    catalogue = Catalogue.load()
    tell(f"{turn} digest", catalogue.digest)
    for path in sorted(examples.glob("*.yaml"))[::2]:
        report = catalogue.match(catalogue.profile(path), "2026-05-04")
        tell(f"{turn} json {path.stem}", report.to_json())
    tell(f"{turn} markdown", report_markdown(report, "fr"))
    tell(f"{turn} table", report_table(report, "en", details=True))
tell("compiled", compiled_text(load_content(layout_at(small))[0]))
tell("schema", json.dumps(report_schema()))
several = {
    "applicant.kind": {"one_of": ["epci", "commune", "association"]},
    "site.postcode": "27110",
    "project.covered_by": ["france_2030", "fonds_vert"],
    "project.other_aids": ["cee", "ademe"],
}
tell("several", catalogue.match(several, "2026-05-04").to_json())
print(json.dumps(told))
"""


@pytest.fixture(scope="module", autouse=True)
def own_cache(tmp_path_factory):
    """A cache folder of this run alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
        yield os.environ["XDG_CACHE_HOME"]


@pytest.fixture(scope="module")
def catalogue():
    return Catalogue.load()


@pytest.fixture(scope="module")
def examples(root):
    return sorted((root / "profiles" / "examples").glob("*.yaml"))


@pytest.fixture(scope="module")
def told(root, catalogue):
    """What processes with three hash seeds answer, all at once."""
    assert catalogue.digest, "there is a copy to read"
    processes = {
        seed: subprocess.Popen(
            [
                sys.executable,
                "-c",
                ASK,
                str(root / "profiles" / "examples"),
                str(root / "tests" / "bad" / "good" / "rules"),
            ],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for seed in ("0", "1", "2")
    }
    answers = {}
    for seed, process in processes.items():
        out, complaint = process.communicate()
        assert process.returncode == 0, complaint
        answers[seed] = json.loads(out)
    return answers


def test_the_hash_seed_changes_no_byte(told):
    names = set(told["0"])
    assert len(names) > 10
    for one, other in pairwise(told.values()):
        assert [name for name in names if one[name] != other[name]] == []


def test_the_second_load_changes_no_byte(told):
    for answers in told.values():
        first = {n.removeprefix("first "): d for n, d in answers.items() if n.startswith("first ")}
        second = {
            n.removeprefix("second "): d for n, d in answers.items() if n.startswith("second ")
        }
        assert first == second


def test_this_process_answers_the_same(told, catalogue, examples):
    for path in examples[::2]:
        text = catalogue.match(catalogue.profile(path), DATE).to_json()
        assert hashlib.sha256(text.encode()).hexdigest() == told["1"][f"first json {path.stem}"]


# ------------------------------------------------------------------------------ orders of all kinds


def facts_of(catalogue, path):
    """A profile as a flat mapping, in the form in which it can be given again."""
    return catalogue.match(catalogue.profile(path), DATE, []).to_dict()["profile"]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_facts_changes_no_byte(catalogue, examples, seed):
    shuffler = random.Random(seed)  # noqa: S311  an order, not a secret
    for path in examples[:4]:
        known = facts_of(catalogue, path)
        wanted = catalogue.match(known, DATE).to_json("fr")
        items = list(known.items())
        shuffler.shuffle(items)
        turned = {
            key: sorted(value, reverse=True) if isinstance(value, list) else value
            for key, value in items
        }
        assert catalogue.match(turned, DATE).to_json("fr") == wanted, path.name


def test_nested_or_dotted_changes_no_byte(catalogue, examples):
    known = facts_of(catalogue, examples[0])
    nested = {}
    for key, value in known.items():
        group, name = key.split(".", 1)
        nested.setdefault(group, {})[name] = value
    assert catalogue.match(nested, DATE).to_json() == catalogue.match(known, DATE).to_json()


def test_the_order_of_authorities_answers_changes_no_decision(catalogue):
    scheme = "fonds-vert-territoires-industrie"
    answers = [
        {"unknown": f"{scheme}/local_minimum", "value": 250000, "for": "94", "on": "2026-05-01"},
        {"unknown": f"{scheme}/local_minimum", "value": 300000, "for": "01", "on": "2026-05-02"},
    ]
    given = {"site.insee": "2A004", "project.eligible_cost_eur": 260_000}
    one, other = (
        catalogue.match({**given, "authority": order}, DATE, [scheme]).to_dict()["decisions"]
        for order in (answers, answers[::-1])
    )
    assert one == other


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_files_changes_no_byte(root, monkeypatch, seed):
    rules = root / "tests" / "bad" / "good" / "rules"
    straight = load_content(layout_at(rules))[0]
    listed = Path.glob

    def shuffled(self, pattern):
        found = list(listed(self, pattern))
        random.Random(seed).shuffle(found)  # noqa: S311  an order, not a secret
        return iter(found)

    monkeypatch.setattr(Path, "glob", shuffled)
    other = load_content(layout_at(rules))[0]
    assert compiled_text(other) == compiled_text(straight)
    profile = rules.parent / "profile.yaml"
    texts = {
        Catalogue(c).match(Catalogue(c).profile(profile), DATE).to_json() for c in (straight, other)
    }
    assert len(texts) == 1


def test_the_order_of_questions_changes_no_byte(catalogue, examples):
    """Reading a part of an answer, or asking other things first, changes nothing of the rest."""
    profile = catalogue.profile(examples[1])
    wanted = Catalogue(catalogue.content).match(profile, DATE).to_json()
    report = Catalogue(catalogue.content).match(profile, DATE)
    for decision in reversed(report.decisions):
        _ = (decision.aid, decision.summary, decision.missing, decision.why_not, decision.window)
    assert report.to_json() == wanted
    fresh = Catalogue(catalogue.content)
    for path in examples:
        fresh.match(fresh.profile(path), "2025-03-01")
    assert fresh.match(profile, DATE).to_json() == wanted
