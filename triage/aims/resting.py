"""On what each clause and control rests, as a table for the documents."""

from __future__ import annotations

from collections.abc import Iterator

from triage.aims.evidence import Plan, Rests, Source
from triage.aims.kinds import kinds
from triage.aims.standard import standard

WHO = {
    "people": "people",
    "anyone": "people, also at the command line or without a name",
    "owner": "whoever owns the use: partly there until an audit was held after it",
    "machine": "Steward alone",
}


def page(known: Plan) -> str:
    """The points first, then what each source counts; in Markdown."""
    lines = [
        "| Point | In place while there is | Also shown by | Said by | Period |",
        "|---|---|---|---|---|",
    ]
    lines += [_point(known, each) for each in known.rests.values()]
    lines += ["", "| Source | What it counts | By |", "|---|---|---|"]
    lines += [
        f"| {each.title} | {', '.join(_counted(each))} | {WHO[each.by]} |" for each in known.sources.values()
    ]
    return "\n".join(lines) + "\n"


def _point(known: Plan, each: Rests) -> str:
    people = [name for name in each.shows if known.sources[name].by != "machine"]
    need = [known.sources[name].title for name in each.needs]
    if not need and people:
        need = ["one of those beside"]
    need += ["an entry that says it"] if each.document else []
    need += [f"no {name} past its day" for name in each.on_time]
    beside = [known.sources[name].title for name in each.shows if name not in each.needs]
    said = [kind.id for kind in kinds().values() if each.point in kind.points and kind.id not in known.plans]
    cells = (
        f"{each.point} {standard()[each.point].title}",
        "; ".join(need) if people else "nothing: it is for the organisation",
        "; ".join(beside),
        ", ".join(said),
        f"{each.months} months",
    )
    return f"| {' | '.join(cells)} |"


def _counted(source: Source) -> Iterator[str]:
    for each in source.lines:
        asked = [f"{name} {' or '.join(values)}" for name, values in each.detail.items()]
        asked += [f"{name} at least {number}" for name, number in each.least.items()]
        yield f"`{each.what}`" + (f" ({', '.join(asked)})" if asked else "")
    if source.acts:
        yield f"{' or '.join(source.acts.acts)} on {' or '.join(source.acts.kinds)}"
    if source.approved:
        again = "a later version of" if source.approved.again else "a yes to"
        yield f"{again} {' or '.join(source.approved.kinds)}" + (
            f" as {source.approved.by}" if source.approved.by else ""
        )
    if source.sent:
        yield f"what was sent as `{source.sent}`"
