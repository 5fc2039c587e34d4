"""Is every answer to every case of the rules well formed, in both languages?

One decision for each case of the shipped rules, on its date. No text may show a brace that was not
filled, a word of Python, or the punctuation of the other language; and what is missing, asked or to
repair must fit the outcome.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import pytest

from matcher import Outcome, Status, WindowState
from matcher.answers.formats import iso
from matcher.facts.values import is_exact

SCHEMES = 33


@dataclass(frozen=True)
class Answered:
    """A case, its decision, and the decision as plain data."""

    name: str
    decision: Any = field(repr=False)
    data: dict = field(repr=False)
    profile: Any = field(repr=False)


def given_in(case, scheme):
    answers = [
        {**a, "unknown": u if "/" in (u := a["unknown"]) else f"{scheme}/{u}"}
        for a in case.authority
    ]
    return {**case.given, **({"authority": answers} if answers else {})}


@pytest.fixture(scope="module")
def answered(shipped):
    found = []
    for id_, cases in shipped.content.cases.items():
        for case in cases:
            profile = shipped.profile(given_in(case, id_))
            report = shipped.match(profile, iso(case.as_of), [id_])
            (data,) = report.to_dict()["decisions"]
            name = f"{id_}: {case.name}"
            found.append(Answered(name, report.decisions[0], data, profile))
    assert len(found) > 1_400
    assert len({one.decision.scheme for one in found}) >= SCHEMES
    return found


# ---------------------------------------------------------------------------------------- the texts


def texts(data, path=""):
    """Every text of an answer, with where it stands and its language."""
    if isinstance(data, dict) and set(data) == {"fr", "en"}:
        yield path, "fr", data["fr"]
        yield path, "en", data["en"]
    elif isinstance(data, dict):
        for key, part in data.items():
            yield from texts(part, f"{path}.{key}")
    elif isinstance(data, list):
        for part in data:
            yield from texts(part, path)


@pytest.fixture(scope="module")
def said(answered):
    """Each different text once: where it stands, its language, and a case that shows it."""
    found = {}
    for one in answered:
        for path, lang, text in texts(one.data):
            found.setdefault((path, lang, text), one.name)
    assert len(found) > 4_000
    return found


def breaches(said, pattern, lang=None, *, below=""):
    wanted = re.compile(pattern)
    return [
        f"{name} {path}.{in_}: {text}"
        for (path, in_, text), name in said.items()
        if lang in (None, in_) and path.startswith(below) and wanted.search(text)
    ][:10]


PYTHON = (
    r"\bFraction\(|\bDecimal\(|\bfrozenset|\bSpan\(|\bOptions\(|\bText\(|\bKind\.|<matcher|0x[0-9a-f]{6}"
    r"|\bTrue\b|\bFalse\b|\bnan\b|\binf\b|\['|'\]|\(\)|\[\]"
)


def test_no_text_shows_a_brace(said):
    assert not breaches(said, r"[{}]")


def test_no_text_shows_python(said):
    assert not breaches(said, PYTHON)
    assert not breaches(said, r"\bNone\b", "fr")


def test_no_text_is_empty_or_ragged(said):
    assert not breaches(said, r"^\s*$|^\s|\s$|\n|\t|  ")
    assert not breaches(said, r"[:;,(«“]\s*$|^[:;,.)]|\( | \)|« »|“”|,,|;\s*;")


def test_no_text_shows_a_key(said, shipped):
    """`applicant.headcount` is for files; people read its label."""
    keys = "|".join(re.escape(key) for key in shipped.facts)
    assert not breaches(said, rf"(?<![\w.@/-])({keys})(?![\w@/-])")


def test_french_is_punctuated_as_french(said):
    """A space before `: ; ? !` (addresses and hours aside), « » with spaces, no English quotes."""
    assert not breaches(said, r"[^\s\u00a0\u202f/\d][:;?!](?=\s|$)", "fr")
    assert not breaches(said, r"«(?![\s\u00a0\u202f])|(?<![\s\u00a0\u202f])»|“|”", "fr")


def test_english_is_punctuated_as_english(said):
    assert not breaches(said, r"[\s\u00a0\u202f][:;?!](?=\s|$)|«|»", "en")
    assert not breaches(said, r"\d[\s\u00a0\u202f][%€]", "en")


def test_amounts_keep_their_unit_on_the_line(said):
    """In French a figure and its sign are held together, and thousands are set apart."""
    assert not breaches(said, r"\d[€%]", "fr")
    for below in (".criteria.values.value", ".aid.amounts"):
        assert not breaches(said, r"\d [€%]|\d{5,}(?![\w./])", "fr", below=below)


def test_texts_are_in_both_languages(said):
    """What the engine writes is never the same sentence in both."""
    french = {}
    for (path, lang, text), name in said.items():
        french.setdefault((path, name), {})[lang] = text
    engine = (".summary", ".criteria.wants", ".aid.amounts.ceiling.text")
    words = re.compile(r"\b(au moins|au plus|ou|et|le|la|les|des|sinon|oui|non)\b")
    same = [
        (path, pair)
        for (path, _), pair in french.items()
        if path in engine and pair.get("fr") == pair.get("en") and words.search(pair["en"])
    ]
    assert not same[:10]


FRENCH_WORDS = (
    r"\b(au moins|au plus|non renseigné|à préciser|éligible|depuis|jusqu'au|sinon|aucun)\b"
)


def test_no_french_word_slips_into_english(said):
    assert not breaches(said, FRENCH_WORDS, "en")


def test_no_english_word_slips_into_french(said):
    words = r"\b(at least|at most|not given|eligible,|subject to|until|otherwise|neither|yes)\b"
    assert not breaches(said, words, "fr")


# ---------------------------------------------------------------------------- what the answers hold


def failing(answered, fits):
    return [one.name for one in answered if not fits(one)][:10]


def test_a_refusal_says_what_to_repair_and_promises_nothing(answered):
    def fits(one):
        d = one.decision
        if d.outcome is not Outcome.INELIGIBLE:
            return d.why_not == ()
        statuses = {c.id: c.status for c in d.criteria}
        repairs = [id_ for alternative in d.why_not for id_ in alternative]
        return (
            d.why_not
            and all(d.why_not)
            and all(statuses[id_] is Status.UNMET for id_ in repairs)
            and set(repairs) <= set(d.unmet)
            and (d.aid, d.missing, d.ask_authority) == ((), (), ())
        )

    assert not failing(answered, fits)


def test_an_open_question_can_always_be_pursued(answered):
    """`undetermined`: there is a fact to give, or an authority to ask."""

    def fits(one):
        d = one.decision
        return d.outcome is not Outcome.UNDETERMINED or d.missing or d.ask_authority

    assert not failing(answered, fits)


def test_nothing_is_missing_of_a_decided_group(answered):
    def fits(one):
        d = one.decision
        waits = d.window_found.waits_for is not None
        return d.outcome is Outcome.UNDETERMINED or waits or not d.missing

    assert not failing(answered, fits)


def test_what_is_missing_is_not_known_and_may_be_given(answered, shipped):
    def fits(one):
        for missing in one.decision.missing:
            fact = shipped.fact(missing.fact)
            given = one.profile.values.get(missing.fact)
            reason = {"range": 1, "several": 1}.get(str(missing.reason), 0)
            known = one.decision.facts.get(missing.fact)
            if (
                not (fact.asked or fact.settable)
                or is_exact(given)
                or reason != (known is not None)
            ):
                return False
            others = [key for group in missing.alternatives for key in group]
            if any(not shipped.fact(key).settable for key in others) or missing.fact in others:
                return False
        return True

    assert not failing(answered, fits)


def test_a_window_that_is_not_known_says_whom_or_what_to_ask(answered):
    def fits(one):
        d = one.decision
        if d.window.state is not WindowState.UNKNOWN or d.outcome is Outcome.INELIGIBLE:
            return True
        asked = [q for q in d.ask_authority if q.about == "window"]
        return bool(asked) or d.window_found.waits_for is not None

    assert not failing(answered, fits)


def test_statuses_and_lists_agree(answered):
    def fits(one):
        d = one.decision
        statuses = {c.id: c.status for c in d.criteria}
        return (
            len(statuses) == len(d.criteria)
            and all(statuses[id_] is Status.UNMET for id_ in d.unmet)
            and all(statuses[id_] is Status.UNKNOWN for id_ in d.unknown)
            and (d.outcome is not Outcome.ELIGIBLE or not d.unmet)
            and all(c.applies or c.status is Status.MET for c in d.criteria)
            and d.can_apply_now
            is (d.outcome is Outcome.ELIGIBLE and d.window.state is WindowState.OPEN)
        )

    assert not failing(answered, fits)


def test_each_condition_cites_a_source_that_is_listed(answered):
    def fits(one):
        listed = set(one.data["sources"])
        cited = [set(part["source"]) for part in one.data["criteria"] + one.data["signals"]]
        cited += [set(part["source"]) for part in one.data["assessed"] + one.data["uncoded"]]
        return all(sources and sources <= listed for sources in cited)

    assert not failing(answered, fits)


def test_what_is_not_coded_is_reserved(answered):
    def fits(one):
        reserved = {(r.kind, r.text) for r in one.decision.reserves}
        remarks = [("uncoded", r.statement) for r in one.decision.uncoded]
        remarks += [("assessed", r.statement) for r in one.decision.assessed]
        low = one.decision.plan.scheme.confidence == "low"
        kinds = {kind for kind, _ in reserved}
        return set(remarks) <= reserved and low is ("confidence" in kinds)

    assert not failing(answered, fits)


def test_amounts_are_exact_decimals_in_order(answered):
    decimal = re.compile(r"-?\d+(\.\d*[1-9])?\Z")

    def fits(one):
        for part in one.data["aid"]:
            for amount in part["amounts"].values():
                ends = [amount["min"], amount["max"]]
                if any(end is not None and not decimal.match(end) for end in ends):
                    return False
        return True

    assert not failing(answered, fits)
