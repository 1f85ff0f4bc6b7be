"""Wishes about who reads a use: keep it among its readers, open it again, name a reader or take the name back."""

from __future__ import annotations

from typing import Literal

from triage.wish import OnCase


class Confide(OnCase):
    """Only its readers see it from now on; while an opening waits, that it stays so."""

    do: Literal["confide"] = "confide"


class OpenUp(OnCase):
    """One of two who open it again; `opening` is what the first said, as the second was shown it."""

    do: Literal["open_up"] = "open_up"
    opening: str = ""


class NameReader(OnCase):
    do: Literal["name_reader"] = "name_reader"
    person: str


class DropReader(OnCase):
    do: Literal["drop_reader"] = "drop_reader"
    person: str
