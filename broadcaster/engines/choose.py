"""The engines by name: how each is made, and what is there on this machine."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from broadcaster.engines.ffmpeg import Ffmpeg
from broadcaster.errors import Unavailable, WrongUsage
from broadcaster.studio.speech import Voice
from broadcaster.words import Sentence, say


@dataclass(frozen=True)
class Choice:
    """A voice that people may name in settings and files; `package` is what it needs beside the house."""

    name: str
    is_offline: bool
    package: str | None
    make: Callable[[Ffmpeg], Voice]


@dataclass(frozen=True)
class Presence:
    """Whether a voice is ready on this machine, and if not, what is missing and how to get it."""

    name: str
    is_offline: bool
    is_ready: bool
    missing: Sentence | None = None


def _espeak(_: Ffmpeg) -> Voice:
    from broadcaster.engines.espeak import EspeakVoice  # noqa: PLC0415 -- only the voice that speaks is loaded

    return EspeakVoice()


def _gtts(ffmpeg: Ffmpeg) -> Voice:
    from broadcaster.engines.gtts import GttsVoice  # noqa: PLC0415 -- only the voice that speaks is loaded

    return GttsVoice(ffmpeg)


def _silence(_: Ffmpeg) -> Voice:
    from broadcaster.engines.silence import SilentVoice  # noqa: PLC0415 -- only the voice that speaks is loaded

    return SilentVoice()


VOICES = {
    choice.name: choice
    for choice in (
        Choice("espeak", True, "espeakng_loader", _espeak),
        Choice("gtts", False, "gtts", _gtts),
        Choice("silence", True, None, _silence),
    )
}


def voice_named(name: str, ffmpeg: Ffmpeg) -> Voice:
    """A new voice, to be closed by who asked. Raises WrongUsage for a name nobody has, Unavailable when it cannot start."""
    presence = _presence(name)
    if presence.missing:
        raise Unavailable(presence.missing)
    return VOICES[name].make(ffmpeg)


def what_is_there(names: Sequence[str] = tuple(VOICES)) -> tuple[Presence, ...]:
    """Each of `names` and whether it is ready, without starting it. Raises WrongUsage for a name nobody has."""
    return tuple(_presence(name) for name in names)


def _presence(name: str) -> Presence:
    choice = VOICES.get(name)
    if choice is None:
        raise WrongUsage(say("There is no voice “{name}”. Choose one of {names}.", name=name, names=tuple(VOICES)))
    missing = None
    if choice.package and find_spec(choice.package) is None:
        missing = say(
            "The voice {name} needs the package {package}. Install it with pip, then try again.",
            name=name,
            package=choice.package.replace("_", "-"),
        )
    return Presence(name, choice.is_offline, missing is None, missing)
