"""An incident step by step, for its page: what was said and done, by whom, when, and in which words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.pack.sections import Cell
from bot.pack.using import Named, known, moment, who
from bot.words import Words
from triage.incidents.incident import CHANGED, Action, Incident, Step
from triage.incidents.severity import legal, severity_of

Row = tuple[str | Cell, ...]
CHOSEN = {"contain": ("how",), "cause": ("kinds",), "noted_told": ("whom",), "check_action": ("found",)}
"""What was picked in a step, and under which words its choices stand."""
CHOICES = {"how": "how", "kinds": "cause", "whom": "whom", "found": "found", "kind": "kind"}
CLASSES = ("serious", "breach")


def in_short(incident: Incident, use: str | Cell, words: Words, people: Named) -> Iterator[Row]:
    """How severe it is and why, what it is by law, since when somebody knew, and how it ended."""
    say, now, severity = words.label, incident.now, severity_of(incident)
    low, high = (known(words, "incident.severity", each) for each in (severity.floor, severity.ceiling))
    yield say("pack.incident.kind"), known(words, "incident.kind", now.kind.value)
    yield say("pack.incident.state"), known(words, "incident.status", now.status.value)
    level = low if severity.settled else say("dossier.between", low=low, high=high)
    yield say("pack.incident.severity"), level
    for rule in severity.because:
        yield say("pack.incident.because"), f"{known(words, 'incident.because', rule)} ({rule})"
    for name in CLASSES:
        yield known(words, "incident.class", name), _by_law(incident, name, words, people)
    if use:
        yield say("pack.incident.use"), use
    if now.aware_at is not None:
        yield say("pack.incident.aware"), moment(now.aware_at.isoformat())
    if now.occurred:
        yield say("pack.incident.occurred"), now.occurred


def _by_law(incident: Incident, which: str, words: Words, people: Named) -> str:
    """With whoever decided it, and why; rules alone say no more than that it is possible, or cannot be."""
    found, made = legal(incident, which), incident.now.classified.get(which)
    said = known(words, "incident.class_is", found.value)
    if made is None:
        return f"{said}, {words.label('pack.incident.by_rules')}"
    role = known(words, "role_name", found.role)
    told = f"{said}, {who(people, made.by)} ({role}), {moment(made.at.isoformat())}"
    return f"{told}: {made.reason}" if made.reason else told


def steps(incident: Incident, words: Words, people: Named) -> Iterator[Row]:
    """All of them, in order."""
    actions = {each.id: each for each in incident.now.actions}
    for step in incident.steps:
        by = who(people, step.by) or words.label("incident.somebody")
        role = known(words, "role_name", step.role) if step.role else ""
        what = "; ".join(filter(None, (_kind(step, words), *_detail(step, actions, words, people))))
        yield moment(step.at.isoformat()), what, f"{by} ({role})" if role else by, _words(step, words)


def _kind(step: Step, words: Words) -> str:
    relay = step.detail.get("relay")
    if relay:
        return known(words, "incident.relay", relay)
    return (
        words.label("incident.step.answered") if step.is_answer else known(words, "incident.step", step.kind)
    )


def _detail(step: Step, actions: Mapping[str, Action], words: Words, people: Named) -> Iterator[str]:
    """What a step says in short values, in words."""
    say, detail = words.label, step.detail
    for name in CHOSEN.get(step.kind, ()):
        if picked := ", ".join(
            known(words, f"incident.{CHOICES[name]}", each) for each in _many(detail, name)
        ):
            yield picked
    if step.kind == "classify":
        named = known(words, "incident.class", detail.get("what"))
        yield f"{named}: {known(words, 'incident.class_is', detail.get('value'))}"
    if step.kind == "settle_clock":
        named = known(words, "clock", detail.get("clock"))
        yield f"{named}: {known(words, 'incident.settled', detail.get('outcome'))}"
    if step.kind == "add_action":
        facts = {"who": who(people, detail.get("owner")), "due": str(detail.get("due", ""))}
        yield say("pack.incident.action", **facts)
    if (action := actions.get(str(detail.get("action", "")))) is not None:
        yield f"“{action.words}”"
    if step.kind == "close" and detail.get("severity"):
        yield say("pack.incident.closed_as", severity=known(words, "incident.severity", detail["severity"]))
    for name in ("when", "aware_at"):
        if moment_told := str(detail.get(name, "")):
            yield say(f"pack.incident.{name}", moment=moment(moment_told))


def _answers(step: Step, words: Words) -> Iterator[str]:
    """Each question with what was ticked."""
    for name in sorted(step.detail):  # databases keep names in orders of their own
        question = name.partition(CHANGED)[2] if name.startswith(f"answer{CHANGED}") else ""
        if question:
            said = (known(words, f"incident.choice.{question}", each) for each in _many(step.detail, name))
            yield f"{known(words, 'incident.ask', question)} {', '.join(said)}"
    if open_ones := _many(step.detail, "unsure"):
        asked = " ".join(known(words, "incident.ask", each) for each in open_ones)
        yield words.label("pack.incident.unsure", questions=asked)


def _words(step: Step, words: Words) -> str:
    """As they were written, with what was answered; what is no sentence of its own is named."""
    named = ("success", "version", "message", "link")
    plain = [text for name, text in sorted(step.texts.items()) if name not in named and text]
    plain += _answers(step, words)
    more = [
        f"{words.label(f'pack.incident.text.{name}')}: {step.texts[name]}"
        for name in named
        if step.texts.get(name)
    ]
    return " · ".join((*plain, *more))


def _many(detail: Mapping[str, object], name: str) -> tuple[str, ...]:
    held = detail.get(name, ())
    return tuple(map(str, held)) if isinstance(held, tuple | list) else (str(held),)
