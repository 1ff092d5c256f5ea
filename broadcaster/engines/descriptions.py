"""The services on the network by description: what each is sent, and how its sound comes back. No key stands here or in any file."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from broadcaster.errors import WrongUsage
from broadcaster.files import sha256
from broadcaster.forms import SLUG, did_you_mean
from broadcaster.words import Sentence, say

EDGE_VOICES = ("vi-VN-HoaiMyNeural", "vi-VN-NamMinhNeural")
"""Microsoft's Vietnamese voices; the first speaks where none is named."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")
NAMES_OF_KEYS = re.compile(r"api[-_]?key|token|secret|authorization|password", re.IGNORECASE)
METHODS = ("GET", "POST")
SHORTEST_LIMIT = 20
"""Characters; the longest word has to fit."""
HOLE = re.compile(r"\{(\w+)\}")


class Shape(StrEnum):
    """How the sound comes back."""

    SOUND = "sound"
    """In the reply itself."""
    ADDRESS = "address"
    """The reply holds an address at which the sound lies."""
    LATER = "later"
    """The reply holds an address, or the number of an order to ask after; the sound is there some seconds later."""


SHAPES = tuple(str(shape) for shape in Shape)


@dataclass(frozen=True)
class Service:
    """One service. `{text}`, `{voice}`, `{speed}`, `{key}` and the names of `values` are filled in in its templates.

    A template that is nothing but a placeholder keeps the kind of the value: `{speed}` is a number where `speed` is one.
    """

    name: str
    url: str
    voice: str = ""
    speed: str | int | float = ""
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    json: Mapping[str, Any] = field(default_factory=dict)
    raw: str = ""
    """The body as plain text; this or `json` or neither."""
    sound: str = Shape.SOUND
    at: str = ""
    """Where the address stands in the reply: `result.audio_link`."""
    ask: str = ""
    """For `later`: the address to ask after an order, `{result.request_id}` from the first reply. Empty: `at` of the first reply fills."""
    state: str = ""
    """For `ask`: where its reply says how things stand; one of `failures` ends the waiting."""
    failures: tuple[str, ...] = ()
    message: str = ""
    """Where a reply says what is wrong."""
    longest: int = 500
    """Characters that the service takes at a time."""
    pace: float = 1.0
    """Seconds between two requests."""
    offline: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    """What the templates hold beside: the number of an account."""

    @property
    def needs_key(self) -> bool:
        return any("{key}" in text for text in templates(self))

    @property
    def unfilled(self) -> tuple[str, ...]:
        """The `values` that nobody has given yet."""
        return tuple(name for name, value in self.values.items() if not value)

    @property
    def is_local(self) -> bool:
        """Whether it runs on this machine; only there may it be asked without encryption."""
        return urlsplit(self.url).hostname in LOOPBACK

    @property
    def digest(self) -> str:
        """Short for all that is sent and asked: another digest may sound otherwise."""
        told = ((one.name, getattr(self, one.name)) for one in fields(self))
        sent = [f"{name}={_sorted(value)}" for name, value in told if name not in ("name", "pace", "offline")]
        return sha256("\n".join(sent).encode())[:12]


BUILT_IN: Mapping[str, Service] = {
    one.name: one
    for one in (
        # Written from docs.fpt.ai (Text to Speech, version 5); not tried against the service.
        Service(
            name="fpt",
            url="https://api.fpt.ai/hmi/tts/v5",
            voice="banmai",
            speed="0",
            headers={"api_key": "{key}", "voice": "{voice}", "speed": "{speed}", "format": "mp3"},
            raw="{text}",
            sound=Shape.LATER,
            at="async",
            message="message",
            longest=5_000,
        ),
        # Written from viettelgroup.ai/document/tts, with the address and the place of the token as the programs that use
        # viettelai.vn have them; not tried against the service. Its longest text is stated nowhere.
        Service(
            name="viettel",
            url="https://viettelai.vn/tts/speech_synthesis",
            voice="hn-quynhanh",
            speed=1.0,
            json={
                "text": "{text}",
                "voice": "{voice}",
                "speed": "{speed}",
                "tts_return_option": 3,
                "without_filter": False,
                "token": "{key}",
            },
            sound=Shape.SOUND,
            message="message",
            longest=300,
        ),
        # Written from help.vbee.vn and api-docs.vbee.vn (Text to speech, Get Request); not tried against the service.
        # A callback is obligatory there and of no use here: its own front page stands for one.
        Service(
            name="vbee",
            url="https://vbee.vn/api/v1/tts",
            voice="hn_female_ngochuyen_full_48k-fhg",
            speed="1.0",
            headers={"Authorization": "Bearer {key}"},
            json={
                "app_id": "{app_id}",
                "response_type": "indirect",
                "callback_url": "https://vbee.vn/",
                "input_text": "{text}",
                "voice_code": "{voice}",
                "audio_type": "mp3",
                "bitrate": 128,
                "speed_rate": "{speed}",
            },
            sound=Shape.LATER,
            ask="https://vbee.vn/api/v1/tts/{result.request_id}",
            at="result.audio_link",
            state="result.status",
            failures=("FAILURE",),
            message="error_message",
            longest=2_000,
            values={"app_id": ""},
        ),
    )
}


