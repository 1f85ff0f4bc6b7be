"""A paper that a command makes: in which form, put into a file or shown; a PDF needs a file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from intake.source import printable

NO_PLACE = 3


def add_form(parser: argparse.ArgumentParser, forms: Sequence[str]) -> None:
    parser.add_argument("--format", choices=forms, default="text")
    parser.add_argument("--out", metavar="FILE", help="write it to a file; a PDF needs one")


def has_place(args: argparse.Namespace) -> bool:
    if args.format != "pdf" or args.out:
        return True
    print("A PDF needs a place: add --out FILE.pdf", file=sys.stderr)
    return False


def give(args: argparse.Namespace, content: bytes) -> int:
    """Where it was asked for."""
    return _put(Path(args.out), content) if args.out else _show(content, args.format)


def draw(path: str, svg: str) -> bool:
    """A picture into a file; False where that cannot be."""
    try:
        Path(path).write_text(svg, encoding="utf-8")
    except OSError as error:
        print(f"The picture could not be written: {printable(str(error))}", file=sys.stderr)
        return False
    return True


def _show(content: bytes, form: str) -> int:
    text = content.decode()
    print(text if form != "text" else "\n".join(map(printable, text.splitlines())))
    return 0


def _put(path: Path, content: bytes) -> int:
    try:
        path.write_bytes(content)
    except OSError as error:
        print(f"It could not be written: {printable(str(error))}", file=sys.stderr)
        return NO_PLACE
    print(f"{printable(str(path))}: sha256 {sha256(content).hexdigest()}")
    return 0
