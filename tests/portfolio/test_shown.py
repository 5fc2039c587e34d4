"""Are the rows counted and shown those that a plain reading of the answers would count and show?"""

from functools import reduce
from unittest.mock import patch

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.engines.columnar.editions import STATES, Uses
from matcher.engines.columnar.engine import JudgedFrame
from matcher.portfolio import shown
from matcher.portfolio.open_now import CAN_APPLY, MAY_APPLY, counts
from matcher.portfolio.parts import LINE
from matcher.portfolio.shown import most_promising
from matcher.portfolio.summary import OF_TRUTH, Place, summary_in, summary_of, summary_text

STATE = st.sampled_from(list(STATES.categories))
TRUTH = st.sampled_from([True, False, None])


@st.composite
def judged_frames(draw, least_rows=0):
    """Any answers about a few schemes, some with the same window for all rows."""
    height = draw(st.integers(least_rows, 30))
    schemes = [f"s{index}" for index in range(draw(st.integers(1, 4)))]

    def column(cells, count=height):
        return draw(st.lists(cells, min_size=count, max_size=count))

    outcomes = pl.DataFrame({id_: pl.Series(column(TRUTH), dtype=pl.Boolean) for id_ in schemes})
    uses = {
        id_: Uses(
            pl.Series(id_, column(STATE, draw(st.sampled_from([1, height]))), STATES), (), None
        )
        for id_ in schemes
    }
    places = column(st.sampled_from(["a", "b", "", None]))
    facts = pl.DataFrame({"place": pl.Series(places, dtype=pl.String)})
    return JudgedFrame(
        outcomes, outcomes, uses, None, facts.select(place=pl.col("place") == "a"), facts
    )


def cells(judged):
    """Row by row, the outcome and the window of each scheme."""
    windows = {
        id_: series.to_list() for id_, series in zip(judged.uses, judged.windows, strict=True)
    }
    for row, outcomes in enumerate(judged.outcomes.iter_rows(named=True)):
        yield {id_: (OF_TRUTH[truth], windows[id_][row]) for id_, truth in outcomes.items()}


def naive_counts(judged):
    rows = list(cells(judged))
    return {
        CAN_APPLY: [sum(cell == ("eligible", "open") for cell in row.values()) for row in rows],
        MAY_APPLY: [sum(cell == ("undetermined", "open") for cell in row.values()) for row in rows],
    }


@given(judged=judged_frames())
def test_open_schemes_are_counted_row_by_row(judged):
    assert counts(judged).to_dict(as_series=False) == naive_counts(judged)


@given(judged=judged_frames())
def test_the_summary_counts_every_row_once(judged):
    summary = summary_of(judged, counts(judged), 2, 1, ())
    wanted = {}
    for row in cells(judged):
        for id_, cell in row.items():
            wanted[id_, *cell] = wanted.get((id_, *cell), 0) + 1
    assert summary.standings == wanted
    naive = naive_counts(judged)
    flags = list(zip(judged.facts["place"], *naive.values(), strict=True))
    for place in ("a", "b", ""):
        some = [(now > 0, near > 0) for at, now, near in flags if (at or "") == place]
        found = summary.places.get(("place", place), Place())
        assert found == Place(len(some), sum(n for n, _ in some), sum(n for _, n in some))
    assert summary.everywhere == reduce(Place.plus, summary.places.values(), Place())
    assert summary.rows == judged.outcomes.height + 2
    assert summary_in(summary_text(summary)) == summary


@given(judged=judged_frames(least_rows=1), data=st.data())
def test_some_rows_are_judged_as_among_all(judged, data):
    height = judged.outcomes.height
    kept = data.draw(st.lists(st.booleans(), min_size=height, max_size=height))
    few = judged.rows(pl.Series(kept))
    assert list(cells(few)) == [row for row, keep in zip(cells(judged), kept, strict=True) if keep]
    assert few.facts["place"].to_list() == [
        place for place, keep in zip(judged.facts["place"], kept, strict=True) if keep
    ]


@given(judged=judged_frames(), most=st.integers(1, 12))
def test_the_most_promising_rows_come_first_among_equals_the_first_lines(judged, most):
    lines = list(range(2, 2 + judged.outcomes.height))
    naive = naive_counts(judged)
    rank = {
        line: 1_000 * now + near for line, now, near in zip(lines, *naive.values(), strict=True)
    }
    wanted = sorted(sorted(lines, key=lambda line: (-rank[line], line))[:most])
    with patch.object(shown, "MOST_SHOWN", most):
        found = most_promising(
            counts(judged), pl.DataFrame({LINE: pl.Series(lines, dtype=pl.Int64)})
        )
        assert found[LINE].to_list() == wanted
        assert found[shown.PROMISE].to_list() == [rank[line] for line in wanted]


@given(
    ranks=st.lists(st.lists(st.integers(0, 3), max_size=6), min_size=1, max_size=5),
    most=st.integers(1, 8),
)
def test_the_best_of_all_parts_as_if_they_were_one(ranks, most, tmp_path_factory):
    folder = tmp_path_factory.mktemp("parts")
    line, every, paths = 1, [], []
    for index, some in enumerate(ranks):
        rows = [(line + place, rank) for place, rank in enumerate(some)]
        line, path = line + len(some), folder / f"{index}.parquet"
        schema = {LINE: pl.Int64, shown.PROMISE: pl.UInt32}
        pl.DataFrame(rows, schema=schema, orient="row").write_parquet(path)
        every += rows
        paths.append(str(path))
    wanted = sorted(sorted(every, key=lambda row: (-row[1], row[0]))[:most])
    with patch.object(shown, "MOST_SHOWN", most):
        assert shown.all_shown(paths).rows() == wanted


@pytest.mark.parametrize("schemes", [1, 255, 256, 600])
def test_more_schemes_than_a_byte_counts(schemes):
    outcomes = pl.DataFrame({f"s{n}": [True, None] for n in range(schemes)})
    uses = {name: Uses(pl.Series(["open"], dtype=STATES), (), None) for name in outcomes.columns}
    found = counts(JudgedFrame(outcomes, outcomes, uses, None, pl.DataFrame(), pl.DataFrame()))
    assert found.rows() == [(schemes, 0), (0, schemes)]