def described(tables: Mapping[str, Any], taken: tuple[str, ...] = ()) -> dict[str, Service]:
    """The built-in services and those of the settings' `[services.NAME]` tables, which may also change a built-in one's fields.

    Raises WrongUsage with table and field where one is misspelt, of another kind, unsafe, or where a key stands in the file.
    `taken`: names of other voices.
    """
    found = dict(BUILT_IN)
    for name, table in tables.items():
        if not SLUG.fullmatch(name) or name in taken or not isinstance(table, Mapping):
            raise _wrong(
                name, "", say("the name of a service is of small letters, digits and hyphens, and no other voice's")
            )
        found[name] = _checked(_changed(found.get(name) or Service(name, url=""), table))
    return found


def templates(service: Service) -> Iterator[str]:
    """Every text of the request in which something is filled in."""
    yield from _texts((service.headers, service.query, service.json, service.raw))


def filled(template: Any, values: Mapping[str, Any]) -> Any:
    """`template` with what its placeholders stand for, in one pass; lists and tables within it too."""
    if isinstance(template, Mapping):
        return {key: filled(value, values) for key, value in template.items()}
    if isinstance(template, list | tuple):
        return [filled(value, values) for value in template]
    if not isinstance(template, str):
        return template
    whole = HOLE.fullmatch(template)
    return values[whole[1]] if whole else HOLE.sub(lambda hole: str(values[hole[1]]), template)


def may_be_asked(url: str, service: Service) -> bool:
    """Whether `url` is encrypted, or on this machine as the service itself is."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    is_local = service.is_local and parts.hostname in LOOPBACK
    return (
        bool(parts.hostname) and parts.username is None and parts.scheme in ("https", *(["http"] if is_local else []))
    )


_KINDS: Mapping[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("url", "voice", "method", "raw", "sound", "at", "ask", "state", "message"), str),
    **dict.fromkeys(("headers", "query", "json", "values"), dict),
    "speed": (str, int, float),
    "failures": list,
    "longest": int,
    "pace": (int, float),
    "offline": bool,
}


def _changed(service: Service, table: Mapping[str, Any]) -> Service:
    changes: dict[str, Any] = {}
    for key, value in table.items():
        if key == "key":
            raise _wrong(service.name, key, say("a key stands in no file; put it into the environment"))
        if key not in _KINDS:
            raise _wrong(service.name, key, say("there is no such field.{hint}", hint=did_you_mean(key, _KINDS)))
        if not isinstance(value, _KINDS[key]) or (isinstance(value, bool) and _KINDS[key] is not bool):
            raise _wrong(service.name, key, say("this kind of value cannot stand here"))
        old = getattr(service, key)
        changes[key] = (
            {**old, **value} if isinstance(value, dict) else tuple(value) if isinstance(value, list) else value
        )
    return replace(service, **changes)


def _checked(service: Service) -> Service:
    known = {"text", "voice", "speed", "key", *service.values}
    holes = {hole for text in templates(service) for hole in HOLE.findall(text)}
    texts = (*service.headers.values(), *service.query.values(), *service.values.values(), *service.failures)
    bare = [name for name, value in _named(service) if NAMES_OF_KEYS.search(name) and not HOLE.search(value)]
    urls = [one for one in (service.url, service.ask) if one or one is service.url]
    needs_address = service.sound != Shape.SOUND
    checks = (
        ("url", not all(may_be_asked(one, service) for one in urls), say("an address begins with https://")),
        ("method", service.method not in METHODS, say("choose one of {names}", names=METHODS)),
        ("sound", service.sound not in SHAPES, say("choose one of {names}", names=SHAPES)),
        ("at", needs_address and not service.at, say("say where in the reply the address stands")),
        ("json", bool(service.json and service.raw), say("there is one body: json or raw")),
        ("values", not all(isinstance(text, str) for text in texts), say("all of them are texts")),
        ("values", not holes <= known, say("known are {names}", names=tuple(f"{{{name}}}" for name in sorted(known)))),
        ("json", "text" not in holes, say("nothing of the request holds {hole}", hole="{text}")),
        ("query", any("{key}" in str(one) for one in service.query.values()), say("a key stands in no address")),
        ("headers", bool(bare), say("a key stands in no file; write {hole} in its place", hole="{key}")),
        ("longest", service.longest < SHORTEST_LIMIT, say("at least {count}", count=SHORTEST_LIMIT)),
        ("pace", not 0 <= service.pace <= 60, say("from {first} to {last}", first=0, last=60)),
    )
    for key, is_wrong, reason in checks:
        if is_wrong:
            raise _wrong(service.name, key, reason)
    return service


def _named(service: Service) -> Iterator[tuple[str, str]]:
    for table in (service.headers, service.query, service.json, service.values):
        yield from ((name, value) for name, value in table.items() if isinstance(value, str))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list | tuple):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(one)


def _sorted(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{key}:{_sorted(value[key])}" for key in sorted(value)) + "}"
    return f"{value!s}"


def _wrong(name: str, key: str, reason: Sentence) -> WrongUsage:
    return WrongUsage(
        say(
            "broadcaster.toml [services.{name}] {key}: {reason}. Correct it and try again.",
            name=name,
            key=key,
            reason=reason,
        )
    )
