"""Secrets and personal data are taken out of a text before it leaves; a name in brackets stands where each was.

Patterns of our own: the libraries for this look for keys in source code and hold their settings for a whole process
(detect-secrets, whose last release is of 2024), or bring a model of language of hundreds of megabytes (presidio).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable
from ipaddress import IPv6Address
from unicodedata import normalize

from bot.model.colleagues import Colleagues, colleagues

LONG = (
    r"pass(?:word|wort|wd|phrase|code)|passwörter|kennw(?:ort|örter)|mots? de passe|contrase[ñn]a|wachtwoord|lösenord|"
    r"hasło|пароль"
)
"""Also at the end of a longer word."""
SHORT = (
    r"pwd?|pin|tan|mdp|senha|clave|token|credentials?|log-?ins?|zugangsdaten|anmeldedaten|identifiants?|"
    r"(?:api|access|client|zugangs|zugriffs)[ _-]?(?:key|secret|code|token|schlüssel)"
)
CALLED = rf"(?:(?:{LONG})s?|(?<![^\W_])(?:{SHORT}))"
"""What a password is called, so that even the next word may be one."""
LABEL = rf"(?:{CALLED}|secrets?|geheimnis|(?<![^\W_])pass)"
"""The same, and what is one only where a sign says so."""
IS = r"(?:(?:is|ist|est|es|lautet)\b\s{0,3}:?|[=:])\s{0,3}"
QUOTES = r"[\"'“”„`*]{0,2}"
VALUE = r"[\"'„“`]?[^\s\"',;„“`]{4,128}"
DIGIT, LETTER = r"(?=\S{0,40}\d)", r"(?=\S{0,40}[^\W\d_])"
PARTS = (
    ("key", r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----.*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|\Z)"),
    ("key", r"\b(?:sk|pk|rk)[-_](?:live|test|proj|ant|or)?[-_]?[A-Za-z0-9_-]{16,}"),
    ("key", r"\b(?:gh[pousr]_|github_pat_|glpat-|npm_|hf_|shpat_|dop_v1_|xapp-|xox[a-z]-|SG\.|AIza|ya29\.)[\w.-]{10,}"),
    ("key", r"\b(?:AKIA|ASIA|AGPA|AROA)[A-Z0-9]{16}\b"),
    ("key", r"\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?"),
    ("key", r"(?i)\b(?:bearer|basic)\s+[a-z0-9+/=._-]{12,}"),
    ("key", r"(?i)(?<=://)[^\s/:@]{1,64}:[^\s/@]{1,128}(?=@)"),
    ("key", rf"(?i){LABEL}{QUOTES}\s{{0,3}}{IS}{VALUE}"),
    ("key", rf"(?i){LABEL}(?:[ \t]\w{{1,20}}){{1,4}}\s{{0,3}}{IS}{DIGIT}{VALUE}"),
    ("key", rf"(?i){CALLED}{QUOTES}\s{{1,3}}{DIGIT}{LETTER}{VALUE}"),
    ("key", r"(?i)(?<!\w)(?:pin|passwor[dt]|kennwort)\s{1,3}\d{4,12}(?!\w)"),
    ("e-mail", r"[\w.+'-]{1,64}(?:@|\s?[(\[]\s?(?:at|ät)\s?[)\]]\s?)[\w-]{1,63}(?:\.[\w-]{1,63})*"),
    ("person", r"<@[UW][A-Z0-9]+(?:\|[^>]{0,100})?>"),
    ("number", r"\b\d{3}-\d{2}-\d{4}\b"),
    ("address", r"\b(?:\d{1,3}\.){3}\d{1,3}\b"),
    ("address", r"(?i)(?<![\w:-])[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2}){4}(?![\w:-])"),
    ("address", r"(?i)(?<![\w.])[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?![\w.])"),
)  # fmt: skip
SIX = re.compile(
    r"(?i)(?<![\w:])(?:[0-9a-f]{0,4}:){2,8}(?:[0-9a-f]{1,4}|(?:\d{1,3}\.){3}\d{1,3})?(?:%\w{1,20})?"
)
ACCOUNT = re.compile(r"(?i)\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?\b")
DIGITS = re.compile(r"(?<![\w.])(?<!AI[UI]-)\+?\(?\d(?:[ ()/.-]{0,2}\d){6,18}(?!\w)")
TOKEN = re.compile(r"(?<![\w/+=-])[A-Za-z0-9+/=_-]{24,}(?![\w/+=-])")
DENSE = 3.6
"""Bits a sign, from which on a long run of letters and digits is no word of any language."""
DAY = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}/\d{1,2}/\d{4}|(?:19|20)\d{2} ?- ?(?:19|20)\d{2}"
)
SPLIT = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_PARTS = tuple((name, re.compile(pattern, re.DOTALL)) for name, pattern in PARTS)


def veiled(text: str, names: Iterable[str] | Colleagues = ()) -> str:
    """`names`: of people, as they are known here. What is invisible cannot hide a secret from the patterns."""
    known = names if isinstance(names, Colleagues) else colleagues(frozenset(names))
    text = SPLIT.sub("", normalize("NFC", text))
    for name, pattern in _PARTS:
        text = pattern.sub(f"[{name}]", text)
    text = SIX.sub(_where("address", _is_address), text)
    text = ACCOUNT.sub(_account, text)
    text = DIGITS.sub(_where("number", _is_number), text)
    text = TOKEN.sub(_where("key", _is_dense), text)
    return known.hidden(text)


def _where(name: str, holds: Callable[[str], bool]) -> Callable[[re.Match[str]], str]:
    return lambda match: f"[{name}]" if holds(match[0]) else match[0]


def _is_address(found: str) -> bool:
    """Of the sixth version; a time of day, or two colons in a program, is none."""
    plain = found.partition("%")[0]
    try:
        return bool(IPv6Address(plain if plain.endswith("::") else plain.rstrip(":"))) and len(plain) > 3
    except ValueError:
        return False


def _account(match: re.Match[str]) -> str:
    """The longest beginning that is one: the next word may look as if it belonged to it."""
    found = match[0]
    ends = [at for at in range(len(found), 0, -1) if at == len(found) or found[at] in " -"]
    at = next((at for at in ends if _is_account(found[:at])), 0)
    return f"[account]{found[at:]}" if at else found


def _is_account(found: str) -> bool:
    """By the check digits of an IBAN."""
    plain = found.replace(" ", "").replace("-", "")
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
