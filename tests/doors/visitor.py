"""Somebody at the console, without a network: signs in by an invitation, opens pages, sends forms with what the page holds."""

import re
from dataclasses import dataclass
from html import unescape

import httpx2
from fastapi import FastAPI
from starlette.testclient import TestClient

from broadcaster.desk import people
from broadcaster.desk.desk import Desk
from broadcaster.timekeeping import now
from broadcaster.web.app import make_app

PASSWORD = "sóng biển vỗ bờ"


@dataclass
class Visitor:
    """A browser's view of the console."""

    client: TestClient
    guard: str = ""

    def get(self, path: str) -> httpx2.Response:
        """The page, redirects not followed; its forms' token is kept."""
        answer = self.client.get(f"/console{path}", follow_redirects=False)
        found = re.search(r'name="guard" value="([^"]+)"', answer.text)
        self.guard = unescape(found[1]) if found else self.guard
        return answer

    def post(self, path: str, **said: str | list[str]) -> httpx2.Response:
        """A form sent as the page would, with its token."""
        form = {"guard": self.guard, **said}
        return self.client.post(f"/console{path}", data=form, follow_redirects=False)

    def after(self, answer: httpx2.Response) -> str:
        """The text of the page that an answer leads to."""
        assert answer.status_code == 303, (answer.status_code, answer.text)
        return self.get(answer.headers["location"].removeprefix("/console")).text


def application(desk: Desk) -> FastAPI:
    return make_app(desk.public_folder, desk)


def nobody(app: FastAPI, *, address: str = "127.0.0.1", scheme: str = "http") -> Visitor:
    return Visitor(TestClient(app, base_url=f"{scheme}://127.0.0.1", client=(address, 5000)))


def officer(app: FastAPI, desk: Desk, login: str, name: str, *grants: str) -> Visitor:
    """Somebody new, invited and signed in."""
    invited = people.add(desk, login, name, list(grants), person=desk.person("Minh"), at=now())
    visitor = nobody(app)
    answer = visitor.post(f"/welcome/{invited.address.rpartition('/')[2]}", password=PASSWORD, again=PASSWORD)
    assert answer.status_code == 303, answer.text
    visitor.get("")
    return visitor
