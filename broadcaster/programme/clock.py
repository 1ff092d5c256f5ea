"""The broadcast clock (đồng hồ chương trình): what kind of thing stands at which place of a session."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from broadcaster.errors import BadFile
from broadcaster.forms import Form, read_form
from broadcaster.types import SCRIPT_KINDS, SOUND_KINDS, Kind
from broadcaster.words import say


@dataclass(frozen=True)
class Slot:
    """A place in a clock: one of the station's sounds, one lead-in, or up to `count` scripts of the `kinds`, with a sound `between` them.

    `at` is a hard start: never before this offset from the session's beginning.
    """

    kinds: tuple[Kind, ...]
    sound: str | None = None
    script: str | None = None
    count: int = 1
    between: str | None = None
    at: timedelta | None = None

    @property
    def is_open(self) -> bool:
        """Whether scripts are chosen for it by the programme's rules."""
        return self.sound is None and self.script is None


@dataclass(frozen=True)
class BroadcastClock:
    """The pattern of one kind of session."""

    slug: str
    name: str
    minutes: int
    slots: tuple[Slot, ...]

    @property
    def sounds(self) -> tuple[str, ...]:
        """The slugs of all sounds that it names, each once, in order."""
        named = [sound for slot in self.slots for sound in (slot.sound, slot.between) if sound]
        return tuple(dict.fromkeys(named))

    @property
    def lead_ins(self) -> tuple[str, ...]:
        """The ids of all lead-ins that it names, each once, in order."""
        return tuple(dict.fromkeys(slot.script for slot in self.slots if slot.script))


def read_clock(path: Path, root: Path) -> BroadcastClock:
    """The clock in the file at `path`. Raises BadFile naming the file, the line and what to write instead."""
    form = read_form(path, root)
    clock = BroadcastClock(
        slug=form.slug_from_file(),
        name=form.text("name"),
        minutes=form.whole("minutes"),
        slots=tuple(_slot(slot) for slot in form.forms("slot")),
    )
    form.done()
    return clock


def _slot(form: Form) -> Slot:
    kinds = form.choices("kinds", Kind) or (form.choice("kind", Kind),)
    slot = Slot(
        kinds=kinds,
        sound=form.text("sound", default="") or None,
        script=form.text("script", default="") or None,
        count=form.whole("count", default=1),
        between=form.text("between", default="") or None,
        at=_offset(form),
    )
    form.done()
    own = [kind for kind in kinds if kind in SOUND_KINDS]
    if (
        bool(own) != bool(slot.sound)
        or (Kind.LEAD_IN in kinds) != bool(slot.script)
        or not set(kinds) <= {*SCRIPT_KINDS, *SOUND_KINDS}
    ):
        raise BadFile(
            say(
                "{place}: a slot names one of the station's sounds (kind and sound), one lead-in (kind loi-dan and script), or kinds of scripts.",
                place=form.place,
            )
        )
    return slot


def _offset(form: Form) -> timedelta | None:
    text = form.text("at", default="")
    minutes, colon, seconds = text.partition(":")
    if not text:
        return None
    if not colon or not minutes.isdigit() or not seconds.isdigit() or int(seconds) > 59:
        raise BadFile(
            say(
                "{place}: “{text}” is not a place in a session. Write minutes and seconds, for example 04:00.",
                place=form.place,
                text=text,
            )
        )
    return timedelta(minutes=int(minutes), seconds=int(seconds))
