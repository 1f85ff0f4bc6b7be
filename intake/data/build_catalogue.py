"""Makes catalogue.jsonl from the published lists of AI tools and our additions.

    python build_catalogue.py --domains LIST.csv --registry TOOLS.json > catalogue.jsonl

Run by hand when a list or additions.yaml changes; nothing in the product imports it. The lists: NOTICE.md.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from publicsuffixlist import PublicSuffixList

Entry = dict[str, Any]
Row = dict[str, str]

ADDITIONS = Path(__file__).with_name("additions.yaml")
# Other names in the lists that describe an address instead of naming a tool.
NOT_A_NAME = re.compile(
    r"endpoint|website|interface|domain|blocking|widely used|proxy| - |^AI .*(tool|app)s?$|^CLAUDE\.md",
    re.I,
)
IDS = ("bundle_ids", "exe_names", "extension_ids")
"""By what inventories of programs and of browser extensions tell a tool, besides its name."""
LISTED_BY = re.compile(r"\s+by\s+(copilot\.us|deepcode)$", re.I)


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")


def registrable(domain: str, suffixes: PublicSuffixList) -> str:
    return suffixes.privatesuffix(domain) or domain


def by_hand(additions: Entry) -> dict[str, Entry]:
    """The hand-made entries by id, with shared words and shared domains spread over them."""
    tools = {}
    for tool in additions["tools"]:
        tools[tool["id"]] = {
            "id": tool["id"],
            "name": tool["name"],
            "vendor": tool["vendor"],
            "aliases": list(tool["aliases"]),
            "domains": list(tool["domains"]),
            "category": tool["category"],
            "general_product": bool(tool.get("general", False)),
            "curated": True,
        }
    for field, shared in (("aliases", additions["ambiguous"]), ("domains", additions["shared"])):
        for value, ids in shared.items():
            for tool_id in ids:
                if value not in tools[tool_id][field] and value != tools[tool_id]["name"]:
                    tools[tool_id][field].append(value)
    return tools


def home_of(row: Row, additions: Entry, claimed: dict[str, str], suffixes: PublicSuffixList) -> str | None:
    """The id of the hand-made entry to which this row belongs."""
    domain = row["domain"]
    if domain in claimed:
        return claimed[domain]
    if not row["tool"] and row["vendor"] in additions["groups"]:
        return str(additions["groups"][row["vendor"]])
    host = domain
    while host.count(".") > 1:
        host = host.split(".", 1)[1]
        if host in claimed and suffixes.privatesuffix(host):
            return claimed[host]
    return None


def from_row(row: Row, additions: Entry, categories: dict[str, str], suffixes: PublicSuffixList) -> Entry:
    domain = row["domain"]
    name = additions["names"].get(domain) or LISTED_BY.sub("", row["tool"]) or registrable(domain, suffixes)
    others = [other.strip() for other in row["other_names"].split(";")]
    if not row["tool"] and name == domain and len(domain.split(".")[0]) > 4:
        others.append(domain.split(".")[0])
    return {
        "id": slug(name),
        "name": name,
        "vendor": row["vendor"] if row["tool"] else "",
        "aliases": [other for other in others if other and not NOT_A_NAME.search(other) and len(other) < 32],
        "domains": [domain],
        "category": categories.get(row["category"], "other"),
        "general_product": row["general_product_with_ai"] == "yes",
        "curated": row["curated"] == "yes",
    }


def ids_of(known: Entry) -> Iterator[str]:
    """In small letters; those of extensions stand by the browser or editor that they are for."""
    for kind in IDS:
        given = known.get(kind, [])
        for each in itertools.chain(*given.values()) if isinstance(given, dict) else given:
            yield each.casefold()


def merge(into: Entry, other: Entry) -> None:
    into["domains"] += [domain for domain in other["domains"] if domain not in into["domains"]]
    into["aliases"] += [alias for alias in other["aliases"] if alias not in into["aliases"]]
    into["vendor"] = into["vendor"] or other["vendor"]
    into["curated"] = into["curated"] or other["curated"]
    into["general_product"] = into["general_product"] or other["general_product"]


def tidy(entry: Entry) -> Entry:
    seen = {entry["name"].casefold()}
    aliases = []
    for alias in entry["aliases"]:
        if alias.casefold() not in seen:
            seen.add(alias.casefold())
            aliases.append(alias)
    return entry | {"aliases": aliases, "domains": list(dict.fromkeys(entry["domains"]))}


def build(rows: list[Row], registry: list[Entry], additions: Entry) -> list[Entry]:
    """One entry per tool, sorted by id."""
    suffixes = PublicSuffixList()
    tools = by_hand(additions)
    claimed = {domain: tool["id"] for tool in reversed(additions["tools"]) for domain in tool["domains"]}
    categories = {heading: ours for ours, headings in additions["categories"].items() for heading in headings}
    for known in registry:
        tool = tools.setdefault(
            known["id"], {"id": known["id"], "name": known["name"], "aliases": [], "domains": []}
        )
        tool["domains"] += [
            domain for domain in known.get("domains", []) if claimed.get(domain, known["id"]) == known["id"]
        ]
        if ids := sorted(set(ids_of(known))):
            tool["ids"] = ids
    for row in rows:
        if row["domain"] in additions["drop"]:
            continue
        home = home_of(row, additions, claimed, suffixes)
        if home:
            tools[home]["domains"].append(row["domain"])
            continue
        entry = from_row(row, additions, categories, suffixes)
        if entry["id"] in tools:
            merge(tools[entry["id"]], entry)
        else:
            tools[entry["id"]] = entry
    return [tidy(tools[tool_id]) for tool_id in sorted(tools)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--domains", type=Path, required=True, help="the list of domains, CSV")
    parser.add_argument(
        "--registry", type=Path, required=True, help="the list of tools with application ids, JSON"
    )
    given = parser.parse_args()
    with given.domains.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    registry = json.loads(given.registry.read_text(encoding="utf-8"))["tools"]
    additions = yaml.safe_load(ADDITIONS.read_text(encoding="utf-8"))
    for entry in build(rows, registry, additions):
        sys.stdout.write(json.dumps(entry, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
