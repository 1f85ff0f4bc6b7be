"""Reading DATABASE_URL: which database, and how to name it to people without its password."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from store.errors import Absent

FORMS = "sqlite:///file.db, sqlite:// (in memory), postgresql://user@host/name"


def to_url(text: str) -> URL:
    """Accepts postgres:// as hosts write it; a relative SQLite path is made absolute once, here."""
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise Absent("DATABASE_URL is not an address of a database.", f"Write one of: {FORMS}.") from error
    if url.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername in {"sqlite", "sqlite+pysqlite"}:
        return _absolute(url)
    raise Absent(
        f"DATABASE_URL names {url.drivername}, which Steward does not know.", f"Write one of: {FORMS}."
    )


def _absolute(url: URL) -> URL:
    if url.database in {None, "", ":memory:"}:
        return URL.create("sqlite")
    return URL.create("sqlite", database=str(Path(str(url.database)).expanduser().resolve()))


def shown(url: URL) -> str:
    """For error messages and logs: no password, and for SQLite just the path."""
    if url.get_backend_name() == "sqlite":
        return url.database or "memory"
    return url.set(drivername="postgresql", query={}).render_as_string(hide_password=True)
