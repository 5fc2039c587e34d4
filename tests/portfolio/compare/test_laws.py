"""Which laws hold of any two results? Compared with the reference, row by row."""

import random
from collections import Counter

import pytest

from matcher import Catalogue
from matcher.catalogue.windows import WindowState
from matcher.engines.columnar.frame import values_of
from matcher.facts.profile import Profile
from matcher.portfolio.comparing.kinds import LISTED, Kind
from matcher.portfolio.source import open_source

SPRING, LATER = "2026-05-04", "2027-03-30"
MIRROR = {
    Kind.GAINED: Kind.LOST,
    Kind.ELIGIBLE: Kind.NO_LONGER,
    Kind.TO_CLARIFY: Kind.RULED_OUT,
    Kind.OPENED: Kind.CLOSED,
}
MIRROR |= {other: kind for kind, other in MIRROR.items()}
CELLS = {
    "Effectif": ["", "5", "80", "180", "400", "50 à 99"],
    "Effectif du site": ["", "15", "60", "180", "300"],
    "Âge de l'entreprise": ["", "0", "12"],
    "À jour fiscal et social": ["", "oui", "oui", "non"],
    "Micro-entrepreneur": ["", "non", "non"],
    "Code APE": ["", "22.22Z", "84.11Z", "25.50A", "10.71C"],
    "Code postal": ["", "41200", "75001", "42300", "97400"],
    "CA (k€)": ["", "500", "12500", "90000"],
    "Coût total du projet": ["", "50000", "450000", "4000000"],
}


def portfolio(seed, count=60):
    drawn = random.Random(seed)  # noqa: S311
    lines = [";".join(["Raison sociale", *CELLS])]
    for number in range(count):
        cells = [drawn.choice(values) for values in CELLS.values()]
        lines.append(";".join([f"Client {number}", *cells]))
    return "\n".join(lines) + "\n"


def moved(text, seed):
    """Some clients changed, some are gone, and the order is another one."""
    drawn = random.Random(seed)  # noqa: S311
    head, *lines = text.splitlines()
    other = portfolio(seed + 100, len(lines)).splitlines()[1:]
    lines = [drawn.choice([line, line, new]) for line, new in zip(lines, other, strict=True)]
    return "\n".join([head, *drawn.sample(lines, len(lines) - 3)]) + "\n"


@pytest.fixture(scope="session")
def other(stricter):
    return Catalogue.load(stricter)


def test_nothing_changes_from_a_set_to_itself(results, told, catalogue):
    same = results(portfolio(1), catalogue)
    found = told(same, same)
    assert not any(changes.counts for changes in found.schemes.values())
    assert found.rows() == []
    assert found.json["clients"] == {}
    assert found.json["appeared"] == found.json["gone"] == []
    assert "Rien n'a changé pour personne." in found.table()
    assert "Nothing has changed for anybody." in found.table("en")


@pytest.mark.parametrize("seed", [2])
def test_the_other_way_round_is_the_mirror(results, told, catalogue, other, seed):
    text = portfolio(seed)
    old, new = results(text, catalogue, SPRING), results(moved(text, seed), other, LATER)
    there, back = told(old, new, catalogue, other), told(new, old, catalogue, other)
    assert there.kinds
    assert swapped(there.json) == seen(back.json)
    for id_, changes in there.schemes.items():
        mirrored = {MIRROR.get(kind, kind): count for kind, count in changes.counts.items()}
        assert mirrored == back.schemes[id_].counts
    assert there.json["gone"] == back.json["appeared"]


def seen(data):
    """Every change, as a set."""
    return {
        (
            scheme["scheme"],
            change["client"],
            change["kind"],
            str(change["before"]),
            str(change["after"]),
            frozenset(
                (c["criterion"], c["before"], c["after"], c["decisive"]) for c in change["criteria"]
            ),
        )
        for scheme in data["schemes"]
        for change in scheme["changes"]
    }


def swapped(data):
    return {
        (
            id_,
            client,
            str(MIRROR.get(Kind(kind), Kind(kind))),
            after,
            before,
            frozenset((c, new, old, decisive) for c, old, new, decisive in criteria),
        )
        for id_, client, kind, before, after, criteria in seen(data)
    }


# ---------------------------------------------------------------------------- the reference decides
def judged(text, catalogue, on, path):
    """Outcome, window and statuses of each client and scheme, by the reference."""
    path.write_text(text, encoding="utf-8")
    source = open_source(path, catalogue)
    found = {}
    for part in source.parts():
        for row in source.read_part(part).frame.iter_rows(named=True):
            profile = Profile(values_of(row, catalogue.content.vocabulary))
            one = catalogue.judged(profile, on)
            for plan, window, judgement in zip(one.plans, one.windows, one.judgements, strict=True):
                statuses = {
                    leaf.criterion.id: judgement.statuses[leaf.index] for leaf in plan.leaves
                }
                standing = judgement.outcome, window.state, statuses
                found[row["Raison sociale"], plan.scheme.id] = standing
    return found


RANK = {False: 0, None: 1, True: 2}


def kind_of(before, after):
    """The kind of a change, said once more in plain Python."""
    (old, was, _), (new, is_, _) = before, after
    could, can = (RANK[o] == 2 and w is WindowState.OPEN for o, w in ((old, was), (new, is_)))
    if can != could:
        return Kind.GAINED if can else Kind.LOST
    if old is not new:
        if True in (old, new):
            return Kind.ELIGIBLE if new is True else Kind.NO_LONGER
        return Kind.TO_CLARIFY if RANK[new] > RANK[old] else Kind.RULED_OUT
    if was is not is_ and new is not False:
        open_ = WindowState.OPEN
        return Kind.OPENED if is_ is open_ else Kind.CLOSED if was is open_ else Kind.WINDOW
    return None


@pytest.mark.parametrize("seed", [4])
def test_the_changes_are_those_of_the_reference(results, told, catalogue, other, tmp_path, seed):
    text = portfolio(seed, 45)
    later = moved(text, seed)
    old, new = results(text, catalogue, SPRING), results(later, other, LATER)
    found = told(old, new, catalogue, other)
    before = judged(text, catalogue, SPRING, tmp_path / "before.csv")
    after = judged(later, other, LATER, tmp_path / "after.csv")
    wanted = {
        (client, scheme): kind
        for client, scheme in before.keys() & after.keys()
        if (kind := kind_of(before[client, scheme], after[client, scheme]))
    }
    assert {(client, scheme): kind for client, scheme, kind, _ in found.changes} == wanted
    counted = Counter((scheme, kind) for (_, scheme), kind in wanted.items())
    for id_, changes in found.schemes.items():
        assert changes.listed == {k: counted[id_, k] for k in LISTED if counted[id_, k]}
    for client, scheme, _, criteria in found.changes:
        assert dict_of(criteria) == moved_statuses(before[client, scheme], after[client, scheme])


def dict_of(criteria):
    return {id_: (old, new) for id_, old, new in criteria}


NAMES = {True: "met", False: "unmet", None: "unknown"}


def moved_statuses(before, after):
    """The criteria whose status is not the same; None where the edition does not ask it."""
    old, new = ({id_: NAMES[truth] for id_, truth in side[2].items()} for side in (before, after))
    pairs = {id_: (old.get(id_), new.get(id_)) for id_ in (*old, *new)}
    return {id_: pair for id_, pair in pairs.items() if pair[0] != pair[1]}
