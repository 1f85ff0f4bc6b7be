"""What only an anchor tells: whoever owns the database rewrites a line and seals all that follows anew."""

from __future__ import annotations

import json

from sqlalchemy import text

from store.engine import Store
from store.trail import FIRST, seal
from tests.bot.cli.tampering import tamper


def rewrite(store: Store, *, line: int, at: str = "2026-01-01T00:00:00.000000Z") -> None:
    """As if that line had happened at another time; the chain is whole again afterwards, head included."""
    tamper(store)
    with store.engine.begin() as connection:
        if not store.on_sqlite:
            connection.exec_driver_sql("SET session_replication_role = replica")
        rows = connection.execute(text("SELECT seq, sealed FROM audit_line ORDER BY seq")).all()
        made, before = [], FIRST
        for seq, sealed in rows:
            record = {name: told for name, told in json.loads(sealed).items() if name != "seal"}
            record |= {"previous": before} | ({"at": at} if seq == line else {})
            new, digest = seal(record)
            made.append({"seq": seq, "sealed": new, "previous": before, "digest": digest})
            before = digest
        connection.execute(text("DELETE FROM audit_line"))
        write = "INSERT INTO audit_line (seq, sealed, previous, digest) VALUES (:seq, :sealed, :previous, :digest)"
        connection.execute(text(write), made)
        connection.execute(text("UPDATE audit_head SET digest = :digest"), {"digest": before})
