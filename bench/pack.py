"""An evidence pack over a large register: how its memory grows, and its verification beside plain SHA-256."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.filled import NOW, fill
from bench.rounds import aim, heading
from store.columns import to_text
from store.trail import FIRST, seal, sha256

SIZES = (1_000, 10_000)
WHOLE = 100_000
LARGE = "STEWARD_BENCH_PACK"
"""Set to 1, a hundred thousand uses and a million lines of the trail are packed, too; it takes some ten gigabytes."""
TOLD = (
    *("draft.begun", "question.answered", "question.answered", "question.answered", "case.submitted"),
    *("case.approved", "task.done", "stage.moved", "review.opened", "review.answered"),
)
"""What the lines of the trail tell of each use; at some of them something turned, and its page has them."""
LINES = len(TOLD)
AT_ONCE = 1 << 20
VERIFYING = (
    "import sys; sys.argv[0] = 'verify.py'; from bot.pack.verify import main; sys.exit(main(sys.argv[1:]))"
)


def run(rounds: int) -> None:
    sizes = (*SIZES, WHOLE) if os.environ.get(LARGE) == "1" else SIZES
    heading("An evidence pack, and its verification beside plain SHA-256 over the same bytes")
    peaks = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "register.db"
            fill(path, size, trail=False)
            _sealed(path)
            peaks[size] = _measured(path, size, rounds if size < WHOLE else 1)
    few, many = min(sizes), max(sizes)
    print(f"memory of the process, {many:,} uses against {few:,}: {peaks[many] / peaks[few]:.2f}")


def _measured(path: Path, size: int, rounds: int) -> float:
    out = path.parent / "out"
    words = [sys.executable, "-m", "bot", "evidence", "--out", str(out), "--no-proof"]
    made, most = _spent_by(words, {"DATABASE_URL": f"sqlite:///{path}"})
    (pack,) = out.glob("*.zip")
    held = pack.stat().st_size
    print(
        f"{size:>7,} uses, {size * LINES:,} lines: {made:.1f} s of the processor, {size / made:,.0f} uses a second"
    )
    print(f"        {held / 1e6:,.0f} MB, made with at most {most:,.0f} MB of memory (libraries included)")
    plain = min(_timed(lambda: _hashed(pack)) for _ in range(rounds))
    check = [sys.executable, "-c", VERIFYING, str(pack)]
    ours = min(_timed(lambda: _ran(check)) for _ in range(rounds))
    trail = path.parent / "audit.jsonl"
    _take(pack, trail)
    alone = min(_timed(lambda: _chain(trail)) for _ in range(rounds))
    of_trail = min(_timed(lambda: _hashed(trail)) for _ in range(rounds))
    aim(f"{size:>7,} uses: verifying the pack ({ours:.2f} s) beside SHA-256 ({plain:.2f} s)", ours / plain, 3)
    aim(
        f"{size:>7,} uses: the chain alone ({alone:.2f} s) beside SHA-256 ({of_trail:.2f} s)",
        alone / of_trail,
        3,
    )
    return most


def _spent_by(words: list[str], told: dict[str, str]) -> tuple[float, float]:
    """Seconds of the processor and megabytes; of a process whose parent is small: a child begins with its pages."""
    script = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss)\n"
    )
    asked = subprocess.run(
        [sys.executable, "-c", script, *words],
        env=os.environ | told,
        check=True,
        capture_output=True,
        text=True,
    )
    unit = 1e6 if sys.platform == "darwin" else 1e3
    spent, most = asked.stdout.split()
    return float(spent), int(most) / unit


def _ran(words: list[str]) -> None:
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def _timed(do: object) -> float:
    """Of the processor, its children included: what others do at the same time does not count."""
    begun = _spent()
    do()  # type: ignore[operator]
    return _spent() - begun


def _spent() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, kinds))


def _hashed(path: Path) -> str:
    sha = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(AT_ONCE):
            sha.update(part)
    return sha.hexdigest()


def _take(pack: Path, target: Path) -> None:
    import shutil
    import zipfile

    with zipfile.ZipFile(pack) as zipped, zipped.open("audit.jsonl") as read, target.open("wb") as write:
        shutil.copyfileobj(read, write, AT_ONCE)


def _chain(path: Path) -> None:
    from io import BytesIO

    from bot.pack.chain import places, trail

    with path.open("rb") as lines:
        if not trail(lines, BytesIO(), places(BytesIO()), {}, []):
            raise AssertionError("the trail of the bench is broken")


def _sealed(path: Path) -> None:
    """A trail that is one, with what its lines commit to beside every fifth of them."""
    base = sqlite3.connect(path)
    base.execute("PRAGMA synchronous=OFF")
    refs = base.execute("SELECT id, ref, state FROM use ORDER BY ref").fetchall()
    record = json.dumps({"columns": {"title": "Something of ours", "unit": "Sales"}, "note": "words " * 60})
    digest, seq, lines, texts = FIRST, 0, [], []
    for turn in range(LINES):
        for use, ref, state in refs:
            seq += 1
            told = {
                "actor": "P", "at": to_text(NOW), "detail": {"ref": ref, "status": state, "turn": turn},
                "previous": digest, "seq": seq, "subject": ["use", use], "texts": {}, "what": TOLD[turn],
            }  # fmt: skip
            if seq % 5 == 0:
                salt = f"{seq:032x}"
                told["texts"] = {"record": sha256(salt + record)}
                texts.append((seq, "record", salt, record))
            before = digest
            line, digest = seal(told)
            lines.append((seq, line, before, digest))
        _write(base, lines, texts)
        lines, texts = [], []
    base.execute("DELETE FROM audit_head")
    base.execute("INSERT INTO audit_head (id, seq, digest) VALUES (1, ?, ?)", (seq, digest))
    base.commit()
    base.execute("ANALYZE")
    base.close()


Rows = list[tuple[int, str, str, str]]


def _write(base: sqlite3.Connection, lines: Rows, texts: Rows) -> None:
    base.executemany("INSERT INTO audit_line (seq, sealed, previous, digest) VALUES (?, ?, ?, ?)", lines)
    base.executemany("INSERT INTO audit_text (seq, field, salt, text) VALUES (?, ?, ?, ?)", texts)
    base.commit()
