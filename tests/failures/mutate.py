"""Takes the protections away one after the other, in a copy of the tree, and expects the test of that number to fail.

`python -m tests.failures.mutate F07 F12` tries these; without a number all of them. Names of files do as well: whatever
takes something away in them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

HOUSE = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
FAILED, PASSED = 1, 0
PATIENCE = 600
"""Seconds for each number's tests; what hangs without its protection has failed too."""


class Mutation(NamedTuple):
    """`test`: the one that misses it, wherever it stands; without it those of its number, which is a failure's."""

    file: str
    before: str
    after: str
    number: str = ""
    test: str = ""

    def is_exact(self, tree: Path) -> bool:
        """Whether what it takes away stands there exactly once."""
        return (tree / self.file).read_text().count(self.before) == 1

    def apply(self, tree: Path) -> None:
        path = tree / self.file
        path.write_text(path.read_text().replace(self.before, self.after))


def mutations() -> list[Mutation]:
    return [Mutation(**entry) for entry in yaml.safe_load((HERE / "mutations.yaml").read_text())]


def copied(tree: Path) -> None:
    """What git tracks or would track; the checkout itself is never touched."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(asked, cwd=HOUSE, capture_output=True, check=True).stdout.decode().split("\0")
    for name in filter(None, names):
        if (HOUSE / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(HOUSE / name, tree / name)


def tested(tree: Path, wanted: Sequence[Mutation], *, aloud: bool) -> int:
    """How pytest ended on the tests that miss these; `aloud`: what it said, where they failed."""
    named = sorted({each.test for each in wanted if each.test})
    numbers = sorted({f"test_{each.number.lower()}_" for each in wanted if not each.test})
    runs = [named] if named else []
    runs += [["tests/failures", "-k", " or ".join(numbers)]] if numbers else []
    ends = (_ended(tree, run, len(numbers) + len(named), aloud=aloud) for run in runs)
    return next((ended for ended in ends if ended != PASSED), PASSED)


def _ended(tree: Path, which: Sequence[str], many: int, *, aloud: bool) -> int:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "-m", "not postgres"]
    environment = os.environ | {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        ended = subprocess.run(
            [*command, "-p", "no:cacheprovider", *which],
            cwd=tree,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE * many,
            check=False,
        )
    except subprocess.TimeoutExpired:
        print(f"Not done after {PATIENCE * many} seconds.", file=sys.stderr)
        return FAILED
    if ended.returncode not in (FAILED, PASSED) or (aloud and ended.returncode == FAILED):
        print(ended.stdout[-2000:], ended.stderr[-2000:], file=sys.stderr)
    return ended.returncode


def tried(wanted: Sequence[Mutation], tree: Path) -> Iterator[tuple[Mutation, str]]:
    for mutation in wanted:
        if not mutation.is_exact(tree):
            yield mutation, "does not fit"
            continue
        whole = (tree / mutation.file).read_text()
        mutation.apply(tree)
        ended = tested(tree, [mutation], aloud=False)
        (tree / mutation.file).write_text(whole)
        yield mutation, {FAILED: "is missed", PASSED: "SURVIVES"}.get(ended, f"breaks the tests ({ended})")


def main(named: Sequence[str]) -> int:
    wanted = [each for each in mutations() if not named or {each.number, each.file} & set(named)]
    if unknown := set(named) - {name for each in wanted for name in (each.number, each.file)}:
        print(f"Nothing is taken away there: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    began, bad = time.monotonic(), 0
    with tempfile.TemporaryDirectory(prefix="steward-mutations-") as folder:
        tree = Path(folder)
        copied(tree)
        print(f"As it is: the tests of {len(wanted)} mutations …", flush=True)
        if tested(tree, wanted, aloud=True) != PASSED:
            print("They fail as it is, so nothing can be learned from mutations.")
            return 1
        last = time.monotonic()
        for count, (mutation, became) in enumerate(tried(wanted, tree), 1):
            now = time.monotonic()
            what, number = " ".join(mutation.before.split())[:70], mutation.number or "beside"
            print(
                f"[{count}/{len(wanted)}] {number} {became}, {now - last:.0f} s: {mutation.file}: {what}",
                flush=True,
            )
            bad, last = bad + (became != "is missed"), now
    print(f"{len(wanted)} mutations, {bad} not missed, {time.monotonic() - began:.0f} s")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main([given.upper() if "/" not in given else given for given in sys.argv[1:]]))
