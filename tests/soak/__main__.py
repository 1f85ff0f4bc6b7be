"""`make soak`: the whole; the seed is printed, and ARGS="--seed N" plays it again."""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
import time
from pathlib import Path

from tqdm import tqdm

from store.migrate import migrate
from tests.soak.reckoning import reckon
from tests.soak.soak import Soak


def main() -> int:
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--intakes", type=int, default=500)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument(
        "--may-not-read",
        action="store_true",
        help="the bot has no scope to read the channel of cards, as it is delivered: Slack tells it what stands there",
    )
    parser.add_argument("--keep", type=Path, help="a folder for database and logs, to look into afterwards")
    args = parser.parse_args()
    print(f"seed {args.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="steward-soak-") as name:
        folder = args.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:///{folder / 'soak.db'}"
        migrate(url)
        soak = Soak(
            folder,
            url,
            seed=args.seed,
            people=args.people,
            intakes=args.intakes,
            kills=args.kills,
            may_read=not args.may_not_read,
        )
        began = time.monotonic()
        with tqdm(total=args.intakes, unit="intake") as bar:

            def progress(finished: int, killed: int) -> None:
                bar.update(finished - bar.n)
                bar.set_postfix(rounds=soak.rounds, killed=killed)

            soak.run(progress)
        reckoning = reckon(soak)
        print(f"{time.monotonic() - began:.0f} s, {soak.rounds} rounds")
        print("\n".join(reckoning.counts()))
        print("\n".join(reckoning.wrong) or "nothing is wrong")
        soak.close()
    return 1 if reckoning.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
