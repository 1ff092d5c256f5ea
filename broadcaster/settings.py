"""Settings: the environment (`BROADCASTER_…`) over `broadcaster.toml` in the workspace over the defaults. Nothing else reads the environment."""

import getpass
import os
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from broadcaster.errors import WrongUsage
from broadcaster.forms import did_you_mean
from broadcaster.words import say

PREFIX = "BROADCASTER_"
PLACES = ("WORKSPACE", "DATA", "USER", "LANGUAGE", "RECEIVER")
"""What the environment may also say: where things are, and who acts."""
KEY = "KEY_"
"""How the name of the key of a service begins: BROADCASTER_KEY_FPT. Keys stand nowhere else."""
OIDC = "oidc"
SERVICES = ("fpt", "viettel", "vbee")
"""The services that the house describes itself."""


class Settings(BaseSettings):
    """All settings with their defaults. Each is described in docs/operators.md."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    public_url: str = "http://127.0.0.1:8000"
    proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    """The machines whose word about a request's origin (X-Forwarded-…) is believed."""
    database_url: str = ""
    """Empty: SQLite in the data folder."""
    voices: tuple[str, ...] = ("espeak",)
    language: Literal["vi", "en"] = "vi"
    preset: Literal["horn", "podcast", "broadcast"] = "horn"
    region: Literal["north", "south"] = "north"
    bed: str = ""
    """The sound that lies under features; empty: none."""
    days_ahead: int = 7
    settled_minutes: int = 30
    """How long before air nothing changes any more, except a skip, a withdrawal and an alert."""
    alert_by_one: bool = False
    """Whether who sent an alert may confirm it: for a commune where nobody else can."""
    backups: str = ""
    """The folder of the nightly backups; empty: none are made."""
    audio_months: int = 24
    ffmpeg: str = ""
    """A program to use instead of the one that came with the installation."""
    voices_folder: str = ""
    """Where Piper's models lie, from the data folder on; empty: `voices`."""
    oidc_url: str = ""
    """The service by which people may also sign in to the console (OpenID Connect); empty: by password alone."""
    oidc_client: str = ""
    oidc_name: str = ""
    """How the button calls that service."""
    oidc_claim: str = "preferred_username"
    """What the service says that is the login here."""
    services: dict[str, dict[str, Any]] = {}
    """Voices of services on the network, or other fields of those that the house describes; read by engines/descriptions.py."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment stands above what the file says."""
        return env_settings, init_settings


def read_settings(workspace: Path | None) -> Settings:
    """The settings in force. Raises WrongUsage naming the key that is misspelt or the value that cannot be."""
    path = workspace / "broadcaster.toml" if workspace else None
    values = _file(path) if path and path.exists() else {}
    for key in values:
        if key not in Settings.model_fields:
            raise WrongUsage(
                say(
                    "{file}: there is no setting “{key}”.{hint}",
                    file=path,
                    key=key,
                    hint=did_you_mean(key, sorted(Settings.model_fields)),
                )
            )
    try:
        settings = Settings(**values)
    except (ValidationError, ValueError) as error:
        raise WrongUsage(_wrong_value(error)) from error
    _known_environment((OIDC, *SERVICES, *settings.services))
    return settings.model_copy(update={"public_url": settings.public_url.rstrip("/")})


def from_environment(name: str) -> str | None:
    """One of `PLACES`, or None where it is not set."""
    return os.environ.get(PREFIX + name) or None


def service_key(service: str) -> str:
    """The key of a service, or nothing where the environment holds none."""
    return os.environ.get(key_variable(service), "").strip()


def key_variable(service: str) -> str:
    """What the variable of the environment is called that holds the key of a service."""
    return PREFIX + KEY + service.upper().replace("-", "_")


def account() -> str:
    """The machine's account that runs this process."""
    try:
        return getpass.getuser()
    except OSError:
        return "?"


def editor_command() -> str:
    """The editor that the person set, for texts written by hand."""
    return os.environ.get("VISUAL") or os.environ.get("EDITOR") or "nano"


def _file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongUsage(
            say("{file} cannot be read: {reason}. Correct it and try again.", file=path, reason=str(error))
        ) from error


def _known_environment(services: tuple[str, ...]) -> None:
    known = {PREFIX + name for name in (*PLACES, *(key.upper() for key in Settings.model_fields))}
    known |= {key_variable(service) for service in services}
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in known:
            raise WrongUsage(
                say(
                    "The environment sets {name}, which is no setting.{hint}",
                    name=name,
                    hint=did_you_mean(name, sorted(known)),
                )
            )


def _wrong_value(error: Exception) -> Any:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return say(
            "The setting “{key}” cannot be {value}: {reason}.",
            key=".".join(map(str, first["loc"])),
            value=first["input"],
            reason=first["msg"],
        )
    return say("A setting cannot be understood: {reason}.", reason=str(error))
