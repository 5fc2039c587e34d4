"""How is a country of establishments made, to measure on, from the reference tables alone?

Columns are those of the official stock of establishments joined with that of legal units; communes
are drawn by population, activities evenly, headcount brackets as a pyramid. Nobody in it exists.

Run:  python tests/benchmarks/country.py FOLDER [ROWS] [ROWS_PER_FILE]
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

REFERENCE = Path(__file__).parents[2] / "rules" / "reference"
BRACKETS = {"NN": 55, "00": 12, "01": 14, "02": 7, "03": 5, "11": 4, "12": 2, "21": 0.6, "22": 0.3}
BRACKETS |= {"31": 0.08, "32": 0.06, "41": 0.03, "42": 0.01}
FORMS = {"1000": 50, "5710": 16, "5499": 15, "6540": 8, "9220": 8, "5599": 1, "7210": 1.5}
FORMS |= {"7346": 0.1, "5510": 0.2, "5202": 0.2}
SIZES = {"": 55, "PME": 44, "ETI": 0.8, "GE": 0.2}


def drawn(weights: dict[str, float], rows: int, seed: int) -> pl.Series:
    """Words drawn by their weights; the same for the same seed."""
    words, shares = list(weights), pl.Series(list(weights.values()), dtype=pl.Float64)
    ends = shares.cum_sum() / shares.sum()
    uniform = pl.int_range(rows, eager=True).shuffle(seed).cast(pl.Float64) / rows
    places = ends.search_sorted(uniform, side="right").clip(0, len(words) - 1)
    return pl.Series(words, dtype=pl.String).gather(places)


def checked(digits: pl.Series) -> pl.Series:
    """The numbers with the digit that Luhn's key wants at their end."""
    length = digits.str.len_chars().max()
    total = pl.zeros(len(digits), dtype=pl.Int64, eager=True)
    for place in range(length):
        digit = digits.str.slice(place, 1).cast(pl.Int64)
        doubled = digit * (2 if (length - place) % 2 else 1)
        total = total + doubled // 10 + doubled % 10
    return digits + ((10 - total % 10) % 10).cast(pl.String)


def establishments(rows: int, seed: int) -> pl.DataFrame:
    """Some establishments."""
    communes = pl.read_csv(REFERENCE / "communes.csv", infer_schema=False)
    people = communes["population"].cast(pl.Float64).fill_null(1) + 1
    towns = dict(zip(communes[communes.columns[0]], people, strict=True))
    naf = pl.read_csv(REFERENCE / "naf.csv", infer_schema=False)
    codes = [code for code in naf[naf.columns[0]] if len(code) == 6]
    number = pl.int_range(rows, eager=True) + seed * rows
    siren = checked((10_000_000 + number % 90_000_000).cast(pl.String))
    days = pl.int_range(rows, eager=True).shuffle(seed + 7) % 20_000
    missing = {"": 0.0}
    cells = {
        "siren": siren,
        "siret": checked(siren + "0001"),
        "statutDiffusionEtablissement": drawn({"O": 9, "P": 1}, rows, seed + 1),
        "dateCreationUniteLegale": (days - 1_000).cast(pl.Int32).cast(pl.Date),
        "trancheEffectifsEtablissement": drawn(BRACKETS, rows, seed + 2),
        "etatAdministratifEtablissement": drawn({"A": 6, "F": 4}, rows, seed + 3),
        "codeCommuneEtablissement": drawn(towns, rows, seed + 4),
        "activitePrincipaleEtablissement": drawn(dict.fromkeys(codes, 1.0), rows, seed + 5),
        "nomenclatureActivitePrincipaleEtablissement": drawn({"NAFRev2": 1} | missing, rows, 1),
        "categorieJuridiqueUniteLegale": drawn(FORMS, rows, seed + 6),
        "categorieEntreprise": drawn(SIZES, rows, seed + 8).replace("", None),
    }
    return pl.DataFrame(cells)


def main(folder: Path, rows: int, per_file: int) -> None:
    """Write the country as Parquet files."""
    folder.mkdir(parents=True, exist_ok=True)
    for index, start in enumerate(range(0, rows, per_file)):
        table = establishments(min(per_file, rows - start), seed=index)
        table.write_parquet(folder / f"establishments-{index:03}.parquet", row_group_size=200_000)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    main(Path(arguments[0]), *(int(a) for a in [*arguments[1:], "1000000", "1000000"][:2]))
