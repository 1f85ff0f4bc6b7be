"""Whatever is changed in a pack, its verifier names it; it needs nothing but the standard library."""

import io
import json
import os
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.pack import chain, strict, verify
from bot.pack.container import Container, growing
from store import audit
from store.engine import Store
from store.trail import seal
from tests.bot.cli import storied
from tests.bot.cli.packed import again, checked, packed, resealed, unpacked, verifier
from tests.databases import Clock


@pytest.fixture
def pack(steward: Any, store: Store, tmp_path: Path) -> Path:
    storied.tell(store)
    return packed(steward, tmp_path / "pack")


def test_it_runs_alone_on_the_zip_and_in_the_folder(pack: Path, tmp_path: Path) -> None:
    out = unpacked(pack, tmp_path / "out")
    for words in ((out / "verify.py", pack), (out / "verify.py",), (verifier(tmp_path), out)):
        code, said = checked(*words)
        assert (code, said.splitlines()[-1]) == (0, "ok"), said
    manifest = json.loads((out / "manifest.json").read_text())
    assert f"seal: {manifest['seal']}" in said
    assert f"trail: {manifest['audit_lines']} lines, head {manifest['head']}" in said
    assert ", 0 left out" not in said, "texts of drafts stay with their writers"


def test_the_installed_one_says_the_same(
    steward: Any, pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said, _ = steward("verify", "--pack", pack)
    assert (code, said.splitlines()[-1]) == (0, "ok")
    spoilt = bytearray(pack.read_bytes())
    spoilt[200] ^= 1
    pack.write_bytes(spoilt)
    assert steward("verify", "--pack", pack)[0] == 1


def test_what_was_noted_is_held_against_it(pack: Path, tmp_path: Path) -> None:
    look = verifier(tmp_path)
    manifest = json.loads(zipfile.ZipFile(pack).read("manifest.json"))
    assert checked(look, pack, "--seal", manifest["seal"], "--head", manifest["head"])[0] == 0
    code, said = checked(look, pack, "--seal", "0" * 64)
    assert (code, "not the one that was noted" in said) == (1, True)
    assert checked(look, pack, "--head", "0" * 64)[0] == 1


def test_a_changed_byte_of_each_file_is_named(pack: Path, tmp_path: Path) -> None:
    """In its place in the ZIP, which knows a checksum of it, and unpacked."""
    body = pack.read_bytes()
    out = unpacked(pack, tmp_path / "out")
    with zipfile.ZipFile(pack) as zipped:
        for info in zipped.infolist():
            if not info.file_size:
                continue
            start = info.header_offset + 30 + len(info.filename) + info.file_size // 2
            spoilt = bytearray(body)
            spoilt[start] ^= 1
            changed = tmp_path / "changed.zip"
            changed.write_bytes(spoilt)
            assert named(changed, info.filename)
            file = out / info.filename
            whole = file.read_bytes()
            file.write_bytes(bytes([*whole[:-1], whole[-1] ^ 1]))
            assert named(out, info.filename)
            file.write_bytes(whole)


def named(pack: Path, name: str) -> bool:
    faults, _ = verify.check(str(pack))
    return any(name in fault for fault in faults)


def test_any_changed_byte_is_found(pack: Path, tmp_path: Path) -> None:
    body = pack.read_bytes()
    assert verify.check(str(pack))[0] == []
    ends = body.index(b"PK\x01\x02")

    @given(
        where=some.one_of(some.integers(0, len(body) - 1), some.integers(ends, len(body) - 1)),
        by=some.integers(1, 255),
    )
    def found(where: int, by: int) -> None:
        spoilt = bytearray(body)
        spoilt[where] ^= by
        changed = tmp_path / "changed.zip"
        changed.write_bytes(spoilt)
        assert verify.check(str(changed))[0]
        assert verify.main([str(changed)]) == 1

    found()


def test_every_byte_of_a_small_container_counts(tmp_path: Path) -> None:
    """All of them, each in three ways."""
    pack = small(tmp_path / "small.zip", {"a.txt": b"some", "uses/b.html": b""})
    body = pack.read_bytes()
    changed = tmp_path / "changed.zip"
    assert verify.check(str(pack))[0] == []
    for where in range(len(body)):
        for by in (1, 0x20, 0x80):
            spoilt = bytearray(body)
            spoilt[where] ^= by
            changed.write_bytes(spoilt)
            assert verify.check(str(changed))[0], where
    for cut in range(len(body)):
        changed.write_bytes(body[:cut])
        assert verify.check(str(changed))[0], cut


def small(path: Path, members: dict[str, bytes]) -> Path:
    with growing(path) as container:
        for name, body in members.items():
            container.put(name, body)
        container.seal({"format": 1, "as_of": "2026-01-01"}, path.parent)
    return path


@pytest.mark.parametrize("more", [b"x", b"\0", b"PK\x05\x06" + bytes(18)])
def test_nothing_can_stand_before_behind_or_between(tmp_path: Path, more: bytes) -> None:
    pack = small(tmp_path / "small.zip", {"a.txt": b"some", "b.txt": b"more"})
    body = pack.read_bytes()
    second, listed = body.index(b"PK\x03\x04", 4), body.index(b"PK\x01\x02")
    for where in (0, second, listed, len(body)):
        pack.write_bytes(body[:where] + more + body[where:])
        assert verify.check(str(pack))[0], where


def rewritten(pack: Path, change: Any, compression: int = zipfile.ZIP_STORED) -> Path:
    """By another program, which gives other words of the ZIP around the same files."""
    target = pack.with_name("rewritten.zip")
    with zipfile.ZipFile(pack) as read, zipfile.ZipFile(target, "w", compression) as write:
        change(write, [(info.filename, read.read(info)) for info in read.infolist()])
    return target


def test_a_zip_that_was_made_anew_is_no_pack_though_its_files_are(pack: Path, tmp_path: Path) -> None:
    def same(write: zipfile.ZipFile, members: list[tuple[str, bytes]]) -> None:
        for name, body in members:
            write.writestr(name, body)

    for compression in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        target = rewritten(pack, same, compression)
        assert checked(verifier(tmp_path), target)[0] == 1
        assert checked(verifier(tmp_path), unpacked(target, tmp_path / str(compression)))[0] == 0


@pytest.mark.parametrize(
    "name", ["../out.txt", "/etc/x", "a/../b", "C:\\x", "a\\b", ".hidden", "a//b", "é.txt", "a/"]
)
def test_a_name_that_leads_elsewhere_is_none(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="cannot be the name"):
        Container(io.BytesIO()).put(name, b"")
    stream = io.BytesIO()
    raw = name.encode()
    head = struct.pack("<IHHHHHIIIHH", 0x04034B50, strict.NEW, 0, 0, 0, 0x21, 0, 0, 0, len(raw), 0) + raw
    stream.write(head + b"PK\x01\x02" + bytes(60))
    path = tmp_path / "odd.zip"
    path.write_bytes(stream.getvalue())
    assert verify.check(str(path))[0]


def test_a_name_that_is_there_twice_is_named(tmp_path: Path) -> None:
    doubled = Container(io.BytesIO())
    doubled.put("a.txt", b"1")
    with pytest.raises(ValueError, match="one more"):
        doubled.put("a.txt", b"2")
    path = tmp_path / "twice.zip"
    with growing(path) as container:
        container.put("a.txt", b"1")
        kept = dict(container.members)
        container.members.clear()
        container.put("a.txt", b"2")
        container.members.update(kept)
        container.seal({"format": 1}, tmp_path)
    faults, _ = verify.check(str(path))
    assert "added: a.txt is there twice" in faults


def test_in_a_folder_what_is_missing_added_or_a_link_is_named(pack: Path, tmp_path: Path) -> None:
    out = unpacked(pack, tmp_path / "out")
    (out / "uses" / "AIU-2026-0001.html").unlink()
    (out / "uses" / "more.html").write_text("more")
    (out / "linked").symlink_to("/etc/hostname")
    (out / "odd\u202e").write_text("more")
    (out / "empty").mkdir()
    os.mkfifo(out / "uses" / "pipe")
    code, said = checked(verifier(tmp_path), out)
    assert code == 1
    assert "missing: uses/AIU-2026-0001.html" in said
    assert "added: uses/more.html" in said
    assert "added: linked, which leads elsewhere" in said
    assert "added: empty, an empty folder" in said
    assert "added: uses/pipe, which is no file" in said
    assert "\u202e" not in said


def test_who_makes_the_manifest_fit_does_not_make_the_trail_fit(pack: Path, tmp_path: Path) -> None:
    noted = json.loads(zipfile.ZipFile(pack).read("manifest.json"))["seal"]
    out = unpacked(pack, tmp_path / "out")
    look, trail = verifier(tmp_path), out / "audit.jsonl"
    lines = trail.read_text().splitlines(keepends=True)
    changed = lines[3].replace('"what":"', '"what":"x')
    for name, body in {
        "its text was changed": [*lines[:3], changed, *lines[4:]],
        "does not follow": [*lines[:3], lines[4], lines[3], *lines[5:]],
        "does not end where": lines[:-1],
    }.items():
        trail.write_text("".join(body))
        resealed(out)
        code, said = checked(look, out)
        assert (code, name in said) == (1, True), said
        assert checked(look, out, "--seal", noted)[1].count("not the one that was noted") == 1
    trail.write_text("".join(lines))
    texts = out / "texts.jsonl"
    kept = texts.read_text().splitlines(keepends=True)
    first = json.loads(kept[0])
    for text in (first["text"] + "!", ""):
        texts.write_text(json.dumps(first | {"text": text}) + "\n" + "".join(kept[1:]))
        resealed(out)
        code, said = checked(look, out)
        assert (code, f"the text {first['field']} of line {first['line']}" in said) == (1, True)
    moved = first | {"salt": first["salt"] + first["text"][:1], "text": first["text"][1:]}
    texts.write_text(json.dumps(moved) + "\n" + "".join(kept[1:]))
    resealed(out)
    assert checked(look, out)[0] == 1


def test_the_chain_is_followed() -> None:
    """Lines that are each sealed rightly, of which one names another predecessor."""
    line: dict[str, Any] = {"actor": None, "at": "2026", "detail": {}, "texts": {}, "what": "x"}
    line["subject"] = ["use", "a"]
    first, _ = seal(line | {"seq": 1, "previous": "0" * 64})
    second, head = seal(line | {"seq": 2, "previous": "f" * 64})
    faults: list[str] = []
    lines = io.BytesIO(f"{first}\n{second}\n".encode())
    told = {"audit_lines": 2, "head": head, "texts": {"written": 0, "left_out": {}}}
    chain.trail(lines, io.BytesIO(), chain.places(io.BytesIO()), told, faults)
    assert faults == ["the trail is broken at line 2: it does not follow the line before"]


def test_a_checksum_that_is_wrong_in_both_places_is_named(tmp_path: Path) -> None:
    """So that the words of the ZIP fit together; the bytes are those of the manifest."""
    path = tmp_path / "odd.zip"
    with growing(path) as container:
        container.put("a.txt", b"some")
        (right,) = container._written
        container.seal({"format": 1}, tmp_path)
    body = path.read_bytes()
    wrong = right._replace(crc=right.crc ^ 1)
    for words in (strict.header, strict.listed):
        assert words(right) in body
        body = body.replace(words(right), words(wrong))
    path.write_bytes(body)
    assert verify.check(str(path))[0] == ["changed: what the ZIP says of a.txt"]


def test_an_attachment_is_called_by_its_digest(tmp_path: Path) -> None:
    path = small(tmp_path / "small.zip", {f"attachments/{'0' * 64}.pdf": b"x"})
    faults, _ = verify.check(str(path))
    assert any("by whose digest it is called" in fault for fault in faults)


def test_a_word_of_the_manifest_is_held_by_its_seal(pack: Path, tmp_path: Path) -> None:
    out = unpacked(pack, tmp_path / "out")
    path = out / "manifest.json"
    path.write_text(path.read_text().replace('"time_zone": "Europe/Berlin"', '"time_zone": "Europe/Paris"'))
    assert verify.check(str(out))[0] == ["changed: manifest.json is not what it was sealed as"]


@pytest.mark.parametrize("members", [{}, {"b/c.txt": b"1", "a.txt": b"", "b.txt": b"x" * 99}])
def test_a_manifest_is_written_as_json_is(tmp_path: Path, members: dict[str, bytes]) -> None:
    out = unpacked(small(tmp_path / "small.zip", members), tmp_path / "out")
    body = (out / "manifest.json").read_text()
    told = json.loads(body)
    assert told["members"].keys() == members.keys()
    seal = told.pop("seal")
    whole = json.dumps(told, indent=1, sort_keys=True).removesuffix("\n}")
    assert body == f'{whole},\n "seal": "{seal}"\n}}\n'


def test_a_manifest_that_says_a_name_twice_is_none(tmp_path: Path) -> None:
    out = unpacked(small(tmp_path / "small.zip", {"a.txt": b"x"}), tmp_path / "out")
    path = out / "manifest.json"
    path.write_text(path.read_text().replace(' "members": {', ' "members": {},\n "members": {'))
    faults, _ = verify.check(str(out))
    assert "manifest.json cannot be read" in faults


def test_the_quick_way_reads_a_line_as_json_does(store: Store) -> None:
    storied.tell(store)
    with store.read() as session:
        for sealed in audit.sealed_lines(session):
            body = (sealed[: -chain.TAIL] + "}").encode()
            told, found = json.loads(body), chain.line_of(body)
            assert found is not None
            assert found[:3] == (told["seq"], told["previous"].encode(), told["texts"])


@pytest.mark.parametrize("field", ["previous", 'a","previous":"b', "\\", "é\n", '"seq":1'])
def test_words_within_a_line_are_taken_for_nothing_else(field: str) -> None:
    like_the_end = f'","previous":"{"e" * 64}","seq":9,"subject":["a","b"]'
    told = {
        "actor": None,
        "at": "2026",
        "detail": {"previous": "f" * 64, "x": like_the_end},
        "previous": "0" * 64,
        "seq": 7,
        "subject": ["use", field],
        "texts": {field: "a" * 64, "previous": "b" * 64},
        "what": "x",
    }
    sealed, _ = seal(told)
    found = chain.line_of((sealed[: -chain.TAIL] + "}").encode())
    assert found is not None
    assert found[:3] == (7, b"0" * 64, told["texts"])


PLAIN: dict[str, Any] = {
    "actor": None, "at": "2026", "detail": {}, "previous": "0" * 64, "seq": 7,
    "subject": ["use", "one"], "texts": {}, "what": "x",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "follows"),
    [
        ({}, True),
        ({"detail": {"previous": "f" * 64, "seq": 1, "subject": ["a", "b"], "texts": {}, "what": "y"}}, True),
        ({"previous": "1" * 64}, False),
        ({"seq": 8}, False),
        ({"previous": "1" * 64, "detail": {"previous": "0" * 64, "seq": 7, "subject": ["a", "b"]}}, False),
        ({"texts": {"words": "a" * 64}}, False),
        ({"subject": ["use"]}, False),
        ({"zz": 1}, False),
    ],
)
def test_the_quickest_way_takes_only_what_follows(changed: dict[str, Any], follows: bool) -> None:
    sealed, _ = seal(PLAIN | changed)
    body = (sealed[: -chain.TAIL] + "}").encode()
    assert chain.is_next(body, 7, b"0" * 64) is follows
    found = chain.line_of(body)
    assert not follows or found == (7, b"0" * 64, {})


