"""What YAML silently turns into something else (NO, 1.10, a day), told apart from what it keeps."""

import re

import yaml

Scalar = str | int | float | bool | None
_TAG = "tag:yaml.org,2002:"
_ABYSS = 1_000
"""Levels from which on a file is not even composed; far above what is read, so that brackets in texts do not matter."""
_BRACKET = re.compile(r"[\[\]{}]")
_LADDER = re.compile(rf"(?m)^(?: {{{_ABYSS},}}|(?:[-?:] +){{{_ABYSS},}})")


def to_scalar(node: yaml.Node) -> tuple[Scalar, str | None]:
    """The value of a scalar; or its text and what YAML would have made of it."""
    raw = str(node.value)
    match node.tag.removeprefix(_TAG):
        case "str":
            return raw, None
        case "null":
            return None, None
        case "bool" if raw in ("true", "false"):
            return raw == "true", None
        case "int" if raw.lstrip("+-").isdecimal() and str(int(raw)) == raw:
            return int(raw), None
        case "float" if _survives(raw):
            return float(raw), None
    return raw, _made_of(node)


def name_trap(node: yaml.Node) -> str | None:
    """What YAML would make of the name of a field, if not a text."""
    plain = isinstance(node, yaml.ScalarNode) and node.tag == f"{_TAG}str"
    return None if plain else _made_of(node)


def _survives(raw: str) -> bool:
    try:
        return str(float(raw)) == raw
    except ValueError:
        return False


def _made_of(node: yaml.Node) -> str:
    words = {
        "bool": "true or false",
        "int": "a number in a form that changes it",
        "float": "a number, which drops a final zero",
        "timestamp": "a day",
        "null": "nothing",
        "merge": "a merge of other fields",
    }
    return words.get(node.tag.removeprefix(_TAG), "something this file may not hold")


def is_abyss(text: str) -> bool:
    """Whether it is nested so deep that composing it could end the process: the parser there knows no limit."""
    depth = 0
    for bracket in _BRACKET.findall(text):
        depth += 1 if bracket in "[{" else -1
        if depth > _ABYSS:
            return True
    return _LADDER.search(text) is not None
