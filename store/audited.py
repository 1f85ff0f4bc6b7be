"""The report of an internal audit out of its entries, what its programme leaves out, and its sample drawn again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, NamedTuple

from sqlmodel import Session, col, select

from store.aims_shown import shown
from store.auditing import STRICTEST, seed
from store.entries import by_ref, every_one, of_kind
from store.records import USE, verdict_until
from store.tables import DecisionRow
from store.telling import told
from triage.aims.audited import AUDIT, NONCONFORMITY, PROGRAMME, Audited, audited
from triage.aims.auditing import Drawable, digest, drawn, weight
from triage.aims.cycle import Cycle, cycle
from triage.aims.entry import Done, Entry
