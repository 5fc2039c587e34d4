"""Who might ask? Simulated applicants whose facts agree with one another.

Communes are drawn by population and activity codes from the reference tables. The shares below are
assumptions made for a measurement, not statistics: one applicant in two thirds a company, one
project with one purpose, amounts log-normal around it, mostly clean answers to sensitive questions.
What a project has nothing to do with is answered "autre", no, or zero.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from typing import Any

from matcher import Catalogue
from matcher.facts.values import Known, Members, Nothing, Options, Span
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.types import Kind
from matcher.meaning.derive import KnownFacts

DATE = "2026-11-22"
TODAY = datetime.date.fromisoformat(DATE)
Truth = dict[str, Any]

KINDS = {
    "entreprise_privee": 62,
    "entreprise_individuelle": 4,
    "groupement_employeurs": 1,
    "association": 5,
    "organisme_formation": 3,
    "ecole_production": 1,
    "commune": 6,
    "epci": 8,
    "syndicat_mixte": 2,
    "petr": 1,
    "collectivite": 1,
    "amenageur": 2,
    "etablissement_public": 2,
    "sci": 1,
    "particulier": 1,
}
COMPANIES = frozenset({"entreprise_privee", "entreprise_individuelle", "sci"})
PUBLIC = frozenset({"commune", "epci", "syndicat_mixte", "petr", "collectivite"})
SECTIONS = {"association": "S", "organisme_formation": "P", "ecole_production": "P", "sci": "L"}
"""The section of the activity of who is neither a company nor public (section O)."""

THEMES = {"company": (30, 10, 12, 6, 5, 12, 25), "other": (5, 20, 0, 0, 20, 25, 30)}
PURPOSES = ("efficiency", "heat", "equipment", "first_factory", "brownfield", "study", "other")
TYPES = {
    "efficiency": ("modernisation",),
    "heat": ("modernisation", "creation", "extension"),
    "equipment": ("creation", "extension", "diversification"),
    "first_factory": ("premiere_usine", "pilote"),
    "brownfield": ("recyclage_foncier",),
    "study": ("diagnostic", "accompagnement"),
    "other": ("extension", "modernisation", "diversification", "reprise", "competences", "autre"),
}
COSTS = {"first_factory": 8_000_000, "equipment": 4_000_000, "heat": 1_500_000, "study": 30_000}
"""The median cost of a project in euros, by purpose; ORDINARY for the others."""
ORDINARY = 500_000


@cache
def catalogue() -> Catalogue:
    """The shipped catalogue."""
    return Catalogue.load()


@cache
def communes() -> tuple[list[str], list[int]]:
    """The communes, and their populations summed up so far."""
    table = catalogue().content.tables["communes"]
    rows = [row for key in table.keys() if (row := table.row(key)) is not None]  # noqa: SIM118
    sums = accumulate(int(row["population"] or 0) for row in rows)
    return [row["insee"] for row in rows], list(sums)


@cache
def activities() -> dict[str, list[str]]:
    """The activity codes by section; all of them under the empty one."""
    table = catalogue().content.tables["naf"]
    found: dict[str, list[str]] = {}
    for row in (table.row(key) for key in table.keys()):  # noqa: SIM118
        if row is not None:
            found.setdefault(row["section"], []).append(row["code"])
            found.setdefault("", []).append(row["code"])
    return found


@dataclass
class Draw:
    """One applicant in the making."""

    rnd: random.Random
    truth: Truth = field(default_factory=dict)

    def often(self, share: float) -> bool:
        """Yes, so often."""
        return self.rnd.random() < share

    def around(self, median: float, spread: float = 1.0) -> int:
        """A log-normal amount."""
        return int(median * self.rnd.lognormvariate(0, spread))

    def one_of(self, weights: Mapping[str, int]) -> str:
        """One of the keys."""
        return self.rnd.choices(list(weights), list(weights.values()))[0]

    def some(self, items: Sequence[str], share: float) -> list[str]:
        """Each item so often."""
        return [item for item in items if self.often(share)]

    def date(self, days_from: int, days_to: int) -> str:
        """A day between two, counted from today."""
        return (TODAY + datetime.timedelta(self.rnd.randint(days_from, days_to))).isoformat()


def applicant(seed: int) -> Truth:
    """The true value of every fact that may be asked, as a profile would give it."""
    draw = Draw(random.Random(seed))  # noqa: S311  a simulation
    _elsewhere(draw)
    _identity(draw)
    _figures(draw)
    _difficulty(draw)
    purpose = draw.one_of(dict(zip(PURPOSES, THEMES[_column(draw)], strict=True)))
    _project(draw, purpose)
    _money(draw, purpose)
    _energy(draw, purpose)
    _site(draw, purpose)
    return with_derived({k: v for k, v in draw.truth.items() if v is not None})


def _column(draw: Draw) -> str:
    return "company" if draw.truth["applicant.kind"] in COMPANIES else "other"


def _elsewhere(draw: Draw) -> None:
    """Any value for what is not told below: no scheme that is open on that date reads it."""
    content = catalogue().content
    for key, fact in content.vocabulary.items():
        if fact.asked and key not in content.derivations:
            draw.truth[key] = _any_value(fact, draw)


def _any_value(fact: FactDeclaration, draw: Draw) -> Any:
    match fact.kind:
        case Kind.BOOLEAN:
            return draw.often(0.5)
        case Kind.CHOICE:
            return draw.rnd.choice([choice for choice, _ in fact.choices])
        case Kind.SET:
            return draw.some([choice for choice, _ in fact.choices], 0.15)
        case Kind.DATE:
            return "none" if fact.none is not None and draw.often(0.7) else draw.date(-3000, 900)
        case Kind.CODE:
            return None
        case _:
            low = int(fact.low) if fact.low is not None and fact.low > 0 else 0
            high = int(fact.high) if fact.high is not None else 10**9
            return max(low, min(draw.around(24), high))


def _identity(draw: Draw) -> None:
    kind = draw.one_of(KINDS)
    industrial = draw.often(0.7)
    sections = "BCCCCCCCDE" if industrial and kind in COMPANIES else ""
    default = draw.rnd.choice(sections) if sections else ""
    section = "O" if kind in PUBLIC else SECTIONS.get(kind, default)
    naf = draw.rnd.choice(activities()[section])
    micro = kind == "entreprise_individuelle" and draw.often(0.4)
    draw.truth |= {
        "applicant.kind": kind,
        "applicant.naf": naf,
        "applicant.hq_country": "FR",
        "applicant.registered_in_france": draw.often(0.98),
        "applicant.microentrepreneur": micro,
        "applicant.independent": draw.often(0.7),
        "applicant.created_on": draw.date(-365 * 40, -1) if draw.often(0.9) else draw.date(-900, 0),
        "applicant.industry_services": draw.often(0.1),
        "applicant.industrial_activity": draw.often(0.97 if section in {*"BCDE"} else 0.1),
        "applicant.wood_industry": naf[:2] in ("16", "17", "31"),
        "applicant.public": kind not in COMPANIES and draw.often(0.3),
        "applicant.limited_liability": kind == "entreprise_privee",
        "applicant.last_ghg_report": "none" if draw.often(0.8) else draw.date(-365 * 8, -30),
        "site.insee": draw.rnd.choices(communes()[0], cum_weights=communes()[1])[0],
    }


def _figures(draw: Draw) -> None:
    alone = draw.truth["applicant.microentrepreneur"]
    headcount = draw.rnd.randint(0, 1) if alone else draw.around(30, 1.4)
    unit = headcount if draw.often(0.75) else int(headcount * draw.rnd.uniform(0.2, 1))
    site = unit if draw.often(0.6) else int(unit * draw.rnd.uniform(0.1, 1))
    turnover = draw.around(170_000 * max(headcount, 1), 0.5)
    draw.truth |= {
        "applicant.headcount": headcount,
        "applicant.unit_headcount": unit,
        "site.headcount": site,
        "applicant.turnover_eur": turnover,
        "applicant.balance_sheet_eur": int(turnover * draw.rnd.lognormvariate(-0.3, 0.4)),
    }


def _difficulty(draw: Draw) -> None:
    balance = draw.truth["applicant.balance_sheet_eur"]
    equity = int(balance * draw.rnd.gauss(0.35, 0.2))
    capital = draw.around(max(balance, 10) / 12, 0.6)
    ebitda = int(balance * draw.rnd.gauss(0.09, 0.06))
    draw.truth |= {
        "applicant.insolvency": draw.often(0.02),
        "applicant.rescue_aid_outstanding": draw.often(0.01),
        "applicant.own_funds_half_lost": draw.often(0.04),
        "applicant.tax_social_up_to_date": draw.often(0.95),
        "applicant.accounts_filed": draw.often(0.97),
        "applicant.share_capital_eur": capital,
        "applicant.share_premium_eur": 0 if draw.often(0.7) else capital // 3,
        "applicant.quasi_equity_eur": 0 if draw.often(0.7) else draw.around(max(balance, 10) / 10),
        "applicant.equity_eur": equity,
        "applicant.equity_previous_eur": equity - ebitda // 3,
        "applicant.debt_eur": int(balance * draw.rnd.uniform(0, 0.5)),
        "applicant.debt_previous_eur": int(balance * draw.rnd.uniform(0, 0.5)),
        "applicant.ebitda_eur": ebitda,
        "applicant.ebitda_previous_eur": int(ebitda * draw.rnd.uniform(0.6, 1.2)),
        "applicant.interest_eur": int(balance * 0.01),
        "applicant.interest_previous_eur": int(balance * 0.01),
    }


def _project(draw: Draw, purpose: str) -> None:
    sectors = choices("project.sector")
    actions = choices("project.action")
    sources = choices("project.heat_source")
    kind = draw.rnd.choice(TYPES[purpose])
    study = purpose == "study"
    draw.truth |= {
        "project.type": kind,
        "project.sector": draw.rnd.choice(sectors) if purpose == "equipment" else "autre",
        "project.action": draw.rnd.choice(actions) if purpose == "efficiency" else "autre",
        "project.heat_source": draw.rnd.choice(sources) if purpose == "heat" else "autre",
        "project.new_building": kind in ("creation", "premiere_usine") or draw.often(0.1),
        "project.extension": kind in ("creation", "extension", "premiere_usine"),
        "project.relocated_from_eu": draw.often(0.03),
        "project.maintained_years": draw.rnd.choice((0, 3, 5, 5, 10)),
        "project.company_acquisition": kind == "reprise" or draw.often(0.03),
        "project.other_aids": draw.some(choices("project.other_aids"), 0.1),
        "project.firm_commitment_date": "none" if draw.often(0.7) else draw.date(-700, 300),
        "project.feasibility_study": draw.often(0.7 if purpose == "heat" else 0.2),
        "project.pre_filing_meeting": draw.often(0.4 if purpose == "efficiency" else 0.05),
        "consultant.referenced": draw.often(0.5 if study else 0.1),
    }


def _money(draw: Draw, purpose: str) -> None:
    cost = draw.around(COSTS.get(purpose, ORDINARY), 1.2)
    aid = int(cost * draw.rnd.uniform(0.1, 0.6))
    loan = int(cost * draw.rnd.uniform(0.1, 0.7)) if draw.often(0.5) else 0
    downstream = draw.rnd.randint(30, 100) if purpose == "equipment" else draw.rnd.randint(0, 30)
    draw.truth |= {
        "project.eligible_cost_eur": cost,
        "project.aid_requested_eur": aid,
        "finance.loan_eur": loan,
        "finance.partner_finance_eur": int(loan * draw.rnd.uniform(0.5, 1.5)),
        "project.downstream_share_pct": downstream,
        "site.total_decarb_flash_cost_eur": cost if purpose == "efficiency" else 0,
    }


def _energy(draw: Draw, purpose: str) -> None:
    saves = purpose in ("efficiency", "heat")
    cost, aid = draw.truth["project.eligible_cost_eur"], draw.truth["project.aid_requested_eur"]
    tonnes = int(cost / draw.around(1_500, 0.8)) if saves else 0
    heat = draw.around(4_000, 1.2) if purpose == "heat" else 0
    draw.truth |= {
        "project.co2_t_per_year": tonnes,
        "project.aid_per_tco2_eur": aid // (20 * max(tonnes, 1)),
        "project.payback_months": draw.around(70, 0.6) if saves else 120,
        "project.heat_mwh_per_year": heat,
        "project.renewable_mwh_per_year": heat,
        "project.audit_age_years": draw.rnd.randint(0, 8) if saves else draw.rnd.randint(3, 20),
        "project.energy_mix_study": draw.often(0.3 if saves else 0.05),
    }


def _site(draw: Draw, purpose: str) -> None:
    brownfield = purpose == "brownfield"
    industrial = draw.truth["applicant.industrial_activity"]
    elsewhere = draw.rnd.choice(choices("site.activity"))
    draw.truth |= {
        "site.activity": "production_industrielle" if industrial else elsewhere,
        "site.eu_ets": industrial and draw.often(0.04),
        "site.altitude_m": draw.around(150, 0.8),
        "site.former_icpe": draw.often(0.6 if brownfield else 0.15),
        "site.mining_code": draw.often(0.02),
        "project.liable_polluter": draw.often(0.3 if brownfield else 0.05),
        "project.plan_de_gestion": brownfield and draw.often(0.6),
    }


@cache
def choices(key: str) -> tuple[str, ...]:
    """The choices of a fact."""
    return tuple(choice for choice, _ in catalogue().fact(key).choices)


# ------------------------------------------------------------------------------ what follows
def with_derived(truth: Truth) -> Truth:
    """The truth with what follows from it, so that no answer can contradict another.

    What is drawn of a fact stays where its derivation leaves it open. Raises `ProfileError` or
    `AssertionError` for an applicant that contradicts itself.
    """
    content = catalogue().content
    computed = content.derivations.keys()
    facts = _facts({key: value for key, value in truth.items() if key not in computed})
    derived = {
        key: said
        for key in computed
        if content.vocabulary[key].asked
        and (said := as_given(facts.get(key), content.vocabulary[key])) is not None
    }
    whole = {**truth, **derived}
    assert not (aside := _facts(whole).set_aside()), aside
    return whole


def _facts(truth: Truth) -> KnownFacts:
    values = catalogue().profile(truth).values
    return KnownFacts(values, catalogue().content.computation, TODAY.toordinal())


def as_given(known: Known | None, fact: FactDeclaration) -> Any:
    """A known value as a profile gives it; None when it is not exact."""
    match known:
        case Options(members) if len(members) == 1:
            return next(iter(members))
        case Span(low, high) if low == high:
            day = fact.kind is Kind.DATE
            return datetime.date.fromordinal(int(low)).isoformat() if day else low
        case Members(items):
            return sorted(items)
        case Nothing():
            return "none"
        case _:
            return None
