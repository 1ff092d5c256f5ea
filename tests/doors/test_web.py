"""The web door over a small published tree."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from broadcaster.errors import Unavailable
from broadcaster.files import sha256
from broadcaster.publishing.tree import render, write_tree
from broadcaster.web.app import make_app
from broadcaster.web.serve import listen
from tests.builders import an_article, an_edition, sound_of

SOUND = sound_of(an_article().title)
AUDIO = f"/audio/{sha256(SOUND)}.mp3"


class Client:
    """Asks the application itself, without a network and without following redirects."""

    def __init__(self, app: FastAPI):
        self.app = app

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
                return await client.request(method, path, headers=headers)

        return asyncio.run(asked())

    def get(self, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        return self.ask("GET", path, headers)

    def head(self, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        return self.ask("HEAD", path, headers)


@pytest.fixture
def public(tmp_path: Path) -> Path:
    sounds = tmp_path / "sound"
    sounds.mkdir()
    (sounds / f"{sha256(SOUND)}.mp3").write_bytes(SOUND)
    (tmp_path / "secret.txt").write_bytes(b"secret")
    write_tree(tmp_path / "public", render(an_edition()), sounds)
    return tmp_path / "public"


@pytest.fixture
def client(public: Path) -> Client:
    return Client(make_app(public))


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/stations/cat-ba/", "text/html; charset=utf-8"),
        ("/stations/cat-ba/today.json", "application/json"),
        ("/stations/cat-ba/today.m3u", "audio/mpegurl"),
        ("/stations/cat-ba/2020-10-02.xspf", "application/xspf+xml"),
        ("/stations/cat-ba/calendar.ics", "text/calendar; charset=utf-8"),
        ("/bulletins/ngay-khuyen-hoc-viet-nam/transcript.vtt", "text/vtt; charset=utf-8"),
        ("/bulletins/ngay-khuyen-hoc-viet-nam/transcript.txt", "text/plain; charset=utf-8"),
        ("/feeds/all.xml", "application/rss+xml"),
        ("/feeds/all.atom", "application/atom+xml"),
        ("/feeds/all.json", "application/feed+json"),
        ("/static/style.css", "text/css; charset=utf-8"),
        (AUDIO, "audio/mpeg"),
    ],
)
def test_file_is_the_same_by_get_and_head(client: Client, public: Path, path: str, media_type: str) -> None:
    file = public / (f"{path}index.html" if path.endswith("/") else path)[1:]

    got, head = client.get(path), client.head(path)

    assert (got.status_code, got.content, got.headers["content-type"]) == (200, file.read_bytes(), media_type)
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(got.headers)
    assert got.headers["content-length"] == str(file.stat().st_size)
    assert got.headers["x-content-type-options"] == "nosniff"


def test_audio_is_immutable_and_lists_are_short_lived(client: Client) -> None:
    audio, playlist = client.get(AUDIO), client.get("/stations/cat-ba/today.m3u")

    assert audio.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert audio.headers["etag"] == f'"{sha256(SOUND)}"'
    assert playlist.headers["cache-control"] == "public, max-age=60"


@pytest.mark.parametrize("path", [AUDIO, "/feeds/all.xml"])
def test_known_etag_answers_304(client: Client, path: str) -> None:
    etag = client.get(path).headers["etag"]

    same = [client.get(path, headers={"If-None-Match": tag}) for tag in (etag, f'"x", W/{etag}', "*")]

    assert [(answer.status_code, answer.content, answer.headers["etag"]) for answer in same] == [(304, b"", etag)] * 3
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_changed_content_of_same_size_and_time_is_served(client: Client, public: Path) -> None:
    file = public / "stations/cat-ba/today.m3u"
    before, status = client.get("/stations/cat-ba/today.m3u"), file.stat()
    changed = file.with_name("beside")
    changed.write_bytes(before.content.replace(b"EXTINF", b"EXTXXX"))
    os.utime(changed, ns=(status.st_atime_ns, status.st_mtime_ns))
    changed.replace(file)

    after = client.get("/stations/cat-ba/today.m3u", headers={"If-None-Match": before.headers["etag"]})

    assert (after.status_code, after.content) == (200, file.read_bytes())


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        ("bytes=0-0", slice(0, 1)),
        ("bytes=10-19", slice(10, 20)),
        ("bytes=10-", slice(10, None)),
        ("bytes=-7", slice(-7, None)),
        ("bytes=-99999999", slice(None)),
        ("bytes=5-99999999", slice(5, None)),
    ],
)
@pytest.mark.parametrize("path", [AUDIO, "/stations/cat-ba/today.json"])
def test_range_answers_206(client: Client, path: str, wanted: str, part: slice) -> None:
    whole = client.get(path).content
    first, end, _ = part.indices(len(whole))

    got, head = client.get(path, headers={"Range": wanted}), client.head(path, headers={"Range": wanted})

    assert (got.status_code, got.content) == (206, whole[part])
    assert got.headers["content-range"] == f"bytes {first}-{end - 1}/{len(whole)}"
    assert (head.status_code, dict(head.headers)) == (206, dict(got.headers))


@pytest.mark.parametrize("wanted", ["bytes=99999999-", "bytes=-0"])
def test_range_beyond_the_end_answers_416(client: Client, wanted: str) -> None:
    answer = client.get(AUDIO, headers={"Range": wanted})

    assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{len(SOUND)}")


@pytest.mark.parametrize("wanted", ["bytes=9-3", "bytes=-", "bytes=a-b", "items=0-1", "bytes=0-1,5-6"])
def test_range_that_is_none_is_ignored(client: Client, wanted: str) -> None:
    answer = client.get(AUDIO, headers={"Range": wanted})

    assert (answer.status_code, answer.content) == (200, SOUND)


def test_range_of_an_older_content_gives_the_whole(client: Client) -> None:
    answer = client.get(AUDIO, headers={"Range": "bytes=0-3", "If-Range": '"older"'})

    assert (answer.status_code, answer.content) == (200, SOUND)


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/stations/..%2f..%2f..%2fsecret.txt",
        "/..%5csecret.txt",
        "/.tree.json",
        "/stations//cat-ba/today.m3u",
        "/linked/secret.txt",
        "/linked.txt",
        "/%00",
        "/" + "a" * 300,
        "/stations/",
        "/nothing",
    ],
)
def test_what_is_not_in_the_tree_is_not_found(client: Client, public: Path, path: str) -> None:
    (public / "linked").symlink_to(public.parent)
    (public / "linked.txt").symlink_to(public.parent / "secret.txt")

    answer = client.get(path)

    assert answer.status_code == 404
    assert "Không tìm thấy trang" in answer.text


def test_folder_without_its_slash_is_redirected(client: Client) -> None:
    answer = client.get("/stations/cat-ba")

    assert (answer.status_code, answer.headers["location"]) == (308, "cat-ba/")


def test_only_the_player_page_may_be_framed(client: Client) -> None:
    bulletin = "/bulletins/ngay-khuyen-hoc-viet-nam/"

    policies = {
        path: re.findall(r"frame-ancestors ([^;]+)", client.get(path).headers["content-security-policy"])
        for path in ("/", "/stations/cat-ba/", bulletin, f"{bulletin}index.html", f"{bulletin}player.html")
    }

    assert [path for path, framed in policies.items() if framed != ["'none'"]] == [f"{bulletin}player.html"]
    assert policies[f"{bulletin}player.html"] == ["*"]


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/stations.json", "*"),
        ("/feeds/all.xml", "*"),
        ("/bulletins/ngay-khuyen-hoc-viet-nam/transcript.vtt", "*"),
        (AUDIO, "*"),
        ("/", None),
    ],
)
def test_other_origins_may_read_what_is_for_machines(client: Client, path: str, allowed: str | None) -> None:
    assert client.get(path).headers.get("access-control-allow-origin") == allowed


def test_sign_of_life(client: Client) -> None:
    assert (client.get("/healthz").text, client.head("/healthz").status_code) == ("ok\n", 200)


def test_writing_is_not_allowed(client: Client) -> None:
    assert client.ask("POST", "/stations.json").status_code == 405


def test_busy_port_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(Unavailable) as failed:
            listen("127.0.0.1", port)

    assert failed.value.sentence.into("en").startswith(f"Cannot listen on port {port} of 127.0.0.1: ")
    assert failed.value.sentence.into("en").endswith("or choose another port with --port.")


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_serve_returns_when_asked_to_stop(public: Path, asked: signal.Signals) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    code = "import sys; from pathlib import Path; from broadcaster.web.serve import serve; "
    code += f"serve(Path(sys.argv[1]), '127.0.0.1', {port}); print('stopped')"
    service = subprocess.Popen([sys.executable, "-c", code, str(public)], stdout=subprocess.PIPE, text=True)
    answer = httpx.HTTPTransport(retries=7)  # waits 0.5, 1, 2 … seconds until the service listens

    with httpx.Client(transport=answer) as client:
        status = client.get(f"http://127.0.0.1:{port}/healthz").status_code
    service.send_signal(asked)
    said, _ = service.communicate(timeout=20)

    assert (status, said, service.returncode) == (200, "stopped\n", 0)
