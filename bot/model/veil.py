"""Secrets and personal data are taken out of a text before it leaves; a name in brackets stands where each was.

Patterns of our own: the libraries for this look for keys in source code and hold their settings for a whole process
(detect-secrets, whose last release is of 2024), or bring a model of language of hundreds of megabytes (presidio).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable

PARTS = (
    ("key", r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"),
    ("key", r"\b(?:sk|pk|rk)[-_](?:live|test|proj|ant|or)?[-_]?[A-Za-z0-9_-]{16,}"),
    ("key", r"\b(?:gh[pousr]_|github_pat_|glpat-|npm_|hf_|shpat_|dop_v1_|xapp-|xox[a-z]-|SG\.|AIza|ya29\.)[\w.-]{10,}"),
    ("key", r"\b(?:AKIA|ASIA|AGPA|AROA)[A-Z0-9]{16}\b"),
    ("key", r"\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?"),
    ("key", r"(?i)\b(?:bearer|basic)\s+[a-z0-9+/=._-]{12,}"),
    ("key", r"(?i)(?<=://)[^\s/:@]{1,64}:[^\s/@]{1,128}(?=@)"),
    ("key", r"(?i)\b(?:pass(?:word|wd|phrase)?|pwd|pin|secret|token|api[ _-]?key|access[ _-]?key|client[ _-]?secret)"
            r"\s*(?:is|=|:)\s*[\"']?[^\s\"',;]{4,}"),
    ("e-mail", r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"),
    ("person", r"<@[UW][A-Z0-9]+(?:\|[^>]{0,100})?>"),
    ("number", r"\b\d{3}-\d{2}-\d{4}\b"),
    ("address", r"\b(?:\d{1,3}\.){3}\d{1,3}\b"),
)  # fmt: skip
ACCOUNT = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
DIGITS = re.compile(r"(?<![\w.])(?<!AI[UI]-)\+?\(?\d(?:[ ()/.-]{0,2}\d){6,18}(?!\w)")
TOKEN = re.compile(r"(?<![\w/+=-])[A-Za-z0-9+/=_-]{24,}(?![\w/+=-])")
DENSE = 3.6
"""Bits a sign, from which on a long run of letters and digits is no word of any language."""
DAY = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}/\d{1,2}/\d{4}|(?:19|20)\d{2} ?- ?(?:19|20)\d{2}"
)
SPLIT = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_PARTS = tuple((name, re.compile(pattern, re.DOTALL)) for name, pattern in PARTS)


def veiled(text: str, names: Iterable[str] = ()) -> str:
    """`names`: of people, as they are known here. What is invisible cannot hide a secret from the patterns."""
    text = SPLIT.sub("", text)
    for name, pattern in _PARTS:
        text = pattern.sub(f"[{name}]", text)
    text = ACCOUNT.sub(_where("account", _is_account), text)
    text = DIGITS.sub(_where("number", _is_number), text)
    text = TOKEN.sub(_where("key", _is_dense), text)
    known = sorted({each.strip() for each in names if len(each.strip()) > 2}, key=len, reverse=True)
    if known:
        text = re.sub(rf"(?i)(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)", "[person]", text)
    return text


def _where(name: str, holds: Callable[[str], bool]) -> Callable[[re.Match[str]], str]:
    return lambda match: f"[{name}]" if holds(match[0]) else match[0]


def _is_account(found: str) -> bool:
    """By the check digits of an IBAN."""
    plain = found.replace(" ", "")
    turned = plain[4:] + plain[:4]
    return 15 <= len(plain) <= 34 and int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def _is_number(found: str) -> bool:
    """A telephone, a card, an insurance number; no day, and no amount with its thousands."""
    return not DAY.fullmatch(found) and not re.fullmatch(r"\d{1,3}(?:[., ]\d{3})+", found)


def _is_dense(found: str) -> bool:
    kinds = (any(map(str.isdigit, found)), any(map(str.isupper, found)), any(map(str.islower, found)))
    counts = Counter(found).values()
    bits = -sum(n / len(found) * math.log2(n / len(found)) for n in counts)
    return sum(kinds) > 1 and kinds[0] and bits >= DENSE
