"""Google's service as played in tests: a local server that answers each request by the next act of its play."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager

from tests.engines.local import LocalServer, QuietStage, running


class Play(LocalServer):
    """Acts: a status number, `sound`, `html`, `empty`, `cut` (connection torn), `torn` (ends in the sound), `half` (of an MP3), `hang`; then `sound`."""

    def __init__(self, mp3: bytes, acts: list[str | int]):
        super().__init__(_Stage)
        self.mp3 = mp3
        self.acts = acts
        self.bodies: list[str] = []


class _Stage(QuietStage):
    server: Play

    def do_POST(self) -> None:
        self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        act = self.server.acts.pop(0) if self.server.acts else "sound"
        if act == "hang":
            self.server.over.wait(10)
            return
        status = act if isinstance(act, int) else 200
        page = self._page(act)
        self.send_response(status)
        self.send_header("Content-Length", str(len(page) * (2 if act == "cut" else 1)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(page)

    def _page(self, act: str | int) -> bytes:
        if act == "empty":
            return b""
        if act == "html" or isinstance(act, int):
            return b"<html><body>Sorry</body></html>"
        mp3 = self.server.mp3[: len(self.server.mp3) // 12] if act == "half" else self.server.mp3
        sound = base64.b64encode(mp3).decode()
        if act == "torn":
            return f')]}}\'\n\n[["wrb.fr","jQ1olc","[\\"{sound[:500]}'.encode()
        return f')]}}\'\n\n[["wrb.fr","jQ1olc","[\\"{sound}\\"]",null]]'.encode()


@contextmanager
def playing(mp3: bytes, acts: list[str | int]) -> Iterator[Play]:
    """The server, on 127.0.0.1, while the block runs."""
    server = Play(mp3, acts)
    with running(server):
        yield server
