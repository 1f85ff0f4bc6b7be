"""Start-up and memory of `steward slack`, until it listens, against a process that only imports Bolt and SQLModel."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.house import DEMO
from bench.rounds import aim, heading
from bot.sandbox.server import WorkspaceServer
from bot.sandbox.workspace import Workspace
from store.migrate import migrate

AIM = 1.3
SETTLED = 0.3
"""Seconds in which what begins beside the door, such as the first look at the inbox, has happened too."""
IMPORTS = "import slack_bolt, sqlmodel, sys, time; print('listening', file=sys.stderr); time.sleep(60)"
BARE = (sys.executable, "-c", IMPORTS)
OURS = (sys.executable, "-m", "bot", "slack")


@dataclass(frozen=True)
class Started:
    """`until` it listens, the processor's time of the whole short life, and the most memory it ever held."""

    until: float
    busy: float
    megabytes: float


def run(rounds: int) -> None:
    heading(
        "Start-up of `steward slack` against importing slack_bolt and sqlmodel (byte code written before)"
    )
    with tempfile.TemporaryDirectory(prefix="steward-bench-") as folder:
        migrate(f"sqlite:///{folder}/bench.db")
        with WorkspaceServer(Workspace.from_file(DEMO / "workspace.yaml")) as server:
            around = environment(Path(folder), server)
            found: dict[str, list[Started]] = {"bare": [], "ours": []}
            for number in range(rounds + 1):
                for name, command in (("bare", BARE), ("ours", OURS)):
                    started = start(command, around)
                    if number > 0:
                        found[name].append(started)
    bare, ours = (_typical(found[name]) for name in ("bare", "ours"))
    for name, taken in (("bare imports", bare), ("steward slack", ours)):
        print(
            f"{name:<14} up {taken.until * 1000:6.0f} ms   processor {taken.busy * 1000:6.0f} ms"
            f"   memory {taken.megabytes:5.1f} MB"
        )
    aim("time until it listens", ours.until / bare.until, AIM)
    aim("processor time", ours.busy / bare.busy, AIM)
    aim("memory", ours.megabytes / bare.megabytes, AIM)


def start(command: Sequence[str], around: Mapping[str, str]) -> Started:
    """Start it, wait for the line that says it listens, end it."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=dict(around), stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said: list[str] = []
    for line in process.stderr:
        said.append(line)
        if "listening" in line:
            break
    else:
        raise RuntimeError(f"it did not start: {''.join(said)}")
    until = time.perf_counter() - begun
    time.sleep(SETTLED)
    most = _most_memory(process.pid)
    process.send_signal(signal.SIGTERM)
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0  # waited for by hand, for the sake of its figures
    process.stderr.close()
    return Started(until, used.ru_utime + used.ru_stime, most or used.ru_maxrss / _MEGABYTE)


_MEGABYTE = 1024 * 1024 if sys.platform == "darwin" else 1024  # what ru_maxrss counts in


def _most_memory(process: int) -> float | None:
    """What the process itself has held at most; ru_maxrss remembers the size of its parent where that was larger."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return None
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def _typical(runs: Sequence[Started]) -> Started:
    return Started(
        *(statistics.median(getattr(each, name) for each in runs) for name in ("until", "busy", "megabytes"))
    )


def environment(folder: Path, server: WorkspaceServer) -> dict[str, str]:
    """A folder for byte code of its own: whether imports are compiled must not depend on who ran them before."""
    kept = {
        name: text
        for name, text in os.environ.items()
        if not name.startswith(("STEWARD_", "SLACK_", "PYTHON"))
    }
    return kept | {
        "PYTHONPATH": str(Path(__file__).parents[1]),
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "PYTHONUNBUFFERED": "1",
        "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_APP_TOKEN": "xapp-bench",
        "SLACK_API_URL": server.api_url,
        "DATABASE_URL": f"sqlite:///{folder / 'bench.db'}",
        "STEWARD_CONFIG": str(DEMO / "steward.yaml"),
    }
