"""Is the window open, upcoming, closed or unknown on a date, however an edition is written?"""

import pytest

SILENT = 'known: {"24": ["2026-06-12", "2026-09-18"]}'
CRITERIA = """
criteria:
  all:
    - id: staff
      states: {fr: "Au moins une personne", en: "At least one person"}
      test: applicant.headcount >= 1
      source: S1
"""


def editions(*lines):
    return "editions:\n" + "".join(f"  - {{{line}, source: S1}}\n" for line in lines) + CRITERIA


def dates(opens, closes, more=""):
    return editions(f'id: "e", opens: {opens}, closes: {closes}{more}')


def intakes(text):
    return dates('"2026-04-01"', '"2026-12-31"', f", intakes: {{{text}}}")


# Each form: how it is written, then (date, state) on the days around its ends.
FORMS = {
    "day": (
        dates('"2026-04-07"', '"2026-12-31"'),
        [
            ("2026-04-06", "upcoming"),
            ("2026-04-07", "open"),
            ("2026-12-31", "open"),
            ("2027-01-01", "closed"),
        ],
    ),
    "one-day": (
        dates('"2026-04-07"', '"2026-04-07"'),
        [("2026-04-06", "upcoming"), ("2026-04-07", "open"), ("2026-04-08", "closed")],
    ),
    "opening-month": (
        dates('"2026-02"', '"2026-12-31"'),
        [
            ("2026-01-31", "upcoming"),
            ("2026-02-01", "unknown"),
            ("2026-02-27", "unknown"),
            ("2026-02-28", "open"),
        ],
    ),
    "opening-leap-month": (
        dates('"2024-02"', "never"),
        [("2024-02-28", "unknown"), ("2024-02-29", "open")],
    ),
    "opening-year": (
        dates('"2021"', "never"),
        [
            ("2020-12-31", "upcoming"),
            ("2021-01-01", "unknown"),
            ("2021-12-30", "unknown"),
            ("2021-12-31", "open"),
        ],
    ),
    "opening-range": (
        dates('{from: "2022-10-01", to: "2022-10-31"}', '"2022-12-31"'),
        [
            ("2022-09-30", "upcoming"),
            ("2022-10-01", "unknown"),
            ("2022-10-31", "open"),
            ("2023-01-01", "closed"),
        ],
    ),
    "opening-on-or-after": (
        dates('{from: "2025-05-27"}', "never"),
        [("2025-05-26", "upcoming"), ("2025-05-27", "unknown"), ("2035-01-01", "unknown")],
    ),
    "opening-by": (
        dates('{to: "2025-05-27"}', "never"),
        [("1990-01-01", "unknown"), ("2025-05-26", "unknown"), ("2025-05-27", "open")],
    ),
    "opening-range-of-months": (
        dates('{from: "2025-03", to: "2025-06"}', "never"),
        [("2025-02-28", "upcoming"), ("2025-03-01", "unknown"), ("2025-06-30", "open")],
    ),
    "opening-unknown": (
        dates("unknown", '"2026-12-31"'),
        [("1990-01-01", "unknown"), ("2026-12-31", "unknown"), ("2027-01-01", "closed")],
    ),
    "closing-month": (
        dates('"2026-04-07"', '"2026-10"'),
        [
            ("2026-09-30", "open"),
            ("2026-10-01", "open"),
            ("2026-10-02", "unknown"),
            ("2026-10-31", "unknown"),
            ("2026-11-01", "closed"),
        ],
    ),
    "closing-year": (
        dates('"2026-04-07"', '"2027"'),
        [
            ("2026-12-31", "open"),
            ("2027-01-01", "open"),
            ("2027-01-02", "unknown"),
            ("2027-12-31", "unknown"),
            ("2028-01-01", "closed"),
        ],
    ),
    "closing-range": (
        dates('"2026-04-07"', '{from: "2026-06-01", to: "2026-06-30"}'),
        [
            ("2026-06-01", "open"),
            ("2026-06-02", "unknown"),
            ("2026-06-30", "unknown"),
            ("2026-07-01", "closed"),
        ],
    ),
    "closing-on-or-after": (
        dates('"2026-04-07"', '{from: "2026-06-01"}'),
        [("2026-06-01", "open"), ("2026-06-02", "unknown"), ("2060-01-01", "unknown")],
    ),
    "closing-by": (
        dates('"2026-04-07"', '{to: "2026-06-01"}'),
        [("2026-04-06", "upcoming"), ("2026-04-07", "unknown"), ("2026-06-02", "closed")],
    ),
    "closing-unknown": (
        dates('"2026-04-07"', "unknown"),
        [("2026-04-06", "upcoming"), ("2026-04-07", "unknown"), ("2060-01-01", "unknown")],
    ),
    "closing-never": (
        dates('"2026-04-07"', "never"),
        [("2026-04-06", "upcoming"), ("2026-04-07", "open"), ("9999-12-31", "open")],
    ),
    "nothing-known": (
        dates("unknown", "unknown"),
        [("0001-01-01", "unknown"), ("2026-01-01", "unknown"), ("9999-12-31", "unknown")],
    ),
    "no-edition": (CRITERIA, [("2026-01-01", "unknown")]),
}

