"""`steward slack` that ends by SIGKILL at one named point, the first time it comes by after `armed` was laid down.

Run as: driver.py POINT ARMED, with the environment of `steward slack`.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

POINT, ARMED = sys.argv[1], Path(sys.argv[2])


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


def arrange() -> None:
    from slack_sdk.socket_mode import SocketModeClient

    from bot.slack import reception
    from bot.slack.front import Front
    from bot.slack.sender import Sender
    from store import inbox, ledger

    match POINT:
        case "before the inbox commit":
            after(inbox, "put")
        case "after the inbox commit":
            before(reception.Reception, "wake")
        case "after the acknowledgement":
            wait_while_armed(reception, "handle")
            after(SocketModeClient, "send_socket_mode_response")
        case "inside the transaction":
            after(ledger, "owe")
        case "between work and done":
            before(inbox, "done")
        case "between commit and acknowledgement":
            after(Front, "do")
        case "between commit and send":
            before(Sender, "_call")
        case "between send and mark":
            after(Sender, "_call")
        case "between send and mark of a card":
            after(Sender, "_call", only=lambda sender, owed, drawn: owed.purpose == "card")
        case unknown:
            raise SystemExit(f"no point is called {unknown!r}")


if __name__ == "__main__":
    arrange()
    from bot.__main__ import main

    sys.exit(main(["slack"]))
