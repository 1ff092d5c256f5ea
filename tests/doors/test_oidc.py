"""Signing in by another service, played by a local one: its word is believed only as OpenID Connect lets it be."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from broadcaster.desk.desk import Desk, opened
from broadcaster.settings import Settings
from tests.doors.visitor import Visitor, application, nobody, officer
from tests.engines.local import LocalServer, QuietStage, running
from tests.small_workspace import a_workspace

KEY, OTHER = RSAKey.generate_key(2048, {"kid": "1"}), RSAKey.generate_key(2048, {"kid": "1"})


@dataclass
class Provider:
    """The other service: whom it vouches for, and how it may lie."""

    address: str = ""
    claims: dict[str, Any] = field(default_factory=lambda: {"preferred_username": "lan"})
    key: RSAKey = field(default_factory=lambda: KEY)
    nonce: str = ""

    def answer(self, path: str) -> dict[str, Any] | None:
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/jwks",
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        if path == "/jwks":
            return {"keys": [KEY.as_dict(private=False)]}
        if path == "/token":
            now = int(time.time())
            told = {
                "iss": self.address,
                "aud": "broadcaster",
                "sub": "7",
                "iat": now,
                "exp": now + 60,
                "nonce": self.nonce,
            }
            signed = jwt.encode({"alg": "RS256", "kid": "1"}, told | self.claims, self.key)
            return {"access_token": "x", "token_type": "Bearer", "id_token": signed}
        return None


@pytest.fixture
def provider() -> Iterator[Provider]:
    found = Provider()

    class Stage(QuietStage):
        def do_GET(self) -> None:
            told = found.answer(self.path)
            content = json.dumps(told or {}).encode()
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(200 if told else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET

    server = LocalServer(Stage)
    found.address = server.address
    with running(server):
        yield found


@pytest.fixture
def desk(tmp_path: Path, provider: Provider) -> Iterator[Desk]:
    workspace = a_workspace(tmp_path / "xa")
    settings = Settings(oidc_url=provider.address, oidc_client="broadcaster", oidc_name="Cổng tỉnh", language="vi")
    with opened(workspace, workspace / "var", settings, lambda *_: None) as found:
        yield found


def come_back(visitor: Visitor, provider: Provider) -> Any:
    """Off to the other service and back, as a browser does."""
    there = visitor.get("/sign-in/elsewhere")
    asked = {key: value[0] for key, value in parse_qs(urlsplit(there.headers["location"]).query).items()}
    provider.nonce = provider.nonce or asked["nonce"]
    assert asked["redirect_uri"] == "http://127.0.0.1:8000/console/sign-in/back"
    assert asked["code_challenge_method"] == "S256"
    return visitor.get(f"/sign-in/back?code=abc&state={asked['state']}")


def test_an_officer_comes_in_by_the_other_service(desk: Desk, provider: Provider) -> None:
    app = application(desk)
    officer(app, desk, "lan", "Nguyễn Thị Lan", "writes")
    visitor = nobody(app)

    assert "Đăng nhập bằng Cổng tỉnh" in visitor.get("/sign-in").text
    answer = come_back(visitor, provider)

    assert answer.status_code == 303
    assert "Nguyễn Thị Lan" in visitor.get("").text


@pytest.mark.parametrize(
    "lie",
    [
        {"claims": {"preferred_username": "nguoi-la"}},
        {"claims": {}},
        {"claims": {"preferred_username": "lan", "aud": "khac"}},
        {"claims": {"preferred_username": "lan", "iss": "https://khac.vn"}},
        {"claims": {"preferred_username": "lan", "exp": 1}},
        {"nonce": "nonce-cu"},
        {"key": OTHER},
    ],
)
def test_what_it_may_not_vouch_for_is_refused(desk: Desk, provider: Provider, lie: dict[str, Any]) -> None:
    app = application(desk)
    officer(app, desk, "lan", "Nguyễn Thị Lan", "writes")
    visitor = nobody(app)
    for name, value in lie.items():
        setattr(provider, name, value)

    answer = come_back(visitor, provider)

    assert answer.status_code == 409
    assert visitor.get("").status_code == 303


def test_who_comes_back_without_having_left_is_refused(desk: Desk, provider: Provider) -> None:
    answer = nobody(application(desk)).get("/sign-in/back?code=abc&state=xyz")

    assert answer.status_code == 409


def test_a_service_that_is_away_is_said(desk: Desk, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider, "answer", lambda path: None)

    answer = nobody(application(desk)).get("/sign-in/elsewhere")

    assert answer.status_code == 503
    assert "Hãy dùng mật khẩu" in answer.text


def test_without_the_setting_there_is_no_such_door(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path / "xa")
    with opened(workspace, workspace / "var", Settings(), lambda *_: None) as desk:
        visitor = nobody(application(desk))

        assert visitor.get("/sign-in/elsewhere").status_code == 404
        assert "/sign-in/elsewhere" not in visitor.get("/sign-in").text
