"""Is each row of a portfolio matched as a profile is, once, and does an interrupted run go on?"""

import csv
import json
from datetime import date

import polars as pl
import pytest

from matcher import Catalogue
from matcher.answers.formats import iso
from matcher.engines.columnar.frame import values_of
from matcher.facts.profile import Profile
from matcher.portfolio import inputs, jobs
from matcher.portfolio.errors import SourceError
from matcher.portfolio.jobs import Job, bench_of
from matcher.portfolio.parts import LINE
from matcher.portfolio.results import WINDOW, code_columns, criteria_of, criterion, statuses_in
from matcher.portfolio.run import run
from matcher.portfolio.source import open_source
from matcher.portfolio.tables import write_csv, write_json_lines

DAY = date(2026, 5, 4).toordinal()
CLIENTS = """\
Client;SIRET;Effectif;Code APE;Code postal;Ville;CA (k€);Montant du projet (k€);Commentaire
=Plasturgie "du" Cher;552 100 554 00013;50 à 99;22.22Z;41200;Romorantin-Lanthenay;12 500;850;@vip
Mairie;;;84.11Z;75001;Paris;;;
Forge;;12;25.50A;42300;Roanne;1 800,5;120;-12
Contradiction;;12;25.50A;42300;Paris;1 800,5;120;
Rien;;;;;;;;
Illisible;;beaucoup;99.99Z;;;x;400 k€;
"""


@pytest.fixture(scope="module")
def catalogue():
    return Catalogue.load()


@pytest.fixture
def job_for(catalogue, tmp_path):
    """A job over some text, in a folder of its own."""

    def job(text, *, name="clients.csv", out="out", schemes=None, day=DAY):
        path = tmp_path / name
        if not path.exists():
            path.write_text(text, encoding="utf-8")
        mapping = open_source(path, catalogue).mapping
        ids = schemes or catalogue.schemes
        return Job(path, mapping, None, day, tuple(ids), tmp_path / out)

    return job


def frames(finished):
    return pl.concat([pl.read_parquet(path, glob=False) for path in finished.results])


def test_each_row_is_matched_as_its_profile(catalogue, job_for):
    job = job_for(CLIENTS)
    finished = run(job, catalogue)
    results, shown = frames(finished), finished.shown().sort(LINE)
    assert results[LINE].to_list() == shown[LINE].to_list() == [2, 3, 4, 6, 7]
    facts = catalogue.content.vocabulary
    for row, known in zip(results.to_dicts(), shown.to_dicts(), strict=True):
        report = catalogue.match(Profile(values_of(known, facts)), iso(DAY))
        for decision in report.decisions:
            id_ = decision.scheme
            ids = criteria_of(catalogue.scheme(id_))
            codes = [row[name] for name in code_columns(id_, ids)]
            assert row[id_] == str(decision.outcome)
            assert row[id_ + WINDOW] == str(decision.window.state)
            assert statuses_in(codes, ids) == {c.id: c.status for c in decision.criteria}


def test_rows_in_are_results_and_rejects(catalogue, job_for):
    job = job_for(CLIENTS)
    told = []
    finished = run(job, catalogue, told.append)
    assert (finished.summary.rows, finished.summary.results, finished.summary.rejects) == (6, 5, 1)
    assert sum(told) == 6
    text = (job.out / "rejects.csv").read_text(encoding="utf-8-sig")
    (row,) = csv.DictReader(text.splitlines(), delimiter=";")
    assert row["ligne"] == "5"
    assert row["raison"] == "« Commune du projet » contredit « Code postal du site »"
    assert "Paris" not in "".join(row.values()), "no value of a client"
    unread = {(w.column, w.count) for w in finished.summary.warnings if not w.read}
    assert unread == {("Effectif", 1), ("Code APE", 1), ("CA (k€)", 1)}
    standings = finished.summary.standings
    assert sum(n for (id_, *_), n in standings.items() if id_ == job.schemes[0]) == 5


