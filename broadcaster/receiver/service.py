"""The service as the receiver asks it: over http of the standard library, bounded in time and size, without following redirects."""

import http.client
import json
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPResponse
from typing import Any
from urllib.parse import urlsplit

from broadcaster.errors import Refused, Unavailable, WrongUsage
from broadcaster.words import say

TIMEOUT = 20.0
"""Seconds without a byte after which the network counts as away."""
LARGEST = 40_000_000
"""Bytes of a manifest or an answer; audio is bounded by the size that the manifest names."""
PIECE = 64 * 1024


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_Stay)


@dataclass(frozen=True)
class Answer:
    """A status, the content's type and tag, and the content."""

    status: int
    type: str
    etag: str
    content: bytes


def get(url: str, etag: str = "") -> Answer:
    """What stands at `url`; 304 where it is what `etag` names. Raises Unavailable."""
    with _asked(url, headers={"If-None-Match": etag} if etag else {}) as answer:
        return _whole(answer, url)


def get_from(url: str, offset: int, limit: int) -> Iterator[bytes]:
    """The bytes of `url` from `offset` on, in pieces, never more than up to `limit`. Raises Unavailable; what came before it counts.

    Raises Refused where something else than sound stands there: a portal's page.
    """
    with _asked(url, headers={"Range": f"bytes={offset}-"} if offset else {}) as answer:
        if answer.status not in (200, 206):
            raise Unavailable(_status(url, answer.status))
        if answer.headers.get_content_type() == "text/html":
            raise Refused(portal(url))
        skip = offset if answer.status == 200 else 0
        read = 0
        while piece := _piece(answer, url):
            read += len(piece)
            if read - skip + offset > limit + PIECE:
                raise Refused(say("{url} is longer than the manifest says. It is not used.", url=url))
            if read > skip:
                yield piece[max(0, len(piece) - (read - skip)) :]


def post(url: str, said: object, token: str = "") -> Any:
    """Send JSON, get JSON. Raises Refused with the service's own sentence, or Unavailable."""
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    with _asked(url, headers, json.dumps(said).encode()) as answer:
        found = _whole(answer, url)
    try:
        value = json.loads(found.content)
    except ValueError as error:
        raise Unavailable(portal(url)) from error
    if found.status >= 500:
        raise Unavailable(_status(url, found.status))
    if found.status >= 400:
        sentence = value.get("error", "") if isinstance(value, dict) else ""
        raise Refused(say("The service refused: {reason}", reason=str(sentence)[:500] or found.status))
    return value


def lines(url: str, token: str, silence: float) -> Iterator[str]:
    """The lines of an event stream as they come; ends when it does. Raises Unavailable where nothing came for `silence` seconds."""
    with _asked(url, {"Authorization": f"Bearer {token}", "Accept": "text/event-stream"}, timeout=silence) as answer:
        if answer.status != 200:
            raise Unavailable(_status(url, answer.status))
        try:
            for line in answer:
                yield line[:1000].decode("utf-8", "replace").rstrip("\r\n")
        except (OSError, http.client.HTTPException) as error:
            raise Unavailable(_away(url, error)) from error


def check_address(url: str) -> None:
    """Raises WrongUsage where `url` is no address of a service, or would carry secrets in the clear over a network."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise WrongUsage(say("“{url}” is no address of a service. It begins with https://.", url=url))
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise WrongUsage(
            say(
                "{url} is not https, so anybody on the way could read this receiver's token. Use https.",
                url=url,
            )
        )


def portal(url: str) -> Any:
    """The sentence for a page where data should be: a network that wants a log-in."""
    return say(
        "{url} answers with a page, not with data: the network probably asks for a log-in (captive portal).", url=url
    )


def _asked(
    url: str, headers: dict[str, str] | None = None, data: bytes | None = None, timeout: float = TIMEOUT
) -> HTTPResponse:
    request = urllib.request.Request(url, data, {"User-Agent": "broadcaster-receiver", **(headers or {})})
    if urlsplit(url).scheme not in ("http", "https"):
        raise Refused(say("“{url}” is no address of a service. It begins with https://.", url=url))
    try:
        answer: HTTPResponse = _OPENER.open(request, timeout=timeout)
    except urllib.error.HTTPError as error:
        return error  # type: ignore[return-value]  # an answer like any other, with a status that tells
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unavailable(_away(url, error)) from error
    return answer


def _whole(answer: HTTPResponse, url: str) -> Answer:
    content = b""
    while piece := _piece(answer, url):
        content += piece
        if len(content) > LARGEST:
            raise Unavailable(portal(url))
    return Answer(answer.status, answer.headers.get_content_type(), answer.headers.get("ETag", ""), content)


def _piece(answer: HTTPResponse, url: str) -> bytes:
    try:
        return answer.read(PIECE)
    except (OSError, http.client.HTTPException) as error:
        raise Unavailable(_away(url, error)) from error


def _status(url: str, status: int) -> Any:
    return say("{url} answered {status}.", url=url, status=status)


def _away(url: str, error: BaseException) -> Any:
    return say(
        "{url} cannot be reached: {reason}.",
        url=url,
        reason=str(getattr(error, "reason", error)) or type(error).__name__,
    )


def _is_loopback(host: str) -> bool:
    try:
        return all(found[4][0] in ("127.0.0.1", "::1") for found in socket.getaddrinfo(host, None))
    except OSError:
        return False
