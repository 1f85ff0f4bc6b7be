"""What the store says when it cannot work: what happened, what was kept, what to do next."""

from sqlalchemy import exc

NOTHING_KEPT = "Nothing of this attempt was stored, and what was stored before is untouched."


class Unavailable(Exception):
    """The store cannot be used now; nothing of the attempt was kept. `mend` says what to do next."""

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__(" ".join(part for part in (what, NOTHING_KEPT, mend) if part))
        self.what, self.mend = what, mend


class Absent(Unavailable):
    """There is no usable database: not there, not reachable, or not migrated."""


class Newer(Absent):
    """The database was migrated by a later version of Steward."""


class Locked(Unavailable):
    """Somebody else holds the database for longer than we wait."""


def unavailable(error: exc.SQLAlchemyError, place: str, *, writing: bool) -> Unavailable | None:
    """The sentence for a failure of the database itself; None for everything else, which is a bug."""
    if isinstance(error, exc.TimeoutError):
        return locked(place)
    if not isinstance(error, exc.DBAPIError):
        return None
    said = str(error.orig).lower()
    state = getattr(error.orig, "sqlstate", None) or ""
    if "locked" in said or "busy" in said or state in {"55P03", "40P01", "57014"}:
        return locked(place)
    if "no such table" in said or "no such column" in said or state in {"42P01", "42703"}:
        return not_migrated(place)
    if "disk is full" in said or state in {"53100", "54000"}:
        return Unavailable(
            f"There is no room left for the database at {place}.", "Make room on the disk, then try again."
        )
    if "malformed" in said or "not a database" in said or state in {"XX001", "XX002"}:
        return Absent(
            f"The database at {place} is damaged or is not a database.",
            "Put a copy of it aside, then restore the last back-up.",
        )
    if "readonly database" in said or state == "25006":
        return absent(place, "it is read-only") if writing else None
    if isinstance(error, exc.OperationalError) or error.connection_invalidated:
        return absent(place, _first_line(said))
    return None


def absent(place: str, why: str) -> Absent:
    return Absent(
        f"The database at {place} cannot be opened ({why}).",
        "Check DATABASE_URL and that the database is running, then run `steward migrate`.",
    )


def not_migrated(place: str) -> Absent:
    return Absent(
        f"The database at {place} does not have the tables of this version of Steward.",
        "Run `steward migrate`, then try again.",
    )


def newer(place: str, at: str) -> Newer:
    return Newer(
        f"The database at {place} was migrated by a later version of Steward (it is at {at}).",
        "Start that version, or restore the back-up made before its migration.",
    )


def locked(place: str) -> Locked:
    return Locked(
        f"The database at {place} is in use by somebody else and did not become free.",
        "Try again in a moment; if it stays so, end the process that holds it.",
    )


def _first_line(said: str) -> str:
    return said.strip().splitlines()[0][:200] if said.strip() else "no reason given"
