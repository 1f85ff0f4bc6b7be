"""What the driver and the processes share: the moment, whether a process is at work, and a bell."""

from __future__ import annotations

import mmap
import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.sandbox.clock import Clock

MOMENT = struct.Struct("d")
PARTS = 2
"""Of each process: sender and reception."""


class Board:
    """A file in memory: the moment, then one byte for each part of each process that is at work."""

    def __init__(self, path: Path, processes: int) -> None:
        size = MOMENT.size + processes * PARTS
        if not path.exists():
            path.write_bytes(bytes(size))
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), size)

    def moment(self) -> float:
        return float(MOMENT.unpack_from(self._memory)[0])

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.moment(), UTC)

    def set_moment(self, moment: float) -> None:
        MOMENT.pack_into(self._memory, 0, moment)

    def set_busy(self, process: int, part: int, busy: bool) -> None:
        self._memory[MOMENT.size + process * PARTS + part] = busy

    def is_busy(self, process: int) -> bool:
        at = MOMENT.size + process * PARTS
        return any(self._memory[at : at + PARTS])

    def close(self) -> None:
        self._memory.close()

    def forget(self, process: int) -> None:
        for part in range(PARTS):
            self.set_busy(process, part, False)


class SharedClock(Clock):
    """The workspace's clock, which the processes read as theirs."""

    def __init__(self, start: float, board: Board) -> None:
        super().__init__(start)
        self._board = board
        board.set_moment(start)

    def move(self, seconds: float) -> None:
        self._board.set_moment(self.now() + seconds)
        super().move(seconds)


class Ear:
    """Hears what is called to it, each in a thread of its own making; `path` is its address."""

    def __init__(self, path: Path, hear: Callable[[str], Any]) -> None:
        path.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))
        self._hear, self._path = hear, path
        self._thread = threading.Thread(target=self._listen, name="ear", daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while word := self._socket.recv(200).decode():
            self._hear(word)

    def close(self) -> None:
        mouth = Mouth()
        mouth.call(self._path, "")
        mouth.close()
        self._thread.join()
        self._socket.close()


class Mouth:
    """Calls to an ear; nobody need be there to hear it."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)

    def call(self, path: Path, word: str) -> None:
        with suppress(OSError):
            self._socket.sendto(word.encode(), str(path))

    def close(self) -> None:
        self._socket.close()
