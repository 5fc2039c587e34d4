"""Are SIREN and SIRET numbers recognised as people and spreadsheets write them, and checked?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.facts.identifiers import (
    FLOAT_CUT,
    NOT_DIGITS,
    SPACES_REMOVED,
    VAT_REMOVED,
    WRONG_KEY,
    ZEROS_RESTORED,
    identifier,
    luhn,
)

SIREN = "732829320"
SIRET = "73282932000074"
# The head office has a Luhn key, the two others only a sum that is a multiple of five.
LA_POSTE_SIRETS = ["35600000000048", "35600000049837", "35600000009075"]


def completed(digits):
    """The digits with the check digit that makes them a Luhn number."""
    return next(digits + str(key) for key in range(10) if luhn(digits + str(key)))


@pytest.mark.parametrize(
    ("kind", "raw", "written", "changes"),
    [
        ("siren", SIREN, SIREN, []),
        ("siren", 732829320, SIREN, []),
        ("siren", "732 829 320", SIREN, [SPACES_REMOVED]),
        ("siren", "732.829.320", SIREN, [SPACES_REMOVED]),
        ("siren", "732-829-320", SIREN, [SPACES_REMOVED]),
        ("siren", " 732\u00a0829\u202f320 ", SIREN, [SPACES_REMOVED]),
        ("siren", 732829320.0, SIREN, [FLOAT_CUT]),
        ("siren", "732829320.0", SIREN, [FLOAT_CUT]),
        ("siren", "FR 44 732 829 320", SIREN, [SPACES_REMOVED, VAT_REMOVED]),
        ("siren", "FR44732829320", SIREN, [VAT_REMOVED]),
        ("siren", "fr44732829320", SIREN, [VAT_REMOVED]),
        ("siren", "5480017", "005480017", [ZEROS_RESTORED]),
        ("siren", 5480017, "005480017", [ZEROS_RESTORED]),
        ("siret", SIRET, SIRET, []),
        ("siret", "732 829 320 00074", SIRET, [SPACES_REMOVED]),
        ("siret", 73282932000074.0, SIRET, [FLOAT_CUT]),
        ("siret", "5480015600017", "05480015600017", [ZEROS_RESTORED]),
        ("postcode", "41200", "41200", []),
        ("postcode", "1000", "01000", [ZEROS_RESTORED]),
        ("postcode", 1000, "01000", [ZEROS_RESTORED]),
        ("postcode", "41 200", "41200", [SPACES_REMOVED]),
    ],
)
def test_what_people_write_is_put_right_and_said(kind, raw, written, changes):
    read = identifier(kind, raw)
    assert read.fault is None
    assert read.written == written
    assert set(read.changes) == set(changes)


@pytest.mark.parametrize(
    ("kind", "raw", "fault"),
    [
        ("siren", "732829321", WRONG_KEY.fr),
        ("siren", "723829320", WRONG_KEY.fr),
        ("siren", "73282932", WRONG_KEY.fr),
        ("siren", "12345", "il faut 9 chiffres"),
        ("siren", "7328293200", "il faut 9 chiffres"),
        ("siren", SIRET, "il faut 9 chiffres"),
        ("siren", "RCS Blois 732829320", NOT_DIGITS.fr),
        ("siren", "DE44732829320", NOT_DIGITS.fr),
        ("siren", "", NOT_DIGITS.fr),
        ("siren", "   ", NOT_DIGITS.fr),
        ("siren", "-", NOT_DIGITS.fr),
        ("siren", "7.32829320E8", NOT_DIGITS.fr),
        ("siren", "７３２８２９３２０", NOT_DIGITS.fr),
        ("siren", "٧٣٢٨٢٩٣٢٠", NOT_DIGITS.fr),
        ("siren", "²³²⁸²⁹³²⁰", NOT_DIGITS.fr),
        ("siret", "73282932000075", WRONG_KEY.fr),
        ("siret", "7328293200007", WRONG_KEY.fr),
        # The key of the whole holds by chance; that of its SIREN does not.
        ("siret", "5480015000010", WRONG_KEY.fr),
        ("siret", SIREN, "il faut 14 chiffres"),
        ("siret", "7328293200007X", NOT_DIGITS.fr),
        ("postcode", "412", None),
        ("postcode", "41", "il faut 5 chiffres"),
        ("postcode", "412000", "il faut 5 chiffres"),
        ("postcode", "2A004", NOT_DIGITS.fr),
        ("postcode", "41200 CEDEX", NOT_DIGITS.fr),
    ],
)
def test_what_is_wrong_is_refused_with_a_reason(kind, raw, fault):
    read = identifier(kind, raw)
    assert (read.fault.fr if read.fault else None) == fault
    if read.fault:
        assert read.fault.en != read.fault.fr
        assert read.changes == ()


@pytest.mark.parametrize("siret", LA_POSTE_SIRETS)
def test_la_poste_follows_luhn_or_a_sum_divisible_by_five(siret):
    assert identifier("siret", siret).fault is None
    wrong = siret[:-1] + str((int(siret[-1]) + 1) % 10)
    if not luhn(wrong):
        assert identifier("siret", wrong).fault == WRONG_KEY


def test_the_exception_of_la_poste_is_for_its_own_establishments():
    digits = "73282932000000"
    found = [digits[:12] + f"{n:02}" for n in range(100)]
    divisible = [s for s in found if sum(map(int, s)) % 5 == 0 and not luhn(s)]
    assert divisible
    assert all(identifier("siret", s).fault == WRONG_KEY for s in divisible)


@given(st.text(alphabet="0123456789", min_size=8, max_size=8))
def test_any_single_wrong_digit_is_seen(digits):
    right = completed(digits)
    assert identifier("siren", right).fault is None
    for place in range(9):
        wrong = right[:place] + str((int(right[place]) + 1) % 10) + right[place + 1 :]
        assert identifier("siren", wrong).fault == WRONG_KEY


@given(st.one_of(st.text(max_size=40), st.integers(), st.floats(), st.none(), st.booleans()))
@pytest.mark.parametrize("kind", ["siren", "siret", "postcode"])
def test_nothing_crashes_it(kind, raw):
    read = identifier(kind, raw)
    length = {"siren": 9, "siret": 14, "postcode": 5}[kind]
    assert read.fault is not None or (read.written.isdigit() and len(read.written) == length)
