"""The verifier as it lies in a pack: our own modules in one file that imports nothing of ours."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent
FUTURE = "from __future__ import annotations\n"
HOW = """\
# Each use of the population has a lot, log(n) / weight, where n is the first 13 hexadecimal digits of the SHA-256 of
# `seed|reference`, plus one, out of 16^13 plus one; the highest lots are drawn (Efraimidis and Spirakis, 2006).
# The seed is the seal of a line of the trail, which is there only once nobody can choose it any more.
"""
OURS = re.compile(r"^from bot\.[^\n(]*(?:\([^)]*\))?\n", re.M)


def script() -> str:
    doc, _, body = _read("verify").partition(FUTURE)
    strict, chain, lots = (
        OURS.sub("", _read(name).partition(FUTURE)[2]).rstrip() for name in ("strict", "chain", "lots")
    )
    trail = f"# --- the trail\n{chain}\n\n\n# --- samples\n{HOW}\n{lots}"
    return f"{doc}{FUTURE}{strict}\n\n\n{trail}\n\n\n# --- the pack\n{OURS.sub('', body)}"


def _read(name: str) -> str:
    return (HERE / f"{name}.py").read_text(encoding="utf-8")