def test_the_files_of_people_and_programs_say_the_same(catalogue, job_for, tmp_path):
    job = job_for(CLIENTS)
    finished = run(job, catalogue)
    criteria = {id_: criteria_of(catalogue.scheme(id_)) for id_ in job.schemes}
    text = write_csv(tmp_path, finished.results, criteria, ";").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    lines = write_json_lines(tmp_path, finished.results, criteria).read_text(encoding="utf-8")
    objects = [json.loads(line) for line in lines.splitlines()]
    table = frames(finished)
    assert len(rows) == len(objects) == 5
    assert rows[0]["Client"] == '\'=Plasturgie "du" Cher', "no formula"
    assert objects[0]["Client"] == '=Plasturgie "du" Cher'
    for id_, ids in criteria.items():
        for place, (row, found) in enumerate(zip(rows, objects, strict=True)):
            scheme = found["schemes"][id_]
            assert row[id_] == scheme["outcome"] == table[id_][place]
            assert row[f"{id_}/unmet"].split() == scheme["unmet"]
            truths = table.select(criterion(id_, ids, one).alias(one) for one in ids).to_dicts()
            unmet = [one for one in ids if truths[place][one] is False]
            assert scheme["unmet"] == unmet


@pytest.fixture
def small_parts(monkeypatch):
    for module in (inputs, *(m for m in map(_module, ("text_files", "parquet_files")) if m)):
        monkeypatch.setattr(module, "PART_ROWS", 40, raising=False)


def _module(name):
    return __import__(f"matcher.portfolio.{name}", fromlist=["_"])


def many(count):
    lines = [f"Client {n};{n % 400};{1 + n % 9}0;{n % 7 * 100}" for n in range(count)]
    return "\n".join(["Client;Effectif;Ancienneté;Montant du projet (k€)", *lines]) + "\n"


@pytest.mark.usefixtures("small_parts")
def test_an_interrupted_run_goes_on(catalogue, job_for, monkeypatch):
    job = job_for(many(200), out="interrupted")
    parts = list(bench_of(job, catalogue).source.parts())
    assert len(parts) > 2
    written, whole = [], jobs.part_results

    def failing(bench, job, part):
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(part.id)
        return whole(bench, job, part)

    monkeypatch.setattr(jobs, "part_results", failing)
    with pytest.raises(KeyboardInterrupt):
        run(job, catalogue)
    left = sorted(path.name for path in (job.out / "results").iterdir())
    assert left == sorted(f"{id_}.parquet" for id_ in written), "no half-written file"
    assert not (job.out / "rejects.csv").exists()

    monkeypatch.setattr(jobs, "part_results", whole)
    resumed = run(job, catalogue)
    again = run(job_for(many(200), out="whole"), catalogue)
    assert resumed.resumed == 2
    assert frames(resumed).equals(frames(again))
    assert resumed.summary == again.summary
    assert resumed.shown().equals(again.shown())


@pytest.mark.usefixtures("small_parts")
def test_a_part_cut_while_it_is_written_is_done_again(catalogue, job_for):
    job = job_for(many(100))
    whole = frames(run(job, catalogue))
    first = min((job.out / "results").iterdir())
    first.unlink()
    assert frames(run(job, catalogue)).equals(whole)


@pytest.mark.parametrize("change", ["input", "on", "schemes"])
def test_a_folder_holds_one_run_only(catalogue, job_for, change):
    run(job_for(CLIENTS), catalogue)
    other = {
        "input": lambda: job_for(CLIENTS.replace("Forge", "Forges"), name="others.csv"),
        "on": lambda: job_for(CLIENTS, day=DAY + 1),
        "schemes": lambda: job_for(CLIENTS, schemes=catalogue.schemes[:3]),
    }[change]()
    with pytest.raises(SourceError, match=r"autre exécution"):
        run(other, catalogue)


def test_a_folder_of_something_else_is_left_alone(catalogue, job_for, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "précieux.txt").write_text("x", encoding="utf-8")
    with pytest.raises(SourceError, match="pas vide"):
        run(job_for(CLIENTS), catalogue)
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["précieux.txt"]


def test_all_rows_rejected(catalogue, job_for):
    header = CLIENTS.splitlines()[0]
    wrong = CLIENTS.splitlines()[4]
    finished = run(job_for(f"{header}\n{wrong}\n{wrong}\n"), catalogue)
    assert (finished.summary.results, finished.summary.rejects) == (0, 2)
    assert frames(finished).height == 0


def test_headers_and_folders_that_look_like_something_else(catalogue, job_for):
    text = CLIENTS.replace("Commentaire", catalogue.schemes[0]).replace("Client;", "tremplin/x;")
    finished = run(job_for(text, out="o[1]*"), catalogue)
    table = frames(finished)
    assert {f"{catalogue.schemes[0]} *", "tremplin/x *"} <= set(table.columns)
    assert table.height == 5
