"""Playing: any program that plays a file and ends, started with a list of arguments, never by a shell."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from broadcaster.errors import Unavailable
from broadcaster.words import say

MPV = ("mpv", "--no-video", "--no-config", "--really-quiet", "--start={seek}", "--volume={volume}", "{file}")
FFPLAY = ("ffplay", "-nodisp", "-autoexit", "-loglevel", "quiet", "-volume", "{volume}", "-ss", "{seek}", "{file}")
PATIENCE = 2.0
"""Seconds that a player gets to end when it is asked to; then it is ended."""


class Sounding(Protocol):
    """Something that sounds until it ends or is stopped."""

    def is_on(self) -> bool: ...

    def stop(self) -> None: ...


class Program:
    """One run of the player."""

    def __init__(self, arguments: Sequence[str]):
        """Raises Unavailable where it cannot be started."""
        try:
            self._process = subprocess.Popen(
                list(arguments),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=os.name != "nt",
            )
        except OSError as error:
            raise Unavailable(
                say(
                    "The player {player} cannot be started: {reason}. Correct “player” in receiver.toml, or install mpv.",
                    player=arguments[0],
                    reason=error.strerror or error,
                )
            ) from error

    def is_on(self) -> bool:
        return self._process.poll() is None

    def stop(self) -> None:
        if not self.is_on():
            return
        self._process.terminate()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def player_of(settings: Sequence[str]) -> tuple[str, ...]:
    """The player's arguments: those that were set, else mpv's or ffplay's. Raises Unavailable where there is none."""
    if settings:
        return tuple(settings)
    found = next((one for one in (MPV, FFPLAY) if shutil.which(one[0])), None)
    if found is None:
        raise Unavailable(say("There is no player. Install mpv or ffplay, or name one in receiver.toml (player)."))
    return found


def play(player: Sequence[str], file: str, seek: timedelta, volume: int) -> Program:
    """Start playing `file` (a path or a stream's address). Raises Unavailable."""
    values = {"{file}": file, "{seek}": f"{max(seek.total_seconds(), 0):.3f}", "{volume}": str(volume)}
    arguments = []
    for argument in player:
        for name, value in values.items():
            argument = argument.replace(name, value) if argument != "{file}" else file
        arguments.append(argument)
    return Program(arguments)
