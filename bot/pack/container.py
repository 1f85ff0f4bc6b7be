"""Writes the ZIP of a pack, member by member, and its manifest; one that is not whole goes away."""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from bot.pack import chain, strict, verify
from bot.pack.strict import AT_ONCE, Member

PARTIAL = ".partial"


class Container:
    """`members` says of each what it holds, as the manifest tells it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._at = stream, 0
        self._written: list[Member] = []
        self.members: dict[str, tuple[str, int]] = {}

    def put(self, name: str, body: bytes) -> None:
        self._add(name, len(body), zlib.crc32(body), hashlib.sha256(body).hexdigest(), (body,))

    def put_file(self, name: str, path: Path) -> None:
        """Read twice, since its checksum stands before it."""
        crc, sha, size = 0, hashlib.sha256(), 0
        for part in _parts(path):
            crc, size = zlib.crc32(part, crc), size + len(part)
            sha.update(part)
        self._add(name, size, crc, sha.hexdigest(), _parts(path))

    def _add(self, name: str, size: int, crc: int, sha: str, parts: Iterable[bytes]) -> None:
        if name in self.members or not strict.NAME.fullmatch(name):
            raise ValueError(f"{name!r} cannot be the name of one more file of a pack")
        member = Member(name, size, crc, self._at)
        head = strict.header(member)
        self._stream.write(head)
        for part in parts:
            self._stream.write(part)
        self._at += len(head) + size
        self._written.append(member)
        self.members[name] = sha, size

    def seal(self, told: dict[str, Any], room: Path) -> tuple[str, str]:
        """Puts the manifest behind all others and closes the ZIP; returns the seal, and the digest of the contents.

        `room`: a folder in which the manifest is written first, since it names every member and so may be long.
        """
        contents, sha = verify.contents(self.members), hashlib.sha256()
        path = room / chain.MANIFEST
        with path.open("wb") as file:
            for part in self._manifest({**told, "contents": contents}):
                file.write(part)
                sha.update(part)
            file.write(f',\n "seal": "{sha.hexdigest()}"\n}}\n'.encode())
        self.put_file(chain.MANIFEST, path)
        start = self._at
        for member in self._written:
            self._at += self._stream.write(strict.listed(member))
        self._stream.write(strict.ending(len(self._written), self._at - start, start))
        return sha.hexdigest(), contents

    def _manifest(self, told: dict[str, Any]) -> Iterator[bytes]:
        """As JSON with its names in order, up to the seal, member by member: all at once it would fill the memory."""
        text = json.dumps({**told, "members": {}}, indent=1, sort_keys=True).removesuffix("\n}")
        before, empty, after = text.partition('\n "members": {}')
        yield (before + empty[:-1]).encode("ascii")
        between = "\n"
        for each in sorted(self._written):
            sha, size = self.members[each.name]
            said = json.dumps({"bytes": size, "crc32": each.crc, "sha256": sha}, indent=1).replace(
                "\n", "\n  "
            )
            yield f'{between}  "{each.name}": {said}'.encode("ascii")
            between = ",\n"
        yield (("\n }" if self._written else "}") + after).encode("ascii")


def _parts(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while part := file.read(AT_ONCE):
            yield part


@contextmanager
def growing(path: Path) -> Iterator[Container]:
    """The ZIP at this path once it is whole; readable by its owner only, as it holds what people said."""
    partial = path.with_name(path.name + PARTIAL)
    partial.unlink(missing_ok=True)
    try:
        with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            yield Container(stream)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