# Each form of intakes: date, region, then state, next intake, and who could tell more: a fact that
# is missing, an authority, nobody.
ASKS, WAITS, NOTHING = "asks", "waits", ""
INTAKES = {
    "by-region": (
        intakes(f"by: site.region, {SILENT}"),
        [
            ("2026-03-31", "24", "upcoming", None, NOTHING),
            ("2026-05-04", "24", "open", "2026-06-12", NOTHING),
            ("2026-06-12", "24", "open", "2026-06-12", NOTHING),
            ("2026-06-13", "24", "open", "2026-09-18", NOTHING),
            ("2026-09-18", "24", "open", "2026-09-18", NOTHING),
            ("2026-09-19", "24", "closed", None, NOTHING),
            ("2026-05-04", "84", "unknown", None, ASKS),
            ("2026-05-04", None, "unknown", None, WAITS),
            ("2026-05-04", {"one_of": ["24", "84"]}, "unknown", None, WAITS),
            ("2026-05-04", {"one_of": ["84", "11"]}, "unknown", None, ASKS),
            ("2027-01-01", "24", "closed", None, NOTHING),
            ("2027-01-01", None, "closed", None, NOTHING),
        ],
    ),
    "open-elsewhere": (
        intakes(f"by: site.region, {SILENT}, otherwise: open"),
        [
            ("2026-05-04", "84", "open", None, NOTHING),
            ("2026-05-04", {"one_of": ["24", "84"]}, "open", None, NOTHING),
            ("2026-10-01", {"one_of": ["24", "84"]}, "unknown", None, WAITS),
            ("2026-10-01", "84", "open", None, NOTHING),
        ],
    ),
    "afterwards-unknown": (
        intakes(f"by: site.region, {SILENT}, afterwards: unknown"),
        [
            ("2026-09-18", "24", "open", "2026-09-18", NOTHING),
            ("2026-09-19", "24", "unknown", None, ASKS),
        ],
    ),
    "afterwards-open": (
        intakes(f"by: site.region, {SILENT}, afterwards: open"),
        [
            ("2026-09-19", "24", "open", None, NOTHING),
            ("2027-01-01", "24", "closed", None, NOTHING),
        ],
    ),
    "everywhere-the-same": (
        intakes('known: ["2026-09-18", "2026-06-12"]'),
        [
            ("2026-05-04", None, "open", "2026-06-12", NOTHING),
            ("2026-06-13", "84", "open", "2026-09-18", NOTHING),
            ("2026-09-19", None, "closed", None, NOTHING),
        ],
    ),
    "in-an-uncertain-window": (
        dates('"2026-04-01"', "unknown", f", intakes: {{by: site.region, {SILENT}}}"),
        [
            ("2026-05-04", "24", "unknown", "2026-06-12", ASKS),
            ("2026-09-19", "24", "closed", None, NOTHING),
            ("2026-05-04", None, "unknown", None, WAITS),
        ],
    ),
}

