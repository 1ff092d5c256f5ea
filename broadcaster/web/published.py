"""The published tree over HTTP: small files from memory, sound from disk, both with ETag, 304 and ranges."""

import os
import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from fastapi import Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse
from starlette.types import Scope, Send

from broadcaster.files import sha256

MEMORY = 64 * 1024 * 1024
"""So many bytes of lists, pages and feeds are kept."""
PIECE = 256 * 1024
MOST = 100_000
"""Paths that are remembered as ready."""
Headers = list[tuple[bytes, bytes]]
MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".m3u": "audio/mpegurl",
    ".xspf": "application/xspf+xml",
    ".ics": "text/calendar; charset=utf-8",
    ".xml": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".vtt": "text/vtt; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".jws": "application/jose+json",
    ".mp3": "audio/mpeg",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
_OPEN_TO_ALL = {".json", ".xml", ".atom", ".vtt", ".txt", ".mp3", ".m3u", ".xspf", ".ics", ".jws"}
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; media-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors {framed}"
)
_RANGE = re.compile(r"bytes=\s*(\d*)\s*-\s*(\d*)\s*")
_AUDIO = re.compile(r"audio/([0-9a-f]{64})\.mp3")


@dataclass
class Published:
    """The tree in `folder`, with what was read from it lately."""

    folder: Path
    _kept: OrderedDict[tuple[str, int, int, int], tuple[bytes, str]] = field(default_factory=OrderedDict)
    _weight: int = 0
    _ready: dict[str, tuple[str, int, int, int, str, bytes, Headers]] = field(default_factory=dict)

    def answer(self, path: str, request: Request) -> Response:
        """The file at `path` (a folder's is its index.html) as the request wants it; 404 for everything else."""
        found = self._find(path)
        if found is None:
            return self._elsewhere(path)
        file, name = found
        audio = _AUDIO.fullmatch(name)
        if audio:
            return _ranged(request, _headers(name), f'"{audio[1]}"', file, file.stat().st_size)
        content, etag = self._content(file, name)
        self._remember(request.scope["path"], file, name, etag, content)
        return _ranged(request, _headers(name), etag, content, len(content))

    async def at_once(self, scope: Scope, send: Send) -> bool:
        """Answer a plain request for a small file that is in memory and unchanged on disk; False where more must be looked at."""
        found = self._ready.get(scope["path"])
        if found is None or scope["method"] not in ("GET", "HEAD"):
            return False
        file, inode, written, size, etag, content, headers = found
        try:
            status = os.stat(file)
        except OSError:
            return False
        if (status.st_ino, status.st_mtime_ns, status.st_size) != (inode, written, size):
            return False
        is_known = False
        for name, value in scope["headers"]:
            if name == b"range":
                return False
            if name == b"if-none-match":
                is_known = _names(value.decode("latin-1"), etag)
        if is_known:
            await send({"type": "http.response.start", "status": 304, "headers": headers[1:]})
            await send({"type": "http.response.body"})
            return True
        length = (b"content-length", b"%d" % len(content))
        await send({"type": "http.response.start", "status": 200, "headers": [*headers, length]})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else content})
        return True

    def _find(self, path: str) -> tuple[Path, str] | None:
        """The file and its path in the tree. Hidden names, ways out of the tree and links out of it are not there."""
        name = f"{path}index.html" if path == "" or path.endswith("/") else path
        parts = PurePosixPath(name).parts
        if "/".join(parts) != name or any(part.startswith(".") for part in parts) or re.search(r"[\\\x00-\x1f:]", name):
            return None
        try:
            file = self.folder.joinpath(*parts).resolve(strict=True)
        except OSError:
            return None
        return (file, name) if file.is_file() and file.is_relative_to(self.folder.resolve()) else None

    def _elsewhere(self, path: str) -> Response:
        """To the folder's page where only the last slash was forgotten, else the page for what is not there."""
        if path and not path.endswith("/") and self._find(f"{path}/"):
            return RedirectResponse(f"{path.rpartition('/')[2]}/", 308)
        return self._not_found()

    def _content(self, file: Path, name: str) -> tuple[bytes, str]:
        status = file.stat()
        key = (name, status.st_ino, status.st_mtime_ns, status.st_size)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        content = file.read_bytes()
        self._kept[key] = content, f'"{sha256(content)[:32]}"'
        self._weight += len(content)
        while self._weight > MEMORY and len(self._kept) > 1:
            self._ready.clear()
            self._weight -= len(self._kept.popitem(last=False)[1][0])
        return self._kept[key]

    def _remember(self, path: str, file: Path, name: str, etag: str, content: bytes) -> None:
        """Let the next plain request for `path` be answered at once, for as long as what was read is kept."""
        status = file.stat()
        if (name, status.st_ino, status.st_mtime_ns, status.st_size) not in self._kept or len(self._ready) > MOST:
            self._ready.clear()
            return
        pairs = {**_headers(name), "ETag": etag}
        headers = [(key.lower().encode(), value.encode()) for key, value in pairs.items()]
        self._ready[path] = (str(file), status.st_ino, status.st_mtime_ns, status.st_size, etag, content, headers)

    def _not_found(self) -> Response:
        found = self._find("404.html")
        content = self._content(*found)[0] if found else b"404\n"
        headers = _headers("404.html") if found else {"Content-Type": "text/plain; charset=utf-8"}
        return Response(content, 404, headers | {"Cache-Control": "no-cache"})


