"""The engines by name: how each is made, and what is there on this machine. `piper:vi-thu` is the engine `piper` with `vi-thu`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from broadcaster.engines.descriptions import BUILT_IN, EDGE_VOICES, Service, described
from broadcaster.engines.ffmpeg import Ffmpeg
from broadcaster.errors import Unavailable, WrongUsage
from broadcaster.forms import did_you_mean
from broadcaster.settings import Settings, key_variable, service_key
from broadcaster.studio.speech import Voice
from broadcaster.words import Sentence, say

PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.")
"""What the name of a service's voice may hold: it goes into a header."""


@dataclass(frozen=True)
class Shelf:
    """What voices are made from beside the program: the folder of Piper's models, the services, and their keys."""

    folder: Path | None = None
    services: Mapping[str, Service] = field(default_factory=lambda: BUILT_IN)
    key_of: Callable[[str], str] = service_key


@dataclass(frozen=True)
class Engine:
    """A kind of voices; `library` is what it imports, `package` what that is installed by."""

    is_offline: bool
    library: str
    package: str
    make: Callable[[Ffmpeg, str, Shelf], Voice]


@dataclass(frozen=True)
class Presence:
    """Whether a voice is ready on this machine, and if not, what is missing and how to get it."""

    name: str
    is_offline: bool
    is_ready: bool
    missing: Sentence | None = None


def shelf_of(settings: Settings, data: Path | None = None) -> Shelf:
    """What the settings say of voices; a folder that is not named from the root on lies in `data`, the data folder.

    Raises WrongUsage with the table and field of a service that is described wrongly.
    """
    named = Path(settings.voices_folder or "voices").expanduser()
    folder = data / named if data else named if named.is_absolute() else None
    return Shelf(folder, described(settings.services, taken=tuple(ENGINES)))


def _espeak(_: Ffmpeg, __: str, ___: Shelf) -> Voice:
    from broadcaster.engines.espeak import EspeakVoice  # noqa: PLC0415 -- only the voice that speaks is loaded

    return EspeakVoice()


def _gtts(ffmpeg: Ffmpeg, _: str, __: Shelf) -> Voice:
    from broadcaster.engines.gtts import GttsVoice  # noqa: PLC0415 -- only the voice that speaks is loaded

    return GttsVoice(ffmpeg)


def _edge(ffmpeg: Ffmpeg, part: str, _: Shelf) -> Voice:
    from broadcaster.engines.edge import EdgeVoice  # noqa: PLC0415 -- only the voice that speaks is loaded

    return EdgeVoice(ffmpeg, part)


def _piper(_: Ffmpeg, part: str, shelf: Shelf) -> Voice:
    from broadcaster.engines.piper import PiperModel  # noqa: PLC0415 -- only the voice that speaks is loaded

    return PiperModel(_models(shelf)[part])


def _silence(_: Ffmpeg, __: str, ___: Shelf) -> Voice:
    from broadcaster.engines.silence import SilentVoice  # noqa: PLC0415 -- only the voice that speaks is loaded

    return SilentVoice()


ENGINES = {
    "espeak": Engine(True, "espeakng_loader", "espeakng-loader", _espeak),
    "piper": Engine(True, "piper", "piper-tts", _piper),
    "gtts": Engine(False, "gtts", "gtts", _gtts),
    "edge": Engine(False, "edge_tts", "edge-tts", _edge),
    "silence": Engine(True, "", "", _silence),
}


def voice_named(name: str, ffmpeg: Ffmpeg, shelf: Shelf | None = None) -> Voice:
    """A new voice, to be closed by who asked. Raises WrongUsage for a name nobody has, Unavailable when it cannot start."""
    shelf = shelf or Shelf()
    presence = presence_of(name, shelf)
    if presence.missing:
        raise Unavailable(presence.missing)
    engine, _, part = name.partition(":")
    if engine in ENGINES:
        return ENGINES[engine].make(ffmpeg, part, shelf)
    from broadcaster.engines.service import ServiceVoice  # noqa: PLC0415 -- only the voice that speaks is loaded

    service = shelf.services[engine]
    return ServiceVoice(service, shelf.key_of(engine) if service.needs_key else "", ffmpeg, part)


