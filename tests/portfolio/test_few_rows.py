"""Do few rows, judged one after the other, get the answers that columns give, in the same form?"""

import datetime

import pytest
from hypothesis import HealthCheck, assume, given, settings

from matcher import Catalogue
from matcher.engines.columnar.engine import ColumnarEngine
from matcher.engines.columnar.frame import frame_of
from matcher.portfolio import few_rows
from matcher.portfolio.few_rows import judged_one_by_one
from matcher.portfolio.jobs import Job, bench_of, part_results
from matcher.portfolio.results import results_of
from matcher.portfolio.source import open_source
from matcher.testing import situations
from tests.engines.columnar.as_columns import readable
from tests.engines.columnar.test_engine_agrees import assert_judged_alike

DAY = datetime.date(2026, 5, 4).toordinal()


def one_by_one(frame, catalogue, day, schemes):
    return judged_one_by_one(frame, catalogue, day, schemes or catalogue.schemes)


@given(situations())
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_random_catalogues(situation):
    profiles = readable(situation)
    assume(profiles)
    catalogue = Catalogue(situation.content)
    day = situation.facts.get("as_of").low
    assert_judged_alike(catalogue, profiles, day, judged_by=one_by_one)
    frame = frame_of([profile.values for profile in profiles], situation.setting.vocabulary)
    engine = ColumnarEngine(catalogue.content, day)
    columns, rows = engine.judged(frame), one_by_one(frame, catalogue, day, None)
    assert results_of(rows, engine.schemes).equals(results_of(columns, engine.schemes))


@pytest.fixture(scope="module")
def clients(catalogue):
    """The profiles of some cases of the rules, as rows."""
    content = catalogue.content
    given_ = [case.given for cases in content.cases.values() for case in cases[:2]]
    profiles = [catalogue.profile(given) for given in given_]
    return frame_of([profile.values for profile in profiles], content.vocabulary)


def test_the_shipped_catalogue_in_the_same_tables(catalogue, clients):
    content = catalogue.content
    engine = ColumnarEngine(content, DAY)
    also = ("site.departement", "applicant.kind")
    columns = engine.judged(clients, also)
    rows = judged_one_by_one(clients, catalogue, DAY, tuple(engine.schemes), also)
    assert results_of(rows, engine.schemes).equals(results_of(columns, engine.schemes))
    assert rows.facts.equals(columns.facts)
    for key in columns.conflicts.columns:
        assert columns.conflicts[key].any() == (key in rows.conflicts.columns)


def test_a_short_list_gives_the_same_files_either_way(tmp_path, catalogue, monkeypatch):
    path = tmp_path / "clients.csv"
    lines = ["SIRET;Effectif;Code postal;Code NAF", ";12;69001;25.62B", ";300;59000;10.11Z", ";x;;"]
    path.write_text("\n".join(lines), encoding="utf-8")
    mapping = open_source(path, catalogue).mapping
    job = Job(path, mapping, None, DAY, catalogue.schemes, tmp_path / "out")
    bench = bench_of(job, catalogue)
    (part,) = bench.source.parts()
    found = []
    for few in (few_rows.FEW, 0):
        monkeypatch.setattr("matcher.portfolio.jobs.FEW", few)
        found.append(part_results(bench, job, part))
    direct, columns = found
    assert direct.results.equals(columns.results)
    assert direct.shown.equals(columns.shown)
    assert direct.rejects.equals(columns.rejects)
    assert direct.summary == columns.summary


def test_no_row_is_left(tmp_path, catalogue):
    path = tmp_path / "clients.csv"
    path.write_text("SIRET;SIREN\n73282932000074;552100554\n", encoding="utf-8")
    mapping = open_source(path, catalogue).mapping
    job = Job(path, mapping, None, DAY, catalogue.schemes, tmp_path / "out")
    bench = bench_of(job, catalogue)
    (part,) = bench.source.parts()
    found = part_results(bench, job, part)
    assert (found.results.height, found.rejects.height, found.summary.results) == (0, 1, 0)
