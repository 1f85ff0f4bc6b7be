"""Other rule engines, each given all rules at once, and asked which of them hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NamedTuple, TypeAlias

from bench.dialects import Json, to_cel, to_json_logic, to_zen
from triage.rules import Item

Facts: TypeAlias = dict[str, str | list[str]]
Says: TypeAlias = Callable[[Facts], Sequence[bool]]


class Peer(NamedTuple):
    name: str
    module: str
    ready: Callable[[Sequence[Item], set[str]], Says]


def _cel(items: Sequence[Item], many: set[str]) -> Says:
    cel: Any = import_module("cel")
    program = cel.compile(f"[{', '.join(to_cel(item.when, many) for item in items)}]")
    return lambda facts: program.execute(cel.Context(facts))


def _zen(items: Sequence[Item], many: set[str]) -> Says:
    zen: Any = import_module("zen")
    told = [{"id": str(n), "key": f"r{n}", "value": to_zen(item.when, many)} for n, item in enumerate(items)]
    place = {"position": {"x": 0, "y": 0}}
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", **place},
        {"id": "all", "name": "all", "type": "expressionNode", "content": {"expressions": told}, **place},
        {"id": "out", "name": "out", "type": "outputNode", **place},
    ]
    ways = [("in", "all"), ("all", "out")]
    edges = [{"id": a, "sourceId": a, "targetId": b, "type": "edge"} for a, b in ways]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))

    def says(facts: Facts) -> list[bool]:
        found = decision.evaluate(facts)["result"]
        return [found[f"r{n}"] for n in range(len(items))]

    return says


def _json_logic(items: Sequence[Item], many: set[str]) -> Says:
    engine: Any = import_module("datalogic_py").Engine()
    rule: Json = [to_json_logic(item.when, many) for item in items]
    compiled = engine.compile(rule)

    def says(facts: Facts) -> Sequence[bool]:
        found: Sequence[bool] = compiled.evaluate(facts)
        return found

    return says


PEERS = (
    Peer("CEL (common-expression-language)", "cel", _cel),
    Peer("zen-engine", "zen", _zen),
    Peer("json-logic (datalogic-py)", "datalogic_py", _json_logic),
)