def test_a_large_pack_has_the_wider_fields(tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    small(path, {f"uses/{number}.html": b"" for number in range(strict.MANY + 1)})
    assert verify.check(str(path))[0] == []
    with zipfile.ZipFile(path) as zipped:
        assert len(zipped.infolist()) == strict.MANY + 2
    body = bytearray(path.read_bytes())
    for back in (30, 50, 80):  # in the wider words at the end
        body[-back] ^= 1
        path.write_bytes(body)
        assert verify.check(str(path))[0]
        body[-back] ^= 1


def test_a_file_of_more_than_four_gigabytes_has_the_wider_fields(tmp_path: Path) -> None:
    """As the standard library reads them; the bytes themselves are holes."""
    member = strict.Member("a.bin", strict.MOST + 5, 0, strict.MOST + 9)
    head, listed = strict.header(member), strict.listed(member)
    assert struct.unpack("<HHQQ", head[-20:]) == (1, 16, member.size, member.size)
    assert struct.unpack("<HHQQQ", listed[-28:]) == (1, 24, member.size, member.size, member.at)
    path = tmp_path / "large.zip"
    first = strict.Member("a.bin", strict.MOST + 5, 0, 0)
    with path.open("wb") as file:
        file.write(strict.header(first))
        file.truncate(file.tell() + first.size)
        file.seek(0, os.SEEK_END)
        at = file.tell()
        file.write(strict.listed(first))
        file.write(strict.ending(1, file.tell() - at, at))
    with zipfile.ZipFile(path) as zipped:
        (info,) = zipped.infolist()
    assert (info.file_size, info.header_offset) == (first.size, 0)


def test_nothing_in_it_is_of_a_clock(pack: Path, clock: Clock) -> None:
    clock.forward(days=400)
    with zipfile.ZipFile(pack) as zipped:
        assert {info.date_time for info in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in zipped.infolist()} == {zipfile.ZIP_STORED}
    assert again(pack, pack.parent).read_bytes() == pack.read_bytes()
