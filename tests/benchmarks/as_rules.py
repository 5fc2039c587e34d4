"""How is the common workload written in our own rule language?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import workload

GROUP = "w"
TEXT = '{fr: "x", en: "y"}'


def write_catalogue(folder: Path, schemes: list[dict[str, Any]]) -> Path:
    """A rules folder, with its vocabulary beside it, that holds the schemes of the workload."""
    rules = folder / "rules"
    facts = folder / "profiles" / "facts"
    for path in (rules / "schemes", rules / "sets", rules / "derived", rules / "reference", facts):
        path.mkdir(parents=True, exist_ok=True)
    (facts / "w.yaml").write_text(_vocabulary(), encoding="utf-8")
    authority = f"authorities:\n  someone:\n    name: {TEXT}\n"
    (rules / "sets" / "authorities.yaml").write_text(authority, encoding="utf-8")
    for scheme in schemes:
        path = rules / "schemes" / f"{scheme['id']}.yaml"
        path.write_text(_scheme(scheme), encoding="utf-8")
    return rules


def _vocabulary() -> str:
    lines = ["facts:"]
    for name, kind in workload.FACTS.items():
        lines += [f"  {GROUP}.{name}:", f"    label: {TEXT}"]
        if isinstance(kind, list):
            choices = ", ".join(f"c_{choice.lower()}: {TEXT}" for choice in kind)
            lines += ["    type: choice", f"    choices: {{{choices}}}"]
        else:
            lines.append(f"    type: {'boolean' if kind == 'b' else 'integer'}")
    return "\n".join(lines) + "\n"


def _scheme(scheme: dict[str, Any]) -> str:
    lines = [
        f"id: {scheme['id']}",
        "language: 1",
        f"name: {TEXT}",
        f"summary: {TEXT}",
        "operators: [someone]",
        "audience: []",
        "confidence: high",
        'sources: {S1: {title: "x", read_on: "2026-11-22"}}',
        "criteria:",
        "  all:",
    ]
    for index, node in enumerate(scheme["criteria"]):
        lines += [
            f"    - id: c{index}",
            f"      states: {TEXT}",
            f"      test: {json.dumps(expression(node))}",
            "      source: S1",
        ]
    return "\n".join(lines) + "\n"


def expression(node: dict[str, Any]) -> str:
    """A node of the workload as an expression of the rule language."""
    match node["op"]:
        case "not":
            return f"not ({expression(node['arg'])})"
        case "or":
            return " or ".join(f"({expression(arg)})" for arg in node["args"])
        case "in":
            values = ", ".join(_literal(node["fact"], value) for value in node["values"])
            return f"{GROUP}.{node['fact']} in [{values}]"
        case "cmp2":
            left, right = f"{GROUP}.{node['left']}", f"{GROUP}.{node['right']}"
            return f"{node['den']} * {left} {node['cmp']} {node['num']} * {right}"
        case op:
            return _comparison(op, node["fact"], node["value"])


def _comparison(op: str, fact: str, value: object) -> str:
    if isinstance(value, bool):
        wanted = value if op == "==" else not value
        return f"{GROUP}.{fact}" if wanted else f"not {GROUP}.{fact}"
    return f"{GROUP}.{fact} {op} {_literal(fact, value)}"


def _literal(fact: str, value: object) -> str:
    return json.dumps(f"c_{str(value).lower()}") if workload.is_cat(fact) else str(value)


def plain_values(profile: dict[str, Any]) -> dict[str, Any]:
    """A profile of the workload under our fact keys; None is absent."""
    return {
        f"{GROUP}.{name}": f"c_{value.lower()}" if isinstance(value, str) else value
        for name, value in profile.items()
    }
