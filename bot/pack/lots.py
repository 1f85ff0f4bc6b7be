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
from typing import Any, BinaryIO, Dict, Iterable, List, Set, Tuple

from bot.pack.chain import once, printable

DRAWS = "data/draws.jsonl"
HEX = 16**13
NEWEST = 20
"""So many of the newest samples that no audit drew lie in a pack."""
DRAWN, WHAT = b'"what":"sample.drawn","seal":', 110
HEAVIEST, LARGEST = 10**6, 10**4


def lot(ref: str, seed: str, weight: int) -> float:
    digits = hashlib.sha256(("%s|%s" % (seed, ref)).encode()).hexdigest()[:13]
    return log((int(digits, 16) + 1) / (HEX + 1)) / weight


def drawn_again(population: List[Tuple[str, int]], seed: str, size: int) -> List[str]:
    chosen = nlargest(size, population, key=lambda each: (lot(each[0], seed, each[1]), each[0]))
    return sorted(ref for ref, _ in chosen)


def digest_of(population: Iterable[Tuple[str, int]]) -> str:
    plain = json.dumps(sorted([ref, weight] for ref, weight in population), separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()[:32]


def lots(rows: BinaryIO, lines: BinaryIO, texts: BinaryIO, faults: List[str]) -> List[str]:
    """`lines`: the trail, and `texts`: its words, both of which were followed before."""
    told = [_read(row) for row in rows]
    wanted = {each[name] for each in told if each for name in ("line", "told")}
    found, by_itself = _lines(lines, wanted)
    words = _words(texts, {each["told"] for each in told if each})
    same, closed = 0, 0
    for number, each in enumerate(told, 1):
        wrong = _wrong(each, found, words) if each else "cannot be read"
        if wrong:
            name = printable(str(each["of"])) if each else "line %d of %s" % (number, DRAWS)
            faults.append("the sample of %s %s" % (name, wrong))
        elif each["population"]:
            same += 1
        else:
            closed += 1
    for number in by_itself[-NEWEST:]:
        if number not in {each["told"] for each in told if each}:
            faults.append("the sample of line %d is missing in %s" % (number, DRAWS))
    more = ", %d out of what is not all told here" % closed if closed else ""
    return ["samples: %d drawn again and the same%s" % (same, more)] if told else []


def _lines(lines: BinaryIO, wanted: Set[int]) -> Tuple[Dict[int, Dict[str, Any]], List[int]]:
    """What these lines say, and where somebody drew by themselves."""
    found: Dict[int, Dict[str, Any]] = {}
    by_itself: List[int] = []
    for number, line in enumerate(lines, 1):
        if DRAWN in line[-WHAT:]:
            by_itself.append(number)
        if number in wanted:
            try:
                found[number] = dict(json.loads(line.decode("ascii"), object_pairs_hook=once))
            except (ValueError, TypeError, RecursionError):
                continue
    return found, by_itself


def _words(texts: BinaryIO, wanted: Set[int]) -> Dict[Tuple[int, str], str]:
    found: Dict[Tuple[int, str], str] = {}
    for line in texts if wanted else ():
        try:
            told = json.loads(line.decode())
            if told["line"] in wanted:
                found[int(told["line"]), str(told["field"])] = str(told["text"])
        except (ValueError, LookupError, TypeError, RecursionError):
            continue  # following the trail names it
    return found


def _read(row: bytes) -> Dict[str, Any]:
    try:
        told = json.loads(row.decode(), object_pairs_hook=once)
        population = [(str(ref), int(weight)) for ref, weight in told["population"]]
        numbers = {name: int(told[name]) for name in ("line", "told", "size")}
        if (
            not all(1 <= weight <= HEAVIEST for _, weight in population)
            or not 1 <= numbers["size"] <= LARGEST
        ):
            return {}
        words = {name: str(told[name]) for name in ("of", "seed", "digest")}
        return dict(population=population, drawn=list(told["drawn"]), **numbers, **words)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError):
        return {}


def _wrong(told: Dict[str, Any], lines: Dict[int, Dict[str, Any]], words: Dict[Tuple[int, str], str]) -> str:
    """Nobody chooses by which line, out of what or how many: the sealed line that tells of the draw says it, too."""
    try:
        asked, drawn = lines[told["line"]], lines[told["told"]]
        if asked["seal"] != told["seed"] or not _is_told(told, asked, drawn, words):
            return "is not as line %d of the trail tells" % told["told"]
    except (LookupError, TypeError, AttributeError):
        return "is told by no line of the trail"
    if not told["population"]:
        return "stands without what it was drawn out of" if told["drawn"] else ""
    if digest_of(told["population"]) != told["digest"]:
        return "was not drawn out of what is told"
    if drawn_again(told["population"], told["seed"], told["size"]) != told["drawn"]:
        return "is not the one that seed and population give"
    return ""


def _is_told(
    told: Dict[str, Any], asked: Dict[str, Any], drawn: Dict[str, Any], words: Dict[Tuple[int, str], str]
) -> bool:
    said, before = drawn["detail"], asked["detail"]
    if drawn["what"] == "sample.drawn":
        about = (said["seed"], said["digest"], said["size"], said["drawn"])
        one = told["line"] == told["told"] - 1 and asked["what"] == "sample.asked"
        one = one and asked["actor"] == drawn["actor"] and told["of"] == "line %d" % told["told"]
    else:
        seed, digest = (words.get((told["told"], name), told[name]) for name in ("seed", "digest"))
        about = (seed, digest, said["of_size"], said["of_sample"])
        one = (drawn["what"], said["of_act"], said["of"]) == ("aims.acted", "drawn", "audit")
        one = one and said["ref"] == told["of"] == before["ref"] and asked["subject"] == drawn["subject"]
    sample = told["drawn"] if told["population"] else about[3]
    return one and tuple(about) == (told["seed"], told["digest"], told["size"], sample)
