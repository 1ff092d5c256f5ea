"""The receivers' addresses: every route by everyone, enrolment, play reports, statuses and events."""

import asyncio
import json
import re
from collections.abc import Iterator
from contextlib import aclosing
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from broadcaster.delivery.receivers import SILENT_AFTER
from broadcaster.desk import delivery, emergency
from broadcaster.desk.delivery import enrol
from broadcaster.desk.desk import Desk, opened
from broadcaster.publishing.manifest import Trust, read, thumbprint
from broadcaster.settings import Settings
from broadcaster.stations.officer import Ability
from broadcaster.timekeeping import now
from broadcaster.web.app import make_app
from broadcaster.web.events import Watch
from tests.doors import visitor as visitors
from tests.doors.command import broadcaster
from tests.doors.visitor import Visitor
from tests.small_workspace import a_workspace

HERE, ELSEWHERE = ("127.0.0.1", 5000), ("203.0.113.5", 5000)


class Service:
    """The application over a desk, asked without a network."""

    def __init__(self, desk: Desk):
        self.desk = desk
        self.app: FastAPI = make_app(desk.public_folder, desk)

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        token: str = "",
        scheme: str = "http",
        client: tuple[str, int] = HERE,
        content: bytes | None = None,
    ) -> httpx.Response:
        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, client=client)
            async with httpx.AsyncClient(transport=transport, base_url=f"{scheme}://đài.vn") as session:
                headers = {"Authorization": f"Bearer {token}"} if token else {}
                sent = content if content is not None else json.dumps(body).encode()
                return await session.request(method, path, content=sent, headers=headers)

        return asyncio.run(asked())

    def enrolled(self, cluster: str | None = None) -> dict[str, Any]:
        line = enrol(self.desk, "cat-ba", cluster, person=self.desk.person("Lan"), at=now())
        code, _, key = line.command.split()[-1].partition(".")
        answer = self.ask("POST", "/api/receivers/enrol", {"code": code, "version": "0.1.0"})
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        assert thumbprint(told["key"]) == key
        return told


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    workspace = a_workspace(tmp_path / "xa")
    assert broadcaster("load", "--by", "Lan", within=workspace).code == 0
    settings = Settings(language="en", public_url="http://127.0.0.1:8000")
    with opened(workspace, workspace / "var", settings, lambda *_: None) as desk:
        yield Service(desk)


def a_report(told: dict[str, Any], id: str, **other: object) -> dict[str, object]:
    start = now() - timedelta(minutes=5)
    return {
        "id": id,
        "station": told["station"],
        "receiver": told["receiver"],
        "item_start": start.isoformat(),
        "sha256": "a" * 64,
        "started_at": start.isoformat(),
        "ended_at": (start + timedelta(minutes=1)).isoformat(),
        "outcome": "aired",
        **other,
    }


def routes(app: FastAPI) -> list[APIRoute]:
    found = [route for route in app.routes if isinstance(route, APIRoute)]
    return found + [
        route
        for one in app.routes
        for route in getattr(getattr(one, "original_router", None), "routes", [])
        if isinstance(route, APIRoute)
    ]


def addresses(app: FastAPI) -> Iterator[tuple[str, str, str]]:
    """Every address of the service with its method and who may come in, something put in the place of what a path leaves open."""
    for path, methods in app.openapi()["paths"].items():
        filled = re.sub(r"\{[^}]*\}", "x", path).replace("/x/x", "/cat-ba/2026-10-02")
        for method, described in methods.items():
            yield method.upper(), filled, described.get("x-who", "")


def test_every_route_by_everyone(service: Service) -> None:
    told, former = service.enrolled(), service.enrolled()  # enrolling again leaves the earlier one behind
    told, former = former, told
    who = {"nobody": "", "a receiver": told["token"], "one that was revoked": former["token"], "a guess": "x" * 43}
    wrong = []
    for method, path, rule in addresses(service.app):
        if path.startswith("/console"):
            continue  # by cookie; below
        for name, token in who.items():
            if path == "/api/events" and name == "a receiver":
                continue  # it stays open; heard below
            status = service.ask(method, path, {}, token=token).status_code
            outside = service.ask(method, path, {}, token=token, client=ELSEWHERE)
            may = rule in ("nobody", "this machine") or (rule == "receiver" and name == "a receiver")
            if (status == 401) == may:
                wrong.append(f"{method} {path} by {name}: {status}")
            if path.startswith("/api/") and path != "/api/docs" and outside.status_code != 403:
                wrong.append(f"{method} {path} without https: {outside.status_code}")
            if rule == "this machine" and outside.status_code != 403:
                wrong.append(f"{method} {path} from elsewhere: {outside.status_code}")

    assert wrong == []


