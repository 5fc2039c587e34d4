"""How are the changes written for programs?

One object; the changes are inside their scheme, so that it can be written scheme by scheme.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import polars as pl

from matcher.answers.formats import iso
from matcher.answers.json_form import NOTICE
from matcher.language.text import Text
from matcher.portfolio.comparing.comparison import Comparison, Tally
from matcher.portfolio.comparing.folders import ResultSet
from matcher.portfolio.comparing.pairing import PAIR
from matcher.portfolio.comparing.roles import SHOWN
from matcher.portfolio.comparing.schemes import GROUP, Alike, SchemeChanges
from matcher.portfolio.comparing.telling import Teller, kinds_counted

SCHEMA_VERSION = 1
LINES = ("old_line", "new_line", "line")


def json_texts(comparison: Comparison) -> Iterator[str]:
    """The file piece by piece."""
    head = _dumped(_head(comparison))
    yield head.removesuffix("}") + ', "schemes": ['
    tally, between = Tally(comparison), "\n"
    clients = comparison.pairs.clients()
    for changes in comparison.schemes():
        tally.add(changes)
        scheme = _dumped(_scheme(Teller(comparison.sides, changes)))
        yield between + scheme.removesuffix("}") + ', "changes": ['
        yield from _changes(changes, clients)
        yield "]}"
        between = ",\n"
    counts = {str(kind): count for kind, count in tally.counts.items()}
    rows = {name: _alone(comparison, new=new) for name, new in (("appeared", 1), ("gone", 0))}
    tail = {"clients": counts, **rows, "notice": _text(NOTICE)}
    yield "\n], " + _dumped(tail).removeprefix("{") + "\n"


def _dumped(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)


def _text(text: Text) -> dict[str, str]:
    return {"fr": text.fr, "en": text.en}


def _head(comparison: Comparison) -> dict[str, Any]:
    pairs, (gone, come) = comparison.pairs, comparison.rejected
    return {
        "schema_version": SCHEMA_VERSION,
        "old": _side(comparison.old),
        "new": _side(comparison.new),
        "differences": list(comparison.differences),
        "rows": {
            "compared": pairs.pairs.height,
            "matched_by": {name.lstrip("@"): count for name, count in pairs.by.items()},
            "matched_in_order": pairs.doubts,
            "only_old": pairs.only_old.len(),
            "only_old_rejected_in_new": gone,
            "only_new": pairs.only_new.len(),
            "only_new_rejected_in_old": come,
        },
    }


def _side(results: ResultSet) -> dict[str, Any]:
    return {
        "file": results.file,
        "on": iso(results.day),
        "catalogue": results.digest,
        "results": results.rows,
        "rejects": results.rejects,
    }


def _scheme(teller: Teller) -> dict[str, Any]:
    changes, sides = teller.changes, teller.sides
    before, after = teller.editions()
    seen = {change.criterion for group in changes.groups for change in group.changed}
    ids = [sides.old.results.criteria(changes.scheme), sides.new.results.criteria(changes.scheme)]
    return {
        "scheme": changes.scheme,
        "name": _text(teller.name),
        "presence": str(changes.presence),
        "editions": {"before": before, "after": after},
        "counts": kinds_counted(changes),
        "criteria": [
            {
                "id": id_,
                "statement": _text(teller.statement(id_)),
                "statement_before": _text(was) if (was := teller.reworded(id_)) else None,
                "added": id_ not in ids[0],
                "removed": id_ not in ids[1],
            }
            for id_ in changes.criteria
            if id_ in seen or (changes.presence == "both" and (id_ in ids[0]) != (id_ in ids[1]))
        ],
        "reasons": [
            {"kind": str(kind), **_changed(change), "count": count}
            for kind in changes.listed
            for change, count in changes.responsible(kind)
        ],
    }


def _changed(change: Any) -> dict[str, Any]:
    return {
        "criterion": change.criterion,
        "before": change.before,
        "after": change.after,
        "decisive": change.decisive,
    }


def _changes(changes: SchemeChanges, clients: pl.DataFrame) -> Iterator[str]:
    told = [_dumped(_alike(group)).removeprefix("{") for group in changes.groups]
    between = "\n"
    for part in changes.lines.iter_slices(10_000):
        who = clients[part[PAIR]].iter_rows(named=True)
        rows = (
            f"{_dumped(_client(row))[:-1]}, {told[group]}"
            for row, group in zip(who, part[GROUP], strict=True)
        )
        yield between + ",\n".join(rows)
        between = ",\n"


def _client(row: dict[str, Any]) -> dict[str, Any]:
    lines: dict[str, Any] = {name: row[name] for name in LINES if name in row}
    identifiers = {name: row[name] for name in row if name not in lines and name != SHOWN}
    return {**lines, "client": row[SHOWN], "identifiers": identifiers}


def _alike(group: Alike) -> dict[str, Any]:
    before, after = (
        {"outcome": outcome, "window": window}
        for outcome, window in zip(group.outcomes, group.windows, strict=True)
    )
    criteria = [_changed(change) for change in group.changed]
    return {"kind": str(group.kind), "before": before, "after": after, "criteria": criteria}


def _alone(comparison: Comparison, *, new: bool | int) -> list[dict[str, Any]]:
    rows = comparison.pairs.alone(new=bool(new))
    return [_client(row) for row in rows.iter_rows(named=True)]