def what_is_there(shelf: Shelf) -> tuple[Presence, ...]:
    """Every voice that is known here, and whether it is ready, without starting it."""
    return tuple(presence_of(name, shelf) for name in _known(shelf))


def presence_of(name: str, shelf: Shelf) -> Presence:
    """Whether the voice `name` is ready. Raises WrongUsage for a name nobody has."""
    engine, colon, part = name.partition(":")
    if engine in shelf.services and engine not in ENGINES and (not colon or (part and PLAIN.issuperset(part))):
        service = shelf.services[engine]
        missing = _missing_of_service(service, shelf)
        return Presence(name, service.offline, missing is None, missing)
    if engine not in ENGINES or not _may_follow(engine, colon, part):
        known = _known(shelf)
        raise WrongUsage(
            say(
                "There is no voice “{name}”. Choose one of {names}.{hint}",
                name=name,
                names=known,
                hint=did_you_mean(name, known),
            )
        )
    missing = _missing_package(name, ENGINES[engine])
    if engine == "piper" and missing is None:
        missing = _missing_model(part, shelf)
    return Presence(name, ENGINES[engine].is_offline, missing is None, missing)


def _known(shelf: Shelf) -> tuple[str, ...]:
    """Every voice by name: the engines, each model of the folder in place of `piper`, and the services."""
    several = {
        "piper": tuple(f"piper:{name}" for name in sorted(_halves(shelf))) or ("piper",),
        "edge": ("edge", *(f"edge:{name}" for name in EDGE_VOICES[1:])),
    }
    return (*(name for engine in ENGINES for name in several.get(engine, (engine,))), *shelf.services)


def _may_follow(engine: str, colon: str, part: str) -> bool:
    if not colon:
        return True
    return bool(part) if engine == "piper" else engine == "edge" and part in EDGE_VOICES


def _missing_package(name: str, engine: Engine) -> Sentence | None:
    if not engine.library or find_spec(engine.library) is not None:
        return None
    return say(
        "The voice {name} needs the package {package}. Install it with pip, then try again.",
        name=name,
        package=engine.package,
    )


def _missing_model(name: str, shelf: Shelf) -> Sentence | None:
    if shelf.folder is None:
        return say("Piper's models lie in the data folder of a workspace. Go into one, or name one with --workspace.")
    if name in _models(shelf):
        return None
    if name in _halves(shelf):
        lacking = f"{name}.onnx.json" if (shelf.folder / f"{name}.onnx").exists() else f"{name}.onnx"
        return say(
            "The model {name} is half there. Put {file} into {folder} too.",
            name=name,
            file=lacking,
            folder=shelf.folder,
        )
    return say(
        "There is no such Piper model yet. Put {name}.onnx and {name}.onnx.json into {folder}; docs/operators.md says where to get them.",
        name=name or "NAME",
        folder=shelf.folder,
    )


def _models(shelf: Shelf) -> dict[str, Path]:
    """The models that are there whole, by name."""
    found = shelf.folder.glob("*.onnx") if shelf.folder else ()
    return {path.stem: path for path in found if path.with_name(f"{path.name}.json").exists()}


def _halves(shelf: Shelf) -> set[str]:
    """The names of all models of which at least one file is there."""
    found = shelf.folder.glob("*.onnx*") if shelf.folder else ()
    return {
        path.name.removesuffix(".json").removesuffix(".onnx")
        for path in found
        if path.name.endswith((".onnx", ".onnx.json"))
    }


def _missing_of_service(service: Service, shelf: Shelf) -> Sentence | None:
    if service.needs_key and not shelf.key_of(service.name):
        return say(
            "The voice {name} needs a key from its service. Put it into the environment as {variable}.",
            name=service.name,
            variable=key_variable(service.name),
        )
    if service.unfilled:
        return say(
            "The voice {name} needs {values}. Write them into broadcaster.toml: [services.{name}.values].",
            name=service.name,
            values=service.unfilled,
        )
    return None