def test_every_page_of_the_console_by_every_ability(service: Service) -> None:
    told, app, wrong = service.enrolled(), service.app, []
    strangers = {"nobody": visitors.nobody(app), "a receiver": visitors.nobody(app), "a forger": visitors.nobody(app)}
    strangers["a receiver"].client.headers["Authorization"] = f"Bearer {told['token']}"
    strangers["a forger"].client.cookies.set("session", "WyJiaW5oIiwwLCJ4Il0.aaaa.bbbb", path="/console")
    officers = {
        ability: visitors.officer(app, service.desk, ability.value, f"Người {ability.value}", ability.value)
        for ability in Ability
    }
    for method, path, rule in addresses(app):
        if not path.startswith("/console") or path == "/console/sign-out":
            continue  # whoever signs out is nobody for the rest of this test
        for name, visitor in strangers.items():
            status = _asked(visitor, method, path)
            turned = status in (303, 307) if method == "GET" else status == 401
            if rule != "nobody" and not turned:
                wrong.append(f"{method} {path} by {name}: {status}")
        for ability, visitor in officers.items():
            status = _asked(visitor, method, path)
            may = rule in ("nobody", "officer", ability.value)
            if (status >= 500 or (status in (401, 403) and rule != "nobody")) if may else status != 403:
                wrong.append(f"{method} {path} ({rule}) by one who {ability.value}: {status}")
            visitor.guard = "" if method == "POST" else visitor.guard
            if method == "POST" and rule != "nobody" and _asked(visitor, method, path) != 403:
                wrong.append(f"{method} {path} without the page's token")
            visitor.get("")

    assert wrong == []


def _asked(visitor: Visitor, method: str, path: str) -> int:
    inside = path.removeprefix("/console")
    return (visitor.get(inside) if method == "GET" else visitor.post(inside)).status_code


def test_a_route_without_a_rule_fails(service: Service) -> None:
    rules = ("nobody", "receiver", "this machine", "officer", *(one.value for one in Ability))
    bare = [f"{method} {path}" for method, path, rule in addresses(service.app) if rule not in rules]
    hidden = [route.path for route in routes(service.app) if not route.include_in_schema]
    known = {path for _, path, _ in addresses(service.app)}

    assert (bare, hidden) == ([], [])
    assert {"/healthz", "/readyz", "/metrics", "/api/play-reports", "/api/receivers/enrol", "/x", "/console"} <= known


def test_a_code_enrols_once(service: Service) -> None:
    line = enrol(service.desk, "cat-ba", None, person=service.desk.person("Lan"), at=now())
    code = line.command.split()[-1].partition(".")[0]

    first = service.ask("POST", "/api/receivers/enrol", {"code": code})
    second = service.ask("POST", "/api/receivers/enrol", {"code": code})
    guessed = service.ask("POST", "/api/receivers/enrol", {"code": ["x"]})

    assert (first.status_code, second.status_code, guessed.status_code) == (200, 403, 403)
    assert "Get a new line" in second.json()["error"]
    assert first.json()["manifest"] == "http://127.0.0.1:8000/stations/cat-ba/manifest.jws"


def test_the_token_is_stored_hashed(service: Service) -> None:
    told = service.enrolled()

    stored = b"".join(path.read_bytes() for path in service.desk.data.glob("broadcaster.db*"))

    assert told["token"].encode() not in stored


