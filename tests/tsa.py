"""A time-stamp authority of our own, on this machine: openssl answers, and a server of Python's hands it out."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = {name}
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[stamps]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
default_tsa = ours
[ours]
serial = {folder}/serial
default_policy = 1.2.3.4.1
digests = sha256, sha512
signer_digest = sha256
ess_cert_id_alg = sha256
accuracy = secs:1
"""


class Authority:
    """A root, a certificate for stamps under it, and how it answers: `spoil` may put another question or answer."""

    def __init__(self, folder: Path, name: str = "Invented Stamps") -> None:
        folder.mkdir()
        self.folder, self.root = folder, folder / "root.pem"
        self.asked: list[bytes] = []
        self.spoil_question: Callable[[bytes], bytes] = lambda query: query
        self.spoil_answer: Callable[[bytes], bytes] = lambda answer: answer
        self.status = 200
        config = folder / "tsa.cnf"
        config.write_text(CONFIG.format(name=name, folder=folder))
        (folder / "serial").write_text("01\n")
        key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", config)
        self._run(
            "req",
            "-x509",
            *key,
            "-keyout",
            "root.key",
            "-out",
            "root.pem",
            "-days",
            "9000",
            "-extensions",
            "root",
        )
        self._run("req", *key, "-subj", f"/CN={name} 1", "-keyout", "tsa.key", "-out", "tsa.csr")
        by = (
            "-CA",
            "root.pem",
            "-CAkey",
            "root.key",
            "-CAcreateserial",
            "-extfile",
            config,
            "-extensions",
            "stamps",
        )
        self._run("x509", "-req", "-in", "tsa.csr", *by, "-days", "9000", "-out", "tsa.pem")

    def _run(self, *words: str | Path) -> None:
        subprocess.run(["openssl", *map(str, words)], cwd=self.folder, check=True, capture_output=True)

    def answer(self, query: bytes) -> bytes:
        self.asked.append(query)
        (self.folder / "query.tsq").write_bytes(self.spoil_question(query))
        self._run(
            *("ts", "-reply", "-queryfile", "query.tsq", "-config", "tsa.cnf", "-section", "ours"),
            *("-signer", "tsa.pem", "-inkey", "tsa.key", "-out", "answer.tsr"),
        )
        return self.spoil_answer((self.folder / "answer.tsr").read_bytes())

    def verifies(self, token: Path, digest: str, root: Path | None = None) -> bool:
        """As an auditor asks openssl, who knows nothing of Steward."""
        words = ["ts", "-verify", "-digest", digest, "-in", token, "-CAfile", root or self.root]
        done = subprocess.run(["openssl", *map(str, words)], capture_output=True, cwd=self.folder)
        return done.returncode == 0


@contextmanager
def serving(authority: Authority) -> Iterator[str]:
    """Its address, on the loopback."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Where it sent whoever asked: nobody may come."""
            authority.asked.append(b"")
            self.send_error(404)

        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            body = authority.answer(query) if authority.status == 200 else b"no"
            self.send_response(authority.status)
            if authority.status == 302:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *told: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsr"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
