"""The verifier as it lies in a pack: our own modules in one file that imports nothing of ours."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent
FUTURE = "from __future__ import annotations\n"
OURS = re.compile(r"^from bot\.[^\n(]*(?:\([^)]*\))?\n", re.M)


def script() -> str:
    doc, _, body = _read("verify").partition(FUTURE)
    below = _read("strict").partition(FUTURE)[2]
    return f"{doc}{FUTURE}{below.rstrip()}\n\n\n# --- the pack\n{OURS.sub('', body)}"


def _read(name: str) -> str:
    return (HERE / f"{name}.py").read_text(encoding="utf-8")
