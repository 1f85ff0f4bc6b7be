"""A pack of a story, and how its own verifier is run: by a Python that sees nothing of ours."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bot.pack.container import growing
from bot.pack.script import script

DAY = "2027-03-01"
TODAY = datetime(2027, 3, 1, 12, tzinfo=UTC)


def evidence(steward: Any, *words: str | Path) -> tuple[int, str, str]:
    """On a day after the story."""
    with patch("bot.cli.evidence.utc_now", lambda: TODAY):
        found: tuple[int, str, str] = steward("evidence", *words)
    return found


def packed(steward: Any, folder: Path, *options: str, day: str = DAY) -> Path:
    code, _, errors = evidence(steward, "--out", folder, "--as-of", day, *options)
    assert code == 0, errors
    return folder / f"steward-evidence-{day}.zip"


def unpacked(pack: Path, folder: Path) -> Path:
    with zipfile.ZipFile(pack) as zipped:
        assert zipped.testzip() is None
        zipped.extractall(folder)
    return folder


def checked(verifier: Path, *words: str | Path) -> tuple[int, str]:
    """Isolated, without site-packages: only the standard library is there."""
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-B", str(verifier), *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout + ran.stderr


def verifier(folder: Path) -> Path:
    """One that lies elsewhere."""
    path = folder / "elsewhere.py"
    path.write_text(script(), encoding="utf-8")
    return path


def again(pack: Path, folder: Path) -> Path:
    """A copy to be changed."""
    copy = folder / "changed.zip"
    shutil.copyfile(pack, copy)
    return copy


def resealed(folder: Path) -> None:
    """As somebody would who changes a file and makes the manifest fit: only the trail and what was noted stay."""
    path = folder / "manifest.json"
    told = json.loads(path.read_text())
    told.pop("seal"), told.pop("contents")
    members = told.pop("members")
    target = folder.with_name("resealed.zip")
    with growing(target) as container:
        for name in members:
            container.put(name, (folder / name).read_bytes())
        container.seal(told, folder.parent)
    unpacked(target, folder)