def _headers(name: str) -> dict[str, str]:
    ending = PurePosixPath(name).suffix
    headers = {
        "Content-Type": MEDIA_TYPES.get(ending, "application/octet-stream"),
        "Cache-Control": "public, max-age=31536000, immutable" if _AUDIO.fullmatch(name) else "public, max-age=60",
        "X-Content-Type-Options": "nosniff",
        "Accept-Ranges": "bytes",
    }
    if name == "feeds/all.json":
        headers["Content-Type"] = "application/feed+json"
    if ending in _OPEN_TO_ALL:
        headers["Access-Control-Allow-Origin"] = "*"
    if ending in (".html", ".svg"):
        framed = "*" if re.fullmatch(r"bulletins/[^/]+/player\.html", name) else "'none'"
        headers["Content-Security-Policy"] = _POLICY.format(framed=framed)
        headers["Referrer-Policy"] = "no-referrer"
    return headers


def _ranged(request: Request, headers: Mapping[str, str], etag: str, whole: bytes | Path, size: int) -> Response:
    headers = {**headers, "ETag": etag}
    if _names(request.headers.get("if-none-match", ""), etag):
        return Response(None, 304, {key: value for key, value in headers.items() if key != "Content-Type"})
    wanted, status = (0, size), 200
    if "range" in request.headers and request.headers.get("if-range", etag) == etag:
        part = _part(request.headers["range"], size)
        if part is not None and part[0] >= part[1]:
            return Response(None, 416, {"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"})
        if part is not None:
            wanted, status = part, 206
            headers["Content-Range"] = f"bytes {part[0]}-{part[1] - 1}/{size}"
    headers["Content-Length"] = str(wanted[1] - wanted[0])
    if request.method == "HEAD":
        return Response(None, status, headers)
    if isinstance(whole, bytes):
        return Response(whole[wanted[0] : wanted[1]], status, headers)
    return StreamingResponse(_pieces(whole, *wanted), status, headers)


def _part(header: str, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last; empty where none can be had; None where the header is not one range, and so is ignored."""
    match = _RANGE.fullmatch(header)
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        return max(size - int(match[2]), 0), size
    first = int(match[1])
    last = int(match[2]) if match[2] else size - 1
    if last < first and match[2]:
        return None
    return first, min(last + 1, size)


def _names(if_none_match: str, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return "*" in tags or etag in tags


def _pieces(file: Path, first: int, end: int) -> Iterator[bytes]:
    with file.open("rb") as sound:
        sound.seek(first)
        while first < end and (piece := sound.read(min(PIECE, end - first))):
            first += len(piece)
            yield piece
