"""What the organisation settles once: the governance channel, who holds which role, and facts about itself.

A settings file seeds it; afterwards it lives in the database, one key each, and can be changed from Slack.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.configfile import KEYS, ROLES, read_seed, read_value
from bot.finding import Finding
from intake.source import Damaged
from intake.value import Value
from store import audit, sectors, settings
from store.engine import Store
from store.sessions import Session
from store.tables import DoneRow

UNSET: Mapping[str, Any] = {
    "language": "en",
    "timezone": "UTC",
    "deputies": True,
    "digest.day": "monday",
    "digest.time": "09:00",
    "hours.begin": "09:00",
    "hours.end": "17:00",
}
"""What holds where nothing was chosen."""
UNORDERED = frozenset(
    {
        "organisation.regions",
        "policies",
        "tools.settled",
        "channels.units",
        "channels.questions",
        "channels.hints",
        *(f"roles.{role}" for role in ROLES),
    }
)


class Told(Value):
    """What the organisation says of itself, so that no colleague is ever asked. None: not said."""

    regions: tuple[str, ...] = ()
    public_body: bool | None = None
    sector: str | None = None
    works_council: bool | None = None
    units: tuple[str, ...] = ()


class Channels(Value):
    """By Slack's ids; None: not chosen yet. `incidents`: where their cards go, if not where all cards do.
    `units`: where a unit reads, by its name. `questions`: where plain questions are answered,
    `hints`: where whoever names an unregistered tool is told so; both nowhere by themselves."""

    governance: str | None = None
    incidents: str | None = None
    units: Mapping[str, str] = {}
    questions: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


class Rhythm(Value):
    """When digests are posted; `zone` None: that of the organisation."""

    day: str = UNSET["digest.day"]
    time: str = UNSET["digest.time"]
    zone: str | None = None


class Hours(Value):
    """From when to when people are written to by the clock and deadlines count, each where they are."""

    begin: str = UNSET["hours.begin"]
    end: str = UNSET["hours.end"]

    @property
    def in_order(self) -> bool:
        return self.begin < self.end


class Models(Value):
    """Which models may be asked, the first first; none: nothing ever leaves. `tokens`: so many a day, of all together.

    `seconds`: how long each may take. `confidential`: whether words about a confidential use may leave, too.
    """

    use: tuple[str, ...] = ()
    confidential: bool = False
    seconds: int = 30
    tokens: int = 200_000


class Anchoring(Value):
    """Where the head of the trail is put each day; None: nowhere. `tsa_root`: the certificate that proves a stamp."""

    channel: str | None = None
    file: str | None = None
    tsa: str | None = None
    tsa_root: str | None = None


class Config(Value):
    """`roles` holds Slack ids of people (U…, W…) and user groups (S…); a missing role is held by nobody.

    `policies`: those that are on beside the standard ones. `settled`: tools, by name or id of the catalogue, whose
    contract and data terms the organisation has settled. `deputies`: whether somebody who is away may have a deputy
    decide in their place. `speak_up`: where a concern can be raised beside Steward, in the organisation's own words.
    `outside`: where people outside of the organisation report harm, an address or a page that may be told to everybody.
    `reaction`: the emoji that puts a message below the card of an incident into its timeline; None: none does.
    `retention`: days by kind of record, where others are kept than `triage/retention.yaml` says.
    `names_people`: whether `steward discover` tells whose address stood where no team was named; it is kept nowhere.
    """

    channels: Channels = Channels()
    roles: Mapping[str, tuple[str, ...]] = {}
    organisation: Told = Told()
    policies: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    language: str = UNSET["language"]
    timezone: str = UNSET["timezone"]
    country: str | None = None
    deputies: bool = UNSET["deputies"]
    digest: Rhythm = Rhythm()
    hours: Hours = Hours()
    speak_up: str | None = None
    outside: str | None = None
    reaction: str | None = None
    names_people: bool = False
    model: Models = Models()
    anchor: Anchoring = Anchoring()
    retention: Mapping[str, int] = {}


def to_config(values: Mapping[str, Any]) -> tuple[Config, tuple[Finding, ...]]:
    """What cannot be read counts as not set (a role: as held by nobody) and is named."""
    read: dict[str, Any] = {}
    findings: list[Finding] = []
    for key, value in values.items():
        if key not in KEYS:
            continue  # settings of other parts live beside these
        try:
            read[key] = read_value(key, value)
        except Damaged as damaged:
            findings += [
                Finding(level="error", what=f"The setting {key} {fault.problem}.", mend=fault.mend)
                for fault in damaged.faults
            ]
    known = {key: value for key, value in read.items() if value is not None}
    roles, told = _below(known, "roles."), _below(known, "organisation.")
    digest, hours = _below(known, "digest."), Hours.model_validate(_below(known, "hours."))
    if not hours.in_order:
        mend = "Name an end behind the beginning."
        what = f"Working hours cannot go from {hours.begin} to {hours.end}, so the usual ones hold."
        findings.append(Finding(level="error", what=what, mend=mend))
        hours = Hours()
    model, anchor = _below(known, "model."), _below(known, "anchor.")
    plain = {
        key: known[key] for key in ("policies", "language", "timezone", "country", "deputies") if key in known
    }
    config = Config(
        channels=Channels(
            governance=known.get("channels.governance"),
            incidents=known.get("channels.incidents"),
            units=_by_unit(known.get("channels.units", ())),
            questions=known.get("channels.questions", ()),
            hints=known.get("channels.hints", ()),
        ),
        roles=roles,
        organisation=Told.model_validate(told),
        settled=known.get("tools.settled", ()),
        digest=Rhythm.model_validate(digest),
        hours=hours,
        speak_up=known.get("incidents.speak_up"),
        outside=known.get("incidents.outside"),
        reaction=known.get("incidents.reaction"),
        names_people=known.get("sightings.people", False),
        model=Models.model_validate(model),
        anchor=Anchoring.model_validate(anchor),
        retention=_below(known, "retention."),
        **plain,
    )
    return config, tuple(findings)


def _below(known: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    return {key.removeprefix(prefix): known[key] for key in known if key.startswith(prefix)}


def _by_unit(said: tuple[str, ...]) -> dict[str, str]:
    return {unit: channel for channel, _, unit in (each.partition(" ") for each in said)}


def current(session: Session) -> Config:
    """As the database has it now, with the sector packs that people agreed to."""
    return with_packs(settled(session), sectors.on(session))


def settled(session: Session) -> Config:
    """As it was settled: what is asked of it here has nothing to do with policies."""
    return to_config(settings.values(session))[0]


def with_packs(config: Config, packs: tuple[str, ...]) -> Config:
    return config.model_copy(update={"policies": (*config.policies, *packs)}) if packs else config


def seed(store: Store, first: Mapping[str, Any], *, now: datetime) -> list[str]:
    """Writes what was never set and tells the trail; returns the new keys. What was changed since stays."""
    with store.write() as session:
        new = settings.seed(session, first, now=now)
        if new:
            audit.append(
                session,
                what="settings.seeded",
                actor=None,
                subject_kind=settings.SETTINGS,
                subject_id="organisation",
                detail={"keys": sorted(new)},
                texts={name: settings.shown(first[name]) for name in new},
                at=now,
            )
        return new


Kept = Mapping[str, Any]


def change(
    store: Store,
    wished: Kept,
    *,
    by: str | None,
    key: str,
    now: datetime,
    check: Callable[[Kept], None] = lambda kept: None,
) -> list[str]:
    """Writes what differs from now, with a line in the trail; returns what changed. `by` None: an operator did it.

    `key` counts once, else a window that is delivered again would bring back whoever lost a role in between.
    `check` reads what is kept in the same transaction, so that nobody comes in between; what it raises ends it.
    """
    with store.write() as session:
        if session.get(DoneRow, key) is not None:
            return []
        session.add(DoneRow(key=key, subject_kind="settings", subject_id="organisation", at=now))
        before = settings.values(session)
        check(before)
        changed = sorted(
            name for name, value in wished.items() if _meant(name, before.get(name)) != _meant(name, value)
        )
        for name in changed:
            settings.change(session, name, wished[name], by=by, now=now)
        if changed:
            audit.append(
                session,
                what="settings.changed",
                actor=by,
                subject_kind=settings.SETTINGS,
                subject_id="organisation",
                detail={"keys": changed},
                texts={
                    **{name: settings.shown(wished[name]) for name in changed},
                    **{f"{name} (before)": settings.shown(before.get(name)) for name in changed},
                },
                at=now,
            )
        return changed


def _meant(name: str, value: Any) -> Any:
    """What two ways of writing the same have in common: nothing is nothing, and holders have no order."""
    if value in (None, "", [], ()):
        return UNSET.get(name)
    if isinstance(value, list | tuple):
        return sorted(map(str, value)) if name in UNORDERED else list(value)
    return value


__all__ = ["KEYS", "Config", "change", "current", "read_seed", "seed", "to_config"]
