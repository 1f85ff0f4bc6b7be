"""Samples of audits drawn again: the seed is the seal of a line that nobody chose, the population lies in the pack.

How: each use of the population has a lot, log(n) / weight, where n is the first 13 hexadecimal digits of the SHA-256 of
`seed|reference`, plus one, out of 16^13 plus one; the highest lots are drawn (Efraimidis and Spirakis, 2006).
This is a part of the pack's own verify.py and so needs nothing but Python 3.8.
"""

from __future__ import annotations

import hashlib
import json
from heapq import nlargest
from math import log
from typing import Any, BinaryIO, Dict, Iterable, List, Tuple

from bot.pack.chain import once, printable

DRAWS = "data/draws.jsonl"
HEX = 16**13


def lot(ref: str, seed: str, weight: int) -> float:
    digits = hashlib.sha256(("%s|%s" % (seed, ref)).encode()).hexdigest()[:13]
    return log((int(digits, 16) + 1) / (HEX + 1)) / weight


def drawn_again(population: List[Tuple[str, int]], seed: str, size: int) -> List[str]:
    chosen = nlargest(size, population, key=lambda each: (lot(each[0], seed, each[1]), each[0]))
    return sorted(ref for ref, _ in chosen)


def digest_of(population: Iterable[Tuple[str, int]]) -> str:
    plain = json.dumps(sorted([ref, weight] for ref, weight in population), separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()[:32]


def lots(rows: BinaryIO, lines: BinaryIO, faults: List[str]) -> List[str]:
    """`lines`: the trail, which was followed before."""
    told = [_read(row) for row in rows]
    wanted = {each["line"] for each in told if each}
    seals = {}
    for number, line in enumerate(lines if wanted else (), 1):
        if number in wanted:
            seals[number] = line.rpartition(b'"seal":"')[2][:64].decode("ascii", "replace")
    same, closed = 0, 0
    for number, each in enumerate(told, 1):
        if each and not each["population"]:
            closed += 1
            continue
        wrong = _wrong(each, seals) if each else "cannot be read"
        if wrong:
            name = printable(str(each["of"])) if each else "line %d of %s" % (number, DRAWS)
            faults.append("the sample of %s %s" % (name, wrong))
        same += not wrong
    more = ", %d out of what is not all told here" % closed if closed else ""
    return ["samples: %d drawn again and the same%s" % (same, more)] if told else []


def _read(row: bytes) -> Dict[str, Any]:
    try:
        told = json.loads(row.decode(), object_pairs_hook=once)
        population = [(str(ref), int(weight)) for ref, weight in told["population"]]
        if min([weight for _, weight in population] or [1]) < 1:
            return {}
        numbers = {name: int(told[name]) for name in ("line", "size")}
        words = {name: str(told[name]) for name in ("of", "seed", "digest")}
        return dict(population=population, drawn=list(told["drawn"]), **numbers, **words)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}


def _wrong(told: Dict[str, Any], seals: Dict[int, str]) -> str:
    if seals.get(told["line"]) != told["seed"]:
        return "was not drawn by the seal of line %d" % told["line"]
    if digest_of(told["population"]) != told["digest"]:
        return "was not drawn out of what is told"
    if drawn_again(told["population"], told["seed"], told["size"]) != told["drawn"]:
        return "is not the one that seed and population give"
    return ""
