"""Which portfolios are matched, and what did a run write?"""

import random

import polars as pl

from matcher.portfolio.run import Run


def clients(count: int, seed: int = 0) -> pl.DataFrame:
    """Clients of all sorts; some rows contradict themselves, some cells cannot be read."""
    draw = random.Random(seed)  # noqa: S311  the same clients each time
    columns = {
        "Client": [f"Société {seed}-{row}" for row in range(count)],
        "Effectif": draw.choices([None, "3", "49", "50", "250", "1 200", "beaucoup"], k=count),
        "Taille": draw.choices([None, None, None, "TPE", "PME", "ETI"], k=count),
        "Code commune": draw.choices(["41194", "75056", "59183", "2A004", "00000"], k=count),
        "Code NAF": draw.choices(["25.62B", "10.11Z", "62.01Z", None], k=count),
        "Chiffre d'affaires (k€)": draw.choices([None, "90", "5000", "80000"], k=count),
    }
    return pl.DataFrame(columns)


def tables(done: Run) -> list[str]:
    """The tables that a run wrote."""
    out = done.job.out
    return sorted(path.relative_to(out).as_posix() for path in out.rglob("*.parquet"))


def text(done: Run, name: str) -> bytes:
    """A file that a run wrote."""
    return (done.job.out / name).read_bytes()
