"""Our own side: files, settings, database, and what the organisation has not said yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bot.checks.patterns import beforehand
from bot.checks.rules import theirs
from bot.config import Config, read_seed, to_config
from bot.finding import Finding, of_files
from bot.library import library
from bot.office import tool_named
from bot.proof import prove
from bot.settings import Settings
from intake.forms import FORMS
from intake.source import Damaged
from store import guards
from store import settings as kept_settings
from store.aside import put_aside
from store.engine import Store
from store.errors import Unavailable
from store.schema import HEAD, revision
from triage.policies import STANDARD, book_with

FIRST_START = "It is made at the first start of `steward slack`, or by `steward migrate`."


class Known(NamedTuple):
    """The settings as they would count at a start, and what was found on the way; None if they cannot be told."""

    config: Config | None
    findings: tuple[Finding, ...]


def files() -> Iterator[Finding]:
    """The form, its words and the rules that come with Steward."""
    try:
        read = library()
    except Damaged as damaged:
        yield from of_files(damaged)
        return
    policies = ", ".join(f"{policy.name} {policy.version}" for policy in read.book.policies)
    yield Finding(
        level="info", what=f"The form {read.form.id} {read.form.version} is read; rules: {policies}."
    )


def database(settings: Settings, store: Store) -> Iterator[Finding]:
    if _missing(store):
        yield Finding(level="warning", what=f"There is no database yet at {store.place}.", mend=FIRST_START)
        return
    try:
        at = revision(store)
    except Unavailable as error:
        yield Finding(level="error", what=error.what, mend=error.mend)
        return
    if at is None:
        yield Finding(level="warning", what=f"The database at {store.place} is empty.", mend=FIRST_START)
    elif at != HEAD:
        what = f"The database at {store.place} is at revision {at}; this version works with {HEAD}."
        yield Finding(level="error", what=what, mend="Run `steward migrate`, or start the version that fits.")
    else:
        yield Finding(level="info", what=f"The database at {store.place} answers and is up to date.")
        yield from _aside(store)
        yield from _trail(store)
        yield from _guards(store)
        yield from theirs(store)
        yield from beforehand(store, store.now().date())


def _guards(store: Store) -> Iterator[Finding]:
    with store.read() as session:
        wrong, views = list(guards.differences(session)), guards.views(session)
    if wrong:
        what = f"Rows are not kept from being changed as Steward has it: {'; '.join(wrong)}."
        mend = (
            "Find out who did that and when, and see what `steward verify` names. To put it back: docs/verify.md, "
            "under triggers and views."
        )
        yield Finding(level="error", what=what, mend=mend)
    if views:
        what = f"There are views in the database that are none of Steward's: {', '.join(views)}."
        yield Finding(
            level="warning", what=what, mend="Whoever made them may keep them, if they are known to you."
        )


def _trail(store: Store) -> Iterator[Finding]:
    with store.read() as session:
        proof = prove(session)
    if proof.ok:
        yield Finding(level="info", what=f"The audit trail is whole: {proof.trail}.")
        return
    what = f"The audit trail does not prove the register ({proof})."
    mend = "`steward verify` names each line and record; docs/verify.md says what to believe."
    yield Finding(level="error", what=what, mend=mend)


BOXES = {
    "inbox": "thing that came in could not be worked off",
    "outbox": "message could not be sent",
    "due": "thing that fell due could not be looked at",
}


def _aside(store: Store) -> Iterator[Finding]:
    """What Steward gave up on is nowhere else to be seen."""
    with store.read() as session:
        found = put_aside(session)
    for each in found:
        since = f"the oldest of {each.oldest:%Y-%m-%d %H:%M} UTC"
        what = f"{each.count} × {BOXES[each.box]} and was put aside ({each.problem}), {since}."
        mend = "Mend the cause, then put it back with `steward worker --release`."
        yield Finding(level="warning", what=what, mend=mend)


def known(settings: Settings, store: Store) -> Known:
    """What the database says counts; the file fills in what it does not say."""
    findings: list[Finding] = []
    stated, kept = _file(settings, findings), _kept(store)
    if stated is None:
        return Known(None, tuple(findings))
    config, unread = to_config({**stated, **kept})
    findings += unread
    differs = sorted(key for key in stated if key in kept and _plain(kept[key]) != _plain(stated[key]))
    if differs:
        what = f"{settings.config_path} differs from what is in force for: {', '.join(differs)}."
        mend = "Nothing to do if it was changed on purpose: the file only counts for what was never set."
        findings.append(Finding(level="info", what=what, mend=mend))
    if not stated and not kept:
        mend = "Run `steward setup`, or copy steward.example.yaml and fill it in."
        findings.append(
            Finding(level="error", what="Nothing is settled yet: no channel, no roles.", mend=mend)
        )
        return Known(None, tuple(findings))
    return Known(config, tuple(findings))


def organisation(config: Config) -> Iterator[Finding]:
    """The policies that it switched on, and what it has not said."""
    if config.policies:
        yield from _switched_on(config.policies)
    for name in config.settled:
        if tool_named(name, library().catalogue) is None:
            what = f"The tool {name!r} in tools.settled is not in the catalogue, so it counts as not settled."
            yield Finding(level="warning", what=what, mend="Write its name as `can I use …` shows it.")
    if not config.organisation.regions:
        what = "Where the organisation works is not said, so everybody is asked."
        yield Finding(level="warning", what=what, mend="Set organisation.regions, for example [eu].")
    form = f"ai_use.{config.language}.yaml"
    if not (FORMS / form).exists():
        what = f"There are no texts in the language {config.language!r}; English is used."
        yield Finding(level="warning", what=what, mend="Set language to en, or add the texts.")
    if config.country is None:
        what = "The country is not said: public holidays count as working days."
        yield Finding(level="info", what=what, mend='Set country, for example "DE".')
    elif not _has_holidays(config.country):
        what = f"No public holidays are known for the country {config.country!r}; they count as working days."
        yield Finding(level="warning", what=what, mend="Check the two letters of the country.")


def _switched_on(policies: tuple[str, ...]) -> Iterator[Finding]:
    try:
        book = book_with(policies)
    except Damaged as damaged:
        yield from of_files(damaged)
        return
    named = ", ".join(f"{each.name} {each.version}" for each in book.policies if each.name not in STANDARD)
    yield Finding(level="info", what=f"Rules switched on beside the standard ones: {named}.")


def _file(settings: Settings, findings: list[Finding]) -> dict[str, Any] | None:
    """None if it cannot be read: whatever is said of settings then would only follow from that."""
    path: Path = settings.config_path
    if not path.exists() and not settings.config_named:
        return {}
    try:
        return read_seed(path)
    except Damaged as damaged:
        findings += of_files(damaged)
        return None


def _kept(store: Store) -> dict[str, Any]:
    if _missing(store):
        return {}
    try:
        with store.read() as session:
            return kept_settings.values(session)
    except Unavailable:  # told where the database is looked at
        return {}


def _missing(store: Store) -> bool:
    """A SQLite file that is not there; looking must not make one."""
    return store.on_sqlite and store.url.database is not None and not Path(store.url.database).exists()


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _has_holidays(country: str) -> bool:
    import holidays  # late: it takes a tenth of a second

    return country in holidays.list_supported_countries()
