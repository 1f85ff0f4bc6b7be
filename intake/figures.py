"""Numbers as people write them, kept in one way: what could be meant as two numbers is none."""

from __future__ import annotations

import re
from decimal import Decimal

_KEPT = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?")
_FIGURE = re.compile(r"([+\-−]?)([0-9]{1,12})(?:([.,])([0-9]{1,6}))?")


def to_figure(text: str) -> str | None:
    """As a number is kept: the same for 5, 5.0 and +5,0. None for what is none, or could be meant as two numbers."""
    found = _FIGURE.fullmatch(text.strip())
    return _kept(found) if found else None


def to_limit(text: str) -> tuple[str, str] | None:
    """A number and the unit behind it, as in “5 %”; None as for `to_figure`."""
    found = _FIGURE.match(text.strip())
    if found is None or (figure := _kept(found)) is None:
        return None
    unit = text.strip()[found.end() :].strip()
    return None if unit[:1] in tuple("0123456789.,") and unit else (figure, unit)


def is_figure(text: str) -> bool:
    """Whether it is written as a number is kept."""
    return _KEPT.fullmatch(text) is not None and f"{Decimal(text).normalize():f}" == text


def _kept(found: re.Match[str]) -> str | None:
    sign, whole, separator, part = found.groups()
    # “1,250” is a thousand and more to one reader, and little more than one to the next.
    if separator and len(part) == 3 and whole.lstrip("0") and len(whole) <= 3:
        return None
    value = Decimal(f"{whole}.{part or 0}").normalize()
    return f"{-value if sign in ('-', '−') and value else value:f}"
