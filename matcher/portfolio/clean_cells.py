"""Which cells are so clean that Polars can read a whole column of them at once?

Only what needs no judgement: plain numbers, ISO and French dates, identifiers with a right key.
Whatever is left null here is read one distinct text at a time, by `cells`; both give the same
values where both read, and a test draws cells to hold that.
"""

from __future__ import annotations

from fractions import Fraction

import polars as pl

from matcher.engines.columnar.frame import scale_of
from matcher.facts.typed_numbers import number_typed
from matcher.facts.values import Span
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.types import Kind
from matcher.portfolio.columns import Column

TEXT = "text"
EPOCH = 719_163  # the day number of 1970-01-01
_GROUPED = r"^-?\d{1,3}([ \u00a0\u202f]\d{3})+([.,]\d{1,2})?$"
_ISO = r"^([12]\d{3}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?$"
_SLASHES = r"^\d{1,2}/\d{1,2}/[12]\d{3}$"
_LENGTHS = {"siren": 9, "siret": 14}


def clean(
    fact: FactDeclaration, column: Column, keys: frozenset[str] = frozenset()
) -> pl.Expr | None:
    """The values of the clean cells of `text` in the units of their column; null elsewhere.

    `keys` are the codes that are read as they stand.
    """
    if column.values or column.bracket or (column.mixed and column.unit is None):
        return None
    match fact.kind:
        case Kind.INTEGER | Kind.NUMBER | Kind.EUROS:
            return _within(_numbers(fact, column), fact)
        case Kind.DATE:
            return _within(_days(column), fact)
        case Kind.CODE if fact.check in _LENGTHS and fact.codes is None:
            return _identifiers(_LENGTHS[fact.check])
        case Kind.CODE if keys:
            return pl.when(pl.col(TEXT).is_in(pl.Series(sorted(keys)).implode())).then(TEXT)
        case _:
            return None


def _numbers(fact: FactDeclaration, column: Column) -> pl.Expr:
    """Plain numbers in units of the last decimal; those with more decimals are left to `cells`."""
    scale, factor = scale_of(fact), factor_of(fact, column)
    if (Fraction(factor) * scale).denominator != 1:
        return pl.lit(None, pl.Int64)
    text, times = pl.col(TEXT), int(Fraction(factor) * scale)
    # As many digits as 64 bits hold once multiplied; longer numbers are left to `cells`.
    digits = max(1, min(12, 16 - len(str(times))))
    plain = rf"^(-?)(\d{{1,{digits}}})(?:[.,](\d{{1,2}}))?$"
    bare = pl.when(text.str.contains(_GROUPED)).then(text.str.replace_all(r"[ \u00a0\u202f]", ""))
    parts = bare.otherwise(text).str.extract_groups(plain)
    whole = parts.struct.field("2").cast(pl.Int64, strict=False)
    cents = parts.struct.field("3").fill_null("").str.pad_end(2, "0").cast(pl.Int64, strict=False)
    hundredths = (whole * 100 + cents) * times
    signed = pl.when(parts.struct.field("1") == "-").then(-hundredths).otherwise(hundredths)
    return pl.when(whole.is_not_null() & (signed % 100 == 0)).then(signed // 100)


def factor_of(fact: FactDeclaration, column: Column) -> Fraction:
    """What a number without a unit is multiplied by; 0 where it is not known."""
    if column.unit is None:
        return Fraction(1)
    one = number_typed(f"1 {column.unit}", fact)
    known = isinstance(one, Span) and not isinstance(one.low, float)
    return Fraction(one.low) if known and isinstance(one, Span) else Fraction(0)


def _days(column: Column) -> pl.Expr:
    """ISO dates, and dates with slashes in the order of the column, as days since 1970."""
    text = pl.col(TEXT)
    slashes = pl.when(text.str.contains(_SLASHES)).then(text)
    order = "%m/%d/%Y" if column.dates == "mdy" else "%d/%m/%Y"
    iso = text.str.extract(_ISO, 1).str.to_date("%Y-%m-%d", strict=False)
    return pl.coalesce(iso, slashes.str.to_date(order, strict=False)).cast(pl.Int32).cast(pl.Int64)


def _within(values: pl.Expr, fact: FactDeclaration) -> pl.Expr:
    """The values within the bounds of the fact; others are left to `cells`, which tells them."""
    kept = values.is_not_null()
    for bound, outside in ((fact.low, values.lt), (fact.high, values.gt)):
        if bound is not None:
            kept &= ~outside(units(bound, fact))
    return pl.when(kept).then(values)


def units(bound: Fraction | int, fact: FactDeclaration) -> int:
    """A number or a day in the units of its column."""
    return int(bound) - EPOCH if fact.kind is Kind.DATE else int(Fraction(bound) * scale_of(fact))


def _identifiers(length: int) -> pl.Expr:
    """Identifiers of the right length whose Luhn sum is a multiple of ten."""
    text = pl.col(TEXT)
    digits = pl.when(text.str.contains(rf"^[0-9]{{{length}}}$")).then(text)
    number, total = digits.cast(pl.Int64, strict=False), pl.lit(0, pl.Int64)
    for place in range(length):
        digit = number // 10**place % 10
        total += digit * 2 - pl.when(digit > 4).then(9).otherwise(0) if place % 2 else digit
    # A SIRET that ends with five zeros was rounded: no establishment has that number.
    sure = (total % 10 == 0) & (pl.lit(value=length < 14) | (number % 100_000 != 0))
    return pl.when(sure).then(text)
