"""The verifier as it lies in a pack: our own modules in one file that imports nothing of ours."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent
FUTURE = "from __future__ import annotations\n"
OURS = re.compile(r"^from bot\.[^\n(]*(?:\([^)]*\))?\n", re.M)


def script() -> str:
    doc, _, body = _read("verify").partition(FUTURE)
    strict, chain = (_read(name).partition(FUTURE)[2].rstrip() for name in ("strict", "chain"))
    return f"{doc}{FUTURE}{strict}\n\n\n# --- the trail\n{chain}\n\n\n# --- the pack\n{OURS.sub('', body)}"


def _read(name: str) -> str:
    return (HERE / f"{name}.py").read_text(encoding="utf-8")
