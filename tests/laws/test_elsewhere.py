"""Law 6, for the place: what is said of other communes is what the evaluator says there.

In each commune that is offered, the scheme is no longer refused and the answer is the one that was
told; in each commune that was looked at and is not offered, it still is.
"""

import datetime
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import Catalogue, Outcome
from matcher.answers.elsewhere_ground import ground_of
from matcher.facts.profile import Profile
from matcher.facts.values import Span, option

ON = datetime.date(2026, 5, 4)
MOST_TRIED = 12
BASE = "pme-plasturgie-romorantin", "pme-mecanique-angers", "eti-verrerie-pau"


@dataclass(frozen=True)
class Question:
    """A profile, and the catalogue that judges it."""

    catalogue: Catalogue
    profile: Profile

    @property
    def report(self):
        return self.catalogue.match(self.profile, ON)

    def outcome_at(self, scheme, code, forgotten):
        """The answer at another commune; None where the profile would contradict itself."""
        kept = {k: v for k, v in self.profile.values.items() if k not in forgotten}
        values = {**kept, "site.insee": option(code)}
        profile = replace(self.profile, values=values)
        report = self.catalogue.match(profile, ON, [scheme])
        if set(report.conflicts) - set(self.report.conflicts):
            return None
        return report.decisions[0].outcome


@pytest.fixture(scope="session")
def catalogue():
    return Catalogue.load()


@pytest.fixture(scope="session")
def examples(root, catalogue):
    folder = root / "profiles" / "examples"
    return [catalogue.profile(folder / f"{name}.yaml") for name in BASE]


# What the tables tell of a place, or that tells which one it is.
TOLD = frozenset(
    f"site.{name}"
    for name in (
        "postcode",
        "epci",
        "departement",
        "region",
        "in_drom",
        "in_ti_2018",
        "in_ti_2023_2027",
        "ti",
        "afr_zone",
    )
)
OF_THE_PLACE = {
    "site.departement": ("49", "41", "2A"),
    "site.region": ("52", "24", "84"),
    "site.afr_zone": ("hors_zone", "c"),
    "site.in_ti_2023_2027": (True, False),
    "site.rebond_territory": (True, False),
    "site.polluted": (True, False),
    "project.ti_support_letter": (True, False),
    "applicant.kind": ("entreprise_privee", "association", "commune", "ecole_production"),
}


@st.composite
def profiles(draw, catalogue, examples):
    """An example without some of its facts, anywhere in France, with other facts of the place."""
    values = dict(draw(st.sampled_from(examples)).values)
    for key in draw(st.sets(st.sampled_from(sorted(values)), max_size=25)):
        del values[key]
    communes = catalogue.content.tables["communes"].keys()
    values["site.insee"] = option(draw(st.sampled_from(communes)))
    for key in draw(st.sets(st.sampled_from(sorted(OF_THE_PLACE)), max_size=3)):
        values[key] = option(draw(st.sampled_from(OF_THE_PLACE[key])))
    if draw(st.booleans()):
        height = draw(st.sampled_from([0, 900, 1700]))
        values["site.altitude_m"] = Span(height, height)
    return Profile(values)


@given(st.data())
@settings(max_examples=40)
def test_each_commune_offered_is_what_was_said_and_each_other_is_still_refused(
    catalogue, examples, data
):
    profile = data.draw(profiles(catalogue, examples))
    question = Question(catalogue, profile)
    report = question.report
    found = report.elsewhere
    if found.reason is not None:
        assert not found.schemes
        return
    ground = ground_of(catalogue.content, report.decisions[0].facts)
    forgotten = TOLD & profile.values.keys()
    for one in found.schemes:
        offered = {place.code: offer for offer in one.offers for place in offer.places}
        assert bool(offered) == (one.reason is None)
        for code in some(data, sorted(offered)):
            said = question.outcome_at(one.scheme, code, found.forgotten)
            assert said is offered[code].outcome is not Outcome.INELIGIBLE
            kept = question.outcome_at(one.scheme, code, forgotten)
            assert kept is not Outcome.INELIGIBLE
        for code in some(data, looked_at(ground, one, offered)):
            less = found.forgotten if one.reason == "not_place" else forgotten
            said = question.outcome_at(one.scheme, code, less)
            assert said in (Outcome.INELIGIBLE, None)


def looked_at(ground, one, offered):
    """The communes that were looked at and are not offered: none is left out of the areas."""
    areas = list(ground.areas())
    if one.area is not None:
        areas = areas[: areas.index(one.area) + 1]
    codes = {code for area in areas for code in area.codes}
    assert offered.keys() <= codes
    return sorted(codes - offered.keys())


def some(data, codes):
    return data.draw(st.lists(st.sampled_from(codes), max_size=2, unique=True)) if codes else []


@given(st.data())
@settings(max_examples=40)
def test_it_is_only_worth_asking_where_the_place_alone_refuses(catalogue, examples, data):
    report = catalogue.match(data.draw(profiles(catalogue, examples)), ON)
    assert report.place_matters or not report.elsewhere.offered
    reasons = {one.reason for one in report.elsewhere.schemes}
    assert report.place_matters == bool(reasons & {None, "none_near"})
