"""The nginx block of docs/deploy serves the same tree as the service does: same types, same headers, same refusals."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from broadcaster.files import sha256
from broadcaster.publishing.tree import render, write_tree
from broadcaster.web.app import make_app
from tests.builders import an_article, an_edition, sound_of
from tests.doors.test_web import Client

CONF = Path(__file__).resolve().parents[2] / "docs" / "deploy" / "nginx.conf"
SAME = (
    "content-type",
    "cache-control",
    "access-control-allow-origin",
    "x-content-type-options",
    "content-security-policy",
    "referrer-policy",
)


@pytest.fixture
def public(tmp_path: Path) -> Path:
    sounds, folder = tmp_path / "sound", tmp_path / "public"
    sounds.mkdir()
    sound = sound_of(an_article().title)
    (sounds / f"{sha256(sound)}.mp3").write_bytes(sound)
    write_tree(folder, render(an_edition()), sounds)
    (folder / "stations" / "cat-ba" / "manifest.jws").write_bytes(b"{}")
    return folder


@pytest.fixture
def nginx(public: Path, tmp_path: Path) -> Iterator[str]:
    if not shutil.which("nginx"):
        pytest.skip("nginx is not installed")
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    block = CONF.read_text("utf-8")
    block = block.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};").replace(
        "/srv/truyen-thanh/var/public", str(public)
    )
    block = block.replace("127.0.0.1:8000", "127.0.0.1:1")
    block = "\n".join(line for line in block.splitlines() if "ssl_certificate" not in line)
    places = "".join(
        f"{one}_temp_path {tmp_path}/{one};" for one in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf = tmp_path / "nginx.conf"
    conf.write_text(
        f"user root; daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}} http {{ access_log off; {places}\n{block}\n}}"
    )
    process = subprocess.Popen(["nginx", "-c", str(conf)], stderr=subprocess.DEVNULL)
    for _ in range(100):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait()


def test_the_same_tree_with_the_same_headers(public: Path, nginx: str) -> None:
    ours = Client(make_app(public))
    paths = [
        path.relative_to(public).as_posix()
        for path in sorted(public.rglob("*"))
        if path.is_file() and path.name[0] != "."
    ]
    assert {Path(path).suffix for path in paths} >= {
        ".html",
        ".json",
        ".m3u",
        ".xspf",
        ".ics",
        ".xml",
        ".atom",
        ".vtt",
        ".txt",
        ".mp3",
        ".jws",
        ".css",
        ".js",
    }
    differ = []
    with httpx.Client() as client:
        for path in [*paths, "", "stations/cat-ba/", "không-có", ".tree.json"]:
            theirs, mine = client.get(f"{nginx}/{path}"), ours.get(f"/{path}")
            if (theirs.status_code, theirs.content) != (mine.status_code, mine.content):
                differ.append(f"{path}: {mine.status_code} here, {theirs.status_code} there")
            if mine.status_code == 200:
                differ += [
                    f"{path} {name}: {mine.headers.get(name)} here, {theirs.headers.get(name)} there"
                    for name in SAME
                    if (mine.headers.get(name) or "").replace(" ", "")
                    != (theirs.headers.get(name) or "").replace(" ", "")
                ]
                again = client.get(f"{nginx}/{path}", headers={"If-None-Match": theirs.headers["etag"]})
                part = client.get(f"{nginx}/{path}", headers={"Range": "bytes=0-0"})
                head = client.head(f"{nginx}/{path}")
                if (again.status_code, part.status_code, head.status_code) != (304, 206, 200):
                    differ.append(f"{path}: {again.status_code} {part.status_code} {head.status_code}")

    assert differ == []


@pytest.mark.parametrize(
    "path", ["/console", "/console/static/console.css", "/console/report/2026.json", "/api/openapi.json", "/healthz"]
)
def test_pages_for_those_who_sign_in_and_the_api_are_asked_of_the_service(nginx: str, path: str) -> None:
    assert httpx.get(f"{nginx}{path}").status_code == 502  # where no service runs
