"""Keeps other websites out: only this machine's own names as Host, only our own pages as Origin."""

from __future__ import annotations

from aiohttp import web
from aiohttp.typedefs import Handler

_NAMES = {"127.0.0.1", "localhost", "[::1]"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@web.middleware
async def local_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what a page from elsewhere could cause a browser to send."""
    host = request.headers.get("Host", "")
    if host.rpartition(":")[0] not in _NAMES and host not in _NAMES:
        return web.Response(status=403, text="The local workspace answers only on this machine.")
    origin = request.headers.get("Origin")
    foreign = origin is not None and origin != f"http://{host}"
    if foreign or _sent_by_another_site(request):
        return web.Response(status=403, text="The local workspace does not answer to other sites.")
    answer = await handler(request)
    if not answer.prepared:
        answer.headers["Content-Security-Policy"] = _POLICY
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _sent_by_another_site(request: web.Request) -> bool:
    """By the browser's own word, which no page can change; clients that are no browser say nothing.

    Another port of this machine is the same site, and yet not our page: it may not act.
    """
    site = request.headers.get("Sec-Fetch-Site", "none")
    acts = request.path.startswith("/api/") or request.method not in ("GET", "HEAD")
    if acts:
        return site not in ("same-origin", "none")
    return site == "cross-site" and request.path != "/"
