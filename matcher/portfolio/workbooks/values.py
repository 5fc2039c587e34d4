"""How does a stored number read: as a number, a date, a percentage, a code with leading zeros?"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

# Excel shows at most fifteen significant digits, whatever the binary number behind.
EXACT_DIGITS = 15
MOST_PLACES = 21
LAST_DAY = 2_958_465  # 9999-12-31
DAY = 86_400
NOT_A_DAY = 60  # 29 February 1900, which Excel believes in

Convert = Callable[[str], str | None]


def number_text(text: str) -> str:
    """A stored number as Excel would show it in full: `0.30000000000000004` is `0.3`."""
    if len(text) <= EXACT_DIGITS and text.isdigit() and text.isascii():
        return text if text[0] != "0" else str(int(text))
    number = _number(text)
    return text if number is None else _plain(number)


def _number(text: str) -> float | None:
    """The number, or None for what Excel never writes: the text is then kept as it is."""
    try:
        number = float(text)
    except ValueError:
        return None
    return None if not math.isfinite(number) or "_" in text or not text.isascii() else number


def _plain(number: float) -> str:
    """Fifteen digits, without an exponent unless the number is beyond any quantity."""
    text = format(number, f".{EXACT_DIGITS}G")
    if "E" in text and abs(Decimal(text).adjusted()) <= MOST_PLACES:
        text = format(Decimal(text), "f")
    return "0" if text == "-0" else text


@lru_cache(maxsize=4096)
def percent_text(text: str) -> str:
    """`0.35` under a percentage format is `35 %`: the sign is part of what was meant."""
    number = _number(text)
    if number is None:
        return text
    shown = Decimal(_plain(number)).scaleb(2).normalize()
    return f"{shown:f} %" if abs(shown.adjusted()) <= MOST_PLACES else _plain(number)


def padded(width: int) -> Convert:
    """A whole number under a format of zeros, like a postcode: `1000` is `01000`."""

    def convert(text: str) -> str:
        plain = number_text(text)
        return plain.zfill(width) if plain.isdigit() else plain

    return convert


def date_text(epoch_1904: bool) -> Convert:
    """A day number as an ISO date, with its time if it has one."""

    @lru_cache(maxsize=4096)
    def convert(text: str) -> str:
        number = _number(text)
        if number is None:
            return text
        seconds = round(number * DAY) if abs(number) <= 2 * LAST_DAY else -1
        days, rest = divmod(seconds, DAY)
        day = _day(days, epoch_1904)
        if day is None:
            return number_text(text)
        return f"{day}T{_clock(rest)}" if rest else day

    return convert


def time_text(epoch_1904: bool, *, elapsed: bool) -> Convert:
    """A part of a day as a time `14:30:00`; more than a day is a date, or a number of hours."""
    with_day = date_text(epoch_1904)

    @lru_cache(maxsize=4096)
    def convert(text: str) -> str | None:
        number = _number(text)
        if number is None:
            return text
        if not 0 <= number < (LAST_DAY if elapsed else 1):
            return with_day(text)
        seconds = round(number * DAY)
        return _clock(seconds if elapsed else min(seconds, DAY - 1))

    return convert


def _clock(seconds: int) -> str:
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}"


def _day(days: int, epoch_1904: bool) -> str | None:
    """The ISO date of a day number; None outside of what Excel can show as a date."""
    if epoch_1904:
        days += 1462  # 1 January 1904 is day 1462 of the other system
    elif days in (0, NOT_A_DAY):
        return "1900-01-00" if days == 0 else "1900-02-29"  # as Excel shows them: no real date
    if not 0 < days <= LAST_DAY:
        return None
    start = datetime.date(1899, 12, 30 if days > NOT_A_DAY else 31)
    return (start + datetime.timedelta(days)).isoformat()


def boolean_text(text: str) -> str:
    """`1` is `true`, `0` is `false`."""
    return {"1": "true", "0": "false"}.get(text.strip(), text)


def written_date_text(text: str) -> str:
    """A date that is written out, as some programs do: midnight is left out."""
    text = text.strip().removesuffix("Z")
    day, separator, clock = text.partition("T")
    return day if separator and not clock.strip("0:.") else text
