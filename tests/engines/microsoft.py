"""Microsoft's service as played in tests: a local server that speaks its protocol over a websocket, each time by the next act of its play."""

import asyncio
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from aiohttp import WSMsgType, web

TICKS = 10_000


class Play:
    """Acts: a status number, `sound`, `other words`, `no words`, `empty`, `html`, `half`, `cut` (closed in the sound), `broken`, `hang`; then `sound`."""

    def __init__(self, mp3: bytes, acts: list[str | int]):
        self.mp3, self.acts = mp3, acts
        self.texts: list[str] = []
        self.voices: list[str] = []
        self.port = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        act = self.acts.pop(0) if self.acts else "sound"
        if isinstance(act, int):
            return web.Response(status=act, text="<html>")
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        ssml = await self._ssml(socket)
        self.texts.append(re.sub("<[^>]+>", "", ssml))
        self.voices.append(re.findall("name='([^']+)'", ssml)[0])
        if act == "hang":
            await asyncio.sleep(10)
        elif act == "broken":
            await socket.send_str("Path:audio.metadata\r\n\r\n{")
        elif act != "empty":
            await self._sound(socket, act)
        if act not in ("cut", "hang"):
            await socket.send_str("Path:turn.end\r\n\r\n{}")
        await socket.close()
        return socket

    async def _ssml(self, socket: web.WebSocketResponse) -> str:
        async for message in socket:
            if message.type == WSMsgType.TEXT and "Path:ssml" in message.data:
                return str(message.data).split("\r\n\r\n", 1)[1]
        return ""

    async def _sound(self, socket: web.WebSocketResponse, act: str) -> None:
        await socket.send_str("Path:turn.start\r\n\r\n{}")
        words = re.findall(r"[^\s.,!]+", self.texts[-1])
        if act == "no words":
            words = []
        elif act == "other words":
            words[-1] += "n"
        for place, word in enumerate(words):
            data = {"Offset": (100 + 250 * place) * TICKS, "Duration": 200 * TICKS, "text": {"Text": word}}
            marks = {"Metadata": [{"Type": "WordBoundary", "Data": data}]}
            await socket.send_str("Path:audio.metadata\r\n\r\n" + json.dumps(marks))
        mp3 = {"html": b"<html>" + bytes(100), "half": self.mp3[: len(self.mp3) // 12]}.get(act, self.mp3)
        head = b"X-RequestId:1\r\nContent-Type:audio/mpeg\r\nPath:audio\r\n"
        for start in range(0, len(mp3), 4_000):
            await socket.send_bytes(len(head).to_bytes(2, "big") + head + mp3[start : start + 4_000])


@contextmanager
def playing(mp3: bytes, acts: list[str | int], monkeypatch: pytest.MonkeyPatch) -> Iterator[Play]:
    """The server on 127.0.0.1, in place of Microsoft's, while the block runs."""
    play, loop, is_up = Play(mp3, acts), asyncio.new_event_loop(), Event()

    async def serve() -> web.AppRunner:
        app = web.Application()
        app.router.add_get("/", play.answer)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        play.port = runner.addresses[0][1]
        return runner

    def run() -> None:
        runner = loop.run_until_complete(serve())
        is_up.set()
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = Thread(target=run)
    thread.start()
    is_up.wait(10)
    monkeypatch.setattr("edge_tts.communicate.WSS_URL", f"ws://127.0.0.1:{play.port}/?a=b")
    try:
        yield play
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