# Editions in the order of the list; then date, edition used, state.
SEVERAL = {
    "one-after-the-other": (
        editions(
            'id: "2024", opens: "2024-03-01", closes: "2024-10-31"',
            'id: "2025", opens: "2025-03-01", closes: "2025-10-31"',
            'id: "2026", opens: "2026-03-01", closes: "2026-10-31"',
        ),
        [
            ("2023-01-01", "2024", "upcoming"),
            ("2024-06-01", "2024", "open"),
            ("2024-12-01", "2025", "upcoming"),
            ("2025-06-01", "2025", "open"),
            ("2026-10-31", "2026", "open"),
            ("2026-11-01", "2026", "closed"),
        ],
    ),
    "in-any-order-of-the-list": (
        editions(
            'id: "2026", opens: "2026-03-01", closes: "2026-10-31"',
            'id: "2024", opens: "2024-03-01", closes: "2024-10-31"',
        ),
        [
            ("2023-01-01", "2024", "upcoming"),
            ("2025-01-01", "2026", "upcoming"),
            ("2027-01-01", "2026", "closed"),
        ],
    ),
    "perhaps-open-before-announced": (
        editions(
            'id: "open-perhaps", opens: "2026-01-01", closes: unknown',
            'id: "announced", opens: "2026-09-01", closes: "2026-12-31"',
        ),
        [
            ("2026-05-01", "open-perhaps", "unknown"),
            ("2026-09-01", "announced", "open"),
            ("2027-01-01", "open-perhaps", "unknown"),
        ],
    ),
    "open-before-perhaps-open": (
        editions(
            'id: "sure", opens: "2026-01-01", closes: "2026-12-31"',
            'id: "perhaps", opens: unknown, closes: unknown',
        ),
        [("2026-05-01", "sure", "open"), ("2027-01-01", "perhaps", "unknown")],
    ),
    "announced-before-closed": (
        editions(
            'id: "next", opens: "2027-01-01", closes: "2027-12-31"',
            'id: "last", opens: "2025-01-01", closes: "2025-12-31"',
        ),
        [("2026-05-01", "next", "upcoming"), ("2028-01-01", "next", "closed")],
    ),
    "the-last-of-equals": (
        editions(
            'id: "first", opens: unknown, closes: unknown',
            'id: "second", opens: unknown, closes: unknown',
        ),
        [("2026-05-01", "second", "unknown")],
    ),
    "the-last-of-equals-closed": (
        editions(
            'id: "first", opens: "2025-01-01", closes: "2025-12-31", when: site.region == "24"',
            'id: "second", opens: "2025-01-01", closes: "2025-12-31", when: site.region == "24"',
        ),
        [("2026-05-01", "second", "closed")],
    ),
}

ONLY_THERE = editions(
    'id: "everywhere", opens: "2025-01-01", closes: "2025-12-31"',
    'id: "there", opens: "2026-01-01", closes: "2026-12-31", when: site.region == "24"',
)
BOTH_OPEN = editions(
    'id: "everywhere", opens: "2026-01-01", closes: "2026-12-31"',
    'id: "there", opens: "2026-01-01", closes: "2026-12-31", when: site.region == "24"',
)
NOWHERE_ELSE = editions(
    'id: "there", opens: "2026-01-01", closes: "2026-12-31", when: site.region == "24"'
)
WITH_ASK = editions('id: "e", opens: unknown, closes: unknown, ask: prefet')


@pytest.fixture(scope="module")
def catalogue(catalogue_of):
    """Every form of this file as a scheme of one catalogue."""
    forms = {**FORMS, **INTAKES, **SEVERAL}
    bodies = {id_: body for id_, (body, _) in forms.items()}
    more = {
        "only-there": ONLY_THERE,
        "both-open": BOTH_OPEN,
        "nowhere-else": NOWHERE_ELSE,
        "with-ask": WITH_ASK,
    }
    return catalogue_of({**bodies, **more})


def decision(catalogue, scheme, on, region=None, **facts):
    known = {"applicant.headcount": 3, **({"site.region": region} if region else {}), **facts}
    return catalogue.match(known, on, [scheme]).decisions[0]


def flat(forms):
    return [(id_, *case) for id_, (_, cases) in forms.items() for case in cases]


@pytest.mark.parametrize(("scheme", "on", "state"), flat(FORMS))
def test_around_each_end_of_a_window(catalogue, scheme, on, state):
    found = decision(catalogue, scheme, on)
    assert found.window.state == state
    assert found.outcome == "eligible"
    assert found.can_apply_now is (state == "open")
    asked = [question.about for question in found.ask_authority]
    if scheme != "no-edition":
        assert asked == (["window"] if state == "unknown" else [])
    assert found.missing == ()


