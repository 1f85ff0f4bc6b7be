"""What columns of logs and lists are called, and which of them tells what; signs and capitals do not matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "address": (
        *(
            "address",
            "domain",
            "domain name",
            "host",
            "hostname",
            "host name",
            "url",
            "uri",
            "website",
            "site",
        ),
        *(
            "destination",
            "destination domain",
            "destination host",
            "destination hostname",
            "dest host",
            "dst host",
        ),
        *(
            "query",
            "query name",
            "queryname",
            "dns query",
            "question",
            "qname",
            "fqdn",
            "request host",
            "http host",
        ),
        *("httphost", "server name", "sni", "request url", "requested url", "referer host", "cs host"),
    ),
    "app": (
        *(
            "app",
            "application",
            "app name",
            "application name",
            "appname",
            "app display name",
            "appdisplayname",
        ),
        *(
            "cloud app",
            "cloud application",
            "product",
            "product name",
            "software",
            "software name",
            "service",
        ),
        *(
            "service name",
            "tool",
            "extension",
            "extension name",
            "program",
            "display name",
            "package",
            "subscription",
        ),
        *("resource display name", "add on", "add on name", "plugin", "plugin name", "title"),
    ),
    "maker": (
        *(
            "maker",
            "vendor",
            "vendor name",
            "merchant",
            "merchant name",
            "supplier",
            "supplier name",
            "payee",
        ),
        *("publisher", "developer", "manufacturer", "creditor", "counterparty"),
    ),
    "id": (
        *("id", "app id", "application id", "extension id", "bundle id", "bundle identifier", "package name"),
        *("identifier", "executable", "exe", "process", "process name", "file name", "filename", "crx id"),
    ),
    "words": (
        *(
            "words",
            "description",
            "line description",
            "item",
            "item description",
            "memo",
            "details",
            "purpose",
        ),
        *("expense description", "text", "booking text", "reference", "category description"),
    ),
    "person": (
        *(
            "person",
            "user",
            "user name",
            "username",
            "login",
            "email",
            "e mail",
            "user email",
            "email address",
            "mail",
        ),
        *(
            "user principal name",
            "userprincipalname",
            "upn",
            "actor",
            "actor email",
            "employee",
            "employee email",
        ),
        *(
            "cardholder",
            "card holder",
            "account",
            "owner",
            "requester",
            "requested by",
            "src user",
            "source user",
        ),
        *("installed by", "identity", "client", "device user", "primary user", "last logged on user"),
    ),
    "unit": (
        *("unit", "team", "department", "dept", "business unit", "division", "cost center", "cost centre"),
        *("org unit", "organizational unit", "organisational unit", "group", "costcenter", "department name"),
    ),
    "at": (
        *(
            "at",
            "date",
            "time",
            "timestamp",
            "datetime",
            "date time",
            "date utc",
            "day",
            "published",
            "created",
        ),
        *(
            "created date time",
            "createddatetime",
            "event time",
            "eventtime",
            "time generated",
            "timegenerated",
        ),
        *("transaction date", "posted date", "posting date", "booking date", "invoice date", "purchase date"),
        *("last seen", "last used", "install date", "granted", "granted at", "granted on", "start time"),
    ),
    "count": (
        *("count", "hits", "requests", "number of requests", "transactions", "events", "sessions", "queries"),
        *("total requests", "total events", "sign ins", "logins", "visits", "quantity"),
    ),
    "people": (
        *("people", "users", "user count", "number of users", "unique users", "total users", "installs"),
        *("install count", "devices", "device count", "seats", "licenses", "licences", "active users"),
    ),
}
"""What a column may be called, its own name first; of two that mean the same the one named earlier counts."""
TELLS = ("id", "address", "app", "maker", "words")
"""One of these at least says which tool it is; asked in this order, and the first that knows one is believed."""


def plain(heading: str) -> str:
    return re.sub(r"[\W_]+", " ", heading).strip().casefold()


def by_headings(headings: Iterable[str]) -> dict[str, str]:
    """Which column tells which field; what nobody knows is left alone."""
    found: dict[str, tuple[int, str]] = {}
    for heading in headings:
        field, rank = _meaning().get(plain(heading), ("", 0))
        if field and (field not in found or rank < found[field][0]):
            found[field] = rank, heading
    return {field: heading for field, (_, heading) in found.items()}


@cache
def _meaning() -> dict[str, tuple[str, int]]:
    return {name: (field, rank) for field, names in HEADINGS.items() for rank, name in enumerate(names)}
