"""Uploading files in three steps: get an address, send the bytes there, complete."""

from __future__ import annotations

from bot.sandbox import saying
from bot.sandbox.errors import Json, Refusal
from bot.sandbox.methods.call import Call
from bot.sandbox.state import Workspace

MOST_BYTES, ALT_CHARACTERS = 20_000_000, 1_000
"""Of what a person drops into the page."""
MOST_UPLOADED = 200_000_000
"""Of what an app uploads. Slack takes a gigabyte; here it all lies in memory."""
_TYPES = {
    "txt": "text/plain",
    "md": "text/plain",
    "csv": "text/csv",
    "json": "application/json",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
}
_BEGINNINGS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


def new_file(
    ws: Workspace, base: str, user: str, name: str, content: bytes, length: int | None = None
) -> Json:
    """Remember a file; returns its file object."""
    ident = f"F{ws.number():08d}"
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    url = f"{base}/files/{ident}"
    body: Json = {
        "id": ident,
        "name": name,
        "title": name,
        "filetype": extension or "binary",
        "mimetype": _TYPES.get(extension, "application/octet-stream"),
        "size": len(content) if length is None else length,
        "user": user,
        "created": int(ws.now()),
        "mode": "hosted",
        "is_external": False,
        "url_private": url,
        "url_private_download": url,
        "permalink": url,
        "channels": [],
        "groups": [],
        "ims": [],
    }
    ws.files[ident] = (body, content)
    return body


def picture_type(content: bytes) -> str | None:
    """What kind of picture these bytes are, whatever their name says; None for everything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in _BEGINNINGS.items() if content.startswith(start)), None)


def get_upload_url(call: Call) -> Json:
    """Step one."""
    if len(call.text("alt_txt") or "") > ALT_CHARACTERS:
        raise Refusal("invalid_arguments", f"alt_txt has more than {ALT_CHARACTERS} characters")
    length = call.needed("length")
    if not length.isdigit() or not 0 < int(length) <= MOST_UPLOADED:
        raise Refusal("invalid_arguments", f"length {length}")
    body = new_file(call.ws, call.base, call.ws.bot.user_id, call.needed("filename"), b"", int(length))
    if call.text("alt_txt"):
        body["alt_txt"] = call.text("alt_txt")
    return {"file_id": body["id"], "upload_url": f"{call.base}/upload/{body['id']}"}


def complete_upload(call: Call) -> Json:
    """Step three: give titles, and share the files in a conversation."""
    wanted = call.parsed("files")
    if not isinstance(wanted, list) or not wanted or not all(isinstance(f, dict) for f in wanted):
        raise Refusal("invalid_arguments", "files must be a list")
    files = []
    for entry in wanted:
        body, content = call.ws.files.get(str(entry.get("id")), ({}, b""))
        if not body or len(content) != body["size"]:
            raise Refusal("file_not_found", f"{entry.get('id')} has not been uploaded")
        body["title"] = entry.get("title") or body["name"]
        files.append(body)
    if call.text("channel_id"):
        channel = Call(call.ws, call.method, {"channel": call.text("channel_id")}, call.base).writable()
        text, thread = call.text("initial_comment") or "", call.text("thread_ts")
        more = {"thread_ts": thread, "files": files, "from_bot": True}
        saying.say(call.ws, call.ws.bot.user_id, channel, text, **more)
    return {"files": files}


def info(call: Call) -> Json:
    """One file."""
    body, _ = call.ws.files.get(call.needed("file"), ({}, b""))
    if not body:
        raise Refusal("file_not_found", call.needed("file"))
    return {"file": body, "comments": []}


METHODS = {
    "files.getUploadURLExternal": get_upload_url,
    "files.completeUploadExternal": complete_upload,
    "files.info": info,
}