def test_dates_are_told_as_they_are_known(catalogue):
    told = {id_: decision(catalogue, id_, "2026-05-04").window for id_ in FORMS}
    assert told["day"].opens == ("2026-04-07", "2026-04-07")
    assert told["day"].closes == ("2026-12-31", "2026-12-31")
    assert told["opening-leap-month"].opens == ("2024-02-01", "2024-02-29")
    assert told["opening-year"].opens == ("2021-01-01", "2021-12-31")
    assert told["opening-on-or-after"].opens == ("2025-05-27", None)
    assert told["opening-by"].opens == (None, "2025-05-27")
    assert told["closing-year"].closes == ("2027-01-01", "2027-12-31")
    assert told["closing-unknown"].closes == (None, None)
    assert told["no-edition"].edition is None
    permanent = {id_ for id_, window in told.items() if window.permanent}
    assert "closing-never" in permanent
    assert not permanent & {"closing-unknown", "closing-on-or-after", "nothing-known", "no-edition"}


@pytest.mark.parametrize("case", flat(INTAKES), ids=str)
def test_intakes(catalogue, case):
    scheme, on, region, state, coming, then = case
    found = decision(catalogue, scheme, on, region)
    assert (found.window.state, found.window.next_intake) == (state, coming)
    missing = [fact.fact for fact in found.missing]
    asked = [question.about for question in found.ask_authority]
    assert asked == (["window"] if then == ASKS else [])
    assert bool(missing) is (then == WAITS)
    assert set(missing) <= {"site.region", "site.insee"}


def test_the_region_may_be_computed(catalogue):
    found = decision(catalogue, "by-region", "2026-05-04", **{"site.insee": "41194"})
    assert (found.window.state, found.window.next_intake) == ("open", "2026-06-12")


@pytest.mark.parametrize(("scheme", "on", "edition", "state"), flat(SEVERAL))
def test_the_edition_used(catalogue, scheme, on, edition, state):
    window = decision(catalogue, scheme, on, "24").window
    assert (window.edition, window.state) == (edition, state)


# --------------------------------------------------------------- editions that exist in some places


def test_an_edition_exists_where_its_test_holds(catalogue):
    there = decision(catalogue, "only-there", "2026-05-04", "24").window
    assert (there.edition, there.state) == ("there", "open")
    elsewhere = decision(catalogue, "only-there", "2026-05-04", "84").window
    assert (elsewhere.edition, elsewhere.state) == ("everywhere", "closed")


def test_where_no_edition_exists_the_window_is_unknown(catalogue):
    window = decision(catalogue, "nowhere-else", "2026-05-04", "84").window
    assert (window.edition, window.state) == (None, "unknown")


def test_an_edition_that_may_exist_may_be_open(catalogue):
    window = decision(catalogue, "only-there", "2026-05-04").window
    assert (window.edition, window.state) == ("there", "unknown")


@pytest.mark.parametrize("scheme", ["only-there", "nowhere-else"])
def test_a_window_that_waits_for_a_fact_says_which(catalogue, scheme):
    found = decision(catalogue, scheme, "2026-05-04")
    assert {fact.fact for fact in found.missing} & {"site.region", "site.insee"}


def test_a_window_is_not_waited_for_by_the_ineligible(catalogue):
    for scheme in ("nowhere-else", "by-region", "with-ask"):
        found = decision(catalogue, scheme, "2026-05-04", **{"applicant.headcount": 0})
        assert (found.outcome, found.missing, found.ask_authority) == ("ineligible", (), ())


def test_what_is_surely_open_comes_before_what_may_be(catalogue):
    window = decision(catalogue, "both-open", "2026-05-04").window
    assert (window.edition, window.state) == ("everywhere", "open")


def test_the_edition_names_whom_to_ask(catalogue):
    (question,) = decision(catalogue, "with-ask", "2026-05-04").ask_authority
    assert question.authority == "prefet"
    (question,) = decision(catalogue, "nothing-known", "2026-05-04").ask_authority
    assert question.authority == "ademe", "else the first operator"
