"""The roles that people hold in governance; who holds which is a setting."""

ROLES = (
    "requester",
    "owner",
    "reviewer",
    "risk_owner",
    "legal",
    "privacy",
    "security",
    "vendor_manager",
    "committee",
    "executive",
    "governance_lead",
    "auditor",
)

SEATED = tuple(role for role in ROLES if role not in ("requester", "owner", "auditor"))
"""Those in which somebody can decide: nobody does so for a use of their own, and who audits decides nothing."""
