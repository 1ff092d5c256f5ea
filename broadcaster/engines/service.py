"""A voice of a service on the network: one engine for all that `descriptions.py` describes, in three shapes of answer."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import quote, urljoin

import requests

from broadcaster.engines.descriptions import Service, Shape, filled, may_be_asked
from broadcaster.engines.ffmpeg import Ffmpeg
from broadcaster.engines.remote import (
    PATIENCE,
    SOUND_HEADS,
    Answer,
    Failed,
    answered,
    heard,
    packed,
    tried,
    unavailable,
)
from broadcaster.errors import Unavailable
from broadcaster.studio.speech import Piece, Utterance
from broadcaster.words import Sentence, say

RATE = 44_100
POLLS = (*[1.0] * 5, *[2.0] * 10, *[5.0] * 19)
"""Seconds before each look at a sound that comes later: two minutes in all."""
NOT_YET = (202, 204, 403, 404)
"""What a store of files answers before a file is there."""
REDIRECTS = 3
"""How often the address of a sound may point to another one."""
LONGEST_MESSAGE = 120
_Found = TypeVar("_Found")


class ServiceVoice:
    """One service with one voice and speed. Needs the network; not repeatable. Safe from several threads, which ask one after the other."""

    rate = RATE
    is_repeatable = False
    is_person = False

    def __init__(
        self,
        service: Service,
        key: str,
        ffmpeg: Ffmpeg,
        voice: str = "",
        sleep: Callable[[float], None] = time.sleep,
        patience: tuple[float, float] = PATIENCE,
    ) -> None:
        """`voice` takes the place of the description's own, and `sleep` is how it waits. Raises Unavailable for what can be no key."""
        if not all("!" <= sign <= "~" for sign in key):
            raise Unavailable(
                say("The key of the voice {name} holds signs that no key holds. Copy it once more.", name=service.name)
            )
        self.name = f"{service.name}:{voice}" if voice else service.name
        self._service = replace(service, voice=voice) if voice else service
        self._key, self._ffmpeg, self._sleep, self._patience = key, ffmpeg, sleep, patience
        self.is_offline = service.offline
        self.identity = f"{service.name}:{self._service.voice}, {service.speed}, {self._service.digest}"
        self._session = requests.Session()
        self._one_at_a_time = threading.Lock()

    def speak(self, utterances: Sequence[Utterance]) -> Iterator[Piece]:
        """Raises Unavailable with the words at which the service failed, and how; never with the key."""
        for utterance in utterances:
            yield Piece(b"".join(self._part(text) for text in packed(utterance.text, self._service.longest)))

    def close(self) -> None:
        """Let the connections go."""
        self._session.close()

    def _part(self, text: str) -> bytes:
        with self._one_at_a_time:
            reply = tried(self.name, text, lambda: self._ordered(text), self._sleep)
            self._sleep(self._service.pace)
        try:
            return heard(self._ffmpeg, self._sound(reply, text), text, RATE)[0]
        except Failed as error:
            raise unavailable(self.name, text, error.reason) from error

    def _sound(self, reply: bytes, text: str) -> bytes:
        """The sound that `reply` holds or points to. Raises Failed or Unavailable."""
        if self._service.sound == Shape.SOUND:
            return self._looked_at(reply)
        told = _read(reply)
        if self._service.sound == Shape.LATER and self._service.ask:
            where = self._where_to_ask(told)
            told = self._waited(lambda: self._state(where))
        address = self._address(told)
        if self._service.sound == Shape.LATER and not self._service.ask:
            return self._waited(lambda: self._fetched(address, NOT_YET))
        return tried(self.name, text, lambda: self._fetched(address) or b"", self._sleep)

    def _ordered(self, text: str) -> bytes:
        service = self._service
        values = {**service.values, "text": text, "voice": service.voice, "speed": service.speed, "key": self._key}
        if service.json:
            body, kind = json.dumps(filled(service.json, values), ensure_ascii=False), "application/json"
        else:
            body, kind = str(filled(service.raw, values)), "text/plain; charset=utf-8"
        answer = self._answer(
            requests.Request(
                service.method,
                service.url,
                headers=self._headers({"Content-Type": kind} if body else {}, values),
                params=filled(service.query, values),
                data=body.encode(),
            )
        )
        if answer.status in (401, 403):
            raise Failed(say("it did not accept the key ({status})", status=answer.status))
        if not 200 <= answer.status < 300:
            raise Failed(say("it answered {status}", status=answer.status))
        return answer.body

    def _headers(self, own: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, str]:
        return {**own, **{name: str(text) for name, text in filled(self._service.headers, values).items()}}

    def _where_to_ask(self, told: Any) -> str:
        """The address to ask after an order, with what the first reply says of it."""
        before, *rest = self._service.ask.split("{")
        parts = [part.partition("}") for part in rest]
        numbers = [_at(told, path) for path, _, _ in parts]
        if not all(isinstance(number, str | int) and number for number in numbers):
            raise Failed(self._without_sound(told))
        return before + "".join(
            quote(str(number), safe="") + after for number, (_, _, after) in zip(numbers, parts, strict=True)
        )

    def _state(self, where: str) -> Any:
        """What the service says of an order, or None while it works on it."""
        values = {**self._service.values, "voice": self._service.voice, "speed": self._service.speed, "key": self._key}
        answer = self._answer(requests.Request("GET", where, headers=self._headers({}, {**values, "text": ""})))
        if answer.status in NOT_YET:
            return None
        if answer.status != 200:
            raise Failed(say("it answered {status}", status=answer.status))
        told = _read(answer.body)
        if self._service.state and _at(told, self._service.state) in self._service.failures:
            raise Failed(self._without_sound(told))
        return told if _at(told, self._service.at) else None

    def _address(self, told: Any) -> str:
        address = _at(told, self._service.at)
        if not isinstance(address, str) or not address:
            raise Failed(self._without_sound(told))
        return address

    def _fetched(self, address: str, not_yet: tuple[int, ...] = ()) -> bytes | None:
        """The sound at `address`, asked for without the key; None where it is not there yet."""
        for _ in range(REDIRECTS + 1):
            if not may_be_asked(address, self._service):
                raise Failed(say("it points to an address that is not safe"))
            answer = self._answer(requests.Request("GET", address))
            if answer.status in not_yet or (not_yet and answer.status == 200 and not answer.body):
                return None
            if answer.status == 200:
                return self._looked_at(answer.body)
            if not (300 <= answer.status < 400 and answer.location):
                raise Failed(say("the address of its sound answered {status}", status=answer.status))
            address = urljoin(address, answer.location)
        raise Failed(say("it points from one address to the next"))

    def _waited(self, look: Callable[[], _Found | None]) -> _Found:
        for wait in POLLS:
            self._sleep(wait)
            try:
                found = look()
            except Failed as error:
                if not error.is_passing:
                    raise
                continue
            if found is not None:
                return found
        raise Failed(say("its sound was not there after {seconds} seconds", seconds=round(sum(POLLS))))

    def _answer(self, request: requests.Request) -> Answer:
        try:
            prepared = request.prepare()
            for value in prepared.headers.values():
                str(value).encode("ascii")
        except (requests.RequestException, ValueError):
            raise Failed(say("its address or its headers cannot be sent")) from None  # the cause would show the key
        return answered(self._session, prepared, self._patience)

    def _looked_at(self, sound: bytes) -> bytes:
        if sound.startswith(SOUND_HEADS):
            return sound
        try:
            told = _read(sound)
        except Failed:
            raise Failed(say("its answer holds no sound")) from None
        raise Failed(self._without_sound(told))

    def _without_sound(self, told: Any) -> Sentence:
        """That a reply has no sound, in the service's own words where it gives a reason."""
        message = _at(told, self._service.message) if self._service.message else None
        if not isinstance(message, str) or not message:
            return say("its answer holds no sound")
        shown = message.replace(self._key, "…") if self._key else message
        return say("its answer holds no sound, but “{message}”", message=" ".join(shown.split())[:LONGEST_MESSAGE])


def _read(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Failed(say("its answer cannot be understood")) from error


def _at(told: Any, path: str) -> Any:
    """What stands at a dotted path: `result.audio_link`, `data.0.url`; None where nothing does."""
    for step in path.split("."):
        if isinstance(told, Mapping):
            told = told.get(step)
        elif isinstance(told, list) and step.isdecimal() and int(step) < len(told):
            told = told[int(step)]
        else:
            return None
    return told
