"""What stands in a row of the statement of applicability, in words: plain, for whoever writes it out to make safe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.words import Words
from intake.value import Value
from triage.aims.applied import Applied, Moved, Proposal, Statement, Why
from triage.aims.reasons import spoke
from triage.aims.standard import groups

NOBODY = "–"


class Named(Value):
    """Who is who, and which references of uses may be named to whoever reads it."""

    people: Mapping[str, str] = {}
    uses: frozenset[str] = frozenset()

    def person(self, id: str | None) -> str:
        return self.people.get(id, id) if id else NOBODY


class Row(Value):
    """One control, each cell as a person reads it."""

    control: str
    title: str
    group: str
    applies: str
    because: str
    left_out: str = ""
    how: str = ""
    owner: str = ""
    state: str = ""
    evidence: tuple[str, ...] = ()
    suggests: str = ""
    whys: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    decided: str = ""
    undecided: bool = False
    own: bool = False
    changed: bool = False


def row(words: Words, applied: Applied, named: Named) -> Row:
    found, proposal = applied.decided, applied.proposal
    title = words.label("soa.own") if applied.own else groups().get(applied.group, "")
    return Row(
        control=applied.control,
        title=applied.title,
        group=title,
        applies=words.label(f"soa.applies.{applied.applies or 'undecided'}"),
        because=found.because if found else "",
        left_out=left_out(words, applied, named),
        how=found.how if found else "",
        owner=named.person(found.owner) if found and found.owner else "",
        state=words.label(f"soa.state.{found.state}") if found and found.state else "",
        evidence=tuple(evidence(words, applied)),
        suggests=words.label(f"soa.proposes.{proposal.applies or 'unsure'}") if proposal else "",
        whys=tuple(speaks(words, proposal)) if proposal else (),
        moved=tuple(has_moved(words, each) for each in applied.moved),
        decided=decided(words, applied, named),
        undecided=found is None,
        own=applied.own,
        changed=applied.changed,
    )


def decided(words: Words, applied: Applied, named: Named) -> str:
    """By whom, in which role, on which day."""
    found = applied.decided
    if found is None:
        return ""
    role = words.label(f"role_name.{found.role}") if words.has(f"role_name.{found.role}") else found.role
    return words.label("soa.by", who=named.person(found.by), role=role, day=_day(words, found.at))


def left_out(words: Words, applied: Applied, named: Named) -> str:
    """The uses for which it does not apply; those that may not be named are counted."""
    refs = applied.decided.left_out if applied.decided else ()
    shown = sorted(ref for ref in refs if ref in named.uses)
    hidden = len(refs) - len(shown)
    told = [*shown, words.label("soa.left_out_hidden", count=hidden)] if hidden else shown
    return words.label("soa.left_out", refs=", ".join(told)) if told else ""


def evidence(words: Words, applied: Applied) -> Iterator[str]:
    """What operation shows, with its days, and what whoever decided it names."""
    covered, found = applied.covered, applied.decided
    if covered is not None:
        newest = covered.newest
        shown = words.label(f"soa.standing.{covered.standing}")
        if newest is not None:
            counted = words.label("soa.evidence", count=covered.count, newest=_day(words, newest))
            shown = words.label("soa.shown", standing=shown, counted=counted)
        yield shown
    if found is not None:
        yield from found.evidence
        yield from found.documents
        if found.seen_on is not None:
            yield words.label("soa.seen_on", day=words.day(found.seen_on))


def speaks(words: Words, proposal: Proposal) -> Iterator[str]:
    """What speaks for it, and what may once more is known; where nothing does, what follows from that."""
    yield from (reason(words, each) for each in proposal.whys)
    if not proposal.whys:
        yield nothing(words, proposal)
    for each in proposal.open:
        yield words.label("soa.open", reason=words.label(f"soa.reason.{each.reason}", count=each.open))


def nothing(words: Words, proposal: Proposal) -> str:
    if proposal.applies == "no":
        return words.label("soa.none", count=proposal.uses)
    if not proposal.uses:
        return words.label("soa.unknown_uses")
    if spoke().controls[proposal.control].not_for is None or proposal.open:
        return words.label("soa.unknown")
    if proposal.beside:
        return words.label("soa.beside", parts=", ".join(proposal.beside))
    return words.label("soa.unknown_context")


def reason(words: Words, why: Why) -> str:
    """In one line, with a few references."""
    if why.law is not None:
        law = {"what": why.law.what.rstrip("."), "source": why.law.source, "since": words.day(why.law.since)}
        said = words.label("soa.law", count=why.uses, **law)
    else:
        said = words.label(f"soa.reason.{why.reason}", count=why.count)
    told = [words.label("soa.tools", count=why.tools)] if why.tools else []
    told += why.refs
    told += [words.label("soa.more", count=why.more)] if why.refs and why.more else []
    return f"{said} ({', '.join(told)})" if told else said


def has_moved(words: Words, each: Moved) -> str:
    if each.what == "proposed":
        before, now = (words.label(f"soa.proposes.{one or 'unsure'}") for one in (each.before, each.now))
        return words.label("soa.moved.proposed", before=before, now=now)
    if each.why is not None:
        said = reason(words, each.why)
    elif words.has(f"soa.reason.{each.reason}.other") or words.has(f"soa.reason.{each.reason}"):
        said = words.label(f"soa.reason.{each.reason}", count=int(each.before or 0))
    else:
        said = each.reason  # a duty of a policy that is not on any more
    return words.label(f"soa.moved.{each.what}", reason=said, before=each.before, now=each.now)


def standing(words: Words, made: Statement, named: Named) -> list[str]:
    """How the whole of it stands: approved or not, what changed since, what is missing."""
    told = [_approval(words, made, named)]
    if made.undecided:
        told.append(words.label("soa.not_whole", count=len(made.undecided)))
    if made.waiting:
        told.append(words.label("soa.waits"))
    if made.stale:
        told.append(words.label("soa.stale", count=len(made.stale)))
    return told


def _approval(words: Words, made: Statement, named: Named) -> str:
    last = made.approved
    if last is None:
        return words.label("soa.never_approved")
    by = ", ".join(named.person(each) for each in last.approved_by)
    said = words.label("soa.approved", number=last.number, by=by, day=_day(words, last.at))
    if made.is_approved:
        return f"{said} {words.label('soa.unchanged')}"
    return f"{said} {words.label('soa.changed_since', count=len(made.changed))}"


def _day(words: Words, at: datetime) -> str:
    return words.day(_local(words, at))


def _local(words: Words, at: datetime) -> date:
    return at.astimezone(ZoneInfo(words.zone)).date()
