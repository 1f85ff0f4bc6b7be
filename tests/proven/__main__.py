"""Without a word, writes docs/requirements.md and docs/standard.md; with points, such as A.3.3, runs their tests."""

import sys
from collections.abc import Callable, Sequence

import pytest

from tests.proven.answers import every
from tests.proven.pages import pages


def main(points: Sequence[str], run: Callable[[list[str]], int] = pytest.main) -> int:
    if not points:
        for path, text in pages().items():
            path.write_text(text, encoding="utf-8")
        return 0
    known = {each.id: each for each in every()}
    if unknown := [point for point in points if point not in known]:
        print(
            f"There is no {unknown[0]}: docs/requirements.md and docs/standard.md have all.", file=sys.stderr
        )
        return 2
    tests = list(dict.fromkeys(test for point in points for test in known[point].tests))
    if not tests:
        print("No test shows it yet.", file=sys.stderr)
        return 1
    return int(run(["-n0", *tests]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
