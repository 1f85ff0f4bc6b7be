"""`steward identify`: domains, one a line, and what is known of each as JSON lines; nothing is kept."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from functools import cache
from itertools import islice

from bot.cli.import_ import opened, progress
from bot.library import library
from bot.settings import Settings
from intake.hosts import Home, Hosts

AT_ONCE = 5_000
"""Lines that are written together, so that whoever reads along does not wait for the end."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", default="-", help="one domain a line; - or nothing: standard input"
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    hosts = Hosts(library().catalogue.tools)
    try:
        with opened(args.file) as stream, progress(stream, "identify") as bar:
            identify(stream, hosts, sys.stdout.write, bar.update)
    except OSError as error:
        print(f"{args.file} cannot be read: {error.strerror or error}.", file=sys.stderr)
        return 2
    return 0


def identify(
    lines: Iterable[bytes],
    hosts: Hosts,
    write: Callable[[str], object],
    went_on: Callable[[int], object] = lambda size: None,
) -> None:
    """One answer for each line that says anything, in their order; what is no domain is as unknown as any other."""
    source = iter(lines)
    while batch := list(islice(source, AT_ONCE)):
        written = (line.decode("utf-8", "replace").strip("\ufeff \t\r\n") for line in batch)
        write("".join(_answer(domain, hosts) for domain in written if domain))
        went_on(sum(map(len, batch)))


def _answer(domain: str, hosts: Hosts) -> str:
    home = hosts.at(domain)
    return '{"domain": ' + json.dumps(domain) + _told(home)


@cache
def _told(home: Home | None) -> str:
    """All that follows the domain, made once for each tool."""
    tool = home.tool if home else None
    said = {
        "tool": tool and tool.name,
        "vendor": (tool and tool.vendor) or None,
        "category": tool and tool.category,
        "known": tool is not None,
        "general_product": home is not None and home.general,
    }
    return ", " + json.dumps(said)[1:] + "\n"
