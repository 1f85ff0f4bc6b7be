"""`steward slack` as a process that ends by SIGKILL at one named point, the first time after `armed` was laid down.

The driver loads Steward once. For each line on its input, {"point", "armed", "log", "environment"}, it forks a
process that runs `steward slack`; it answers with that process's id, and with what it ended with.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

ARMED = Path()
NOW_AND_THEN = 0.05
"""Minutes between two looks at deadlines and at what ends: nobody waits a whole one for the end."""


def die_if_armed() -> None:
    try:
        ARMED.unlink()
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)
    threading.Event().wait()  # the signal is on its way


def before(owner: Any, name: str) -> None:
    """End right before this is called."""
    work: Callable[..., Any] = getattr(owner, name)

    def dying(*args: Any, **known: Any) -> Any:
        die_if_armed()
        return work(*args, **known)

    setattr(owner, name, dying)


def after(owner: Any, name: str, only: Callable[..., bool] = lambda *_: True) -> None:
    """End right after this has come back."""
    work: Callable[..., Any] = getattr(owner, name)

    def dying(*args: Any, **known: Any) -> Any:
        came = work(*args, **known)
        if only(*args):
            die_if_armed()
        return came

    setattr(owner, name, dying)


def wait_while_armed(owner: Any, name: str) -> None:
    """Never begin this once it is armed, so that the other point is surely reached first."""
    work: Callable[..., Any] = getattr(owner, name)

    def waiting(*args: Any, **known: Any) -> Any:
        if ARMED.exists():
            threading.Event().wait()
        return work(*args, **known)

    setattr(owner, name, waiting)


def at_any_time(calendar: Any, moment: Any) -> Any:
    """The process that dies lives in real time: at night and on Sundays, too, somebody is written to."""
    return moment


def arrange(point: str) -> None:
    from slack_sdk.socket_mode import SocketModeClient

    from bot import jobs
    from bot.slack import jointly, reception, rerunning
    from bot.slack.front import Front
    from bot.slack.posting import Posting
    from store import daily, inbox, ledger, nudging
    from triage.calendar import Calendar

    Calendar.opens = at_any_time  # type: ignore[method-assign, assignment]
    jobs.DEADLINES_MINUTES = jobs.EXPIRY_MINUTES = NOW_AND_THEN  # type: ignore[assignment]
    match point:
        case "before the inbox commit":
            after(inbox, "put")
        case "after the inbox commit":
            before(reception.Reception, "wake")
        case "after the acknowledgement":
            wait_while_armed(reception, "handle")
            after(SocketModeClient, "send_socket_mode_response")
        case "inside the transaction":
            after(ledger, "owe")
        case "while it falls due":
            after(nudging, "owe")
        case "while a message of the day is written":
            after(daily, "write")
        case "between work and done":
            before(inbox, "done")
        case "between commit and acknowledgement":
            after(Front, "do")
            after(jointly, "decide_together")
        case "between commit and send":
            before(Posting, "call")
        case "between send and mark":
            after(Posting, "call")
        case "between send and mark of a card":
            after(Posting, "call", only=lambda posting, owed, drawn: owed.purpose == "card")
        case "before rules are judged by":
            before(rerunning, "_judge")
        case "after some uses were judged anew":
            after(ledger.Ledger, "execute_many")
        case unknown:
            raise SystemExit(f"no point is called {unknown!r}")


def run(wish: dict[str, Any]) -> None:
    """In the forked process: become `steward slack`."""
    global ARMED
    ARMED = Path(wish["armed"])
    os.environ.clear()
    os.environ.update(wish["environment"])
    os.chdir(ARMED.parent)
    log = os.open(wish["log"], os.O_WRONLY | os.O_CREAT)
    os.dup2(log, sys.stdout.fileno())
    os.dup2(log, sys.stderr.fileno())
    arrange(wish["point"])
    from bot.__main__ import main

    os._exit(main(["slack"]))


def warm_up() -> None:
    """What every start loads, loaded once."""
    import psycopg
    import slack_bolt.adapter.socket_mode

    import bot.cli.slack
    import bot.slack.process
    from bot.library import library
    from store import engine

    # They are killed, and their machine is not: nobody waits for the disk.
    engine.PRAGMAS = tuple(each.replace("FULL", "OFF") for each in engine.PRAGMAS)
    library()
    assert all((psycopg, slack_bolt, bot))


if __name__ == "__main__":
    warm_up()
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            run(json.loads(line))
        print(pid, flush=True)
        print(os.waitpid(pid, 0)[1], flush=True)