def test_each_record_is_answered_by_itself(service: Service) -> None:
    told = service.enrolled()
    batch = [
        a_report(told, "1"),
        a_report(told, "2", station="phu-long"),
        a_report(told, "1"),
        "gì đó",
        a_report(told, "3", outcome="missed", started_at=None, ended_at=None, reason="mất điện"),
    ]

    first = service.ask("POST", "/api/play-reports", batch, token=told["token"])
    again = service.ask("POST", "/api/play-reports", batch, token=told["token"])

    assert [one["result"] for one in first.json()["results"]] == [
        "accepted", "rejected", "duplicate", "rejected", "accepted",
    ]  # fmt: skip
    assert [one["result"] for one in again.json()["results"]] == [
        "duplicate", "rejected", "duplicate", "rejected", "duplicate",
    ]  # fmt: skip
    assert "another station" in first.json()["results"][1]["reason"]


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff", 400),
        (b"[" * 200_000, 400),
        (b"{}", 422),
        (b"[1]", 200),
        (b" " * 2_000_000, 413),
    ],
)
def test_hostile_bodies_are_answered(service: Service, content: bytes, status: int) -> None:
    told = service.enrolled()

    answer = service.ask("POST", "/api/play-reports", token=told["token"], content=content)

    assert answer.status_code == status


def test_a_status_is_kept_and_the_clock_comes_back(service: Service) -> None:
    told = service.enrolled()

    answer = service.ask("POST", "/api/status", {"version": "0.1.0", "sequence": 3}, token=told["token"])

    assert "now" in answer.json()
    (known,) = delivery.receivers(service.desk)
    assert (known.status.version, known.status.sequence) == ("0.1.0", 3)


def test_one_alarm_when_a_receiver_falls_silent_and_one_note_when_it_is_back(service: Service) -> None:
    told = service.enrolled()
    service.ask("POST", "/api/status", {}, token=told["token"])
    later = now() + SILENT_AFTER + timedelta(minutes=1)

    alarms = [delivery.notice_silence(service.desk, later) for _ in range(3)]
    receiver = delivery.who(service.desk, told["token"])
    assert receiver is not None
    delivery.take_status(service.desk, receiver, {}, at=later)
    notes = [delivery.notice_silence(service.desk, later) for _ in range(3)]

    assert [[is_silent for _, is_silent in one] for one in alarms] == [[True], [], []]
    assert [[is_silent for _, is_silent in one] for one in notes] == [[False], [], []]


def test_listeners_hear_of_a_silence_within_seconds(service: Service) -> None:
    desk = service.desk
    emergency.silence(desk, "cat-ba", now() + timedelta(hours=1), "thử", person=desk.person("Lan"), at=now())

    async def heard() -> list[int | None]:
        watch, numbers = Watch(desk), []
        async with aclosing(watch.of("cat-ba")) as lines:
            numbers.append(await anext(lines))
            await asyncio.to_thread(emergency.end_silence, desk, "cat-ba", person=desk.person("Lan"), at=now())
            numbers.append(await asyncio.wait_for(anext(lines), 5))
        return numbers

    first, second = asyncio.run(heard())
    assert first
    assert second
    assert second > first


def test_the_manifest_is_believed_by_the_key_that_enrolling_gave(service: Service) -> None:
    desk, told = service.desk, service.enrolled()
    emergency.silence(desk, "cat-ba", now() + timedelta(hours=1), "quốc tang", person=desk.person("Lan"), at=now())

    answer = service.ask("GET", "/stations/cat-ba/manifest.jws")
    unchanged = answer.headers["etag"]
    manifest, _ = read(answer.content, Trust("cat-ba", told["key"]), now())

    assert answer.headers["content-type"] == "application/jose+json"
    assert unchanged
    assert [one.why for one in manifest.silences] == ["quốc tang"]


def test_figures_for_prometheus(service: Service) -> None:
    service.enrolled()

    text = service.ask("GET", "/metrics").text

    assert "broadcaster_receivers 1.0" in text
    assert "broadcaster_sessions_without_content" in text


def test_not_ready_before_anything_is_kept(service: Service) -> None:
    answer = service.ask("GET", "/readyz")

    assert (answer.status_code, "timetable" in answer.text) == (503, True)


def test_the_description_holds_no_address_outside(service: Service) -> None:
    page = service.ask("GET", "/api/docs").text

    assert "/api/play-reports" in page
    assert "http://" not in page
    assert "https://" not in page
